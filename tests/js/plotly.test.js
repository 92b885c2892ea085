// What is asked of a plot that Plotly has drawn; how the library comes is seen in Chromium.

import assert from "node:assert/strict";
import { test } from "node:test";

import { releaseWebGL } from "../../static/nnviz/plotly.js";

test("every WebGL context of a plot is given back, and other canvases are left alone", () => {
  const lost = [];
  const canvas = (name, kinds) => ({
    getContext: (kind) => (kinds.includes(kind)
      ? { getExtension: (extension) => ({ loseContext: () => lost.push(`${name} ${extension}`) }) }
      : null),
  });
  const canvases = [canvas("scene", ["webgl"]), canvas("flat", ["2d"]), canvas("newer", ["webgl2"])];
  releaseWebGL({ querySelectorAll: (selector) => (selector === "canvas" ? canvases : []) });
  assert.deepEqual(lost, ["scene WEBGL_lose_context", "newer WEBGL_lose_context"]);
});

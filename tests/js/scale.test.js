// What grows in a figure on a projector, and what stays as it is.

import assert from "node:assert/strict";
import { test } from "node:test";

import { enlarge } from "../../static/nnviz/scale.js";

test("type, markers and the room around them grow, data and lines stay", () => {
  const layout = {
    font: { size: 12 }, margin: { l: 40, r: 10 }, xaxis: { tickfont: { size: 10 }, range: [0, 5] },
    annotations: [{ x: 3, ax: 20, font: { size: 13 }, borderwidth: 1 }],
  };
  enlarge(layout, 2);
  assert.deepEqual(layout, {
    font: { size: 24 }, margin: { l: 80, r: 20 }, xaxis: { tickfont: { size: 20 }, range: [0, 5] },
    annotations: [{ x: 3, ax: 40, font: { size: 26 }, borderwidth: 1 }],
  });
  const trace = { x: [1, 2], marker: { size: 8, line: { width: 2 } }, line: { width: 3 }, textfont: { size: 11 } };
  enlarge(trace, 2);
  assert.deepEqual(trace, {
    x: [1, 2], marker: { size: 16, line: { width: 2 } }, line: { width: 3 }, textfont: { size: 22 },
  });
});

// The values of a slider travel as progressions; tests/chart/test_slider.py holds what Python sends.

import assert from "node:assert/strict";
import { test } from "node:test";

import { numbers } from "../../static/nnviz/slider.js";

test("progressions become the decimals that Python means", () => {
  assert.deepEqual(numbers([[10, 1, 4, -4], 0.30000000000000004]), [0.001, 0.0011, 0.0012, 0.0013, 0.30000000000000004]);
  assert.deepEqual(numbers([[-2, 1, 5, -1]]), [-0.2, -0.1, 0, 0.1, 0.2]);
  assert.deepEqual(numbers([[0, 25, 3, 1]]), [0, 250, 500]);
});

// What a field shows of a number.

import assert from "node:assert/strict";
import { test } from "node:test";

import { shown } from "../../static/nnviz/fields.js";

test("a field shows two decimals, and more where the number has more", () => {
  assert.deepEqual([0, 1.5, -2, 0.07, 3.2].map(shown), ["0.00", "1.50", "-2.00", "0.07", "3.20"]);
  assert.deepEqual([1.2345, 1e-9, 0.1 + 0.2].map(shown), ["1.2345", "1e-9", "0.30000000000000004"]);
});

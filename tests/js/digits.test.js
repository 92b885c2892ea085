// The browser writes numbers as Python's sentences do; tests/text/test_digits.py reads the same table.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { digits, inPowers } from "../../static/nnviz/digits.js";

const table = JSON.parse(readFileSync(new URL("digits.json", import.meta.url), "utf8"));

test("numbers are written as in sentences", () => {
  assert.ok(table.length > 10);
  for (const [value, text] of table) assert.equal(digits(Number(value)), text, value);
});

test("what is beyond 32 bits has no digits", () => {
  assert.equal(digits(Infinity), "infinity");
  assert.equal(digits(-Infinity), "−infinity");
});

test("a number of a slider has the same form of powers of ten", () => {
  assert.equal(inPowers(String(1e-20)), "1 × 10⁻²⁰");
  assert.equal(inPowers(String(-2.5e-7)), "−2.5 × 10⁻⁷");
  assert.equal(inPowers(String(-0.00001)), "−0.00001");
});

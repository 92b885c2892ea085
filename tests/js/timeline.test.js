// Which marks are seen at a step, and which of their values.

import assert from "node:assert/strict";
import { test } from "node:test";

import { indexAt, seenAt } from "../../static/nnviz/timeline.js";

const usual = { kind: "dot", start: 0, stride: 1, length: 9, slot: "", until: null };
const track = (name, more) => ({ ...usual, name, ...more });
const coarse = track("coarse", { slot: "dot", stride: 100, length: 101 });
const fine = track("fine", { slot: "dot", start: 400, until: 900, length: 501 });
const path = track("path", { kind: "trail", until: 450, length: 1000 });
const tracks = [
  track("always"), coarse, fine, track("other", { slot: "words", until: 450 }), path, track("branch", { start: 901 }),
];

test("marks are seen in their own steps, and the finest of a slot alone", () => {
  const names = (step) => seenAt(tracks, step).map(({ name }) => name).join(" ");
  assert.equal(names(399), "always coarse other path");
  assert.equal(names(400), "always fine other path");
  assert.equal(names(900), "always fine path"); // where the run has been stays, and grows no more
  assert.equal(names(901), "always coarse path branch");
});

test("a trail that shares a slot goes when it ends", () => {
  const own = track("own", { kind: "trail", until: 5, slot: "path" });
  assert.deepEqual(seenAt([own], 6), []);
});

test("the value is the last one that is not later", () => {
  assert.equal(indexAt(coarse, 399), 3);
  assert.equal(indexAt(fine, 400), 0);
  assert.equal(indexAt(fine, 900), 500);
  assert.equal(indexAt(path, 700), 450);
  assert.equal(indexAt(usual, -1), 0);
  assert.equal(indexAt(usual, 1e9), 8);
});

test("rounding does not lose a step", () => {
  const third = { ...usual, stride: 0.1, length: 100 };
  for (let k = 0; k < 100; k++) assert.equal(indexAt(third, 0.1 * k), k);
});

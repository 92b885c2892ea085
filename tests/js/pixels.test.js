// Strokes on the board of squares, and images that become drawings.

import assert from "node:assert/strict";
import { test } from "node:test";

import { inkOf, inkedIn, inkedPart, squaresOf } from "../../static/nnviz/ink.js";
import { along } from "../../static/nnviz/pixels.js";

test("a stroke goes through every square between its ends, however fast it is", () => {
  assert.deepEqual(along(0, 0), [0, 0]);
  assert.deepEqual(along(0, 63), [0, 9, 18, 27, 36, 45, 54, 63]);
  assert.deepEqual(along(7, 0), [7, 6, 5, 4, 3, 2, 1, 0]);
  for (let a = 0; a < 64; a++) {
    for (let b = 0; b < 64; b++) {
      const found = along(a, b);
      assert.equal(found[0], a);
      assert.equal(found[found.length - 1], b);
      for (let i = 1; i < found.length; i++) {
        const [r, c] = [found[i], found[i - 1]].map((k) => [Math.floor(k / 8), k % 8])
          .reduce(([r0, c0], [r1, c1]) => [Math.abs(r0 - r1), Math.abs(c0 - c1)]);
        assert.ok(r <= 1 && c <= 1);
      }
    }
  }
});

/** An image of one colour with a rectangle of another. */
function image(width, height, ground, pen, [left, top, wide, high], alpha = 255) {
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const inside = x >= left && x < left + wide && y >= top && y < top + high;
    rgba.set([...(inside ? pen : ground), inside ? 255 : alpha], 4 * i);
  }
  return rgba;
}

const WHITE = [255, 255, 255];
const BLACK = [0, 0, 0];

test("ink is what differs from the ground, on light and on dark", () => {
  for (const [ground, pen, turned] of [[WHITE, BLACK, false], [BLACK, WHITE, true], [[200, 30, 30], WHITE, true]]) {
    const { ink, inverted } = inkOf(image(40, 30, ground, pen, [10, 5, 4, 16]), 40, 30);
    assert.equal(inverted, turned);
    assert.deepEqual(inkedPart(ink, 40), [10, 5, 4, 16]);
    const values = squaresOf(ink, 40, [10, 5, 4, 16]);
    // A bar of a quarter of its height, in the middle: two columns of full ink.
    values.forEach((value, k) => assert.equal(value, [3, 4].includes(k % 8) ? 16 : 0));
  }
});

test("what shows through is taken as white", () => {
  const { ink, inverted } = inkOf(image(16, 16, BLACK, BLACK, [4, 4, 8, 8], 0), 16, 16);
  assert.equal(inverted, false);
  assert.deepEqual(inkedPart(ink, 16), [4, 4, 8, 8]);
});

test("white on nothing is seen as on a dark ground, and nothing on nothing is not", () => {
  const white = inkedIn(image(16, 16, WHITE, WHITE, [4, 4, 8, 8], 0), 16, 16);
  assert.deepEqual([white?.inverted, white?.part], [true, [4, 4, 8, 8]]);
  const black = inkedIn(image(16, 16, BLACK, BLACK, [4, 4, 8, 8], 0), 16, 16);
  assert.deepEqual([black?.inverted, black?.part], [false, [4, 4, 8, 8]]);
  assert.equal(inkedIn(image(9, 9, WHITE, WHITE, [0, 0, 0, 0], 0), 9, 9), null);
});

test("an image of one shade has no ink; one of a single pixel fills the board", () => {
  const { ink } = inkOf(image(9, 9, WHITE, WHITE, [0, 0, 1, 1]), 9, 9);
  assert.equal(inkedPart(ink, 9), null);
  const dot = inkOf(image(9, 9, WHITE, BLACK, [4, 4, 1, 1]), 9, 9).ink;
  assert.deepEqual(squaresOf(dot, 9, inkedPart(dot, 9)), new Array(64).fill(16));
});

test("a stroke that begins at the edge leaves the ground what most of the edge is", () => {
  const { ink, inverted } = inkOf(image(40, 30, WHITE, BLACK, [0, 0, 4, 16]), 40, 30);
  assert.equal(inverted, false);
  assert.deepEqual(inkedPart(ink, 40), [0, 0, 4, 16]);
});

test("a pale stroke is ink, and what is hardly seen is none", () => {
  const strokes = (/** @type {number} */ pale) => Float64Array.from({ length: 100 }, (_, i) => ({ 22: 1, 57: pale })[i] ?? 0);
  assert.deepEqual(inkedPart(strokes(0.5), 10), [2, 2, 6, 4]);
  assert.deepEqual(inkedPart(strokes(0.2), 10), [2, 2, 1, 1]);
});

test("of a pixel between two squares each has its part", () => {
  // A square is one and a half pixels wide: the second pixel is half of the first square and half of the next.
  const ink = Float64Array.from({ length: 144 }, (_, i) => (i % 12 < 2 ? 1 : 0));
  squaresOf(ink, 12, [0, 0, 12, 12]).forEach((value, k) => assert.equal(value, [16, 5][k % 8] ?? 0));
});

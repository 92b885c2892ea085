// Packs of tracks: opened in whatever order they arrive, remembered, and put on one clock.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";

import { recording, take, unpack } from "../../static/nnviz/frames.js";

/** What travels of numbers of so many bytes: their changes, a plane for each byte. */
function changes(values, length, size) {
  const bits = new Uint32Array(values.buffer).map((each) => (size === 3 ? each >>> 8 : each));
  const columns = values.length / length;
  const planes = Array.from({ length: size }, () => []);
  for (let column = 0; column < columns; column++) {
    for (let i = 0; i < length; i++) {
      const before = i ? bits[(i - 1) * columns + column] : 0;
      const change = ((bits[i * columns + column] - before) << (32 - 8 * size)) >> (32 - 8 * size);
      const sent = (change << 1) ^ (change >> 31);
      planes.forEach((plane, k) => plane.push((sent >>> (8 * k)) & 255));
    }
  }
  return planes.flat();
}

/** Pack as nnviz/chart/packing.py does; tests/chart/test_packing.py holds Python to the same format. */
function pack(digest, last, arrays, shift = 0) {
  const body = [];
  const tracks = arrays.map(([dtype, values, more = {}]) => {
    while (body.length % 8) body.push(0);
    const length = more.length ?? values.length;
    const track = { kind: "dot", dtype, offset: body.length, count: values.length, length, ...more };
    const sizes = { f3: 3, f4: 4, i4: 4 };
    body.push(...(dtype in sizes ? changes(values, length, sizes[dtype]) : new Uint8Array(values.buffer)));
    return track;
  });
  const header = deflateSync(Buffer.from(JSON.stringify({ last, tracks })));
  const start = Buffer.alloc(4);
  start.writeUInt32LE(header.length);
  const whole = Buffer.concat([start, Buffer.from(digest), header, deflateSync(Buffer.from(body))]);
  const bytes = new Uint8Array(whole.length + shift); // as a part of a larger message
  bytes.set(whole, shift);
  return bytes.subarray(shift);
}

const name = (n) => String(n).padStart(16, "0");

test("every kind of array arrives as it was sent", async () => {
  const arrays = [
    ["u1", new Uint8Array([1, 2, 255])],
    ["u2", new Uint16Array([65535, 7])],
    ["i4", new Int32Array([-1, 2 ** 30])],
    ["f4", new Float32Array([0.5, NaN, -Infinity])],
    ["f8", new Float64Array([0.1, 1e300])],
    ["f3", new Float32Array([0.5, -3, 0, 1.5, Infinity, -1e30])], // no bits in the last byte
    ["f4", new Float32Array([1, -2, 3, -4, 5e-30, -6e30]), { length: 3 }], // two columns
  ];
  for (const [dtype, values] of arrays) if (dtype === "f3") new Uint32Array(values.buffer).forEach((each, i, all) => { all[i] = each & 0xffffff00; });
  await unpack(pack(name("every"), 9, arrays, 3));
  const { last, tracks } = await recording([name("every")]);
  assert.equal(last, 9);
  assert.deepEqual(tracks.map(({ values }) => values), arrays.map(([, values]) => values));
});

test("places are made of what travelled: of steps, of parameters, or of numbers of places", async () => {
  const when = { start: 10, stride: 5 };
  await unpack(pack(name("made"), 9, [
    ["f4", new Float32Array([3, 4]), { ...when, made: { by: "steps" } }],
    ["f4", new Float32Array([1, 2, 5, 7, 8, 9]), { ...when, length: 2, made: { by: "parameters", centre: [1, 0, 0], directions: [[0, 0, 1], [1, 0, 0]] } }],
    ["u1", new Uint8Array([2, 0]), { ...when, made: { by: "places", places: [[1, 2], [3, 4]] } }],
  ]));
  const { tracks } = await recording([name("made")]);
  assert.deepEqual(tracks.map(({ values }) => [...values]), [[10, 3, 15, 4], [5, 0, 9, 6], [3, 4, NaN, NaN]]);
});

test("stretches of one series are one track, in whatever order they come; other tracks stay alone", async () => {
  const stretch = (start, values, texts, items) => [
    ["u2", new Uint16Array(values), { kind: "board", series: "0", length: values.length / 4, start, stride: 1, texts, exact: texts.map((text) => `${text}!`), items }],
    ["f4", new Float32Array([start, start + 0.5]), { kind: "bars", series: "1", start, stride: 1 }],
    ["u1", new Uint8Array([start]), { start }],
  ];
  // Two items, each an index into the texts and a look; the stretch that grows comes first.
  await unpack(pack(name("open"), 3, stretch(2, [1, 5, 0, 6, 2, 7, 1, 8], ["", "c", "d"], ["new"])));
  await unpack(pack(name("over"), 1, stretch(0, [0, 1, 1, 2, 1, 3, 0, 4], ["a", "b"], ["old"])));
  const { last, tracks } = await recording([name("open"), name("over")]);
  assert.equal(last, 3);
  assert.equal(tracks.length, 4);
  const [board, bars] = tracks;
  assert.deepEqual(board.texts, ["a", "b", "", "c", "d"]);
  assert.deepEqual(board.exact, ["a!", "b!", "!", "c!", "d!"]);
  assert.deepEqual(board.items, ["new"]);
  assert.deepEqual(board.values, new Uint16Array([0, 1, 1, 2, 1, 3, 0, 4, 3, 5, 2, 6, 4, 7, 3, 8]));
  assert.deepEqual([board.start, board.length, board.count], [0, 4, 16]);
  assert.deepEqual([bars.start, bars.length, bars.values], [0, 4, new Float32Array([0, 0.5, 2, 2.5])]);
  assert.deepEqual(tracks.slice(2).map(({ values }) => [...values]), [[2], [0]]);
  // What has been opened is not changed: another recording of it is right, too.
  const alone = await recording([name("open")]);
  assert.deepEqual(alone.tracks[0].texts, ["", "c", "d"]);
});

test("who asks before the packs have come waits for them; the first one has the clock", async () => {
  const asked = recording([name("a"), name("b")]);
  assert.equal(recording([name("a"), name("b")]), asked); // the same packs, the same object
  await unpack(pack(name("b"), 2, [["u1", new Uint8Array([2])]]));
  await unpack(pack(name("a"), 1, [["u1", new Uint8Array([1])]]));
  const { last, tracks } = await asked;
  assert.equal(last, 1);
  assert.deepEqual(tracks.map(({ values }) => values[0]), [1, 2]);
});

test("a swift change back finds its run again, and what nobody asks for is forgotten", async () => {
  const bytes = (n) => pack(name(n), n, []);
  for (let n = 0; n < 48; n++) await unpack(bytes(n));
  assert.equal((await recording([name(0)])).last, 0); // now the one that was asked for last
  await unpack(bytes(48));
  assert.equal((await recording([name(0)])).last, 0);
  const lost = Promise.race([recording([name(1)]), new Promise((done) => setTimeout(done, 50, "lost"))]);
  assert.equal(await lost, "lost");
});

test("equal bytes are opened once, and a plain buffer is opened too", async () => {
  const bytes = pack(name("store"), 3, []);
  take(bytes);
  take(bytes);
  const { tracks } = await recording([name("store")]);
  take(bytes);
  await new Promise((done) => setTimeout(done, 20));
  assert.equal((await recording([name("store")])).tracks, tracks);
  take(pack(name("plain"), 4, []).slice().buffer);
  assert.equal((await recording([name("plain")])).last, 4);
});

// Packs of tracks: opened in whatever order they arrive, remembered, and put on one clock.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";

import { mount, recording, unpack } from "../../static/nnviz/frames.js";

/** Pack as nnviz/chart/packing.py does; tests/chart/test_packing.py holds Python to the same format. */
function pack(digest, last, arrays, shift = 0) {
  const body = [];
  const tracks = arrays.map(([dtype, values]) => {
    while (body.length % 8) body.push(0);
    const track = { kind: "dot", dtype, offset: body.length, count: values.length };
    body.push(...new Uint8Array(values.buffer));
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
  ];
  await unpack(pack(name("every"), 9, arrays, 3));
  const { last, tracks } = await recording([name("every")]);
  assert.equal(last, 9);
  assert.deepEqual(tracks.map(({ values }) => values), arrays.map(([, values]) => values));
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
  const store = mount();
  const bytes = pack(name("store"), 3, []);
  store.update({ data: bytes });
  store.update({ data: bytes });
  const { tracks } = await recording([name("store")]);
  store.update({ data: bytes });
  await new Promise((done) => setTimeout(done, 20));
  assert.equal((await recording([name("store")])).tracks, tracks);
  mount().update({ data: pack(name("plain"), 4, []).slice().buffer });
  assert.equal((await recording([name("plain")])).last, 4);
});

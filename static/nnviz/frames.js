// A recorded run, packed by nnviz/chart/packing.py: u32 length of the header, digest, JSON header, typed arrays.
// It travels in a message of its own, so that a chart can change without sending its run again.

/** @import { Json, Made, PackHeader, Track, TrackHeader } from "./contract.js" */
/** @typedef {{ last: number, tracks: Track[] }} Run */
/** @typedef {{ promise: Promise<PackHeader>, fulfil: (header: PackHeader) => void }} Pack */

const KEPT = 48; // packs remembered, several for each branch, so that a swift change back finds its run again
/** @type {Map<string, Pack>} */
const packs = new Map();
/** @type {{ key: string, promise: Promise<Run> } | undefined} */
let latest;

/** The place of a pack, whether it has arrived or not; the ones asked for longest ago are dropped. @param {string} digest */
function place(digest) {
  let pack = packs.get(digest);
  if (!pack) {
    /** @type {Pack["fulfil"]} */
    let fulfil = () => {};
    const promise = new Promise((/** @type {Pack["fulfil"]} */ resolve) => { fulfil = resolve; });
    pack = { promise, fulfil };
  }
  packs.delete(digest);
  packs.set(digest, pack); // the last one asked for is the last one to be forgotten
  if (packs.size > KEPT) packs.delete(/** @type {string} */ (packs.keys().next().value));
  return pack;
}

/**
 * The tracks of all these packs on one clock, once they have arrived; the same packs, the same object.
 * @param {string[]} digests
 */
export function recording(digests) {
  const promises = digests.map((digest) => place(digest).promise);
  const key = digests.join();
  if (key !== latest?.key) {
    const promise = Promise.all(promises).then((all) => (
      { last: all[0].last, tracks: joined(all.flatMap((pack) => pack.tracks)) }
    ));
    latest = { key, promise };
  }
  return latest.promise;
}

/** What the values of a track are numbers of, by its kind; of a board every second value is one. @type {Record<string, string[]>} */
const LISTS = { board: ["texts", "exact"], card: ["cards"], flights: ["groups"], words: ["texts"] };

/** Tracks with one for each series, which has all else from the first that came. @param {Track[]} tracks @returns {Track[]} */
function joined(tracks) {
  const leading = tracks.filter((track, i) => (
    !track.series || i === tracks.findIndex((other) => other.series === track.series)
  ));
  return leading.map((track) => {
    const stretches = track.series ? tracks.filter((other) => other.series === track.series) : [];
    if (stretches.length < 2) return track;
    stretches.sort((one, other) => one.start - other.start);
    /** @type {Record<string, any>} */
    const whole = { ...track, start: stretches[0].start, length: 0, count: 0 };
    const lists = LISTS[track.kind] ?? [];
    for (const list of lists) whole[list] = [];
    const Values = /** @type {any} */ (track.values.constructor);
    whole.values = new Values(stretches.reduce((sum, each) => sum + each.values.length, 0));
    for (const stretch of /** @type {Record<string, any>[]} */ (stretches)) {
      const before = lists.length ? whole[lists[0]].length : 0;
      const every = track.kind === "board" ? 2 : 1;
      whole.values.set(stretch.values.map((/** @type {number} */ value, /** @type {number} */ i) => (
        before && i % every === 0 ? value + before : value
      )), whole.count);
      for (const list of lists) whole[list].push(...stretch[list]);
      whole.count += stretch.values.length;
      whole.length += stretch.length;
    }
    return /** @type {Track} */ (whole);
  });
}

const ARRAYS = { u1: Uint8Array, u2: Uint16Array, f8: Float64Array };

/**
 * Put together what travelled as changes: a plane for each byte of a number, in it one column of numbers after
 * the other, and of each number what its bits, read as a whole number, are more or less than those before it.
 * @param {ArrayBuffer} buffer @param {TrackHeader} track
 */
function summed(buffer, { dtype, offset, count, length }) {
  const [size, columns] = [dtype === "f3" ? 3 : 4, count / length];
  const bytes = new Uint8Array(buffer, offset, size * count);
  const whole = new Int32Array(count);
  for (let column = 0; column < columns; column++) {
    for (let i = 0, value = 0; i < length; i++) {
      const at = column * length + i;
      let change = bytes[at] | (bytes[count + at] << 8) | (bytes[2 * count + at] << 16);
      if (size === 4) change |= bytes[3 * count + at] << 24;
      value = (value + ((change >>> 1) ^ -(change & 1))) | 0;
      whole[i * columns + column] = size === 3 ? value << 8 : value;
    }
  }
  return dtype === "i4" ? whole : new Float32Array(whole.buffer);
}

/** The places of a point that moves, two numbers each. @param {Made} made @param {Track} track */
function placesOf(made, { values, length, start, stride }) {
  const found = new Float64Array(2 * length);
  for (let i = 0; i < length; i++) {
    if (made.by === "steps") {
      found[2 * i] = start + i * stride;
      found[2 * i + 1] = values[i];
    } else if (made.by === "places") {
      [found[2 * i], found[2 * i + 1]] = made.places[values[i] - 1] ?? [NaN, NaN];
    } else {
      const { centre, directions } = made;
      for (let k = 0; k < centre.length; k++) {
        const moved = values[i * centre.length + k] - centre[k];
        found[2 * i] += moved * directions[0][k];
        found[2 * i + 1] += moved * directions[1][k];
      }
    }
  }
  return found;
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {CompressionFormat} format */
export async function inflate(bytes, format = "deflate") {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format));
  return new Response(stream).arrayBuffer();
}

/** The bytes of a text in base64. @param {string} text */
export const bytesOf = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** A figure of Plotly, as it was packed by nnviz/chart/plot.py. @param {string} packed @returns {Promise<Json>} */
export async function opened(packed) {
  return JSON.parse(new TextDecoder().decode(await inflate(bytesOf(packed))));
}

const DIGEST = 16; // characters

/** Open a pack and hand its tracks to whoever waits for its digest. @param {Uint8Array<ArrayBuffer>} bytes */
export async function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const [start, body] = [4 + DIGEST, 4 + DIGEST + length];
  const text = new TextDecoder();
  const { fulfil } = place(text.decode(bytes.subarray(4, start))); // now: inflated it may be forgotten
  const [content, buffer] = await Promise.all([bytes.subarray(start, body), bytes.subarray(body)].map((part) => inflate(part)));
  /** @type {PackHeader} */
  const header = JSON.parse(text.decode(content));
  /** @type {Map<number, Track["values"]>} */
  const opened = new Map(); // tracks may share their values
  for (const track of header.tracks) {
    const { dtype, offset, count } = track;
    const known = opened.get(offset);
    track.values = known ?? (dtype in ARRAYS
      ? new ARRAYS[/** @type {keyof ARRAYS} */ (dtype)](buffer, offset, count) : summed(buffer, track));
    opened.set(offset, track.values);
    if ("made" in track && track.made) track.values = placesOf(track.made, track);
  }
  fulfil(header);
}

/** @type {WeakSet<Uint8Array>} */
const taken = new WeakSet();

/** Open what Python has sent, once. @param {Uint8Array<ArrayBuffer> | ArrayBuffer} data */
export function take(data) {
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
  if (taken.has(bytes)) return;
  taken.add(bytes);
  unpack(bytes);
}

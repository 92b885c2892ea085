// A recorded run, packed by nnviz/chart/packing.py: u32 length of the header, digest, JSON header, typed arrays.
// It travels in a message of its own, so that a chart can change without sending its run again.

/** @import { Component, PackHeader, Part, Track } from "./contract.js" */
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
      { last: all[0].last, tracks: all.flatMap((pack) => pack.tracks) }
    ));
    latest = { key, promise };
  }
  return latest.promise;
}

const ARRAYS = { u1: Uint8Array, u2: Uint16Array, i4: Int32Array, f4: Float32Array, f8: Float64Array };

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

const DIGEST = 16; // characters

/** Open a pack and hand its tracks to whoever waits for its digest. @param {Uint8Array<ArrayBuffer>} bytes */
export async function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const [start, body] = [4 + DIGEST, 4 + DIGEST + length];
  const text = new TextDecoder();
  const { fulfil } = place(text.decode(bytes.subarray(4, start))); // now: inflated it may be forgotten
  const [content, buffer] = await Promise.all([bytes.subarray(start, body), bytes.subarray(body)].map(inflate));
  /** @type {PackHeader} */
  const header = JSON.parse(text.decode(content));
  for (const track of header.tracks) {
    track.values = new ARRAYS[track.dtype](buffer, track.offset, track.count);
  }
  fulfil(header);
}

/** @implements {Part<Uint8Array<ArrayBuffer>>} */
class Store {
  /** @type {Uint8Array | undefined} */
  bytes = undefined;

  /** @param {Component<Uint8Array<ArrayBuffer>>} component */
  update({ data }) {
    const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
    if (this.bytes === bytes) return;
    this.bytes = bytes;
    unpack(bytes);
  }

  destroy() {}
}

export const mount = () => new Store();

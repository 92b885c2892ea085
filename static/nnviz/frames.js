// A recorded run, packed by nnviz/ui/frames.py: u32 length of the header, JSON header, typed arrays.
// It travels in a message of its own, so that a chart can change without sending its run again.

const KEPT = 8; // packs remembered, so that a swift change back finds its run again
const packs = new Map();
let latest = {};

/** The place of a pack, whether it has arrived or not; those that nobody asks for are forgotten. */
function place(digest) {
  let pack = packs.get(digest);
  if (!pack) {
    let fulfil;
    const promise = new Promise((resolve) => { fulfil = resolve; });
    pack = { promise, fulfil };
  }
  packs.delete(digest);
  packs.set(digest, pack); // the last one asked for is the last one to be forgotten
  if (packs.size > KEPT) packs.delete(packs.keys().next().value);
  return pack;
}

/** The tracks of all these packs on one clock, once they have arrived; the same packs, the same object. */
export function recording(digests) {
  const promises = digests.map((digest) => place(digest).promise);
  const key = digests.join();
  if (key !== latest.key) {
    const promise = Promise.all(promises).then((all) => (
      { last: all[0].last, tracks: all.flatMap((pack) => pack.tracks) }
    ));
    latest = { key, promise };
  }
  return latest.promise;
}

const ARRAYS = { u1: Uint8Array, u2: Uint16Array, i4: Int32Array, f4: Float32Array };

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

async function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const { fulfil } = place(header.digest); // now: by the time it is inflated it may be forgotten
  const buffer = await inflate(bytes.subarray(4 + length));
  for (const track of header.tracks) {
    track.values = new ARRAYS[track.dtype](buffer, track.offset, track.count);
  }
  fulfil(header);
}

class Store {
  update({ data }) {
    const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
    if (this.bytes === bytes) return;
    this.bytes = bytes;
    unpack(bytes);
  }

  destroy() {}
}

export const mount = () => new Store();

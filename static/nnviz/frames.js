// A recorded run, packed by nnviz/ui/frames.py: u32 length of the header, JSON header, typed arrays.
// It travels in a message of its own, so that a chart can change without sending its run again.

const KEPT = 4; // runs remembered, so that a swift change back finds its run again
const runs = new Map();

function place(digest) {
  if (!runs.has(digest)) {
    let fulfil;
    const promise = new Promise((resolve) => { fulfil = resolve; });
    runs.set(digest, { promise, fulfil });
    while (runs.size > KEPT) runs.delete(runs.keys().next().value);
  }
  return runs.get(digest);
}

/** The run with this digest, once it has arrived. */
export const run = (digest) => place(digest).promise;

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

// An image of any size as 8 x 8 squares of 0 to 16 ink, with the words that say how that was done.

const SIDE = 8;
const FULL = 16;
const WORKED_ON = 256; // px of the longer side with which it is computed
const STANDS_OUT = 0.3; // of the strongest ink: less than that is the ground
const FLAT = 0.06; // difference of lightness, 0 to 1, that is no drawing

/** The image among what is pasted or dropped. @param {DataTransfer | null} data @returns {File | null} */
export function imageIn(data) {
  return [...(data?.files ?? [])].find((file) => file.type.startsWith("image/")) ?? null;
}

/**
 * How much each pixel differs from the ground, 0 to 1, and whether the ground is the darker of both.
 * The ground is what most of the edge of the image shows.
 * @param {ArrayLike<number>} rgba @param {number} width @param {number} height
 * @param {number} behind  the lightness of what shows through, 0 to 1
 */
export function inkOf(rgba, width, height, behind = 1) {
  const light = Float64Array.from({ length: width * height }, (_, i) => {
    const opaque = rgba[4 * i + 3] / 255;
    const grey = (0.2126 * rgba[4 * i] + 0.7152 * rgba[4 * i + 1] + 0.0722 * rgba[4 * i + 2]) / 255;
    return grey * opaque + (1 - opaque) * behind;
  });
  const edge = [...light.keys()]
    .filter((i) => i < width || i >= width * (height - 1) || i % width === 0 || i % width === width - 1)
    .map((i) => light[i]).sort((a, b) => a - b);
  const ground = edge[edge.length >> 1];
  const ink = light.map((each) => Math.abs(each - ground));
  return { ink, inverted: ground < 0.5 };
}

/**
 * The part of an image that holds its ink: left, top, width and height; null if there is none.
 * @param {Float64Array} ink @param {number} width
 * @returns {[number, number, number, number] | null}
 */
export function inkedPart(ink, width) {
  const most = ink.reduce((a, b) => Math.max(a, b), 0);
  if (most < FLAT) return null;
  const inked = [...ink.keys()].filter((i) => ink[i] >= STANDS_OUT * most);
  const [columns, rows] = [inked.map((i) => i % width), inked.map((i) => Math.floor(i / width))];
  const smallest = (/** @type {number[]} */ all) => all.reduce((a, b) => Math.min(a, b));
  const largest = (/** @type {number[]} */ all) => all.reduce((a, b) => Math.max(a, b));
  const [left, top] = [smallest(columns), smallest(rows)];
  return [left, top, largest(columns) - left + 1, largest(rows) - top + 1];
}

/**
 * The ink of an image, whether it is lighter than its ground, and the part that holds it; null if there is none.
 * What shows through is white, or black where nothing would be seen on white.
 * @param {ArrayLike<number>} rgba @param {number} width @param {number} height
 */
export function inkedIn(rgba, width, height) {
  for (const behind of [1, 0]) {
    const { ink, inverted } = inkOf(rgba, width, height, behind);
    const part = inkedPart(ink, width);
    if (part) return { ink, inverted, part };
  }
  return null;
}

/**
 * The mean ink of each of the 8 x 8 squares that a part fits into as a whole and in the middle; its strongest is full.
 * @param {Float64Array} ink @param {number} width @param {[number, number, number, number]} part
 */
export function squaresOf(ink, width, [left, top, wide, high]) {
  const size = Math.max(wide, high) / SIDE; // px of a square
  const [x0, y0] = [left + (wide - size * SIDE) / 2, top + (high - size * SIDE) / 2];
  const height = ink.length / width;
  const means = Array.from({ length: SIDE * SIDE }, (_, k) => {
    const [x, y] = [x0 + size * (k % SIDE), y0 + size * Math.floor(k / SIDE)];
    let sum = 0;
    for (let row = Math.max(0, Math.floor(y)); row < Math.min(height, y + size); row++) {
      for (let column = Math.max(0, Math.floor(x)); column < Math.min(width, x + size); column++) {
        const across = Math.min(column + 1, x + size) - Math.max(column, x);
        const down = Math.min(row + 1, y + size) - Math.max(row, y);
        sum += ink[row * width + column] * across * down;
      }
    }
    return sum / (size * size);
  });
  const most = Math.max(...means);
  return means.map((mean) => Math.round((FULL * mean) / most));
}

/**
 * What a pen has drawn, as numbers.
 * @param {CanvasRenderingContext2D} pen @param {number} width @param {number} height
 */
function pixelsOf(pen, width, height) {
  try {
    return pen.getImageData(0, 0, width, height).data;
  } catch {
    throw new Error("That image holds parts of other files, which a browser does not let be read. A PNG of it would do.");
  }
}

/**
 * The squares of an image, and how they were made of it, in words.
 * @param {Blob} image
 * @returns {Promise<{ values: number[], words: string }>}
 */
export async function fromImage(image) {
  const read = new Image();
  read.src = URL.createObjectURL(image);
  await read.decode().catch(() => {
    throw new Error("This browser cannot read that as an image. A PNG, a JPEG, a GIF, a WebP or an SVG would do.");
  }).finally(() => URL.revokeObjectURL(read.src));
  // An SVG may say nothing of its size.
  const whole = [read.naturalWidth || WORKED_ON, read.naturalHeight || WORKED_ON];
  const scale = Math.min(1, WORKED_ON / Math.max(...whole));
  const [width, height] = whole.map((length) => Math.max(1, Math.round(length * scale)));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("This browser has no canvas to read an image with.");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(read, 0, 0, width, height);
  const rgba = pixelsOf(pen, width, height);
  const size = `${whole[0]} × ${whole[1]} pixels`;
  const seen = inkedIn(rgba, width, height);
  if (!seen) throw new Error(`Nothing stands out in that image (${size}): it is nearly all of one shade. The drawing stays.`);
  const { ink, inverted, part } = seen;
  const ground = inverted ? "What is lighter than its dark ground became ink." : "What is darker than its light ground became ink.";
  return {
    values: squaresOf(ink, width, part),
    words: `Image of ${size}: cut to its ink, scaled to 8 × 8 with its proportions kept, put in the middle. ${ground}`,
  };
}

// Figures name theme colours as CSS variables; Plotly and canvas need them resolved.

import { penOf } from "./dom.js";

const VARIABLE = /^var\((--[\w-]+)\)$/;
const WITHIN = /var\(--[\w-]+\)/g;

export class Theme {
  /** @param {Element} element */
  constructor(element) {
    this.style = getComputedStyle(element);
    /** @type {Map<string, string>} */
    this.seen = new Map();
  }

  /** "var(--st-text-color)" becomes the colour of the current theme; anything else stays. @param {string} value */
  colour(value) {
    const match = VARIABLE.exec(value);
    if (!match) return value;
    if (!this.seen.has(value)) this.seen.set(value, this.style.getPropertyValue(match[1]).trim());
    return this.seen.get(value) || "#888";
  }

  /** The same figure with every CSS variable in it resolved. @param {any} node @returns {any} */
  resolve(node) {
    if (typeof node === "string") return node.replace(WITHIN, (name) => this.colour(name)); // in texts too
    if (Array.isArray(node)) return node.map((item) => this.resolve(item));
    if (node && typeof node === "object") {
      return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, this.resolve(item)]));
    }
    return node;
  }

  get font() {
    return this.style.fontFamily;
  }

  /** Changes whenever light turns to dark or back. */
  get signature() {
    return ["--st-text-color", "--st-background-color"].map((n) => this.style.getPropertyValue(n)).join();
  }
}

const rgb = (() => {
  const pen = penOf(document.createElement("canvas"), { willReadFrequently: true });
  return (/** @type {string} */ colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return pen.getImageData(0, 0, 1, 1).data;
  };
})();

/** 256 packed pixels along evenly spaced colour stops, for painting maps of bytes. @param {string[]} stops */
export function palette(stops) {
  const colours = stops.map(rgb);
  const pixels = new Uint32Array(256);
  const bytes = new Uint8Array(pixels.buffer); // byte order of ImageData, whatever the machine's
  for (let i = 0; i < 256; i++) {
    const place = (i / 255) * (colours.length - 1);
    const low = Math.min(Math.floor(place), colours.length - 2);
    for (let c = 0; c < 3; c++) {
      bytes[4 * i + c] = colours[low][c] + (place - low) * (colours[low + 1][c] - colours[low][c]);
    }
    bytes[4 * i + 3] = 255;
  }
  return pixels;
}

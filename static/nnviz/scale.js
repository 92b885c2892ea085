// On a projector the page's type grows (nnviz/site/frame.py), and with it what stands in the pictures.

/** @import { Json } from "./contract.js" */
import { onPaper } from "./paper.js";

const USUAL = 16; // px of one rem on a screen on a desk

/** How many times as large as usual the page's type is; on paper a picture has the usual one. */
export const typeScale = () => (onPaper() ? 1 : parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL || 1);

const ROOM = new Set(["l", "r", "t", "b", "xshift", "yshift", "ax", "ay", "standoff"]);

/**
 * Enlarge the type, the markers and the room around them in a figure, its lines not.
 * @param {Json} part  data or layout, changed in place
 * @param {number} scale
 */
export function enlarge(part, scale) {
  if (scale === 1) return;
  for (const [key, value] of Object.entries(part ?? {})) {
    if (!value || typeof value !== "object") {
      if (ROOM.has(key) && typeof value === "number") part[key] = value * scale;
      continue;
    }
    if ((/font$/.test(key) || key === "marker") && typeof value.size === "number") value.size *= scale;
    enlarge(value, scale);
  }
}

// Elements of HTML and SVG, the pens of canvases, and the dashes of lines.

/** @import { Dash } from "./contract.js" */

const SVG = "http://www.w3.org/2000/svg";

/** Lengths of strokes and gaps in pixels. @type {Record<Dash, number[]>} */
export const DASHES = { solid: [], dash: [8, 5], dot: [2, 4], dashdot: [8, 4, 2, 4], longdash: [14, 5] };

/** The value of `stroke-dasharray` for a dash. @param {Dash} dash */
export const dashArray = (dash) => DASHES[dash].join(" ") || "none";

/**
 * Make an SVG element, at the end of a parent if there is one.
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number>} [attributes]
 * @param {Element} [parent]
 * @returns {SVGElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, parent) {
  const node = document.createElementNS(SVG, name);
  setAttributes(node, attributes);
  parent?.append(node);
  return node;
}

/** @param {Element} node @param {Record<string, string | number>} attributes */
export function setAttributes(node, attributes) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
}

/**
 * Make an HTML element.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} className
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Name]}
 */
export const html = (name, className, text = "") => (
  Object.assign(document.createElement(name), { className, textContent: text })
);

/**
 * The pen of a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings]
 */
export function penOf(canvas, settings) {
  const pen = canvas.getContext("2d", settings);
  if (!pen) throw new Error("this browser has no canvas");
  return pen;
}

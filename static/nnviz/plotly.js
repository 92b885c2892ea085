// Loads plotly.js once per page, and asks its figures where things are.

/** @import { Json, Point } from "./contract.js" */

/**
 * One axis of a drawn figure, as far as we use Plotly's own object.
 * @typedef {object} Axis
 * @property {string} type
 * @property {[number, number]} range
 * @property {number} _offset
 * @property {number} _length
 * @property {(value: number) => number} d2p
 * @property {(pixels: number) => number} p2d
 */
/** @typedef {{ x: Axis, y: Axis }} Axes  of one subplot */
/** @typedef {{ x: ArrayLike<number>, y: ArrayLike<number> }} Line  of a trace */
/**
 * An element in which Plotly has drawn.
 * @typedef {object} Drawn
 * @property {Record<string, Axis>} _fullLayout
 * @property {Line[]} _fullData
 * @property {(event: string, act: (changes: Record<string, unknown>) => void) => void} on
 */
/** @typedef {HTMLElement & Drawn} Plot */
/**
 * The library, as far as we use it.
 * @typedef {object} Plotly
 * @property {(plot: HTMLElement, data: Json, layout: Json, config: Json) => Promise<unknown>} react
 * @property {(plot: HTMLElement) => void} purge
 * @property {(plot: HTMLElement, options: object) => Promise<string>} toImage
 */

const AGAIN = 2000; // ms; what cannot be fetched in an outage is asked for until it comes
/** @type {Promise<Plotly> | undefined} */
let loading;

/** Load the library from this address, relative to the app. @param {string} file */
export function plotly(file) {
  loading ??= new Promise((resolve) => {
    const load = () => {
      const script = document.createElement("script");
      script.src = new URL(file, document.baseURI).href;
      script.onload = () => resolve(/** @type {any} */ (window).Plotly);
      script.onerror = () => {
        script.remove();
        setTimeout(load, AGAIN);
      };
      document.head.append(script);
    };
    load();
  });
  return loading;
}

/**
 * The axes of a subplot, named as traces name them: "xy", "x2y2".
 * @param {Drawn} plot @param {string} name @returns {Axes}
 */
export function axes(plot, name) {
  const [x, y] = name.split(/(?=y)/);
  const layout = plot._fullLayout;
  return { x: layout[x.replace("x", "xaxis")], y: layout[y.replace("y", "yaxis")] };
}

/** Whether a figure has a subplot. @param {Drawn} plot @param {string} name */
export function has(plot, name) {
  const { x, y } = axes(plot, name);
  return Boolean(x && y);
}

/** Pixels within the plot element of a point in data coordinates. @param {Axes} pair @param {Point} point @returns {Point} */
export function toPixels({ x, y }, point) {
  return [x._offset + x.d2p(point[0]), y._offset + y.d2p(point[1])];
}

/** Data coordinates of a point in pixels within the plot element. @param {Axes} pair @param {Point} pixels @returns {Point} */
export function toData({ x, y }, pixels) {
  return [x.p2d(pixels[0] - x._offset), y.p2d(pixels[1] - y._offset)];
}

/** True where the pixels lie inside the subplot's frame. @param {Axes} pair @param {Point} pixels */
export function inside({ x, y }, [left, top]) {
  return left >= x._offset && left <= x._offset + x._length && top >= y._offset && top <= y._offset + y._length;
}

/**
 * Linear scales from data to pixels along both axes; asking Plotly for each of many points would be slow.
 * Along an axis that is not linear Plotly is asked all the same.
 * @param {Axes} pair
 */
export function scales(pair) {
  return {
    x: scale(pair.x, (value) => toPixels(pair, [value, 0])[0]),
    y: scale(pair.y, (value) => toPixels(pair, [0, value])[1]),
  };
}

/** @param {Axis} axis @param {(value: number) => number} place */
function scale(axis, place) {
  if (axis.type !== "linear") return place;
  const [from, to] = axis.range;
  const slope = (place(to) - place(from)) / (to - from);
  const start = place(from);
  return (/** @type {number} */ value) => start + slope * (value - from);
}

/** Where a browser cannot draw in three dimensions Plotly offers a page elsewhere; ours says it and stays. @param {Element} plot */
export function explainNoWebGL(plot) {
  for (const note of /** @type {NodeListOf<HTMLElement>} */ (plot.querySelectorAll(".no-webgl"))) {
    Object.assign(/** @type {HTMLElement} */ (note.parentElement), { onclick: null }).style.background = "none";
    note.style.cssText = "position:absolute;inset:0;display:grid;place-items:center;text-align:center";
    note.textContent = "This browser cannot draw in three dimensions: WebGL is missing or switched off.";
  }
}

/** A browser draws in a few WebGL contexts at once, and takes the oldest away: give back those of a plot. @param {Element} plot */
export function releaseWebGL(plot) {
  for (const canvas of plot.querySelectorAll("canvas")) {
    const context = canvas.getContext("webgl") ?? canvas.getContext("webgl2");
    context?.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

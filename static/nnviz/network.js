// Draws a network that learns: a small map in every unit, edges by weight, and the marks of biases.

/** @import { BiasTrack, EdgeTrack, TilesTrack } from "./contract.js" */
/** @import { Theme } from "./colours.js" */
/** @import { Axes, Drawn } from "./plotly.js" */
import { axes, scales } from "./plotly.js";
import { palette } from "./colours.js";
import { penOf } from "./dom.js";
import { Evaluator } from "./evaluate.js";
import { indexAt } from "./timeline.js";

const HEAVIEST = 5; // the size of a weight from which on an edge grows no wider, and a mark no stronger
const THINNEST = 0.5; // px of an edge whose weight is next to nothing
const FAINTEST = 0.2; // how much of the colour such an edge or mark still has

/** How strongly a weight is drawn, 0 to 1: by the square root, so that small ones can be told apart. @param {number} weight */
export const strengthOf = (weight) => Math.sqrt(Math.min(Math.abs(weight) / HEAVIEST, 1)) || 0;

/** Scales to pixels, and what one unit of the picture is in pixels. @param {Axes} pair */
function measures(pair) {
  const { x, y } = scales(pair);
  return { x, y, size: Math.abs(x(1) - x(0)) };
}

/** What each unit gives over the plane, as small maps on one canvas that lies under the figure. */
export class Tiles {
  /** @param {TilesTrack} track @param {Theme} theme @param {Element} parent */
  constructor(track, theme, parent) {
    this.track = track;
    this.frame = document.createElement("div");
    this.canvas = document.createElement("canvas");
    this.frame.append(this.canvas);
    parent.append(this.frame);
    this.ink = theme.colour("var(--st-text-color)");
    this.colours = palette(track.stops.map((stop) => theme.colour(stop)));
    this.source = document.createElement("canvas"); // one map
    this.from = penOf(this.source);
    this.units = track.network.sizes.flatMap((n, layer) => Array.from({ length: n }, (_, unit) => [layer, unit]));
    /** Left, top and side of each map, in pixels of the canvas. @type {number[][]} */
    this.squares = [];
    this.shown = -1;
  }

  /** @param {Drawn} plot @param {number} density */
  place(plot, density) {
    const pair = axes(plot, this.track.axes);
    const [left, top, width, height] = [pair.x._offset, pair.y._offset, pair.x._length, pair.y._length];
    this.frame.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
    this.canvas.style.cssText = `left:0px;top:0px;width:${width}px;height:${height}px`;
    this.canvas.width = Math.round(width * density);
    this.canvas.height = Math.round(height * density);
    const { x, y, size } = measures(pair);
    this.squares = this.track.boxes.map(([across, up, side]) => (
      [x(across) - left - (side * size) / 2, y(up) - top - (side * size) / 2, side * size].map((value) => Math.round(value * density))
    ));
    this.sample(Math.max(2, ...this.squares.map(([, , side]) => side)));
    this.shown = -1;
  }

  /** Choose the points of the maps: so many across and up. @param {number} n */
  sample(n) {
    const [west, east, south, north] = this.track.extent;
    this.n = n;
    this.network = new Evaluator(this.track.network, n * n);
    const middle = (/** @type {number} */ i) => (i + 0.5) / n;
    const x = Float64Array.from({ length: n * n }, (_, i) => west + (east - west) * middle(i % n));
    const y = Float64Array.from({ length: n * n }, (_, i) => north + (south - north) * middle(Math.floor(i / n)));
    this.network.place(x, y, n * n);
    this.bytes = new Uint8Array(n * n);
    this.source.width = this.source.height = n;
    this.image = this.from.createImageData(n, n);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  /** @param {number} step */
  paint(step) {
    const { track, n, network, bytes, image, pixels } = this;
    const index = indexAt(track, step);
    if (this.shown === index || !network || !n || !bytes || !image || !pixels) return false;
    this.shown = index;
    network.run(track.values, (index * track.count) / track.length, n * n);
    const pen = penOf(this.canvas);
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    pen.strokeStyle = this.ink;
    this.squares.forEach(([left, top, side], tile) => {
      const [layer, unit] = this.units[track.skip + tile];
      network.unit(layer, unit, bytes, 0, n * n);
      for (let i = 0; i < pixels.length; i++) pixels[i] = this.colours[bytes[i]];
      this.from.putImageData(image, 0, 0);
      pen.drawImage(this.source, 0, 0, n, n, left, top, side, side);
      pen.strokeRect(left, top, side, side);
    });
    return false;
  }
}

/**
 * Edges as curves that leave and arrive level: wider for a larger weight, dashed for a negative one.
 * @param {CanvasRenderingContext2D} pen @param {EdgeTrack} track @param {Axes} pair @param {number} step @param {Theme} theme
 */
export function edges(pen, track, pair, step, theme) {
  const { x, y, size } = measures(pair);
  const start = (indexAt(track, step) * track.count) / track.length;
  const [below, above] = [theme.colour(track.below), theme.colour(track.above)];
  track.places.forEach(([x0, y0, x1, y1], i) => {
    const value = track.values[start + track.which[i]];
    const strength = strengthOf(value);
    pen.globalAlpha = FAINTEST + (1 - FAINTEST) * strength;
    pen.lineWidth = THINNEST + track.widest * size * strength;
    pen.strokeStyle = value < 0 ? below : above;
    pen.setLineDash(value < 0 ? [3 + 1.2 * pen.lineWidth, 2 + 0.7 * pen.lineWidth] : []);
    const middle = x((x0 + x1) / 2);
    pen.beginPath();
    pen.moveTo(x(x0), y(y0));
    pen.bezierCurveTo(middle, y(y0), middle, y(y1), x(x1), y(y1));
    pen.stroke();
  });
}

/**
 * Biases: a square for a positive one, a diamond for a negative one, stronger in colour for a larger one.
 * @param {CanvasRenderingContext2D} pen @param {BiasTrack} track @param {Axes} pair @param {number} step @param {Theme} theme
 */
export function biases(pen, track, pair, step, theme) {
  const { x, y, size } = measures(pair);
  const start = (indexAt(track, step) * track.count) / track.length;
  const [below, above, paper] = [track.below, track.above, "var(--st-background-color)"].map((name) => theme.colour(name));
  pen.setLineDash([]);
  pen.lineWidth = 1;
  track.places.forEach(([across, up, side], i) => {
    const value = track.values[start + track.which[i]];
    const [left, top, half] = [x(across), y(up), (side * size) / 2];
    const corners = value < 0 ? [[0, -half], [half, 0], [0, half], [-half, 0]]
      : [[-0.8 * half, -0.8 * half], [0.8 * half, -0.8 * half], [0.8 * half, 0.8 * half], [-0.8 * half, 0.8 * half]];
    pen.beginPath();
    for (const [dx, dy] of corners) pen.lineTo(left + dx, top + dy);
    pen.closePath();
    pen.fillStyle = paper;
    pen.fill();
    pen.fillStyle = pen.strokeStyle = value < 0 ? below : above;
    pen.globalAlpha = strengthOf(value);
    pen.fill();
    pen.globalAlpha = 1;
    pen.stroke();
  });
}

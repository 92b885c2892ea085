// What is painted under a subplot: maps that the core has made, and grounds that are evaluated here from the
// parameters of the very step, in the screen's own pixels.

/** @import { GroundTrack, MapTrack, SurfaceTrack } from "./contract.js" */
/** @import { Theme } from "./colours.js" */
/** @import { Axes, Plot } from "./plotly.js" */
import { palette } from "./colours.js";
import { penOf } from "./dom.js";
import { between, errorAround, Evaluator, ofRows } from "./evaluate.js";
import { axes, toPixels } from "./plotly.js";
import { indexAt } from "./timeline.js";

/** @typedef {"moving" | "resting" | "exact"} Care  how long painting may take: while it plays, at rest, for a file */
/** In ms. @type {Record<Care, number>} */
const BUDGETS = { moving: 6, resting: 60, exact: Infinity };
const ASSUMED = 5e-5; // ms for a pixel, until one was measured
const TOGETHER = 4096; // points that are evaluated at once

/** A canvas in a frame that hides what lies beyond the axes. */
class Painted {
  /** @param {MapTrack | GroundTrack | SurfaceTrack} track @param {Theme} theme @param {Element} parent */
  constructor(track, theme, parent) {
    this.frame = document.createElement("div");
    this.canvas = document.createElement("canvas");
    this.frame.append(this.canvas);
    parent.append(this.frame);
    this.pen = penOf(this.canvas);
    this.colours = palette(track.stops.map((stop) => theme.colour(stop)));
    this.shown = "";
  }

  /** @param {Axes} pair */
  placeFrame(pair) {
    this.frame.style.cssText = `left:${pair.x._offset}px;top:${pair.y._offset}px;width:${pair.x._length}px;height:${pair.y._length}px`;
  }

  /** Put bytes on the canvas, the first row at the top. @param {Uint8Array} bytes @param {number} columns @param {number} rows */
  show(bytes, columns, rows) {
    if (this.canvas.width !== columns) this.canvas.width = columns;
    if (this.canvas.height !== rows) this.canvas.height = rows;
    const image = this.pen.createImageData(columns, rows);
    const pixels = new Uint32Array(image.data.buffer);
    for (let i = 0; i < pixels.length; i++) pixels[i] = this.colours[bytes[i]];
    this.pen.putImageData(image, 0, 0);
  }
}

/** A map of the core, with a pixel for each of its cells. */
export class PaintedMap extends Painted {
  /** @param {MapTrack} track @param {Theme} theme @param {Element} parent */
  constructor(track, theme, parent) {
    super(track, theme, parent);
    this.track = track;
    this.bytes = new Uint8Array(track.shape[0] * track.shape[1]);
  }

  /** @param {Plot} plot */
  place(plot) {
    const { extent } = this.track;
    const pair = axes(plot, this.track.axes);
    this.placeFrame(pair);
    const [left, top] = [pair.x._offset, pair.y._offset];
    const [west, north] = toPixels(pair, [extent[0], extent[3]]);
    const [east, south] = toPixels(pair, [extent[1], extent[2]]);
    // Each cell stands for itself: neighbours are not blended.
    this.canvas.style.cssText = `left:${west - left}px;top:${north - top}px;width:${east - west}px;height:${south - north}px;image-rendering:pixelated`;
  }

  /** @param {number} step */
  paint(step) {
    const index = indexAt(this.track, step);
    if (this.shown === String(index)) return false;
    this.shown = String(index);
    const [rows, columns] = this.track.shape;
    // The core's first row has the lowest y; a canvas starts at the top.
    for (let row = 0; row < rows; row++) {
      const from = (index * rows + rows - 1 - row) * columns;
      for (let column = 0; column < columns; column++) this.bytes[row * columns + column] = this.track.values[from + column];
    }
    this.show(this.bytes, columns, rows);
    return false;
  }
}

/** A ground that is evaluated: coarser while it plays, if the network is large, and then finer. */
class Evaluated extends Painted {
  /** @param {GroundTrack | SurfaceTrack} track @param {Theme} theme @param {Element} parent */
  constructor(track, theme, parent) {
    super(track, theme, parent);
    this.track = track;
    this.cost = ASSUMED;
    this.bytes = new Uint8Array(0);
    this.across = this.up = new Float64Array(0);
  }

  /** @param {Plot} plot @param {number} density  pixels of the screen for each of the page's */
  place(plot, density) {
    this.pair = axes(plot, this.track.axes);
    this.placeFrame(this.pair);
    this.size = [this.pair.x._length, this.pair.y._length].map((length) => Math.max(1, Math.round(length * density)));
    this.canvas.style.cssText = `left:0px;top:0px;width:${this.pair.x._length}px;height:${this.pair.y._length}px`;
    this.shown = "";
  }

  /** Paint a step; returns whether there is more to be seen of it than there was time for. @param {number} step @param {Care} care */
  paint(step, care) {
    const index = indexAt(this.track, step);
    const [width, height] = /** @type {number[]} */ (this.size);
    const cell = Math.max(1, Math.ceil(Math.sqrt((width * height * this.cost) / BUDGETS[care])));
    const signature = `${index} ${cell}`;
    const finer = care === "moving" && cell > 1;
    if (this.shown === signature) return finer;
    this.shown = signature;
    const [columns, rows] = [Math.ceil(width / cell), Math.ceil(height / cell)];
    if (this.bytes.length !== columns * rows) this.bytes = new Uint8Array(columns * rows);
    this.middles(columns, rows);
    const before = performance.now();
    this.fill(index, columns, rows);
    this.cost = 0.7 * this.cost + (0.3 * (performance.now() - before)) / (columns * rows);
    this.show(this.bytes, columns, rows);
    return finer;
  }

  /** Where the middles of all columns and rows lie on the axes. @param {number} columns @param {number} rows */
  middles(columns, rows) {
    const { x, y } = /** @type {Axes} */ (this.pair);
    this.across = Float64Array.from({ length: columns }, (_, i) => x.p2d(((i + 0.5) * x._length) / columns));
    this.up = Float64Array.from({ length: rows }, (_, i) => y.p2d(((i + 0.5) * y._length) / rows));
  }

  /** @param {number} _index @param {number} _columns @param {number} _rows */
  fill(_index, _columns, _rows) {}
}

/** What a network answers everywhere. */
export class Ground extends Evaluated {
  /** @param {GroundTrack} track @param {Theme} theme @param {Element} parent */
  constructor(track, theme, parent) {
    super(track, theme, parent);
    this.parameters = track.values;
    this.n = track.count / track.length;
    this.network = new Evaluator(track.network, TOGETHER);
    this.x = new Float64Array(TOGETHER);
    this.y = new Float64Array(TOGETHER);
  }

  /** @param {number} index @param {number} columns @param {number} rows */
  fill(index, columns, rows) {
    const all = columns * rows;
    for (let from = 0; from < all; from += TOGETHER) {
      const n = Math.min(TOGETHER, all - from);
      for (let i = 0; i < n; i++) {
        this.x[i] = this.across[(from + i) % columns];
        this.y[i] = this.up[Math.floor((from + i) / columns)];
      }
      this.network.place(this.x, this.y, n);
      this.network.run(this.parameters, index * this.n, n);
      this.network.ground(this.bytes, from, n);
    }
  }
}

/** How large the error of all rows would be if two directions of the parameters were elsewhere, all else as it is. */
export class Surface extends Evaluated {
  /** @param {SurfaceTrack} track @param {Theme} theme @param {Element} parent */
  constructor(track, theme, parent) {
    super(track, theme, parent);
    this.form = track;
    this.network = ofRows(track.rows);
  }

  /** @param {number} index @param {number} columns @param {number} rows */
  fill(index, columns, rows) {
    const { shades } = this.form;
    const error = errorAround(this.network, this.form, index);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const at = error(this.across[column], this.up[row]);
        this.bytes[row * columns + column] = Math.round(255 * between(shades, at));
      }
    }
  }
}

// Draws the moving part of a recorded run over and under the Plotly figure, one update at a time.
// Every number comes from the core; here they only become pixels.

import { axes, toPixels } from "./plotly.js";
import { palette } from "./colours.js";
import { stroke, withPen } from "./strokes.js";
import { indexAt, seenAt } from "./timeline.js";
import { Trails } from "./trails.js";
import { Tiles, edges, biases } from "./network.js";

const NETWORK = { edges, biases };

export class Marks {
  constructor(stage) {
    this.under = document.createElement("div");
    this.under.className = "nv-under";
    this.over = document.createElement("canvas");
    this.over.className = "nv-over";
    this.over.setAttribute("aria-hidden", "true");
    // Edges and marks of a network lie under the figure, so that what is read of them is not crossed out.
    this.below = document.createElement("canvas");
    this.below.className = "nv-over";
    this.below.setAttribute("aria-hidden", "true");
    stage.prepend(this.under, this.below);
    this.trails = new Trails(stage);
    stage.append(this.over);
    this.maps = new Map();
    this.tiles = new Map();
  }

  /** Take a run (or none), the drawn figure and the theme; call again after each of them changed. */
  adopt(run, plot, theme) {
    Object.assign(this, { run, plot, theme });
    this.under.replaceChildren();
    this.maps.clear();
    this.tiles.clear();
    for (const track of run?.tracks ?? []) {
      if (track.kind === "map") this.addMap(track);
      if (track.kind === "tiles") this.tiles.set(track, new Tiles(track, theme, this.under));
    }
    this.place();
  }

  addMap(track) {
    const frame = document.createElement("div");
    const canvas = document.createElement("canvas");
    [canvas.height, canvas.width] = track.shape;
    frame.append(canvas);
    this.under.append(frame);
    const pen = canvas.getContext("2d");
    const image = pen.createImageData(canvas.width, canvas.height);
    const colours = palette(track.stops.map((stop) => this.theme.colour(stop)));
    this.maps.set(track, { frame, canvas, pen, image, colours, pixels: new Uint32Array(image.data.buffer), shown: -1 });
  }

  /** Fit the canvases to the axes, which move when the person zooms or the window changes. */
  place(density = window.devicePixelRatio || 1) {
    const { width, height } = this.plot.getBoundingClientRect();
    for (const canvas of [this.below, this.over, this.trails.canvas]) {
      canvas.width = Math.round(width * density);
      canvas.height = Math.round(height * density);
      canvas.style.cssText = `width:${width}px;height:${height}px`;
    }
    this.density = density;
    this.trails.clear();
    for (const tiles of this.tiles.values()) tiles.place(this.plot, density);
    for (const [track, { frame, canvas }] of this.maps) {
      const pair = axes(this.plot, track.axes);
      const [left, top] = [pair.x._offset, pair.y._offset];
      frame.style.cssText = `left:${left}px;top:${top}px;width:${pair.x._length}px;height:${pair.y._length}px`;
      const [west, north] = toPixels(pair, [track.extent[0], track.extent[3]]);
      const [east, south] = toPixels(pair, [track.extent[1], track.extent[2]]);
      canvas.style.cssText = `left:${west - left}px;top:${north - top}px;width:${east - west}px;height:${south - north}px`;
    }
  }

  draw(step) {
    const [pen, lower] = [this.over, this.below].map((canvas) => {
      const each = canvas.getContext("2d");
      each.setTransform(this.density, 0, 0, this.density, 0, 0);
      each.clearRect(0, 0, canvas.width, canvas.height);
      return each;
    });
    const seen = seenAt(this.run?.tracks ?? [], step);
    for (const [track, { frame }] of [...this.maps, ...this.tiles]) frame.hidden = !seen.includes(track);
    this.trails.draw(seen.filter(({ kind }) => kind === "trail"), step, this);
    for (const track of seen) {
      if (track.kind === "map") this.paint(track, step);
      else if (track.kind === "tiles") this.tiles.get(track).paint(step);
      else if (NETWORK[track.kind]) withPen(lower, track, this.plot, this.theme, (pair) => NETWORK[track.kind](lower, track, pair, step, this.theme));
      else if (track.axes && this[track.kind]) { // the others are not drawn with a pen
        withPen(pen, track, this.plot, this.theme, (pair) => this[track.kind](pen, track, pair, step));
      }
    }
  }

  /** Let `take(maps, canvases)` have them, drawn with so many pixels for each of the page's. */
  sharply(density, step, take) {
    this.place(density);
    this.draw(step);
    take([...this.maps.values(), ...this.tiles.values()], [this.below, this.trails.canvas, this.over]);
    this.place();
    this.draw(step);
  }

  paint(track, step) {
    const map = this.maps.get(track);
    const index = indexAt(track, step);
    if (map.shown === index) return;
    map.shown = index;
    const [rows, columns] = track.shape;
    const start = index * rows * columns;
    for (let row = 0; row < rows; row++) {
      // The core's first row has the lowest y; a canvas starts at the top.
      const from = start + (rows - 1 - row) * columns;
      for (let column = 0; column < columns; column++) {
        map.pixels[row * columns + column] = map.colours[track.values[from + column]];
      }
    }
    map.pen.putImageData(map.image, 0, 0);
  }

  /** A polyline that has its own points at every step. */
  line(pen, track, pair, step) {
    const start = indexAt(track, step) * track.points * 2;
    stroke(pen, track.values, start, start + track.points * 2, pair);
  }

  /** A point that moves: where the run is now. */
  dot(pen, track, pair, step) {
    const start = indexAt(track, step) * 2;
    const [x, y] = toPixels(pair, [track.values[start], track.values[start + 1]]);
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    pen.beginPath();
    pen.arc(x, y, track.size, 0, 2 * Math.PI);
    if (track.filled) {
      pen.fill();
      pen.strokeStyle = this.theme.colour("var(--st-background-color)");
      pen.lineWidth = 1.5;
    }
    pen.stroke();
  }

  /** Horizontal bars from zero, one for each of the given places on the y axis. */
  bars(pen, track, pair, step) {
    const start = indexAt(track, step) * track.points;
    for (let i = 0; i < track.points; i++) {
      const value = track.values[start + i];
      if (!Number.isFinite(value)) continue;
      const [left, top] = toPixels(pair, [0, i + track.thickness / 2]);
      const [right, bottom] = toPixels(pair, [value, i - track.thickness / 2]);
      pen.fillStyle = this.theme.colour(track.colours[i]);
      pen.fillRect(Math.min(left, right), Math.min(top, bottom), Math.abs(right - left), Math.abs(bottom - top));
    }
  }
}

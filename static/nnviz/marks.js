// Draws the moving part of a recorded run over and under the Plotly figure, one update at a time.
// Every number that is printed comes from the core; here they only become pixels.

/** @import { BarTrack, DotTrack, ErrorTrack, LineTrack, Track } from "./contract.js" */
/** @import { Theme } from "./colours.js" */
/** @import { Run } from "./frames.js" */
/** @import { Axes, Plot } from "./plotly.js" */
import { ofRows, rowErrors } from "./evaluate.js";
import { Ground, PaintedMap, Surface } from "./ground.js";
import { boundary, curve } from "./lines.js";
import { biases, edges, Tiles } from "./network.js";
import { has, toPixels } from "./plotly.js";
import { stroke, withPen } from "./strokes.js";
import { html, penOf } from "./dom.js";
import { indexAt, seenAt } from "./timeline.js";
import { Trails } from "./trails.js";

/** @typedef {CanvasRenderingContext2D} Pen2D */
/** @typedef {{ frame: HTMLElement, canvas: HTMLCanvasElement }} Painted */
/** @import { Care } from "./ground.js" */

const CALM = 150; // ms without a new step, after which what was painted coarsely is painted well

/** A canvas over the figure that a screen reader passes over. */
function hiddenCanvas() {
  const canvas = html("canvas", "nv-over");
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

export class Marks {
  /** @param {Plot} plot @param {Element} stage */
  constructor(plot, stage) {
    this.plot = plot;
    this.under = html("div", "nv-under");
    this.over = hiddenCanvas();
    this.below = hiddenCanvas();
    // Edges and marks of a network lie under the figure, so that what is read of them is not crossed out.
    stage.prepend(this.under, this.below);
    this.trails = new Trails(stage);
    stage.append(this.over);
    this.density = 1;
    /** @type {Track[]} */
    this.tracks = [];
    /** @type {Map<Track, PaintedMap | Ground | Surface | Tiles>} */
    this.painted = new Map();
    this.drawnAt = -Infinity; // ms
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined;
  }

  /** Take a run (or none) and the theme; call again after the figure or one of them changed. @param {Run | null} run @param {Theme} theme */
  adopt(run, theme) {
    // A figure that leaves a subplot out leaves out what moves in it.
    this.tracks = (run?.tracks ?? []).filter((track) => !("axes" in track) || has(this.plot, track.axes));
    this._theme = theme;
    clearTimeout(this.later);
    this.under.replaceChildren();
    this.painted.clear();
    for (const track of this.tracks) {
      if (track.kind === "map") this.painted.set(track, new PaintedMap(track, theme, this.under));
      if (track.kind === "ground") this.painted.set(track, new Ground(track, theme, this.under));
      if (track.kind === "surface") this.painted.set(track, new Surface(track, theme, this.under));
      if (track.kind === "tiles") this.painted.set(track, new Tiles(track, theme, this.under));
    }
    this.place();
  }

  /** Of the last call of `adopt`. */
  get theme() {
    return /** @type {Theme} */ (this._theme);
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
    for (const each of this.painted.values()) each.place(this.plot, density);
  }

  /** @param {number} step @param {Care} [care] */
  draw(step, care = performance.now() - this.drawnAt < CALM ? "moving" : "resting") {
    clearTimeout(this.later);
    this.drawnAt = performance.now();
    const [pen, lower] = [this.over, this.below].map((canvas) => {
      const each = penOf(canvas);
      each.setTransform(this.density, 0, 0, this.density, 0, 0);
      each.clearRect(0, 0, canvas.width, canvas.height);
      return each;
    });
    const seen = seenAt(this.tracks, step);
    for (const [track, { frame }] of this.painted) frame.hidden = !seen.includes(track);
    this.trails.draw(seen.filter((track) => track.kind === "trail"), step, this);
    let coarse = false;
    for (const track of seen) {
      const painted = this.painted.get(track);
      if (painted) coarse = painted.paint(step, care) || coarse;
      else this.drawTrack(track, step, pen, lower);
    }
    if (coarse) this.later = setTimeout(() => this.draw(step, "resting"), CALM);
  }

  /** Draw nothing more: the figure is taken away. */
  destroy() {
    clearTimeout(this.later);
  }

  /** @param {Track} track @param {number} step @param {Pen2D} pen @param {Pen2D} lower */
  drawTrack(track, step, pen, lower) {
    const { plot, theme } = this;
    switch (track.kind) {
      case "edges":
        return withPen(lower, track, plot, theme, (pair) => edges(lower, track, pair, step, theme));
      case "biases":
        return withPen(lower, track, plot, theme, (pair) => biases(lower, track, pair, step, theme));
      case "line":
        return withPen(pen, track, plot, theme, (pair) => line(pen, track, pair, step));
      case "boundary":
        return withPen(pen, track, plot, theme, (pair) => boundary(pen, track, pair, step));
      case "curve":
        return withPen(pen, track, plot, theme, (pair) => curve(pen, track, pair, step));
      case "dot":
        // A point on the frame is drawn whole.
        return withPen(pen, track, plot, theme, (pair) => dot(pen, track, pair, step, theme), track.size + 1);
      case "bars":
      case "errors":
        return withPen(pen, track, plot, theme, (pair) => bars(pen, track, lengths(track, step), pair, theme));
      default: // the others are not drawn here
    }
  }

  /**
   * Let `take(maps, canvases)` have them, drawn with so many pixels for each of the page's.
   * @param {number} density @param {number | null} step
   * @param {(maps: Painted[], canvases: HTMLCanvasElement[]) => void} take
   */
  sharply(density, step, take) {
    this.place(density);
    this.draw(step ?? 0, "exact");
    take([...this.painted.values()], [this.below, this.trails.canvas, this.over]);
    this.place();
    this.draw(step ?? 0);
  }
}

/** A polyline that has its own points at every step. @param {Pen2D} pen @param {LineTrack} track @param {Axes} pair @param {number} step */
function line(pen, track, pair, step) {
  const start = indexAt(track, step) * track.points * 2;
  stroke(pen, track.values, start, start + track.points * 2, pair);
}

/** Whether a place lies in the frame of a subplot; what is infinite does not. @param {Axes} pair @param {number} x @param {number} y */
function within({ x: across, y: up }, x, y) {
  const [right, down] = [x - across._offset, y - up._offset];
  return right > -1 && right < across._length + 1 && down > -1 && down < up._length + 1;
}

/** A point that moves: where the run is now. @param {Pen2D} pen @param {DotTrack} track @param {Axes} pair @param {number} step @param {Theme} theme */
function dot(pen, track, pair, step, theme) {
  const start = indexAt(track, step) * 2;
  const [x, y] = toPixels(pair, [track.values[start], track.values[start + 1]]);
  if (!within(pair, x, y)) return;
  pen.beginPath();
  pen.arc(x, y, track.size, 0, 2 * Math.PI);
  if (track.filled) {
    pen.fill();
    pen.strokeStyle = theme.colour("var(--st-background-color)");
    pen.lineWidth = 1.5;
  }
  pen.stroke();
}

/** Horizontal bars from zero, one for each of the given places on the y axis. @param {Pen2D} pen @param {BarTrack | ErrorTrack} track @param {ArrayLike<number>} values @param {Axes} pair @param {Theme} theme */
function bars(pen, track, values, pair, theme) {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    const [left, top] = toPixels(pair, [0, i + track.thickness / 2]);
    const [right, bottom] = toPixels(pair, [value, i - track.thickness / 2]);
    pen.fillStyle = theme.colour(track.colours[i]);
    pen.fillRect(Math.min(left, right), Math.min(top, bottom), Math.abs(right - left), Math.abs(bottom - top));
  }
}

/** What the bars of a track are long at a step. @param {BarTrack | ErrorTrack} track @param {number} step */
function lengths(track, step) {
  const n = track.count / track.length;
  const start = indexAt(track, step) * n;
  return track.kind === "errors" ? rowErrors(ofRows(track.rows), track.rows, track.values, start) : track.values.subarray(start, start + n);
}

// Boxes and arrows over a figure that light up and fill with numbers, one step after the other.
// Which text and which look belong to a step was decided by the core; here they only become marks.

/** @import { BoardItem, BoardTrack, FlightTrack, Point } from "./contract.js" */
/** @import { Theme } from "./colours.js" */
/** @import { Run } from "./frames.js" */
/** @import { Axes, Plot } from "./plotly.js" */
import { axes, toPixels } from "./plotly.js";
import { dashArray, element, setAttributes } from "./dom.js";
import { typeScale } from "./scale.js";
import { indexAt } from "./timeline.js";

const FLIGHT = 420; // ms that a number travels
const HEAD = 9; // px, length of an arrow's head
const BORDER = 5; // px of a box's height that its text leaves free
const LEAST = 12; // px, the smallest letters into which a crowded box may shrink them
const WIDEST = 0.85; // of the size, as wide as × and − are: fewer letters than fit so need not be measured
/** The class of a text by its first letter. @type {Record<string, string>} */
const LINES = { "~": "nv-item-name", "*": "nv-item-value", "!": "nv-item-gradient" };

/** One box or arrow, with its text. */
class Item {
  /** @param {Board} board @param {BoardItem} spec @param {BoardTrack} track */
  constructor(board, spec, track) {
    this.board = board;
    this.spec = spec;
    this.track = track;
    this.group = element("g", {}, board.layer);
    this.ground = element("path", { fill: "none", stroke: "none" }, this.group); // hides the arrows below
    this.shape = element("path", { fill: "none", stroke: "none" }, this.group);
    this.head = element("path", { stroke: "none", fill: "none" }, this.group);
    if (spec.name) {
      const hit = { class: spec.closed ? "nv-hit" : "nv-hit nv-hit-line", "data-item": spec.name };
      this.hit = element("path", hit, this.group);
      this.tip = element("title", {}, this.hit);
    }
    this.text = element("text", { class: spec.start ? "nv-item nv-item-start" : "nv-item" }, this.group);
    /** @type {Point[]} */
    this.points = [];
    /** @type {Point} */
    this.middle = [0, 0];
    this.size = 0;
    /** @type {{ text?: number, look?: number }} */
    this.shown = {};
  }

  /** Take the place it has on this layout; the text and the look are drawn again. @param {Axes} pair @param {boolean} narrow */
  place(pair, narrow) {
    const form = narrow ? this.spec.narrow : this.spec.wide;
    this.points = form.points.map((point) => toPixels(pair, point));
    this.middle = toPixels(pair, form.text);
    this.size = form.size * typeScale();
    const line = this.points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)},${y.toFixed(1)}`).join("");
    const path = this.spec.closed && this.points.length ? `${line}Z` : line;
    for (const node of [this.shape, this.ground, this.hit]) node?.setAttribute("d", path);
    this.shown = {};
  }

  /** @param {number} text @param {number} look  indices into those of the track */
  draw(text, look) {
    if (this.shown.look !== look) this.drawLook(look);
    if (this.shown.text !== text) this.drawText(text);
    this.shown = { text, look };
  }

  /** @param {number} index */
  drawLook(index) {
    const { theme } = this.board;
    const look = this.track.looks[index];
    const on = look.width > 0 && this.points.length > 1;
    const filled = on && this.spec.closed;
    this.group.classList.toggle("nv-highlighted", on);
    this.ground.setAttribute("fill", filled ? theme.colour("var(--st-background-color)") : "none");
    setAttributes(this.shape, {
      stroke: on ? theme.colour(look.colour) : "none",
      "stroke-width": look.width,
      "stroke-dasharray": dashArray(look.dash),
      fill: filled ? theme.colour(look.fill) : "none",
    });
    this.head.setAttribute("d", "");
    if (!on || this.spec.closed) return;
    const [[x0, y0], [x, y]] = look.backward ? this.points.slice(0, 2).reverse() : this.points.slice(-2);
    const angle = Math.atan2(y - y0, x - x0);
    const corner = (/** @type {number} */ turn) => `${x - HEAD * Math.cos(angle + turn)},${y - HEAD * Math.sin(angle + turn)}`;
    setAttributes(this.head, { d: `M${x},${y}L${corner(0.5)}L${corner(-0.5)}Z`, fill: theme.colour(look.colour) });
  }

  /** Of the size and the height of a line with which so many lines stay inside the box. @param {number} n @returns {[number, number]} */
  fit(n) {
    if (!this.spec.closed || this.points.length < 4) return [this.size, 1.2 * this.size];
    const levels = this.points.map(([, y]) => y);
    const each = (Math.max(...levels) - Math.min(...levels) - BORDER) / n;
    const size = Math.min(this.size, Math.max(LEAST, each));
    return [size, Math.min(1.2 * size, Math.max(size, each))];
  }

  /** Make the letters of lines narrower that would reach into the next box. @param {number} size */
  condense(size) {
    const levels = this.points.map(([x]) => x);
    const width = Math.max(...levels) - Math.min(...levels) - BORDER;
    for (const span of this.text.querySelectorAll("tspan")) {
      if (span.textContent.length * size * WIDEST <= width || span.getComputedTextLength() <= width) continue;
      setAttributes(span, { textLength: width, lengthAdjust: "spacingAndGlyphs" });
    }
  }

  /** @param {number} index */
  drawText(index) {
    const { texts, exact } = this.track;
    const lines = texts[index] ? texts[index].split("\n") : [];
    const [size, height] = this.fit(lines.length);
    const [x, y] = this.middle;
    this.text.replaceChildren();
    lines.forEach((line, i) => line.split("\t").forEach((piece, k) => {
      /** @type {Record<string, number>} */
      const place = k ? { dx: 0.35 * size } : { x, y: y + (i - (lines.length - 1) / 2) * height };
      const span = element("tspan", { ...place, class: LINES[piece[0]] }, this.text);
      span.textContent = piece.slice(1);
    }));
    this.text.style.fontSize = `${size}px`;
    if (this.spec.closed && this.points.length > 3) this.condense(size);
    if (this.tip) this.tip.textContent = [this.spec.about, exact[index]].filter(Boolean).join("\n");
  }
}

export class Board {
  /** @param {Element} stage */
  constructor(stage) {
    this.layer = element("svg", { class: "nv-board", "aria-hidden": "true" }, stage);
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    /** @type {BoardTrack[]} */
    this.tracks = [];
    /** Of all boards, the first of them the one that numbers travel on. @type {Item[]} */
    this.items = [];
    /** @type {FlightTrack | undefined} */
    this.flights = undefined;
    this.step = NaN;
    this.narrow = false;
  }

  /**
   * Take the boards of a run (or none); call again when the figure, the theme or the layout changed.
   * @param {Run | null} run @param {{ plot: Plot, theme: Theme, narrow: boolean }} surface
   */
  adopt(run, { plot, theme, narrow }) {
    this.plot = plot;
    this._theme = theme;
    this.narrow = narrow;
    const tracks = (run?.tracks ?? []).filter((track) => track.kind === "board");
    if (tracks.length !== this.tracks.length || tracks.some((track, i) => track !== this.tracks[i])) {
      this.layer.replaceChildren();
      this.items = tracks.flatMap((track) => track.items.map((spec) => new Item(this, spec, track)));
    }
    this.tracks = tracks;
    this.flights = run?.tracks.find((track) => track.kind === "flights");
    this.place();
  }

  /** Of the last call of `adopt`. */
  get theme() {
    return /** @type {Theme} */ (this._theme);
  }

  place() {
    if (!this.plot) return;
    for (const item of this.items) item.place(axes(this.plot, item.track.axes), this.narrow);
  }

  /** @param {number} step */
  draw(step) {
    for (const track of this.tracks) {
      const start = indexAt(track, step) * track.items.length * 2;
      const items = this.items.filter((item) => item.track === track);
      items.forEach((item, i) => item.draw(track.values[start + 2 * i], track.values[start + 2 * i + 1]));
    }
    if (step === this.step) return;
    for (const flight of this.layer.querySelectorAll(".nv-flight")) flight.remove();
    if (step === this.step + 1 && !this.still.matches) this.fly(step);
    this.step = step;
  }

  /** Let the numbers that a step uses travel to where it is computed. @param {number} step */
  fly(step) {
    if (!this.flights) return;
    const group = this.flights.groups[this.flights.values[indexAt(this.flights, step)]] ?? [];
    for (const [text, from, to] of group) {
      const [start, end] = [this.items[from].middle, this.items[to].middle];
      const node = element("text", { class: "nv-flight" }, this.layer);
      node.textContent = text;
      node.style.fontSize = `${this.items[to].size + 3}px`;
      const at = (/** @type {Point} */ [x, y], /** @type {number} */ opacity) => ({ transform: `translate(${x}px, ${y}px)`, opacity });
      const travel = node.animate([at(start, 1), { ...at(end, 1), offset: 0.85 }, at(end, 0)], { duration: FLIGHT, easing: "ease-in-out" });
      travel.onfinish = () => node.remove();
    }
  }

  destroy() {
    this.layer.remove();
  }
}

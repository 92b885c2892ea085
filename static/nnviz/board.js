// Boxes and arrows over a figure that light up and fill with numbers, one step after the other.
// Which text and which look belong to a step was decided by the core; here they only become marks.

import { axes, toPixels } from "./plotly.js";
import { indexAt } from "./timeline.js";

const SVG = "http://www.w3.org/2000/svg";
const FLIGHT = 420; // ms that a number travels
const HEAD = 9; // px, length of an arrow's head
const DASHES = { solid: "none", dash: "7 4", dot: "2 4", dashdot: "7 4 2 4", longdash: "13 4" };
const LINES = { "~": "nv-item-name", "*": "nv-item-value", "!": "nv-item-slope" };

function element(name, attributes, parent) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  parent.append(node);
  return node;
}

/** One box or arrow, with its text. */
class Item {
  constructor(board, spec, track) {
    Object.assign(this, { board, spec, track });
    this.group = element("g", {}, board.layer);
    this.ground = element("path", { fill: "none", stroke: "none" }, this.group); // hides the arrows below
    this.shape = element("path", { fill: "none", stroke: "none" }, this.group);
    this.head = element("path", { stroke: "none", fill: "none" }, this.group);
    if (spec.name) {
      this.hit = element("path", { class: spec.closed ? "nv-hit" : "nv-hit nv-hit-line", "data-item": spec.name }, this.group);
      this.tip = element("title", {}, this.hit);
    }
    this.text = element("text", { class: spec.start ? "nv-item nv-item-start" : "nv-item" }, this.group);
  }

  /** Take the place it has on this layout; the text and the look are drawn again. */
  place(pair, narrow) {
    const form = narrow ? this.spec.narrow : this.spec.wide;
    this.points = form.points.map((point) => toPixels(pair, point));
    this.middle = toPixels(pair, form.text);
    this.size = form.size;
    const path = this.points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)},${y.toFixed(1)}`).join("") + (this.spec.closed && this.points.length ? "Z" : "");
    this.shape.setAttribute("d", path);
    this.ground.setAttribute("d", path);
    this.hit?.setAttribute("d", path);
    this.shown = {};
  }

  draw(text, look) {
    if (this.shown.look !== look) this.drawLook(look);
    if (this.shown.text !== text) this.drawText(text);
    this.shown = { text, look };
  }

  drawLook(index) {
    const { theme } = this.board;
    const look = this.track.looks[index];
    const on = look.width > 0 && this.points.length > 1;
    this.group.classList.toggle("nv-lit", on);
    this.ground.setAttribute("fill", on && this.spec.closed ? theme.colour("var(--st-background-color)") : "none");
    this.shape.setAttribute("stroke", on ? theme.colour(look.colour) : "none");
    this.shape.setAttribute("stroke-width", look.width);
    this.shape.setAttribute("stroke-dasharray", DASHES[look.dash]);
    this.shape.setAttribute("fill", on && this.spec.closed ? theme.colour(look.fill) : "none");
    this.head.setAttribute("d", "");
    if (!on || this.spec.closed) return;
    const [[x0, y0], [x, y]] = look.backward ? this.points.slice(0, 2).reverse() : this.points.slice(-2);
    const angle = Math.atan2(y - y0, x - x0);
    const corner = (turn) => `${x - HEAD * Math.cos(angle + turn)},${y - HEAD * Math.sin(angle + turn)}`;
    this.head.setAttribute("d", `M${x},${y}L${corner(0.5)}L${corner(-0.5)}Z`);
    this.head.setAttribute("fill", theme.colour(look.colour));
  }

  drawText(index) {
    const { texts, exact } = this.track;
    const lines = texts[index] ? texts[index].split("\n") : [];
    const height = 1.2 * this.size;
    const [x, y] = this.middle;
    this.text.replaceChildren();
    lines.forEach((line, i) => line.split("\t").forEach((piece, k) => {
      const place = k ? { dx: 0.35 * this.size } : { x, y: y + (i - (lines.length - 1) / 2) * height };
      const span = element("tspan", { ...place, class: LINES[piece[0]] }, this.text);
      span.textContent = piece.slice(1);
    }));
    this.text.style.fontSize = `${this.size}px`;
    if (this.tip) this.tip.textContent = [this.spec.about, exact[index]].filter(Boolean).join("\n");
  }
}

export class Board {
  constructor(stage) {
    this.layer = element("svg", { class: "nv-board", "aria-hidden": "true" }, stage);
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.tracks = [];
    this.items = []; // of all boards, the first of them the one that numbers travel on
  }

  /** Take the boards of a run (or none); call again when the figure, the theme or the layout changed. */
  adopt(run, { plot, theme, narrow }) {
    Object.assign(this, { plot, theme, narrow });
    const tracks = run?.tracks.filter(({ kind }) => kind === "board") ?? [];
    if (tracks.length !== this.tracks.length || tracks.some((track, i) => track !== this.tracks[i])) {
      this.layer.replaceChildren();
      this.items = tracks.flatMap((track) => track.items.map((spec) => new Item(this, spec, track)));
    }
    this.tracks = tracks;
    this.flights = run?.tracks.find(({ kind }) => kind === "flights");
    this.place();
  }

  place() {
    for (const item of this.items) item.place(axes(this.plot, item.track.axes), this.narrow);
  }

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

  /** Let the numbers that a step uses travel to where it is computed. */
  fly(step) {
    const { values, groups } = this.flights ?? {};
    for (const [text, from, to] of groups?.[values[indexAt(this.flights, step)]] ?? []) {
      const [start, end] = [this.items[from].middle, this.items[to].middle];
      const node = element("text", { class: "nv-flight" }, this.layer);
      node.textContent = text;
      node.style.fontSize = `${this.items[to].size + 3}px`;
      const at = ([x, y], opacity) => ({ transform: `translate(${x}px, ${y}px)`, opacity });
      const travel = node.animate([at(start, 1), { ...at(end, 1), offset: 0.85 }, at(end, 0)], { duration: FLIGHT, easing: "ease-in-out" });
      travel.onfinish = () => node.remove();
    }
  }

  destroy() {
    this.layer.remove();
  }
}

// Points of a figure that a person drags with the mouse, a finger or the arrow keys.
// The drag is drawn here at once; what follows from it is computed by Python and comes back with the next figure.

/** @import { DragReport, HandleMessage, SetState } from "./contract.js" */
/** @import { Theme } from "./colours.js" */
/** @import { Axes, Line, Plot } from "./plotly.js" */
import { Courier } from "./courier.js";
import { axes, toPixels, toData } from "./plotly.js";
import { dashArray, element, setAttributes } from "./dom.js";

const EDGE = 14; // px beyond its subplot in which a handle is still drawn, so that a knob on the edge is whole
const GRIP = 22; // px around the point that still hit it: a finger needs 44 px across
/** @type {Record<string, [number, number]>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

let clips = 0; // so that each has a name of its own

/** @param {number} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** Height of a line, its points in order of x, at x. @param {Line} curve @param {number} x */
function follow(curve, x) {
  const { x: xs, y: ys } = curve;
  let i = 1;
  while (i < xs.length - 1 && xs[i] < x) i++;
  const fraction = (x - xs[i - 1]) / (xs[i] - xs[i - 1]);
  return ys[i - 1] + fraction * (ys[i] - ys[i - 1]);
}

/** The outline of a knob around (0, 0). @param {HandleMessage["symbol"]} symbol @param {number} r */
const outline = (symbol, r) => ({
  circle: `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`,
  square: `M${-r},${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
  diamond: `M0,${-1.3 * r}L${1.3 * r},0L0,${1.3 * r}L${-1.3 * r},0z`,
}[symbol]);

class Handle {
  /** @param {Handles} owner @param {HandleMessage} spec */
  constructor(owner, spec) {
    this.owner = owner;
    this.spec = spec;
    this.x = spec.x;
    this.y = spec.y;
    this.held = false;
    this.group = element("g", { class: "nv-handle" }, owner.layer);
    // What a zoom puts outside the subplot is cut off there.
    const id = `nv-clip-${++clips}`;
    this.frame = element("rect", {}, element("clipPath", { id }, this.group));
    const arrow = element("g", { "clip-path": `url(#${id})` }, this.group);
    this.shaft = element("line", { class: "nv-shaft" }, arrow);
    this.head = element("path", { class: "nv-head" }, arrow);
    this.grip = element("g", { class: "nv-grip", tabindex: "0", role: "slider" }, this.group);
    element("circle", { r: GRIP, class: "nv-halo" }, this.grip);
    this.knob = element("path", { class: "nv-knob" }, this.grip);
    this.tip = element("title", {}, this.grip);
    this.name = element("text", { class: "nv-name", "aria-hidden": "true" }, this.group);
    this.grip.addEventListener("pointerdown", (event) => this.grab(event));
    // Else a finger that goes up or down scrolls the page: touch-action does nothing inside an SVG.
    this.grip.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    this.grip.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) this.grip.addEventListener(end, () => this.release());
    this.grip.addEventListener("keydown", (event) => this.nudge(event));
    this.adopt(spec);
  }

  /** @param {HandleMessage} spec */
  adopt(spec) {
    this.spec = spec;
    if (this.held || this.owner.courier.busy) return; // what we show is newer
    this.x = spec.x;
    this.y = spec.y;
  }

  pair() {
    return axes(this.owner.plot, this.spec.axes);
  }

  /** The line that the point cannot leave. */
  get curve() {
    return this.spec.curve === null ? null : this.owner.plot._fullData[this.spec.curve];
  }

  /** Go to a place in data coordinates, or to the nearest one that is allowed. @param {number} x @param {number} y */
  move(x, y) {
    const { spec } = this;
    const round = (/** @type {number} */ value) => Number((Math.round(value / spec.snap) * spec.snap).toFixed(9));
    this.x = clamp(round(x), spec.low[0], spec.high[0]);
    this.y = this.curve ? follow(this.curve, this.x) : clamp(round(y), spec.low[1], spec.high[1]);
    this.draw();
  }

  /** @param {PointerEvent} event */
  grab(event) {
    if (event.button) return;
    this.held = true;
    this.grip.setPointerCapture(event.pointerId);
    this.group.classList.add("nv-held");
    event.stopPropagation();
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.held) return;
    const box = this.owner.plot.getBoundingClientRect();
    this.move(...toData(this.pair(), [event.clientX - box.left, event.clientY - box.top]));
    if (this.spec.live) this.report(false);
  }

  release() {
    if (!this.held) return;
    this.held = false;
    this.group.classList.remove("nv-held");
    this.report(true);
  }

  /** @param {KeyboardEvent} event */
  nudge(event) {
    const { stride } = this.spec;
    const by = KEYS[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation(); // the player listens to the arrow keys too
    const size = event.shiftKey ? 10 * stride : stride;
    const along = this.curve && !by[0] ? by[1] : by[0]; // on a curve up and down move along it too
    this.move(this.x + along * size, this.y + by[1] * size);
    this.report(true);
  }

  /** @param {boolean} done */
  report(done) {
    this.owner.courier.send({ name: this.spec.name, x: this.x, y: this.y, done });
  }

  draw() {
    const { spec, owner } = this;
    const pair = this.pair();
    const [x, y] = toPixels(pair, [this.x, this.y]);
    this.group.style.setProperty("--nv-colour", owner.theme.colour(spec.colour));
    // What nobody can move does not look as if one could.
    const fixed = !this.curve && [0, 1].every((i) => spec.low[i] === spec.high[i]);
    this.group.classList.toggle("nv-fixed", fixed);
    this.grip.setAttribute("tabindex", fixed ? "-1" : "0");
    const drawn = Number.isFinite(x) && Number.isFinite(y);
    this.group.style.display = drawn ? "" : "none";
    if (!drawn) return;
    const { x: across, y: up } = pair;
    const [left, top, width, height] = [across._offset - EDGE, up._offset - EDGE, across._length + 2 * EDGE, up._length + 2 * EDGE];
    setAttributes(this.frame, { x: left, y: top, width, height });
    const outside = x < left || x > left + width || y < top || y > top + height;
    this.grip.style.display = this.name.style.display = outside && !this.held ? "none" : "";
    this.grip.setAttribute("transform", `translate(${x},${y})`);
    this.knob.setAttribute("d", outline(spec.symbol, spec.size));
    this.drawArrow(pair, x, y);
    const [saidX, saidY] = [this.x, this.y].map((value) => String(+value.toPrecision(6)));
    const text = spec.says.replace("{x}", saidX).replace("{y}", saidY);
    this.tip.textContent = `${spec.label}: ${text}`;
    const limits = this.curve || spec.low[0] !== spec.high[0] ? 0 : 1;
    setAttributes(this.grip, {
      "aria-label": spec.label,
      "aria-valuetext": text,
      "aria-valuenow": limits ? this.y : this.x,
      "aria-valuemin": spec.low[limits],
      "aria-valuemax": spec.high[limits],
    });
  }

  /** @param {Axes} pair @param {number} x @param {number} y  in pixels */
  drawArrow(pair, x, y) {
    const { spec } = this;
    const shown = spec.origin ? "" : "none";
    this.group.classList.toggle("nv-arrow", Boolean(spec.origin)); // the head takes the knob's place
    this.shaft.style.display = this.head.style.display = shown;
    let angle = -Math.PI / 4;
    if (spec.origin) {
      const [x0, y0] = toPixels(pair, spec.origin);
      angle = Math.atan2(y - y0, x - x0);
      const back = Math.min(Math.hypot(x - x0, y - y0), 12);
      const [bx, by] = [x - back * Math.cos(angle), y - back * Math.sin(angle)];
      setAttributes(this.shaft, { x1: x0, y1: y0, x2: bx, y2: by, "stroke-dasharray": dashArray(spec.dash) });
      const [nx, ny] = [7 * Math.sin(angle), -7 * Math.cos(angle)];
      this.head.setAttribute("d", `M${x},${y}L${bx + nx},${by + ny}L${bx - nx},${by - ny}z`);
    }
    // The name stands beyond the tip, but never outside the picture, nor an arrow's over the subplot beside it.
    const box = this.owner.layer.getBoundingClientRect();
    this.name.textContent = spec.text;
    const width = this.name.getComputedTextLength();
    const right = spec.origin ? Math.min(box.width, pair.x._offset + pair.x._length) : box.width;
    const left = Math.cos(angle) >= 0 ? x + 14 : x - 14 - width;
    const above = spec.side === "auto" ? Math.sin(angle) <= 0 : spec.side === "above";
    setAttributes(this.name, {
      x: clamp(left, 2, Math.max(2, right - width - 2)),
      y: clamp(above ? y - 12 : y + 22, 12, box.height - 4),
    });
  }
}

export class Handles {
  /** @param {Plot} plot @param {Element} stage */
  constructor(plot, stage) {
    this.plot = plot;
    this.layer = element("svg", { class: "nv-handles" }, stage);
    /** @type {Courier<DragReport>} */
    this.courier = new Courier("drag");
    /** @type {Map<string, Handle>} */
    this.handles = new Map();
  }

  /**
   * Take the handles of a drawn figure.
   * @param {HandleMessage[]} specs
   * @param {{ theme: Theme, setStateValue: SetState, answered: number }} how
   */
  update(specs, { theme, setStateValue, answered }) {
    this._theme = theme;
    this.courier.connect(setStateValue, answered);
    const names = new Set(specs.map((spec) => spec.name));
    for (const [name, handle] of this.handles) {
      if (names.has(name)) continue;
      handle.group.remove();
      this.handles.delete(name);
    }
    for (const spec of specs) {
      const handle = this.handles.get(spec.name);
      if (handle) handle.adopt(spec);
      else this.handles.set(spec.name, new Handle(this, spec));
    }
    this.draw();
  }

  /** Of the last call of `update`. */
  get theme() {
    return /** @type {Theme} */ (this._theme);
  }

  draw() {
    for (const handle of this.handles.values()) handle.draw();
  }

  destroy() {
    this.courier.destroy();
  }
}

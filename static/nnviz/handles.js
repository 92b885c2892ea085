// Points of a figure that a person drags with the mouse, a finger or the arrow keys.
// The drag is drawn here at once; what follows from it is computed by Python and comes back with the next figure.

import { Courier } from "./courier.js";
import { axes, toPixels, toData } from "./plotly.js";

const SVG = "http://www.w3.org/2000/svg";
const DASHES = { solid: "none", dash: "9 5", dot: "2 5", dashdot: "9 5 2 5", longdash: "15 5" };
const GRIP = 22; // px around the point that still hit it: a finger needs 44 px across

function element(name, attributes = {}, parent) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  parent?.append(node);
  return node;
}

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** Height of a curve, given as points in order of x, at x. */
function follow(curve, x) {
  const { x: xs, y: ys } = curve;
  let i = 1;
  while (i < xs.length - 1 && xs[i] < x) i++;
  const share = (x - xs[i - 1]) / (xs[i] - xs[i - 1]);
  return ys[i - 1] + share * (ys[i] - ys[i - 1]);
}

class Handle {
  constructor(owner, spec) {
    this.owner = owner;
    this.group = element("g", { class: "nv-handle" }, owner.layer);
    this.shaft = element("line", { class: "nv-shaft" }, this.group);
    this.head = element("path", { class: "nv-head" }, this.group);
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

  adopt(spec) {
    this.spec = spec;
    if (this.held || this.owner.courier.busy) return; // what we show is newer
    this.x = spec.x;
    this.y = spec.y;
  }

  pair() {
    return axes(this.owner.plot, this.spec.axes);
  }

  move(x, y) {
    const { spec } = this;
    const round = (value) => Number((Math.round(value / spec.snap) * spec.snap).toFixed(9));
    this.x = clamp(round(x), spec.low[0], spec.high[0]);
    this.y = spec.curve ? follow(spec.curve, this.x) : clamp(round(y), spec.low[1], spec.high[1]);
    this.draw();
  }

  grab(event) {
    if (event.button) return;
    this.held = true;
    this.grip.setPointerCapture(event.pointerId);
    this.group.classList.add("nv-held");
    event.stopPropagation();
  }

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

  nudge(event) {
    const { stride } = this.spec;
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation(); // the player listens to the arrow keys too
    const size = event.shiftKey ? 10 * stride : stride;
    const along = this.spec.curve && !by[0] ? by[1] : by[0]; // on a curve up and down move along it too
    this.move(this.x + along * size, this.y + by[1] * size);
    this.report(true);
  }

  report(done) {
    this.owner.courier.send({ name: this.spec.name, x: this.x, y: this.y, done });
  }

  draw() {
    const { spec, owner } = this;
    const pair = this.pair();
    const [x, y] = toPixels(pair, [this.x, this.y]);
    const colour = owner.theme.colour(spec.colour);
    this.group.style.setProperty("--nv-colour", colour);
    this.group.style.display = Number.isFinite(x) && Number.isFinite(y) ? "" : "none";
    this.grip.setAttribute("transform", `translate(${x},${y})`);
    const size = spec.size;
    this.knob.setAttribute("d", {
      circle: `M${-size},0a${size},${size} 0 1,0 ${2 * size},0a${size},${size} 0 1,0 ${-2 * size},0`,
      square: `M${-size},${-size}h${2 * size}v${2 * size}h${-2 * size}z`,
      diamond: `M0,${-1.3 * size}L${1.3 * size},0L0,${1.3 * size}L${-1.3 * size},0z`,
    }[spec.symbol]);
    this.drawArrow(pair, x, y);
    const text = spec.says.replace("{x}", +this.x.toPrecision(6)).replace("{y}", +this.y.toPrecision(6));
    this.tip.textContent = `${spec.label}: ${text}`;
    const limits = spec.curve || spec.low[0] !== spec.high[0] ? 0 : 1;
    for (const [name, value] of Object.entries({
      label: spec.label, valuetext: text, valuenow: limits ? this.y : this.x,
      valuemin: spec.low[limits], valuemax: spec.high[limits],
    })) this.grip.setAttribute(`aria-${name}`, value);
  }

  drawArrow(pair, x, y) {
    const { spec } = this;
    const shown = spec.origin ? "" : "none";
    this.group.classList.toggle("nv-arrow", Boolean(spec.origin)); // the head takes the knob's place
    this.shaft.style.display = this.head.style.display = shown;
    let angle = -Math.PI / 4;
    if (spec.origin) {
      const [x0, y0] = toPixels(pair, spec.origin);
      angle = Math.atan2(y - y0, x - x0);
      const length = Math.hypot(x - x0, y - y0);
      const back = Math.min(length, 12);
      const [bx, by] = [x - back * Math.cos(angle), y - back * Math.sin(angle)];
      for (const [key, value] of Object.entries({ x1: x0, y1: y0, x2: bx, y2: by })) this.shaft.setAttribute(key, value);
      this.shaft.setAttribute("stroke-dasharray", DASHES[spec.dash]);
      const [nx, ny] = [7 * Math.sin(angle), -7 * Math.cos(angle)];
      this.head.setAttribute("d", `M${x},${y}L${bx + nx},${by + ny}L${bx - nx},${by - ny}z`);
    }
    // The name stands beyond the tip, but never outside the picture.
    const box = this.owner.layer.getBoundingClientRect();
    this.name.textContent = spec.text;
    const width = this.name.getComputedTextLength();
    const side = Math.cos(angle) >= 0 ? 1 : -1;
    let left = side > 0 ? x + 14 : x - 14 - width;
    left = clamp(left, 2, Math.max(2, box.width - width - 2));
    this.name.setAttribute("x", left);
    const above = spec.side === "auto" ? Math.sin(angle) <= 0 : spec.side === "above";
    this.name.setAttribute("y", clamp(above ? y - 12 : y + 22, 12, box.height - 4));
  }
}

export class Handles {
  constructor(stage) {
    this.layer = element("svg", { class: "nv-handles" }, stage);
    this.courier = new Courier("drag");
    this.handles = new Map();
  }

  update(specs, { plot, theme, setStateValue, answered }) {
    Object.assign(this, { plot, theme });
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

  draw() {
    for (const handle of this.handles.values()) handle.draw();
  }

  destroy() {
    this.courier.destroy();
  }
}

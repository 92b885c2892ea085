// A slider over a list of values, placed evenly or by their logarithm, that answers while it is dragged.

/** @import { Component, Part, SlideReport, SliderMessage } from "./contract.js" */
import { Courier } from "./courier.js";
import { inPowers } from "./digits.js";
import { html } from "./dom.js";

/** @param {number} value */
const written = (value) => inPowers(String(value)); // as Python writes numbers beside it
const PLACES = 1000; // positions of the native range input
/** How many values a key goes. @type {Record<string, number>} */
const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -1e9, End: 1e9 };

/**
 * The numbers that nnviz/chart/slider.py sent as progressions; the very ones of Python, because both read decimals alike.
 * @param {SliderMessage["values"]} sent @returns {number[]}
 */
export const numbers = (sent) => sent.flatMap((each) => {
  if (typeof each === "number") return [each];
  const [first, step, n, power] = each;
  return Array.from({ length: n }, (_, k) => Number(`${first + k * step}e${power}`));
});

/** @implements {Part<SliderMessage>} */
class Slider {
  /** @param {Element} parent */
  constructor(parent) {
    this.root = html("div", "nv-slider");
    this.label = html("div", "nv-label");
    this.text = document.createElement("span");
    this.value = document.createElement("output");
    this.value.setAttribute("aria-live", "off"); // the range says its value itself, once
    this.range = document.createElement("input");
    Object.assign(this.range, { type: "range", min: 0, max: PLACES, step: 1 });
    this.label.append(this.text, this.value, this.range);
    this.ticks = html("div", "nv-ticks");
    this.ticks.setAttribute("aria-hidden", "true");
    this.tries = html("div", "nv-tries");
    this.root.append(this.label, this.ticks, this.tries);
    parent.append(this.root);
    /** @type {Courier<SlideReport>} */
    this.courier = new Courier("slide");
    /** @type {SliderMessage} */
    this.spec = { key: "", label: "", value: 0, values: [0], ends: [0, 1], marks: [], tries: [], scale: "linear", answered: 0 };
    /** What can be chosen. */
    this.values = [0];
    this.drawn = "";
    this.held = false;
    /** The present value, and its index among those that are offered. */
    this.chosen = 0;
    this.index = 0;
    this.range.addEventListener("pointerdown", () => { this.held = true; });
    this.range.addEventListener("input", () => this.choose(this.nearest(+this.range.value), false));
    // A press that moves nothing changes nothing, and ends all the same.
    for (const end of ["pointerup", "pointercancel", "blur"]) {
      this.range.addEventListener(end, () => { this.held = false; });
    }
    this.range.addEventListener("change", () => { this.held = false; this.choose(this.index, true); });
    this.range.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {Component<SliderMessage>} component */
  update({ data, setStateValue }) {
    const fresh = this.spec.key !== data.key;
    this.spec = data;
    this.values = numbers(data.values);
    this.courier.connect(setStateValue, data.answered);
    this.text.textContent = data.label;
    this.range.setAttribute("aria-label", data.label);
    if (fresh || this.drawn !== this.toDraw()) this.drawTicks();
    this.root.dataset.ready = String(!this.courier.busy);
    if (this.held || this.courier.busy) {
      this.index = this.nearestTo(this.chosen); // a link's own value is not offered once it is left
      return;
    }
    this.show(this.nearestTo(data.value));
  }

  /** Where a value stands on the range input, 0 to `PLACES`. @param {number} value */
  place(value) {
    const measure = this.spec.scale === "logarithmic" ? Math.log : Number;
    const [low, high] = this.spec.ends.map(measure);
    // What a link brings from beyond the ends stands at the end.
    return Math.max(0, Math.min(1, (measure(value) - low) / (high - low))) * PLACES;
  }

  /** Index of the offered value that is nearest to a value. @param {number} value */
  nearestTo(value) {
    const distances = this.values.map((offered) => Math.abs(offered - value));
    return distances.indexOf(Math.min(...distances));
  }

  /** Index of the offered value that stands nearest to a place. @param {number} place */
  nearest(place) {
    const distances = this.values.map((value) => Math.abs(this.place(value) - place));
    return distances.indexOf(Math.min(...distances));
  }

  /** Names what `drawTicks` draws. */
  toDraw() {
    return [this.spec.marks, this.spec.tries].join("/");
  }

  drawTicks() {
    this.drawn = this.toDraw();
    this.ticks.replaceChildren(...this.spec.marks.map((mark) => {
      const tick = html("span", "", written(mark));
      tick.style.left = `${this.place(mark) / 10}%`;
      return tick;
    }));
    this.tries.replaceChildren(...this.spec.tries.map((value) => {
      const button = html("button", "", written(value));
      button.addEventListener("click", () => this.choose(this.nearestTo(value), true));
      return button;
    }));
  }

  /** @param {number} index */
  show(index) {
    this.index = index;
    const value = this.values[index];
    this.chosen = value;
    this.range.value = String(this.place(value));
    this.value.textContent = written(value);
    this.range.setAttribute("aria-valuetext", String(value));
  }

  /** @param {number} index @param {boolean} done */
  choose(index, done) {
    this.show(index);
    this.root.dataset.ready = "false"; // until that is answered
    this.courier.send({ value: this.values[index], done });
  }

  /** Keys go from value to value, not from pixel to pixel. @param {KeyboardEvent} event */
  key(event) {
    const by = KEYS[event.key];
    if (!by) return;
    event.preventDefault();
    this.choose(Math.max(0, Math.min(this.values.length - 1, this.index + by)), true);
  }

  destroy() {
    this.courier.destroy();
    this.root.remove();
  }
}

/** @param {Element} parent */
export const mount = (parent) => new Slider(parent);

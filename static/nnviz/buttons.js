// Buttons that stand on a figure: real ones, which mouse, touch, keyboard and screen readers know.

/** @import { ButtonMessage } from "./contract.js" */
/** @import { Plot } from "./plotly.js" */
import { axes, has, toPixels } from "./plotly.js";
import { html } from "./dom.js";

export class Buttons {
  /** @param {Plot} plot @param {Element} stage @param {(name: string) => void} press  called with the name of a button */
  constructor(plot, stage, press) {
    this.plot = plot;
    this.press = press;
    this.layer = html("div", "nv-buttons");
    stage.append(this.layer);
    /** @type {ButtonMessage[]} */
    this.specs = [];
    /** @type {Map<string, HTMLButtonElement>} */
    this.nodes = new Map();
  }

  /** Take the buttons of a drawn figure; one that stays keeps the focus. @param {ButtonMessage[]} specs */
  update(specs) {
    this.specs = specs;
    const names = new Set(specs.map((spec) => spec.name));
    for (const [name, node] of this.nodes) {
      if (names.has(name)) continue;
      node.remove();
      this.nodes.delete(name);
    }
    for (const spec of specs) {
      const node = this.nodes.get(spec.name) ?? this.make(spec.name);
      node.textContent = spec.text;
      node.title = spec.label;
      node.setAttribute("aria-label", spec.label);
      // Not `disabled`: that would take the focus away from whoever has just pressed it.
      node.setAttribute("aria-disabled", String(spec.off));
    }
    this.place();
  }

  /** @param {string} name */
  make(name) {
    const node = html("button", "nv-on-figure");
    node.type = "button";
    node.style.visibility = "hidden"; // until it has its place
    node.addEventListener("click", () => {
      if (node.getAttribute("aria-disabled") !== "true") this.press(name);
    });
    // A press is neither a click in the picture nor the beginning of a zoom.
    node.addEventListener("pointerdown", (event) => event.stopPropagation());
    this.nodes.set(name, node);
    this.layer.append(node);
    return node;
  }

  /** Put them where they belong, after the axes have moved. */
  place() {
    for (const { name, x, y, axes: pair } of this.specs) {
      if (!has(this.plot, pair)) continue; // its picture has still to be drawn, and is at once
      const [left, top] = toPixels(axes(this.plot, pair), [x, y]);
      const node = this.nodes.get(name);
      if (node) Object.assign(node.style, { left: `${left}px`, top: `${top}px`, visibility: "" });
    }
  }
}

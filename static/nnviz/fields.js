// Number fields for points that are dragged as well: a line for each point, and a column for each of its numbers.

/** @import { Component, FieldsLine, FieldsMessage, FieldsReport, Part } from "./contract.js" */
import { Courier } from "./courier.js";
import { html } from "./dom.js";

/** Two decimals, or as many as the number has. @param {number} value */
export const shown = (value) => (Number(value.toFixed(2)) === value ? value.toFixed(2) : String(value));

/** @implements {Part<FieldsMessage>} */
class Fields {
  /** @param {Element} parent */
  constructor(parent) {
    this.root = html("div", "nv-fields");
    parent.append(this.root);
    /** @type {Courier<FieldsReport>} */
    this.courier = new Courier("typed");
    /** Numbers that Python has not answered, by their fields: a newer report repeats them. @type {Map<string, FieldsReport["numbers"][number]>} */
    this.unanswered = new Map();
    /** @type {{ label: HTMLElement, inputs: HTMLInputElement[], problem: HTMLElement, line: FieldsLine }[]} */
    this.lines = [];
    /** Fields in which something is written that has not been entered yet. @type {Set<HTMLInputElement>} */
    this.begun = new Set();
    this.drawn = "";
  }

  /** @param {Component<FieldsMessage>} component */
  update({ data, setStateValue }) {
    this.courier.connect(setStateValue, data.answered);
    if (!this.courier.busy) this.unanswered.clear();
    const names = data.lines.map((line) => line.name).join();
    if (this.drawn !== names) this.draw(data);
    this.drawn = names;
    for (const [k, head] of data.heads.entries()) this.root.children[k + 1].textContent = head;
    for (const [k, line] of data.lines.entries()) this.fill(this.lines[k], line);
    this.root.dataset.ready = "true";
  }

  /** @param {FieldsMessage} data */
  draw(data) {
    this.begun.clear();
    this.lines = data.lines.map((line) => ({
      line,
      label: html("span", "nv-field-name"),
      inputs: line.values.map((_, i) => this.input(line.name, i)),
      problem: Object.assign(html("p", "nv-field-problem"), { role: "alert" }),
    }));
    this.root.style.setProperty("--nv-columns", String(data.heads.length));
    const heads = [html("span", ""), ...data.heads.map(() => html("span", "nv-field-head"))];
    this.root.replaceChildren(...heads, ...this.lines.flatMap(({ label, inputs, problem }) => [label, ...inputs, problem]));
  }

  /** @param {string} name @param {number} i */
  input(name, i) {
    const input = Object.assign(document.createElement("input"), { type: "number", step: "0.01" });
    input.addEventListener("input", () => this.begun.add(input));
    input.addEventListener("change", () => this.typed(name, i, input));
    return input;
  }

  /** @param {Fields["lines"][number]} drawn @param {FieldsLine} line */
  fill(drawn, line) {
    drawn.label.textContent = line.label;
    drawn.label.style.borderColor = line.colour;
    drawn.problem.textContent = line.problem;
    for (const [i, input] of drawn.inputs.entries()) {
      input.setAttribute("aria-label", line.labels[i]);
      // What is seen may be newer than what is sent.
      if (!this.courier.busy && !this.begun.has(input)) input.value = shown(line.values[i]);
    }
    drawn.line = line;
  }

  /** @param {string} name @param {number} i @param {HTMLInputElement} input */
  typed(name, i, input) {
    const drawn = this.lines.find(({ line }) => line.name === name);
    if (!drawn) return;
    this.begun.delete(input);
    const value = input.valueAsNumber;
    if (!Number.isFinite(value)) {
      input.value = shown(drawn.line.values[i]);
      drawn.problem.textContent = `${drawn.line.labels[i]} stays as it was: that is no number. Type one such as 0.5.`;
      return;
    }
    this.unanswered.set(`${name} ${i}`, { name, i, value });
    this.courier.send({ numbers: [...this.unanswered.values()] });
  }

  destroy() {
    this.courier.destroy();
    this.root.remove();
  }
}

/** @param {Element} parent */
export const mount = (parent) => new Fields(parent);

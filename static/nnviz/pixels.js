// A board of squares that is drawn on: by mouse, finger or keyboard, and from an image. What is drawn is
// painted at once; Python is told, and answers with what pointing at a square says.

/** @import { Component, Part, PixelsMessage, PixelsReport } from "./contract.js" */
import { Courier } from "./courier.js";
import { html } from "./dom.js";
import { fromImage, imageIn } from "./ink.js";

export const SIDE = 8;
export const FULL = 16; // the most ink of a square
const MOST_UNDONE = 100;
const STEEP = [7, 9]; // ink from which a number on it is dark, or light, by the theme; see pixels.css
/** How far an arrow goes: rows, columns. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
/** What a key makes of the ink of a square. @type {Record<string, (ink: number) => number>} */
const INKS = {
  " ": toggled, Enter: toggled, Delete: () => 0, Backspace: () => 0,
  "+": (ink) => Math.min(FULL, ink + 1), "=": (ink) => Math.min(FULL, ink + 1), "-": (ink) => Math.max(0, ink - 1),
};

/** @param {number} ink */
function toggled(ink) {
  return ink === FULL ? 0 : FULL;
}

/**
 * The squares that a straight stroke goes through, its ends included.
 * @param {number} from @param {number} to  squares, numbered row by row
 */
export function along(from, to) {
  const [[r0, c0], [r1, c1]] = [from, to].map((k) => [Math.floor(k / SIDE), k % SIDE]);
  const n = Math.max(Math.abs(r1 - r0), Math.abs(c1 - c0), 1);
  return Array.from({ length: n + 1 }, (_, i) => (
    Math.round(r0 + ((r1 - r0) * i) / n) * SIDE + Math.round(c0 + ((c1 - c0) * i) / n)
  ));
}

function style() {
  if (document.getElementById("nv-pixels-style")) return;
  const link = document.createElement("link");
  Object.assign(link, { id: "nv-pixels-style", rel: "stylesheet", href: new URL("pixels.css", import.meta.url).href });
  document.head.append(link);
}

/** @implements {Part<PixelsMessage>} */
class PixelBoard {
  /** @param {Element} parent */
  constructor(parent) {
    style();
    this.root = html("div", "nv-pixels");
    this.grid = html("div", "nv-grid");
    this.grid.setAttribute("role", "grid");
    this.note = html("p", "nv-pixel-note");
    this.says = html("p", "nv-pixel-says");
    this.status = html("p", "nv-pixel-status");
    this.status.setAttribute("role", "status");
    this.file = document.createElement("input");
    Object.assign(this.file, { type: "file", accept: "image/*", hidden: true, tabIndex: -1 });
    this.file.addEventListener("change", () => { this.open(this.file.files?.[0]); this.file.value = ""; });
    this.cells = this.squares();
    this.undoButton = this.button("Undo", "Take back the last stroke", () => this.undo());
    this.clearButton = this.button("Clear", "Clear the drawing", () => this.change(new Array(SIDE * SIDE).fill(0)));
    const image = this.button("Image…", "Open an image as a drawing, or paste one", () => this.file.click());
    this.tools = html("div", "nv-pixel-tools");
    this.tools.append(this.undoButton, this.clearButton, image, this.file);
    this.root.append(this.grid, this.says, this.note, this.tools, this.status);
    parent.append(this.root);
    this.parent = /** @type {HTMLElement} */ (parent);
    /** @type {Courier<PixelsReport>} */
    this.courier = new Courier("drawing");
    /** @type {PixelsMessage} */
    this.spec = { key: "", label: "", values: [], notes: [], says: "", tools: true, pointed: -1, fixed: false, heights: [0, 0], answered: 0 };
    /** What is seen. @type {number[]} */
    this.values = new Array(SIDE * SIDE).fill(0);
    /** What was seen before. @type {number[][]} */
    this.before = [];
    /** The square that a stroke began in, the last that it has come to, and what was seen before it. */
    this.stroke = /** @type {{ first: number, last: number, before: number[] } | null} */ (null);
    /** The square that Tab leads to, and the one that is pointed at. */
    this.current = 0;
    this.pointed = -1;
    this.paste = (/** @type {ClipboardEvent} */ event) => {
      const image = imageIn(event.clipboardData);
      const at = /** @type {Element} */ (event.target);
      if (!image || this.spec.fixed || at.closest?.("input, textarea, [contenteditable]")) return;
      event.preventDefault();
      this.open(image);
    };
    this.listen();
  }

  /** @returns {HTMLElement[]} */
  squares() {
    return Array.from({ length: SIDE }, () => {
      const row = html("div", "nv-grid-row");
      row.setAttribute("role", "row");
      this.grid.append(row);
      return Array.from({ length: SIDE }, () => {
        const cell = html("div", "nv-pixel");
        cell.setAttribute("role", "gridcell");
        row.append(cell);
        return cell;
      });
    }).flat();
  }

  /** @param {string} text @param {string} title @param {() => void} act */
  button(text, title, act) {
    const button = html("button", "", text);
    Object.assign(button, { type: "button", title });
    button.setAttribute("aria-label", title);
    button.addEventListener("click", act);
    return button;
  }

  listen() {
    const { grid } = this;
    grid.addEventListener("pointerdown", (event) => this.press(event));
    grid.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) grid.addEventListener(end, () => this.lift());
    grid.addEventListener("pointerleave", () => { this.pointed = -1; this.sayNote(); });
    grid.addEventListener("keydown", (event) => this.key(event));
    grid.addEventListener("focusin", (event) => {
      const cell = this.cells.indexOf(/** @type {HTMLElement} */ (event.target));
      if (cell >= 0) this.go(cell);
    });
    document.addEventListener("paste", this.paste);
  }

  /** @param {Component<PixelsMessage>} component */
  update({ data, setStateValue }) {
    this.parent.style.minHeight = ""; // there was room for the board until it came
    const another = this.spec.key !== data.key;
    const elsewhere = data.pointed >= 0 && data.pointed !== this.spec.pointed;
    this.spec = data;
    this.courier.connect(setStateValue, data.answered);
    this.grid.setAttribute("aria-label", data.label);
    this.says.textContent = data.says;
    this.grid.setAttribute("aria-readonly", String(data.fixed));
    this.root.classList.toggle("nv-fixed", data.fixed);
    this.tools.hidden = !data.tools;
    if (elsewhere) this.leaveFor(data.pointed);
    if (another) this.before = [];
    if (!this.stroke && !this.courier.busy) {
      if (!another && this.differs(data.values)) this.remember(this.values);
      this.values = [...data.values];
    }
    this.draw();
    this.root.dataset.ready = "true";
  }

  /** Whether something else is seen. @param {number[]} values */
  differs(values) {
    return values.some((ink, k) => ink !== this.values[k]);
  }

  /** @param {number[]} values */
  remember(values) {
    this.before = [...this.before.slice(1 - MOST_UNDONE), values];
  }

  draw() {
    this.cells.forEach((cell, k) => {
      const ink = this.values[k];
      cell.style.setProperty("--ink", String(ink));
      cell.classList.toggle("nv-mid", ink >= STEEP[0]);
      cell.classList.toggle("nv-deep", ink >= STEEP[1]);
      cell.classList.toggle("nv-pointed", k === this.spec.pointed);
      if (cell.textContent !== String(ink)) cell.textContent = String(ink);
      cell.setAttribute("aria-label", this.told(k));
      cell.tabIndex = k === this.current ? 0 : -1;
    });
    this.undoButton.disabled = !this.before.length;
    this.clearButton.disabled = !this.values.some(Boolean);
    this.sayNote();
  }

  /** What is said of a square; of what Python has not seen yet, the ink alone. @param {number} k */
  told(k) {
    const place = `row ${Math.floor(k / SIDE) + 1}, column ${(k % SIDE) + 1}`;
    const known = !this.courier.busy && this.spec.values[k] === this.values[k] && this.spec.notes[k];
    return `${place}: ${known || `ink ${this.values[k]} of ${FULL}`}`;
  }

  sayNote() {
    const focused = this.grid.contains(document.activeElement) ? this.current : -1;
    const k = [this.pointed, focused, this.spec.pointed].find((each) => each >= 0) ?? -1;
    this.note.textContent = k < 0 ? "" : this.told(k);
  }

  /** Make a square the one that Tab leads to. @param {number} k */
  go(k) {
    this.cells[this.current].tabIndex = -1;
    this.current = k;
    this.cells[k].tabIndex = 0;
    this.sayNote();
  }

  /** Another square is pointed at elsewhere: it is the only one that is marked. @param {number} k */
  leaveFor(k) {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    if (this.grid.contains(focused)) focused?.blur();
    this.go(k);
  }

  /** See something else: at once, and Python is told. @param {number[]} values @param {boolean} [remembered] */
  change(values, remembered = true) {
    if (!this.differs(values)) return;
    if (remembered) this.remember(this.values);
    this.values = values;
    this.status.textContent = "";
    this.courier.send({ values });
    this.draw();
  }

  undo() {
    const before = this.before.pop();
    if (before) this.change(before, false);
  }

  /** The square at a place on the screen, the nearest one beyond the edges. @param {PointerEvent} event */
  at(event) {
    const box = this.grid.getBoundingClientRect();
    const [row, column] = [(event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width]
      .map((part) => Math.max(0, Math.min(SIDE - 1, Math.floor(part * SIDE))));
    return row * SIDE + column;
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button !== 0 || this.spec.fixed) return;
    event.preventDefault(); // no text is marked
    this.grid.setPointerCapture(event.pointerId);
    const k = this.at(event);
    this.cells[k].focus({ preventScroll: true });
    this.stroke = { first: k, last: k, before: this.values };
    if (this.values[k] !== FULL) this.paint([k]);
  }

  /** @param {PointerEvent} event */
  move(event) {
    const k = this.at(event);
    this.pointed = k;
    if (this.stroke && k !== this.stroke.last) {
      this.paint(along(this.stroke.last, k));
      this.stroke.last = k;
      this.stroke.first = -1;
    }
    this.sayNote();
  }

  /** A stroke that began on ink and went nowhere takes it away. */
  lift() {
    const { stroke } = this;
    if (!stroke) return;
    this.stroke = null;
    const { first, before } = stroke;
    if (first >= 0 && before[first] === FULL) this.change(this.values.map((ink, k) => (k === first ? 0 : ink)), false);
    if (this.differs(before)) this.remember(before);
    this.draw();
  }

  /** @param {number[]} squares */
  paint(squares) {
    this.change(this.values.map((ink, k) => (squares.includes(k) ? FULL : ink)), false);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !this.spec.fixed) {
      event.preventDefault();
      this.undo();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [row, column] = [Math.floor(this.current / SIDE), this.current % SIDE];
    const inside = (/** @type {number} */ n) => Math.max(0, Math.min(SIDE - 1, n));
    const [down, right] = ARROWS[event.key] ?? [0, { Home: -SIDE, End: SIDE }[event.key] ?? 0];
    const becomes = this.spec.fixed ? undefined : INKS[event.key];
    if (!down && !right && !becomes) return;
    event.preventDefault();
    if (becomes) this.change(this.values.map((ink, k) => (k === this.current ? becomes(ink) : ink)));
    else this.cells[inside(row + down) * SIDE + inside(column + right)].focus();
  }

  /** Draw what an image shows, and say how it was made to fit. @param {Blob | null | undefined} image */
  async open(image) {
    if (!image) return;
    try {
      const { values, words } = await fromImage(image);
      this.change(values);
      this.status.textContent = words;
    } catch (error) {
      this.status.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  destroy() {
    document.removeEventListener("paste", this.paste);
    this.courier.destroy();
    this.root.remove();
  }
}

/** @param {Element} parent */
export const mount = (parent) => new PixelBoard(parent);

// The house chart: one Plotly figure that lives as long as the page and is updated in place,
// with handles, clicks anywhere, and a recorded run drawn on top. It draws and never computes.

import { Board } from "./board.js";
import { CardView } from "./card.js";
import { Clicks } from "./clicks.js";
import { Theme } from "./colours.js";
import { recording } from "./frames.js";
import { Handles } from "./handles.js";
import { Keys } from "./keys.js";
import { Marks } from "./marks.js";
import { Player } from "./player.js";
import { plotly, axes, toData, inside, explainNoWebGL } from "./plotly.js";
import { Saver } from "./save.js";

const NARROW = 600; // px of width below which the figure takes its narrow layout
const SETTLED = 600; // ms of rest before the sentence is read aloud
const CONFIG = { displayModeBar: false, scrollZoom: false, showTips: false, responsive: false, doubleClick: false };

function merge(into, patch) {
  for (const [key, value] of Object.entries(patch ?? {})) {
    const nested = value && typeof value === "object" && !Array.isArray(value);
    if (nested) into[key] = merge(into[key] ?? {}, value);
    else into[key] = value;
  }
  return into;
}

class Chart {
  constructor(parent) {
    this.figure = document.createElement("figure");
    this.figure.className = "nv-figure";
    this.stage = document.createElement("div");
    this.stage.className = "nv-stage";
    this.plot = document.createElement("div");
    this.plot.className = "nv-plot";
    this.plot.setAttribute("role", "img");
    this.hint = document.createElement("p");
    this.hint.className = "nv-hint";
    this.words = document.createElement("figcaption");
    this.words.className = "nv-words";
    this.spoken = document.createElement("div");
    this.spoken.className = "nv-spoken";
    this.spoken.setAttribute("aria-live", "polite");
    this.stage.append(this.plot);
    this.figure.append(this.hint, this.stage, this.words, this.spoken);
    parent.append(this.figure);
    this.marks = new Marks(this.stage);
    this.board = new Board(this.stage);
    this.card = new CardView(this.stage);
    this.keys = new Keys((key) => this.answerKey(key));
    this.handles = new Handles(this.stage);
    this.clicks = new Clicks(this.stage, (x, y, item) => this.click(x, y, item));
    this.saver = new Saver(() => this.seen());
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.figure);
    this.zoomed = {}; // ranges the person chose, by axis
    this.zoomsEnded = 0;
    this.reacts = 0;
    this.pressed = []; // keys, each with a number that grows
  }

  get narrow() {
    return this.figure.clientWidth < NARROW;
  }

  /** Take what Python sent; while a drawing is under way only the newest waits. */
  update(component) {
    this.component = component;
    this.spec = component.data;
    this.say(this.spec.words);
    this.hint.textContent = this.spec.hint;
    this.keys.watch(this.spec.keys);
    if (!this.reacts) this.reserve();
    this.redraw();
  }

  /** Take the height of the picture before it can be drawn, so that what stands below does not jump. */
  reserve() {
    const { height } = JSON.parse(this.spec.figure).layout;
    this.stage.style.height = `${(this.narrow && this.spec.narrow.height) || height}px`;
  }

  redraw() {
    this.again = true;
    this.interrupt?.();
    this.drawing ??= this.drawAll().catch((error) => {
      this.hint.textContent = `This picture could not be drawn (${error.message}). Please reload the page.`;
      console.error(error);
    }).finally(() => { this.drawing = null; });
  }

  /** The sentence under the picture is its text alternative too, and is read aloud when it has settled. */
  say(words) {
    if (words === this.said) return;
    this.said = words;
    this.plot.setAttribute("aria-label", words);
    this.tell(words);
  }

  tell(words) {
    if (words === this.words.textContent) return;
    this.words.textContent = words;
    clearTimeout(this.speak);
    this.speak = setTimeout(() => { this.spoken.textContent = words; }, SETTLED);
  }

  async drawAll() {
    this.Plotly = await plotly(this.spec.plotly);
    while (this.again && !this.gone) {
      this.again = false;
      await this.draw();
    }
  }

  async draw() {
    const theme = new Theme(this.figure);
    this.figure.classList.toggle("nv-narrow", this.narrow);
    const signature = `${theme.signature}${this.narrow}${this.figure.clientWidth}`;
    if (this.drawnFigure !== this.spec.figure || this.drawnWith !== signature) {
      this.drawnFigure = this.spec.figure;
      this.drawnWith = signature;
      await this.react(theme);
    }
    if (this.gone) return;
    await this.drawRun(theme);
    const { setStateValue } = this.component;
    this.handles.update(this.spec.handles, { plot: this.plot, theme, setStateValue, answered: this.spec.answered });
    // On a phone the player's bar stays in view, so it is kept low.
    this.saver.update(this.spec.save_as, this.narrow ? null : this.player?.bar, this.words);
    this.figure.dataset.answered = this.spec.answered;
    this.figure.dataset.reacts = this.reacts;
    this.figure.dataset.theme = theme.signature;
    this.figure.dataset.ready = "true";
  }

  async react(theme) {
    const { data, layout } = theme.resolve(JSON.parse(this.spec.figure));
    if (this.narrow) merge(layout, theme.resolve(this.spec.narrow));
    // Plotly's own uirevision forgets a zoom where one axis is tied to the scale of another,
    // and holds on to one that the person has ended.
    layout.uirevision = `${layout.uirevision} ${this.zoomsEnded}`;
    for (const [name, range] of Object.entries(this.zoomed)) if (layout[name]) layout[name].range = range;
    layout.font = { ...layout.font, family: theme.font };
    layout.width = this.figure.clientWidth;
    layout.autosize = false;
    // On a touch screen a drag must scroll the page; handles stay draggable.
    if (matchMedia("(pointer: coarse)").matches) layout.dragmode = false;
    this.stage.style.height = `${layout.height}px`;
    await this.Plotly.react(this.plot, data, layout, CONFIG);
    explainNoWebGL(this.plot);
    this.reacts++;
    this.axesMoved = true; // until the marks have been put in their new places
    if (this.wired) return;
    this.wired = true;
    this.plot.on("plotly_relayouting", () => this.refit());
    this.plot.on("plotly_relayout", (changes) => {
      for (const key of Object.keys(changes)) {
        const [, name] = /^([xy]axis\d*)\.range/.exec(key) ?? [];
        if (name) this.zoomed[name] = [...this.plot._fullLayout[name].range];
        if (name) this.clicks.zoomed = true;
      }
      this.refit();
    });
    this.plot.on("plotly_doubleclick", () => {
      this.clicks.zoomEnded();
      this.zoomed = {};
      this.zoomsEnded += 1;
      this.drawnFigure = null;
      this.resize();
    });
  }

  async drawRun(theme) {
    const { frames, clock } = this.spec;
    if (!frames.length) {
      this.player?.destroy();
      this.player = this.recorded = null;
      if (this.axesMoved) this.adoptRun(null, theme);
      this.axesMoved = false;
      return;
    }
    // Between two quick changes a run may never arrive: what comes next must not wait for it.
    const superseded = new Promise((resolve) => { this.interrupt = resolve; });
    const recorded = await Promise.race([recording(frames), superseded]);
    if (this.gone || !recorded) return;
    if (this.axesMoved || this.recorded !== recorded) this.adoptRun(recorded, theme);
    this.axesMoved = false;
    this.recorded = recorded;
    this.player ??= new Player(this.figure, this.stage, {
      draw: (step) => this.drawStep(step),
      say: (text) => this.tell(text ?? this.spec.words),
    });
    this.player.adopt(recorded, clock, this.component.setStateValue);
  }

  adoptRun(recorded, theme) {
    this.marks.adopt(recorded, this.plot, theme);
    this.board.adopt(recorded, { plot: this.plot, theme, narrow: this.narrow });
    this.card.adopt(recorded);
  }

  drawStep(step) {
    this.marks.draw(step);
    this.board.draw(step);
    this.card.draw(step);
  }

  /** What a saved picture is to show: this moment, so a run that plays stands still. */
  seen() {
    this.player?.settle([]);
    const step = this.player ? Math.floor(this.player.step) : null;
    const layers = [this.board.layer, this.handles.layer];
    return { Plotly: this.Plotly, plot: this.plot, marks: this.marks, layers, words: this.words.textContent, step, theme: new Theme(this.figure) };
  }

  /** Axes moved (zoom, double click): put everything that stands on them back in its place. */
  refit() {
    this.marks.place();
    this.board.place();
    if (this.player) this.drawStep(Math.floor(this.player.step));
    this.handles.draw();
  }

  /** Draw again what is already there, because the room or the zoom changed. */
  resize() {
    if (this.spec && this.figure.clientWidth > 0) this.redraw();
  }

  /** A key means the moment that is seen, so where the player stands is told first. */
  answerKey(key) {
    this.player?.settle([]);
    // Streamlit merges what is sent while it is busy: the last message holds every recent key.
    const id = Math.max(Date.now(), (this.pressed.at(-1)?.id ?? 0) + 1);
    this.pressed = [...this.pressed.slice(-19), { key, id }];
    setTimeout(() => this.component.setStateValue("key", { pressed: this.pressed }), 0);
  }

  click(left, top, item) {
    if (!this.spec?.clicks.length) return;
    const box = this.plot.getBoundingClientRect();
    const pixels = [left - box.left, top - box.top];
    const name = this.spec.clicks.find((subplot) => inside(axes(this.plot, subplot), pixels));
    if (!name) return;
    const [x, y] = toData(axes(this.plot, name), pixels);
    this.component.setTriggerValue("click", { axes: name, x, y, item });
  }

  destroy() {
    this.gone = true;
    clearTimeout(this.speak);
    this.clicks.destroy();
    this.interrupt?.();
    this.handles.destroy();
    this.keys.destroy();
    this.board.destroy();
    this.observer.disconnect();
    this.player?.destroy();
    this.Plotly?.purge(this.plot);
    this.figure.remove();
  }
}

export const mount = (parent) => new Chart(parent);

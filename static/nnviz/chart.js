// The house chart: one Plotly figure that lives as long as the page and is updated in place,
// with handles, clicks anywhere, and a recorded run drawn on top. It draws and never computes.

/** @import { ChartMessage, Component, Json, Part, Point } from "./contract.js" */
/** @import { Run } from "./frames.js" */
/** @import { Plot, Plotly } from "./plotly.js" */
import { Board } from "./board.js";
import { Buttons } from "./buttons.js";
import { CardView } from "./card.js";
import { Clicks } from "./clicks.js";
import { Theme } from "./colours.js";
import { html } from "./dom.js";
import { opened, recording } from "./frames.js";
import { Handles } from "./handles.js";
import { Keys } from "./keys.js";
import { Marks } from "./marks.js";
import { followPaper, onPaper, PAPER } from "./paper.js";
import { Player } from "./player.js";
import { axes, explainNoWebGL, inside, plotly, releaseWebGL, toData } from "./plotly.js";
import { Saver } from "./save.js";
import { enlarge, typeScale } from "./scale.js";
import { Zoom } from "./zoom.js";

const UNDER = 16; // px that stay free under a picture which fills the window
const UNDER_RUN = 90; // px for the player and its numbers
const LEAST = 320; // px of height that a picture in a lesson keeps in a low window
const NARROW = 605; // px of width below which the figure takes its narrow layout
const USUAL_TYPE = 12; // px; Plotly's own, where a figure says nothing else
const SETTLED = 600; // ms of rest before the sentence is read aloud
const CONFIG = { displayModeBar: false, scrollZoom: false, showTips: false, responsive: false, doubleClick: false };

/** Put the entries of a nested object into another one. @param {Json} into @param {Json} patch @returns {Json} */
function merge(into, patch) {
  for (const [key, value] of Object.entries(patch ?? {})) {
    const nested = value && typeof value === "object" && !Array.isArray(value);
    into[key] = nested ? merge(into[key] ?? {}, value) : value;
  }
  return into;
}

/** @implements {Part<ChartMessage>} */
class Chart {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.figure = html("figure", "nv-figure");
    this.hint = html("p", "nv-hint");
    this.stage = html("div", "nv-stage");
    this.plot = /** @type {Plot} */ (/** @type {HTMLElement} */ (html("div", "nv-plot"))); // once Plotly has drawn in it
    this.plot.setAttribute("role", "img");
    this.words = html("figcaption", "nv-words");
    this.spoken = html("div", "nv-spoken");
    this.spoken.setAttribute("aria-live", "polite");
    // A finger on the picture scrolls the page, on screens that have a mouse as well: Plotly is not told of it.
    for (const kind of ["touchstart", "touchmove"]) {
      this.plot.addEventListener(kind, (event) => event.stopPropagation(), { capture: true, passive: true });
    }
    this.stage.append(this.plot);
    this.figure.append(this.hint, this.stage, this.words, this.spoken);
    parent.append(this.figure);
    this.parent = parent;
    this.marks = new Marks(this.plot, this.stage);
    this.board = new Board(this.stage);
    this.card = new CardView(this.stage);
    this.keys = new Keys((key) => this.answerKey(key));
    this.handles = new Handles(this.plot, this.stage);
    this.buttons = new Buttons(this.plot, this.stage, (name) => this.answerKey(name));
    this.clicks = new Clicks(this.stage, (x, y, item) => this.click(x, y, item));
    this.saver = new Saver(() => this.seen());
    this.zoom = new Zoom();
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.figure);
    this.reacts = 0; // how many times Plotly has drawn
    this.again = false; // whether something has changed since the drawing began
    this.gone = false;
    this.axesMoved = false; // until the marks have been put in their new places
    this.drawnFigure = "";
    this.drawnWith = "";
    /** The figure that was drawn last, opened. @type {Json | undefined} */
    this.content = undefined;
    this.leavePaper = followPaper(() => this.turnToPaper(), () => this.turnBack());
    /** Keys that were pressed, each with a number that grows. @type {{ key: string, id: number }[]} */
    this.pressed = [];
    /** @type {Promise<void> | null} */
    this.drawing = null;
    /** @type {Run | null} */
    this.recorded = null;
    /** @type {Player | null} */
    this.player = null;
    /** Stops waiting for a run that something newer has replaced. @type {((value: null) => void) | undefined} */
    this.interrupt = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.speak = undefined;
    /** @type {Plotly | undefined} */
    this.Plotly = undefined;
    /** What Python sent last. @type {Component<ChartMessage> | undefined} */
    this.component = undefined;
  }

  /** What Python sent last; nothing is drawn before the first message. */
  get sent() {
    return /** @type {Component<ChartMessage>} */ (this.component);
  }

  get spec() {
    return this.sent.data;
  }

  get width() {
    return onPaper() ? PAPER : this.figure.clientWidth;
  }

  get narrow() {
    return this.width < NARROW;
  }

  /** Whether a task stands beside the picture. */
  get inLesson() {
    return Boolean(document.querySelector(".nv-task"));
  }

  /** Take what Python sent; while a drawing is under way only the newest waits. @param {Component<ChartMessage>} component */
  update(component) {
    const said = this.component?.data.words;
    this.component = component;
    if (this.spec.words !== said) this.say(this.spec.words);
    this.hint.textContent = this.spec.hint;
    this.keys.watch(this.spec.keys);
    if (!this.reacts) this.reserve();
    this.redraw();
  }

  /** Take the height of the picture before it can be drawn, so that what stands below does not jump. */
  reserve() {
    const { height, heights: [wide, narrow] } = this.spec;
    const needed = Math.round((this.narrow ? height + narrow - wide : height) * typeScale());
    this.stage.style.height = `${this.filled(needed)}px`;
  }

  /**
   * The height of the picture: in a lesson, beside its task, what the window leaves for it.
   * @param {number} height  what the figure itself says
   */
  filled(height) {
    return this.room ? Math.max(LEAST, this.room) : height;
  }

  /** Height in px from the top of the picture to the end of the window, less what stands below; 0 if that does not count. */
  get room() {
    if (!this.spec.fill || this.narrow || !this.inLesson || onPaper()) return 0;
    const main = document.querySelector("[data-testid=stMain]");
    const top = this.stage.getBoundingClientRect().top + (main?.scrollTop ?? 0);
    // A sentence that the task shows is to be read without scrolling.
    const said = this.words.offsetHeight > 1 ? this.words.offsetHeight + 8 : 0;
    return Math.max(1, Math.round(window.innerHeight - top - said - (this.spec.clock ? UNDER_RUN : UNDER)));
  }

  redraw() {
    this.again = true;
    this.interrupt?.(null);
    this.drawing ??= this.drawAll().catch((error) => {
      this.hint.textContent = `This picture could not be drawn (${error.message}). Please reload the page.`;
      console.error(error);
    }).finally(() => { this.drawing = null; });
  }

  /** The sentence under the picture is its text alternative too. @param {string} words */
  say(words) {
    this.plot.setAttribute("aria-label", words);
    this.tell(words);
    this.keepLines([words]);
  }

  /** Keep room for the longest of some sentences, so that what stands below keeps its place. @param {string[]} texts */
  keepLines(texts) {
    const { words } = this;
    const said = words.textContent;
    words.textContent = texts.reduce((a, b) => (b.length > a.length ? b : a), "");
    const needed = words.offsetHeight;
    words.textContent = said;
    if (needed > Math.max(1, parseFloat(words.style.minHeight) || 0)) words.style.minHeight = `${needed}px`;
  }

  /** Show a sentence, which is read aloud when it has settled. @param {string} words */
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
      await this.draw(this.Plotly);
    }
  }

  /** @param {Plotly} Plotly */
  async draw(Plotly) {
    const theme = new Theme(this.figure);
    this.figure.classList.toggle("nv-narrow", this.narrow);
    const looks = this.looks(theme);
    if (this.drawnFigure !== this.spec.figure || this.drawnWith !== looks) {
      this.drawnFigure = this.spec.figure;
      this.drawnWith = looks;
      this.content = await opened(this.spec.figure); // a newer one may come meanwhile
      await this.react(Plotly, theme, this.content);
    }
    if (this.gone) return;
    await this.drawRun(theme);
    if (this.gone) return;
    const { setStateValue } = this.sent;
    this.handles.update(this.spec.handles, { theme, setStateValue, answered: this.spec.answered });
    this.buttons.update(this.spec.buttons);
    // On a phone the player's bar stays in view, so it is kept low.
    this.saver.update(this.spec.save_as, this.narrow ? null : this.player?.bar, this.words);
    // The room that was kept for what was to come (nnviz/chart/assets.py): it has come.
    this.parent.style.minHeight = "";
    Object.assign(this.figure.dataset, {
      answered: this.spec.answered, reacts: this.reacts, theme: theme.signature, ready: true,
    });
  }

  /** What decides how a figure is drawn. @param {Theme} theme */
  looks(theme) {
    return [theme.signature, this.narrow, this.inLesson, this.width, this.room, typeScale(), onPaper()].join();
  }

  /** Let Plotly draw what stands still. @param {Plotly} Plotly @param {Theme} theme @param {Json} content */
  async react(Plotly, theme, content) {
    const { data, layout, narrow } = theme.resolve(content);
    if (this.narrow) merge(layout, narrow);
    this.zoom.apply(layout, this.inLesson);
    layout.font = { ...layout.font, family: theme.font };
    layout.width = this.width;
    layout.autosize = false;
    const scale = typeScale();
    layout.font = { size: USUAL_TYPE, ...layout.font };
    enlarge(layout, scale);
    for (const trace of data) enlarge(trace, scale);
    layout.height = this.filled(Math.round(layout.height * scale));
    this.stage.style.height = `${layout.height}px`;
    await Plotly.react(this.plot, data, layout, CONFIG);
    explainNoWebGL(this.plot);
    this.reacts++;
    this.axesMoved = true;
    if (this.reacts > 1) return;
    this.zoom.watch(this.plot, {
      moved: () => this.refit(),
      zoomed: () => { this.clicks.zoomed = true; },
      ended: () => {
        this.clicks.zoomEnded();
        this.drawnFigure = "";
        this.resize();
      },
    });
  }

  /** Draw what moves, once the run has arrived. @param {Theme} theme */
  async drawRun(theme) {
    const { frames, clock } = this.spec;
    if (!frames.length || !clock) {
      this.player?.destroy();
      this.player = this.recorded = null;
      if (this.axesMoved) this.adoptRun(null, theme);
      this.axesMoved = false;
      return;
    }
    // Between two quick changes a run may never arrive: what comes next must not wait for it.
    const superseded = new Promise((/** @type {(value: null) => void} */ resolve) => { this.interrupt = resolve; });
    const recorded = await Promise.race([recording(frames), superseded]);
    if (this.gone || !recorded) return;
    if (this.axesMoved || this.recorded !== recorded) this.adoptRun(recorded, theme);
    this.axesMoved = false;
    this.recorded = recorded;
    this.player ??= new Player(this.figure, this.stage, {
      draw: (step) => this.drawStep(step),
      say: (text) => this.tell(text ?? this.spec.words),
    });
    this.player.adopt(recorded, clock, this.sent.setStateValue);
  }

  /** @param {Run | null} recorded @param {Theme} theme */
  adoptRun(recorded, theme) {
    this.marks.adopt(recorded, theme);
    this.board.adopt(recorded, { plot: this.plot, theme, narrow: this.narrow });
    const moved = this.card.adopt(recorded);
    this.words.style.minHeight = "";
    const told = (recorded?.tracks ?? []).flatMap((track) => (track.kind === "words" ? track.texts : []));
    this.keepLines([this.spec.words, ...told]);
    if (moved) this.redraw(); // a card above takes some of the height that a picture may fill
  }

  /** @param {number} step */
  drawStep(step) {
    if (this.gone) return;
    this.marks.draw(step);
    this.board.draw(step);
    this.card.draw(step);
  }

  /** What a saved picture is to show: this moment, so a run that plays stands still. */
  seen() {
    if (!this.Plotly) throw new Error("it is not drawn yet");
    this.player?.settle([]);
    return {
      Plotly: this.Plotly,
      plot: this.plot,
      marks: this.marks,
      layers: [this.board.layer, this.handles.layer],
      words: this.words.textContent ?? "",
      step: this.player ? Math.floor(this.player.step) : null,
      theme: new Theme(this.figure),
    };
  }

  /** Draw what is seen for white paper: at once, because the browser waits for nothing. */
  turnToPaper() {
    if (!this.component || !this.Plotly || !this.content) return;
    const theme = new Theme(this.figure);
    this.figure.style.width = `${PAPER}px`;
    this.drawnWith = this.looks(theme);
    this.react(this.Plotly, theme, this.content);
    this.adoptRun(this.recorded, theme);
    const step = this.player ? Math.floor(this.player.step) : 0;
    this.drawStep(step);
    this.marks.place(1); // printed are the strokes themselves; with 3 pixels for one Chromium puts them elsewhere
    this.marks.draw(step, "exact");
    const { setStateValue } = this.sent;
    this.handles.update(this.spec.handles, { theme, setStateValue, answered: this.spec.answered });
  }

  turnBack() {
    this.figure.style.width = "";
    this.axesMoved = true;
    this.resize();
  }

  /** Axes moved (zoom, double click): put everything that stands on them back in its place. */
  refit() {
    this.marks.place();
    this.board.place();
    if (this.player) this.drawStep(Math.floor(this.player.step));
    this.handles.draw();
    this.buttons.place();
  }

  /** Draw again what is already there, because the room or the zoom changed. */
  resize() {
    if (this.component && this.figure.clientWidth > 0) this.redraw();
  }

  /** A key counts from the step that is seen, so the player reports that first. @param {string} key */
  answerKey(key) {
    this.player?.settle([]);
    // Streamlit merges what is sent while it is busy: the last message holds every recent key.
    const id = Math.max(Date.now(), (this.pressed.at(-1)?.id ?? 0) + 1);
    this.pressed = [...this.pressed.slice(-19), { key, id }];
    setTimeout(() => this.sent.setStateValue("key", { pressed: this.pressed }), 0);
  }

  /** Report a click, if it is in a subplot where clicks count. @param {number} left @param {number} top @param {string} item */
  click(left, top, item) {
    if (!this.component || !this.spec.clicks.length) return;
    const box = this.plot.getBoundingClientRect();
    /** @type {Point} */
    const pixels = [left - box.left, top - box.top];
    const name = this.spec.clicks.find((subplot) => inside(axes(this.plot, subplot), pixels));
    if (!name) return;
    const [x, y] = toData(axes(this.plot, name), pixels);
    // The step first: told later, it would begin the page anew before what this click chose has come back.
    this.player?.tellPending();
    setTimeout(() => this.sent.setTriggerValue("click", { axes: name, x, y, item }), 0);
  }

  destroy() {
    this.gone = true;
    this.leavePaper();
    clearTimeout(this.speak);
    this.clicks.destroy();
    this.interrupt?.(null);
    this.handles.destroy();
    this.keys.destroy();
    this.board.destroy();
    this.observer.disconnect();
    this.player?.destroy();
    this.marks.destroy();
    releaseWebGL(this.plot);
    this.Plotly?.purge(this.plot);
    this.figure.remove();
  }
}

/** @param {HTMLElement} parent */
export const mount = (parent) => new Chart(parent);

// Plays, scrubs and steps a recorded run without the server. One clock, counted in updates or steps, drives every mark.

/** @import { ClockMessage, SetState, Track } from "./contract.js" */
/** @import { Run } from "./frames.js" */
import { digits } from "./digits.js";
import { taken } from "./keys.js";
import { indexAt, seenAt } from "./timeline.js";

const CONTROLS = "button, input, textarea, label, [role=slider], [role=combobox], [role=option]";
const REPORT_AFTER = 150; // ms of rest before the step is reported, so that a held key reports once

// Paths in a square of 16: drawn, because not every system has these signs in its fonts.
const ICONS = {
  start: "M3 3h2v10H3zM13 3v10L6 8z",
  back: "M11 3v10L4 8z",
  on: "M5 3v10l7-5z",
  end: "M11 3h2v10h-2zM3 3v10l7-5z",
  jumpBack: "M8 3v10L2 8zM14 3v10L8 8z",
  jumpOn: "M2 3v10l6-5zM8 3v10l6-5z",
};

/** Say what a button does, to everybody. @param {HTMLElement} node @param {string} label */
function name(node, label) {
  node.setAttribute("aria-label", label);
  node.title = label;
}

/** @param {string} label @param {keyof typeof ICONS | null} icon @param {() => void} act */
function button(label, icon, act) {
  const node = document.createElement("button");
  node.type = "button";
  name(node, label);
  if (icon) node.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${ICONS[icon]}"/></svg>`;
  node.addEventListener("click", act);
  return node;
}

export class Player {
  /**
   * @param {HTMLElement} figure
   * @param {Element} stage
   * @param {{ draw: (step: number) => void, say: (text: string | null) => void }} show
   *   `draw` puts the marks in their places, `say` the sentence; null is Python's own.
   */
  constructor(figure, stage, { draw, say }) {
    this.draw = draw;
    this.say = say;
    this.figure = figure;
    /** @type {Run} */
    this.run = { last: 0, tracks: [] };
    /** @type {ClockMessage | null} */
    this.clock = null;
    /** @type {SetState} */
    this.set = () => {};
    this.step = 0;
    this.last = 0;
    this.drawn = 0;
    this.playing = false;
    this.frame = 0; // the animation frame that is waited for
    this.unit = "";
    this.jumpUnit = "";
    this.apart = 1; // how many a single step takes: more where fewer were recorded
    /** The last order that was carried out. @type {string | null} */
    this.order = null;
    this.reported = NaN; // the step that was reported last
    this.acts = 0; // presses anywhere on the page, and how many there had been when it began to play
    this.begun = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined;
    this.bar = document.createElement("div");
    this.toggle = button("Play (space)", null, () => (this.playing ? this.pause() : this.play()));
    this.jumpBack = button("", "jumpBack", () => this.go(this.before(this.step)));
    this.back = button("", "back", () => this.go(Math.ceil(this.step) - 1));
    this.on = button("", "on", () => this.go(this.step + 1));
    this.word = document.createElement("span"); // seen in lessons, where the button would look like another Play
    this.word.className = "nv-one";
    this.on.append(this.word);
    this.jumpOn = button("", "jumpOn", () => this.go(this.after(this.step)));
    this.range = document.createElement("input");
    this.speed = document.createElement("select");
    this.readout = document.createElement("output");
    this.build();
    stage.after(this.bar, this.readout);
    this.listen = (/** @type {KeyboardEvent} */ event) => this.key(event);
    document.addEventListener("keydown", this.listen);
    this.settled = (/** @type {Event} */ event) => this.settle(/** @type {CustomEvent<object[]>} */ (event).detail);
    document.addEventListener("nv-settle", this.settled);
    // Whoever presses a button, or is about to choose what counts from here, means the moment that is seen: stop there.
    this.pressed = (/** @type {Event} */ event) => {
      this.acts++;
      const at = /** @type {Element} */ (event.target);
      const key = event instanceof KeyboardEvent && event.key;
      const counts = this.clock?.settles ? at.closest(CONTROLS) && key !== "Tab" : !key && at.closest("[data-testid=stMain] button");
      if (counts && (this.playing || this.later) && !this.figure.contains(at)) this.settle([]);
    };
    for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, this.pressed, true);
  }

  build() {
    this.bar.className = "nv-player";
    this.bar.setAttribute("role", "group");
    this.bar.setAttribute("aria-label", "Player of the recorded run");
    this.toggle.className = "nv-play";
    Object.assign(this.range, { type: "range", min: 0, step: 1 });
    this.range.setAttribute("aria-label", "Training step");
    this.range.addEventListener("input", () => { this.stop(); this.show(+this.range.value); });
    this.range.addEventListener("change", () => this.report());
    this.speed.addEventListener("change", () => this.speed.blur()); // the arrow keys are the player's
    this.readout.className = "nv-readout";
    const start = button("To the start (Home)", "start", () => this.go(0));
    const end = button("To the end (End)", "end", () => this.go(this.last));
    // A lesson shows them to those only who need them for its task.
    for (const more of [start, this.jumpBack, this.back, this.jumpOn, end, this.speed]) more.classList.add("nv-more");
    this.readout.setAttribute("aria-live", "off"); // the sentence is read aloud, when all is at rest
    this.bar.append(start, this.jumpBack, this.back, this.toggle, this.on, this.jumpOn, end, this.range, this.speed);
  }

  /**
   * Take a run and, when Python has ordered a jump that was not carried out yet, jump.
   * @param {Run} run @param {ClockMessage} clock @param {SetState} setStateValue
   */
  adopt(run, clock, setStateValue) {
    this.set = setStateValue;
    this.run = run;
    this.clock = clock;
    this.last = run.last;
    this.range.max = String(run.last);
    if (this.unit !== clock.unit || this.jumpUnit !== clock.jump_unit) this.nameUnit(clock);
    const { playing } = this;
    if (this.order !== clock.order) {
      this.order = clock.order;
      this.stop();
      this.step = clock.step;
    }
    this.label();
    this.show(Math.min(this.step, this.last));
    // Whoever has pressed it since whatever led to this order means the run that came with it.
    if (playing && !this.playing && this.begun === this.acts && this.step < this.last) this.play();
  }

  /** Name what the clock counts, and offer its speeds. @param {ClockMessage} clock */
  nameUnit({ unit, speeds, speed, jump_unit: jumpUnit }) {
    this.unit = unit;
    this.jumpUnit = jumpUnit;
    this.nameStep();
    name(this.jumpBack, `Back one ${jumpUnit} (Shift + left arrow)`);
    name(this.jumpOn, `On by one ${jumpUnit} (Shift + right arrow)`);
    this.jumpBack.hidden = this.jumpOn.hidden = !jumpUnit;
    this.speed.setAttribute("aria-label", `Speed, ${unit}s per second`);
    this.speed.replaceChildren(...speeds.map((each) => new Option(`${each.toLocaleString("en")}/s`, String(each))));
    this.speed.value = String(speed);
  }

  nameStep() {
    const one = this.apart === 1 ? `one ${this.unit}` : `${this.apart} ${this.unit}s`;
    name(this.back, `Back ${one} (left arrow)`);
    name(this.on, `On by ${one} (right arrow)`);
    this.word.textContent = ` ${one}`;
  }

  label() {
    const word = this.playing ? "Pause" : this.clock?.play ?? "Play";
    this.toggle.textContent = word;
    name(this.toggle, `${word} (space)`);
    this.figure.dataset.playing = String(this.playing);
  }

  /** @param {number} step  between two of them while it plays */
  show(step) {
    this.step = step;
    const whole = this.standing(step);
    this.range.value = String(whole);
    this.draw(whole);
    this.drawn++;
    this.figure.dataset.step = String(whole);
    const seen = seenAt(this.run.tracks, whole);
    this.readout.replaceChildren(...this.readings(whole, seen));
    const words = this.sentences(whole);
    const apart = (this.clock?.held && words?.stride) || 1;
    if (apart !== this.apart) {
      this.apart = apart;
      this.nameStep();
    }
    // At rest Python says more exactly what is seen.
    this.say(words && (whole !== this.clock?.step || this.clock.held) ? words.texts[words.values[indexAt(words, whole)]] : null);
    this.range.setAttribute("aria-valuetext", this.readout.textContent ?? "");
  }

  /** @param {number} step @param {Track[]} seen */
  readings(step, seen) {
    const reading = (/** @type {string} */ before, /** @type {string} */ value, after = "") => {
      const span = document.createElement("span");
      const bold = document.createElement("b");
      bold.textContent = value;
      span.append(before, bold, after);
      return span;
    };
    const shown = [reading(`${this.unit} `, step.toLocaleString("en"), ` of ${this.last.toLocaleString("en")}`)];
    for (const track of seen) {
      if (track.kind !== "readout") continue;
      const value = track.values[indexAt(track, step)];
      const text = track.names ? track.names[value] : digits(value);
      if (text) shown.push(reading(`${track.label} `, text, track.after));
    }
    return shown;
  }

  /** The sentences that cover a step. @param {number} step */
  sentences(step) {
    return seenAt(this.run.tracks, step).find((track) => track.kind === "words");
  }

  /** The step that is seen: where nobody computes what lies between, the last one that was recorded. @param {number} step */
  standing(step) {
    const whole = Math.floor(step);
    const words = this.clock?.held && this.sentences(whole);
    return words ? Math.min(whole, words.start + indexAt(words, whole) * words.stride) : whole;
  }

  /** Go where the person wants to be. @param {number} step */
  go(step) {
    this.stop();
    const here = this.standing(this.step);
    let to = Math.max(0, Math.min(this.last, Math.floor(step)));
    while (to > here && to < this.last && this.standing(to) <= here) to++;
    this.show(this.standing(to));
    this.report();
  }

  play() {
    if (this.step >= this.last) this.step = 0;
    this.playing = true;
    this.begun = this.acts;
    this.label();
    cancelAnimationFrame(this.frame);
    let before = performance.now();
    const tick = (/** @type {number} */ now) => {
      if (!this.playing) return;
      const next = this.step + Math.max(0, (now - before) / 1000) * Number(this.speed.value);
      before = now;
      this.show(Math.min(next, this.last));
      if (this.step >= this.last) this.pause();
      else this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }

  stop() {
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.label();
  }

  pause() {
    this.stop();
    this.show(Math.floor(this.step));
    this.report();
  }

  report(after = REPORT_AFTER) {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.tell(), after);
  }

  /** Report at once what would be reported soon. */
  tellPending() {
    if (this.later) this.tell();
  }

  tell() {
    clearTimeout(this.later);
    this.later = undefined;
    const step = Math.floor(this.step);
    // Python may have gone elsewhere since the last report, or that may have been lost.
    if (step === this.reported && step === this.clock?.step) return;
    this.reported = step;
    this.set("position", { step, at: Date.now(), order: this.order });
  }

  get jump() {
    return this.clock?.jump ?? 1;
  }

  /** Where the jump before a step ends. @param {number} step */
  before(step) {
    return Math.ceil(step / this.jump - 1) * this.jump;
  }

  /** Where the jump after a step ends. @param {number} step */
  after(step) {
    return Math.floor(step / this.jump + 1) * this.jump;
  }

  /** Come to rest and report, because somebody wants a link to what is seen now. @param {object[]} waits  takes who waits for an answer */
  settle(waits) {
    if (!this.clock) return;
    if (this.playing || this.later) {
      this.stop();
      this.show(Math.floor(this.step));
      this.tell(); // at once: what is chosen next is to find it there
    }
    // Python's answer may be on its way already, since the button was pressed.
    if (Math.floor(this.step) !== this.clock.step) waits.push(this);
  }

  /** Space and arrows work wherever the person is, but not where a key means something else. @param {KeyboardEvent} event */
  key(event) {
    const unseen = !this.bar.getClientRects().length; // as long as a question waits
    if (!this.clock || unseen || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = /** @type {Element} */ (event.target);
    if (taken(at)) return;
    if (event.key === " " && (at.closest("button") || event.repeat)) return; // the button answers
    const jump = event.shiftKey ? this.jump : 1;
    const whole = event.shiftKey && this.jumpUnit; // to where an epoch ends
    /** @type {Record<string, () => void>} */
    const acts = {
      " ": () => (this.playing ? this.pause() : this.play()),
      ArrowRight: () => this.go(whole ? this.after(this.step) : this.step + jump),
      ArrowLeft: () => this.go(whole ? this.before(this.step) : Math.ceil(this.step) - jump),
      Home: () => this.go(0),
      End: () => this.go(this.last),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  destroy() {
    this.playing = false;
    cancelAnimationFrame(this.frame);
    clearTimeout(this.later);
    document.removeEventListener("keydown", this.listen);
    document.removeEventListener("nv-settle", this.settled);
    for (const kind of ["pointerdown", "keydown"]) document.removeEventListener(kind, this.pressed, true);
    this.bar.remove();
    this.readout.remove();
  }
}

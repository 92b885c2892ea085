// What a task says comes above its picture on a phone: it neither pushes the picture away from a finger, nor
// stays unseen when it says that the task is done. And the line of a word covers nothing that can be pressed.

import { html } from "./dom.js";

const HEAD = 56; // px at the top that the buttons of the page's head take
const AFTER_A_TAP = 150; // ms; its click comes after the finger has left, and is to meet what it was meant for
const PRESSED = "button, input, a[href], [role=slider]";
const SIDES = ["nv-above", "nv-low"]; // of the line of a word; by itself it stands below its text

class TaskWatch {
  constructor() {
    /** @type {Element | null} */
    this.panel = null;
    /** The picture that was touched last; null if that was something else. @type {Element | null} */
    this.touched = null;
    this.held = false;
    this.step = ""; // what is said of the task's number
    this.done = false;
    this.goesOn = false; // whether there is more to do after the answer
    /** The picture whose place is known. @type {Element | null} */
    this.placed = null;
    this.place = 0; // of it, in px from the beginning of the page
    this.unseen = false; // whether it is still to be told that the task is done
    this.owed = 0; // px by which the page is to scroll when nothing is held any more
    this.grown = new ResizeObserver(() => this.settle());
    this.seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.note.remove();
    }, { rootMargin: `-${HEAD}px 0px 0px 0px` });
    this.note = html("button", "nv-done-note", "✓ Done: up to the task");
    this.note.type = "button";
    this.note.addEventListener("click", () => {
      this.said?.scrollIntoView({ block: "center" });
      this.note.remove();
    });
    document.addEventListener("pointerdown", (event) => this.hold(event), true);
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => this.release(), true);
    for (const kind of ["focusin", "pointerover"]) document.addEventListener(kind, placeLine);
    // Streamlit may put another element in the place of the panel, with the same task.
    new MutationObserver(() => { if (this.panel && !this.panel.isConnected) this.watch(); })
      .observe(document.body, { childList: true, subtree: true });
    document.addEventListener("touchmove", () => leaveWord(null), { passive: true });
  }

  get main() {
    return document.querySelector("[data-testid=stMain]");
  }

  /** What is said when the task is done. */
  get said() {
    return this.panel?.querySelector(".nv-task-done");
  }

  get picture() {
    return this.touched?.isConnected ? this.touched : document.querySelector(".nv-figure");
  }

  /** Look at the task that is on the page now. */
  watch() {
    const panel = document.querySelector(".st-key-lesson_task");
    if (panel !== this.panel) {
      this.grown.disconnect();
      this.panel = panel;
      if (panel) this.grown.observe(panel);
    }
    this.settle();
  }

  /** @param {Event} event */
  hold(event) {
    const at = event.target instanceof Element ? event.target : null;
    leaveWord(at);
    this.held = true;
    this.touched = at?.closest(".nv-figure") ?? null;
    this.watch();
  }

  release() {
    this.held = false;
    setTimeout(() => this.pay(), AFTER_A_TAP);
  }

  /** Do what had to wait until nothing is held. */
  pay() {
    if (this.held) return;
    this.scroll(this.owed);
    this.owed = 0;
    this.tell();
  }

  measured() {
    return (this.picture?.getBoundingClientRect().top ?? 0) + (this.main?.scrollTop ?? 0);
  }

  /** @param {number} by */
  scroll(by) {
    if (by) this.main?.scrollBy({ top: by, behavior: "instant" });
  }

  /** Take note of what has changed in the task, and give the picture its place on the screen back. */
  settle() {
    const number = this.panel?.querySelector(".nv-task-step")?.textContent;
    const step = number ? location.pathname + number : "";
    const place = this.measured();
    const pushed = this.picture === this.placed ? place - this.place : 0;
    this.placed = this.picture;
    const newly = Boolean(this.said) && !this.done && step === this.step;
    const here = step !== "" && step === this.step;
    const goesOn = this.panel?.querySelectorAll(".nv-task-does")[1];
    if (step !== this.step) this.note.remove();
    const answered = Boolean(goesOn) && !this.goesOn && here;
    Object.assign(this, { step, place, done: Boolean(this.said), goesOn: Boolean(goesOn) });
    if (here && pushed) this.follow(pushed, newly);
    if (answered && !newly) this.lookOn();
    if (this.said) this.seen.observe(this.said);
    if (newly) this.unseen = true;
    if (!here) this.unseen = false;
    this.tell();
  }

  /** @param {number} pushed  px @param {boolean} newly  whether that is because the task is done now */
  follow(pushed, newly) {
    const plays = Boolean(document.querySelector(".nv-figure[data-playing=true]"));
    if (this.touched || plays) this.scroll(pushed);
    else if (newly && this.said) {
      // It was a control of the task: as far as what is said stays in sight, and no slider runs away from a finger.
      const room = this.said.getBoundingClientRect().top - HEAD;
      this.owed += Math.max(0, Math.min(pushed, room));
      if (!this.held) this.pay();
    }
  }

  /** After an answer, bring the picture that goes on with it in sight, as far as what is said of it stays there. */
  lookOn(tries = 12) {
    // Another one may have come with the answer, and is still to be drawn.
    if (!this.picture?.matches("[data-ready]")) {
      if (tries) setTimeout(() => this.lookOn(tries - 1), 250);
      return;
    }
    const above = this.panel?.getBoundingClientRect().bottom ?? Infinity;
    if (this.picture.getBoundingClientRect().top < above - 1) return; // it stands beside the task
    const from = this.panel?.querySelector(".nv-answers") ?? this.panel?.querySelectorAll(".nv-task-does")[1];
    const below = this.picture.getBoundingClientRect().bottom - window.innerHeight;
    this.owed += Math.max(0, Math.min((from?.getBoundingClientRect().top ?? 0) - HEAD, below));
    if (!this.held) this.pay();
  }

  /** Say below that the task is done, if what is said of it is out of sight. */
  tell() {
    const { said } = this;
    if (!this.unseen || this.held || !said) return;
    this.unseen = false;
    const { top, bottom } = said.getBoundingClientRect();
    if (bottom > HEAD && top < window.innerHeight) return;
    (document.querySelector("[data-testid=stApp]") ?? document.body).append(this.note);
  }
}

/** Close the line of a word when something else is touched. @param {Element | null} at */
function leaveWord(at) {
  const word = document.activeElement;
  if (word instanceof HTMLElement && word.matches(".nv-term") && !(at && word.contains(at))) word.blur();
}

/** Put the line of a word where nothing is that can be pressed, if there is such a place. @param {Event} event */
function placeLine(event) {
  const line = event.target instanceof Element && event.target.closest(".nv-term")?.querySelector(".nv-tip");
  if (!line) return;
  for (const side of ["", ...SIDES]) {
    line.classList.remove(...SIDES);
    if (side) line.classList.add(side);
    if (isFree(line.getBoundingClientRect())) return;
  }
}

/** @param {DOMRect} box */
function isFree(box) {
  if (box.top < 0 || box.bottom > window.innerHeight) return false;
  return [...document.querySelectorAll(PRESSED)].every((each) => {
    const { left, right, top, bottom } = each.getBoundingClientRect();
    return right <= box.left || left >= box.right || bottom <= box.top || top >= box.bottom;
  });
}

export const task = new TaskWatch();

// Carries values to Python with one message in flight; a newer value replaces one that still waits.
// Without this a fast drag queues reruns and the screen answers seconds late. Streamlit runs what a
// button does before it hands over a value that comes with it, so a press waits for values on their way.

/** @import { SetState } from "./contract.js" */

const ANSWER_OVERDUE = 3000; // ms after which a lost answer no longer blocks the next value

/** @template {object} Value */
export class Courier {
  /** @param {string} state  name of the component state that carries the values */
  constructor(state) {
    this.state = state;
    this.sequence = 0;
    this.inFlight = 0;
    /** @type {Value | null} */
    this.waiting = null;
    /** @type {SetState | undefined} */
    this.set = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.overdue = undefined;
    /** Buttons that were pressed meanwhile. @type {HTMLElement[]} */
    this.pressed = [];
    this.wait = (/** @type {Event} */ event) => {
      const pressed = event.target instanceof Element && event.target.closest("button");
      if (!pressed || !this.busy) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.pressed.push(pressed);
    };
    document.addEventListener("click", this.wait, true);
  }

  /** Adopt the newest setter and what Python has answered so far. @param {SetState} setStateValue @param {number} answered */
  connect(setStateValue, answered) {
    this.set = setStateValue;
    if (answered > this.sequence) this.sequence = answered; // a remount starts behind the session
    if (answered >= this.inFlight) this.arrived();
    this.flush();
  }

  /** Let the presses through that have waited. */
  release() {
    for (const pressed of this.pressed.splice(0)) pressed.click();
  }

  /** True while Python still works on a value of ours, so what it shows is older than what we show. */
  get busy() {
    return Boolean(this.waiting) || this.inFlight > 0;
  }

  /** @param {Value} value */
  send(value) {
    this.waiting = value;
    this.flush();
  }

  flush() {
    if (!this.waiting || !this.set || this.inFlight) {
      if (!this.busy) this.release();
      return;
    }
    const value = this.waiting;
    this.waiting = null;
    this.inFlight = ++this.sequence;
    this.overdue = setTimeout(() => { this.arrived(); this.flush(); }, ANSWER_OVERDUE);
    this.set(this.state, { ...value, sequence: this.sequence });
  }

  arrived() {
    this.inFlight = 0;
    clearTimeout(this.overdue);
  }

  destroy() {
    this.waiting = null;
    this.arrived();
    document.removeEventListener("click", this.wait, true);
    this.release();
  }
}

// Carries values to Python with one message in flight; a newer value replaces one that still waits.
// Without this a fast drag queues reruns and the screen answers seconds late.

const ANSWER_OVERDUE = 3000; // ms after which a lost answer no longer blocks the next value

export class Courier {
  constructor(state) {
    this.state = state; // name of the component state that carries the values
    this.sequence = 0;
    this.inFlight = 0;
    this.waiting = null;
  }

  /** Adopt the newest setter and what Python has answered so far. */
  connect(setStateValue, answered) {
    this.set = setStateValue;
    if (answered > this.sequence) this.sequence = answered; // a remount starts behind the session
    if (answered >= this.inFlight) this.arrived();
    this.flush();
  }

  /** True while Python still works on a value of ours, so what it shows is older than what we show. */
  get busy() {
    return Boolean(this.waiting) || this.inFlight > 0;
  }

  send(value) {
    this.waiting = value;
    this.flush();
  }

  flush() {
    if (!this.waiting || !this.set || this.inFlight) return;
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
  }
}

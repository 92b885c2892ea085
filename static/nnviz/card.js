// The card over a picture: how the value of the present step is computed, and the proof of it.

/** @import { Card, CardTrack } from "./contract.js" */
/** @import { Run } from "./frames.js" */
import { indexAt } from "./timeline.js";

/** @param {string} name @param {string} text @param {Element} parent @param {"span" | "b" | "code"} [tag] */
function part(name, text, parent, tag = "span") {
  const node = document.createElement(tag);
  node.className = `nv-${name}`;
  node.textContent = text;
  parent.append(node);
  return node;
}

export class CardView {
  /** @param {Element} stage */
  constructor(stage) {
    this.root = document.createElement("div");
    this.root.className = "nv-card";
    this.root.hidden = true;
    stage.before(this.root);
    /** @type {CardTrack | undefined} */
    this.track = undefined;
    /** @type {Card | undefined} */
    this.shown = undefined;
  }

  /** Take the card of a run, or none. @param {Run | null} run */
  adopt(run) {
    this.track = run?.tracks.find((track) => track.kind === "card");
    this.root.hidden = !this.track;
    this.shown = undefined;
  }

  /** @param {number} step */
  draw(step) {
    if (!this.track) return;
    const card = this.track.cards[this.track.values[indexAt(this.track, step)]];
    if (card === this.shown) return;
    this.shown = card;
    const formula = document.createElement("div");
    formula.className = "nv-formula";
    part("what", card.name, formula, "b");
    for (const text of [card.formula, card.numbers]) {
      if (text) formula.append(" = ", Object.assign(document.createElement("span"), { textContent: text }));
    }
    formula.append(" = ");
    part("result", card.result, formula, "b").title = card.exact;
    const proof = document.createElement("div");
    proof.className = "nv-proof";
    if (card.check) part("check", card.check, proof);
    if (card.code) {
      const code = part("code", "", proof);
      part("line", card.code, code, "code");
      part("place", card.place, code);
    }
    this.root.replaceChildren(formula, proof);
  }

  destroy() {
    this.root.remove();
  }
}

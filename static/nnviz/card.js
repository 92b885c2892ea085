// The card over a picture: how the value of the present step is computed, and the proof of it.

/** @import { Card, CardTrack } from "./contract.js" */
/** @import { Run } from "./frames.js" */
import { html } from "./dom.js";
import { indexAt } from "./timeline.js";

export class CardView {
  /** @param {Element} stage */
  constructor(stage) {
    this.root = html("div", "nv-card");
    this.root.hidden = true;
    stage.before(this.root);
    /** @type {CardTrack | undefined} */
    this.track = undefined;
    /** @type {Card | undefined} */
    this.shown = undefined;
  }

  /** Take the card of a run, or none; return whether it has come or gone. @param {Run | null} run */
  adopt(run) {
    const before = this.root.hidden;
    this.track = run?.tracks.find((track) => track.kind === "card");
    this.root.hidden = !this.track;
    this.shown = undefined;
    return this.root.hidden !== before;
  }

  /** @param {number} step */
  draw(step) {
    if (!this.track) return;
    const card = this.track.cards[this.track.values[indexAt(this.track, step)]];
    if (card === this.shown) return;
    this.shown = card;
    const formula = html("div", "nv-formula");
    formula.append(html("b", "nv-what", card.name));
    for (const text of [card.formula, card.numbers]) {
      if (text) formula.append(" = ", html("span", "", text));
    }
    const result = html("b", "nv-result", card.result);
    result.title = card.exact;
    formula.append(" = ", result);
    const proof = html("div", "nv-proof");
    if (card.check) proof.append(html("span", "nv-check", card.check));
    if (card.code) {
      const code = html("span", "nv-code");
      code.append(html("code", "nv-line", card.code), html("span", "nv-place", card.place));
      proof.append(code);
    }
    this.root.replaceChildren(formula, proof);
  }

  destroy() {
    this.root.remove();
  }
}

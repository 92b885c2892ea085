// Keys that a page listens to wherever the person is, but not where a key means something else.

/** Whether keys belong to this element: a field, a slider, a choice. @param {Element} at */
export const taken = (at) => Boolean(
  at.closest("a, summary, [role=radio], [role=tab], [role=menu]")
  || at.closest("textarea, select, [contenteditable], [role=slider], [role=grid], input"),
);

export class Keys {
  /** @param {(key: string) => void} report  called with every key that is watched */
  constructor(report) {
    /** @type {string[]} */
    this.watched = [];
    this.listen = (/** @type {KeyboardEvent} */ event) => {
      const at = /** @type {Element} */ (event.target);
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || taken(at)) return;
      if (!this.watched.includes(event.key)) return;
      event.preventDefault();
      report(event.key);
    };
    document.addEventListener("keydown", this.listen);
    // Whoever chooses with the mouse goes on with the keys of the page; who came by Tab stays there.
    this.leave = (/** @type {MouseEvent} */ event) => {
      const at = /** @type {Element} */ (event.target);
      const radio = event.detail > 0 && /** @type {HTMLElement | null} */ (at.closest("[role=radio]"));
      if (radio) setTimeout(() => radio.blur(), 0); // after Streamlit has taken note of the click
    };
    document.addEventListener("click", this.leave, true); // Streamlit keeps clicks to itself
  }

  /** @param {string[]} keys  named as browsers name them */
  watch(keys) {
    this.watched = keys;
  }

  destroy() {
    document.removeEventListener("keydown", this.listen);
    document.removeEventListener("click", this.leave, true);
  }
}

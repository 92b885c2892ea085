// Clicks anywhere on a chart, distinguished from drags, zooms and handles.

const STILL = 4; // px a pointer may move and still have clicked
const DOUBLE_CLICK = 300; // ms within which a second click may follow

export class Clicks {
  /**
   * @param {HTMLElement} stage
   * @param {(x: number, y: number, item: string) => void} report
   *   Called with the pixels of the screen that were clicked, and what of a board was hit.
   */
  constructor(stage, report) {
    /** Whether there is a zoom that a double click would end. */
    this.zoomed = false;
    this.zoomEndedAt = -Infinity;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined;
    /** @type {{ x: number, y: number, item: string } | null} */
    let pressed = null;
    stage.addEventListener("pointerdown", (event) => {
      const at = /** @type {Element} */ (event.target);
      const other = event.button || !event.isPrimary || at.closest(".nv-grip, .nv-on-figure");
      const item = /** @type {HTMLElement | null} */ (at.closest("[data-item]"))?.dataset.item ?? "";
      pressed = other ? null : { x: event.clientX, y: event.clientY, item };
    }, true);
    stage.addEventListener("pointercancel", () => { pressed = null; }, true);
    // While the button is down Plotly covers the whole page, so the release is caught there.
    this.released = (/** @type {PointerEvent} */ event) => {
      if (!pressed) return;
      const { x, y, item } = pressed;
      pressed = null;
      if (Math.hypot(event.clientX - x, event.clientY - y) > STILL) return;
      if (performance.now() - this.zoomEndedAt < DOUBLE_CLICK) return; // the second of two clicks
      // Where there is a zoom to be ended, the first of two clicks must not count.
      clearTimeout(this.later);
      const act = () => report(event.clientX, event.clientY, item);
      if (this.zoomed) this.later = setTimeout(act, DOUBLE_CLICK);
      else act();
    };
    document.addEventListener("pointerup", this.released, true);
  }

  /** A double click has ended a zoom: neither of its clicks counts. */
  zoomEnded() {
    clearTimeout(this.later);
    this.zoomEndedAt = performance.now();
    this.zoomed = false;
  }

  destroy() {
    clearTimeout(this.later);
    document.removeEventListener("pointerup", this.released, true);
  }
}

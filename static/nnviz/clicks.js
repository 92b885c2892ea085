// Clicks anywhere on a chart, told apart from drags, zooms and handles.

const STILL = 4; // px a pointer may move and still have clicked
const DOUBLE_CLICK = 300; // ms within which a second click may follow

export class Clicks {
  /** `report(x, y, item)` hears of a click at these pixels of the screen, and what of a board it hit. */
  constructor(stage, report) {
    this.report = report;
    this.zoomEndedAt = -Infinity;
    let pressed = null;
    stage.addEventListener("pointerdown", (event) => {
      const other = event.button || !event.isPrimary || event.target.closest(".nv-grip");
      pressed = other ? null : [event.clientX, event.clientY, event.target.closest("[data-item]")?.dataset.item];
    }, true);
    stage.addEventListener("pointercancel", () => { pressed = null; }, true);
    // While the button is down Plotly covers the whole page, so the release is heard there.
    this.released = (event) => {
      if (!pressed) return;
      const [x, y, item = ""] = pressed;
      pressed = null;
      if (Math.hypot(event.clientX - x, event.clientY - y) > STILL) return;
      if (performance.now() - this.zoomEndedAt < DOUBLE_CLICK) return; // the second of two clicks
      // Where there is a zoom to be ended, the first of two clicks must not count.
      clearTimeout(this.later);
      const act = () => this.report(event.clientX, event.clientY, item);
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

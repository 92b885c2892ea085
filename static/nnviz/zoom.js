// Remembers to which ranges the person has zoomed a figure, until a double click ends that.

/** @import { Json } from "./contract.js" */
/** @import { Plot } from "./plotly.js" */

export class Zoom {
  constructor() {
    /** Ranges the person chose, by axis. @type {Record<string, [number, number]>} */
    this.ranges = {};
    this.ended = 0; // how many times a zoom was ended
  }

  /**
   * Put the ranges into the layout of a figure that is about to be drawn.
   * @param {Json} layout
   * @param {boolean} fixed  whether the axes are to stay as the figure says: a lesson drags other things
   */
  apply(layout, fixed) {
    if (fixed) {
      this.end();
      if (!layout.scene) layout.dragmode = false;
      for (const name of Object.keys(layout)) if (/^[xy]axis/.test(name)) layout[name].fixedrange = true;
    }
    // Plotly's own uirevision forgets a zoom where one axis is tied to the scale of another,
    // and holds on to one that the person has ended.
    layout.uirevision = `${layout.uirevision} ${this.ended}`;
    for (const [name, range] of Object.entries(this.ranges)) if (layout[name]) layout[name].range = range;
  }

  /** Forget the ranges that were chosen. */
  end() {
    if (!Object.keys(this.ranges).length) return;
    this.ranges = {};
    this.ended += 1;
  }

  /**
   * Watch a drawn figure.
   * @param {Plot} plot
   * @param {{ moved: () => void, zoomed: () => void, ended: () => void }} report
   *   `moved` when axes have moved in any way, `zoomed` before it when the person has zoomed,
   *   `ended` when a double click has ended the zoom and the figure is to be drawn anew.
   */
  watch(plot, { moved, zoomed, ended }) {
    plot.on("plotly_relayouting", moved);
    plot.on("plotly_relayout", (changes) => {
      for (const key of Object.keys(changes)) {
        const [, name] = /^([xy]axis\d*)\.range/.exec(key) ?? [];
        if (!name) continue;
        this.ranges[name] = [...plot._fullLayout[name].range];
        zoomed();
      }
      moved();
    });
    plot.on("plotly_doubleclick", () => {
      this.end();
      ended();
    });
  }
}

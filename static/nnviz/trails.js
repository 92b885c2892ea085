// Paths that grow with the clock, on a canvas of their own. While they grow only what is new is drawn:
// to draw ten thousand points again for every picture would make the clock stutter.

/** @import { TrailTrack } from "./contract.js" */
/** @import { Theme } from "./colours.js" */
/** @import { Drawn } from "./plotly.js" */
import { stroke, withPen } from "./strokes.js";
import { penOf } from "./dom.js";
import { indexAt } from "./timeline.js";

export class Trails {
  /** @param {Element} stage */
  constructor(stage) {
    this.canvas = document.createElement("canvas");
    this.canvas.className = "nv-over nv-trails";
    this.canvas.setAttribute("aria-hidden", "true");
    stage.append(this.canvas);
    /** How far each trail has been drawn, and the length of that in pixels. @type {Map<TrailTrack, { end: number, length: number }>} */
    this.grown = new Map();
  }

  /** Forget what is drawn, because the axes, the theme or the run is another. */
  clear() {
    this.grown.clear();
    const pen = penOf(this.canvas);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  /**
   * @param {TrailTrack[]} tracks
   * @param {number} step
   * @param {{ plot: Drawn, theme: Theme, density: number }} surface
   */
  draw(tracks, step, { plot, theme, density }) {
    const shrunk = [...this.grown].some(([track, { end }]) => !tracks.includes(track) || indexAt(track, step) < end);
    if (shrunk) this.clear();
    const pen = penOf(this.canvas);
    pen.setTransform(density, 0, 0, density, 0, 0);
    for (const track of tracks) {
      const before = this.grown.get(track) ?? { end: 0, length: 0 };
      const end = indexAt(track, step);
      if (end === before.end) continue;
      withPen(pen, track, plot, theme, (pair) => {
        pen.lineDashOffset = before.length; // the dashes go on where they ended
        const length = before.length + stroke(pen, track.values, 2 * before.end, 2 * end + 2, pair);
        this.grown.set(track, { end, length });
      });
    }
  }
}

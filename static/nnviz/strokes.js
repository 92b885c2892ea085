// Draws polylines of any number of points with a canvas pen.

/** @import { Pen } from "./contract.js" */
/** @import { Axes, Drawn } from "./plotly.js" */
import { axes, scales } from "./plotly.js";
import { DASHES } from "./dom.js";

const COLUMN = 0.25; // px within which nobody sees that a line goes left or right

/**
 * Run `act` with the pen of a track, which does not draw beyond the frame of its subplot, but for `room` pixels.
 * @param {CanvasRenderingContext2D} pen
 * @param {{ axes: string } & Partial<Pen>} track
 * @param {Drawn} plot
 * @param {{ colour(value: string): string }} theme
 * @param {(pair: Axes) => void} act
 * @param {number} [room]
 */
export function withPen(pen, track, plot, theme, act, room = 0) {
  const pair = axes(plot, track.axes);
  pen.save();
  pen.beginPath();
  const [left, top] = [pair.x._offset - room, pair.y._offset - room];
  pen.rect(left, top, pair.x._length + 2 * room, pair.y._length + 2 * room);
  pen.clip();
  if (track.colour) pen.strokeStyle = pen.fillStyle = theme.colour(track.colour);
  if (track.width) pen.lineWidth = track.width;
  pen.lineJoin = "round";
  pen.setLineDash(DASHES[track.dash ?? "solid"]);
  act(pair);
  pen.restore();
}

/**
 * Stroke the points from index `start` to before `stop`, two values each; NaN lifts the pen.
 *
 * Of the points that follow each other within a column of a quarter of a pixel only the first, the highest,
 * the lowest and the last are drawn: that looks the same, and is quick. Returns how long the line is.
 * @param {Pick<CanvasRenderingContext2D, "beginPath" | "moveTo" | "lineTo" | "stroke">} pen
 * @param {ArrayLike<number>} values
 * @param {number} start
 * @param {number} stop
 * @param {Axes} pair
 */
export function stroke(pen, values, start, stop, pair) {
  const { x: across, y: up } = scales(pair);
  let [drawing, column, length, left, top] = [false, 0, 0, 0, 0];
  let [low, high, last] = [0, 0, 0]; // of the present column, where they are in the values
  let at = -1; // the point where the pen is
  const go = (/** @type {number} */ i) => {
    if (i === at) return;
    at = i;
    const [x, y] = [across(values[i]), up(values[i + 1])];
    pen.lineTo(x, y);
    length += Math.hypot(x - left, y - top);
    [left, top] = [x, y];
  };
  const finish = () => {
    for (const i of low < high ? [low, high, last] : [high, low, last]) go(i);
  };
  pen.beginPath();
  for (let i = start; i < stop; i += 2) {
    const [x, y] = [across(values[i]), up(values[i + 1])];
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      if (drawing) finish();
      drawing = false;
      continue;
    }
    if (drawing && Math.abs(x - column) < COLUMN) {
      if (values[i + 1] < values[low + 1]) low = i;
      if (values[i + 1] > values[high + 1]) high = i;
      last = i;
      continue;
    }
    if (drawing) {
      finish();
      go(i);
    } else {
      pen.moveTo(x, y);
      [left, top] = [x, y];
      at = i;
    }
    drawing = true;
    column = x;
    low = high = last = i;
  }
  if (drawing) finish();
  pen.stroke();
  return length;
}

// Lines that a network draws: where it is undecided, and what it answers over its only input. They are
// evaluated from the parameters of the step, as the ground under them is.

/** @import { BoundaryTrack, CurveTrack } from "./contract.js" */
/** @import { Axes } from "./plotly.js" */
import { contour } from "./contour.js";
import { Evaluator } from "./evaluate.js";
import { stroke } from "./strokes.js";
import { indexAt } from "./timeline.js";

const CELL = 4; // px between two points of the grid in which a boundary is traced

/** With room for so many points, which seldom changes. @type {WeakMap<BoundaryTrack | CurveTrack, { n: number, network: Evaluator }>} */
const evaluators = new WeakMap();

/** @param {BoundaryTrack | CurveTrack} track @param {number} n */
function evaluator(track, n) {
  let known = evaluators.get(track);
  if (!known || known.n < n) {
    known = { n, network: new Evaluator(track.network, n) };
    evaluators.set(track, known);
  }
  return known.network;
}

/** So many places from one end of an axis to the other. @param {Axes["x"]} axis @param {number} n */
const places = (axis, n) => Float64Array.from({ length: n }, (_, i) => axis.p2d((i * axis._length) / (n - 1)));

/**
 * The points of the boundary at a step, in the coordinates of the axes; NaN between two lines.
 * @param {BoundaryTrack} track @param {Axes} pair @param {number} step
 */
export function boundaryPoints(track, pair, step) {
  const [columns, rows] = [pair.x, pair.y].map((axis) => Math.ceil(axis._length / CELL) + 1);
  const [across, up] = [places(pair.x, columns), places(pair.y, rows)];
  const n = columns * rows;
  const network = evaluator(track, n);
  network.place(
    Float64Array.from({ length: n }, (_, i) => across[i % columns]),
    Float64Array.from({ length: n }, (_, i) => up[Math.floor(i / columns)]), n,
  );
  network.run(track.values, (indexAt(track, step) * track.count) / track.length, n);
  const points = contour(network.sum, columns, rows, track.undecided);
  const between = (/** @type {Float64Array} */ values, /** @type {number} */ place) => {
    const low = Math.min(Math.floor(place), values.length - 2);
    return values[low] + (place - low) * (values[low + 1] - values[low]);
  };
  return Float64Array.from(points, (place, i) => (Number.isNaN(place) ? NaN : between(i % 2 ? up : across, place)));
}

/** @param {CanvasRenderingContext2D} pen @param {BoundaryTrack} track @param {Axes} pair @param {number} step */
export function boundary(pen, track, pair, step) {
  const points = boundaryPoints(track, pair, step);
  stroke(pen, points, 0, points.length, pair);
}

/** What the network answers over its only input; or, where rows are given, how far each is from that. @param {CanvasRenderingContext2D} pen @param {CurveTrack} track @param {Axes} pair @param {number} step */
export function curve(pen, track, pair, step) {
  const { rows, mean, scale } = track;
  const x = rows.length ? Float64Array.from(rows, ([at]) => at) : places(pair.x, Math.ceil(pair.x._length / 2) + 1);
  const network = evaluator(track, x.length);
  network.place(x, x, x.length);
  network.run(track.values, (indexAt(track, step) * track.count) / track.length, x.length);
  const answers = network.outputs[0];
  const points = rows.length
    ? rows.flatMap(([at, target], i) => [at, target, at, answers[i] * scale + mean, NaN, NaN])
    : Array.from(x).flatMap((at, i) => [at, answers[i] * scale + mean]);
  stroke(pen, points, 0, points.length, pair);
}

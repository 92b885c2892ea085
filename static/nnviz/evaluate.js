// Evaluates a recorded network for pixels: what nnviz/training/evaluation.py computes, for the maps of a picture.
// No number that is printed comes from here. tests/chart/test_painting.py holds it to the core.

/** @import { ErrorForm, NetworkForm, SurfaceTrack } from "./contract.js" */

const LEAK = 0.01; // as LEAK in nnviz/nn/activations.py

/** The part of a normal distribution beyond x times the square root of 2, to 1.2e-7 of itself (Numerical Recipes, erfcc). @param {number} x */
function beyond(x) {
  const t = 1 / (1 + 0.5 * Math.abs(x));
  const series = -1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
    + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  const tail = t * Math.exp(series - x * x);
  return x >= 0 ? tail : 2 - tail;
}

/** Each changes the first n weighted sums into what the unit gives. @type {Record<string, (z: Float64Array, n: number) => void>} */
export const ACTIVATIONS = {
  linear() {},
  sigmoid(z, n) { for (let i = 0; i < n; i++) z[i] = 1 / (1 + Math.exp(-z[i])); },
  tanh(z, n) {
    for (let i = 0; i < n; i++) {
      const s = Math.exp(-2 * Math.abs(z[i]));
      z[i] = Math.sign(z[i]) * ((1 - s) / (1 + s));
    }
  },
  relu(z, n) { for (let i = 0; i < n; i++) z[i] = z[i] <= 0 ? 0 : z[i]; },
  leaky_relu(z, n) { for (let i = 0; i < n; i++) if (z[i] <= 0) z[i] *= LEAK; },
  softplus(z, n) { for (let i = 0; i < n; i++) z[i] = Math.max(z[i], 0) + Math.log1p(Math.exp(-Math.abs(z[i]))); },
  elu(z, n) { for (let i = 0; i < n; i++) if (z[i] <= 0) z[i] = Math.expm1(z[i]); },
  gelu(z, n) { for (let i = 0; i < n; i++) z[i] = Math.max(z[i], -40) * 0.5 * beyond(-z[i] / Math.SQRT2); },
};

/** As FEATURES in nnviz/nn/inputs.py. @type {Record<string, (x1: number, x2: number) => number>} */
export const FEATURES = {
  x1: (x1) => x1,
  x2: (x1, x2) => x2,
  "x1^2": (x1) => x1 * x1,
  "x2^2": (x1, x2) => x2 * x2,
  "x1*x2": (x1, x2) => x1 * x2,
  "sin x1": (x1) => Math.sin(x1),
  "sin x2": (x1, x2) => Math.sin(x2),
};

/** @param {Float64Array[]} z  of each output @param {number} n */
function softmax(z, n) {
  for (let i = 0; i < n; i++) {
    let largest = -Infinity;
    for (const each of z) largest = Math.max(largest, each[i]);
    let sum = 0;
    for (const each of z) sum += each[i] = Math.exp(each[i] - largest);
    for (const each of z) each[i] /= sum;
  }
}

/** A network with room for the values of so many points at once. */
export class Evaluator {
  /** @param {NetworkForm} form @param {number} most */
  constructor(form, most) {
    this.form = form;
    /** What each unit gives at each point, layer by layer, the inputs first. @type {Float64Array[][]} */
    this.layers = form.sizes.map((n) => Array.from({ length: n }, () => new Float64Array(most)));
    /** The weighted sum of the first output. */
    this.sum = new Float64Array(most);
  }

  get outputs() {
    return this.layers[this.layers.length - 1];
  }

  /** Make the inputs of n points of the plane. @param {ArrayLike<number>} x1 @param {ArrayLike<number>} x2 @param {number} n */
  place(x1, x2, n) {
    this.form.inputs.forEach(({ name, value, mean, scale }, k) => {
      const make = FEATURES[name] ?? (() => value); // a column that the plane does not show
      const input = this.layers[0][k];
      for (let i = 0; i < n; i++) input[i] = (make(x1[i], x2[i]) - mean) / scale;
    });
  }

  /** Send the inputs of n points through the network whose parameters begin at `start`. @param {ArrayLike<number>} parameters @param {number} start @param {number} n */
  run(parameters, start, n) {
    const { sizes, activations } = this.form;
    let used = start;
    for (let layer = 1; layer < sizes.length; layer++) {
      const [below, here] = [this.layers[layer - 1], this.layers[layer]];
      const biases = used + below.length * here.length;
      here.forEach((z, unit) => {
        z.fill(parameters[biases + unit], 0, n);
        below.forEach((a, k) => {
          const weight = parameters[used + k * here.length + unit];
          for (let i = 0; i < n; i++) z[i] += weight * a[i];
        });
      });
      used = biases + here.length;
      if (layer === sizes.length - 1) this.sum.set(here[0].subarray(0, n));
      const name = activations[layer - 1];
      if (name === "softmax") softmax(here, n);
      else for (const z of here) ACTIVATIONS[name](z, n);
    }
  }

  /** Write the colour of the answer at n points, 0 to 255 along the stops of the ground. @param {Uint8Array} bytes @param {number} from @param {number} n */
  ground(bytes, from, n) {
    const { middle, reach } = this.form;
    const { outputs } = this;
    const k = outputs.length;
    if (k === 1) {
      for (let i = 0; i < n; i++) bytes[from + i] = level((outputs[0][i] - middle) / reach);
      return;
    }
    for (let i = 0; i < n; i++) {
      let best = 0;
      for (let c = 1; c < k; c++) if (outputs[c][i] > outputs[best][i]) best = c;
      const share = (outputs[best][i] - middle) / (2 * reach) + 0.5;
      const lead = Math.min(Math.max((share - 1 / k) / (1 - 1 / k), 0), 1) || 0;
      // The stops are paper and colour of each class. It stays short of the full colour, so that rows of the class stand out.
      bytes[from + i] = Math.round((2 * best + 0.12 + 0.55 * lead) * 255 / (2 * k - 1));
    }
  }

  /** Write the colours of a unit at n points: of its ends, or of its largest value there. @param {number} layer @param {number} unit @param {Uint8Array} bytes @param {number} from @param {number} n */
  unit(layer, unit, bytes, from, n) {
    const values = this.layers[layer][unit];
    let [middle, reach] = this.form.ends[layer] ?? [0, 0];
    if (!reach) {
      for (let i = 0; i < n; i++) reach = Math.max(reach, Math.abs(finite(values[i])));
      reach ||= 1;
    }
    for (let i = 0; i < n; i++) bytes[from + i] = level((finite(values[i]) - middle) / reach);
  }
}

/** @param {number} value */
const finite = (value) => (Number.isNaN(value) ? 0 : Math.max(-1e300, Math.min(1e300, value)));

/** The byte of a value from -1 to 1; what lies beyond is cut off. @param {number} value */
const level = (value) => Math.round(127.5 + 127.5 * Math.max(-1, Math.min(1, value || 0)));

/** The squared error of each row. @param {Evaluator} network  whose inputs are the rows @param {ErrorForm} rows @param {ArrayLike<number>} parameters @param {number} start */
export function rowErrors(network, rows, parameters, start) {
  network.run(parameters, start, rows.targets.length);
  const [answers] = network.outputs;
  return rows.targets.map((target, i) => (answers[i] - target) ** 2);
}

/**
 * The squared errors of all rows together, as a function of two directions of the parameters; all else is as at a step.
 * @param {Evaluator} network  whose inputs are the rows
 * @param {Pick<SurfaceTrack, "rows" | "values" | "centre" | "directions">} form @param {number} index  of the step
 */
export function errorAround(network, { rows: { targets }, values, centre, directions: [across, up] }, index) {
  const n = centre.length;
  const now = Float64Array.from(values.subarray(index * n, index * n + n));
  let [x0, y0] = [0, 0];
  for (let k = 0; k < n; k++) {
    x0 += (now[k] - centre[k]) * across[k];
    y0 += (now[k] - centre[k]) * up[k];
  }
  const moved = new Float64Array(n);
  const [answers] = network.outputs;
  return (/** @type {number} */ x, /** @type {number} */ y) => {
    for (let k = 0; k < n; k++) moved[k] = now[k] + (x - x0) * across[k] + (y - y0) * up[k];
    network.run(moved, 0, targets.length);
    let total = 0;
    for (let i = 0; i < targets.length; i++) total += (answers[i] - targets[i]) ** 2;
    return total;
  };
}

/** The place of a value among pairs of a value and its place, the lowest value first. @param {[number, number][]} pairs @param {number} value */
export function between(pairs, value) {
  const last = pairs.length - 1;
  if (!(value < pairs[last][0])) return pairs[last][1]; // what is no number is as high
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (pairs[middle][0] <= value) low = middle;
    else high = middle;
  }
  const part = (value - pairs[low][0]) / (pairs[high][0] - pairs[low][0]);
  return pairs[low][1] + Math.max(0, part) * (pairs[high][1] - pairs[low][1]);
}

/** A network whose inputs are rows. @param {ErrorForm} rows */
export function ofRows(rows) {
  const network = new Evaluator(rows.network, rows.targets.length);
  rows.inputs.forEach((row, i) => row.forEach((value, k) => { network.layers[0][k][i] = value; }));
  return network;
}

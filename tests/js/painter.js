// What tests/chart/test_painting.py asks of our painter: networks come in by stdin, what is painted of them goes out.

import { between, errorAround, Evaluator, ofRows, rowErrors } from "../../static/nnviz/evaluate.js";
import { boundaryPoints } from "../../static/nnviz/lines.js";

const axis = (low, high, length) => ({ _length: length, p2d: (pixels) => low + (pixels * (high - low)) / length });

const painted = {
  network({ form, parameters, x, y }) {
    const network = new Evaluator(form, x.length);
    network.place(x, y, x.length);
    network.run(parameters, 0, x.length);
    const bytes = new Uint8Array(x.length);
    network.ground(bytes, 0, x.length);
    const units = form.sizes.flatMap((n, layer) => Array.from({ length: n }, (_, unit) => {
      const map = new Uint8Array(x.length);
      network.unit(layer, unit, map, 0, x.length);
      return [...map];
    }));
    return { ground: [...bytes], units, sum: [...network.sum] };
  },
  boundary({ form, parameters, undecided, box: [west, east, south, north], side }) {
    const track = { network: form, values: parameters, undecided, count: parameters.length, length: 1, start: 0, stride: 1, until: null };
    const pair = { x: axis(west, east, side), y: axis(north, south, side) };
    return [...boundaryPoints(track, pair, 0)];
  },
  shades: ({ shades, errors }) => errors.map((error) => between(shades, error)),
  surface({ form, points }) {
    const error = errorAround(ofRows(form.rows), { ...form, values: Float64Array.from(form.values) }, 0);
    return points.map(([x, y]) => error(x, y));
  },
  errors: ({ rows, parameters }) => rowErrors(ofRows(rows), rows, parameters, 0),
};

let text = "";
for await (const chunk of process.stdin) text += chunk;
process.stdout.write(JSON.stringify(JSON.parse(text).map(({ what, ...given }) => painted[what](given))));

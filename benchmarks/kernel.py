"""How many samples per second the compiled updates learn from, beside a plain loop in JavaScript.

    python -m benchmarks.kernel

Both make stochastic gradient descent on the 250 points of the circle, with one tanh network of two
shapes and batches of 1 and of 10 rows. The JavaScript is what a playground in a browser does: one
object for each unit and each link, one row after the other, an update after each batch. It runs in
node, which has to be installed; without it only our own figures are printed. Both are timed in
turn, the best of several repeats, and must have learned the same.
"""

import json
import shutil
import subprocess
import time

import numpy as np

from nnviz.data.toys import make
from nnviz.nn.architecture import Architecture
from nnviz.training.evaluation import row_errors
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.kernels.kernel import Kernel
from nnviz.training.plan import Plan
from nnviz.training.row_order import batches

SHAPES = ((4, 2), (8, 8, 8, 8))
BATCHES = (1, 10)
SAMPLES = 60_000
REPEATS = 9

LOOP = """
class Unit {
  constructor(bias) { this.bias = bias; this.biasSum = 0; this.links = []; this.out = []; }
}
class Link {
  constructor(from, to, weight) { this.from = from; this.to = to; this.weight = weight;
    this.sum = 0; from.out.push(this); to.links.push(this); }
}
function build(layers) {
  const net = [layers[0].weights.map(() => new Unit(0))];
  for (const { weights, bias } of layers) {
    const here = bias.map((b) => new Unit(b));
    weights.forEach((row, i) => row.forEach((w, j) => new Link(net.at(-1)[i], here[j], w)));
    net.push(here);
  }
  return net;
}
function learn(net, X, y, rows, batch, rate) {
  const last = net.length - 1;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k];
    net[0].forEach((unit, i) => { unit.a = X[row][i]; });
    for (let l = 1; l <= last; l++) for (const unit of net[l]) {
      let z = unit.bias;
      for (const link of unit.links) z += link.weight * link.from.a;
      unit.a = l < last ? Math.tanh(z) : 1 / (1 + Math.exp(-z));
    }
    for (const unit of net[last]) unit.delta = unit.a - y[row];
    for (let l = last; l >= 1; l--) for (const unit of net[l]) {
      if (l < last) {
        let error = 0;
        for (const link of unit.out) error += link.weight * link.to.delta;
        unit.delta = error * (1 - unit.a * unit.a);
      }
      unit.biasSum += unit.delta;
      for (const link of unit.links) link.sum += unit.delta * link.from.a;
    }
    if ((k + 1) % batch === 0) for (let l = 1; l <= last; l++) for (const unit of net[l]) {
      unit.bias -= rate * unit.biasSum / batch; unit.biasSum = 0;
      for (const link of unit.links) {
        link.weight -= rate * link.sum / batch; link.sum = 0;
      }
    }
  }
}
const given = JSON.parse(require('fs').readFileSync(0));
let best = Infinity, net;
for (let repeat = 0; repeat < given.repeats; repeat++) {
  net = build(given.layers);
  const begin = process.hrtime.bigint();
  learn(net, given.X, given.y, given.rows, given.batch, given.rate);
  best = Math.min(best, Number(process.hrtime.bigint() - begin) / 1e9);
}
const parameters = net.slice(1).map((layer) =>
  [layer[0].links.map((_, i) => layer.map((unit) => unit.links[i].weight)),
   layer.map((unit) => unit.bias)]);
console.log(JSON.stringify({ best, parameters: parameters.flat(3) }));
"""


def plan_of(hidden, batch_size):
    """Return what is learned: the circle, without rows held out."""
    return Plan(
        make("circle", 250, 0.0, 0),
        Architecture(hidden=tuple((units, "tanh") for units in hidden)),
        Hyperparameters(learning_rate=0.03, batch_size=batch_size),
        test_fraction=0.0,
    )


def ours(plan):
    """Return the best time and the parameters at the end."""
    kernel, n_updates = Kernel.of(plan), SAMPLES // plan.batch_size
    rows, starts = batches(250, plan.batch_size, plan.seed, 0, n_updates)
    rates = np.full(n_updates, plan.hyperparameters.learning_rate)
    nothing, best = np.empty((0, plan.n_parameters)), np.inf
    for _ in range(REPEATS):
        begin = time.perf_counter()
        trained = kernel.train(plan.start, nothing, rows, starts, rates, every=n_updates)
        best = min(best, time.perf_counter() - begin)
    return best, trained.parameters, rows


def in_node(node, plan, rows):
    """Return the same of the loop in JavaScript."""
    given = {
        "layers": [
            {"weights": weights.tolist(), "bias": bias.tolist()}
            for weights, bias in plan.layers(plan.start)
        ],
        "X": plan.train_inputs.tolist(),
        "y": plan.train_targets[:, 0].tolist(),
        "rows": rows.tolist(),
        "batch": plan.batch_size,
        "rate": plan.hyperparameters.learning_rate,
        "repeats": REPEATS,
    }
    done = subprocess.run(
        [node, "-e", LOOP], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    answer = json.loads(done.stdout)
    return answer["best"], np.array(answer["parameters"])


def main():
    """Print samples per second, and how many times as fast as JavaScript that is."""
    node = shutil.which("node")
    ours(plan_of((1,), 2))  # compiles
    for hidden in SHAPES:
        for batch_size in BATCHES:
            plan = plan_of(hidden, batch_size)
            taken, parameters, rows = ours(plan)
            name = "-".join(map(str, plan.sizes))
            print(f"{name}, batches of {batch_size}: {SAMPLES / taken / 1e6:.2f} million/s", end="")
            if node is not None:
                theirs, others = in_node(node, plan, rows)
                losses = [
                    row_errors(plan, each[np.newaxis]).mean() for each in (parameters, others)
                ]
                assert abs(losses[0] - losses[1]) < 1e-3, losses
                print(
                    f"; JavaScript {SAMPLES / theirs / 1e6:.2f}: {theirs / taken:.1f} times", end=""
                )
            print()


if __name__ == "__main__":
    main()

// Polylines of any number of points: the same line with fewer strokes of the pen.

import assert from "node:assert/strict";
import { test } from "node:test";

import { axes, inside, scales, toData, toPixels } from "../../static/nnviz/plotly.js";
import { stroke, withPen } from "../../static/nnviz/strokes.js";

const axis = (offset, factor, type = "linear") => ({
  type, range: [0, 100], _offset: offset, _length: 200,
  d2p: type === "log" ? (v) => factor * Math.log10(v) : (v) => factor * v,
  p2d: (p) => p / factor,
});
const plot = { _fullLayout: { xaxis: axis(10, 2), yaxis: axis(20, -1), xaxis2: axis(300, 1, "log"), yaxis2: axis(20, 1) } };

/** A pen that writes down what it does. */
function recorder() {
  const calls = [];
  const act = (name) => (...args) => calls.push([name, ...args]);
  return { calls, beginPath: act("begin"), moveTo: act("move"), lineTo: act("line"), stroke: act("stroke") };
}

const drawn = (points, name = "xy") => {
  const pen = recorder();
  const length = stroke(pen, Float64Array.from(points.flat()), 0, 2 * points.length, axes(plot, name));
  return { length, calls: pen.calls.filter(([verb]) => verb === "move" || verb === "line") };
};

test("subplots are found by the names of traces", () => {
  assert.equal(axes(plot, "xy").x, plot._fullLayout.xaxis);
  assert.equal(axes(plot, "x2y2").y, plot._fullLayout.yaxis2);
  const pair = axes(plot, "xy");
  assert.deepEqual(toPixels(pair, [5, 7]), [20, 13]);
  assert.deepEqual(toData(pair, [20, 13]), [5, 7]);
  assert.ok(inside(pair, [10, 20]));
  assert.ok(!inside(pair, [9, 20]));
});

test("a line goes from point to point, and its length is known", () => {
  const { length, calls } = drawn([[0, 0], [3, 0], [3, 8]]);
  assert.deepEqual(calls, [["move", 10, 20], ["line", 16, 20], ["line", 16, 12]]);
  assert.equal(length, 14);
});

test("NaN and infinity lift the pen", () => {
  const { calls } = drawn([[0, 0], [3, 0], [NaN, 0], [5, Infinity], [6, 0], [9, 0]]);
  assert.deepEqual(calls.map(([verb]) => verb), ["move", "line", "move", "line"]);
});

test("of many points in a column the first, highest, lowest and last are drawn", () => {
  const points = Array.from({ length: 1000 }, (_, i) => [i / 1e6, Math.sin(i) * 10]);
  const { calls } = drawn([...points, [50, 0]]);
  assert.ok(calls.length <= 5);
  const heights = calls.map(([, , y]) => y);
  assert.ok(Math.abs(Math.max(...heights) - 30) < 0.01);
  assert.ok(Math.abs(Math.min(...heights) - 10) < 0.01);
});

test("along an axis that is not linear Plotly is asked for every point", () => {
  const { x } = scales(axes(plot, "x2y2"));
  assert.equal(x(100), 302);
  assert.equal(drawn([[1, 0], [10, 0], [1000, 0]], "x2y2").length, 3);
});

test("a track's pen stays in its subplot and leaves nothing behind", () => {
  const calls = [];
  const pen = new Proxy({}, {
    get: (kept, name) => kept[name] ?? ((...args) => { calls.push([name, ...args]); }),
    set: (kept, name, value) => { kept[name] = value; calls.push([name, value]); return true; },
  });
  const theme = { colour: (value) => `resolved ${value}` };
  withPen(pen, { axes: "xy", colour: "ink", width: 3, dash: "dot" }, plot, theme, () => calls.push(["act"]));
  const names = calls.map(([name]) => name);
  assert.equal(names[0], "save");
  assert.equal(names.at(-1), "restore");
  assert.ok(names.indexOf("clip") < names.indexOf("act"));
  assert.deepEqual(calls.find(([name]) => name === "rect"), ["rect", 10, 20, 200, 200]);
  assert.deepEqual(calls.find(([name]) => name === "setLineDash"), ["setLineDash", [2, 4]]);
  assert.deepEqual(calls.find(([name]) => name === "strokeStyle"), ["strokeStyle", "resolved ink"]);
});

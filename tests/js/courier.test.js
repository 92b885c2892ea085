// One message in flight, and the newest value wins.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { forget, wait } from "./clock.js";
import { Courier } from "../../static/nnviz/courier.js";

// As much of a page as a press needs.
globalThis.document = new EventTarget();
globalThis.Element = class {};
class Button extends Element {
  presses = 0;
  closest() { return this; }
  click() { this.presses++; }
}
function press(button) {
  const event = new Event("click", { cancelable: true });
  Object.defineProperty(event, "target", { value: button });
  document.dispatchEvent(event);
  return event.defaultPrevented;
}

let courier, sent;
const set = (name, value) => sent.push([name, value]);


beforeEach(() => {
  courier?.destroy();
  courier = new Courier("drag");
  sent = [];
  forget();
});

test("nothing is sent before it is connected", () => {
  courier.send({ x: 1 });
  assert.deepEqual(sent, []);
  courier.connect(set, 0);
  assert.deepEqual(sent, [["drag", { x: 1, sequence: 1 }]]);
});

test("while one is in flight only the newest waits", () => {
  courier.connect(set, 0);
  for (const x of [1, 2, 3]) courier.send({ x });
  assert.deepEqual(sent.map(([, { x }]) => x), [1]);
  assert.ok(courier.busy);
  courier.connect(set, 1);
  assert.deepEqual(sent.map(([, { x, sequence }]) => [x, sequence]), [[1, 1], [3, 2]]);
  courier.connect(set, 2);
  assert.ok(!courier.busy);
});

test("an older answer does not count", () => {
  courier.connect(set, 5); // a remount starts behind the session
  courier.send({ x: 1 });
  assert.equal(sent[0][1].sequence, 6);
  courier.connect(set, 5);
  courier.send({ x: 2 });
  assert.equal(sent.length, 1);
});

test("a lost answer blocks for three seconds and no longer", () => {
  courier.connect(set, 0);
  courier.send({ x: 1 });
  courier.send({ x: 2 });
  wait(2999);
  assert.equal(sent.length, 1);
  wait(1);
  assert.equal(sent[1][1].x, 2);
});

test("a press waits for the newest value, and happens once it has arrived", () => {
  const button = new Button();
  courier.connect(set, 0);
  assert.ok(!press(button));
  courier.send({ x: 1 });
  courier.send({ x: 2 });
  assert.ok(press(button));
  courier.connect(set, 1);
  assert.equal(button.presses, 0);
  courier.connect(set, 2);
  assert.equal(button.presses, 1);
  assert.ok(!press(button));
});

test("what is destroyed sends nothing more", () => {
  courier.connect(set, 0);
  courier.send({ x: 1 });
  courier.send({ x: 2 });
  courier.destroy();
  wait(10_000);
  assert.equal(sent.length, 1);
  assert.ok(!courier.busy);
});

// The link is written when everything has come to rest, and only on the page whose choices it holds.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { forget, wait } from "./clock.js";

// As much of a browser as the part of the link asks for.
const element = () => ({ dataset: {}, setAttribute() {}, addEventListener() {}, append() {}, remove() {} });
globalThis.document = {
  body: element(),
  documentElement: { dataset: { nvTranslated: "ready" } },
  createElement: element,
  addEventListener() {},
  removeEventListener() {},
};
globalThis.window = element();
globalThis.Element = class {};
const written = [];
globalThis.history = {
  state: null,
  replaceState(_state, _title, link) {
    written.push(link);
    goTo(link);
  },
};
function goTo(link) {
  const { origin, hostname, pathname, href, search } = new URL(link, "http://localhost:8501");
  globalThis.location = { origin, hostname, pathname, href, search };
}

const { mount } = await import("../../static/nnviz/address.js");

let part, sent;
const tell = (query, session = "one", shared = "") => part.update({
  data: { query, session, shared },
  setStateValue: (name, value) => sent.push([name, value]),
});

beforeEach(() => {
  goTo("/vector_similarity");
  part = mount(element());
  sent = [];
  forget();
  written.length = 0;
});

test("of many changes one link is written, after the last", () => {
  tell("weights_1=1,0");
  wait(200);
  tell("weights_1=2,0");
  wait(200);
  assert.deepEqual(written, []);
  wait(100);
  assert.deepEqual(written, ["http://localhost:8501/vector_similarity?weights_1=2,0"]);
  assert.equal(part.root.dataset.written, "weights_1=2,0");
  tell("weights_1=2,0");
  wait(300);
  assert.equal(written.length, 1); // it stands there already
  tell("");
  wait(300);
  assert.equal(location.href, "http://localhost:8501/vector_similarity");
});

test("whoever goes on to another page before it is written keeps the address of that page", () => {
  tell("weights_1=2,0");
  goTo("/live_training");
  wait(300);
  assert.deepEqual(written, []);
  assert.equal(location.href, "http://localhost:8501/live_training");
  tell("rate=0.5"); // that page's own
  wait(300);
  assert.deepEqual(written, ["http://localhost:8501/live_training?rate=0.5"]);
});

test("a page in a frame stays one, and its link is that of the page", () => {
  goTo("/vector_similarity?embed=true&embed_options=dark_theme&weights_1=1,0");
  tell("weights_1=2,0");
  wait(300);
  const frame = "embed=true&embed_options=dark_theme";
  assert.equal(location.href, `http://localhost:8501/vector_similarity?weights_1=2,0&${frame}`);
  assert.equal(part.link, "http://localhost:8501/vector_similarity?weights_1=2,0");
  tell("");
  wait(300);
  assert.equal(location.href, `http://localhost:8501/vector_similarity?${frame}`);
});

test("nothing is written for a part that has been taken away", () => {
  tell("weights_1=2,0");
  part.destroy();
  wait(300);
  assert.deepEqual(written, []);
});

test("a server that has forgotten everything is told what was chosen", () => {
  tell("weights_1=2,0");
  wait(300);
  tell("", "two");
  assert.deepEqual(sent, [["restored", { query: "weights_1=2,0" }]]);
  wait(300);
  assert.equal(location.href, "http://localhost:8501/vector_similarity?weights_1=2,0");
  tell("weights_1=2,0", "two");
  assert.equal(sent.length, 1);
});

test("a link from this computer's own name begins as others have to write it; the address stays", () => {
  const shared = "http://192.168.1.20:8500";
  for (const own of ["localhost:8501", "127.0.0.1:8500", "[::1]:8501", "nnviz.localhost"]) {
    goTo(`http://${own}/vector_similarity`);
    tell("weights_1=2,0", "one", shared);
    assert.equal(part.link, `${shared}/vector_similarity?weights_1=2,0`);
    wait(300);
    assert.equal(written.pop(), `http://${own}/vector_similarity?weights_1=2,0`);
    tell("", "one"); // nobody else can open it, so there is nothing better
    assert.equal(part.link, `http://${own}/vector_similarity`);
  }
  for (const others of ["192.168.7.7:8500", "class.school.example", "localhost.example"]) {
    goTo(`http://${others}/vector_similarity`);
    tell("weights_1=2,0", "one", shared); // as it was opened, others can open it
    assert.equal(part.link, `http://${others}/vector_similarity?weights_1=2,0`);
  }
});

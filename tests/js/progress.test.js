// The first answer to a question stays the first one, whatever a session knows that has just begun.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const element = () => ({ dataset: {}, hidden: false, append() {}, remove() {}, setAttribute() {}, addEventListener() {} });
const kept = new Map();
globalThis.localStorage = {
  getItem: (name) => kept.get(name) ?? null,
  setItem: (name, value) => kept.set(name, value),
};
globalThis.document = { hidden: false, body: element(), createElement: element, addEventListener() {}, querySelector: () => null };
globalThis.window = { name: "", addEventListener() {}, dispatchEvent() {} };
globalThis.ResizeObserver = globalThis.IntersectionObserver = globalThis.MutationObserver = class { observe() {} };

const { member } = await import("../../static/nnviz/room.js");
member.attend = () => {};
member.goes = () => {};
const { mount } = await import("../../static/nnviz/progress.js");

const NOTHING = { page: "p", kept: "", right: 0, asked: 0, done: [], tasks: 2, next: 1, idea: "", terms: [], answers: {}, begun: "", names: "plain", reset: "", room: "" };
const said = (...given) => ({ options: ["a", "b", "c"], answer: "b", reason: "", given });
let part, sent;
const tell = (data) => part.update({ data: { ...NOTHING, ...data }, setStateValue: (_, value) => sent.push(value.answers) });
const stored = () => JSON.parse(kept.get("nnviz.progress")).pages.p.answers.tasks;
const reload = () => { [part, sent] = [mount(element()), []]; };

beforeEach(() => {
  kept.clear();
  reload();
});

test("after a reload the session is told once what was answered first", () => {
  tell({ answers: { t: said("a") } });
  tell({ answers: { t: said("a") } });
  assert.deepEqual([stored(), sent], [{ t: said("a") }, []]);
  reload();
  tell({});
  tell({});
  assert.deepEqual([stored(), sent], [{ t: said("a") }, [{ t: said("a") }]]);
  // Somebody was quicker than the browser: that answer was not the first one.
  reload();
  tell({ answers: { t: said("b"), u: said("c") } });
  assert.deepEqual([stored(), sent], [{ t: said("a"), u: said("c") }, [{ t: said("a") }]]);
});

test("whoever goes on to try adds to it", () => {
  tell({ answers: { t: said("a") } });
  tell({ answers: { t: said("a", "c") } });
  assert.deepEqual(stored(), { t: said("a", "c") });
  reload();
  tell({ answers: { t: said("a") } });
  assert.deepEqual([stored(), sent], [{ t: said("a", "c") }, [{ t: said("a", "c") }]]);
});

test("to begin anew forgets the answers once, and Reset progress as well", () => {
  tell({ answers: { t: said("a") } });
  tell({ begun: "one" });
  assert.deepEqual([stored(), sent], [{}, []]);
  tell({ begun: "one", answers: { t: said("b") } });
  reload();
  tell({});
  assert.deepEqual([stored(), sent], [{ t: said("b") }, [{ t: said("b") }]]);
  tell({ reset: "now" });
  assert.deepEqual(stored(), {});
});

test("what was kept before there were answers is read, and what is none does no harm", () => {
  for (const answers of [undefined, 5, [], { format: 2, tasks: { t: said("a") } }, { format: 1 }, { format: 1, tasks: { t: { given: [] }, u: 3 } }]) {
    kept.set("nnviz.progress", JSON.stringify({ format: 1, pages: { p: { query: "x=1", done: ["t"], tasks: 2, answers } } }));
    reload();
    tell({ answers: { u: said("a") } });
    assert.deepEqual([stored(), sent], [{ u: said("a") }, [{}]]);
    assert.deepEqual(JSON.parse(kept.get("nnviz.progress")).pages.p.done, ["t"]);
  }
});

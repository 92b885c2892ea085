// Who is in a room tells every session of it once, and asks the server for nothing when in none.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const element = () => ({
  dataset: {}, style: {}, classList: { toggle() {}, add() {} }, parentElement: null, isConnected: true, open: false,
  children: [], setAttribute() {}, addEventListener() {}, remove() {}, focus() {}, showModal() { this.open = true; },
  close() { this.open = false; }, querySelector: () => null,
  append(...parts) { this.children.push(...parts); for (const part of parts) if (part instanceof Object) part.parentElement = this; },
  replaceChildren(...parts) { this.children = parts; },
});
const kept = new Map();
globalThis.localStorage = {
  getItem: (name) => kept.get(name) ?? null,
  setItem: (name, value) => kept.set(name, value),
  removeItem: (name) => kept.delete(name),
};
globalThis.document = { hidden: false, baseURI: "http://a/page", body: element(), createElement: element, addEventListener() {}, querySelector: () => null };
globalThis.window = { name: "", addEventListener() {} };
const TOKEN = "a".repeat(32);
let answer, asked, gone, now = 0;
globalThis.location = { assign: ({ href }) => gone.push(href) };
globalThis.fetch = async (url, { headers }) => {
  asked.push([new URL(url).pathname, headers["x-room-key"]]);
  return { ok: true, json: async () => answer };
};
Date.now = () => now;
globalThis.setTimeout = () => 0; // what is asked again is asked by hand here

const { keepPupil, left, member } = await import("../../static/nnviz/room.js");
const { given } = await import("../../static/nnviz/room_desk.js");

const LOOK = { code: "KMPTX", name: "Ana", begins: "./", paused: false, shown: null, mine: false };
let sent;
const attend = (known) => member.attend(element(), known, (name, value) => sent.push([name, value.token]));
const settled = () => new Promise((done) => setImmediate(done));

beforeEach(() => {
  kept.clear();
  globalThis.window.name = "";
  [sent, asked, gone, answer, now] = [[], [], [], LOOK, now + 60_000];
  member.told = "";
  keepPupil(null);
});

test("nobody in a room asks for nothing and tells nothing", () => {
  attend("");
  attend("");
  assert.deepEqual([sent, asked], [[], []]);
});

test("a session is told once, and again when it knows nothing a while later", async () => {
  keepPupil({ code: "KMPTX", token: TOKEN, name: "Ana" });
  await settled();
  assert.deepEqual(asked, [["/_room/pupil", TOKEN]]);
  attend("");
  attend("");
  assert.deepEqual(sent, [["room", TOKEN]]);
  attend("aaaaaa");
  assert.equal(sent.length, 1);
  now += 10_000; // the server was started again
  attend("");
  attend("");
  assert.deepEqual(sent, [["room", TOKEN], ["room", TOKEN]]);
  kept.clear(); // left on another tab
  attend("aaaaaa");
  assert.deepEqual(sent.at(-1), ["room", ""]);
});

test("a room that has ended is forgotten, one that cannot be asked is not", async () => {
  keepPupil({ code: "KMPTX", token: TOKEN, name: "Ana" });
  attend("aaaaaa");
  answer = { problem: "The server cannot reach it." };
  await member.look();
  assert.ok(kept.has("nnviz.room"));
  answer = { problem: "This room has ended.", gone: true };
  await member.look();
  assert.ok(!kept.has("nnviz.room"));
  assert.equal(member.line.textContent, "This room has ended.");
  assert.deepEqual(sent.at(-1), ["room", ""]);
});

test("a pause is shown and goes by, and a picture can be put aside but in a pause", async () => {
  keepPupil({ code: "KMPTX", token: TOKEN, name: "Ana" });
  const { stage } = member;
  const see = async (look) => { answer = { ...LOOK, ...look }; await member.look(); };
  await see({ paused: true });
  assert.ok(stage.dialog.open);
  assert.equal(stage.says.textContent, "Paused by your teacher");
  assert.ok(stage.close.hidden);
  const shown = { number: 3, link: "error_curve?x=1", name: "Bo", pupil: 2 };
  await see({ shown });
  assert.equal(stage.says.textContent, "The picture of Bo");
  assert.equal(stage.place.children[0].src, "http://a/error_curve?x=1&shown=only&embed=true");
  stage.dismiss();
  assert.ok(!stage.dialog.open);
  await see({ shown });
  assert.ok(!stage.dialog.open);
  await see({ shown, paused: true });
  assert.ok(stage.dialog.open);
  await see({ shown: { ...shown, number: 4, name: "" } });
  assert.equal(stage.says.textContent, "A picture of this class");
  await see({ shown: { ...shown, number: 4 }, mine: true });
  assert.ok(!stage.dialog.open);
});

test("a page in the frame of a picture is nobody's", () => {
  globalThis.window.name = "nnviz-shown";
  kept.set("nnviz.room", JSON.stringify({ code: "KMPTX", token: TOKEN, name: "Ana" }));
  attend("");
  member.again();
  assert.deepEqual([sent, asked], [[], []]);
});

test("a pupil goes along when the teacher goes on with another link, once", async () => {
  keepPupil({ code: "KMPTX", token: TOKEN, name: "Ana", begins: "./" });
  await member.look();
  assert.deepEqual(gone, []);
  answer = { ...LOOK, begins: "prediction?task=2" };
  await member.look();
  await member.look();
  assert.deepEqual(gone, ["http://a/prediction?task=2"]);
});

test("a tab with what somebody else has done begins anew with the next pupil", async () => {
  const next = { code: "KMPTX", token: "b".repeat(32), name: "Bo", begins: "prediction?task=1" };
  answer = { ...LOOK, begins: next.begins };
  for (const anew of [false, true]) {
    kept.set("nnviz.room", JSON.stringify({ ...next, anew }));
    member.token = TOKEN;
    member.changed();
    await settled();
    assert.deepEqual(gone, anew ? ["http://a/prediction?task=1"] : []);
  }
});

test("who has left can come back for a day, and nobody after who begins anew", async () => {
  const ana = { code: "KMPTX", token: TOKEN, name: "Ana", begins: "./" };
  answer = {};
  for (const [anew, back] of [[false, TOKEN], [true, ""]]) {
    keepPupil(ana);
    await member.leave(anew);
    assert.equal(left().token, back);
  }
  keepPupil(ana);
  await member.leave(false);
  now += 25 * 3600 * 1000;
  assert.equal(left().token, "");
  assert.ok(!kept.has("nnviz.left"));
});

test("the desk has the tasks of the link alone, or of those that pupils have opened", () => {
  const lesson = { page: "error_curve", title: "", path: "", tasks: ["a", "b", "c", "d", "e"] };
  const room = (begins, tasks, ...marks) => ({ begins, given: tasks, pupils: marks.map((each) => ({ marks: { error_curve: each } })) });
  assert.deepEqual(given(room("error_curve?tasks=1,3", [0, 2], "-----"), lesson), [0, 2]);
  assert.deepEqual(given(room("./?tasks=1", [0], "-.-.."), lesson), [0, 2]);
  assert.deepEqual(given(room("./?tasks=1", [0], "-.-..", "..-d."), lesson), [0, 2, 3]);
  assert.deepEqual(given(room("./", null), lesson), [0, 1, 2, 3, 4]);
  assert.deepEqual(given(room("./", null), undefined), []);
});

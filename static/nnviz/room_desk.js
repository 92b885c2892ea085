// The teacher's desk: how to come in, and what each pupil has done; anew every second.

/** @import { RoomDesk, RoomMessage, RoomPupil } from "./contract.js" */
import { html } from "./dom.js";
import { ask } from "./room.js";
import { Stage } from "./stage.js";

const EVERY = 1000; // ms
const IDLE = 90; // s without a change after which a pupil is called idle
const SURE = 4000; // ms in which a second press means it

/** @typedef {{ root: HTMLElement, name: HTMLElement, tasks: HTMLElement, where: HTMLElement, show: HTMLButtonElement, remove: HTMLButtonElement }} Row */

export class Desk {
  /** @param {{ code: string, key: string }} own @param {() => void} onGone  called when there is no such room any more */
  constructor(own, onGone) {
    this.own = own;
    /** @type {number[]} */
    this.given = []; // the tasks that the class has
    this.onGone = onGone;
    /** @type {RoomMessage["lessons"]} */
    this.lessons = [];
    /** @type {RoomDesk | null} */
    this.room = null;
    this.hidden = false; // names
    this.open = true; // how to come in
    this.chosen = ""; // the lesson, if the teacher has chosen one
    /** @type {Map<number, Row>} */
    this.rows = new Map();
    this.stage = new Stage();
    this.stage.close.textContent = "Back to the class";
    // What the teacher needs at any time: it goes along above a picture that is shown.
    this.top = html("div", "nv-desk-top");
    this.stage.dialog.addEventListener("close", () => this.placeTop());
    this.root = html("div", "nv-desk");
    const bar = html("div", "nv-desk-bar");
    this.title = html("h2", "");
    this.pause = button("Pause all", () => this.act({ do: this.room?.paused ? "go on" : "pause" }));
    this.names = button("Hide names", () => { this.hidden = !this.hidden; this.draw(); });
    this.how = button("How to join", () => { this.open = !this.open; this.draw(); });
    this.end = sure("Close the room", "Close it, and delete everything?", () => this.close());
    this.stop = button("Stop showing", () => this.act({ do: "show" }));
    bar.append(this.title, this.pause, this.stop, this.names, this.how, this.end);
    this.problem = html("p", "nv-room-problem");
    this.problem.setAttribute("role", "status");
    this.invite = html("section", "nv-invite");
    const label = html("label", "nv-desk-lesson", "Lesson ");
    this.lesson = html("select", "");
    this.lesson.addEventListener("change", () => { this.chosen = this.lesson.value; this.draw(); });
    label.append(this.lesson);
    this.sums = html("ol", "nv-sums");
    const head = html("div", "nv-desk-head");
    head.append(label, this.sums);
    this.list = html("ul", "nv-grid");
    this.key = html("p", "nv-room-small");
    this.top.append(bar, this.problem);
    this.root.append(this.top, this.invite, head, this.list, this.key);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined;
    this.gone = false;
    this.look();
  }

  /** @param {RoomMessage} data */
  update(data) {
    if (!this.lessons.length) {
      this.lessons = data.lessons;
      this.lesson.replaceChildren(...data.lessons.map(({ page, title }) => new Option(title, page)));
    }
    if (data.of === this.own.code && data.invite) this.drawInvite(data.invite);
    this.draw();
  }

  async look() {
    clearTimeout(this.later);
    this.take(await ask("desk", this.own));
    if (!this.gone) this.later = setTimeout(() => this.look(), EVERY);
  }

  /** @param {object} body */
  async act(body) {
    this.take(await ask("desk", { ...this.own, body }));
  }

  async close() {
    const closed = await ask("desk", { ...this.own, body: { do: "close" } });
    if (closed.problem && !closed.gone) this.say(closed.problem);
    else this.leave();
  }

  /** @param {any} answer */
  take(answer) {
    if (this.gone) return;
    this.say(answer.problem ?? "");
    if (answer.gone) {
      this.gone = true;
      this.stage.show(false, null);
      this.list.replaceChildren();
      const back = button("Open or join another room", () => this.leave());
      this.root.replaceChildren(this.problem, back);
    } else if (!answer.problem) {
      this.room = answer;
      this.draw();
    }
  }

  leave() {
    this.gone = true;
    this.stage.show(false, null);
    this.onGone();
  }

  /** @param {string} problem */
  say(problem) {
    if (this.problem.textContent !== problem) this.problem.textContent = problem;
  }

  /** @param {{ link: string, picture: string, reach: string }} invite */
  drawInvite({ link, picture, reach }) {
    const code = html("p", "nv-invite-code", this.own.code);
    const how = html("div", "");
    const address = html("b", "", link.replace(/^https?:\/\//, "").replace(/\?.*/, ""));
    const line = html("p", "nv-invite-line");
    line.append("Scan, or open ", address, " and type");
    const own = html("details", "nv-room-small");
    const field = html("input", "");
    Object.assign(field, { readOnly: true, value: `${link}#key=${this.own.key}` });
    field.setAttribute("aria-label", "Link to this desk");
    field.addEventListener("focus", () => field.select());
    own.append(html("summary", "", "This desk on another device"), "Open this link there, and give it to nobody: ", field);
    how.append(line, code, html("p", "nv-room-small", reach), own);
    const image = html("img", "");
    Object.assign(image, { src: picture, alt: `QR code of ${link}` });
    this.invite.replaceChildren(image, how);
  }

  draw() {
    const { room } = this;
    if (!room || this.gone) return;
    const n = room.pupils.length;
    const gone = room.pupils.filter(({ away }) => away).length;
    set(this.title, `Room ${room.code}: ${n - gone} ${n - gone === 1 ? "pupil" : "pupils"}${gone ? `, ${gone} left` : ""}`);
    set(this.pause, room.paused ? "Go on" : "Pause all");
    this.pause.classList.toggle("nv-room-main", room.paused);
    this.stop.hidden = !room.shown;
    set(this.names, this.hidden ? "Show names" : "Hide names");
    this.how.setAttribute("aria-expanded", String(this.open));
    this.invite.hidden = !this.open;
    const lesson = this.lessons.find(({ page }) => page === (this.chosen || this.mostVisited(room)));
    if (lesson && this.lesson.value !== lesson.page) this.lesson.value = lesson.page;
    this.given = given(room, lesson);
    this.drawSums(room, lesson);
    // In the order of their names, which nobody is to guess when they are hidden.
    const pupils = this.hidden ? [...room.pupils].sort((a, b) => a.id - b.id) : room.pupils;
    const there = new Set(pupils.map(({ id }) => id));
    for (const [id, row] of this.rows) {
      if (there.has(id)) continue;
      row.root.remove();
      this.rows.delete(id);
    }
    pupils.forEach((pupil, i) => this.drawRow(pupil, i, lesson, room));
    const hours = Math.ceil(room.left / 3600);
    set(this.key, n ? `✓ done or right · ✗ first answer wrong · framed: the open task · pale: idle. The room ends by itself in ${hours} h.` : "Pupils appear here as they join.");
    const shown = room.shown;
    const row = shown && pupils.find(({ id }) => id === shown.pupil);
    this.stage.show(false, shown, row ? `Shown to all: ${this.called(row, pupils.indexOf(row))}` : "Shown to all");
    this.placeTop();
  }

  placeTop() {
    const { open } = this.stage.dialog;
    const place = open ? this.stage.dialog : this.root;
    if (this.top.parentElement !== place) place.prepend(this.top);
    this.how.hidden = open;
  }

  /** @param {RoomDesk} room */
  mostVisited(room) {
    const times = new Map();
    for (const { page } of room.pupils) if (this.lessons.some((l) => l.page === page)) times.set(page, (times.get(page) ?? 0) + 1);
    const begins = pageOf(room.begins);
    return [...times].sort((a, b) => b[1] - a[1])[0]?.[0] ?? (this.lessons.some((l) => l.page === begins) ? begins : this.lessons[0]?.page);
  }

  /** @param {RoomDesk} room @param {RoomMessage["lessons"][number] | undefined} lesson */
  drawSums(room, lesson) {
    const tasks = lesson?.tasks ?? [];
    while (this.sums.childElementCount > this.given.length) this.sums.lastElementChild?.remove();
    this.given.forEach((i, at) => {
      const done = room.pupils.filter(({ marks }) => isDone(marks[lesson?.page ?? ""]?.[i])).length;
      const item = this.sums.children[at] ?? this.sums.appendChild(html("li", ""));
      set(item, `Task ${at + 1}: ${done}`);
      item.setAttribute("title", `${i === at ? "" : `Task ${i + 1} of the lesson: `}${tasks[i]}`);
      /** @type {HTMLElement} */ (item).style.setProperty("--nv-part", String(room.pupils.length ? done / room.pupils.length : 0));
    });
  }

  /** @param {RoomPupil} pupil @param {number} i */
  called(pupil, i) {
    return this.hidden ? `Pupil ${i + 1}` : pupil.name;
  }

  /** @param {RoomPupil} pupil @param {number} i @param {RoomMessage["lessons"][number] | undefined} lesson @param {RoomDesk} room */
  drawRow(pupil, i, lesson, room) {
    let row = this.rows.get(pupil.id);
    if (!row) {
      row = this.newRow(pupil.id);
      this.rows.set(pupil.id, row);
    }
    if (this.list.children[i] !== row.root) this.list.insertBefore(row.root, this.list.children[i] ?? null);
    const name = this.called(pupil, i);
    set(row.name, name);
    row.show.setAttribute("aria-label", `Show the picture of ${name} to all`);
    row.show.disabled = !pupil.page;
    row.remove.setAttribute("aria-label", `Remove ${name} from the room`);
    row.root.classList.toggle("nv-shown", room.shown?.pupil === pupil.id);
    row.root.classList.toggle("nv-left", pupil.away);
    const idle = pupil.idle >= IDLE && !pupil.away;
    row.root.classList.toggle("nv-idle", idle);
    const here = pupil.page === lesson?.page;
    const n = lesson?.tasks.length ?? 0;
    const title = this.lessons.find(({ page }) => page === pupil.page)?.title;
    const place = pupil.away ? "left" : !pupil.page ? "joining" : !here ? title ?? pupil.page.replace("_", " ") : pupil.task === null ? "free play" : pupil.task > n ? "at the end" : "";
    const rest = idle ? `idle ${Math.round(pupil.idle / 60)} min` : "";
    set(row.where, [place, rest].filter(Boolean).join(", "));
    this.drawTasks(row.tasks, pupil.marks[lesson?.page ?? ""] ?? "", here ? pupil.task : null);
  }

  /** @param {HTMLElement} place @param {string} marks @param {number | null} open */
  drawTasks(place, marks, open) {
    const state = `${marks} ${this.given} ${open}`;
    if (place.dataset.state === state) return;
    place.dataset.state = state;
    /** @type {string[]} */
    const said = [];
    place.replaceChildren(...this.given.map((i, at) => {
      const mark = (marks[i] ?? "-").replace(".", "-");
      const wrong = mark.toLowerCase() === "w";
      const box = html("i", "", wrong ? "✗" : mark === "-" ? "" : "✓");
      box.classList.toggle("nv-done", isDone(mark));
      box.classList.toggle("nv-wrong", wrong);
      box.classList.toggle("nv-now", open === i + 1);
      const words = [isDone(mark) ? "done" : "", wrong ? "first answer wrong" : mark.toLowerCase() === "r" ? "first answer right" : "", open === i + 1 ? "open" : ""];
      const number = `task ${at + 1}${i === at ? "" : ` (${i + 1} of the lesson)`}`;
      box.title = number;
      said.push(`${number} ${words.filter(Boolean).join(", ") || "not begun"}`);
      return box;
    }));
    place.setAttribute("aria-label", said.join("; "));
  }

  /** @param {number} id @returns {Row} */
  newRow(id) {
    const [root, name, tasks, where] = [html("li", ""), html("span", "nv-row-name"), html("span", "nv-row-tasks"), html("span", "nv-row-where")];
    name.dir = "auto";
    tasks.setAttribute("role", "img");
    const show = button("Show", () => this.act({ do: "show", pupil: id, named: !this.hidden }));
    const remove = sure("✕", "Sure?", () => this.act({ do: "remove", pupil: id }));
    remove.classList.add("nv-row-remove");
    root.append(name, tasks, where, show, remove);
    return { root, name, tasks, where, show, remove };
  }

  destroy() {
    this.gone = true;
    clearTimeout(this.later);
    this.stage.show(false, null);
    this.root.remove();
  }
}

/**
 * The tasks that the class was given, as indices: by the link of the room, else by those that pupils have opened.
 * @param {RoomDesk} room @param {RoomMessage["lessons"][number] | undefined} lesson @returns {number[]}
 */
export function given(room, lesson) {
  if (!lesson) return [];
  const all = lesson.tasks.map((_, i) => i);
  if (room.given && pageOf(room.begins) === lesson.page) return room.given;
  const seen = room.pupils.flatMap(({ marks }) => marks[lesson.page] ?? []);
  return seen.length ? all.filter((i) => seen.some((marks) => marks[i] !== ".")) : all;
}

/** @param {string} link */
const pageOf = (link) => link.replace(/\?.*/, "").replace("./", "home");

/** @param {string | undefined} mark */
const isDone = (mark) => Boolean(mark && "dRW".includes(mark));

/** @param {Element} node @param {string} text */
function set(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** @param {string} label @param {() => void} press */
function button(label, press) {
  const made = html("button", "", label);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

/** A button that asks before it does what cannot be undone. @param {string} label @param {string} question @param {() => void} press */
function sure(label, question, press) {
  const made = button(label, () => {
    if (made.textContent === question) {
      made.textContent = label;
      press();
      return;
    }
    made.textContent = question;
    setTimeout(() => { made.textContent = label; }, SURE);
  });
  return made;
}

// The page Room: a pupil comes in, or a teacher opens a room and watches it.

/** @import { Component, Part, RoomMessage, SetState } from "./contract.js" */
import { html } from "./dom.js";
import { forgetProgress, hasProgress } from "./progress.js";
import { ask, desk, keepDesk, keepPupil, left, member, pupil } from "./room.js";
import { Desk } from "./room_desk.js";

const LONGEST = 2_000; // characters that are sent; what is too long of them is told in a sentence

/** @implements {Part<RoomMessage>} */
class RoomPage {
  /** @param {Element} parent */
  constructor(parent) {
    this.root = html("div", "nv-room");
    parent.append(this.root);
    /** @type {RoomMessage | null} */
    this.data = null;
    /** @type {SetState} */
    this.set = () => {};
    /** @type {Desk | null} */
    this.desk = null;
    this.drawn = "";
    this.told = ""; // the room of which the session knows
    this.answered = ""; // what was asked of an open room
    // The teacher's link: what stands behind # is sent to no server.
    const key = /^#key=([\w-]{8,80})$/.exec(location.hash)?.[1];
    const code = new URLSearchParams(location.search).get("code");
    const own = desk();
    /** The desk of a link, while that of another room is open here. @type {{ code: string, key: string } | null} */
    this.offered = key && code && own && own.code !== code ? { code, key } : null;
    if (key && code && !this.offered) keepDesk({ code, key });
    this.changed = () => this.draw();
    window.addEventListener("storage", this.changed);
    member.heard = this.changed;
  }

  /** @param {Component<RoomMessage>} component */
  update({ data, setStateValue }) {
    this.data = data;
    this.set = setStateValue;
    this.draw();
  }

  draw() {
    const [here, own, { data }] = [pupil(), desk(), this];
    if (!data) return;
    // A room that is open here does not swallow the link to another one.
    const other = own && (data.begin || (data.code && data.code !== own.code)) ? `${data.begin} ${data.code}` : "";
    const asks = Boolean(own && other && other !== this.answered);
    const now = own ? `desk ${own.code} ${own.key} ${asks}` : `${here ? `in ${here.token}` : "door"} ${data.code} ${data.begin}`;
    if (now !== this.drawn) {
      this.drawn = now;
      this.desk?.destroy();
      this.desk = null;
      if (own && asks) {
        void this.ask(own, data, () => { this.answered = other; this.draw(); });
      } else if (own) {
        this.desk = new Desk(own, () => { keepDesk(null); this.draw(); });
        this.root.replaceChildren(this.desk.root);
      } else {
        this.root.replaceChildren(...(here ? [this.inside(here, data), ...(data.begin ? [this.opening(data)] : [])] : this.doors(data)));
      }
    }
    if (asks) return;
    const code = own?.code ?? "";
    if (data.of !== code && this.told !== code) this.set("desk", { code });
    this.told = code;
    this.desk?.update(data);
  }

  /** @param {RoomMessage} data */
  doors(data) {
    const doors = [this.joining(data), this.opening(data)];
    // Whoever comes with a link to begin with is a teacher, whoever comes with a code a pupil.
    if (data.code) return doors.slice(0, 1);
    return data.begin ? doors.reverse() : doors;
  }

  /**
   * Ask what becomes of the room that is still open here.
   * @param {{ code: string, key: string }} own @param {RoomMessage} data @param {() => void} go  to its desk
   */
  async ask(own, data, go) {
    const root = html("section", "nv-room-card");
    const problem = html("p", "nv-room-problem");
    problem.setAttribute("role", "alert");
    /** @param {string} label @param {object | null} body @param {() => void} then */
    const choice = (label, body, then) => {
      const button = html("button", "", label);
      button.type = "button";
      button.addEventListener("click", async () => {
        const answer = body ? await ask("desk", { ...own, body }) : {};
        problem.textContent = answer.problem && !answer.gone ? answer.problem : "";
        if (!problem.textContent) then();
      });
      return button;
    };
    const { offered } = this;
    const forget = () => { keepDesk(offered); this.offered = null; this.draw(); };
    const next = offered ? `go to the desk of room ${offered.code}` : data.begin ? "open a new one" : `join room ${data.code}`;
    const is = await ask("desk", own);
    if (is.gone) return forget();
    if (is.begins === data.begin) return go();
    const n = (is.pupils ?? []).filter((/** @type {{ away: boolean }} */ { away }) => !away).length;
    root.append(
      html("h2", "", `Room ${own.code} is still open`),
      html("p", "", `${n === 1 ? "1 pupil is" : `${n} pupils are`} in it.${data.begin ? " Where is the link to go that you came with?" : ""}`),
      ...(data.begin ? [choice("Send its pupils to this link", { do: "begin", begins: data.begin }, go)] : []),
      ...(offered ? [
        html("p", "", `Only its own link leads back to the desk of room ${own.code}: copy it there before you leave it.`),
        choice(`Leave it open, and ${next}`, null, forget),
      ] : []),
      choice(`Close room ${own.code}, and ${next}`, { do: "close" }, forget),
      choice(`Go to the desk of room ${own.code}`, null, go),
      problem,
    );
    this.root.replaceChildren(root);
  }

  /** @param {RoomMessage} data */
  joining(data) {
    const code = field("Code of the room", data.code);
    code.input.autocapitalize = "characters";
    code.input.classList.add("nv-room-code");
    const name = field("Your nickname", "");
    const before = left();
    const whose = hasProgress() ? this.whose() : null;
    const back = () => code.input.value.trim().toUpperCase() === before.code && name.input.value.trim() === before.name && before.token;
    for (const { input } of [code, name]) input.addEventListener("input", () => whose?.guess(Boolean(back())));
    const form = card("Join a room", "Join", [code.label, name.label, ...(whose ? [whose.root] : [])]);
    form.below.textContent = "Your teacher sees this name and which tasks you have done. It is all deleted when the room ends.";
    form.send(async () => {
      const joined = await ask("join", { body: { code: code.input.value, name: name.input.value, before: before.token } });
      if (joined.problem) return joined.problem;
      const anew = whose !== null && !whose.mine();
      if (anew) forgetProgress();
      keepPupil({ code: joined.code, token: joined.token, name: joined.name, begins: joined.begins, anew });
      member.go(joined.begins);
      return "";
    });
    return form.root;
  }

  /** Ask whose the tasks are that have been done on this device. */
  whose() {
    const root = html("fieldset", "nv-room-whose");
    root.append(html("legend", "", "Tasks have been done on this device."));
    const [mine, anew] = ["They are mine: keep them", "Begin anew"].map((text) => {
      const label = html("label", "");
      const input = html("input", "");
      Object.assign(input, { type: "radio", name: "whose", checked: text === "Begin anew" });
      label.append(input, text);
      root.append(label);
      return input;
    });
    let chosen = false;
    root.addEventListener("change", () => { chosen = true; });
    return {
      root,
      mine: () => mine.checked,
      /** @param {boolean} same  whether the same pupil comes back to the same room */
      guess: (same) => { if (!chosen) (same ? mine : anew).checked = true; },
    };
  }

  /** @param {RoomMessage} data */
  opening(data) {
    const label = html("label", "", "Pupils begin with");
    const begins = html("select", "");
    const lessons = data.lessons.map(({ path, title }) => new Option(title, path === "./" ? "./?task=1" : `${path}?task=1`));
    if (data.begin) lessons.unshift(new Option("the page of your link", data.begin));
    begins.append(...lessons);
    const from = data.lessons.findIndex(({ page }) => page === data.from);
    if (!data.begin && from >= 0) begins.selectedIndex = from;
    label.append(begins);
    const form = card("Open a room, as a teacher", "Open a room", [label]);
    form.below.textContent = "You get a code for your pupils and see which task each of them is at. A room ends after 24 hours, or when you close it; then everything of it is deleted.";
    form.send(async () => {
      const opened = await ask("open", { body: { begins: begins.value } });
      if (opened.problem) return opened.problem;
      keepDesk({ code: opened.code, key: opened.key });
      this.draw();
      return "";
    });
    return form.root;
  }

  /** @param {{ code: string, name: string, token: string }} here @param {RoomMessage} data */
  inside(here, data) {
    const root = html("section", "nv-room-card nv-room-inside");
    const go = html("button", "nv-room-main", "Go on");
    go.type = "button";
    go.addEventListener("click", async () => {
      const look = await ask("pupil", { key: here.token });
      if (look.begins) member.go(look.begins);
      else problem.textContent = look.problem;
    });
    const problem = html("p", "nv-room-problem");
    problem.setAttribute("role", "alert");
    const other = data.code && data.code !== here.code ? data.code : "";
    if (other) go.textContent = `Stay in room ${here.code}`;
    const leave = html("button", "", other ? `Leave it, and join room ${other}` : "Leave the room");
    leave.type = "button";
    const place = html("div", "nv-room-leaving");
    const offer = () => place.replaceChildren(go, leave);
    leave.addEventListener("click", () => member.offer(place, offer));
    offer();
    root.append(html("h2", "", `You are in room ${here.code} as ${here.name}`), place, problem);
    return root;
  }

  destroy() {
    window.removeEventListener("storage", this.changed);
    member.heard = () => {};
    this.desk?.destroy();
    this.root.remove();
  }
}

/** @param {string} title @param {string} value */
function field(title, value) {
  const label = html("label", "", title);
  const input = html("input", "");
  Object.assign(input, { maxLength: LONGEST, value, required: true, autocomplete: "off", spellcheck: false });
  label.append(input);
  return { label, input };
}

/** @param {string} title @param {string} action @param {Element[]} fields */
function card(title, action, fields) {
  const root = html("form", "nv-room-card");
  root.noValidate = true; // what is missing is told in a sentence of ours, on every device
  const button = html("button", "nv-room-main", action);
  const problem = html("p", "nv-room-problem");
  problem.setAttribute("role", "alert");
  const below = html("p", "nv-room-small");
  root.append(html("h2", "", title), ...fields, button, problem, below);
  /** @param {() => Promise<string>} act  returns what is wrong */
  const send = (act) => root.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    problem.textContent = "";
    problem.textContent = await act();
    button.disabled = false;
  });
  return { root, below, send };
}

/** @param {Element} parent */
export const mount = (parent) => new RoomPage(parent);

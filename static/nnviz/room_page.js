// The page Room: a pupil comes in, or a teacher opens a room and watches it.

/** @import { Component, Part, RoomMessage, SetState } from "./contract.js" */
import { html } from "./dom.js";
import { ask, desk, keepDesk, keepPupil, member, pupil } from "./room.js";
import { Desk } from "./room_desk.js";

const NAME_LENGTH = 24;
const CODE_LENGTH = 5;

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
    // The teacher's link: what stands behind # is sent to no server.
    const key = /^#key=([\w-]{8,80})$/.exec(location.hash)?.[1];
    const code = new URLSearchParams(location.search).get("code");
    if (key && code) keepDesk({ code, key });
    this.changed = () => this.draw();
    window.addEventListener("storage", this.changed);
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
    const now = own ? `desk ${own.code} ${own.key}` : here ? `in ${here.token}` : `door ${data.code} ${data.begin}`;
    if (now !== this.drawn) {
      this.drawn = now;
      this.desk?.destroy();
      this.desk = null;
      if (own) {
        this.desk = new Desk(own, () => { keepDesk(null); this.draw(); });
        this.root.replaceChildren(this.desk.root);
      } else {
        this.root.replaceChildren(...(here ? [this.inside(here)] : this.doors(data)));
      }
    }
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

  /** @param {RoomMessage} data */
  joining(data) {
    const code = field("Code of the room", CODE_LENGTH + 4, data.code);
    code.input.autocapitalize = "characters";
    code.input.classList.add("nv-room-code");
    const name = field("Your nickname", NAME_LENGTH, "");
    const form = card("Join a room", "Join", [code.label, name.label]);
    form.below.textContent = "Your teacher sees this name and which tasks you have done. It is all deleted when the room ends.";
    form.send(async () => {
      const joined = await ask("join", { body: { code: code.input.value, name: name.input.value } });
      if (joined.problem) return joined.problem;
      keepPupil({ code: joined.code, token: joined.token, name: joined.name });
      location.assign(new URL(joined.begins, document.baseURI));
      return "";
    });
    return form.root;
  }

  /** @param {RoomMessage} data */
  opening(data) {
    const label = html("label", "", "Pupils begin with");
    const begins = html("select", "");
    const lessons = data.lessons.map(({ path, title }) => new Option(title, path === "./" ? "./?task=1" : `${path}?task=1`));
    if (data.begin) lessons.unshift(new Option("the page of your link", data.begin));
    begins.append(...lessons);
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

  /** @param {{ code: string, name: string, token: string }} here */
  inside(here) {
    const root = html("section", "nv-room-card");
    const go = html("button", "nv-room-main", "Go on");
    go.type = "button";
    go.addEventListener("click", async () => {
      const look = await ask("pupil", { key: here.token });
      if (look.begins) location.assign(new URL(look.begins, document.baseURI));
    });
    const leave = html("button", "", "Leave the room");
    leave.type = "button";
    leave.addEventListener("click", () => member.offer());
    root.append(html("h2", "", `You are in room ${here.code} as ${here.name}`), go, leave);
    return root;
  }

  destroy() {
    window.removeEventListener("storage", this.changed);
    this.desk?.destroy();
    this.root.remove();
  }
}

/** @param {string} title @param {number} longest @param {string} value */
function field(title, longest, value) {
  const label = html("label", "", title);
  const input = html("input", "");
  Object.assign(input, { maxLength: longest, value, required: true, autocomplete: "off", spellcheck: false });
  label.append(input);
  return { label, input };
}

/** @param {string} title @param {string} action @param {Element[]} fields */
function card(title, action, fields) {
  const root = html("form", "nv-room-card");
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

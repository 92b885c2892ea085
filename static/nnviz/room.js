// Somebody in a room: what this browser keeps of it, and what the teacher's pause and pictures do to the page.
// Whoever is in no room asks for nothing, and sees nothing.

/** @import { RoomLook, SetState } from "./contract.js" */
import { html } from "./dom.js";
import { Stage, isShown } from "./stage.js";

const PUPIL = "nnviz.room";
const DESK = "nnviz.desk";
const LEFT = "nnviz.left"; // of the room that was left last: who comes back has the same line at the desk
const DAY = 24 * 3600 * 1000; // ms; no room lasts longer
const EVERY = 3000; // ms between two questions
const TELLS_AGAIN = 5000; // ms after which a session that knows nothing is told again
const LONGEST = 8_000; // characters of what is kept

/** @typedef {{ code: string, token: string, name: string, begins: string, anew?: boolean }} Pupil  of a room, as this browser keeps it; anew: as if nobody had been here */
/** @typedef {{ code: string, key: string }} Desk  of a teacher, as this browser keeps it */

/** @param {string} name @returns {Record<string, unknown> | null} */
function read(name) {
  try {
    const text = localStorage.getItem(name) ?? "null";
    const value = text.length <= LONGEST ? JSON.parse(text) : null;
    return value && typeof value === "object" ? value : null;
  } catch {
    return null; // not allowed, or not ours
  }
}

/** @param {string} name @param {object | null} value */
function write(name, value) {
  try {
    if (value) localStorage.setItem(name, JSON.stringify(value));
    else localStorage.removeItem(name);
  } catch {
    // Not allowed: then the room is left with the page.
  }
}

/** @param {unknown} value */
const text = (value) => (typeof value === "string" ? value : "");

/** @returns {Pupil | null} */
export function pupil() {
  const kept = read(PUPIL);
  if (!kept || !text(kept.token)) return null;
  return { code: text(kept.code), token: text(kept.token), name: text(kept.name), begins: text(kept.begins), anew: kept.anew === true };
}

/** Who has left a room here, if it may still be there. */
export function left() {
  const kept = read(LEFT);
  const lasts = kept !== null && Math.abs(Date.now() - Number(kept.at)) < DAY;
  if (kept && !lasts) write(LEFT, null);
  const own = lasts ? kept : null;
  return { code: text(own?.code), token: text(own?.token), name: text(own?.name) };
}

/** @returns {Desk | null} */
export function desk() {
  const kept = read(DESK);
  return kept && text(kept.key) ? { code: text(kept.code), key: text(kept.key) } : null;
}

/** @param {Desk | null} value */
export const keepDesk = (value) => write(DESK, value);

/** @param {Pupil | null} value */
export function keepPupil(value) {
  write(PUPIL, value);
  if (value) write(LEFT, null);
  member.again();
}

/**
 * Ask the server about a room; what it cannot say is a sentence under `problem`.
 * @param {string} name @param {{ key?: string, code?: string, body?: object }} [given]
 * @returns {Promise<any>}
 */
export async function ask(name, { key = "", code = "", body } = {}) {
  /** @type {Record<string, string>} */
  const headers = { "x-room-key": key, "x-room-code": code, ...(body && { "content-type": "application/json" }) };
  try {
    const answer = await fetch(new URL(`_room/${name}`, document.baseURI), {
      method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), cache: "no-store",
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return await answer.json();
  } catch {
    return { problem: "The server does not answer. It is asked again.", lost: true };
  }
}

/** The pupil at this browser: asks how the room is, and shows it. */
class Member {
  constructor() {
    this.told = ""; // the token that the session was given last, and when
    this.at = 0;
    this.token = ""; // the one that is asked with
    /** @type {SetState} */
    this.set = () => {};
    this.line = html("p", "nv-room-line");
    this.line.setAttribute("role", "status");
    this.stage = new Stage();
    left(); // forgets what is over
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined;
    this.heard = () => {}; // called when somebody has come or gone
    this.leaving = false;
    /** @type {HTMLElement} */
    this.place = this.line; // where it is asked
    this.said = ""; // what the line says
    window.addEventListener("storage", ({ key }) => { if (key === PUPIL || key === null) this.changed(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden && this.token) this.look(); });
  }

  /**
   * Take the place for the line on a page, and tell its session who is here.
   * @param {Element} parent @param {string} known  how the token begins that the session has @param {SetState} set
   */
  attend(parent, known, set) {
    if (isShown()) return; // a picture of somebody else, in a frame
    this.set = set;
    if (this.line.parentElement !== parent) parent.append(this.line);
    const token = pupil()?.token ?? "";
    // A session that was begun anew knows nothing; one that refuses a token is not asked at every run.
    const other = known !== token.slice(0, known.length || 1);
    if (other && (this.told !== token || Date.now() - this.at > TELLS_AGAIN)) this.tell(token);
    if (token !== this.token) this.again();
  }

  /** @param {string} token @param {boolean} [anew]  whether the next one begins with an empty page */
  tell(token, anew = false) {
    this.told = token;
    this.at = Date.now();
    // A value that it has had before would not be sent again, though the session may be another one.
    this.set("room", { token, anew, at: this.at });
  }

  /** On another tab of this browser somebody has come or gone, or was sent to another link. */
  changed() {
    const here = pupil();
    if (!isShown() && here?.anew && here.token !== this.token) this.go(here.begins); // what was done on this tab was done by somebody else
    else this.again();
  }

  /** @param {string} link */
  go(link) {
    location.assign(new URL(link, document.baseURI));
  }

  /** Somebody has come or gone, here or on another tab of this browser. */
  again() {
    this.token = isShown() ? "" : pupil()?.token ?? "";
    clearTimeout(this.later);
    this.leaving = false;
    if (this.token) this.look();
    else this.draw(null);
    this.heard();
  }

  async look() {
    clearTimeout(this.later);
    const asked = this.token;
    const seen = document.hidden ? { lost: true } : await ask("pupil", { key: asked });
    if (asked !== this.token) return;
    if (seen.gone) {
      write(PUPIL, null);
      this.token = "";
      this.draw(null);
      this.heard();
      this.line.textContent = seen.problem;
      this.tell("");
      return;
    }
    const here = pupil();
    if (here && seen.begins && here.begins !== seen.begins) {
      write(PUPIL, { ...here, begins: seen.begins, anew: false });
      if (here.begins) return this.go(seen.begins); // the teacher goes on with another link
    }
    if (!seen.problem) this.draw(seen);
    else if (!seen.lost) this.line.title = seen.problem;
    // A class that came at once does not ask at once for ever.
    this.later = setTimeout(() => this.look(), EVERY * (0.9 + 0.2 * Math.random()));
  }

  /** @param {RoomLook | null} look */
  draw(look) {
    if (this.leaving && look) return;
    this.stage.show(look?.paused ?? false, look?.mine ? null : look?.shown ?? null);
    if (!look) {
      this.line.replaceChildren();
      this.said = "";
      return;
    }
    const said = `Room ${look.code} · ${look.name}${look.mine ? " · your picture is shown to all" : ""} `;
    if (this.said === said) return;
    this.said = said;
    this.line.replaceChildren(said, this.button("Leave", () => this.offer()));
  }

  /** @param {HTMLElement} [place] @param {() => void} [stay]  called when the pupil stays */
  offer(place = this.line, stay = () => this.again()) {
    this.leaving = true;
    this.place = place;
    this.said = "";
    place.replaceChildren(
      "Leave the room? Your teacher still sees your nickname and which tasks you have done, until the room ends. ",
      this.button("Leave", () => this.leave(false)),
      this.button("Leave, and begin anew for the next pupil", () => this.leave(true)),
      this.button("Stay", () => { this.leaving = false; stay(); }),
    );
    place.querySelector("button")?.focus();
  }

  /** Somebody else goes on at this device. */
  goes() {
    write(LEFT, null);
    if (this.token) void this.leave(false, false);
  }

  /** @param {boolean} anew @param {boolean} [back]  whether the same pupil may come back */
  async leave(anew, back = !anew) {
    const answer = await ask("leave", { key: this.token, body: {} });
    if (answer.problem && !answer.gone) {
      this.place.append(` ${answer.problem}`);
      return;
    }
    const gone = pupil();
    keepPupil(null);
    write(LEFT, back && gone && !answer.gone ? { code: gone.code, token: gone.token, name: gone.name, at: Date.now() } : null);
    this.tell("", anew);
  }

  /** @param {string} label @param {() => void} press */
  button(label, press) {
    const button = html("button", "", label);
    button.type = "button";
    button.addEventListener("click", press);
    return button;
  }
}

export const member = new Member();

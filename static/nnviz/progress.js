// Keeps what has been done on each page, in this browser and nowhere else, and shows it as a map.
// Where a browser keeps nothing, or forgets, everything else works all the same.

/** @import { Component, CoursePage, KeptAnswer, KeptMessage, MapMessage, Part } from "./contract.js" */
import { html } from "./dom.js";
import { member } from "./room.js";
import { isShown } from "./stage.js";
import { task } from "./task.js";

/**
 * What is kept of a page; anybody may have changed it, so each value is checked when it is used.
 * @typedef {{ query?: unknown, at?: unknown, asked?: unknown, right?: unknown, tried?: unknown, done?: unknown, terms?: unknown, tasks?: unknown, next?: unknown, idea?: unknown, answers?: unknown, begun?: unknown }} Kept
 */

const NAME = "nnviz.progress";
const NAMES = "nnviz.names"; // which names a person has chosen to see
const LONGEST = 20_000; // characters of a kept address
const FORMAT = 1;
const ANSWERS = 1; // the format of what was answered; what was kept before there was any has none
const KEPT = "nv-kept"; // tells the map on the same page
const KEPT_HERE = "This is kept in your browser alone, until Reset progress in the menu.";

/** The value if it is an object with names, else null. @param {unknown} value @returns {Record<string, any> | null} */
const plain = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : null);

/** What is kept: a page's name to its last address, when, what was answered and whether tried. @returns {Record<string, unknown>} */
function read() {
  return plain(whole().pages) ?? {};
}

/** With it the name of the last time that all was forgotten. @returns {Record<string, unknown>} */
function whole() {
  try {
    const kept = plain(JSON.parse(localStorage.getItem(NAME) ?? "null"));
    return kept?.format === FORMAT ? kept : {};
  } catch {
    return {}; // not allowed, or not ours
  }
}

/** @param {Record<string, unknown>} pages @param {unknown} [reset] */
function write(pages, reset = whole().reset) {
  try {
    localStorage.setItem(NAME, JSON.stringify({ format: FORMAT, pages, reset }));
  } catch {
    // Not allowed, or full: the map then shows nothing, and nothing else needs it.
  }
}

/** Whether somebody has done a task in this browser, or answered its question. */
export const hasProgress = () => Object.values(read()).some((each) => {
  const kept = plain(each);
  return kept !== null && (names(kept.done).length > 0 || Object.keys(answersOf(kept)).length > 0);
});

/** Forget what has been done, for the next person. */
export const forgetProgress = () => write({});

/** The names that were chosen in this browser, kept now if they have just been. @param {string} chosen */
function rememberNames(chosen) {
  try {
    if (chosen === "plain" || chosen === "code") localStorage.setItem(NAMES, chosen);
    return chosen === "ask" ? localStorage.getItem(NAMES) : null;
  } catch {
    return null; // not allowed
  }
}

/** @param {unknown} value */
const count = (value) => (typeof value === "number" && Number.isInteger(value) && value > 0 ? value : 0);

/** How many tasks of a page are done. @param {Kept} kept */
const doneOn = (kept) => Math.min(names(kept.done).length, count(kept.tasks));

/** @param {unknown} value @returns {string[]} */
const names = (value) => (Array.isArray(value) ? value.filter((name) => typeof name === "string").slice(0, 20) : []);

/** What was answered to which question. @param {Kept} kept @returns {Record<string, KeptAnswer>} */
function answersOf(kept) {
  const answers = plain(kept.answers);
  const tasks = (answers?.format === ANSWERS && plain(answers.tasks)) || {};
  return Object.fromEntries(Object.entries(tasks).filter(([, each]) => Array.isArray(plain(each)?.given) && each.given.length));
}

/** Whether somebody has only gone on to answer. @param {KeptAnswer} before @param {KeptAnswer} [now] */
const goesOn = (before, now) => !!now && before.given.every((each, i) => each === now.given[i]);

/** Takes note of a page, with nothing to be seen. @implements {Part<KeptMessage>} */
class Keeper {
  /** @param {Element} parent */
  constructor(parent) {
    this.page = "";
    this.found = "";
    this.told = "";
    this.unknown = "";
    this.changed = false;
    this.root = document.createElement("span");
    this.root.hidden = true;
    this.parent = parent;
    parent.append(this.root);
  }

  /** @param {Component<KeptMessage>} component */
  update({ data: { page, kept, right, asked, done, tasks, next, idea, terms, answers, begun, names: called, reset, room }, setStateValue }) {
    member.attend(this.parent, room, setStateValue);
    task.watch();
    if (isShown()) return;
    if (reset && reset !== whole().reset) {
      write({}, reset); // somebody else goes on in this browser
      Object.assign(this, { page: "", told: "", unknown: "" });
      member.goes();
    }
    const came = this.page !== page;
    if (came) Object.assign(this, { page, found: kept, changed: false });
    // A link may bring choices: only what changes from then on has been done here.
    this.changed ||= kept !== this.found;
    const pages = read();
    /** @type {Kept} */
    const before = plain(pages[page]) ?? {};
    /** @type {Kept} */
    const now = { query: kept.length <= LONGEST ? kept : "", at: Date.now() };
    now.tried = before.tried === true || this.changed || asked > 0;
    const more = asked >= count(before.asked); // a new visit begins to count at 0
    now.asked = more ? asked : before.asked;
    now.right = more ? right : before.right;
    const earlier = names(before.done);
    now.done = [...new Set([...earlier, ...done])];
    const learnt = names(before.terms);
    now.terms = [...new Set([...learnt, ...terms])];
    Object.assign(now, { tasks, next, idea: idea || before.idea, begun: begun || before.begun });
    // The first answer counts, whatever has been answered since in a session that knew nothing of it.
    const answered = begun && begun !== before.begun ? {} : answersOf(before);
    const first = Object.entries(answered).filter(([name, each]) => !goesOn(each, answers[name]));
    now.answers = { format: ANSWERS, tasks: { ...answers, ...Object.fromEntries(first) } };
    // What was done in another session counts in this one; each finding is told once.
    const remembered = rememberNames(called);
    const told = JSON.stringify([page, earlier]);
    const other = (came && remembered === "code") || (this.told !== told && earlier.some((name) => !done.includes(name)));
    const unknown = JSON.stringify([page, first]);
    if (other || (first.length && this.unknown !== unknown)) {
      setStateValue("restored", { done: earlier, terms: learnt, names: remembered, answers: Object.fromEntries(first) });
    }
    Object.assign(this, { told, unknown });
    // Coming back without choices does not forget where one left off.
    if (!kept && !this.changed && typeof before.query === "string") now.query = before.query;
    write({ ...pages, [page]: now });
    window.dispatchEvent(new Event(KEPT));
  }

  destroy() {
    this.root.remove();
  }
}

/** The pages in their order, each with what has been done on it. @implements {Part<MapMessage>} */
class CourseMap {
  /** @param {Element} parent */
  constructor(parent) {
    /** @type {CoursePage[]} */
    this.pages = [];
    this.brief = false;
    this.ends = false;
    this.root = html("div", "nv-map");
    this.again = html("p", "nv-map-again");
    this.list = html("ol", "");
    this.foot = html("p", "nv-map-foot");
    this.root.append(this.again, this.list, this.foot);
    parent.append(this.root);
    // Another tab of the same browser may have gone on meanwhile.
    this.listen = (/** @type {StorageEvent} */ event) => { if (event.key === NAME || event.key === null) this.draw(); };
    window.addEventListener("storage", this.listen);
    this.redraw = () => this.draw();
    window.addEventListener(KEPT, this.redraw);
  }

  /** @param {Component<MapMessage>} component */
  update({ data }) {
    this.pages = data.pages;
    this.brief = data.brief;
    this.ends = data.ends;
    this.root.classList.toggle("nv-brief", data.brief);
    this.draw();
  }

  draw() {
    const kept = read();
    const done = this.pages.flatMap((page) => {
      const own = plain(kept[page.name]);
      return own ? [{ page, own }] : [];
    });
    if (this.ends) {
      this.list.replaceChildren(...this.pages.map((page) => this.ended(page, plain(kept[page.name]))));
      this.drawEnd(done.map(({ own }) => own));
      return;
    }
    this.list.replaceChildren(...this.pages.map((page) => this.card(page, plain(kept[page.name]))));
    const latest = done.sort((a, b) => (b.own.at || 0) - (a.own.at || 0)).at(0);
    this.again.replaceChildren(...(latest ? ["Pick up where you left: ", this.link(latest.page, latest.own, latest.page.title)] : []));
    const tasks = done.reduce((sum, { own }) => sum + doneOn(own), 0);
    const sum = tasks ? `${tasks} ${tasks === 1 ? "task" : "tasks"} done. ` : "";
    this.foot.textContent = `${sum}${KEPT_HERE}`;
  }

  /** What was learnt on a page, or the way back to what was not done. @param {CoursePage} page @param {Kept | null} kept */
  ended(page, kept) {
    const [done, tasks] = kept ? [doneOn(kept), count(kept.tasks)] : [0, 0];
    const card = html("li", tasks && done === tasks ? "nv-all" : done ? "nv-been" : "");
    const head = html("div", "nv-map-head");
    head.append(this.link(page, null, page.title));
    card.append(head);
    if (kept && typeof kept.idea === "string" && kept.idea) card.append(html("p", "", kept.idea.slice(0, 300)));
    if (tasks && done === tasks) return card;
    const line = html("p", "nv-map-done", tasks ? `${done} of ${tasks} tasks · ` : "not opened yet · ");
    line.append(this.link({ ...page, here: false }, { query: `task=${count(kept?.next) || 1}` }, done ? "the next one" : "begin"));
    card.append(line);
    return card;
  }

  /** Count honestly. @param {Kept[]} known */
  drawEnd(known) {
    const done = known.reduce((sum, own) => sum + doneOn(own), 0);
    const skipped = known.reduce((sum, own) => sum + count(own.tasks), 0) - done;
    const unseen = this.pages.length - known.filter((own) => count(own.tasks)).length;
    const left = [
      ...(skipped ? [`${skipped} ${skipped === 1 ? "task" : "tasks"} skipped`] : []),
      ...(unseen ? [`${unseen} ${unseen === 1 ? "lesson" : "lessons"} not opened`] : []),
    ];
    this.again.replaceChildren(html("b", "", `${done} ${done === 1 ? "task" : "tasks"} done, ${left.join(", ") || "none skipped"}.`));
    this.foot.textContent = KEPT_HERE;
  }

  /** @param {CoursePage} page @param {Kept | null} kept */
  card(page, kept) {
    const done = kept ? doneOn(kept) : 0;
    const tasks = kept ? count(kept.tasks) : 0;
    const card = html("li", tasks && done === tasks ? "nv-all" : done ? "nv-been" : "");
    const head = html("div", "nv-map-head");
    head.append(this.link(page, null, page.title));
    card.append(head);
    if (!this.brief) card.append(html("p", "", page.invitation));
    if (!kept) return card;
    const marks = tasks && done ? [`${done} of ${tasks} tasks`] : [];
    const asked = count(kept.asked);
    if (asked && !this.brief) marks.push(`${count(kept.right)} of ${asked} answers right`);
    const line = html("p", "nv-map-done", marks.join(" · "));
    const unfinished = !tasks || done < tasks;
    if (unfinished && typeof kept.query === "string" && kept.query) {
      line.append(marks.length ? " · " : "", this.link(page, kept, "go on"));
    }
    if (line.firstChild) card.append(line);
    return card;
  }

  /**
   * A link to a page; within a session Streamlit goes there itself, and nothing is forgotten.
   * @param {CoursePage} page @param {Kept | null} kept @param {string} text
   */
  link(page, kept, text) {
    const link = html("a", "", text);
    const query = typeof kept?.query === "string" && kept.query ? `?${kept.query}` : "";
    link.href = `${page.path}${query}`;
    if (text !== page.title) link.setAttribute("aria-label", `Go on with ${page.title}`);
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || (query && !page.here)) return;
      const own = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('[data-testid="stSidebar"] a'))].find((a) => a.pathname === link.pathname);
      if (!own) return;
      event.preventDefault();
      own.click();
    });
    return link;
  }

  destroy() {
    window.removeEventListener("storage", this.listen);
    window.removeEventListener(KEPT, this.redraw);
    this.root.remove();
  }
}

/** What it is follows from what it is sent first. @param {Element} parent */
export const mount = (parent) => {
  /** @type {Part<any> | undefined} */
  let part;
  return {
    update(/** @type {Component<KeptMessage | MapMessage>} */ component) {
      part ??= "pages" in component.data ? new CourseMap(parent) : new Keeper(parent);
      part.update(component);
    },
    destroy() { part?.destroy(); },
  };
};

// Keeps the address bar equal to what is on the screen, without filling the browser's history,
// and copies it. After a server restart it hands the page's state back to the new session.

/** @import { AddressMessage, Component, Part } from "./contract.js" */
import { Share } from "./share.js";
import { allowTranslation } from "./translated.js";

/** @typedef {ReturnType<typeof setTimeout> | undefined} Timer */

const WRITE_AFTER = 250; // ms; browsers refuse more than about 100 writes in 30 seconds
const ANSWER_WITHIN = 1500; // ms; later than that a browser no longer lets a click copy

/** Keys that Streamlit keeps for whoever writes an app: r runs a whole page again in the middle of a lesson. */
const OF_STREAMLIT = ["r", "c"];

/** Streamlit listens at the document, so they end below it. @param {KeyboardEvent} event */
function keepFromStreamlit(event) {
  const plain = !(event.ctrlKey || event.metaKey || event.altKey);
  if (plain && OF_STREAMLIT.includes(event.key.toLowerCase())) event.stopPropagation();
}

const THIS_COMPUTER = /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/;

const AT_REST = 250; // ms without a run; a player reports where it stands within 150
const LONGEST_WAIT = 10_000; // ms
const LOOKS_EVERY = 25; // ms
/** @type {ReturnType<typeof setInterval> | undefined} */
let waitsForFile;

const PHONE = 768; // px of width up to which Streamlit lays its menu over the page

/** On a phone the menu gives way to the page that was chosen in it. @param {MouseEvent} event */
function closeMenu(event) {
  const link = /** @type {Element} */ (event.target).closest?.("[data-testid=stSidebar] a");
  if (!link || window.innerWidth > PHONE) return;
  /** @type {HTMLElement | null} */ (document.querySelector("[data-testid=stSidebarCollapseButton] button"))?.click();
}

/** On a phone a panel stands over the lower half: the picture that it changes goes into the upper one. @param {MouseEvent} event */
function showPicture(event) {
  const button = /** @type {Element} */ (event.target).closest?.("[data-testid=stPopoverButton]");
  const picture = document.querySelector(".nv-stage");
  if (!button || !picture || window.innerWidth > PHONE) return;
  if (!(button.compareDocumentPosition(picture) & Node.DOCUMENT_POSITION_FOLLOWING)) return;
  setTimeout(() => {
    if (document.querySelector("[data-testid=stPopoverBody]")) picture.scrollIntoView({ block: "start" });
  }, OPENS_WITHIN);
}

/** "Show me" changes the picture above: it comes into sight again. @param {MouseEvent} event */
function showAgain(event) {
  const button = /** @type {Element} */ (event.target).closest?.("[data-testid=stMain] button");
  if (!button?.textContent?.startsWith("Show me")) return;
  document.querySelector("[data-testid=stMain] .nv-stage")?.scrollIntoView({ block: "center" });
}

let passes = false; // whether a press that has waited comes through

/** While a page is drawn anew Streamlit forgets the files of the buttons that are seen: a press waits until it is at rest. @param {MouseEvent} event */
function waitForFile(event) {
  /** @type {HTMLButtonElement | null} */
  const button = /** @type {Element} */ (event.target).closest?.("[data-testid=stDownloadButton] button") ?? null;
  if (!button || passes) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (waitsForFile) return;
  const begin = performance.now();
  let moved = begin;
  waitsForFile = setInterval(() => {
    const now = performance.now();
    /** @type {HTMLElement | null} */
    const app = document.querySelector("[data-testid=stApp]");
    if (app?.dataset.testScriptState !== "notRunning") moved = now;
    if (now - moved < AT_REST && now - begin < LONGEST_WAIT) return;
    clearInterval(waitsForFile);
    waitsForFile = undefined;
    passes = true;
    button.click();
    passes = false;
  }, LOOKS_EVERY);
}

/** The buttons at the top edge would stand over what has been scrolled there. @param {Event} event */
function tellHowFar(event) {
  const main = /** @type {Element} */ (event.target);
  if (!(main instanceof Element) || !main.matches("[data-testid=stMain]")) return;
  document.documentElement.toggleAttribute("data-nv-down", main.scrollTop > TOP);
}

/** What Streamlit reads of the address, and keeps from Python: whether the page stands in a frame. @param {string} mark */
function framed(mark) {
  const own = [...new URLSearchParams(location.search)].filter(([name]) => /^embed(_options)?$/.test(name));
  return own.length ? `${mark}${new URLSearchParams(own)}` : "";
}

const TOP = 12; // px
const OPENS_WITHIN = 300; // ms

/** @implements {Part<AddressMessage>} */
class Address {
  /** @param {Element} parent */
  constructor(parent) {
    document.body.addEventListener("keydown", keepFromStreamlit); // once, however often it is added
    document.body.addEventListener("click", closeMenu);
    document.body.addEventListener("click", showPicture);
    document.body.addEventListener("click", showAgain);
    document.addEventListener("click", waitForFile, true);
    document.addEventListener("scroll", tellHowFar, { capture: true, passive: true });
    allowTranslation();
    this.share = new Share(parent, () => this.copy(this.share));
    this.root = this.share.root;
    this.shareElsewhere = (/** @type {Event} */ event) => this.copy(/** @type {CustomEvent<Share>} */ (event).detail);
    document.addEventListener("nv-copy", this.shareElsewhere);
    this.session = "";
    this.query = "";
    this.shared = "";
    /** The task that is open. @type {string | null} */
    this.task = null;
    this.path = location.pathname;
    /** @type {Timer} */
    this.later = undefined;
    /** Whether Python has yet to answer where a run stands. */
    this.owed = false;
    /** Called when Python has answered, while a link is about to be copied. @type {((value?: unknown) => void) | null} */
    this.arrived = null;
  }

  /** @param {Component<AddressMessage>} component */
  update({ data, setStateValue }) {
    if (this.session && this.session !== data.session) {
      // The server was restarted under an open page: it knows only the address the page was opened with.
      this.session = data.session;
      if (this.query !== data.query) setStateValue("restored", { query: this.query });
      return;
    }
    this.session = data.session;
    this.query = data.query;
    this.shared = data.shared;
    this.owed = false;
    this.arrived?.();
    const task = new URLSearchParams(data.query).get("task");
    // A new task is read from its beginning, however far down the button was that leads on to it.
    if (this.task && task && task !== this.task && this.path === location.pathname) {
      document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
    }
    this.task = task;
    this.path = location.pathname;
    clearTimeout(this.later);
    this.later = setTimeout(() => this.write(), WRITE_AFTER);
  }

  /** Where this picture is, below the beginning of the address. */
  get place() {
    return `${this.path}${this.query ? `?${this.query}` : ""}`;
  }

  /** What others open: who sits at the computer of the server may know it by a name that is theirs alone. */
  get link() {
    const own = THIS_COMPUTER.test(location.hostname);
    return `${(own && this.shared) || location.origin}${this.place}`;
  }

  write() {
    // The person may have gone on to another page meanwhile.
    const here = `${location.origin}${this.place}${framed(this.query ? "&" : "?")}`;
    if (location.pathname === this.path && location.href !== here) {
      history.replaceState(history.state, "", here);
    }
    this.root.dataset.written = this.query;
  }

  /** A run that plays stands still for its link; wait until Python has answered where. Says whether it has. */
  async settle() {
    /** @type {object[]} */
    const waits = [];
    document.dispatchEvent(new CustomEvent("nv-settle", { detail: waits }));
    this.owed ||= waits.length > 0;
    if (this.owed) {
      await new Promise((resolve) => {
        this.arrived = resolve;
        setTimeout(resolve, ANSWER_WITHIN);
      });
      this.arrived = null;
    }
    return !this.owed;
  }

  /** @param {Share} share  where it is asked for, and told */
  async copy(share) {
    // A link to another moment than the one that is seen would be wrong without a word.
    if (!await this.settle()) {
      share.say("Not copied: the server is busy. Press again.");
      return;
    }
    this.write();
    await share.copy(this.link);
  }

  destroy() {
    clearTimeout(this.later);
    document.removeEventListener("nv-copy", this.shareElsewhere);
    this.root.remove();
  }
}

/** @param {Element} parent */
export const mount = (parent) => new Address(parent);

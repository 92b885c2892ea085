// Keeps the address bar equal to what is on the screen, without filling the browser's history,
// and copies it. After a server restart it hands the page's state back to the new session.

/** @import { AddressMessage, Component, Part } from "./contract.js" */
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

const OPENS_WITHIN = 300; // ms
const PAPER = 700; // px; what A4 and letter have between their margins

/** Tell the style sheet how small a page has to become to be printed as it stands. */
function fitOnPaper() {
  const width = document.querySelector("[data-testid=stMainBlockContainer]")?.clientWidth ?? PAPER;
  document.documentElement.style.setProperty("--nv-print", String(Math.min(1, PAPER / width)));
}

/** @implements {Part<AddressMessage>} */
class Address {
  /** @param {Element} parent */
  constructor(parent) {
    document.body.addEventListener("keydown", keepFromStreamlit); // once, however often it is added
    document.body.addEventListener("click", closeMenu);
    document.body.addEventListener("click", showPicture);
    window.addEventListener("beforeprint", fitOnPaper);
    allowTranslation();
    this.root = document.createElement("div");
    this.root.className = "nv-share";
    this.button = document.createElement("button");
    this.button.type = "button";
    this.status = document.createElement("span");
    this.status.setAttribute("role", "status");
    this.field = document.createElement("input");
    Object.assign(this.field, { readOnly: true, hidden: true });
    this.field.setAttribute("aria-label", "Link to this picture");
    this.button.addEventListener("click", () => this.copy());
    this.root.append(this.button, this.status, this.field);
    parent.append(this.root);
    this.session = "";
    this.query = "";
    this.shared = "";
    this.path = location.pathname;
    /** @type {Timer} */
    this.later = undefined;
    /** @type {Timer} */
    this.silence = undefined;
    /** Whether Python has yet to answer where a run stands. */
    this.owed = false;
    /** Called when Python has answered, while a link is about to be copied. @type {((value?: unknown) => void) | null} */
    this.arrived = null;
    this.button.textContent = "Copy link";
    this.button.title = "Copies a link that opens exactly this picture";
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
    const here = `${location.origin}${this.place}`;
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

  async copy() {
    // A link to another moment than the one that is seen would be wrong without a word.
    if (!await this.settle()) {
      this.say("Not copied: the server is busy. Press again.");
      return;
    }
    this.write();
    try {
      await navigator.clipboard.writeText(this.link);
      this.say("Copied.");
    } catch {
      // Without https only this machine's own pages may use the clipboard: show the link instead.
      this.field.hidden = false;
      this.field.value = this.link;
      this.field.select();
      const copied = document.execCommand("copy");
      this.say(copied ? "Copied." : "Copy it from here:");
      if (copied) this.field.hidden = true;
    }
  }

  /** @param {string} text */
  say(text) {
    this.status.textContent = text;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => { this.status.textContent = ""; }, 4000);
  }

  destroy() {
    clearTimeout(this.later);
    this.root.remove();
  }
}

/** @param {Element} parent */
export const mount = (parent) => new Address(parent);

// The button that copies the link of a page: at its head and, where a lesson needs the room, in the menu.

/** @import { Part } from "./contract.js" */

const SPEAKS = 4000; // ms

export class Share {
  /** @param {Element} parent @param {() => void} copy */
  constructor(parent, copy) {
    this.root = document.createElement("div");
    this.root.className = "nv-share";
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.textContent = "Copy link";
    this.button.title = "Copies a link that opens exactly this picture";
    this.button.addEventListener("click", copy);
    this.status = document.createElement("span");
    this.status.setAttribute("role", "status");
    this.field = document.createElement("input");
    Object.assign(this.field, { readOnly: true, hidden: true });
    this.field.setAttribute("aria-label", "Link to this picture");
    this.root.append(this.button, this.status, this.field);
    parent.append(this.root);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.silence = undefined;
  }

  /** @param {string} link */
  async copy(link) {
    try {
      await navigator.clipboard.writeText(link);
      this.say("Copied.");
    } catch {
      // Without https only this machine's own pages may use the clipboard: show the link instead.
      this.field.hidden = false;
      this.field.value = link;
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
    this.silence = setTimeout(() => { this.status.textContent = ""; }, SPEAKS);
  }
}

/** In the menu: the page itself knows its link. @param {Element} parent @returns {Part<{}>} */
export const mount = (parent) => {
  const share = new Share(parent, () => document.dispatchEvent(new CustomEvent("nv-copy", { detail: share })));
  return { update() {}, destroy() { share.root.remove(); } };
};

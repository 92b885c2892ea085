// The button that copies the link of a page, at its head and, where a lesson needs the room, in the menu;
// and the one below any other text that is to be taken elsewhere.

/** @import { Component, CopyMessage, Part } from "./contract.js" */

const SPEAKS = 4000; // ms
const TOUCH = "Hold what is marked here, and choose Copy:";
const KEYS = "It is marked here: press Ctrl+C, on a Mac Cmd+C:";

export class Share {
  /** @param {Element} parent @param {() => void} copy @param {string} [what] what is copied, if it is not the page's own link */
  constructor(parent, copy, what) {
    this.root = document.createElement("div");
    this.root.className = what ? "nv-copy" : "nv-share";
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.textContent = `Copy ${what ?? "link"}`;
    if (!what) this.button.title = "Copies a link that opens exactly this picture";
    this.button.addEventListener("click", copy);
    this.status = document.createElement("span");
    this.status.setAttribute("role", "status");
    this.field = document.createElement("textarea"); // which keeps the lines of a script
    Object.assign(this.field, { readOnly: true, hidden: true, rows: 1 });
    this.field.setAttribute("aria-label", what ? `The ${what} to copy` : "Link to this picture");
    this.root.append(this.button, this.status, this.field);
    parent.append(this.root);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.silence = undefined;
  }

  /** @param {string} text */
  async copy(text) {
    this.field.hidden = true;
    try {
      await navigator.clipboard.writeText(text);
      this.say("Copied.");
    } catch {
      // Without https only this machine's own pages may use the clipboard: show the text instead.
      this.field.hidden = false;
      this.field.value = text;
      this.field.select();
      const copied = document.execCommand("copy");
      this.field.hidden = copied;
      if (copied) this.button.focus(); // it went with the field
      this.say(copied ? "Copied." : `Not copied. ${matchMedia("(pointer: coarse)").matches ? TOUCH : KEYS}`, !copied);
    }
  }

  /** @param {string} text @param {boolean} [stays] */
  say(text, stays = false) {
    this.status.textContent = text;
    clearTimeout(this.silence);
    if (!stays) this.silence = setTimeout(() => { this.status.textContent = ""; }, SPEAKS);
  }
}

/** In the menu the page itself knows its link; any other text is sent. @param {Element} parent @returns {Part<CopyMessage | null>} */
export const mount = (parent) => {
  /** @type {Share | undefined} */
  let share;
  let text = "";
  return {
    update(/** @type {Component<CopyMessage | null>} */ { data }) {
      text = data?.text ?? "";
      const copy = () => (text ? share?.copy(text) : document.dispatchEvent(new CustomEvent("nv-copy", { detail: share })));
      share ??= new Share(parent, copy, data?.what);
    },
    destroy() { share?.root.remove(); },
  };
};

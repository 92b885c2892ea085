// What a teacher puts before a whole class: a pause, or the picture of one pupil. It lies over the page,
// which stays as it was.

/** @import { RoomShown } from "./contract.js" */
import { html } from "./dom.js";

const FRAME = "nnviz-shown";

/** Whether this page is somebody's picture in a frame: then nothing that is done here is kept or reported. */
export const isShown = () => window.name === FRAME;

// Who looks at a picture can scroll it and go through it, and changes nothing.
const KEYS = ["Tab", "PageUp", "PageDown", "Home", "End"];
if (isShown()) {
  for (const kind of ["keydown", "keyup", "keypress", "click", "beforeinput", "input", "change", "paste", "drop", "submit"]) {
    window.addEventListener(kind, (event) => {
      if (event instanceof KeyboardEvent && KEYS.includes(event.key)) return;
      if (event.cancelable) event.preventDefault();
      event.stopImmediatePropagation();
    }, { capture: true });
  }
}

export class Stage {
  constructor() {
    this.dialog = html("dialog", "nv-room-stage");
    this.says = html("p", "nv-room-says");
    this.below = html("p", "");
    this.place = html("div", "nv-room-frame");
    this.close = html("button", "", "Back to my page");
    this.close.type = "button";
    const head = html("div", "nv-room-head");
    head.append(this.says, this.close);
    this.dialog.append(head, this.below, this.place);
    this.paused = false;
    this.number = 0; // of the picture in the frame
    this.dismissed = 0; // of the picture that was closed here
    this.close.addEventListener("click", () => this.dismiss());
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (!this.paused) this.dismiss();
    });
    // A browser closes it at the second Esc whatever is said: a pause goes on.
    this.dialog.addEventListener("close", () => { if (this.paused) this.open(); });
  }

  /** @param {boolean} paused @param {RoomShown | null} shown @param {string} [title] */
  show(paused, shown, title) {
    this.paused = paused;
    this.frame(shown && (paused || shown.number !== this.dismissed) ? shown : null);
    this.dialog.classList.toggle("nv-wide", this.number > 0);
    const whose = title ?? (shown?.name ? `The picture of ${shown.name}` : "A picture of this class");
    const says = this.number ? whose : "Paused by your teacher";
    if (this.says.textContent !== says) this.says.textContent = says;
    this.dialog.setAttribute("aria-label", says);
    this.below.textContent = paused && !this.number ? "Your page is as you left it. It comes back by itself." : "";
    this.close.hidden = paused;
    if (paused || this.number) this.open();
    else if (this.dialog.open) this.dialog.close();
  }

  open() {
    if (!this.dialog.isConnected) {
      if (this.dialog.open) this.dialog.close();
      (document.querySelector("[data-testid=stApp]") ?? document.body).append(this.dialog);
    }
    if (!this.dialog.open) this.dialog.showModal();
  }

  /** @param {RoomShown | null} shown */
  frame(shown) {
    if ((shown?.number ?? 0) === this.number) return;
    this.number = shown?.number ?? 0;
    this.place.replaceChildren();
    if (!shown) return;
    const frame = html("iframe", "");
    frame.name = FRAME;
    frame.title = "The picture that is shown";
    frame.src = new URL(`${shown.link}${shown.link.includes("?") ? "&" : "?"}shown=only&embed=true`, document.baseURI).href;
    this.place.append(frame);
  }

  dismiss() {
    this.dismissed = this.number;
    this.show(false, null);
  }
}

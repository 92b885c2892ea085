// Two buttons that save what a chart shows, as a PNG or an SVG that opens anywhere.

/** @import { Seen } from "./snapshot.js" */
import { html } from "./dom.js";
import { snapshot } from "./snapshot.js";

const ENLARGED = 2; // pixels of a PNG for each pixel of the page

/** The SVG as pixels; the browser draws it as it would draw the file. @param {SVGSVGElement} root @param {Blob} source @returns {Promise<Blob>} */
async function raster(root, source) {
  const picture = new Image();
  picture.src = URL.createObjectURL(source);
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(ENLARGED * Number(root.getAttribute("width")));
  canvas.height = Math.round(ENLARGED * Number(root.getAttribute("height")));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(picture.src);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("it is too large"))), "image/png");
  });
}

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000); // the browser reads it after the click
}

export class Saver {
  /** @param {() => Seen} seen  returns what the chart shows now */
  constructor(seen) {
    this.seen = seen;
    /** @type {string | null} */
    this.name = null;
    this.root = html("div", "nv-save");
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-label", "Save the picture");
    this.status = document.createElement("span");
    this.status.setAttribute("role", "status");
    for (const format of ["PNG", "SVG"]) {
      const button = html("button", "", format);
      button.type = "button";
      button.title = `Save the picture as ${format}`;
      button.setAttribute("aria-label", button.title);
      button.addEventListener("click", () => this.save(format.toLowerCase()));
      this.root.append(button);
    }
    this.root.append(this.status);
  }

  /**
   * Offer to save under a name, if there is one: at the end of a bar or, without one, before the words.
   * @param {string | null} name @param {Element | null | undefined} bar @param {Element} words
   */
  update(name, bar, words) {
    this.name = name;
    if (!name) this.root.remove();
    else if (bar) { if (this.root.parentNode !== bar) bar.append(this.root); }
    else if (this.root.nextSibling !== words) words.before(this.root);
  }

  /** @param {string} format  "png" or "svg" */
  async save(format) {
    try {
      const seen = this.seen();
      const name = `${this.name}${seen.step === null ? "" : `-step${seen.step}`}.${format}`;
      const root = await snapshot(seen);
      const source = new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" });
      download(format === "svg" ? source : await raster(root, source), name);
      this.status.textContent = "";
    } catch (error) {
      this.status.textContent = `The picture could not be saved (${error instanceof Error ? error.message : error}).`;
      console.error(error);
    }
  }
}

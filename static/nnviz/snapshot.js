// Puts all layers of a chart into one SVG that needs nothing from this page: what is painted under the
// figure, the figure, the marks and boxes over it, and the sentence. What it looks like is copied as it is seen.

/** @import { Theme } from "./colours.js" */
/** @import { Marks } from "./marks.js" */
/** @import { Plot, Plotly } from "./plotly.js" */
import { element, penOf } from "./dom.js";

/**
 * What a chart shows at the moment of saving.
 * @typedef {object} Seen
 * @property {Plotly} Plotly
 * @property {Plot} plot
 * @property {Marks} marks
 * @property {SVGSVGElement[]} layers  over the figure, the lowest first
 * @property {string} words
 * @property {number | null} step
 * @property {Theme} theme
 */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

const SHARPNESS = 2; // pixels of the painted layers for each pixel of the page
const MARGIN = 10; // px around the picture, because boxes and names may reach over its edge
const LINE = 20; // px from one line of the sentence to the next

// What our style sheet decides for boxes, arrows and handles; the file has no style sheet.
const LOOKS = [
  "display", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "paint-order",
  "font-family", "font-size", "font-weight", "font-variant-numeric", "text-anchor", "dominant-baseline",
];
const UNSEEN = ".nv-hit, .nv-halo, .nv-flight, title"; // they only answer the mouse, or are on their way

/** An SVG layer of the page, with its present looks written into it. @param {SVGSVGElement} layer */
function copied(layer) {
  const copy = /** @type {SVGSVGElement} */ (layer.cloneNode(true));
  const originals = layer.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((node, i) => {
    const style = getComputedStyle(originals[i]);
    node.setAttribute("style", LOOKS.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
    for (const name of ["tabindex", "role"]) node.removeAttribute(name);
  });
  for (const node of copy.querySelectorAll(UNSEEN)) node.remove();
  return [...copy.childNodes];
}

/** @param {HTMLCanvasElement} canvas @param {Box} box @param {Element} parent */
function image(canvas, box, parent) {
  element("image", { ...box, href: canvas.toDataURL("image/png"), preserveAspectRatio: "none", "image-rendering": canvas.style.imageRendering || "auto" }, parent);
}

/** @param {CSSStyleDeclaration} style @returns {Box} */
const pixels = ({ left, top, width, height }) => (
  { x: parseFloat(left), y: parseFloat(top), width: parseFloat(width), height: parseFloat(height) }
);

/** The lines of a text that has so much room. @param {string} text @param {string} font @param {number} width */
function lines(text, font, width) {
  const pen = penOf(document.createElement("canvas"));
  pen.font = font;
  const found = [""];
  for (const word of text.split(/\s+/)) {
    const before = found[found.length - 1];
    const longer = before ? `${before} ${word}` : word;
    if (pen.measureText(longer).width > width && before) found.push(word);
    else found[found.length - 1] = longer;
  }
  return found;
}

/** The SVG element of what a chart shows now; `layers` are taken at once, Plotly's figure takes a moment. @param {Seen} seen */
export async function snapshot({ Plotly, plot, marks, layers, words, step, theme }) {
  const { width, height } = plot.getBoundingClientRect();
  const font = `15px ${theme.font}`;
  const sentence = lines(words, font, width);
  const whole = { x: -MARGIN, y: -MARGIN, width: width + 2 * MARGIN, height: height + 3 * MARGIN + LINE * sentence.length };
  const root = element("svg", { width: whole.width, height: whole.height, viewBox: Object.values(whole).join(" ") });
  element("rect", { ...whole, fill: theme.colour("var(--st-background-color)") }, root);
  const under = element("g", {}, root);
  const over = element("g", { style: `font-family:${theme.font.replaceAll('"', "'")}` });
  marks.sharply(SHARPNESS, step, (maps, canvases) => {
    for (const { frame, canvas } of maps) {
      if (!frame.hidden) image(canvas, pixels(canvas.style), element("svg", { ...pixels(frame.style), overflow: "hidden" }, under));
    }
    for (const canvas of canvases) image(canvas, { x: 0, y: 0, width, height }, over);
  });
  for (const layer of layers) element("g", {}, over).append(...copied(layer));
  const text = element("text", { fill: theme.colour("var(--st-text-color)"), style: `font:${font.replaceAll('"', "'")}` }, over);
  sentence.forEach((line, i) => {
    element("tspan", { x: 0, y: height + MARGIN + LINE * (i + 0.75) }, text).textContent = line;
  });
  const drawn = await Plotly.toImage(plot, { format: "svg", width, height, imageDataOnly: true });
  root.append(new DOMParser().parseFromString(drawn, "image/svg+xml").documentElement, over);
  return root;
}

// What a page needs so that a browser can translate it while it lives.
//
// A translator takes the text nodes of a page away and puts its own elements (<font>) in their places. React, which
// draws Streamlit's part of the page, still holds the old nodes: to remove one, or to put something before it, fails
// and ends with an empty page, and a changed text is written where nobody sees it: the old number stays on the screen.
// So we remember what has taken whose place, and put a text back before it is changed.

/** What no translator may touch: numbers, formulas, code, and drawings, where its elements would not be seen. */
const KEEP = ".katex, pre, code, output, td, svg, canvas, .nv-readout, .nv-formula, .nv-plot, .nv-slider output";

/** What stands in the place of a text. @type {WeakMap<Node, Element>} */
const places = new WeakMap();

/** @param {Node} node */
const isFont = (node) => node.nodeName === "FONT";

/** Take note of what a translator does. @param {MutationRecord[]} records */
function watch(records) {
  for (const { addedNodes, removedNodes } of records) {
    for (const node of addedNodes) {
      if (node instanceof Element) keep(node);
    }
    noteSwap(removedNodes, addedNodes);
  }
  // Some translators do it in two steps: the new one first, before the old one, which goes then.
  for (const [i, { addedNodes, target }] of records.entries()) {
    const font = addedNodes.length === 1 && isFont(addedNodes[0]) ? addedNodes[0] : null;
    const gone = font && records.slice(i + 1).find((next) => (
      next.target === target && next.removedNodes.length === 1 && next.previousSibling === font
    ));
    if (gone) noteSwap(gone.removedNodes, addedNodes);
  }
}

/** @param {NodeList} removed @param {NodeList} added */
function noteSwap(removed, added) {
  if (removed.length !== 1 || added.length !== 1 || !isFont(added[0])) return;
  if (removed[0].nodeType === Node.TEXT_NODE) places.set(removed[0], /** @type {Element} */ (added[0]));
}

/** Mark what is not to be translated in a part of the page. @param {Element} part */
function keep(part) {
  if (part.matches(KEEP)) part.setAttribute("translate", "no");
  for (const node of part.querySelectorAll(KEEP)) node.setAttribute("translate", "no");
}

/** The child of a parent that stands for a node, which may have been taken away. @param {Node} parent @param {Node} node */
function standsFor(parent, node) {
  /** @type {Node | null | undefined} */
  let now = node.parentNode ? node : places.get(node);
  while (now && now.parentNode !== parent) now = now.parentNode;
  return now ?? null;
}

/** Begin; once for a document. */
export function allowTranslation() {
  if (document.documentElement.dataset.nvTranslated) return;
  document.documentElement.dataset.nvTranslated = "ready";
  keep(document.body);
  const observer = new MutationObserver(watch);
  observer.observe(document.body, { childList: true, subtree: true });
  const { removeChild, insertBefore } = Node.prototype;
  Node.prototype.removeChild = function (/** @type {any} */ child) {
    if (child.parentNode === this) return /** @type {any} */ (removeChild.call(this, child));
    watch(observer.takeRecords());
    const now = standsFor(this, child);
    if (now) removeChild.call(this, now);
    else if (child.nodeType !== Node.TEXT_NODE) removeChild.call(this, child); // an error of somebody else
    return child;
  };
  Node.prototype.insertBefore = function (/** @type {any} */ node, /** @type {any} */ before) {
    if (!before || before.parentNode === this) return /** @type {any} */ (insertBefore.call(this, node, before));
    watch(observer.takeRecords());
    return /** @type {any} */ (insertBefore.call(this, node, standsFor(this, before)));
  };
  const text = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(Node.prototype, "nodeValue"));
  Object.defineProperty(Node.prototype, "nodeValue", {
    ...text,
    set(value) {
      if (this.nodeType === Node.TEXT_NODE && !this.isConnected) {
        watch(observer.takeRecords());
        const place = places.get(this);
        if (place?.isConnected) place.replaceWith(this); // it is translated anew
        places.delete(this);
      }
      text.set?.call(this, value);
    },
  });
}

// Printing: a page and its pictures are drawn for white paper of A4, and turn back afterwards. What can be said
// by rules stands in the style sheet; pictures have their colours and their size from here.

/** px of width that a picture has on A4: what is left between the margins, for a page made as small as the style sheet says. */
export const PAPER = 972;

const CLASS = "nv-paper";
const root = () => document.documentElement; // asked for late: node tests modules without a document

/** Whether the page is being printed. */
export const onPaper = () => root().classList.contains(CLASS);

/**
 * Call before the page is printed and after it, until what is returned is called.
 * @param {() => void} turnToPaper  does all it does at once @param {() => void} turnBack
 */
export function followPaper(turnToPaper, turnBack) {
  const before = () => {
    root().classList.add(CLASS);
    turnToPaper();
  };
  const after = () => {
    root().classList.remove(CLASS);
    turnBack();
  };
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  return () => {
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
  };
}

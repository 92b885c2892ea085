"""What a learner has in sight at one moment of a lesson, and what of it is too much."""

from typing import NamedTuple

from playwright.sync_api import Page

MOST_CONTROLS, MOST_WORDS, SMALLEST, PICTURE = 8, 90, 12, 0.5

_COUNT = """() => {
  const [w, h] = [innerWidth, innerHeight];
  const main = document.querySelector("[data-testid=stMain]");
  const seen = (node) => {
    const box = node.getBoundingClientRect();
    return box.width > 2 && box.height > 2 && box.bottom > 0 && box.top < h && box.right > 0
      && box.left < w && node.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      && !node.closest(".nv-spoken");
  };
  const kinds = "button, a[href], input, select, textarea, summary, [role=button], [role=slider],"
    + " [role=switch], [role=combobox], [role=tab], [role=radio], [tabindex='0'][role=img]";
  const all = [...main.querySelectorAll(kinds)];
  // Streamlit hides the box of a switch behind its label.
  const labelled = (node) => node.matches("label input") && seen(node.closest("label"));
  const shown = (node) => seen(node) || labelled(node);
  const outer = (node) => !all.some((other) => other !== node && other.contains(node));
  const controls = all.filter((node) => shown(node) && outer(node));
  const words = [];
  let smallest = Infinity;
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const parent = text.parentElement;
    if (!text.data.trim() || parent.closest("style, script, title") || !seen(parent)) continue;
    if (getComputedStyle(parent).fontFamily.includes("Material")) continue;
    const clip = parent.closest("p, div, span, figcaption");
    if (clip && getComputedStyle(clip).clipPath.startsWith("inset")) continue;
    words.push(...(text.data.match(/\\p{L}[\\p{L}\\p{N}’'-]*/gu) ?? []));
    smallest = Math.min(smallest, parseFloat(getComputedStyle(parent).fontSize));
  }
  let picture = 0;
  for (const stage of main.querySelectorAll(".nv-stage")) {
    const box = stage.getBoundingClientRect();
    const x = Math.min(box.right, w) - Math.max(box.left, 0);
    const y = Math.min(box.bottom, h) - Math.max(box.top, 0);
    if (x > 0 && y > 0) picture += (x * y) / (w * h);
  }
  return [controls.length, words.length, smallest, picture];
}"""


class Sight(NamedTuple):
    """So many controls and words, the smallest letter in px, the picture's share of the window."""

    controls: int
    words: int
    smallest: float
    picture: float

    @property
    def beyond(self) -> list[str]:
        """What is beyond its limit."""
        limits = (
            ("controls", self.controls > MOST_CONTROLS),
            ("words", self.words > MOST_WORDS),
            ("type", self.smallest < SMALLEST),
            ("picture", self.picture < PICTURE),
        )
        return [told for told, wrong in limits if wrong]


def in_sight(page: Page) -> Sight:
    """Count what is in sight."""
    return Sight(*page.evaluate(_COUNT))

"""What of a page is cut off, stands under something else, or cannot be reached."""

from playwright.sync_api import Page

_CROWDED = """async () => {
  const main = document.querySelector("[data-testid=stMain]");
  const found = [];
  const name = (node) => (node.getAttribute("aria-label") || node.textContent).trim().slice(0, 40);
  const seen = (node) => {
    const box = node.getBoundingClientRect();
    const looks = { visibilityProperty: true, opacityProperty: true };
    return box.width > 2 && box.height > 2 && node.checkVisibility(looks)
      && !node.closest(".nv-spoken, .nv-tip");
  };
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) found.push(`the page is ${wide} px too wide`);
  // Text that goes beyond the window, or beyond what cuts it off.
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || parent.closest("style, script, title")) continue;
    if (!seen(parent) || getComputedStyle(parent).fontFamily.includes("Material")) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const { left, right, width } = range.getBoundingClientRect();
    if (width < 2) continue;
    let [low, high] = [0, innerWidth];
    for (let box = parent; box && box !== main; box = box.parentElement) {
      const looks = getComputedStyle(box);
      if (looks.clipPath.startsWith("inset")) [low, high] = [-Infinity, Infinity];
      else if (/hidden|clip/.test(looks.overflowX) && !/^auto|scroll/.test(looks.overflowX)) {
        const cut = box.getBoundingClientRect();
        [low, high] = [Math.max(low, cut.left), Math.min(high, cut.right)];
      }
      if (looks.position === "fixed") break;
    }
    if (left < low - 1.5 || right > high + 1.5) found.push(`cut off: ${name(parent)}`);
  }
  // Every control, and every line of the task, can be brought where nothing else stands.
  const top = main.scrollTop;
  const controls = "button, a[href], input, select, textarea, summary, [role=slider]";
  for (const node of main.querySelectorAll(`${controls}, .nv-task p`)) {
    if (!seen(node) || node.matches("[type=checkbox]")) continue;
    node.scrollIntoView({ block: "center" });
    const box = (node.matches("p") ? node.getClientRects()[0] : node.getBoundingClientRect());
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    if (y < 0 || y > innerHeight) { found.push(`out of reach: ${name(node)}`); continue; }
    const over = document.elementFromPoint(x, y);
    if (!over || !(node.contains(over) || over.contains(node))) {
      found.push(`${over ? over.className || over.tagName : "nothing"} stands over: ${name(node)}`);
    }
  }
  main.scrollTo(0, 0);
  for (const title of main.querySelectorAll("h1")) {
    const range = document.createRange();
    range.selectNodeContents(title);
    const box = range.getBoundingClientRect();
    const over = document.elementFromPoint(box.left + 8, box.top + 8);
    if (box.top < 0 || !title.contains(over)) found.push("the title is not in sight");
  }
  // Nor does anything stand over a task that is scrolled to the upper edge.
  for (const line of main.querySelectorAll(".nv-task p")) {
    if (!seen(line)) continue;
    line.scrollIntoView({ block: "start" });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const box = line.getBoundingClientRect();
    for (const x of [box.left + 4, box.right - 4]) {
      const over = document.elementFromPoint(x, Math.max(box.top, 0) + 8);
      if (over?.closest("[data-testid=stHeader]")) found.push(`the menu covers: ${name(line)}`);
    }
  }
  main.scrollTo(0, top);
  return found;
}"""


def crowded(page: Page) -> list[str]:
    """Return what of a page cannot be read or reached, each in words."""
    return list(page.evaluate(_CROWDED))

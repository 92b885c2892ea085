// Keeps what has been done on each page, in this browser and nowhere else, and shows it as a map.
// Where a browser keeps nothing, or forgets, everything else works all the same.

const NAME = "nnviz.progress";
const LONGEST = 20_000; // characters of a kept address
const FORMAT = 1;

const plain = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : null);

/** What is kept: a page's name to its last address, when, what was answered and whether tried. */
function read() {
  try {
    const kept = plain(JSON.parse(localStorage.getItem(NAME)));
    return (kept?.format === FORMAT && plain(kept.pages)) || {};
  } catch {
    return {}; // not allowed, or not ours
  }
}

function write(pages) {
  try {
    localStorage.setItem(NAME, JSON.stringify({ format: FORMAT, pages }));
  } catch {
    // Not allowed, or full: the map then shows nothing, and nothing else needs it.
  }
}

const count = (value) => (Number.isInteger(value) && value > 0 ? value : 0);

/** Takes note of a page, with nothing to be seen. */
class Keeper {
  constructor(parent) {
    this.root = document.createElement("span");
    this.root.hidden = true;
    parent.append(this.root);
  }

  update({ data: { page, kept, right, asked } }) {
    if (this.page !== page) Object.assign(this, { page, found: kept, changed: false });
    // A link may bring choices: only what changes from then on has been done here.
    this.changed ||= kept !== this.found;
    const pages = read();
    const before = plain(pages[page]) ?? {};
    const now = { query: kept.length <= LONGEST ? kept : "", at: Date.now() };
    now.tried = before.tried === true || this.changed || asked > 0;
    const more = asked >= count(before.asked); // a new visit begins to count at 0
    now.asked = more ? asked : before.asked;
    now.right = more ? right : before.right;
    // Coming back without choices does not forget where one left off.
    if (!kept && !this.changed && typeof before.query === "string") now.query = before.query;
    write({ ...pages, [page]: now });
  }

  destroy() {
    this.root.remove();
  }
}

const element = (name, className, text = "") => Object.assign(document.createElement(name), { className, textContent: text });

/** The pages in their order, each with what has been done on it. */
class CourseMap {
  constructor(parent) {
    this.root = element("div", "nv-map");
    this.again = element("p", "nv-map-again");
    this.list = element("ol", "");
    this.foot = element("p", "nv-map-foot");
    this.root.append(this.again, this.list, this.foot);
    parent.append(this.root);
    // Another tab of the same browser may have gone on meanwhile.
    this.listen = (event) => { if (event.key === NAME || event.key === null) this.draw(); };
    window.addEventListener("storage", this.listen);
  }

  update({ data }) {
    this.pages = data.pages;
    this.draw();
  }

  draw() {
    const kept = read();
    const done = this.pages.filter(({ name }) => plain(kept[name]));
    this.list.replaceChildren(...this.pages.map((page) => this.card(page, plain(kept[page.name]))));
    const latest = done.sort((a, b) => (kept[b.name].at || 0) - (kept[a.name].at || 0))[0];
    this.again.replaceChildren(...(latest ? ["Pick up where you left: ", this.link(latest, kept[latest.name], latest.title)] : []));
    this.drawFoot(done.length);
  }

  drawFoot(n) {
    const told = n ? `${n} of ${this.pages.length} pages visited. ` : "";
    this.foot.replaceChildren(`${told}This is kept in your browser alone.`);
    const forgotten = this.forgotten;
    if (!n && !forgotten) return;
    const button = element("button", "", n ? "Forget it" : "Bring it back");
    button.type = "button";
    button.addEventListener("click", () => {
      this.forgotten = n ? read() : null;
      write(n ? {} : forgotten);
      this.draw();
      this.foot.querySelector("button")?.focus();
    });
    this.foot.append(" ", button);
  }

  card(page, kept) {
    const card = element("li", kept ? "nv-been" : "");
    const head = element("div", "nv-map-head");
    head.append(this.link(page, null, page.title));
    card.append(head, element("p", "", page.invitation));
    if (!kept) return card;
    const marks = [kept.tried ? "tried" : "visited"];
    const asked = count(kept.asked);
    if (asked) marks.push(`${count(kept.right)} of ${asked} answers right`);
    const line = element("p", "nv-map-done", `✓ ${marks.join(" · ")}`);
    if (typeof kept.query === "string" && kept.query) line.append(" · ", this.link(page, kept, "go on"));
    card.append(line);
    return card;
  }

  /** A link to a page; within a session Streamlit goes there itself, and nothing is forgotten. */
  link(page, kept, text) {
    const link = element("a", "", text);
    const query = typeof kept?.query === "string" && kept.query ? `?${kept.query}` : "";
    link.href = `${page.path}${query}`;
    if (text !== page.title) link.setAttribute("aria-label", `Go on with ${page.title}`);
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || (query && !page.here)) return;
      const own = [...document.querySelectorAll('[data-testid="stSidebar"] a')].find((a) => a.pathname === link.pathname);
      if (!own) return;
      event.preventDefault();
      own.click();
    });
    return link;
  }

  destroy() {
    window.removeEventListener("storage", this.listen);
    this.root.remove();
  }
}

/** What it is follows from what it is sent first. */
export const mount = (parent) => {
  let part;
  return {
    update(component) {
      part ??= component.data.pages ? new CourseMap(parent) : new Keeper(parent);
      part.update(component);
    },
    destroy() { part?.destroy(); },
  };
};

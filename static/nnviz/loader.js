// Fetches the module of a component and passes on what Streamlit sends it. The few lines of JavaScript that
// travel with every message (nnviz/chart/assets.py) call `show` and `leave`, in Streamlit's order.

/** @import { Component, Part } from "./contract.js" */

/**
 * What is known of the place of a component.
 * @typedef {object} Entry
 * @property {Component<any>[]} calls  the newest, the last of all at the end
 * @property {boolean} gone  whether the place has left the page
 * @property {Promise<{ mount: (element: HTMLElement) => Part<any> }>} [module]
 * @property {Part<any>} [part]
 */

/** @type {WeakMap<HTMLElement, Entry>} */
const mounts = new WeakMap();

const AGAIN = 2000; // ms; what cannot be fetched in an outage is asked for until it comes

// All are asked for at once: they import each other, and the last would come after seven others.
const AHEAD = [
  "address", "board", "buttons", "card", "chart", "clicks", "colours", "contour", "courier", "digits", "dom",
  "evaluate", "fields", "frames", "ground", "handles", "ink", "keys", "lines", "marks", "network", "paper", "pixels", "player", "plotly",
  "progress", "room", "save", "scale", "share", "slider", "snapshot", "stage", "strokes", "task", "timeline", "trails", "translated", "zoom",
];

const SHEETS = ["nnviz.css", "paper.css"]; // what is seen, and then what is different on paper

function style() {
  if (document.getElementById(SHEETS[0])) return;
  for (const name of AHEAD) {
    const ahead = document.createElement("link");
    Object.assign(ahead, { rel: "modulepreload", href: new URL(`${name}.js`, import.meta.url).href });
    document.head.append(ahead);
  }
  SHEETS.forEach(fetchSheet);
}

/** @param {string} name */
function fetchSheet(name) {
  const link = document.createElement("link");
  Object.assign(link, { id: name, rel: "stylesheet", href: new URL(name, import.meta.url).href });
  link.onerror = () => { link.remove(); setTimeout(fetchSheet, AGAIN, name); };
  document.head.append(link);
}

/** @param {string} file @param {HTMLElement} parentElement @param {Entry} entry */
async function load(file, parentElement, entry) {
  for (let failed = false; ; failed = true) {
    try {
      const module = await import(new URL(file, import.meta.url).href);
      if (failed) parentElement.textContent = "";
      return module;
    } catch (error) {
      if (entry.gone) throw error;
      parentElement.textContent = `This part of the page could not be loaded (${told(error)}). `
        + "It is tried again until it comes; you can also reload the page.";
      await new Promise((done) => setTimeout(done, AGAIN));
    }
  }
}

/** @param {unknown} error */
const told = (error) => (error instanceof Error ? error.message : String(error));

/**
 * Show what a component has been sent: `file` gives `mount(element)`, called once, which returns a part.
 * @param {string} file @param {Component<any>} component
 */
export function show(file, component) {
  const { parentElement } = component;
  const entry = mounts.get(parentElement) ?? { calls: [], gone: false };
  mounts.set(parentElement, entry);
  entry.calls = [...entry.calls.slice(-3), component];
  style();
  entry.module ??= load(file, parentElement, entry);
  entry.module.then(({ mount }) => {
    if (entry.gone) return;
    entry.part ??= mount(parentElement);
    entry.part.update(entry.calls[entry.calls.length - 1]);
  }).catch((error) => {
    if (!entry.gone) parentElement.textContent = `This part of the page failed (${told(error)}).`;
  });
}

/**
 * Clean up after a call. While a component is being loaded, Streamlit may call with what it has replaced
 * meanwhile, after the newer call, and then cleans up after it: what came before is shown again.
 * @param {Component<any>} component
 */
export function leave(component) {
  setTimeout(() => {
    const { parentElement } = component;
    const entry = mounts.get(parentElement);
    if (!entry) return;
    if (!parentElement.isConnected) {
      entry.gone = true;
      entry.part?.destroy();
      mounts.delete(parentElement);
      return;
    }
    const late = entry.calls[entry.calls.length - 1] === component;
    entry.calls = entry.calls.filter((call) => call !== component);
    if (late && entry.calls.length) entry.part?.update(entry.calls[entry.calls.length - 1]);
  });
}

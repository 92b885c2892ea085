// A lesson as one file, without a server (nnviz/chart/one_file.py): the chart, and the run that stands in the file.

/** @import { ChartMessage, Component } from "./contract.js" */
import { mount } from "./chart.js";
import { bytesOf, inflate, take } from "./frames.js";

/** @param {string} id */
const place = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} id */
const read = (id) => place(id).textContent ?? "";

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const SIZE = 4 + 16; // bytes of a pack before its digest, and that digest

/** @type {{ message: ChartMessage, keys: string, packs: string[] }} */
const { message, keys, packs } = JSON.parse(read("nv-run"));
if (!matchMedia("(pointer: coarse)").matches) message.hint = `${keys} ${message.hint}`;
const parentElement = place("nv-chart");

/** @type {Component<ChartMessage>} */
const component = { data: message, parentElement, setStateValue: () => {}, setTriggerValue: () => {} };

async function begin() {
  const bytes = packs.map(bytesOf);
  message.frames = bytes.map((pack) => new TextDecoder().decode(pack.subarray(4, SIZE)));
  const library = await inflate(bytesOf(read("nv-plotly")), "gzip");
  message.plotly = URL.createObjectURL(new Blob([library], { type: "text/javascript" }));
  parentElement.textContent = "";
  const part = mount(parentElement);
  const button = place("nv-theme");

  /** @param {string} theme */
  const turn = (theme) => {
    root.dataset.theme = theme;
    button.textContent = theme === "dark" ? "Light" : "Dark";
    part.update(component);
  };
  // Whoever asks for dark gets it; everybody else sees the file as it was made.
  const usual = () => (dark.matches ? "dark" : root.dataset.madeIn ?? "light");
  button.addEventListener("click", () => turn(button.textContent === "Dark" ? "dark" : "light"));
  dark.addEventListener("change", () => turn(usual()));
  turn(usual());
  bytes.forEach(take);
}

begin().catch((error) => {
  parentElement.textContent = `This lesson could not be opened (${error.message}). A browser of 2023 or later is needed.`;
});

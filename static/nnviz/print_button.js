// The button that prints a worksheet: only when all of it is there, because a browser prints what it sees.

/** @import { Part } from "./contract.js" */

const OFTEN = 200; // ms between two looks
const UNREADY = `.nv-figure:not([data-ready="true"]), [data-nv-room]:not(:has(.nv-figure)), [data-stale="true"], [data-testid="stSkeleton"]`;

/** Whether the sheet, its picture and its key are on the screen. */
function complete() {
  const app = /** @type {HTMLElement | null} */ (document.querySelector("[data-testid=stApp]"));
  return app?.dataset.testScriptState === "notRunning" && Boolean(document.querySelector(".nv-key"))
    && Boolean(document.querySelector(".nv-figure")) && !document.querySelector(UNREADY);
}

/** @param {Element} parent @returns {Part<{}>} */
export const mount = (parent) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "nv-print";
  button.addEventListener("click", () => window.print());
  const look = () => {
    const ready = complete();
    if (button.disabled === !ready && button.textContent) return;
    button.disabled = !ready;
    button.textContent = ready ? "Print" : "Print (the picture is being drawn)";
  };
  look();
  parent.append(button);
  const looking = setInterval(look, OFTEN);
  return { update() {}, destroy() { clearInterval(looking); button.remove(); } };
};

// Numbers as they stand in sentences, written as `nnviz/text/digits.py` writes them.

const GROUPED = 1e4; // from there on a comma parts the thousands

/** Four digits, and powers of ten where Python's sentences have them. @param {number} value */
export function digits(value) {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "infinity" : "−infinity";
  const rounded = +value.toPrecision(4);
  const size = Math.abs(rounded);
  if (size >= GROUPED && size < 1e6) return rounded.toLocaleString("en").replace("-", "−");
  if (!size || (size >= 1e-6 && size < 1e6)) return String(rounded).replace("-", "−");
  return inPowers(rounded.toExponential());
}

/** A number as JavaScript writes it, 1e-7, with a power of ten. @param {string} text */
export function inPowers(text) {
  const [mantissa, power] = text.split("e");
  const written = mantissa.replace("-", "−");
  if (!power) return written;
  const raised = [...String(+power)].map((each) => (each === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[+each])).join("");
  return `${written} × 10${raised}`;
}

// Lines along which the values of a grid cross a level: marching squares, linear between the points of the grid.

/**
 * Points (column, row) of all lines one after the other, two numbers each; NaN between two lines.
 * @param {ArrayLike<number>} values  row by row
 * @param {number} columns @param {number} rows @param {number} level
 * @returns {number[]}
 */
export function contour(values, columns, rows, level) {
  // An edge of the grid has the number of its first point twice: even to the next column, odd to the next row.
  /** @type {Map<number, number[]>} */
  const links = new Map();
  const link = (/** @type {number} */ a, /** @type {number} */ b) => {
    for (const [from, to] of [[a, b], [b, a]]) {
      const known = links.get(from);
      if (known) known.push(to);
      else links.set(from, [to]);
    }
  };
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      const a = values[at], b = values[at + 1], c = values[at + columns + 1], d = values[at + columns];
      const inA = a > level, inB = b > level, inC = c > level, inD = d > level;
      if (inA === inB && inB === inC && inC === inD) continue;
      if (!Number.isFinite(a) || !Number.isFinite(b) || !Number.isFinite(c) || !Number.isFinite(d)) continue;
      const crossed = [];
      if (inA !== inB) crossed.push(2 * at);
      if (inB !== inC) crossed.push(2 * (at + 1) + 1);
      if (inC !== inD) crossed.push(2 * (at + columns));
      if (inD !== inA) crossed.push(2 * at + 1);
      // Where all four are crossed, the corners that are unlike the middle are cut off.
      if (crossed.length === 4 && ((a + b + c + d) / 4 > level) !== inA) crossed.push(/** @type {number} */ (crossed.shift()));
      for (let i = 0; i < crossed.length; i += 2) link(crossed[i], crossed[i + 1]);
    }
  }
  /** @type {number[]} */
  const points = [];
  const add = (/** @type {number} */ edge) => {
    const at = edge >> 1;
    const [column, row] = [at % columns, Math.floor(at / columns)];
    const other = edge & 1 ? at + columns : at + 1;
    const part = (level - values[at]) / (values[other] - values[at]);
    points.push(edge & 1 ? column : column + part, edge & 1 ? row + part : row);
  };
  const follow = (/** @type {number} */ edge) => {
    if (points.length) points.push(NaN, NaN);
    add(edge);
    for (let at = edge; ;) {
      const next = links.get(at)?.pop();
      if (next === undefined) return;
      const back = /** @type {number[]} */ (links.get(next));
      back.splice(back.indexOf(at), 1);
      add(next);
      at = next;
    }
  };
  for (const [edge, next] of links) if (next.length === 1) follow(edge); // a line that ends at the border
  for (const [edge, next] of links) if (next.length) follow(edge); // one that closes
  return points;
}

// Loads plotly.js once per page, from the copy that the installed plotly package ships.

let loading;

export function plotly(file) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(file, document.baseURI).href;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      loading = undefined; // the next drawing tries again
      reject(new Error(`${script.src} did not load`));
    };
    document.head.append(script);
  });
  return loading;
}

/** The axes of a subplot, named as traces name them: "xy", "x2y2". */
export function axes(plot, name) {
  const [, x, y] = /^(x\d*)(y\d*)$/.exec(name);
  const layout = plot._fullLayout;
  return { x: layout[x.replace("x", "xaxis")], y: layout[y.replace("y", "yaxis")] };
}

/** Pixels within the plot element of a point in data coordinates. */
export function toPixels({ x, y }, point) {
  return [x._offset + x.d2p(point[0]), y._offset + y.d2p(point[1])];
}

/** Data coordinates of a point in pixels within the plot element. */
export function toData({ x, y }, pixels) {
  return [x.p2d(pixels[0] - x._offset), y.p2d(pixels[1] - y._offset)];
}

/** True where the pixels lie inside the subplot's frame. */
export function inside({ x, y }, [left, top]) {
  return left >= x._offset && left <= x._offset + x._length && top >= y._offset && top <= y._offset + y._length;
}

/** Where a browser cannot draw in three dimensions Plotly offers a page elsewhere; ours says it and stays. */
export function explainNoWebGL(plot) {
  for (const note of plot.querySelectorAll(".no-webgl")) {
    Object.assign(note.parentElement, { onclick: null }).style.background = "none";
    note.style.cssText = "position:absolute;inset:0;display:grid;place-items:center;text-align:center";
    note.textContent = "This browser cannot draw in three dimensions: WebGL is missing or switched off.";
  }
}

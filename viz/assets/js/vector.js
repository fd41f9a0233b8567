// A canvas that writes down what is drawn on it, as elements of an SVG: the picture and its vector
// file come from the same strokes.

const SPACE = "http://www.w3.org/2000/svg";
const START = {
  strokeStyle: "#000", fillStyle: "#000", lineWidth: 1, lineCap: "butt", lineJoin: "miter",
  globalAlpha: 1, font: "10px sans-serif", textAlign: "start", textBaseline: "alphabetic",
};
const ANCHOR = { center: "middle", right: "end", end: "end" };

// XML has no place for some characters; a text without them is the same to a reader.
export function shape(tag, attributes, ...children) {
  const element = document.createElementNS(SPACE, tag);
  for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
  element.append(...children.map((child) => (typeof child === "string" ? legal(child) : child)));
  return element;
}

function legal(text) {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
}

export class Strokes {
  constructor(parent) {
    Object.assign(this, START, { parent, dash: [], kept: [], path: "" });
  }

  // Whatever `draw` draws stands in a group of its own, with a title for whoever points at it.
  within(title, attributes, draw) {
    const { parent } = this;
    this.parent = shape("g", attributes, ...(title ? [shape("title", {}, title)] : []));
    draw();
    parent.append(this.parent);
    this.parent = parent;
  }

  save() {
    const state = Object.keys(START).map((key) => [key, this[key]]);
    this.kept.push({ ...Object.fromEntries(state), dash: this.dash });
  }

  restore() {
    Object.assign(this, this.kept.pop());
  }

  setLineDash(dash) {
    this.dash = dash.some((length) => length > 0) ? dash : [];
  }

  beginPath() {
    this.path = "";
  }

  moveTo(x, y) {
    this.path += `M${rounded(x)} ${rounded(y)}`;
  }

  lineTo(x, y) {
    this.path += `${this.path ? "L" : "M"}${rounded(x)} ${rounded(y)}`;
  }

  quadraticCurveTo(viaX, viaY, x, y) {
    this.path += `Q${[viaX, viaY, x, y].map(rounded).join(" ")}`;
  }

  bezierCurveTo(...points) {
    this.path += `C${points.map(rounded).join(" ")}`;
  }

  closePath() {
    if (this.path) this.path += "Z";
  }

  rect(x, y, width, height) {
    this.path += `M${rounded(x)} ${rounded(y)}h${rounded(width)}v${rounded(height)}h${rounded(-width)}Z`;
  }

  // A whole turn is two halves, for one arc cannot end where it begins.
  arc(x, y, radius, from, to) {
    const turn = 2 * Math.PI;
    const sweep = to - from >= turn ? turn : (((to - from) % turn) + turn) % turn;
    const at = (angle) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    this.lineTo(...at(from));
    for (const angle of sweep === turn ? [from + Math.PI, from + turn] : [from + sweep]) {
      const large = Number(sweep < turn && sweep > Math.PI);
      this.path += `A${rounded(radius)} ${rounded(radius)} 0 ${large} 1 ${at(angle).map(rounded).join(" ")}`;
    }
  }

  fill() {
    this.put("path", { d: this.path, fill: this.fillStyle }, "fill-opacity");
  }

  stroke() {
    this.put("path", { d: this.path, fill: "none", ...this.line() }, "stroke-opacity");
  }

  fillText(text, x, y) {
    this.put("text", { ...this.letters(x, y), fill: this.fillStyle }, "fill-opacity", text);
  }

  strokeText(text, x, y) {
    const halo = { ...this.line(), "stroke-linejoin": "round", fill: "none" };
    this.put("text", { ...this.letters(x, y), ...halo }, "stroke-opacity", text);
  }

  put(tag, attributes, opacity, ...text) {
    if (attributes.d === "") return;
    const clear = this.globalAlpha === 1 ? {} : { [opacity]: this.globalAlpha };
    this.parent.append(shape(tag, { ...attributes, ...clear }, ...text));
  }

  line() {
    const dash = this.dash.length ? { "stroke-dasharray": this.dash.join(" ") } : {};
    const cap = this.lineCap === "butt" ? {} : { "stroke-linecap": this.lineCap };
    return { stroke: this.strokeStyle, "stroke-width": rounded(this.lineWidth), ...dash, ...cap };
  }

  letters(x, y) {
    const [, italic, weight, size] = /^(italic )?(?:(\d+) )?([\d.]+)px/.exec(this.font);
    const slant = italic ? { "font-style": "italic" } : {};
    const middle = this.textBaseline === "middle" ? 0.35 * Number(size) : 0;
    return {
      x: rounded(x), y: rounded(y + middle), "font-size": size, "font-weight": weight || 400, ...slant,
      "text-anchor": ANCHOR[this.textAlign] || "start",
    };
  }
}

function rounded(value) {
  return String(Math.round(value * 100) / 100);
}

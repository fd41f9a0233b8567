// Boxes and lines in screen pixels, as far as labels need them.

// A single word may be so much longer than a line before it is cut.
const SPARE = 8;

export function around(node, scale) {
  const reach = node.size * scale + 1;
  const [x, y] = [node.x * scale, node.y * scale];
  return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
}

export function meets(a, b) {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

export function within(box, room) {
  return box.left >= room.left && box.right <= room.right && box.top >= room.top && box.bottom <= room.bottom;
}

// A line as two straight pieces that meet at the top of its bow.
export function segment(data, id, scale) {
  const { from, to, bend } = data.edges.get(id);
  const [a, b] = [data.nodes.get(from), data.nodes.get(to)];
  const begin = { x: a.x * scale, y: a.y * scale };
  const end = { x: b.x * scale, y: b.y * scale };
  const middle = { x: (begin.x + end.x) / 2, y: (begin.y + end.y) / 2 };
  if (!bend) return { begin, end, bow: middle };
  const via = viaPoint(begin, end, bend);
  return { begin, end, bow: { x: (middle.x + via.x) / 2, y: (middle.y + via.y) / 2 } };
}

// As vis-network bends a line: the control point of its curve.
export function viaPoint(begin, end, bend) {
  const [dx, dy] = [end.x - begin.x, begin.y - end.y];
  const angle = Math.atan2(dy, dx) + (0.5 * bend + 0.5) * Math.PI;
  const reach = (0.5 * Math.abs(bend) + 0.5) * Math.hypot(dx, dy);
  return { x: begin.x + reach * Math.sin(angle), y: begin.y + reach * Math.cos(angle) };
}

// Liang and Barsky: whether a piece of line enters a box.
export function touches(a, b, box) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  let [low, high] = [0, 1];
  for (const [step, room] of [[-dx, a.x - box.left], [dx, box.right - a.x], [-dy, a.y - box.top], [dy, box.bottom - a.y]]) {
    if (step === 0 && room < 0) return false;
    if (step < 0) low = Math.max(low, room / step);
    if (step > 0) high = Math.min(high, room / step);
  }
  return low <= high;
}

// A name on at most so many lines of so many characters; the rest is in the panel.
export function brokenName(label, characters, most) {
  const lines = [""];
  for (const part of label.split(/\s+/)) {
    const joined = `${lines.at(-1)} ${part}`.trim();
    if (joined.length <= characters || !lines.at(-1)) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  const kept = lines.slice(0, most).map((line) => cut(line, characters + SPARE));
  if (lines.length > most) kept[most - 1] += "…";
  return kept;
}

function cut(line, most) {
  const characters = [...line];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : line;
}

// Where a name can stand: which boxes are taken, and how much of the lines a box would hide.

import { meets } from "./geometry.js";

const CELL = 48;
const GRAIN = 6;

// Boxes by the cells that they touch, so that a box is compared with its neighbours only.
export class Taken {
  constructor() {
    this.cells = new Map();
  }

  add(box) {
    for (const key of keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  isFree(box) {
    return keys(box).every((key) => !(this.cells.get(key) || []).some((other) => meets(other, box)));
  }
}

function keys({ left, right, top, bottom }) {
  const found = [];
  for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) found.push(x * 65536 + y);
  }
  return found;
}

// Lines as dots on a coarse sheet, summed from its corner: what any box hides is four look-ups
// (summed-area table; F. Crow, 1984).
export class Ink {
  constructor(lines) {
    const corners = lines.flatMap(({ begin, bow, end }) => [begin, bow, end]);
    this.left = Math.min(0, ...corners.map(({ x }) => x));
    this.top = Math.min(0, ...corners.map(({ y }) => y));
    this.columns = Math.ceil((Math.max(0, ...corners.map(({ x }) => x)) - this.left) / GRAIN) + 2;
    this.rows = Math.ceil((Math.max(0, ...corners.map(({ y }) => y)) - this.top) / GRAIN) + 2;
    this.sums = new Float32Array(this.columns * this.rows);
    for (const { begin, bow, end } of lines) {
      this.stroke(begin, bow);
      this.stroke(bow, end);
    }
    for (let y = 1; y < this.rows; y += 1) {
      let row = 0;
      for (let x = 1; x < this.columns; x += 1) {
        row += this.sums[y * this.columns + x];
        this.sums[y * this.columns + x] = row + this.sums[(y - 1) * this.columns + x];
      }
    }
  }

  stroke(from, to) {
    const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / GRAIN);
    for (let step = 0; step < steps; step += 1) {
      const x = from.x + ((to.x - from.x) * step) / steps;
      const y = from.y + ((to.y - from.y) * step) / steps;
      this.sums[this.row(y) * this.columns + this.column(x)] += 1;
    }
  }

  column(x) {
    return Math.min(this.columns - 1, Math.max(0, Math.floor((x - this.left) / GRAIN) + 1));
  }

  row(y) {
    return Math.min(this.rows - 1, Math.max(0, Math.floor((y - this.top) / GRAIN) + 1));
  }

  under({ left, right, top, bottom }) {
    const [x, y, toX, toY] = [this.column(left) - 1, this.row(top) - 1, this.column(right), this.row(bottom)];
    const at = (column, row) => (column < 0 || row < 0 ? 0 : this.sums[row * this.columns + column]);
    return at(toX, toY) - at(x, toY) - at(toX, y) + at(x, y);
  }
}

// Where a name can stand: which boxes are taken, and how much of the lines a box would hide.

import { meets } from "./geometry.js";

const CELL = 48;
// More cells than any picture is high.
const STRIDE = 65536;
const GRAIN = 6;

// Boxes by the cells that they touch, so that a box is compared with its neighbours only. Asked ten
// thousands of times for one picture: nothing is made on the way.
export class Taken {
  constructor() {
    this.cells = new Map();
  }

  add(box) {
    const [right, bottom] = [cell(box.right), cell(box.bottom)];
    for (let x = cell(box.left); x <= right; x += 1) {
      for (let y = cell(box.top); y <= bottom; y += 1) {
        const boxes = this.cells.get(x * STRIDE + y);
        if (boxes) boxes.push(box);
        else this.cells.set(x * STRIDE + y, [box]);
      }
    }
  }

  isFree(box) {
    const right = cell(box.right);
    const bottom = cell(box.bottom);
    for (let x = cell(box.left); x <= right; x += 1) {
      for (let y = cell(box.top); y <= bottom; y += 1) {
        const boxes = this.cells.get(x * STRIDE + y);
        if (!boxes) continue;
        for (let at = 0; at < boxes.length; at += 1) if (meets(boxes[at], box)) return false;
      }
    }
    return true;
  }
}

function cell(at) {
  return Math.floor(at / CELL);
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

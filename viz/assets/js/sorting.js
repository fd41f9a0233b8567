// A table sorted by its columns: each head becomes a button, usable by mouse and keyboard alike.
// A cell sorts by its data-order, else by its text; rows that tie keep their order.

import { el } from "./dom.js";

export function sortable(table, compare) {
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  heads.forEach((head, column) => {
    if (!head.textContent.trim()) return;
    const button = el("button", { type: "button" }, ...head.childNodes);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      for (const body of table.tBodies) body.append(...sorted([...body.rows], column, down ? -1 : 1, compare));
    });
  });
}

// What is not known stands last, whichever way the rest runs.
function sorted(rows, column, direction, compare) {
  const keys = new Map(rows.map((row) => [row, keyOf(row.cells[column])]));
  return rows.sort((a, b) => {
    const [one, other] = [keys.get(a), keys.get(b)];
    if (!one || !other) return (one ? 0 : 1) - (other ? 0 : 1);
    return direction * inOrder(one, other, compare);
  });
}

function keyOf(cell) {
  return cell ? cell.dataset.order ?? cell.textContent.trim() : "";
}

// The collator reads digits as numbers, but neither a sign nor decimals.
function inOrder(one, other, compare) {
  const difference = Number(one) - Number(other);
  return Number.isNaN(difference) ? compare(one, other) : difference;
}

// Marks dealt out to rows, in turn, so that each row spans the whole width: as Python does.

export function dealt(items, rooms, width) {
  const total = items.reduce((sum, id) => sum + rooms[id][0], 0);
  const wide = (row) => row.reduce((sum, id) => sum + rooms[id][0], 0);
  let count = Math.max(1, Math.ceil(total / width));
  const deal = () => Array.from({ length: count }, (_, row) => items.filter((_each, at) => at % count === row));
  while (count < items.length && deal().some((row) => wide(row) > width)) count += 1;
  const wanted = new Map();
  let before = 0;
  for (const id of items) {
    wanted.set(id, (width * (before + rooms[id][0] / 2)) / total);
    before += rooms[id][0];
  }
  return deal().map((row) => even(row, wanted, rooms, width));
}

function even(row, wanted, rooms, width) {
  let least = 0;
  const places = row.map((id) => {
    const half = rooms[id][0] / 2;
    const place = Math.max(wanted.get(id), least + half);
    least = place + half;
    return place;
  });
  let most = width;
  for (let at = row.length - 1; at >= 0; at -= 1) {
    const half = rooms[row[at]][0] / 2;
    places[at] = Math.min(places[at], most - half);
    most = places[at] - half;
  }
  return row.map((id, at) => [id, places[at]]);
}

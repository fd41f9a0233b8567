// The bands of the map: where each layer begins and ends, and the room that open groups take. A
// band that holds an open group is dealt out to rows again, as Python deals them; the others keep
// their rows and only make room.

import { dealt } from "./rows.js";

export function arrange(data, shares) {
  const { map } = data;
  const side = data.upright ? "tall" : "wide";
  const key = [...shares].map(([id, members]) => [id, ...members].join(" ")).join("|");
  if (map.arranged === key) return;
  map.arranged = key;
  map.first ??= new Map(data.network.nodes.map(({ id, x, y }) => [id, { x, y }]));
  const { left, title, rooms, row: length } = map[side];
  let grown = 0;
  map.strips = map.bands.map((band) => {
    const [top, bottom] = band[side];
    const open = map.groups.filter((group) => group.band === band.id && shares.has(group.id));
    const begin = top + grown;
    if (!open.length) {
      for (const id of band.items) shift(data, id, grown);
      return { ...band, top: begin, bottom: bottom + grown };
    }
    const rows = dealt(itemsOf(map, band, shares), rooms, length);
    let y = begin + map.room;
    for (const row of rows) {
      const high = Math.max(...row.map(([id]) => rooms[id][1]));
      for (const [id, x] of row) put(data, id, x + title + left, y + high / 2);
      y += high;
    }
    grown = y + map.room - bottom;
    return { ...band, top: begin, bottom: y + map.room };
  });
  const middle = grown / 2;
  for (const node of data.network.nodes) node.y -= middle;
  for (const strip of map.strips) {
    strip.top -= middle;
    strip.bottom -= middle;
  }
  // What stands in a closed group is found where the group is.
  for (const group of map.groups) {
    const { x, y } = data.nodes.get(group.id);
    for (const member of group.members) {
      if (!(shares.has(group.id) && shares.get(group.id).has(member))) put(data, member, x, y);
    }
  }
}

// An open group gives its place to its members; what finds no room stays in it.
function itemsOf(map, band, shares) {
  return band.items.flatMap((id) => {
    if (!shares.has(id)) return [id];
    const group = map.groups.find((each) => each.id === id);
    const shown = group.members.filter((member) => shares.get(id).has(member));
    return shown.length < group.members.length ? [...shown, id] : shown;
  });
}

function shift(data, id, by) {
  const { x, y } = data.map.first.get(id);
  put(data, id, x, y + by);
}

function put(data, id, x, y) {
  const node = data.nodes.get(id);
  [node.x, node.y] = [Math.round(x), Math.round(y)];
}

// The bands of the map: where each layer begins and ends, and the room that open groups take. A
// band that holds an open group is dealt out to rows again, as Python deals them; the others keep
// their rows and only make room.

import { dealt } from "./rows.js";

const TINTS = ["rgba(28, 37, 48, 0.035)", "rgba(28, 37, 48, 0)"];
const INK = "#5B6673";
const FACE = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const LINE = 15;
// A stage may have no height while the page is folded or printed.
const LEAST = 0.05;

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

export function drawBands(context, network, data) {
  const { map } = data;
  const { left, right } = map[data.upright ? "tall" : "wide"];
  const scale = network.getScale();
  context.save();
  map.strips.forEach((strip, number) => {
    context.fillStyle = TINTS[number % 2];
    context.fillRect(left, strip.top, right - left, strip.bottom - strip.top);
  });
  context.scale(1 / scale, 1 / scale);
  context.fillStyle = INK;
  context.textBaseline = "middle";
  for (const { lines, box, font } of titles(context, data, scale)) {
    context.font = font;
    lines.forEach((line, number) => context.fillText(line, box.left, box.top + LINE * (number + 0.5)));
  }
  context.restore();
}

// The titles in screen pixels from the middle of the picture; no name is written over them.
export function titles(context, data, scale) {
  const { map } = data;
  const { left, title } = map[data.upright ? "tall" : "wide"];
  const font = `650 12.5px ${FACE}`;
  context.font = font;
  return map.strips.map((strip) => {
    const lines = wrapped(context, strip.label, title * scale - 8);
    const [x, y] = [left * scale + 6, ((strip.top + strip.bottom) / 2) * scale];
    const width = Math.max(...lines.map((line) => context.measureText(line).width));
    const top = y - (LINE * lines.length) / 2;
    return { lines, font, box: { left: x, right: x + width, top, bottom: top + LINE * lines.length } };
  });
}

function wrapped(context, label, width) {
  const lines = [""];
  for (const part of label.split(" ")) {
    const joined = `${lines.at(-1)} ${part}`.trim();
    if (!lines.at(-1) || context.measureText(joined).width <= width) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines;
}

// Where to look from to see all bands.
export function wholeMap(stage, data) {
  const { map } = data;
  const { left, right } = map[data.upright ? "tall" : "wide"];
  const high = map.strips.at(-1).bottom - map.strips[0].top;
  const scale = Math.max(LEAST, Math.min((stage.clientWidth - 8) / (right - left), (stage.clientHeight - 8) / high));
  return { position: { x: (left + right) / 2, y: (map.strips[0].top + map.strips.at(-1).bottom) / 2 }, scale };
}

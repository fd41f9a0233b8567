// Where to look from, so that some marks and their labels fill the stage.

import { CROWD } from "./placing.js";

const FIRST_ROOM = { left: 40, right: 40, top: 40, bottom: 40 };
const LEAST_ROOM = { left: 18, top: 14, bottom: 14 };
// Names at the sides may take so much of the width; those that need more go elsewhere.
const MOST_SIDE = 0.16;
// A crowd of marks needs the stage itself: its names make do with a rim.
const RIM = { left: 24, right: 24, top: 18, bottom: 30 };
const CLOSEST = { wide: 1.3, upright: 0.8 };
const ROUNDS = 3;

// `labelsAt` says where the labels would stand at a scale; how far they reach decides the room.
export function fitted(stage, data, marks, labelsAt) {
  const nodes = [...marks].map((mark) => data.nodes.get(mark));
  if (!nodes.length) return { position: { x: 0, y: 0 }, scale: 1 };
  const x = extent(nodes.map((node) => node.x));
  const y = extent(nodes.map((node) => node.y));
  const closest = data.upright ? CLOSEST.upright : CLOSEST.wide;
  const [first, rounds] = nodes.length > CROWD ? [RIM, 1] : [FIRST_ROOM, ROUNDS];
  let room = first;
  let scale = scaleFor(stage, x, y, room, closest);
  for (let round = 1; round < rounds; round += 1) {
    room = roomFor(stage, labelsAt(scale), x, y, scale);
    scale = scaleFor(stage, x, y, room, closest);
  }
  return {
    position: {
      x: x.middle + (room.right - room.left) / 2 / scale,
      y: y.middle + (room.bottom - room.top) / 2 / scale,
    },
    scale,
  };
}

function scaleFor(stage, x, y, room, closest) {
  const wide = (stage.clientWidth - room.left - room.right) / Math.max(1, x.size);
  const high = (stage.clientHeight - room.top - room.bottom) / Math.max(1, y.size);
  return Math.min(closest, Math.max(0.1, Math.min(wide, high)));
}

function roomFor(stage, boxes, x, y, scale) {
  const most = (values, least) => Math.max(...values.map((value) => value + 10), least);
  const side = (values) => Math.min(most(values, LEAST_ROOM.left), MOST_SIDE * stage.clientWidth);
  return {
    left: side(boxes.map((box) => x.low * scale - box.left)),
    right: side(boxes.map((box) => box.right - x.high * scale)),
    top: most(boxes.map((box) => y.low * scale - box.top), LEAST_ROOM.top),
    bottom: most(boxes.map((box) => box.bottom - y.high * scale), LEAST_ROOM.bottom),
  };
}

function extent(values) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return { low, high, middle: (low + high) / 2, size: high - low };
}

// Where to look from, so that some marks and their labels fill the stage.

const FIRST_ROOM = { left: 80, right: 80, top: 40, bottom: 56 };
// What stands over the picture: the line of counts at the bottom.
const LEAST_ROOM = { left: 14, right: 14, top: 14, bottom: 40 };
const CLOSEST = 1.3;
const ROUNDS = 3;

// `labelsAt` says where the labels would stand at a scale; how far they reach decides the room.
export function fitted(stage, data, marks, labelsAt) {
  const nodes = [...marks].map((mark) => data.nodes.get(mark));
  if (!nodes.length) return { position: { x: 0, y: 0 }, scale: 1 };
  const x = extent(nodes.map((node) => node.x));
  const y = extent(nodes.map((node) => node.y));
  let room = FIRST_ROOM;
  let scale = scaleFor(stage, x, y, room);
  for (let round = 1; round < ROUNDS; round += 1) {
    room = roomFor(labelsAt(scale), x, y, scale);
    scale = scaleFor(stage, x, y, room);
  }
  return {
    position: {
      x: x.middle + (room.right - room.left) / 2 / scale,
      y: y.middle + (room.bottom - room.top) / 2 / scale,
    },
    scale,
  };
}

function scaleFor(stage, x, y, room) {
  const wide = (stage.clientWidth - room.left - room.right) / Math.max(1, x.size);
  const high = (stage.clientHeight - room.top - room.bottom) / Math.max(1, y.size);
  return Math.min(CLOSEST, Math.max(0.1, Math.min(wide, high)));
}

function roomFor(boxes, x, y, scale) {
  const most = (values, least) => Math.max(...values.map((value) => value + 10), least);
  return {
    left: most(boxes.map((box) => x.low * scale - box.left), LEAST_ROOM.left),
    right: most(boxes.map((box) => box.right - x.high * scale), LEAST_ROOM.right),
    top: most(boxes.map((box) => y.low * scale - box.top), LEAST_ROOM.top),
    bottom: most(boxes.map((box) => box.bottom - y.high * scale + 24), LEAST_ROOM.bottom),
  };
}

function extent(values) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return { low, high, middle: (low + high) / 2, size: high - low };
}

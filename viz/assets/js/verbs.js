// The words of lines, where few lines are looked at and a line is long enough to carry its own.

import { segment } from "./geometry.js";
import { FACE, widthOf } from "./letters.js";

const MOST = 14;
const ROOM = 50;

export function placedVerbs(context, data, kept, scale, taken) {
  if (kept.lines.size > MOST) return [];
  const font = `italic 450 12px ${FACE}`;
  return [...kept.lines].flatMap((id) => {
    const line = segment(data, id, scale);
    const words = data.relations[data.edges.get(id).relation].verb || String(data.edges.get(id).facts.length);
    const w = widthOf(context, font, words) + 4;
    const length = Math.hypot(line.end.x - line.begin.x, line.end.y - line.begin.y);
    if (length < w + ROOM) return [];
    const middle = line.bow;
    const box = [0, -14, 14].map((dy) => ({
      left: middle.x - w / 2, right: middle.x + w / 2, top: middle.y + dy - 8, bottom: middle.y + dy + 8,
    })).find((place) => taken.isFree(place));
    if (!box) return [];
    taken.add(box);
    return [{ lines: [words], font, box, line: 15.5, colour: "#3C4752" }];
  });
}

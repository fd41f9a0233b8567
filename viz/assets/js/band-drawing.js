// The bands of the map as they are seen: every second with a ground, each with its title at the left.

const TINT = { colour: "#1C2530", alpha: 0.035 };
const INK = "#5B6673";
const FACE = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const LINE = 15;
// A stage may have no height while the page is folded or printed, and a map no band.
const [LEAST, MOST] = [0.05, 4];

export function drawBands(context, network, data) {
  const scale = network.getScale();
  context.save();
  fillBands(context, data);
  context.scale(1 / scale, 1 / scale);
  writeTitles(context, titles(context, data, scale));
  context.restore();
}

// The same as a drawing, whose letters a canvas must measure.
export function traceBands(strokes, network, data) {
  const scale = network.getScale();
  strokes.save();
  fillBands(strokes, data);
  const written = titles(network.canvas.getContext(), data, scale);
  strokes.within("", { transform: `scale(${(1 / scale).toFixed(4)})` }, () => writeTitles(strokes, written));
  strokes.restore();
}

// Every second band has a ground.
function fillBands(context, { map, upright }) {
  const { left, right } = map[upright ? "tall" : "wide"];
  context.save();
  context.globalAlpha = TINT.alpha;
  context.fillStyle = TINT.colour;
  context.beginPath();
  for (const { top, bottom } of map.strips.filter((_, number) => number % 2 === 0)) {
    context.rect(left, top, right - left, bottom - top);
  }
  context.fill();
  context.restore();
}

function writeTitles(context, written) {
  context.fillStyle = INK;
  context.textBaseline = "middle";
  context.textAlign = "start";
  for (const { lines, box, font } of written) {
    context.font = font;
    lines.forEach((line, number) => context.fillText(line, box.left, box.top + LINE * (number + 0.5)));
  }
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
  const [top, bottom] = map.strips.length ? [map.strips[0].top, map.strips.at(-1).bottom] : [0, 1];
  const fits = Math.min((stage.clientWidth - 8) / Math.max(1, right - left), (stage.clientHeight - 8) / (bottom - top));
  const scale = Math.min(MOST, Math.max(LEAST, fits));
  return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale };
}

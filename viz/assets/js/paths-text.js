// Text in lines that are not wider than what there is; a picture does not break lines by itself.

const FAMILY = "Arial, Helvetica, sans-serif";
const PART = /[^\s–-]+[–-]*\s*|[–-]+\s*/g;

export const FACE = { "font-family": FAMILY, fill: "#1C2530" };

let measure;

export function linesOf(text, width, size, weight = 400) {
  measure ||= document.createElement("canvas").getContext("2d");
  measure.font = `${weight} ${size}px ${FAMILY}`;
  const lines = [""];
  for (const part of text.match(PART) || []) {
    const longer = lines.at(-1) + part;
    if (!lines.at(-1) || measure.measureText(longer.trim()).width <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines.map((line) => line.trim());
}

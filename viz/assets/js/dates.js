// Dates as precise as their sources: a year, a month or a day. What holds, holds on the last day
// of the year or month that the reader chose; no date chosen is the day of the data.

// So many years before and after the day of the data have steps of a month, the others of a year.
const YEARS_OF_MONTHS = 6;
const FORM = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/;

export function isDate(text) {
  return FORM.test(text);
}

export function lastDay(date) {
  const [, year, month, day] = FORM.exec(date);
  if (day) return date;
  const last = new Date(Date.UTC(2000, Number(month || 12), 0));
  last.setUTCFullYear(Number(year), Number(month || 12), 0);
  return last.toISOString().slice(0, 10);
}

// Whether a fact holds on a day, as far as its source dates it; a later correction replaces it.
export function holds(edge, day) {
  if (!day) return !edge.standing;
  if (edge.standing === "replaced") return false;
  // A tilde comes after every digit: the end of a year is its last day.
  return !(edge.since > day) && !(edge.until && `${edge.until}~` < day);
}

export function isUndated(edge) {
  return !edge.since && !edge.until;
}

// The steps of the slider, from the first dated fact to the last; an empty one is the day of the
// data, in the place of its month.
export function stepsOf(data) {
  const dated = data.network.edges.flatMap((edge) => [edge.since, edge.until]).filter(Boolean).sort();
  if (!dated.length) return [];
  const { today } = data.page;
  const [first, last] = [[dated[0], today].sort()[0], [`${dated.at(-1)}-12`, today].sort()[1]];
  const now = Number(today.slice(0, 4));
  const steps = [];
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year += 1) {
    const name = String(year).padStart(4, "0");
    if (Math.abs(year - now) >= YEARS_OF_MONTHS) steps.push(name);
    else for (let month = 1; month <= 12; month += 1) steps.push(`${name}-${String(month).padStart(2, "0")}`);
  }
  return steps
    .filter((step) => step >= first.slice(0, step.length) && step <= last.slice(0, step.length))
    .map((step) => (step === today.slice(0, 7) ? "" : step));
}

export function dateText(date, language) {
  const [, year, month, day] = FORM.exec(date);
  const moment = new Date(Date.UTC(2000, Number(month || 1) - 1, Number(day || 1)));
  moment.setUTCFullYear(Number(year));
  const parts = { year: "numeric", ...(month ? { month: "long" } : {}), ...(day ? { day: "numeric" } : {}) };
  return new Intl.DateTimeFormat(language, { ...parts, timeZone: "UTC" }).format(moment);
}

// The words of the page, in its language, from the data it carries.

export function speaker(data) {
  const language = data.page.language;
  const numbers = once(() => new Intl.NumberFormat(language));
  const say = (key, values) => {
    const words = data.words[key];
    if (words === undefined) throw new Error(`no words for ${key}`);
    return words.replace(/\{(\w+)\}/g, (_, name) => written(values[name], language, numbers));
  };
  const count = (key, number, values) => {
    const singular = number === 1 || (language === "fr" && number === 0);
    return say(`${key}-${singular ? "one" : "many"}`, { count: number, ...values });
  };
  const collator = once(() => new Intl.Collator(language, { numeric: true }));
  const lists = once(() => new Intl.ListFormat(language));
  // French sets a space before a semicolon, at which no line may break.
  const between = language === "fr" ? "\u00A0; " : "; ";
  return { say, count, between, number: (value) => written(value, language, numbers), compare: (a, b) => collator().compare(a, b), list: (names) => lists().format(names) };
}

// Made when it is first asked for: a browser takes its time over what it knows of languages.
function once(make) {
  let made;
  return () => (made ??= make());
}

// Whole numbers, of which every page has some, need no more than their groups of thousands.
function written(value, language, numbers) {
  if (typeof value !== "number") return String(value);
  if (!Number.isInteger(value) || value < 0) return numbers().format(value);
  return String(value).replace(/\B(?=(\d{3})+$)/g, language === "fr" ? "\u202F" : ",");
}

// The words of the page, in its language, from the data it carries.

export function speaker(data) {
  const language = data.page.language;
  const numbers = new Intl.NumberFormat(language);
  const say = (key, values) => {
    const words = data.words[key];
    if (words === undefined) throw new Error(`no words for ${key}`);
    return words.replace(/\{(\w+)\}/g, (_, name) => written(values[name], numbers));
  };
  const count = (key, number, values) => {
    const singular = number === 1 || (language === "fr" && number === 0);
    return say(`${key}-${singular ? "one" : "many"}`, { count: number, ...values });
  };
  const collator = new Intl.Collator(language, { numeric: true });
  const lists = new Intl.ListFormat(language);
  // French sets a space before a semicolon, at which no line may break.
  const between = language === "fr" ? "\u00A0; " : "; ";
  return { say, count, between, number: numbers.format, compare: collator.compare, list: (names) => lists.format(names) };
}

function written(value, numbers) {
  return typeof value === "number" ? numbers.format(value) : String(value);
}

// The edition stands in a style sheet that all pages share, so that a page changes only when what
// it says does.

export function shownEdition() {
  // A copy without the style sheet names none, and works.
  return JSON.parse(getComputedStyle(document.documentElement).getPropertyValue("--edition") || '""');
}

// Paper has no folds: what `folds` gives is open while the page is printed, and then as it was.

export function unfoldOnPaper(folds) {
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...folds()].filter((fold) => !fold.open);
    for (const fold of opened) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
}

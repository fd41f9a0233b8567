// The switches of the legend stand in the page; here they are tied to the state.

const MOST_CIRCLES = 3;

export function bindLegend(state, words, status) {
  const boxes = [...document.querySelectorAll("input[data-token]")];
  for (const box of boxes) {
    box.addEventListener("change", () => {
      if (isCircle(box) && box.checked && circles(boxes).length > MOST_CIRCLES) {
        box.checked = false;
        status.say(words.say("circle-limit"));
        return;
      }
      state.toggle(box.dataset.token, box.checked);
    });
  }
  for (const radio of document.querySelectorAll("input[name=steps]")) {
    radio.addEventListener("change", () => state.change({ steps: Number(radio.value) }));
  }
  state.subscribe(() => {
    for (const box of boxes) box.checked = state.current.on.get(box.dataset.token) !== false;
    for (const radio of document.querySelectorAll("input[name=steps]")) {
      radio.checked = Number(radio.value) === state.current.steps;
    }
    const steps = document.querySelector("fieldset.steps");
    steps.hidden = !state.current.focus;
  });
}

function isCircle(box) {
  return box.dataset.token.startsWith("c.");
}

function circles(boxes) {
  return boxes.filter((box) => isCircle(box) && box.checked);
}

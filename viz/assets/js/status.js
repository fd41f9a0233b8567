// One polite line: what is shown, in words. Notices stand in front of it until the next change.

export function createStatus(state, describe, line) {
  let notice = "";
  const write = () => {
    line.textContent = [notice, describe.view()].filter(Boolean).join(" ");
    notice = "";
  };
  // At once: what the line says decides how much room is left for the picture.
  state.join(write);
  return {
    say(text) {
      notice = text;
      write();
    },
    note: (text) => (notice = text),
  };
}

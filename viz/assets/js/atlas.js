// What the map adds to a picture: its page fills this in, on every other page it stays empty.

export const atlas = {};

export function isGroup(state, id) {
  return Boolean(state.data.folding && state.data.folding.isGroup(id));
}

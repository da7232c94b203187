// @ts-check

/** @param {KeyboardEvent} event @returns {boolean} Enter where there is a real keyboard; with Ctrl or Cmd anywhere */
export function sends(event) {
  if (event.key !== "Enter" || event.isComposing) return false;
  if (event.ctrlKey || event.metaKey) return true;
  return !event.shiftKey && window.matchMedia("(hover: hover) and (pointer: fine)").matches;
}

// @ts-check

/** A room's colour, where the page carries it; a wrong one is none. @param {HTMLElement} element */
export function paint(element) {
  const { colour } = element.dataset;
  if (colour && CSS.supports("color", colour)) element.style.setProperty("--room", colour);
}

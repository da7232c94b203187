// @ts-check

/**
 * Makes an element. Text only ever enters the page as text: there is no way through here for markup.
 *
 * @param {string} name
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes] false, null and undefined are left out
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/**
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {T} throws when the page does not hold it: a template and its element have drifted apart
 */
export function find(root, selector) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return /** @type {T} */ (found);
}

/**
 * Listens for another element's event.
 *
 * @param {EventTarget} target
 * @param {string} type
 * @param {(detail: any) => void} does
 */
export function heed(target, type, does) {
  target.addEventListener(type, (event) => does(/** @type {CustomEvent} */ (event).detail));
}

/** @returns {string} a fresh random id; older phones and plain http on a home network have no randomUUID */
export function freshId() {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} text @returns {number} Unicode code points, as the server counts them */
export const lengthOf = (text) => Array.from(normalised(text)).length;

/** @param {string} text @returns {string} with LF line ends, as the server stores it */
export const normalised = (text) => text.replace(/\r\n?/g, "\n");

// @ts-check

/** The shortest ceiling of a wait, in milliseconds. */
export const BASE = 500;
/** The longest wait, in milliseconds. */
export const CAP = 30_000;

/**
 * How long to wait before the next attempt: anywhere between nothing and a ceiling that doubles. The whole range is
 * drawn from ("full jitter"), so that a thousand browsers cut at the same moment do not come back at the same moment.
 *
 * @param {number} attempt how many attempts have failed so far, from 0
 * @param {() => number} [random] a number in [0, 1)
 * @returns {number} milliseconds
 */
export function wait(attempt, random = Math.random) {
  const ceiling = Math.min(CAP, BASE * 2 ** Math.min(attempt, 16));
  return Math.floor(random() * ceiling);
}

/**
 * What a close code asks of the browser.
 *
 * @param {number} code
 * @returns {"return" | "signed-out" | "banned" | "ended"}
 */
export function afterClose(code) {
  if (code === 4501) return "signed-out";
  if (code === 4503) return "banned";
  return code >= 4500 && code <= 4599 ? "ended" : "return";
}

// @ts-check

const TIME = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const DAY_OF_YEAR = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** @param {string} at RFC 3339 @returns {string} "12:04", in the reader's zone */
export const when = (at) => TIME.format(new Date(at));

/** @param {string} at RFC 3339 @returns {string} the whole date and time, in the reader's zone */
export const inFull = (at) => FULL.format(new Date(at));

/**
 * @param {string} at RFC 3339
 * @param {Date} [now]
 * @returns {string} "Today", "Yesterday" or "Monday 23 November", in the reader's zone
 */
export function day(at, now = new Date()) {
  const then = new Date(at);
  const apart = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  if (apart === 0) return "Today";
  if (apart === 1) return "Yesterday";
  return (then.getFullYear() === now.getFullYear() ? DAY : DAY_OF_YEAR).format(then);
}

/** @param {string} at @returns {string} "2026-11-23", in the reader's zone: equal for two moments of one day */
export function dayKey(at) {
  const then = new Date(at);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
}

/** @param {number} seconds @returns {string} "0:24" */
export function countdown(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** @param {Date} date @returns {number} */
function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

// @ts-check
import { make } from "../lib/dom.js";

/** Long enough for every screen reader to have taken it up. */
const STAYS = 1_000;
/** More than this at once is told as a number. */
const MOST = 3;
const LONGEST = 200;

/** Tells those who listen what was said, apart from the visible list, so that history is never read out again. */
export class Announcer {
  #region;
  /** @type {string[]} */
  #waiting = [];
  /** @type {number | undefined} */
  #timer;

  /** @param {HTMLElement} region a live region that stands on the page from the beginning */
  constructor(region) {
    this.#region = region;
  }

  /** @param {string} name @param {string} text */
  say(name, text) {
    if (document.visibilityState === "hidden") return;
    const letters = Array.from(`${name}: ${text}`);
    this.#waiting.push(letters.length > LONGEST ? `${letters.slice(0, LONGEST).join("")}…` : letters.join(""));
    this.#timer ??= window.setTimeout(() => this.#speak(), 150);
  }

  #speak() {
    this.#timer = undefined;
    const said = this.#waiting.splice(0);
    const lines = said.length > MOST ? [`${said.length} new messages`] : said;
    for (const line of lines) {
      const spoken = make("p", {}, line);
      this.#region.append(spoken);
      window.setTimeout(() => spoken.remove(), STAYS);
    }
  }
}

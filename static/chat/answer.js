// @ts-check
import { make, normalised } from "../lib/dom.js";
import { countdown } from "../lib/time.js";
/** @typedef {import("./frames.js").Answer} Answer */
/** @typedef {{use: (text: string) => void, confirm: () => void}} Ways */

/** What to say when the server said no more than its code. */
const FALLBACK = "That did not go through. Your words are kept here.";

/** What came back instead of "posted", beside the composer: why, where, and the ways on. */
export class AnswerPanel {
  #box;
  #ways;
  #said = "";
  /** @type {number | undefined} */
  #timer;

  /** @param {HTMLElement} box a status region @param {Ways} ways */
  constructor(box, ways) {
    this.#box = box;
    this.#ways = ways;
  }

  /** True while the server has asked to wait. */
  get waiting() {
    return this.#timer !== undefined;
  }

  /** @param {Answer} answer @param {string} text what was sent */
  show(answer, text) {
    this.#stop();
    this.#said = text;
    this.#box.replaceChildren(...this.#drawn(answer));
    this.#box.dataset.type = answer.code ?? answer.type;
    this.#box.hidden = false;
    if (answer.retry_after) this.#countdown(answer.retry_after);
  }

  /** Comes into view again, when one tries to send too early. */
  reveal() {
    this.#box.hidden = false;
  }

  close() {
    this.#box.hidden = true;
    if (!this.waiting) this.#box.replaceChildren();
  }

  /** A suggestion took the place of the author's words: they can come back. @param {string} own @param {() => void} back */
  replaced(own, back) {
    const again = button("Take my own words back", "back second", back);
    this.#box.replaceChildren(make("p", { class: "said", dir: "auto" }, own), make("p", { class: "actions" }, again));
  }

  /** "Send it as it is" means these words only. @param {string} text what the composer holds */
  fits(text) {
    const confirm = /** @type {HTMLElement | null} */ (this.#box.querySelector("button.confirm"));
    if (confirm) confirm.hidden = normalised(text) !== this.#said;
  }

  /** @param {Answer} answer @returns {Node[]} */
  #drawn({ type, why, spans, suggestion, guideline }) {
    const nodes = [make("p", { class: "why" }, why || FALLBACK)];
    if (spans?.length) nodes.push(make("p", { class: "said", dir: "auto" }, ...marked(this.#said, spans)));
    if (suggestion) nodes.push(make("p", { class: "suggestion" }, `Perhaps: “${suggestion}”`));
    if (guideline) nodes.push(make("p", { class: "guideline" }, `Our guideline: ${guideline}`));
    const actions = make("p", { class: "actions" });
    if (suggestion) actions.append(button("Use this", "use", () => this.#ways.use(suggestion)));
    if (type === "message.nudged") actions.append(button("Send it as it is", "confirm second", () => this.#ways.confirm()));
    actions.append(button("Close", "close quiet", () => this.close()));
    return [...nodes, actions];
  }

  /** In view each second, but said aloud only at its beginning and its end. @param {number} seconds */
  #countdown(seconds) {
    const until = Date.now() + seconds * 1000;
    const number = make("span", { "aria-live": "off" }, countdown(seconds));
    const line = make("p", { class: "waiting" }, "You can send again in ", number, ".");
    this.#box.insertBefore(line, this.#box.lastChild);
    this.#timer = window.setInterval(() => {
      const left = (until - Date.now()) / 1000;
      number.textContent = countdown(left);
      if (left > 0) return;
      this.#stop();
      line.replaceChildren("You can send it now.");
    }, 500);
  }

  #stop() {
    window.clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/**
 * The text with the words in question marked. Spans count code points, as the server does.
 *
 * @param {string} text
 * @param {[number, number][]} spans
 * @returns {(string | Node)[]}
 */
export function marked(text, spans) {
  const letters = Array.from(normalised(text));
  /** @type {(string | Node)[]} */
  const parts = [];
  let end = 0;
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (from < end || to <= from) continue;
    parts.push(letters.slice(end, from).join(""), make("mark", {}, letters.slice(from, to).join("")));
    end = to;
  }
  return [...parts, letters.slice(end).join("")];
}

/** @param {string} label @param {string} kind @param {() => void} pressed */
function button(label, kind, pressed) {
  const made = make("button", { type: "button", class: kind }, label);
  made.addEventListener("click", pressed);
  return made;
}

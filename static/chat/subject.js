// @ts-check
import { make } from "../lib/dom.js";

/**
 * What the composer's words are about: nothing, an answer to a message, or a change of one's own. Shown as a line above
 * the words, with a cross.
 */
export class Subject {
  #line;
  #cancelled;
  /** @type {number | null} */
  #replyTo = null;
  /** @type {{seq: number, was: string, sent: string, client_id: string} | null} */
  #edit = null;

  /** @param {HTMLElement} line @param {() => void} cancelled told when the cross is pressed */
  constructor(line, cancelled) {
    this.#line = line;
    this.#cancelled = cancelled;
  }

  get replyTo() {
    return this.#replyTo;
  }

  /** What is being changed: which message, what the composer held before, and what was sent. */
  get edit() {
    return this.#edit;
  }

  /** @param {number | null} seq @param {string} [name] @param {string} [text] */
  reply(seq, name = "a message", text = "") {
    this.#edit = null;
    this.#replyTo = seq;
    this.#show(seq === null ? "" : `Answering ${name}`, text);
  }

  /** @param {number} seq @param {string} was */
  change(seq, was) {
    this.#edit = { seq, was, sent: "", client_id: "" };
    this.#show("Changing your message", "");
  }

  /** @returns {string | null} what the composer held before a change */
  endChange() {
    const was = this.#edit?.was ?? null;
    this.#edit = null;
    this.#show(this.#replyTo === null ? "" : "Answering a message", "");
    return was;
  }

  clear() {
    this.#replyTo = null;
    this.#edit = null;
    this.#show("", "");
  }

  /** @param {string} what @param {string} text */
  #show(what, text) {
    this.#line.hidden = !what;
    if (!what) return this.#line.replaceChildren();
    const cross = make("button", { type: "button", class: "quiet", "aria-label": "Cancel" }, "×");
    cross.addEventListener("click", this.#cancelled);
    this.#line.replaceChildren(make("p", {}, make("b", {}, what), " ", text), cross);
  }
}

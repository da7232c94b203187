// @ts-check
import { make } from "../lib/dom.js";
import { day, dayKey } from "../lib/time.js";
import { drawMessage } from "./message.js";
/** @typedef {import("./frames.js").Message} Message */
/** @typedef {import("./message.js").Setting} Setting */

/** The drawn list of one timeline: draws what changed, and keeps day lines, the unread line and the grouping true. */
export class Conversation {
  #list;
  #setting;
  /** @type {number | null} the first message that was new when the page was opened */
  #unread = null;

  /** @param {HTMLElement} list @param {Setting} setting */
  constructor(list, setting) {
    this.#list = list;
    this.#setting = setting;
  }

  /** @param {Message[]} messages ascending: draws all anew */
  reset(messages) {
    this.#list.replaceChildren(...messages.map((message) => drawMessage(message, this.#setting)));
    this.arrange();
  }

  /** Draws one message, new or changed. @param {Message} message */
  draw(message) {
    const drawn = drawMessage(message, this.#setting);
    const old = this.item(message.seq);
    if (old) this.#replace(old, drawn);
    else this.#list.insertBefore(drawn, this.#after(message.seq));
  }

  /** @param {number[]} seqs */
  drop(seqs) {
    for (const seq of seqs) this.item(seq)?.remove();
  }

  /** @param {number} seq @returns {HTMLElement | null} */
  item(seq) {
    return this.#list.querySelector(`li[data-seq="${seq}"]`);
  }

  /** Sets the unread line, once: it stays where it was until the reader leaves. @param {number} read @param {string} me */
  markUnread(read, me) {
    if (this.#unread !== null) return;
    for (const item of this.#items()) {
      if (Number(item.dataset.seq) > read && item.dataset.author !== me) {
        this.#unread = Number(item.dataset.seq);
        break;
      }
    }
    this.arrange();
  }

  /** Puts the lines between messages where they belong, in the reader's own zone. */
  arrange() {
    for (const line of this.#list.querySelectorAll("li.day, li.unread")) line.remove();
    let date = "";
    let group = "";
    for (const item of this.#items()) {
      const { at = "", author = "", removed, seq } = item.dataset;
      if (dayKey(at) !== date) {
        date = dayKey(at);
        group = "";
        this.#list.insertBefore(dayLine(at), item);
      }
      if (Number(seq) === this.#unread) {
        group = "";
        this.#list.insertBefore(unreadLine(), item);
      }
      const own = `${author} ${at.slice(0, 15)}`; // the same ten minutes, as the server groups
      item.classList.toggle("follows", own === group);
      group = removed ? "" : own;
    }
  }

  /** @returns {HTMLElement[]} */
  #items() {
    return [...this.#list.querySelectorAll(/** @type {"li"} */ ("li[data-seq]"))];
  }

  /** Focus stays on what the reader holds, also when it is drawn anew. @param {HTMLElement} old @param {HTMLElement} drawn */
  #replace(old, drawn) {
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    const name = held?.getAttribute("data-reaction");
    old.replaceWith(drawn);
    if (!held) return;
    const again = name ? drawn.querySelector(`[data-reaction="${name}"]`) : drawn.querySelector(`.${held.className || "none"}`);
    /** @type {HTMLElement} */ (again ?? drawn.querySelector("article")).focus({ preventScroll: true });
  }

  /** @param {number} seq @returns {Node | null} the item before which it belongs */
  #after(seq) {
    let next = null;
    for (const item of this.#items().reverse()) {
      if (Number(item.dataset.seq) < seq) break;
      next = item;
    }
    return next;
  }
}

/** @param {string} at */
function dayLine(at) {
  return make("li", { class: "day" }, make("h2", {}, make("time", { datetime: at }, day(at))));
}

function unreadLine() {
  return make("li", { class: "unread", id: "unread" }, make("span", {}, "New since you were here"));
}

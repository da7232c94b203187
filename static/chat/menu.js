// @ts-check
import { find, make } from "../lib/dom.js";
import { REACTIONS, readMessage } from "./message.js";
import { live } from "./socket.js";
/** @typedef {import("./frames.js").Message} Message */

/** How long one may change one's own message, in milliseconds. */
const EDITABLE = 15 * 60 * 1000;

/** <message-menu>: what one can do with a message; opened by its button, or with Enter on the message. */
export class MessageMenu extends HTMLElement {
  /** @type {HTMLDialogElement} */ #dialog;
  /** @type {HTMLElement} */ #room;

  connectedCallback() {
    this.#dialog = find(this, "dialog");
    this.#room = /** @type {HTMLElement} */ (this.closest("chat-room"));
    this.#room.addEventListener("click", (event) => this.#clicked(/** @type {HTMLElement} */ (event.target)));
    find(this.#room, "#messages").addEventListener("keydown", (event) => this.#key(/** @type {KeyboardEvent} */ (event)));
    this.#dialog.addEventListener("click", ({ target }) => {
      if (target === this.#dialog || /** @type {HTMLElement} */ (target).closest("button")) this.#dialog.close();
    });
  }

  // actions

  /** @param {HTMLElement} target */
  #clicked(target) {
    const item = /** @type {HTMLElement | null} */ (target.closest("li[data-seq]"));
    const button = target.closest("button");
    if (!item || !button || !this.#room.contains(item)) return;
    const { reaction, undo } = button.dataset;
    if (reaction) this.#tell("react", { seq: Number(item.dataset.seq), reaction });
    if (undo) this.#ask("message.restore", Number(undo));
    if (button.matches(".more")) this.#open(item, button);
  }

  /** Arrows walk from message to message; Enter opens what can be done. @param {KeyboardEvent} event */
  #key(event) {
    const article = /** @type {HTMLElement} */ (event.target);
    if (!article.matches("article")) return;
    const all = [...find(this.#room, "#messages").querySelectorAll("article")];
    const here = all.indexOf(article);
    const to = { ArrowUp: here - 1, ArrowDown: here + 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[Math.max(0, Math.min(to, all.length - 1))].focus();
    else if (event.key === "Enter") /** @type {HTMLElement | null} */ (article.querySelector(".more"))?.click();
    else return;
    event.preventDefault();
  }

  /** @param {HTMLElement} item @param {HTMLElement} button */
  #open(item, button) {
    const message = readMessage(item);
    find(this.#dialog, ".reaction-row").replaceChildren(...(message.removed ? [] : this.#reactions(message, item)));
    find(this.#dialog, ".menu-items").replaceChildren(...this.#choices(message));
    const { bottom, right } = button.getBoundingClientRect();
    this.#dialog.style.setProperty("--below", `${Math.round(Math.min(bottom, window.innerHeight - 420))}px`);
    this.#dialog.style.setProperty("--beside", `${Math.round(Math.max(8, right - 340))}px`);
    this.#dialog.showModal();
  }

  // internal

  /** @param {Message} message @param {HTMLElement} item */
  #reactions({ seq }, item) {
    return REACTIONS.map(([reaction, sign, called]) => {
      const chosen = item.querySelector(`.pill.chosen[data-reaction="${reaction}"]`) !== null;
      const plain = sign === called;
      const face = make("span", { class: "sign", "aria-hidden": "true" }, plain ? "＝" : sign);
      const attributes = { type: "button", class: "react", "data-react": reaction, "aria-pressed": String(chosen) };
      const button = make("button", attributes, face, make("span", { class: "called" }, called));
      button.addEventListener("click", () => this.#tell("react", { seq, reaction }));
      return button;
    });
  }

  /** @param {Message} message @returns {HTMLElement[]} */
  #choices({ seq, author, text, at, removed, pinned }) {
    const own = author.id === this.#room.dataset.me;
    const facilitates = this.#room.dataset.facilitates !== undefined;
    if (removed) return facilitates ? [this.#choice("restore", "Bring it back", () => this.#ask("message.restore", seq))] : [];
    const about = { seq, member: author.id, name: author.name, text: text ?? "" };
    const choices = [this.#choice("reply", "Answer", () => this.#tell("reply", about))];
    if (own && Date.now() - Date.parse(at) < EDITABLE) choices.push(this.#choice("edit", "Change", () => this.#tell("edit", about)));
    if (own) choices.push(this.#choice("remove", "Remove", () => this.#ask("message.remove", seq)));
    else choices.push(this.#choice("report", "Tell the facilitators…", () => this.#tell("report", about)));
    if (!facilitates) return choices;
    choices.push(this.#choice("pin", pinned ? "Unpin" : "Pin", () => this.#ask(pinned ? "message.unpin" : "message.pin", seq)));
    if (own) return choices;
    choices.push(this.#choice("take-down", "Remove with a reason…", () => this.#tell("take-down", about)));
    choices.push(this.#choice("sanction", `Ask ${author.name} to pause…`, () => this.#tell("sanction", about)));
    return choices;
  }

  /** @param {string} action @param {string} label @param {() => void} does */
  #choice(action, label, does) {
    const button = make("button", { type: "button", class: "choice", "data-action": action }, label);
    button.addEventListener("click", () => {
      this.#dialog.close(); // first: closing gives the focus back, and what follows may want it elsewhere
      does();
    });
    return button;
  }

  /** @param {string} type @param {unknown} detail */
  #tell(type, detail) {
    this.#room.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** @param {string} type @param {number} seq */
  #ask(type, seq) {
    live.send({ type, room: this.#room.dataset.room, seq });
  }
}

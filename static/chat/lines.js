// @ts-check
import { find, make } from "../lib/dom.js";
import { live } from "./socket.js";

/** So long a cut goes unmentioned: most are over before anyone would have noticed, in milliseconds. */
const GRACE = 5_000;
/** "Is writing" holds for so long, in milliseconds. */
const WRITES = 6_000;

/** @param {HTMLElement} element @returns {string} the room's slug */
const roomOf = (element) => /** @type {HTMLElement} */ (element.closest("chat-room")).dataset.room ?? "";

/** <presence-line>: how many are here, and which facilitators. */
export class PresenceLine extends HTMLElement {
  connectedCallback() {
    const room = roomOf(this);
    for (const type of ["room.joined", "presence"]) live.hear(type, (frame) => this.#draw(frame), room);
  }

  /** @param {{present: number, facilitators?: string[]}} frame */
  #draw({ present, facilitators = [] }) {
    const here = `${present} ${present === 1 ? "person" : "people"} here`;
    const duty = facilitators.length ? ` · ${facilitators.length > 1 ? "Facilitators" : "Facilitator"} ${together(facilitators)} here now` : "";
    this.textContent = here + duty;
  }
}

/** <typing-line>: who is writing. In view only; it is not read out. */
export class TypingLine extends HTMLElement {
  /** @type {number | undefined} */
  #timer;

  connectedCallback() {
    const me = /** @type {HTMLElement} */ (this.closest("chat-room")).dataset.myName;
    live.hear("typing", ({ names }) => this.#draw(names.filter((/** @type {string} */ name) => name !== me)), roomOf(this));
    live.hear("message.posted", ({ message }) => this.textContent?.startsWith(message.author.name) && this.#draw([]), roomOf(this));
  }

  /** @param {string[]} names */
  #draw(names) {
    window.clearTimeout(this.#timer);
    const verb = names.length === 1 ? "is writing…" : "are writing…";
    this.textContent = names.length === 0 ? "" : names.length > 2 ? "Several people are writing…" : `${together(names)} ${verb}`;
    if (names.length) this.#timer = window.setTimeout(() => this.#draw([]), WRITES);
  }
}

/** <connection-line>: says calmly when the connection is away, and what that means. */
export class ConnectionLine extends HTMLElement {
  /** @type {number | undefined} */
  #timer;

  connectedCallback() {
    live.addEventListener("status", () => this.#look());
    live.addEventListener("signed-out", () => this.#end("You have been signed out.", "/sign-in", "Sign in again"));
    live.addEventListener("banned", () => this.#end("You cannot take part for now.", "/me", "What you can do"));
    live.addEventListener("ended", () => this.#end("This page is older than the server.", window.location.pathname, "Load it anew"));
  }

  #look() {
    this.dataset.status = live.status;
    if (live.status === "ended") return;
    if (live.status === "live") {
      window.clearTimeout(this.#timer);
      this.#timer = undefined;
      this.replaceChildren();
    } else this.#timer ??= window.setTimeout(() => this.#away(), GRACE);
  }

  #away() {
    this.replaceChildren(mark(), "No connection just now. What you write is kept, and goes out as soon as it is back.");
  }

  /** @param {string} text @param {string} address @param {string} label */
  #end(text, address, label) {
    window.clearTimeout(this.#timer);
    const back = label === "Sign in again" ? `${address}?next=${encodeURIComponent(window.location.pathname)}` : address;
    this.dataset.status = "ended";
    this.replaceChildren(mark(), `${text} Your words are kept. `, make("a", { href: back }, label));
  }
}

/** <room-notices>: paused, slow, and what the facilitators want everyone to know. */
export class RoomNotices extends HTMLElement {
  connectedCallback() {
    for (const type of ["room.joined", "room.changed"]) live.hear(type, (frame) => this.#draw(frame), roomOf(this));
  }

  /** @param {{slow?: number, paused?: boolean, notice?: string | null}} frame */
  #draw({ slow, paused, notice }) {
    const said = notice === undefined ? (this.dataset.notice ?? "") : (notice ?? "");
    this.dataset.notice = said;
    this.#put("#room-notice", `${paused ? "Writing is paused in this room for now. " : ""}${said}`);
    this.#put("#room-slow", slow ? `This room goes slowly at the moment: one message every ${slow} seconds.` : "");
  }

  /** @param {string} where @param {string} text */
  #put(where, text) {
    /** @type {HTMLElement} */
    const line = find(this, where);
    line.hidden = !text;
    line.textContent = text;
  }
}

/** The sign beside the words: colour alone says nothing. */
function mark() {
  return make("span", { class: "mark", "aria-hidden": "true" }, "○");
}

/** @param {string[]} names @returns {string} "Fay", "Fay and Gus", "Fay, Gus and Ida" */
function together(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

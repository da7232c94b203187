// @ts-check
import { find, heed, make } from "../lib/dom.js";
import { Store } from "../lib/store.js";
import { when } from "../lib/time.js";
import { Pending } from "./pending.js";
import { live } from "./socket.js";
/** @typedef {import("./pending.js").Entry} Entry */
/** @typedef {import("./frames.js").Answer} Answer */

/** Answers that give a text back, or keep it elsewhere. */
const ANSWERS = ["message.nudged", "message.refused", "message.held", "failed"];

/** <chat-outbox>: what was sent and is not in the room yet: on its way, waiting for a facilitator, or too old to go unasked. */
export class ChatOutbox extends HTMLElement {
  #room = "";
  /** @type {{id: string, client_id: string | null, text: string}[]} */ #held = [];
  /** @type {Pending} */ #pending;
  /** @type {HTMLElement} */ #list;

  connectedCallback() {
    const room = /** @type {HTMLElement} */ (this.closest("chat-room"));
    this.#room = room.dataset.room ?? "";
    this.#list = find(this, "ol");
    this.#pending = new Pending({ store: new Store(), member: room.dataset.me ?? "", room: this.#room });
    for (const item of this.#list.querySelectorAll(/** @type {"li"} */ ("li[data-held]"))) {
      this.#held.push({ id: item.dataset.held ?? "", client_id: null, text: item.querySelector(".text")?.textContent ?? "" });
    }
    this.#listen(room);
    this.#draw();
  }

  // actions

  /** @param {{client_id: string, text: string, reply_to: number | null, confirm: boolean}} draft */
  #compose(draft) {
    const entry = this.#pending.add(draft);
    this.#send(entry);
    this.#draw();
  }

  /** @param {Entry} entry */
  #send({ client_id, text, reply_to, confirm }) {
    const optional = { ...(reply_to !== null && { reply_to }), ...(confirm && { confirm }) };
    live.send({ type: "message.send", room: this.#room, client_id, text, ...optional });
  }

  /** @param {string} clientId */
  #sendNow(clientId) {
    const entry = this.#pending.renew(clientId);
    if (entry) this.#send(entry);
    this.#draw();
  }

  // callbacks

  /** @param {{held?: {id: string, client_id?: string | null, text: string}[]}} frame room.joined: whatever had no answer goes again */
  #joined({ held = [] }) {
    this.#held = held.map(({ id, client_id = null, text }) => ({ id, client_id, text }));
    for (const entry of this.#pending.sendable) this.#send(entry);
    this.#draw();
  }

  /** @param {{client_id?: string, message: import("./frames.js").Message}} frame */
  #posted({ client_id, message }) {
    this.#pending.settle(client_id);
    const me = /** @type {HTMLElement} */ (this.closest("chat-room")).dataset.me;
    const released = this.#held.find((one) => one.client_id === client_id && client_id) ?? this.#held.find((one) => one.text === message.text);
    if (message.author.id === me && released) this.#held = this.#held.filter((one) => one !== released);
    this.#draw();
  }

  /** @param {Answer} answer */
  #answered(answer) {
    const entry = this.#pending.settle(answer.client_id);
    if (!entry) return;
    if (answer.type === "message.held") this.#held.push({ id: answer.id ?? "", client_id: entry.client_id, text: entry.text });
    this.#draw();
    this.closest("chat-room")?.querySelector("chat-composer")?.dispatchEvent(new CustomEvent("answer", { detail: { answer, entry } }));
  }

  // internal

  /** @param {HTMLElement} room */
  #listen(room) {
    heed(room, "compose", (draft) => this.#compose(draft));
    live.hear("room.joined", (frame) => this.#joined(frame), this.#room);
    live.hear("message.posted", (frame) => this.#posted(frame), this.#room);
    for (const type of ANSWERS) live.hear(type, (answer) => this.#answered(answer));
    live.addEventListener("status", () => this.#draw());
    window.addEventListener("storage", ({ key }) => key === this.#pending.key && this.#draw());
    this.addEventListener("click", ({ target }) => {
      const { sendNow, discard } = /** @type {HTMLElement} */ (target).dataset;
      if (sendNow) this.#sendNow(sendNow);
      if (discard) this.#pending.settle(discard);
      if (sendNow || discard) this.#draw();
    });
  }

  #draw() {
    const held = this.#held.map(({ id, text }) => bubble("held", { "data-held": id }, text, "Waiting for a facilitator. Only you can see this."));
    const waiting = this.#pending.entries.map((entry) => {
      const hook = { "data-client-id": entry.client_id };
      if (this.#pending.isStale(entry)) return bubble("stale", hook, entry.text, ...question(entry));
      return bubble("pending", hook, entry.text, live.status === "live" ? "Sending…" : "Kept here. It goes out when the connection is back.");
    });
    this.#list.replaceChildren(...held, ...waiting);
  }
}

/**
 * @param {string} kind
 * @param {Record<string, string>} hook
 * @param {string} text
 * @param {...(string | Node)} state
 */
function bubble(kind, hook, text, ...state) {
  const article = make("article", {}, make("p", { class: "text", dir: "auto" }, text), make("p", { class: "meta" }, ...state));
  return make("li", { class: `message own ${kind}`, ...hook }, article);
}

/** @param {Entry} entry */
function question({ client_id, at }) {
  return [
    `Written at ${when(new Date(at).toISOString())}, not sent yet. `,
    make("button", { type: "button", "data-send-now": client_id }, "Send now"),
    " ",
    make("button", { type: "button", class: "second", "data-discard": client_id }, "Discard"),
  ];
}

// @ts-check
import { find, heed } from "../lib/dom.js";
import { Announcer } from "./announcer.js";
import { Conversation } from "./conversation.js";
import { PAGE } from "./history.js";
import { readMessage } from "./message.js";
import { Pages } from "./pages.js";
import { Reading } from "./reading.js";
import { Scroll } from "./scroll.js";
import { live } from "./socket.js";
import { Timeline } from "./timeline.js";
/** @typedef {import("./frames.js").Message} Message */

/** How long a hole may close by itself before the room is asked, in milliseconds. */
const PATIENCE = 400;

/** <chat-room>: one room's conversation, over the page that the server drew. */
export class ChatRoom extends HTMLElement {
  #timeline = new Timeline();
  /** @type {Map<number, string[]>} */
  #mine = new Map();
  /** @type {number | undefined} */
  #hole;
  #fresh = false;
  #room = "";
  /** @type {Conversation} */ #conversation;
  /** @type {Scroll} */ #scroll;
  /** @type {Pages} */ #pages;
  /** @type {Reading} */ #reading;
  /** @type {Announcer} */ #announcer;

  connectedCallback() {
    this.#room = this.dataset.room ?? "";
    this.#adopt();
    if (!this.querySelector("#dock")) return; // a page of the past is read from its top
    this.#scroll = new Scroll(find(this, "section"), find(this, "#dock"));
    this.#scroll.begin(this);
    if (this.dataset.live === undefined) return;
    this.#equip();
    this.#listen();
    this.#reading.look();
    live.open();
  }

  disconnectedCallback() {
    this.#scroll?.release();
    live.send({ type: "room.leave", room: this.#room });
  }

  // actions

  #join() {
    const { epoch, last } = this.#timeline;
    const from = this.#fresh || !epoch ? {} : { after: last, epoch };
    live.send({ type: "room.join", room: this.#room, ...from });
  }

  /** To the newest message, also when it is not on the page. */
  #latest() {
    if (this.#timeline.detached) {
      this.#fresh = true;
      this.#join();
    }
    this.#scroll.toEnd();
    this.#reading.look();
  }

  /** @param {{seq: number, reaction: string}} wish */
  #react({ seq, reaction }) {
    const mine = this.#mine.get(seq) ?? [];
    const had = mine.includes(reaction);
    if (!live.send({ type: had ? "message.unreact" : "message.react", room: this.#room, seq, reaction })) return;
    this.#mine.set(seq, had ? mine.filter((other) => other !== reaction) : [...mine, reaction]);
  }

  // callbacks

  /** @param {any} frame room.joined */
  #joined({ messages, last, epoch, complete, mine }) {
    const { atEnd } = this.#scroll;
    this.#take(mine);
    if (complete && epoch === this.#timeline.epoch && !this.#fresh) {
      for (const message of messages) this.#show(message);
      this.#timeline.caughtUp(last);
    } else {
      this.#timeline.reset(epoch, last, messages);
      this.#conversation.reset(messages);
      this.#pages.hasOlder = messages.length >= PAGE;
      this.#fresh = false;
    }
    for (const seq of Object.keys(mine ?? {})) this.#redraw(Number(seq));
    this.#conversation.arrange();
    if (atEnd) this.#scroll.toEnd();
    this.dataset.ready = "";
    this.#moved();
  }

  /** @param {{message: Message}} frame message.posted or message.changed */
  #changed({ message }) {
    const { atEnd } = this.#scroll;
    const how = this.#show(message);
    if (this.#timeline.hasHole) this.#askSoon();
    if (how !== "ignored") this.#conversation.arrange();
    const below = how === "ignored" && this.#timeline.detached && message.seq > (this.#timeline.newest ?? 0);
    if (how !== "added" && !below) return;
    if (atEnd && !below) this.#scroll.toEnd();
    if (message.author.id === this.dataset.me || message.text === null) return;
    if (atEnd && !below) this.#announcer.say(message.author.name, message.text);
    else this.#reading.missed();
  }

  /** @param {{rooms: Record<string, number>, epoch: string}} heartbeat */
  #compare({ rooms, epoch }) {
    const counter = rooms[this.#room];
    if (counter !== undefined && this.#timeline.isBehind(counter, epoch)) this.#join();
  }

  #moved() {
    if (this.#scroll.atEnd) this.#pages.newer();
    if (this.#scroll.nearStart && this.dataset.ready !== undefined) this.#pages.older();
    this.#reading.look();
  }

  // internal

  /** Takes over what the server drew. */
  #adopt() {
    /** @type {HTMLElement} */
    const list = find(this, "#messages");
    this.#take(JSON.parse(this.dataset.mine || "{}"));
    const messages = [...list.querySelectorAll(/** @type {"li"} */ ("li[data-seq]"))].map(readMessage);
    this.#timeline.reset(this.dataset.epoch ?? "", Number(this.dataset.last), messages);
    this.#conversation = new Conversation(list, {
      me: this.dataset.me ?? null,
      interactive: this.dataset.joined !== undefined && this.dataset.live !== undefined,
      facilitates: this.dataset.facilitates !== undefined,
      mine: (seq) => this.#mine.get(seq) ?? [],
      known: (seq) => this.#timeline.get(seq),
      guideline: (id) => this.querySelector(`option[value="${CSS.escape(id)}"]`)?.textContent ?? id,
    });
    this.#conversation.reset(messages);
    if (this.dataset.read !== undefined) this.#conversation.markUnread(Number(this.dataset.read), this.dataset.me ?? "");
  }

  #equip() {
    const timeline = this.#timeline;
    const room = this.#room;
    const scroll = this.#scroll;
    this.#announcer = new Announcer(find(this, "#announcer"));
    const report = (/** @type {number} */ seq) => this.dataset.joined !== undefined && live.send({ type: "room.read", room, seq });
    this.#reading = new Reading({ jump: find(this, "#jump"), read: Number(this.dataset.read ?? 0), timeline, scroll, report });
    const conversation = this.#conversation;
    this.#pages = new Pages({ room, link: find(this, "#older"), timeline, conversation, scroll, took: (mine) => this.#take(mine) });
  }

  #listen() {
    live.hear("welcome", () => this.#join());
    live.hear("room.joined", (frame) => this.#joined(frame), this.#room);
    live.hear("message.posted", (frame) => this.#changed(frame), this.#room);
    live.hear("message.changed", (frame) => this.#changed(frame), this.#room);
    live.hear("heartbeat", (frame) => this.#compare(frame));
    heed(this, "react", (wish) => this.#react(wish));
    this.addEventListener("compose", () => this.#latest());
    find(this, "#jump").addEventListener("click", () => this.#latest());
    window.addEventListener("scroll", () => this.#moved(), { passive: true });
    document.addEventListener("visibilitychange", () => this.#moved());
  }

  /** @param {Record<string, string[]> | undefined} mine */
  #take(mine) {
    for (const [seq, names] of Object.entries(mine ?? {})) this.#mine.set(Number(seq), names);
  }

  /** @param {Message} message */
  #show(message) {
    const how = this.#timeline.change(message);
    if (how === "ignored") return how;
    this.#conversation.draw(message);
    if (how === "changed") this.#requote(message.seq);
    if (how === "added" && this.#scroll.atEnd) this.#pages.trim();
    this.querySelector("#quiet-room")?.remove();
    return how;
  }

  /** @param {number} seq */
  #redraw(seq) {
    const message = this.#timeline.get(seq);
    if (message) this.#conversation.draw(message);
  }

  /** What was taken back or mended must not live on in the answers to it. @param {number} seq */
  #requote(seq) {
    for (const { seq: answer, reply_to } of this.#timeline.messages) if (reply_to === seq) this.#redraw(answer);
  }

  #askSoon() {
    window.clearTimeout(this.#hole);
    this.#hole = window.setTimeout(() => this.#timeline.hasHole && this.#join(), PATIENCE);
  }
}

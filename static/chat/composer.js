// @ts-check
import { find, freshId, heed, lengthOf, normalised } from "../lib/dom.js";
import { sends } from "../lib/keys.js";
import { Store } from "../lib/store.js";
import { AnswerPanel } from "./answer.js";
import { Draft } from "./draft.js";
import { shortened } from "./message.js";
import { live } from "./socket.js";
import { Subject } from "./subject.js";
/** @typedef {import("./frames.js").Answer} Answer */

/** Code points a message may have. */
const LONGEST = 4_000;
/** From here on the counter shows. */
const NEARLY = 3_600;
/** "Is writing" is told no more often than this, in milliseconds. */
const TYPING = 4_000;
/** After so many failed attempts to connect the form goes the old way. */
const PLAIN = 4;
const ANSWERS = ["message.nudged", "message.held", "message.refused", "failed", "done"];

/** <chat-composer>: where one writes. It tells the outbox what to send ("compose"), and is told what came back ("answer"). */
export class ChatComposer extends HTMLElement {
  #room = "";
  #typed = 0;
  /** @type {{text: string, client_id: string} | null} what came back: the same words go again under the same id */
  #returned = null;
  /** @type {Draft} */ #draft;
  /** @type {HTMLTextAreaElement} */ #text;
  /** @type {AnswerPanel} */ #panel;
  /** @type {Subject} */ #subject;

  connectedCallback() {
    const room = /** @type {HTMLElement} */ (this.closest("chat-room"));
    this.#room = room.dataset.room ?? "";
    this.#draft = new Draft({ store: new Store(), member: room.dataset.me ?? "", room: this.#room });
    this.#text = find(this, "textarea");
    this.#panel = new AnswerPanel(find(this, "#answer"), { use: (text) => this.#use(text, this.#text.value), confirm: () => this.#send(true) });
    this.#subject = new Subject(find(this, "#about-what"), () => this.#cancel());
    this.#restore(room);
    this.#listen(room);
    this.#changed();
  }

  // actions

  /** @param {SubmitEvent} event */
  #submit(event) {
    if (event.submitter?.getAttribute("name") === "confirm") return;
    if (live.status !== "live" && live.attempts >= PLAIN && navigator.onLine && !this.#subject.edit) return;
    event.preventDefault();
    this.#send(false);
  }

  /** @param {boolean} confirm */
  #send(confirm) {
    const text = normalised(this.#text.value);
    if (!text.trim()) return;
    if (this.#panel.waiting) return this.#panel.reveal();
    if (lengthOf(text) > LONGEST) return this.#say("This is longer than one message can be. Could you send it in two?");
    if (this.dataset.maySpeak === "false") return this.#say("You can read here, but not write for now. Your words are kept.");
    if (this.#subject.edit) return this.#sendEdit(this.#subject.edit, text, confirm);
    const client_id = this.#returned?.text === text ? this.#returned.client_id : freshId();
    this.dispatchEvent(new CustomEvent("compose", { bubbles: true, detail: { client_id, text, reply_to: this.#subject.replyTo, confirm } }));
    this.#returned = null;
    this.#subject.clear();
    this.#use("", null);
  }

  /** @param {{seq: number, sent: string, client_id: string}} edit @param {string} text @param {boolean} confirm */
  #sendEdit(edit, text, confirm) {
    edit.sent = text;
    edit.client_id = freshId();
    const { seq, client_id } = edit;
    const went = live.send({ type: "message.edit", room: this.#room, seq, text, client_id, ...(confirm && { confirm }) });
    if (!went) this.#say("There is no connection just now. Try again in a moment.");
  }

  /** @param {{seq: number, name: string, text: string}} to */
  #reply({ seq, name, text }) {
    this.#endEdit();
    this.#subject.reply(seq, name, shortened(text));
    this.#changed();
    this.#text.focus({ preventScroll: true });
  }

  /** @param {{seq: number, text: string}} message */
  #edit({ seq, text }) {
    this.#endEdit();
    this.#subject.change(seq, this.#text.value);
    this.#put(text);
    this.#text.focus({ preventScroll: true });
  }

  /** @param {string} text @param {string | null} own the author's words, when others take their place */
  #use(text, own) {
    if (own === null) this.#panel.close();
    else this.#panel.replaced(own, () => this.#use(own, null));
    this.#put(text);
    this.#text.focus({ preventScroll: true });
  }

  /** Neither changing nor answering any more. */
  #cancel() {
    if (this.#subject.edit) this.#endEdit();
    else this.#subject.clear();
    this.#changed();
    this.#text.focus({ preventScroll: true });
  }

  // callbacks

  /** @param {{answer: Answer, entry: {client_id: string, text: string, reply_to: number | null}}} came from the outbox */
  #answered({ answer, entry }) {
    if (answer.type !== "message.held") {
      this.#endEdit();
      this.#returned = answer.code === "conflict" ? null : { text: entry.text, client_id: entry.client_id };
      if (entry.reply_to !== null) this.#subject.reply(entry.reply_to);
      this.#put(Draft.merge(entry.text, this.#text.value));
    }
    this.#panel.show(answer, entry.text);
    this.#changed();
  }

  /** @param {Answer} answer to a change of one's own message */
  #editAnswered(answer) {
    const { edit } = this.#subject;
    if (!edit || answer.client_id !== edit.client_id) return;
    if (answer.type === "message.held" || answer.type === "done") this.#endEdit();
    if (answer.type !== "done") this.#panel.show(answer, edit.sent);
  }

  /** The words are others now. */
  #changed() {
    const { value } = this.#text;
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight + 2}px`;
    if (!this.#subject.edit) this.#draft.keep(value, this.#subject.replyTo);
    const length = lengthOf(value);
    const counter = /** @type {HTMLElement} */ (find(this, "#counter"));
    counter.hidden = length < NEARLY;
    counter.textContent = `${length.toLocaleString()} of ${LONGEST.toLocaleString()}`;
    counter.classList.toggle("over", length > LONGEST);
    this.#panel.fits(value);
  }

  #typing() {
    if (!this.#text.value.trim() || this.#subject.edit || Date.now() - this.#typed < TYPING) return;
    if (live.send({ type: "room.typing", room: this.#room })) this.#typed = Date.now();
  }

  // internal

  /** @param {HTMLElement} room */
  #listen(room) {
    /** @type {HTMLFormElement} */
    const form = find(this, "form");
    form.addEventListener("submit", (event) => this.#submit(event));
    this.#text.addEventListener("input", () => [this.#changed(), this.#typing()]);
    this.#text.addEventListener("keydown", (event) => {
      if (!sends(event)) return;
      event.preventDefault();
      form.requestSubmit();
    });
    heed(this, "answer", (detail) => this.#answered(detail));
    heed(room, "reply", (detail) => this.#reply(detail));
    heed(room, "edit", (detail) => this.#edit(detail));
    for (const type of ANSWERS) live.hear(type, (answer) => this.#editAnswered(answer));
    live.hear("message.changed", ({ message: { seq, text } }) => seq === this.#subject.edit?.seq && text === this.#subject.edit?.sent && this.#endEdit(), this.#room);
    live.hear("room.joined", ({ may_speak }) => (this.dataset.maySpeak = String(may_speak)), this.#room);
    for (const type of ["room.changed", "sanction.lifted"]) live.hear(type, () => (this.dataset.maySpeak = "true")); // else the server says so
  }

  /** Takes up what was being written here before. @param {HTMLElement} room */
  #restore(room) {
    const own = [...room.querySelectorAll("li.own .text")];
    if (this.#draft.text && own[own.length - 1]?.textContent === this.#draft.text) this.#draft.clear(); // it went as a plain form
    if (this.#draft.replyTo !== null) this.#subject.reply(this.#draft.replyTo);
    if (!this.#text.value) this.#text.value = this.#draft.text;
  }

  /** @param {string} why */
  #say(why) {
    this.#panel.show({ type: "failed", why }, this.#text.value);
  }

  /** @param {string} text */
  #put(text) {
    this.#text.value = text;
    this.#changed();
  }

  #endEdit() {
    const was = this.#subject.endChange();
    if (was === null) return;
    this.#panel.close();
    this.#put(was);
  }
}

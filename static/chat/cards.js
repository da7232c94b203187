// @ts-check
import { find, make } from "../lib/dom.js";
import { Store } from "../lib/store.js";
import { inFull } from "../lib/time.js";
import { Seldom } from "./seldom.js";
import { live } from "./socket.js";
/** @typedef {{kind: string, text: string, links?: {title: string, address: string}[]}} Card */

/** What is read aloud is kept for so many cards. */
const SPOKEN = 3;

/**
 * <care-card>: something kind and useful, for the author alone. It blocks nothing and takes no focus, is read aloud once,
 * and stays until it is closed. A crisis stands above the others.
 */
export class CareCard extends HTMLElement {
  #seldom = new Seldom({ store: new Store() });
  /** @type {HTMLElement} */ #spoken;

  connectedCallback() {
    this.#spoken = find(this, "[role=status]");
    for (const card of this.querySelectorAll(/** @type {"section"} */ ("section.care"))) this.#adopt(card);
    live.hear("care", (frame) => this.#draw(frame));
  }

  /** A card that came with the page. @param {HTMLElement} card */
  #adopt(card) {
    if (this.#seldom.due(card.dataset.kind ?? "")) this.#show(card);
    else card.remove();
  }

  /** @param {Card} frame */
  #draw(frame) {
    if (this.#seldom.due(frame.kind)) this.#show(drawCard(frame));
  }

  /** @param {HTMLElement} card */
  #show(card) {
    const { kind = "" } = card.dataset;
    for (const other of this.querySelectorAll(`section.care[data-kind="${CSS.escape(kind)}"]`)) if (other !== card) other.remove();
    const close = make("button", { type: "button", class: "quiet" }, "Close");
    close.addEventListener("click", ({ detail }) => this.#close(card, detail === 0));
    card.append(close);
    if (kind === "crisis") this.prepend(card);
    else this.#spoken.before(card);
    this.#spoken.append(make("p", {}, card.querySelector("p")?.textContent));
    if (this.#spoken.childElementCount > SPOKEN) this.#spoken.firstElementChild?.remove();
    this.#seldom.mark(kind);
  }

  /** @param {HTMLElement} card @param {boolean} byKey then the keyboard must not be left on nothing */
  #close(card, byKey) {
    card.remove();
    if (byKey) /** @type {HTMLElement | null | undefined} */ (this.closest("chat-room")?.querySelector("#text"))?.focus({ preventScroll: true });
  }
}

/** @param {Card} card @returns {HTMLElement} as app/pages/templates/_care.html draws it */
export function drawCard({ kind, text, links = [] }) {
  const list = links.length ? make("ul", { class: "helplines" }, ...links.map(line)) : "";
  const hint = make("p", { class: "hint" }, "Only you can see this.");
  return make("section", { class: "care", "data-kind": kind, "aria-label": "For you" }, make("p", {}, text), list, hint);
}

/** <sanction-notice>: what was decided about one's writing, why, until when, and where to ask again. */
export class SanctionNotice extends HTMLElement {
  connectedCallback() {
    const { room } = /** @type {HTMLElement} */ (this.closest("chat-room")).dataset;
    live.hear("sanctioned", (frame) => (frame.room === room || frame.room === null) && this.#draw(frame));
    live.hear("sanction.lifted", ({ id }) => this.dataset.sanction === id && this.replaceChildren());
  }

  /** @param {{id: string, kind: string, until: string | null, guideline: string, reason: string, appeal: string}} sanction */
  #draw({ id, kind, until, guideline, reason, appeal }) {
    this.dataset.sanction = id;
    const close = make("button", { type: "button", class: "quiet" }, "Close");
    close.addEventListener("click", () => this.replaceChildren());
    this.replaceChildren(
      make("p", {}, make("b", {}, decided(kind, until))),
      make("p", {}, [reason, guideline && `Our guideline: ${this.#named(guideline)}`].filter(Boolean).join(" ")),
      make("p", { class: "actions" }, appeal ? make("a", { href: appeal }, "Ask for a second look") : "", close),
    );
  }

  /** @param {string} guideline @returns {string} its sentence, where the page knows it */
  #named(guideline) {
    const option = this.closest("chat-room")?.querySelector(`option[value="${CSS.escape(guideline)}"]`);
    return option?.textContent ?? guideline;
  }
}

/** @param {string} kind @param {string | null} until */
function decided(kind, until) {
  const end = until ? ` until ${inFull(until)}` : "";
  if (kind === "warn") return "A facilitator asks you to keep our guidelines in mind.";
  if (kind === "mute") return `You can read, but not write${end}.`;
  return `You cannot take part in this room${end}.`;
}

/** @param {{title: string, address: string}} link */
function line({ title, address }) {
  const number = address.startsWith("tel:") ? address.slice(4) : "";
  const colon = title.lastIndexOf(": ");
  const shown = title.slice(colon + 2);
  if (number && colon >= 0 && shown.replaceAll(" ", "") === number) {
    return make("li", {}, make("span", {}, title.slice(0, colon)), make("a", { class: "number", href: address }, shown));
  }
  if (!/^(https?:\/\/|mailto:|tel:|sms:)/.test(address)) return make("li", {}, title);
  return make("li", {}, make("a", { class: number ? "number" : null, href: address, rel: "noopener noreferrer" }, title));
}

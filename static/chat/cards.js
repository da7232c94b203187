// @ts-check
import { make } from "../lib/dom.js";
import { inFull } from "../lib/time.js";
import { live } from "./socket.js";
/** @typedef {string | {name?: string, title?: string, number?: string, address?: string}} Link */

/**
 * <care-card>: something kind and useful, for the author alone. It blocks nothing and takes no focus, and stays until it
 * is closed.
 */
export class CareCard extends HTMLElement {
  connectedCallback() {
    live.hear("care", (frame) => this.#draw(frame));
  }

  /** @param {{kind: string, text: string, links?: Link[]}} card */
  #draw({ kind, text, links = [] }) {
    const close = make("button", { type: "button", class: "quiet" }, "Close");
    close.addEventListener("click", () => this.replaceChildren());
    const list = make("ul", { class: "helplines" }, ...links.map(line));
    const card = make("dialog", { open: true, class: "care", "data-kind": kind, "aria-label": "For you" });
    card.append(make("p", { role: "status" }, text), links.length ? list : "", make("p", { class: "hint" }, "Only you can see this."), close);
    this.replaceChildren(card);
  }
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

/** @param {Link} link */
function line(link) {
  if (typeof link === "string") return make("li", {}, reach(link));
  const { name, title, number, address } = link;
  const label = name ?? title ?? "";
  if (!number && address) return make("li", {}, reach(address, label));
  return make("li", {}, make("span", {}, label), number ? make("a", { class: "number", href: `tel:${number.replaceAll(" ", "")}` }, number) : "");
}

/** Only web, mail and telephone addresses become links. @param {string} address @param {string} [label] */
function reach(address, label = address) {
  if (!/^(https?:|mailto:|tel:|\/)/i.test(address)) return label;
  return make("a", { href: address, rel: "noopener noreferrer" }, label);
}

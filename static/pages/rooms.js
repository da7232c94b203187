// @ts-check
import { find } from "../lib/dom.js";
import { paint } from "./colour.js";

/** <room-list>: finds a room while one types. */
export class RoomList extends HTMLElement {
  connectedCallback() {
    for (const card of this.#cards()) paint(card);
    /** @type {HTMLFormElement} */
    const form = find(this, "form");
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    /** @type {HTMLInputElement} */
    const box = find(form, "input");
    box.addEventListener("input", () => this.#look(box.value));
    if (box.value) this.#look(box.value);
  }

  /** @param {string} sought */
  #look(sought) {
    const words = plain(sought).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const card of this.#cards()) {
      const text = plain(card.textContent ?? "");
      card.hidden = !words.every((word) => text.includes(word));
      if (!card.hidden) found += 1;
    }
    for (const section of this.querySelectorAll("section")) section.hidden = !section.querySelector("li:not([hidden])");
    find(this, "#found").textContent = words.length ? told(found) : "";
  }

  #cards() {
    return this.querySelectorAll(/** @type {"li"} */ ("li.room-card"));
  }
}

/** @param {number} found */
function told(found) {
  if (found === 0) return "No room goes by that. Another word, perhaps? Rare cancers share a room.";
  return found === 1 ? "One room" : `${found} rooms`;
}

/** @param {string} text @returns {string} without capitals and accents */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

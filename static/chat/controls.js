// @ts-check
import { find } from "../lib/dom.js";
import { live } from "./socket.js";

/** <room-controls>: a facilitator slows a room down, pauses writing with a notice to everyone, and opens it again. */
export class RoomControls extends HTMLElement {
  connectedCallback() {
    const { room } = /** @type {HTMLElement} */ (this.closest("chat-room")).dataset;
    /** @type {HTMLSelectElement} */
    const pace = find(this, "select");
    /** @type {HTMLInputElement} */
    const notice = find(this, "input");
    pace.addEventListener("change", () => live.send({ type: "room.slow", room, seconds: Number(pace.value) }));
    find(this, "[data-pause]").addEventListener("click", () => {
      const said = notice.value.trim();
      live.send({ type: "room.pause", room, ...(said && { notice: said }) });
    });
    find(this, "[data-resume]").addEventListener("click", () => live.send({ type: "room.resume", room }));
    for (const type of ["room.joined", "room.changed"]) live.hear(type, (frame) => this.#draw(frame), room);
  }

  /** @param {{slow: number, paused: boolean}} frame */
  #draw({ slow, paused }) {
    this.hidden = false;
    /** @type {HTMLSelectElement} */ (find(this, "select")).value = String(slow);
    /** @type {HTMLElement} */ (find(this, "[data-pause]")).hidden = paused;
    /** @type {HTMLElement} */ (find(this, "[data-resume]")).hidden = !paused;
  }
}

// @ts-check
import { find, freshId, heed } from "../lib/dom.js";
import { live } from "./socket.js";
/** @typedef {{seq: number, member: string, name: string, text: string}} About */

/** A dialog about one message, opened by an event of the room. What was written stays until it could be sent. */
class AboutMessage extends HTMLElement {
  /** @type {HTMLDialogElement} */ dialog;
  /** @type {HTMLElement} */ room;
  /** @type {About | null} */ about = null;

  connectedCallback() {
    this.dialog = find(this, "dialog");
    this.room = /** @type {HTMLElement} */ (this.closest("chat-room"));
    heed(this.room, this.opener, (about) => this.#open(about));
    find(this, "form").addEventListener("submit", (event) => this.#submit(/** @type {SubmitEvent} */ (event)));
  }

  /** Which message it is about. */
  get place() {
    return { room: this.room.dataset.room, seq: this.about?.seq };
  }

  /** What stands in the form. */
  get said() {
    return new FormData(/** @type {HTMLFormElement} */ (find(this, "form")));
  }

  /** The room's event that opens it. @returns {string} */
  get opener() {
    throw new Error("each dialog names its own");
  }

  /** @param {FormData} form @returns {Record<string, unknown> | string} the frame's own fields, or what is missing */
  frame(form) {
    throw new Error(`each dialog reads its own ${form}`);
  }

  /** @param {About} about */
  #open(about) {
    this.about = about;
    /** @type {HTMLFormElement} */ (find(this, "form")).reset();
    find(this, ".said").textContent = `${about.name}: ${about.text}`;
    this.#fault("");
    this.dialog.showModal();
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    if (event.submitter?.getAttribute("value") === "cancel") return this.dialog.close();
    const fields = this.frame(this.said);
    if (typeof fields === "string") return this.#fault(fields);
    const went = live.send({ type: "", ...fields, client_id: freshId() });
    if (went) this.dialog.close();
    else this.#fault("There is no connection just now. Try again in a moment.");
  }

  /** @param {string} fault */
  #fault(fault) {
    /** @type {HTMLElement} */
    const line = find(this, ".fault");
    line.hidden = !fault;
    line.textContent = fault;
  }
}

/** <report-dialog>: tell the facilitators about a message, or that one is worried about its author. */
export class ReportDialog extends AboutMessage {
  get opener() {
    return "report";
  }

  connectedCallback() {
    super.connectedCallback();
    find(this, "form").addEventListener("change", () => {
      /** @type {HTMLElement} */ (find(this, "#report-guideline")).hidden = this.said.has("worried");
    });
    this.room.addEventListener("report", () => (/** @type {HTMLElement} */ (find(this, "#report-guideline")).hidden = false));
  }

  /** @param {FormData} form */
  frame(form) {
    const guideline = String(form.get("guideline") ?? "");
    const note = String(form.get("note") ?? "").trim();
    const worried = form.has("worried");
    if (!worried && !guideline) return "Please choose a guideline, or say that you are worried.";
    return { type: "report.file", ...this.place, ...(worried ? { worried } : { guideline }), ...(note && { note }) };
  }
}

/** <removal-dialog>: a facilitator removes a message, with its guideline and a reason. */
export class RemovalDialog extends AboutMessage {
  get opener() {
    return "take-down";
  }

  /** @param {FormData} form */
  frame(form) {
    const guideline = String(form.get("guideline") ?? "");
    const reason = String(form.get("reason") ?? "").trim();
    if (!guideline || !reason) return "Please choose a guideline and give a reason. The author will read both.";
    return { type: "message.remove", ...this.place, guideline, reason };
  }
}

/** <sanction-dialog>: a facilitator asks a member to pause, with its guideline, a reason and an end. */
export class SanctionDialog extends AboutMessage {
  get opener() {
    return "sanction";
  }

  /** @param {FormData} form */
  frame(form) {
    const [kind, guideline, reason] = ["kind", "guideline", "reason"].map((name) => String(form.get(name) ?? "").trim());
    if (!kind || !guideline || !reason) return "Please choose what and which guideline, and give a reason. The member will read them.";
    const room = form.get("reach") === "all" || kind === "ban" ? null : this.room.dataset.room;
    const minutes = Number(form.get("minutes")) || null;
    return { type: "sanction.issue", member: this.about?.member, kind, guideline, reason, room, minutes };
  }
}

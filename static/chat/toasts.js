// @ts-check
import { find, make } from "../lib/dom.js";
import { live } from "./socket.js";

/** More than this at once hides the page. */
const MOST = 3;

/** What facilitators are told, by kind. */
const ALERTS = new Map([
  ["report", "A message was reported."],
  ["worried", "Someone is worried about a member."],
  ["held", "A message waits for you."],
  ["crisis", "Someone may be in danger. Please look now."],
  ["waiting", "A newcomer has had no answer yet."],
  ["appeal", "Someone asks you to look at a decision again."],
]);
const URGENT = ["crisis", "worried"];
/** Requests whose refusal is shown where they were made. */
const TOLD_ELSEWHERE = ["message.send", "message.edit", "room.join", "room.leave", "room.read", "room.typing"];

/**
 * A short notice that stays until it is closed or pushed out by newer ones: nobody has to read fast.
 *
 * @param {string} text
 * @param {{address?: string, label?: string, urgent?: boolean, kind?: string}} [more]
 */
export function toast(text, { address, label = "Look", urgent = false, kind = "note" } = {}) {
  /** @type {HTMLElement} */
  const shelf = find(document, "#toasts");
  const close = make("button", { type: "button", class: "quiet", "aria-label": "Close" }, "×");
  const link = address ? make("a", { href: address }, label) : null;
  const one = make("div", { class: urgent ? "toast urgent" : "toast", role: urgent && "alert", "data-kind": kind }, make("p", {}, text, " ", link), close);
  close.addEventListener("click", () => one.remove());
  shelf.append(one);
  while (shelf.childElementCount > MOST) shelf.firstElementChild?.remove();
}

/** Tells what the live connection has to tell wherever on the page one is. */
export function startToasts() {
  live.hear("alert", ({ kind }) => {
    toast(ALERTS.get(kind) ?? "Something waits for you.", { address: "/facilitate", urgent: URGENT.includes(kind), kind });
  });
  live.hear("failed", ({ request, why }) => {
    if (!TOLD_ELSEWHERE.includes(request)) toast(why || "That did not work. Try again in a moment.", { kind: "failed" });
  });
  live.hear("done", ({ request }) => {
    if (request === "sanction.issue") toast("It is in force. The member has been told, with your reason.", { kind: "done" });
    if (request === "report.file") toast("Thank you for telling us. A facilitator will look. We never say who told us.", { kind: "done" });
  });
}

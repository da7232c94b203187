// @ts-check
import { find, make } from "../lib/dom.js";

/** <show-password>: lets one see what one types, which spares many a wrong attempt. */
export class ShowPassword extends HTMLElement {
  connectedCallback() {
    /** @type {HTMLInputElement} */
    const box = find(this, "input");
    const button = make("button", { type: "button", class: "quiet", "aria-pressed": "false" }, "Show the password");
    button.addEventListener("click", () => {
      const shown = box.type === "text";
      box.type = shown ? "password" : "text";
      button.textContent = shown ? "Show the password" : "Hide the password";
      button.setAttribute("aria-pressed", String(!shown));
    });
    box.form?.addEventListener("submit", () => (box.type = "password")); // else the browser would remember it as a word
    find(this, ".field").append(button);
  }
}

// @ts-check
import { PAGE, page } from "./history.js";
/** @typedef {import("./frames.js").Message} Message */

/** Messages that stay on the page; an old phone draws no more than this with ease. */
export const CAP = 300;

/** Turning back into a room's past and forth again, while never more than CAP messages are drawn. */
export class Pages {
  #of;
  #loading = false;

  /**
   * @param {{
   *   room: string, link: HTMLElement, timeline: import("./timeline.js").Timeline,
   *   conversation: import("./conversation.js").Conversation, scroll: import("./scroll.js").Scroll,
   *   took: (mine: Record<string, string[]> | undefined) => void,
   * }} of `link` is "Earlier messages"; `took` is told which reactions are the reader's own
   */
  constructor(of) {
    this.#of = of;
    of.link.addEventListener("click", (event) => {
      event.preventDefault();
      this.older();
    });
  }

  /** @param {boolean} is whether something earlier can be had */
  set hasOlder(is) {
    /** @type {HTMLElement} */ (this.#of.link.parentElement).hidden = !is;
  }

  get hasOlder() {
    return !this.#of.link.parentElement?.hidden;
  }

  /** Cuts away what is far above a reader at the end. */
  trim() {
    this.#cut("older");
  }

  async older() {
    const { room, link, timeline, conversation, scroll } = this.#of;
    const { oldest } = timeline;
    if (this.#loading || oldest === null || !this.hasOlder) return;
    await this.#load(async () => {
      const past = await page(room, { before: oldest });
      if (timeline.epoch !== past.epoch || timeline.oldest !== oldest) return; // the window was another meanwhile
      scroll.hold(conversation.item(oldest), () => {
        this.hasOlder = past.messages.length >= PAGE;
        this.#insert(past, "newer");
      });
      link.textContent = "Earlier messages";
    });
  }

  async newer() {
    const { room, timeline, conversation, scroll } = this.#of;
    const { newest } = timeline;
    if (this.#loading || newest === null || !timeline.detached) return;
    await this.#load(async () => {
      const next = await page(room, { after: newest });
      if (timeline.epoch !== next.epoch || timeline.newest !== newest) return;
      if (next.messages.length < PAGE) timeline.attach();
      scroll.hold(conversation.item(newest), () => this.#insert(next, "older"));
    });
  }

  /** @param {() => Promise<void>} load */
  async #load(load) {
    this.#loading = true;
    try {
      await load();
    } catch {
      this.#of.link.textContent = "That did not work. Try again";
    } finally {
      this.#loading = false;
    }
  }

  /** @param {{messages: Message[], mine?: Record<string, string[]>}} loaded @param {"older" | "newer"} cut */
  #insert({ messages, mine }, cut) {
    const { timeline, conversation, took } = this.#of;
    took(mine);
    for (const message of messages) if (timeline.put(message) !== "ignored") conversation.draw(message);
    this.#cut(cut);
    conversation.arrange();
  }

  /** @param {"older" | "newer"} end */
  #cut(end) {
    const gone = this.#of.timeline.trim(CAP, end);
    this.#of.conversation.drop(gone);
    if (gone.length && end === "older") this.hasOlder = true;
  }
}

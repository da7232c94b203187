// @ts-check

/** How long the reader must have been at the end before it counts as read, in milliseconds. */
const SETTLED = 1_000;

/** What the reader has seen: the "jump to latest" button, and telling the room up to where she has read. */
export class Reading {
  #of;
  #unseen = 0;
  #read;
  /** @type {number | undefined} */
  #timer;

  /**
   * @param {{
   *   jump: HTMLElement, read: number, timeline: import("./timeline.js").Timeline,
   *   scroll: import("./scroll.js").Scroll, report: (seq: number) => boolean,
   * }} of `report` sends; false when it could not
   */
  constructor(of) {
    this.#of = of;
    this.#read = of.read;
  }

  /** Something was said below what she sees. */
  missed() {
    this.#unseen += 1;
    this.look();
  }

  /** Looks where she is. */
  look() {
    const { jump, timeline, scroll } = this.#of;
    const seesAll = scroll.atEnd && !timeline.detached;
    if (seesAll) this.#unseen = 0;
    jump.hidden = seesAll;
    jump.textContent = this.#unseen ? `${this.#unseen} new – jump to latest` : "Jump to latest";
    jump.dataset.count = String(this.#unseen);
    window.clearTimeout(this.#timer);
    if (seesAll) this.#timer = window.setTimeout(() => this.#tell(), SETTLED);
  }

  #tell() {
    const { timeline, scroll, report } = this.#of;
    const { newest, detached } = timeline;
    if (detached || newest === null || newest <= this.#read) return;
    if (document.visibilityState === "hidden" || !scroll.atEnd) return;
    if (report(newest)) this.#read = newest;
  }
}

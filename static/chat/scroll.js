// @ts-check

/** Within this many pixels of the end one counts as being at the end. */
const NEAR = 48;

/** Where the reader is, and keeping her there while the page grows around her. */
export class Scroll {
  #end;
  #dock;
  #follows = true;
  /** True when the reader herself went on past the end, to the foot of the page. */
  #past = false;
  #size = "";

  /**
   * @param {HTMLElement} end what closes the conversation: its lower edge is the end
   * @param {HTMLElement} dock the composer that sticks to the lower edge of the window
   */
  constructor(end, dock) {
    this.#end = end;
    this.#dock = dock;
    const noticed = () => this.#noticed();
    window.addEventListener("scroll", noticed, { passive: true });
    const grown = new ResizeObserver(() => this.#grown());
    grown.observe(dock);
    grown.observe(document.documentElement);
    this.release = () => {
      window.removeEventListener("scroll", noticed);
      grown.disconnect();
    };
  }

  /** True when the newest message can be seen. */
  get atEnd() {
    return this.#end.getBoundingClientRect().bottom <= this.#floor + NEAR;
  }

  /** True when the beginning of what is loaded is near. */
  get nearStart() {
    return window.scrollY < 600;
  }

  toEnd() {
    this.#follows = true;
    const below = this.#below;
    if (below > 0 || !this.#past) window.scrollBy(0, below);
  }

  /** Where the reader starts: at a message she was sent to, at the first new one, or at the end. @param {HTMLElement} room */
  begin(room) {
    const named = /^#m\d+$/.test(window.location.hash) ? room.querySelector(window.location.hash) : null;
    const start = named ?? room.querySelector("#unread");
    if (!start) return this.toEnd();
    window.scrollBy(0, start.getBoundingClientRect().top - window.innerHeight * 0.25);
    this.#follows = this.atEnd;
    this.#size = this.#measured;
  }

  /**
   * Does something that changes the page above the reader, and keeps under her eyes what was there.
   *
   * @param {Element | null} anchor an element that stays
   * @param {() => void} change
   */
  hold(anchor, change) {
    const before = anchor?.getBoundingClientRect().top ?? 0;
    change();
    if (anchor?.isConnected) window.scrollBy(0, anchor.getBoundingClientRect().top - before);
  }

  /** Where the composer begins: below it nothing can be read. */
  get #floor() {
    return window.innerHeight - (this.#dock.offsetHeight || 0);
  }

  /** How far the end is below the composer's upper edge, with a little air. */
  get #below() {
    return this.#end.getBoundingClientRect().bottom - this.#floor + 8;
  }

  /** A page that grew or shrank moves too, but that was not the reader. */
  #noticed() {
    if (this.#measured !== this.#size) return this.#grown();
    this.#follows = this.atEnd;
    this.#past = this.#below < -NEAR;
  }

  get #measured() {
    return `${this.#dock.offsetHeight} ${document.documentElement.scrollHeight} ${window.innerHeight}`;
  }

  #grown() {
    this.#size = this.#measured;
    document.documentElement.style.setProperty("--dock", `${this.#dock.offsetHeight}px`);
    if (this.#follows) this.toEnd();
  }
}

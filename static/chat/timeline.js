// @ts-check
/** @typedef {import("./frames.js").Message} Message */

/**
 * What this browser knows of one room's conversation: a window of messages in the order of their `seq`, and the highest
 * number of the room's counter up to which nothing is missing.
 */
export class Timeline {
  /** @type {Map<number, Message>} */
  #bySeq = new Map();
  /** @type {number[]} ascending */
  #order = [];
  /** @type {Set<number>} numbers that came before their predecessors */
  #ahead = new Set();
  #last = 0;
  #epoch = "";
  #detached = false;

  /** @param {{epoch?: string, last?: number, messages?: Message[]}} [start] */
  constructor({ epoch = "", last = 0, messages = [] } = {}) {
    this.reset(epoch, last, messages);
  }

  /** Everything up to this number of the counter has been seen. */
  get last() {
    return this.#last;
  }

  get epoch() {
    return this.#epoch;
  }

  /** True when the window was cut at its newer end: what is posted now does not belong below it. */
  get detached() {
    return this.#detached;
  }

  /** True when a number of the counter was skipped. */
  get hasHole() {
    return this.#ahead.size > 0;
  }

  get size() {
    return this.#order.length;
  }

  get oldest() {
    return this.#order.length ? this.#order[0] : null;
  }

  get newest() {
    return this.#order.length ? this.#order[this.#order.length - 1] : null;
  }

  /** @returns {Message[]} ascending by seq */
  get messages() {
    return this.#order.map((seq) => /** @type {Message} */ (this.#bySeq.get(seq)));
  }

  /** @param {number} seq @returns {Message | undefined} */
  get(seq) {
    return this.#bySeq.get(seq);
  }

  /** @param {string} epoch @param {number} last @param {Message[]} messages */
  reset(epoch, last, messages) {
    this.#bySeq.clear();
    this.#order = [];
    this.#ahead.clear();
    this.#detached = false;
    this.#epoch = epoch;
    this.#last = last;
    for (const message of messages) this.put(message);
  }

  /**
   * Takes in a message as read from somewhere: the newer version wins, the counter is not moved.
   *
   * @param {Message} message
   * @returns {"added" | "changed" | "ignored"}
   */
  put(message) {
    const known = this.#bySeq.get(message.seq);
    if (known && known.version >= message.version) return "ignored";
    this.#bySeq.set(message.seq, message);
    if (known) return "changed";
    this.#order.splice(this.#place(message.seq), 0, message.seq);
    return "added";
  }

  /**
   * Takes in a live change: moves the counter, and keeps out what lies outside the window.
   *
   * @param {Message} message
   * @returns {"added" | "changed" | "ignored"}
   */
  change(message) {
    this.#count(message.version);
    if (this.#bySeq.has(message.seq)) return this.put(message);
    const { oldest, newest } = this;
    if (oldest !== null && message.seq < oldest) return "ignored";
    if (this.#detached && newest !== null && message.seq > newest) return "ignored";
    return this.put(message);
  }

  /** Nothing is missing up to `last` any more. @param {number} last */
  caughtUp(last) {
    this.#last = Math.max(this.#last, last);
    for (const number of [...this.#ahead].sort((a, b) => a - b)) {
      if (number <= this.#last) this.#ahead.delete(number);
    }
    this.#close();
  }

  /** @param {number} counter the room's counter, as the server says it @param {string} [epoch] */
  isBehind(counter, epoch = this.#epoch) {
    return epoch !== this.#epoch || counter > this.#last;
  }

  /**
   * Cuts the window down, at the end away from the reader.
   *
   * @param {number} cap how many messages stay
   * @param {"older" | "newer"} end where to cut
   * @returns {number[]} the seqs that went
   */
  trim(cap, end) {
    const surplus = this.#order.length - cap;
    if (surplus <= 0) return [];
    const gone = end === "older" ? this.#order.splice(0, surplus) : this.#order.splice(-surplus, surplus);
    for (const seq of gone) this.#bySeq.delete(seq);
    if (end === "newer") this.#detached = true;
    return gone;
  }

  /** The window reaches the newest message again. */
  attach() {
    this.#detached = false;
  }

  /** @param {number} version */
  #count(version) {
    if (version <= this.#last) return;
    this.#ahead.add(version);
    this.#close();
  }

  #close() {
    while (this.#ahead.delete(this.#last + 1)) this.#last += 1;
  }

  /** @param {number} seq @returns {number} where it belongs; nearly always the end */
  #place(seq) {
    let index = this.#order.length;
    while (index > 0 && this.#order[index - 1] > seq) index -= 1;
    return index;
  }
}

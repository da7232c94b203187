// @ts-check
/** @typedef {{get: (key: string) => any, put: (key: string, value: unknown) => void}} Store */

/** The words in one room's composer. They survive a reload, and go only when they have been handed on. */
export class Draft {
  #store;
  #key;

  /** @param {{store: Store, member: string, room: string}} of */
  constructor({ store, member, room }) {
    this.#store = store;
    this.#key = `draft:${member}:${room}`;
  }

  get text() {
    return String(this.#store.get(this.#key)?.text ?? "");
  }

  /** @returns {number | null} the message it answers */
  get replyTo() {
    return this.#store.get(this.#key)?.reply_to ?? null;
  }

  /** @param {string} text @param {number | null} [replyTo] */
  keep(text, replyTo = null) {
    this.#store.put(this.#key, text || replyTo !== null ? { text, reply_to: replyTo } : null);
  }

  clear() {
    this.#store.put(this.#key, null);
  }

  /**
   * Words that come back beside words already being written: both stay.
   *
   * @param {string} returned
   * @param {string} current
   * @returns {string}
   */
  static merge(returned, current) {
    if (!current.trim() || current === returned) return returned;
    return `${returned}\n\n${current}`;
  }
}

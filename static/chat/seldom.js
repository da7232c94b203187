// @ts-check

/** How long a card of these kinds is not shown again in this browser, in milliseconds. */
const REST = new Map([["adverse-event", 7 * 24 * 60 * 60 * 1000]]);

/**
 * What helps once and wears out: most people here have side effects every day, and need not be told each time whom to tell.
 * What cannot wait (a crisis, an urgent symptom) is always due.
 */
export class Seldom {
  #store;
  #now;

  /** @param {{store: {get: (key: string) => any, put: (key: string, value: unknown) => void}, now?: () => number}} of */
  constructor({ store, now = Date.now }) {
    this.#store = store;
    this.#now = now;
  }

  /** @param {string} kind @returns {boolean} whether a card of this kind may be shown now */
  due(kind) {
    const rest = REST.get(kind);
    const shown = rest && this.#store.get(`care:${kind}`);
    return !rest || typeof shown !== "number" || this.#now() - shown >= rest || shown > this.#now();
  }

  /** It is shown now. @param {string} kind */
  mark(kind) {
    if (REST.has(kind)) this.#store.put(`care:${kind}`, this.#now());
  }
}

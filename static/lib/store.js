// @ts-check

/**
 * What the browser remembers for us. Private windows and full disks refuse: then it is remembered until the page goes,
 * which is less, but nothing breaks.
 */
export class Store {
  /** @type {Map<string, string>} */
  #spare = new Map();
  /** @type {Storage | null} */
  #storage = null;

  constructor() {
    try {
      this.#storage = window.localStorage;
    } catch {
      this.#storage = null;
    }
  }

  /** @param {string} key @returns {any} what was put, or null */
  get(key) {
    try {
      const text = this.#storage?.getItem(key) ?? this.#spare.get(key) ?? null;
      return text === null ? null : JSON.parse(text);
    } catch {
      return this.#spare.has(key) ? JSON.parse(/** @type {string} */ (this.#spare.get(key))) : null;
    }
  }

  /** @param {string} key @param {unknown} value null takes it away */
  put(key, value) {
    const text = JSON.stringify(value);
    this.#spare.delete(key);
    try {
      if (value === null) this.#storage?.removeItem(key);
      else if (this.#storage) this.#storage.setItem(key, text);
      else this.#spare.set(key, text);
    } catch {
      this.#spare.set(key, text);
    }
  }
}

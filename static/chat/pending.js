// @ts-check

/** After this long a text is not sent without asking: the moment it was written for may have passed. */
export const STALE = 10 * 60 * 1000;
/** How many unsent texts one room keeps; more than anyone writes in a tunnel. */
const MOST = 50;

/**
 * @typedef {{client_id: string, text: string, reply_to: number | null, confirm: boolean, at: number}} Entry
 * @typedef {{get: (key: string) => any, put: (key: string, value: unknown) => void}} Store
 */

/**
 * What a member has sent and nobody has answered yet, by `client_id`: it survives a reload, and the same `client_id`
 * goes out again, so that it is never posted twice.
 */
export class Pending {
  #store;
  #key;
  #now;

  /**
   * @param {{store: Store, member: string, room: string, now?: () => number}} of
   */
  constructor({ store, member, room, now = Date.now }) {
    this.#store = store;
    this.#key = `pending:${member}:${room}`;
    this.#now = now;
  }

  /** Where it is kept, so that another window's change can be told apart. */
  get key() {
    return this.#key;
  }

  /** @returns {Entry[]} in the order they were written */
  get entries() {
    const kept = this.#store.get(this.#key);
    return Array.isArray(kept) ? kept : [];
  }

  /** @param {string} clientId @returns {Entry | undefined} */
  get(clientId) {
    return this.entries.find((entry) => entry.client_id === clientId);
  }

  /**
   * @param {{client_id: string, text: string, reply_to?: number | null, confirm?: boolean}} draft
   * @returns {Entry}
   */
  add({ client_id, text, reply_to = null, confirm = false }) {
    const entry = { client_id, text, reply_to, confirm, at: this.#now() };
    this.#keep([...this.entries.filter((other) => other.client_id !== client_id), entry].slice(-MOST));
    return entry;
  }

  /**
   * It was answered, or given up.
   *
   * @param {string | null | undefined} clientId
   * @returns {Entry | undefined} the entry, the first time only
   */
  settle(clientId) {
    const entry = clientId ? this.get(clientId) : undefined;
    if (entry) this.#keep(this.entries.filter((other) => other !== entry && other.client_id !== clientId));
    return entry;
  }

  /** @param {Entry} entry @returns {boolean} too old to go without asking */
  isStale(entry) {
    return this.#now() - entry.at > STALE;
  }

  /** @returns {Entry[]} what may go again by itself after the connection is back */
  get sendable() {
    return this.entries.filter((entry) => !this.isStale(entry));
  }

  /** She said "send now": it counts as written now. @param {string} clientId @returns {Entry | undefined} */
  renew(clientId) {
    const entry = this.get(clientId);
    return entry && this.add(entry);
  }

  /** @param {Entry[]} entries */
  #keep(entries) {
    this.#store.put(this.#key, entries.length ? entries : null);
  }
}

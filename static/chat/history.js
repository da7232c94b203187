// @ts-check
/** @typedef {import("./frames.js").Message} Message */

/** Messages a page of history brings. */
export const PAGE = 50;

/**
 * A page of a room's past.
 *
 * @param {string} room
 * @param {{before?: number, after?: number}} where a seq
 * @returns {Promise<{messages: Message[], last: number, epoch: string, mine?: Record<string, string[]>}>}
 */
export async function page(room, where) {
  const query = new URLSearchParams({ limit: String(PAGE) });
  for (const [name, seq] of Object.entries(where)) query.set(name, String(seq));
  const answer = await fetch(`/rooms/${encodeURIComponent(room)}/messages?${query}`, {
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  if (!answer.ok) throw new Error(`the past could not be had: ${answer.status}`);
  return answer.json();
}

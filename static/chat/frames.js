// @ts-check

/** Every frame a browser may say. Compared with the server's own list by test. */
export const BROWSER_FRAMES = Object.freeze([
  "room.join",
  "room.leave",
  "message.send",
  "message.edit",
  "message.remove",
  "message.restore",
  "message.react",
  "message.unreact",
  "message.pin",
  "message.unpin",
  "message.release",
  "message.reject",
  "room.read",
  "room.typing",
  "report.file",
  "sanction.issue",
  "sanction.lift",
  "room.slow",
  "room.pause",
  "room.resume",
]);

/** Every frame a server may say. Compared with the server's own list by test. */
export const SERVER_FRAMES = Object.freeze([
  "welcome",
  "room.joined",
  "message.posted",
  "message.changed",
  "message.nudged",
  "message.held",
  "message.refused",
  "done",
  "care",
  "presence",
  "typing",
  "sanctioned",
  "sanction.lifted",
  "room.changed",
  "alert",
  "heartbeat",
  "failed",
]);

/**
 * @typedef {{id: string, name: string, role: string}} Author
 * @typedef {{by: "author" | "facilitator" | "rules", guideline: string | null}} Removal
 * @typedef {{
 *   seq: number, version: number, author: Author, text: string | null, at: string, reply_to: number | null,
 *   edited: boolean | string | null, removed: Removal | null, reactions: Record<string, number>, pinned: boolean,
 * }} Message
 * @typedef {{
 *   type: string, client_id?: string | null, rule?: string | null, guideline?: string | null, why?: string | null,
 *   spans?: [number, number][] | null, suggestion?: string | null, retry_after?: number | null, id?: string | null,
 *   code?: string, request?: string,
 * }} Answer
 */

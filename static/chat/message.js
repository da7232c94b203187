// @ts-check
import { make } from "../lib/dom.js";
import { inFull, when } from "../lib/time.js";
/** @typedef {import("./frames.js").Message} Message */

/** The five reactions: name, sign, what it is called. */
export const REACTIONS = Object.freeze([
  ["heart", "❤️", "Heart"],
  ["hug", "🤗", "Hug"],
  ["strength", "💪", "Strength"],
  ["thanks", "🙏", "Thank you"],
  ["same", "Same here", "Same here"],
]);

const FACILITATING = ["facilitator", "administrator"];
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
/** Code points of a quoted message that are shown. */
const QUOTED = 120;

/**
 * What a drawing depends on besides the message.
 *
 * @typedef {{
 *   me: string | null,
 *   interactive: boolean,
 *   facilitates: boolean,
 *   mine: (seq: number) => string[],
 *   known: (seq: number) => Message | undefined,
 *   guideline: (id: string) => string,
 * }} Setting
 */

/**
 * Reads a message back from the page that the server drew.
 *
 * @param {HTMLElement} item
 * @returns {Message}
 */
export function readMessage(item) {
  const { seq, version, author, name, role, at, reactions, replyTo, edited, pinned, removed, guideline } = item.dataset;
  return {
    seq: Number(seq),
    version: Number(version),
    author: { id: author ?? "", name: name ?? "", role: role ?? "member" },
    text: removed ? null : (item.querySelector(".text")?.textContent ?? ""),
    at: at ?? "",
    reply_to: replyTo ? Number(replyTo) : null,
    edited: edited !== undefined,
    removed: removed ? { by: /** @type {"author"} */ (removed), guideline: guideline || null } : null,
    reactions: JSON.parse(reactions || "{}"),
    pinned: pinned !== undefined,
  };
}

/**
 * Draws a message, in the shape of templates/_messages.html.
 *
 * @param {Message} message
 * @param {Setting} setting
 * @returns {HTMLElement}
 */
export function drawMessage(message, setting) {
  const { seq, author, removed } = message;
  const item = make("li", {
    class: classesOf(message, setting),
    id: `m${seq}`,
    "data-seq": seq,
    "data-version": message.version,
    "data-author": author.id,
    "data-name": author.name,
    "data-role": author.role,
    "data-at": message.at,
    "data-reactions": JSON.stringify(message.reactions),
    "data-reply-to": message.reply_to,
    "data-edited": Boolean(message.edited),
    "data-pinned": message.pinned,
    "data-removed": removed?.by,
    "data-guideline": removed && (removed.guideline ?? ""),
  });
  item.append(
    make(
      "article",
      { tabindex: "-1", "aria-labelledby": `a${seq} t${seq}` },
      face(author.name),
      heading(message),
      message.reply_to !== null && quote(message.reply_to, setting.known(message.reply_to)),
      removed ? tombstone(message, setting) : make("p", { class: "text", dir: "auto" }, message.text),
      meta(message),
      !removed && reactions(message, setting),
      setting.interactive && (!removed || setting.facilitates) && more(message),
    ),
  );
  return item;
}

/** @param {string} name @returns {string} one of six quiet colours, the same for one name everywhere */
export function toneOf(name) {
  const sum = LETTERS.indexOf(name.slice(0, 1).toLowerCase()) + Array.from(name).length;
  return `tone-${((sum % 6) + 6) % 6}`;
}

/** @param {Message} message @param {Setting} setting */
function classesOf(message, { me }) {
  const classes = ["message"];
  if (message.author.id === me) classes.push("own");
  if (message.pinned) classes.push("pinned");
  if (message.removed) classes.push("removed");
  return classes.join(" ");
}

/** @param {string} name */
function face(name) {
  const first = Array.from(name)[0] ?? "";
  return make("span", { class: `face ${toneOf(name)}`, "aria-hidden": "true" }, first.toUpperCase());
}

/** @param {Message} message */
function heading({ seq, author }) {
  return make(
    "header",
    {},
    make("h3", { class: "author", id: `a${seq}` }, make("bdi", {}, author.name)),
    FACILITATING.includes(author.role) && make("span", { class: "badge" }, "Facilitator"),
  );
}

/** @param {number} seq @param {Message | undefined} quoted */
function quote(seq, quoted) {
  const link = make("a", { class: "quote", href: `#m${seq}` });
  if (quoted && quoted.text !== null) link.append(make("b", {}, quoted.author.name), " ", shortened(quoted.text));
  else link.append("An earlier message");
  return link;
}

/** @param {string} text @returns {string} */
export function shortened(text) {
  const letters = Array.from(text);
  return letters.length <= QUOTED ? text : `${letters.slice(0, QUOTED - 1).join("")}…`;
}

/** @param {Message} message @param {Setting} setting */
function tombstone({ seq, author, removed }, { me, interactive, guideline }) {
  const line = make("p", { class: "gone" });
  if (removed?.by === "author") line.append("Removed by its author");
  else {
    const by = removed?.by === "facilitator" ? "a facilitator" : "the room’s rules";
    line.append(`Removed by ${by}${removed?.guideline ? `: ${guideline(removed.guideline)}` : ""}`);
  }
  if (interactive && removed?.by === "author" && author.id === me) {
    line.append(" ", make("button", { type: "button", class: "undo quiet", "data-undo": seq }, "Undo"));
  }
  return line;
}

/** @param {Message} message */
function meta({ seq, at, edited, removed, pinned }) {
  return make(
    "p",
    { class: "meta", id: `t${seq}` },
    make("time", { datetime: at, title: inFull(at) }, when(at)),
    edited && !removed ? make("span", { class: "edited" }, "edited") : null,
    pinned && make("span", { class: "pin" }, "Pinned"),
  );
}

/** @param {Message} message @param {Setting} setting */
function reactions({ seq, reactions: counts }, { interactive, mine }) {
  const chosen = mine(seq);
  const list = make("ul", { class: "reactions", "aria-label": "Reactions" });
  for (const [name, sign, called] of REACTIONS) {
    if (!counts[name]) continue;
    const ours = chosen.includes(name);
    const pill = make(
      interactive ? "button" : "span",
      {
        class: ours ? "pill chosen" : "pill",
        type: interactive && "button",
        "data-reaction": interactive && name,
        "aria-pressed": interactive && String(ours),
      },
      make("span", { "aria-hidden": "true" }, sign),
      " ",
      make("span", { class: "visually-hidden" }, called),
      ` ${counts[name]}`,
    );
    list.append(make("li", {}, pill));
  }
  return list.childElementCount ? list : null;
}

/** @param {Message} message */
function more({ author, at }) {
  const label = `Answer, react and more: ${author.name}, ${when(at)}`;
  return make("button", { type: "button", class: "more", "aria-haspopup": "dialog", "aria-label": label }, "⋯");
}

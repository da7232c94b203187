// @ts-check
import { afterClose, wait } from "../lib/backoff.js";
import { SERVER_FRAMES } from "./frames.js";

/** A connection that held this long was a good one: the next cut starts counting anew. */
const STEADY = 10_000;
/** A handshake that takes longer than this is given up. */
const PATIENCE = 15_000;

/**
 * One live connection for all rooms of this page. Every frame becomes an event named after its type, with the frame as
 * `detail`; besides: "status" ({status, attempts}), "signed-out", "banned", "ended".
 */
export class Socket extends EventTarget {
  #address;
  /** @type {WebSocket | null} */
  #wire = null;
  /** @type {"idle" | "connecting" | "live" | "offline" | "ended"} */
  #status = "idle";
  #attempts = 0;
  #heartbeat = 15;
  #heard = 0;
  /** @type {number | undefined} */
  #retry;
  /** @type {number | undefined} */
  #watch;
  /** @type {number | undefined} */
  #steady;

  /** @param {string | URL} [address] */
  constructor(address = liveAddress()) {
    super();
    this.#address = address;
  }

  get status() {
    return this.#status;
  }

  get attempts() {
    return this.#attempts;
  }

  /** Connects, once; from then on it comes back by itself. */
  open() {
    if (this.#status !== "idle") return;
    window.addEventListener("online", () => this.#wake());
    window.addEventListener("pageshow", () => this.#wake());
    window.addEventListener("offline", () => this.#lost());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#wake());
    this.#connect();
  }

  /**
   * Listens for one type of frame.
   *
   * @param {string} type
   * @param {(frame: any) => void} does
   * @param {string} [room] only when the frame speaks of this room
   */
  hear(type, does, room) {
    this.addEventListener(type, (event) => {
      const frame = /** @type {CustomEvent} */ (event).detail;
      if (room === undefined || frame.room === room) does(frame);
    });
  }

  /**
   * @param {{type: string} & Record<string, unknown>} frame
   * @returns {boolean} false when there is no connection: nothing went
   */
  send(frame) {
    if (this.#status !== "live" || this.#wire?.readyState !== WebSocket.OPEN) return false;
    this.#wire.send(JSON.stringify(frame));
    return true;
  }

  #connect() {
    if (this.#status === "ended") return;
    window.clearTimeout(this.#retry);
    this.#become("connecting");
    const wire = new WebSocket(this.#address);
    this.#wire = wire;
    this.#heard = Date.now();
    wire.onmessage = ({ data }) => this.#wire === wire && this.#hear(data);
    wire.onclose = ({ code }) => this.#wire === wire && this.#closed(code);
    window.clearInterval(this.#watch);
    this.#watch = window.setInterval(() => this.#check(), 2_000);
  }

  /** @param {string} data */
  #hear(data) {
    this.#heard = Date.now();
    const frame = JSON.parse(data);
    if (!SERVER_FRAMES.includes(frame.type)) return; // a newer server may say more than this page understands
    if (frame.type === "welcome") this.#welcomed(frame);
    this.dispatchEvent(new CustomEvent(frame.type, { detail: frame }));
  }

  /** @param {{heartbeat?: number}} frame */
  #welcomed({ heartbeat }) {
    this.#heartbeat = heartbeat || this.#heartbeat;
    this.#steady = window.setTimeout(() => (this.#attempts = 0), STEADY);
    this.#become("live");
  }

  /** @param {number} code */
  #closed(code) {
    const next = afterClose(code);
    this.#drop();
    if (next === "return") {
      this.#lost();
      return;
    }
    this.#become("ended");
    this.dispatchEvent(new CustomEvent(next));
  }

  /** Lets go of the wire, and plans the next. */
  #lost() {
    if (this.#status === "ended" || this.#status === "idle") return;
    this.#drop();
    window.clearTimeout(this.#retry);
    this.#retry = window.setTimeout(() => this.#connect(), wait(this.#attempts));
    this.#attempts += 1;
    this.#become("offline");
  }

  #drop() {
    window.clearInterval(this.#watch);
    window.clearTimeout(this.#steady);
    const wire = this.#wire;
    this.#wire = null;
    if (!wire) return;
    wire.onmessage = wire.onclose = null;
    wire.close();
  }

  /** A wire that says nothing is dead, whatever it believes itself. */
  #check() {
    const patience = this.#status === "connecting" ? PATIENCE : 2.5 * this.#heartbeat * 1000;
    if (Date.now() - this.#heard > patience) this.#lost();
  }

  /** The phone came out of the pocket, the train out of the tunnel: no reason to wait on. */
  #wake() {
    if (this.#status === "offline") this.#connect();
    else if (this.#status === "live") this.#check();
  }

  /** @param {"connecting" | "live" | "offline" | "ended"} status */
  #become(status) {
    if (status === this.#status) return;
    this.#status = status;
    this.dispatchEvent(new CustomEvent("status", { detail: { status, attempts: this.#attempts } }));
  }
}

/** @returns {URL} */
function liveAddress() {
  const address = new URL("/live", window.location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address;
}

/** The one connection of this page. */
export const live = new Socket();

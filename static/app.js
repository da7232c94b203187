// @ts-check
import { CareCard, SanctionNotice } from "./chat/cards.js";
import { ChatComposer } from "./chat/composer.js";
import { RoomControls } from "./chat/controls.js";
import { RemovalDialog, ReportDialog, SanctionDialog } from "./chat/dialogs.js";
import { ConnectionLine, PresenceLine, RoomNotices, TypingLine } from "./chat/lines.js";
import { MessageMenu } from "./chat/menu.js";
import { ChatOutbox } from "./chat/outbox.js";
import { ChatRoom } from "./chat/room.js";
import { startToasts } from "./chat/toasts.js";
import { inFull } from "./lib/time.js";
import { paint } from "./pages/colour.js";
import { ShowPassword } from "./pages/password.js";
import { RoomList } from "./pages/rooms.js";

for (const moment of document.querySelectorAll(/** @type {"time"} */ ("time[data-in-full]"))) {
  moment.textContent = inFull(moment.dateTime);
}

const room = /** @type {HTMLElement | null} */ (document.querySelector("chat-room"));
if (room) {
  paint(room);
  // The lines about a room have a column of their own where there is space for one.
  const about = /** @type {HTMLDetailsElement | null} */ (room.querySelector("#about"));
  if (about) about.open = window.matchMedia("(min-width: 70rem)").matches;
}

startToasts();
// The outbox and the composer listen before the room opens the connection.
customElements.define("chat-outbox", ChatOutbox);
customElements.define("chat-composer", ChatComposer);
customElements.define("presence-line", PresenceLine);
customElements.define("typing-line", TypingLine);
customElements.define("connection-line", ConnectionLine);
customElements.define("room-notices", RoomNotices);
customElements.define("care-card", CareCard);
customElements.define("sanction-notice", SanctionNotice);
customElements.define("message-menu", MessageMenu);
customElements.define("report-dialog", ReportDialog);
customElements.define("removal-dialog", RemovalDialog);
customElements.define("sanction-dialog", SanctionDialog);
customElements.define("room-controls", RoomControls);
customElements.define("chat-room", ChatRoom);
customElements.define("room-list", RoomList);
customElements.define("show-password", ShowPassword);

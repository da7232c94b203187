"""The endpoint of GET /live: handshake, credits, parsing, handling; one task a connection."""

from __future__ import annotations

import asyncio

import structlog
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocket

from app.base.clock import Clock
from app.base.db import Database
from app.base.errors import Busy, Unavailable, Unstorable
from app.base.keys import digest
from app.community import memberships, sanctions, sessions
from app.community.outcomes import Failed
from app.community.writer import UNSTORABLE
from app.live.connection import Connection
from app.live.frames_in import BadFrame, Close, FrameIn, read
from app.live.frames_out import HEARTBEAT_SECONDS, FailedFrame, Self, Welcome
from app.live.handlers import Handlers, failed
from app.live.hub import Hub
from app.live.wire import Wire
from app.settings import Settings

journal = structlog.get_logger("live")
AWAY = Failed("unavailable", "This could not be stored just now. Your text is safe here; it will be sent again.", 2.0)


class Live:
    """The live socket."""

    def __init__(self, settings: Settings, db: Database, clock: Clock, hub: Hub, handlers: Handlers) -> None:
        self._settings, self._db, self._clock, self._hub, self._handlers = settings, db, clock, hub, handlers
        self._cookie = "__Host-session" if settings.secure else "session"
        self.closing = False

    async def endpoint(self, websocket: WebSocket) -> None:
        """Refuse a foreign origin (403) before accepting; without a session accept and close 4501."""
        if websocket.headers.getlist("origin") not in [[origin] for origin in self._settings.origins]:
            await websocket.send_denial_response(PlainTextResponse("This origin is not served here.", 403))
            return
        await websocket.accept()
        wire: Wire = websocket.scope["extensions"]["wire"]
        if self.closing:
            wire.close(Close.RESTARTING, "restarting")
            return
        try:
            connection = await self._connect(websocket, wire)
        except Unavailable:
            wire.close(Close.RESTARTING, "the database is away")
            return
        if connection is None:
            return
        try:
            await self._converse(websocket, connection)
        finally:
            self._hub.discard(connection)

    async def _connect(self, websocket: WebSocket, wire: Wire) -> Connection | None:
        """Sign the socket in, and say welcome."""
        token = websocket.cookies.get(self._cookie)
        async with self._db.read() as reading:
            found = None if token is None else await sessions.find(reading, token, self._clock.now())
            if found is None or token is None:
                wire.close(Close.SIGNED_OUT, "signed out")
                return None
            who = found[0]
            in_force = await sanctions.in_force(reading, [who.id], self._clock.now())
            roles = await memberships.joined(reading, who)
        if any(sanction.kind == "ban" for sanction in in_force):
            wire.close(Close.BANNED, "banned")
            return None
        connection = Connection(wire, who, digest(token), roles, asyncio.get_running_loop().time)
        self._hub.add(connection)
        role = "facilitator" if who.role == "member" and "facilitator" in roles.values() else who.role
        member = Self(who.id, who.name, role)
        connection.send(Welcome(member=member, rooms=sorted(roles), heartbeat=HEARTBEAT_SECONDS, epoch=self._hub.epoch))
        return connection

    async def _converse(self, websocket: WebSocket, connection: Connection) -> None:
        """Read frames until the socket closes. Each is answered before the next is read: what a member says keeps its order."""
        while True:
            received = await websocket.receive()
            if received["type"] == "websocket.disconnect" or connection.dismissed:
                return
            if not connection.has_credit(self._settings.frame_burst, self._settings.frame_seconds):
                connection.close(Close.TOO_FAST)
                return
            text = received.get("text")
            if text is None:
                connection.close(Close.BAD_FRAME)
                return
            try:
                frame = read(text)
            except BadFrame:
                connection.close(Close.BAD_FRAME)
                return
            if isinstance(frame, FailedFrame):
                connection.send(frame)
            else:
                await self._handle(connection, frame)

    async def _handle(self, connection: Connection, frame: FrameIn) -> None:
        try:
            await self._handlers.handle(connection, frame)
        except Unstorable:
            connection.send(failed(frame, UNSTORABLE))
        except (Unavailable, Busy):
            connection.send(failed(frame, AWAY))
        except Exception:  # noqa: BLE001 - the edge: one frame that nobody foresaw must cost nobody else anything
            journal.exception("live.unforeseen", frame=type(frame).__name__)
            connection.send(failed(frame, AWAY))

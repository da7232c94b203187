"""The wire-level fan-out: uvicorn's own protocol class, with a door for frames that are encoded once.

`await websocket.send_text` per reader costs more than everything else together. Here the hub hands the same bytes to each
connection's transport. Complete frames only, so uvicorn's own (pings, close) cannot end up inside one.

Stands on uvicorn 0.54 (`connection_made`, `handle_connect`, `conn`, `queue`, `close_sent`); pyproject pins the minor
version, and tests/live/test_wire.py covers what is used.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

RESTARTING = 4499
OUTBOX_LIMIT = 256 * 1024
"""Bytes that may wait for one reader beyond what the kernel holds; more, and the reader is cut."""
GRACE_SECONDS = 5.0
"""How long a close frame may take to leave before the connection is dropped."""


class Wire:
    """One browser's end of the line, for the hub."""

    __slots__ = ("_protocol", "on_full")

    def __init__(self, protocol: FanoutProtocol) -> None:
        self._protocol = protocol
        self.on_full: Callable[[], None] | None = None

    def write(self, frames: bytes) -> None:
        """Hand over whole frames; nothing waits. After a close it does nothing (RFC 6455, 5.5.1)."""
        protocol = self._protocol
        if not protocol.close_sent and not protocol.transport.is_closing():
            protocol.transport.write(frames)

    def write_past(self, frames: bytes) -> None:
        """Hand over the past, which may be larger than the outbox: it counts when what comes after it piles up."""
        protocol = self._protocol
        if not protocol.close_sent and not protocol.transport.is_closing():
            there = protocol.transport.get_write_buffer_size()
            protocol.transport.set_write_buffer_limits(high=OUTBOX_LIMIT + there + len(frames))
            protocol.transport.write(frames)

    @property
    def dismissed(self) -> bool:
        """Whether this side said goodbye (what the browser sent before its own goodbye still counts)."""
        return self._protocol.close_sent

    def close(self, code: int, reason: str = "") -> None:
        """Say goodbye with `code`, and drop the connection a little later whether that was read or not."""
        self._protocol.say_goodbye(code, reason)


class FanoutProtocol(WebSocketsSansIOProtocol):
    """What `uvicorn.Config(ws=…)` is given; puts a Wire into the scope's extensions as "wire"."""

    wire: Wire | None = None

    def handle_connect(self, event: Request) -> None:
        if len(event.headers.get_all("Origin")) > 1:  # websockets itself would answer 400
            self._refuse()
            return
        self.transport.set_write_buffer_limits(high=OUTBOX_LIMIT)
        super().handle_connect(event)
        if hasattr(self, "scope"):  # a refused handshake has none
            self.wire = Wire(self)
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions["wire"] = self.wire

    def _refuse(self) -> None:
        self.handshake_complete = self.close_sent = True
        self.conn.send_response(self.conn.reject(HTTPStatus.FORBIDDEN, "This origin is not served here."))
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.transport.close()

    def resume_writing(self) -> None:
        super().resume_writing()
        self.transport.set_write_buffer_limits(high=OUTBOX_LIMIT)

    def pause_writing(self) -> None:
        super().pause_writing()
        if self.wire is not None and self.wire.on_full is not None:
            self.wire.on_full()

    def shutdown(self) -> None:
        """The process is going: the browser comes back after a wait (4499), and finds another."""
        if self.wire is None or not self.handshake_complete or self.close_sent:
            super().shutdown()
            return
        self.stop_keepalive()
        if self.transport.is_closing():  # the browser has said goodbye already
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": RESTARTING})
        self.conn.send_close(RESTARTING, "restarting")
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()

    def say_goodbye(self, code: int, reason: str) -> None:
        if self.close_sent or self.transport.is_closing():
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.stop_keepalive()
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        # A reader that has stopped reading never takes the close frame; its socket must not stay for ever.
        self.close_timer = self.loop.call_later(GRACE_SECONDS, self.transport.abort)

    def data_received(self, data: bytes) -> None:
        # After our close frame only the peer's close matters; parsing a flood of anything else would hold the loop.
        if self.close_sent and self.handshake_complete and self.conn.close_rcvd is None and len(data) > OUTBOX_LIMIT:
            self.transport.abort()
            return
        super().data_received(data)

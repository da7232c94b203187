"""A connection: one open socket of one member."""

from __future__ import annotations

from collections.abc import Callable

from app.base.pace import MemoryPace
from app.community.members import Who
from app.live.feed import Feed
from app.live.frames_in import Close
from app.live.frames_out import FrameOut, encode
from app.live.wire import Wire

TYPING_SECONDS = 2.0


class Connection:
    """`roles`: the rooms she had joined when the socket opened, kept current by events; never asked for authority."""

    def __init__(self, wire: Wire, who: Who, session: str, roles: dict[str, str], clock: Callable[[], float]) -> None:
        self.wire, self.who, self.session, self.roles = wire, who, session, roles
        self.feeds: dict[str, Feed] = {}
        self._clock = clock
        self._credits = MemoryPace(clock)
        self._typed_at = clock() - TYPING_SECONDS
        wire.on_full = self.cut

    @property
    def member_id(self) -> str:
        return self.who.id

    def write(self, frames: bytes) -> None:
        """Frames that were encoded for many."""
        self.wire.write(frames)

    def send(self, frame: FrameOut) -> None:
        """A frame for this browser alone."""
        self.wire.write(encode(frame))

    def send_past(self, frame: FrameOut) -> None:
        """The past of a room: as large as it is, it does not count as reading too slowly."""
        self.wire.write_past(encode(frame))

    def cut(self) -> None:
        """It reads too slowly: it comes back and catches up, and nobody waits for it."""
        self.close(Close.TOO_SLOW)

    def close(self, code: Close) -> None:
        self.wire.close(code, code.name.lower().replace("_", " "))

    @property
    def dismissed(self) -> bool:
        """Whether it was closed from here: what still waits to be read counts no more."""
        return self.wire.dismissed

    def has_credit(self, burst: int, seconds: float) -> bool:
        """Whether another frame may be read; asked before it is parsed."""
        return self._credits.take_now("frames", burst, seconds) == 0.0

    def may_type(self) -> bool:
        """Typing is told at most every two seconds."""
        now = self._clock()
        if now - self._typed_at < TYPING_SECONDS:
            return False
        self._typed_at = now
        return True

    def leave_all(self) -> None:
        """The socket is gone."""
        for feed in self.feeds.values():
            feed.drop(self)
        self.feeds.clear()

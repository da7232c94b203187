"""Presence: who is in a room now, across processes, and who is writing. Comfort: bounded, thinned, lost without harm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.community.directory import facilitates
from app.community.events import Present, Typed
from app.live.connection import Connection

SAID_EVERY = 5.0
"""A presence frame at most every 5 s a room."""
TOLD_EVERY = 30.0
FORGOTTEN_AFTER = 75.0
TYPING_FOR = 6.0


@dataclass(slots=True)
class _Elsewhere:
    members: tuple[str, ...]
    facilitators: dict[str, str]
    at: float


@dataclass(slots=True)
class RoomPresence:
    """One room. Times are of the monotonic clock."""

    here: dict[str, str | None] = field(default_factory=dict)
    """Member id -> the facilitator's name, None for members."""
    elsewhere: dict[str, _Elsewhere] = field(default_factory=dict)
    typing: dict[str, tuple[str, float]] = field(default_factory=dict)
    changed: bool = True
    typing_changed: bool = False
    said_at: float = float("-inf")
    told_at: float = float("-inf")
    told: tuple[str, ...] = ()

    def refresh(self, room: str, connections: Iterable[Connection]) -> None:
        """Who has the room open in this process."""
        here = {
            connection.member_id: connection.who.name if facilitates(connection.who, connection.roles, room) else None
            for connection in connections
        }
        if here != self.here:
            self.here = here
            self.changed = True

    def hear(self, event: Present, now: float) -> None:
        """Who has it open in another process."""
        known = self.elsewhere.pop(event.process, None)
        if event.members:
            self.elsewhere[event.process] = _Elsewhere(event.members, event.facilitators, now)
        if known is None or known.members != event.members:
            self.changed = True

    def heard_typing(self, event: Typed, now: float) -> None:
        self.typing_changed |= event.member not in self.typing
        self.typing[event.member] = (event.name, now + TYPING_FOR)

    def expire(self, now: float) -> None:
        """Forget processes that are silent, and writers who stopped."""
        silent = [process for process, seen in self.elsewhere.items() if now - seen.at > FORGOTTEN_AFTER]
        for process in silent:
            del self.elsewhere[process]
            self.changed = True
        stopped = [member for member, (_, until) in self.typing.items() if until <= now]
        for member in stopped:
            del self.typing[member]
            self.typing_changed = True

    def present(self) -> int:
        """How many members have the room open, each once."""
        return len(set(self.here).union(*(seen.members for seen in self.elsewhere.values())))

    def facilitators(self) -> list[str]:
        """The names of the facilitators who are here."""
        names = {member: name for member, name in self.here.items() if name is not None}
        for seen in self.elsewhere.values():
            names.update(seen.facilitators)
        return sorted(names.values())

    def names_typing(self) -> list[str]:
        return sorted(name for name, _ in self.typing.values())

    def stopped_typing(self, member: str) -> None:
        """She has sent it."""
        self.typing_changed |= self.typing.pop(member, None) is not None

"""Standing: where a member stands in a room, and the one write guard that follows from it."""

from __future__ import annotations

from dataclasses import dataclass

from app.community.memberships import role_in
from app.community.outcomes import Failed
from app.community.sanctions import InForce


@dataclass(slots=True)
class RoomState:
    """A room's row, locked."""

    id: int
    slug: str
    counter: int
    slow: int
    paused: bool
    archived: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands in a room: her name, roles and the sanctions that count there now."""

    name: str
    member_role: str
    room_role: str | None
    pseudonym: str | None
    shows_name: bool | None
    sanctions: tuple[InForce, ...] = ()

    @property
    def joined(self) -> bool:
        return self.room_role is not None

    @property
    def facilitates(self) -> bool:
        banned = any(each.kind == "ban" for each in self.sanctions)  # who is banned decides nothing any more
        return role_in(self.member_role, self.room_role) != "member" and not banned


def may_write(standing: Standing, room: RoomState) -> Failed | None:
    """The one write guard: every writing passes it, in the commit. None: she may."""
    if room.archived:
        return Failed("not-allowed", "This room is closed. It can still be read.")
    for sanction in standing.sanctions:
        return Failed("sanctioned", _sanction_why(sanction))
    if not standing.joined:
        return Failed("not-joined", "Join this room to write here.")
    if room.paused and not standing.facilitates:
        return Failed("paused", "This room is taking a pause. Reading goes on; writing will be back soon.")
    return None


def _sanction_why(sanction: InForce) -> str:
    doing = {"mute": "You can read here, but not write", "remove": "You were removed from this room"}
    until = "" if sanction.until is None else f" until {sanction.until:%d %B %H:%M} UTC"
    return f"{doing.get(sanction.kind, 'You are blocked here')}{until}: {sanction.reason}"

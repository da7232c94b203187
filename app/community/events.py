"""Events: what has happened, told on the bus after it was committed. A closed list."""

from __future__ import annotations

import msgspec

from app.base.bus import EVERYONE, room_topic
from app.community.messages import View


class ConversationChanged(msgspec.Struct, frozen=True, tag="conversation"):
    """A message was posted, changed, removed, restored, released, pinned or reacted to: number `message.version`."""

    room: str
    message: View
    author: str
    client_id: str | None = None


class RoomStateChanged(msgspec.Struct, frozen=True, tag="room"):
    """Slow mode, pause or notice of a room."""

    room: str
    slow: int
    paused: bool
    notice: str | None


class Typed(msgspec.Struct, frozen=True, tag="typed"):
    """A member is writing in a room."""

    room: str
    member: str
    name: str


class Present(msgspec.Struct, frozen=True, tag="present"):
    """Who has this room open in one process: member ids, and of facilitators id -> name. Empty: nobody any more."""

    room: str
    process: str
    members: tuple[str, ...]
    facilitators: dict[str, str]


class MemberSanctioned(msgspec.Struct, frozen=True, tag="sanctioned"):
    """A sanction was put in force, or lifted. `until`: RFC 3339."""

    id: str
    member: str
    room: str | None
    kind: str
    until: str | None
    guideline: str
    reason: str
    lifted: bool


class SessionEnded(msgspec.Struct, frozen=True, tag="session"):
    """A browser was signed out."""

    digest: str


class MembershipEnded(msgspec.Struct, frozen=True, tag="left"):
    """A member left a room, or joined it (`ended` False)."""

    member: str
    room: str
    ended: bool = True


class FacilitatorsAlerted(msgspec.Struct, frozen=True, tag="alert"):
    """Something waits for the facilitators of a room."""

    kind: str
    room: str
    seq: int | None
    id: str


Event = (
    ConversationChanged
    | RoomStateChanged
    | Typed
    | Present
    | MemberSanctioned
    | SessionEnded
    | MembershipEnded
    | FacilitatorsAlerted
)

_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)
encode = msgspec.json.encode


def decode(body: bytes) -> Event:
    """An event that another process told."""
    return _decoder.decode(body)


def topic(event: Event) -> str:
    """Where an event is told: what concerns one room's conversation there, everything else to every process."""
    match event:
        case ConversationChanged() | RoomStateChanged() | Typed() | Present():
            return room_topic(event.room)
        case MemberSanctioned() | SessionEnded() | MembershipEnded() | FacilitatorsAlerted():
            return EVERYONE

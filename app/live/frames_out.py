"""The wire as a closed list: every frame a browser may get, and how a frame becomes bytes (once, for all who see it)."""

from __future__ import annotations

import msgspec
from msgspec import UNSET, UnsetType

from app.community.messages import View

HEARTBEAT_SECONDS = 10


class _Out(msgspec.Struct, kw_only=True, tag_field="type"):
    """What all of our frames share."""


class Self(msgspec.Struct, frozen=True):
    """The member this socket belongs to."""

    id: str
    name: str
    role: str


class Welcome(_Out, tag="welcome"):
    member: Self
    rooms: list[str]
    heartbeat: int
    epoch: str


class RoomJoined(_Out, tag="room.joined"):
    room: str
    last: int
    epoch: str
    complete: bool
    messages: list[View]
    mine: dict[str, list[str]]
    held: list[dict[str, str | None]]
    present: int
    facilitators: list[str]
    role: str | None
    may_speak: bool
    slow: int
    paused: bool
    client_id: str | UnsetType = UNSET


class MessagePosted(_Out, tag="message.posted"):
    room: str
    message: View
    client_id: str | UnsetType = UNSET


class MessageChanged(_Out, tag="message.changed"):
    room: str
    message: View


class _Judged(_Out):
    room: str
    client_id: str | None
    rule: str
    guideline: str
    why: str
    spans: list[tuple[int, int]]
    suggestion: str | None
    retry_after: float | None


class MessageNudged(_Judged, tag="message.nudged"):
    """Nothing is stored; send it changed, or with `confirm`."""


class MessageRefused(_Judged, tag="message.refused"):
    """Nothing is stored."""


class MessageHeld(_Judged, tag="message.held"):
    """Stored; waits for a facilitator."""

    id: str


class Done(_Out, tag="done"):
    request: str
    client_id: str | None
    id: str | None


class CareCard(_Out, tag="care"):
    kind: str
    text: str
    links: list[dict[str, str]]


class PresenceFrame(_Out, tag="presence"):
    room: str
    present: int
    facilitators: list[str]


class TypingFrame(_Out, tag="typing"):
    room: str
    names: list[str]


class _SanctionFrame(_Out):
    id: str
    kind: str
    room: str | None
    until: str | None
    guideline: str
    reason: str
    appeal: str


class Sanctioned(_SanctionFrame, tag="sanctioned"):
    """In force from now on."""


class SanctionLifted(_SanctionFrame, tag="sanction.lifted"):
    """No longer in force."""


class RoomChanged(_Out, tag="room.changed"):
    room: str
    slow: int
    paused: bool
    notice: str | None


class Alert(_Out, tag="alert"):
    kind: str
    room: str
    seq: int | None
    id: str


class Heartbeat(_Out, tag="heartbeat"):
    rooms: dict[str, int]
    epoch: str


class FailedFrame(_Out, tag="failed"):
    request: str
    client_id: str | None
    code: str
    why: str
    retry_after: float | None


FrameOut = (
    Welcome | RoomJoined | MessagePosted | MessageChanged | MessageNudged | MessageRefused | MessageHeld | Done | CareCard
    | PresenceFrame | TypingFrame | Sanctioned | SanctionLifted | RoomChanged | Alert | Heartbeat | FailedFrame
)  # fmt: skip

_encoder = msgspec.json.Encoder()
SERVER_FRAMES: dict[str, type[_Out]] = {str(kind.__struct_config__.tag): kind for kind in FrameOut.__args__}


def encode(frame: FrameOut) -> bytes:
    """The frame as it goes over the wire, WebSocket header included: encoded once for everyone who sees the same."""
    return text_frame(_encoder.encode(frame))


def text_frame(body: bytes) -> bytes:
    """An unfragmented, unmasked text frame (RFC 6455, 5.2); server frames are the same for every reader."""
    size = len(body)
    if size < 126:  # noqa: PLR2004 - RFC 6455: up to 125 the length stands in the second byte
        return bytes((0x81, size)) + body
    if size < 1 << 16:
        return b"\x81\x7e" + size.to_bytes(2, "big") + body
    return b"\x81\x7f" + size.to_bytes(8, "big") + body

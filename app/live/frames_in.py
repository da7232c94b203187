"""The wire as a closed list: every frame a browser may send, and every close code.

A frame that is not JSON, not listed, or has a field that is not listed closes the socket (4510). A listed frame with an
unusable value is answered with `failed`. docs/protocol.md says the same in prose; a test holds the two together.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from app.live.frames_out import FailedFrame

ClientId = Annotated[str, Meta(min_length=1, max_length=64)]
Slug = Annotated[str, Meta(max_length=40)]
Seq = Annotated[int, Meta(ge=0, le=2**31 - 1)]


class Close(IntEnum):
    """4400-4499: come back after a wait. 4500-4599: do not."""

    TOO_SLOW = 4408
    TOO_FAST = 4429
    RESTARTING = 4499
    SIGNED_OUT = 4501
    BANNED = 4503
    BAD_FRAME = 4510


class _In(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, tag_field="type"):
    """What all frames of a browser share. `client_id` comes back in the answer."""

    client_id: ClientId | None = None


class RoomJoin(_In, tag="room.join"):
    room: Slug
    after: Seq | None = None
    epoch: Annotated[str, Meta(max_length=64)] | None = None


class RoomLeave(_In, tag="room.leave"):
    room: Slug


class MessageSend(_In, tag="message.send"):
    room: Slug
    client_id: ClientId
    text: str
    reply_to: Seq | None = None
    confirm: bool = False


class MessageEdit(_In, tag="message.edit"):
    room: Slug
    seq: Seq
    text: str
    confirm: bool = False


class MessageRemove(_In, tag="message.remove"):
    room: Slug
    seq: Seq
    guideline: str | None = None
    reason: str | None = None


class MessageRestore(_In, tag="message.restore"):
    room: Slug
    seq: Seq
    guideline: str | None = None
    reason: str | None = None


ReactionName = Literal["heart", "hug", "strength", "thanks", "same"]


class MessageReact(_In, tag="message.react"):
    room: Slug
    seq: Seq
    reaction: ReactionName


class MessageUnreact(_In, tag="message.unreact"):
    room: Slug
    seq: Seq
    reaction: ReactionName


class MessagePin(_In, tag="message.pin"):
    room: Slug
    seq: Seq


class MessageUnpin(_In, tag="message.unpin"):
    room: Slug
    seq: Seq


class MessageRelease(_In, tag="message.release"):
    id: str
    reason: str | None = None


class MessageReject(_In, tag="message.reject"):
    id: str
    reason: str | None = None


class RoomRead(_In, tag="room.read"):
    room: Slug
    seq: Seq


class RoomTyping(_In, tag="room.typing"):
    room: Slug


class ReportFile(_In, tag="report.file"):
    room: Slug
    seq: Seq
    guideline: str | None = None
    worried: bool = False
    note: str | None = None


class SanctionIssue(_In, tag="sanction.issue"):
    member: str
    kind: str
    guideline: str
    reason: str
    room: Slug | None = None
    minutes: int | None = None


class SanctionLift(_In, tag="sanction.lift"):
    id: str
    reason: str | None = None


class RoomSlow(_In, tag="room.slow"):
    room: Slug
    seconds: int


class RoomPause(_In, tag="room.pause"):
    room: Slug
    notice: str | None = None


class RoomResume(_In, tag="room.resume"):
    room: Slug
    notice: str | None = None


FrameIn = (
    RoomJoin | RoomLeave | MessageSend | MessageEdit | MessageRemove | MessageRestore | MessageReact | MessageUnreact
    | MessagePin | MessageUnpin | MessageRelease | MessageReject | RoomRead | RoomTyping | ReportFile | SanctionIssue
    | SanctionLift | RoomSlow | RoomPause | RoomResume
)  # fmt: skip

InRoom = (
    RoomJoin | RoomLeave | MessageSend | MessageEdit | MessageRemove | MessageRestore | MessageReact | MessageUnreact
    | MessagePin | MessageUnpin | RoomRead | RoomTyping | ReportFile | RoomSlow | RoomPause | RoomResume
)  # fmt: skip
"""Those that name their room."""

_decoder: msgspec.json.Decoder[FrameIn] = msgspec.json.Decoder(FrameIn)
BROWSER_FRAMES: dict[str, type[_In]] = {str(kind.__struct_config__.tag): kind for kind in FrameIn.__args__}


def name_of(frame: FrameIn) -> str:
    """The frame's type, as it stands on the wire."""
    return str(frame.__struct_config__.tag)


class BadFrame(Exception):
    """Not JSON, not listed, or with a field that is not listed: the socket closes."""


def read(text: str | bytes) -> FrameIn | FailedFrame:
    """The frame, or the answer to one that is listed but has an unusable value. Raises BadFrame."""
    try:
        return _decoder.decode(text)
    except (msgspec.ValidationError, UnicodeError) as error:
        return _unusable(text, str(error))
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadFrame("not JSON") from error


def _unusable(text: str | bytes, why: str) -> FailedFrame:
    """Tell a value that cannot be used from a frame that does not exist."""
    try:
        body: Any = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise BadFrame("not JSON") from error
    request = body.get("type") if isinstance(body, dict) else None
    kind = BROWSER_FRAMES.get(request) if isinstance(request, str) else None
    if kind is None or not set(body) <= {"type", *kind.__struct_fields__}:
        raise BadFrame("not listed")
    client_id = body.get("client_id")
    usable = isinstance(client_id, str) and 1 <= len(client_id) <= 64  # noqa: PLR2004 - as ClientId says
    code = "empty" if "`text`" in why else "not-found" if "$.room" in why or "$.seq" in why else "not-allowed"
    return FailedFrame(
        request=str(request), client_id=client_id if usable else None, code=code, why=why, retry_after=None
    )

"""What a browser may get: the closed list, and how a frame becomes bytes."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live.frames_out import (
    SERVER_FRAMES,
    Heartbeat,
    MessagePosted,
    RoomJoined,
    encode,
    text_frame,
)
from tests.live.fakes import frames_of, said

CONTRACT = {
    "welcome": {"member", "rooms", "heartbeat", "epoch"},
    "room.joined": {
        "room", "last", "epoch", "complete", "messages", "mine", "held", "present", "facilitators", "role", "may_speak",
        "slow", "paused", "client_id",
    },
    "message.posted": {"room", "message", "client_id"},
    "message.changed": {"room", "message"},
    "message.nudged": {"room", "client_id", "rule", "guideline", "why", "spans", "suggestion", "retry_after"},
    "message.refused": {"room", "client_id", "rule", "guideline", "why", "spans", "suggestion", "retry_after"},
    "message.held": {"room", "client_id", "rule", "guideline", "why", "spans", "suggestion", "retry_after", "id"},
    "done": {"request", "client_id", "id"},
    "care": {"kind", "text", "links"},
    "presence": {"room", "present", "facilitators"},
    "typing": {"room", "names"},
    "sanctioned": {"id", "kind", "room", "until", "guideline", "reason", "appeal"},
    "sanction.lifted": {"id", "kind", "room", "until", "guideline", "reason", "appeal"},
    "room.changed": {"room", "slow", "paused", "notice"},
    "alert": {"kind", "room", "seq", "id"},
    "heartbeat": {"rooms", "epoch"},
    "failed": {"request", "client_id", "code", "why", "retry_after"},
}  # fmt: skip


def test_the_frames_and_their_fields_are_the_contract_s() -> None:
    assert {kind: set(struct.__struct_fields__) for kind, struct in SERVER_FRAMES.items()} == CONTRACT


def test_the_message_is_the_contract_s() -> None:
    (frame,) = frames_of(encode(MessagePosted(room="breast", message=said(1))))
    assert set(frame["message"]) == {
        "seq", "version", "author", "text", "at", "reply_to", "edited", "removed", "reactions", "pinned",
    }  # fmt: skip
    assert set(frame["message"]["author"]) == {"id", "name", "role"}
    assert frame["type"] == "message.posted"


def test_a_client_id_that_is_not_there_is_absent_and_not_null() -> None:
    (without,) = frames_of(encode(MessagePosted(room="breast", message=said(1))))
    (with_it,) = frames_of(encode(MessagePosted(room="breast", message=said(1), client_id="c")))
    assert "client_id" not in without
    assert with_it["client_id"] == "c"
    joined = RoomJoined(
        room="a", last=0, epoch="e", complete=True, messages=[], mine={}, held=[], present=1, facilitators=[], role=None,
        may_speak=False, slow=0, paused=False,
    )  # fmt: skip
    (frame,) = frames_of(encode(joined))
    assert "client_id" not in frame


@pytest.mark.parametrize(("size", "header"), [(0, 2), (125, 2), (126, 4), (65_535, 4), (65_536, 10), (300_000, 10)])
def test_the_header_grows_with_the_frame(size: int, header: int) -> None:
    frame = text_frame(b"x" * size)
    assert len(frame) == header + size
    assert frame[0] == 0x81
    assert frame[1] < 0x80, "a server does not mask"


@given(st.lists(st.dictionaries(st.text(max_size=10), st.integers(0, 10**6), max_size=40), max_size=5))
def test_frames_that_are_written_as_one_are_read_as_they_were(rooms: list[dict[str, int]]) -> None:
    data = b"".join(encode(Heartbeat(rooms=each, epoch="e")) for each in rooms)
    assert [frame["rooms"] for frame in frames_of(data)] == rooms


@given(st.binary(max_size=70_000))
def test_a_frame_is_what_the_protocol_s_own_reader_reads(body: bytes) -> None:
    from websockets.frames import Frame  # noqa: PLC0415 - the other side of the wire, for this test alone
    from websockets.streams import StreamReader  # noqa: PLC0415

    reader = StreamReader()
    reader.feed_data(text_frame(body))
    reading = Frame.parse(reader.read_exact, mask=False)
    with pytest.raises(StopIteration) as done:
        next(reading)
    assert done.value.value.data == body
    assert done.value.value.fin


def test_the_encoder_is_deterministic() -> None:
    frame = MessagePosted(room="breast", message=said(1))
    assert encode(frame) == encode(msgspec.structs.replace(frame))

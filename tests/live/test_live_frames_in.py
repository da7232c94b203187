"""What a browser may say: the closed list, and that nothing else gets through the door in any other way than three."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.live.frames_in import BROWSER_FRAMES, BadFrame, Close, FrameIn, InRoom, name_of, read
from app.live.frames_out import FailedFrame

VALID: dict[str, dict[str, Any]] = {
    "room.join": {"room": "breast", "after": 3, "epoch": "e"},
    "room.leave": {"room": "breast"},
    "message.send": {"room": "breast", "client_id": "c", "text": "hello", "reply_to": 1, "confirm": True},
    "message.edit": {"room": "breast", "seq": 1, "text": "hello", "confirm": False},
    "message.remove": {"room": "breast", "seq": 1, "guideline": "respect", "reason": "r"},
    "message.restore": {"room": "breast", "seq": 1, "guideline": None, "reason": None},
    "message.react": {"room": "breast", "seq": 1, "reaction": "hug"},
    "message.unreact": {"room": "breast", "seq": 1, "reaction": "same"},
    "message.pin": {"room": "breast", "seq": 1},
    "message.unpin": {"room": "breast", "seq": 1},
    "message.release": {"id": "m", "reason": "r"},
    "message.reject": {"id": "m", "reason": "r"},
    "room.read": {"room": "breast", "seq": 0},
    "room.typing": {"room": "breast"},
    "report.file": {"room": "breast", "seq": 1, "guideline": "respect", "worried": False, "note": "n"},
    "sanction.issue": {
        "room": None, "member": "m", "kind": "mute", "minutes": None, "guideline": "respect", "reason": "r",
    },
    "sanction.lift": {"id": "s", "reason": "r"},
    "room.slow": {"room": "breast", "seconds": 5},
    "room.pause": {"room": "breast", "notice": "n"},
    "room.resume": {"room": "breast", "notice": None},
}  # fmt: skip

WRONG: tuple[Any, ...] = ([], {}, [1])

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def frame_text(kind: str, **changes: Any) -> str:
    return msgspec.json.encode({"type": kind, **VALID[kind], **changes}).decode()


def outcome(text: str | bytes) -> FrameIn | FailedFrame | None:
    """The frame, the answer, or None where the socket closes; anything else is raised and fails the test."""
    try:
        return read(text)
    except BadFrame:
        return None


def test_the_list_is_the_contract_s_and_no_longer() -> None:
    assert set(BROWSER_FRAMES) == set(VALID)
    for kind, fields in VALID.items():
        assert set(BROWSER_FRAMES[kind].__struct_fields__) == {*fields, "client_id"}


def test_the_close_codes_are_the_contract_s() -> None:
    assert {code.value for code in Close} == {4408, 4429, 4499, 4501, 4503, 4510}
    assert {code.name for code in Close if code.value < 4500} == {"TOO_SLOW", "TOO_FAST", "RESTARTING"}


@pytest.mark.parametrize("kind", sorted(VALID))
def test_each_listed_frame_is_read_with_and_without_a_client_id(kind: str) -> None:
    frame = read(frame_text(kind))
    assert not isinstance(frame, FailedFrame)
    assert name_of(frame) == kind
    with_id = read(frame_text(kind, client_id="x" * 64))
    assert not isinstance(with_id, FailedFrame)
    assert with_id.client_id == "x" * 64


def test_every_frame_that_names_a_room_is_known_to_name_it() -> None:
    assert {kind for kind in InRoom.__args__ if "room" not in kind.__struct_fields__} == set()
    beside = {name_of(kind) for kind in FrameIn.__args__ if kind not in InRoom.__args__}
    assert beside == {"message.release", "message.reject", "sanction.issue", "sanction.lift"}


@pytest.mark.parametrize("kind", sorted(VALID))
def test_a_field_that_is_not_listed_closes_the_socket_whatever_else_is_wrong(kind: str) -> None:
    assert outcome(frame_text(kind, surprise=1)) is None
    assert outcome(frame_text(kind, client_id=5, surprise=1)) is None
    assert outcome(frame_text(kind)) is not None


@pytest.mark.parametrize("kind", sorted(VALID))
def test_a_field_of_the_wrong_type_is_answered_and_the_answer_carries_the_client_id(kind: str) -> None:
    for name in VALID[kind]:
        for wrong in WRONG:
            text = msgspec.json.encode({"type": kind, "client_id": "c7", **VALID[kind], name: wrong})
            answer = outcome(text)
            assert isinstance(answer, FailedFrame), (name, wrong)
            assert answer.request == kind
            assert answer.client_id == (None if name == "client_id" else VALID[kind].get("client_id", "c7"))


@pytest.mark.parametrize(
    ("kind", "name", "wrong", "code"),
    [
        ("message.send", "client_id", "", "not-allowed"),
        ("message.send", "client_id", "x" * 65, "not-allowed"),
        ("message.send", "client_id", None, "not-allowed"),
        ("message.send", "text", None, "not-allowed"),
        ("message.send", "reply_to", -1, "not-allowed"),
        ("message.send", "room", "x" * 41, "not-found"),
        ("message.edit", "seq", -1, "not-found"),
        ("message.edit", "seq", 2**31, "not-found"),
        ("message.edit", "seq", 1.5, "not-found"),
        ("message.edit", "seq", True, "not-found"),
        ("message.react", "reaction", "angry", "not-allowed"),
        ("room.join", "after", -1, "not-allowed"),
        ("room.join", "epoch", "x" * 65, "not-allowed"),
        ("room.slow", "seconds", "5", "not-allowed"),
        ("sanction.issue", "minutes", "5", "not-allowed"),
    ],
)
def test_a_value_that_cannot_be_used_is_answered(kind: str, name: str, wrong: Any, code: str) -> None:
    answer = outcome(frame_text(kind, **{name: wrong}))
    assert isinstance(answer, FailedFrame)
    assert (answer.request, answer.code) == (kind, code)
    assert not isinstance(outcome(frame_text(kind)), FailedFrame), "the rest of the frame is right"


@pytest.mark.parametrize("kind", sorted(VALID))
def test_a_frame_without_a_required_field_is_answered(kind: str) -> None:
    struct = BROWSER_FRAMES[kind]
    required = [field.name for field in msgspec.structs.fields(struct) if field.required]
    assert required
    for name in required:
        body = {"type": kind, **{field: value for field, value in VALID[kind].items() if field != name}}
        answer = outcome(msgspec.json.encode(body))
        assert isinstance(answer, FailedFrame), name
        assert answer.code == ("empty" if name == "text" else answer.code)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "null", "1", '""', "[]", "{}", "{", '{"type":"room.leave","room":"a"', "nonsense", "\ufeff{}",
        '{"type":"room.dance","room":"a"}', '{"type":null}', '{"type":5}', '{"type":["room.leave"]}',
        '{"type":{"a":1},"room":"a"}', '{"room":"a"}', '{"type":"ROOM.LEAVE","room":"a"}', '{"type":"welcome"}',
        '{"type":"room.read","room":"a","seq":NaN}', '{"type":"room.read","room":"a","seq":Infinity}',
        '{"type":"room.read","room":"a","seq":1e400}', '{"type":"room.leave","room":"\\ud800"}',
        '{"type":"room.leave","room":"\\udc00\\ud800"}', '{"type":"room.leave","room":"\\u12"}',
        '{"type":"room.leave","room":"a"} {"type":"room.leave","room":"a"}', "{'type':'room.leave'}",
        '{"type":"room.leave","room":"a",}', '{"type":"room.leave","room":"a"}//', "[" * 100_000, '{"a":' * 100_000,
        '{"type":"room.leave","room":' + "[" * 100_000 + "]" * 100_000 + "}",
    ],
)  # fmt: skip
def test_what_is_not_json_or_not_listed_closes_the_socket(text: str) -> None:
    assert outcome(text) is None


def test_what_is_no_utf_8_closes_the_socket() -> None:
    assert outcome(b'{"type":"room.leave","room":"\xff\xfe"}') is None
    assert outcome(b'{"type":"room.leave","room":"\xed\xa0\x80"}') is None


def test_of_a_field_that_stands_twice_the_last_one_counts_and_a_second_type_is_answered() -> None:
    frame = outcome('{"type":"room.leave","room":"a","room":"b"}')
    assert frame == read('{"type":"room.leave","room":"b"}')
    assert isinstance(outcome('{"type":"room.leave","type":"room.join","room":"a"}'), FailedFrame)


def test_a_number_of_very_many_digits_is_no_way_in() -> None:
    for digits in (20, 100, 5_000, 60_000):
        answer = outcome('{"type":"room.read","room":"a","seq":' + "9" * digits + "}")
        assert answer is None or isinstance(answer, FailedFrame)


def allowed(text: str | bytes) -> None:
    """A frame, an answer that can be sent, or a close; nothing else (an exception of another kind fails by itself)."""
    found = outcome(text)
    assert found is None or isinstance(found, (FailedFrame, *BROWSER_FRAMES.values()))
    if isinstance(found, FailedFrame):
        assert found.request in BROWSER_FRAMES
        assert found.client_id is None or 1 <= len(found.client_id) <= 64
        assert msgspec.json.encode(found)


@settings(max_examples=300)
@given(st.text(max_size=200) | st.binary(max_size=200))
def test_no_text_and_no_bytes_do_anything_else(text: str | bytes) -> None:
    allowed(text)


@settings(max_examples=300)
@given(json_values)
def test_no_json_value_does_anything_else(value: Any) -> None:
    allowed(msgspec.json.encode(value))


@settings(max_examples=500)
@given(
    st.sampled_from(sorted(VALID)),
    st.dictionaries(
        st.sampled_from(["room", "seq", "text", "client_id", "reaction", "minutes", "id", "type"])
        | st.text(max_size=6),
        json_values,
        max_size=3,
    ),
    st.sets(st.sampled_from(["room", "seq", "text", "client_id", "type"]), max_size=2),
)
def test_no_bent_frame_does_anything_else(kind: str, changes: dict[str, Any], without: set[str]) -> None:
    body = {name: value for name, value in {"type": kind, **VALID[kind], **changes}.items() if name not in without}
    allowed(msgspec.json.encode(body))


@settings(max_examples=300)
@given(st.sampled_from(sorted(VALID)), st.integers(0, 400), st.binary(max_size=3), st.integers(0, 3))
def test_no_frame_with_damaged_bytes_does_anything_else(kind: str, at: int, put: bytes, cut: int) -> None:
    text = frame_text(kind, client_id="c").encode()
    allowed(text[:at] + put + text[at + cut :])

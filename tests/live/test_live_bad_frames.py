"""What does not belong on the wire: a poisoned socket is closed, a bent frame answered, and nobody else notices."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.base.errors import Busy, Unavailable, Unstorable
from tests.live.cast import Cast, fresh, nothing_before
from tests.site import Site, Socket

pytestmark = pytest.mark.anyio

POISON = [
    "", "nonsense", "null", "5", '"text"', "[]", "{}", '{"type":"room.dance","room":"breast"}', '{"room":"breast"}',
    '{"type":"room.leave","room":"breast","surprise":1}', '{"type":"message.send","room":"breast","text":"no id","x":1}',
    '{"type":"welcome"}', '{"type":5}', "[" * 60_000, '{"a":' * 12_000, '{"type":"room.read","room":"breast","seq":NaN}',
    '{"type":"room.read","room":"breast","seq":1e400}', '{"type":"room.leave","room":"\\ud800"}',
    '{"type":"room.leave","room":"breast"} {}', "\ufeff{}",
]  # fmt: skip


@pytest.fixture
async def his(town: Site, cast: Cast, room: str) -> AsyncIterator[Socket]:
    async with town.socket(await cast.ben()) as socket:
        await socket.join(room)
        yield socket


async def still_well(room: str, *sockets: Socket) -> None:
    for socket in sockets:
        assert (await socket.say(room, fresh("well"), client_id=fresh("c")))["type"] == "message.posted"


@pytest.mark.parametrize("poison", POISON, ids=range(len(POISON)))
async def test_a_frame_that_is_not_one_closes_its_socket_and_no_other(
    town: Site, cast: Cast, room: str, his: Socket, poison: str
) -> None:
    alice = await cast.alice()
    async with town.socket(alice) as hers, town.socket(alice) as tab:
        await hers.join(room)
        await hers.wire.send(poison)
        assert await hers.closed() == 4510
        await still_well(room, tab, his)


async def test_a_binary_frame_closes_its_socket_and_no_other(town: Site, cast: Cast, room: str, his: Socket) -> None:
    async with town.socket(await cast.alice()) as hers:
        await hers.wire.send(b'{"type":"room.leave","room":"breast"}')
        assert await hers.closed() == 4510
        await still_well(room, his)


@pytest.mark.parametrize("data", [b"\xff\xfe", b'{"type":"room.leave","room":"\xed\xa0\x80"}', b"\xc3("])
async def test_text_that_is_no_utf_8_is_closed_by_the_protocol_itself(
    town: Site, cast: Cast, room: str, his: Socket, data: bytes
) -> None:
    async with town.socket(await cast.alice()) as hers:
        await hers.wire.send(data, text=True)
        assert await hers.closed() == 1007
        await still_well(room, his)


async def test_a_bent_value_is_answered_and_the_socket_stays_usable(
    town: Site, cast: Cast, room: str, his: Socket
) -> None:
    bent: list[tuple[str, dict[str, Any]]] = [
        ("room.join", {"room": 5}), ("room.join", {}), ("room.join", {"room": room, "after": -1}),
        ("room.join", {"room": room, "after": "1"}), ("room.join", {"room": room, "epoch": 5}),
        ("message.send", {"room": room}), ("message.send", {"room": room, "text": None}),
        ("message.send", {"room": room, "text": "hello", "confirm": "yes"}),
        ("message.send", {"room": room, "text": "hello", "reply_to": 1.5}), ("message.edit", {"room": room, "text": "hello"}),
        ("message.edit", {"room": room, "seq": 2**31, "text": "hello"}), ("message.remove", {"room": room, "seq": []}),
        ("message.react", {"room": room, "seq": 1, "reaction": "angry"}), ("message.pin", {"room": None, "seq": 1}),
        ("message.release", {}), ("room.read", {"room": room}), ("room.read", {"room": "x" * 41, "seq": 1}),
        ("report.file", {"room": room, "seq": 1, "worried": 1}), ("sanction.lift", {"id": 7}),
        ("room.slow", {"room": room, "seconds": "5"}), ("room.slow", {"room": room, "seconds": 2**70}),
        ("room.pause", {"room": room, "notice": 5}),
    ]  # fmt: skip
    async with town.socket(await cast.alice()) as hers:
        await hers.join(room)
        for what, fields in bent:
            failed = await hers.ask(what, **fields)
            assert (failed["type"], failed["request"]) == ("failed", what), (what, fields)
            assert failed["why"]
            assert failed["code"] in {"not-found", "not-allowed", "empty"}
        await still_well(room, hers, his)


async def test_a_send_without_a_usable_client_id_is_answered_without_one(
    town: Site, cast: Cast, room: str, his: Socket
) -> None:
    async with town.socket(await cast.alice()) as hers:
        for client_id in ("", "x" * 65, 5, None):
            await hers.send("message.send", room=room, text="hello", client_id=client_id)
            failed = await hers.expect("failed")
            assert (failed["request"], failed["client_id"], failed["code"]) == ("message.send", None, "not-allowed")
        await nothing_before(his, "message.posted")
        await still_well(room, hers)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RuntimeError("nobody foresaw this"), "unavailable"), (Unavailable("the database is away"), "unavailable"),
        (Busy("too many are waiting", 2), "unavailable"), (Unstorable("a value"), "not-allowed"),
    ],
)  # fmt: skip
async def test_what_goes_wrong_inside_is_answered_and_costs_nobody_anything(
    cast: Cast, room: str, his: Socket, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    async def breaks(*_: object) -> str:
        raise error

    async with cast.site.socket(await cast.alice()) as hers:
        with monkeypatch.context() as broken:
            broken.setattr(type(cast.site.house.reports), "file", breaks)
            failed = await hers.ask("report.file", room=room, seq=1, worried=True)
        assert (failed["type"], failed["code"]) == ("failed", code)
        assert (failed["retry_after"] is not None) == (code == "unavailable"), "what is worth trying again says when"
        await still_well(room, hers, his)

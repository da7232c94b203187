"""What facilitators do over the socket, what it does to others, and where their reach ends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from app.community.members import Member
from tests.live.cast import Cast, fresh, kinds_of, nothing_before, sanction
from tests.site import Person, Site, Socket

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("ruled")]


@pytest.fixture
async def mike(cast: Cast) -> Person:
    """Who is going to be sanctioned."""
    return await cast.person("mike")


@pytest.fixture
async def his(town: Site, room: str, mike: Person) -> AsyncIterator[Socket]:
    async with town.socket(mike) as socket:
        await socket.join(room)
        yield socket


@pytest.fixture
async def facilitator(town: Site, cast: Cast, room: str) -> AsyncIterator[Socket]:
    async with town.socket(await cast.fay()) as socket:
        await socket.join(room)
        yield socket


@pytest.fixture
async def hers(town: Site, cast: Cast, room: str) -> AsyncIterator[Socket]:
    async with town.socket(await cast.alice()) as socket:
        await socket.join(room)
        yield socket


async def lift(socket: Socket, sanction_id: str, reason: str = "we talked") -> dict[str, Any]:
    return await socket.ask("sanction.lift", id=sanction_id, reason=reason)


async def test_a_report_alerts_the_facilitators_of_the_room_and_nobody_else(
    town: Site, cast: Cast, room: str, hers: Socket, his: Socket, facilitator: Socket
) -> None:
    seq = (await his.say(room, fresh("something")))["message"]["seq"]
    other = await cast.fay("lung" if room != "lung" else "skin")
    ada = await cast.person("ada", role="administrator")
    async with town.socket(other) as elsewhere, town.socket(ada) as everywhere:
        done = await hers.ask("report.file", room=room, seq=seq, guideline="respect", note="it hurt me")
        assert (done["type"], done["request"]) == ("done", "report.file")
        alert = {"type": "alert", "kind": "report", "room": room, "seq": seq, "id": done["id"]}
        assert await facilitator.expect("alert") == alert
        assert await everywhere.expect("alert") == alert
        for socket in (hers, his, elsewhere):
            await nothing_before(socket, "alert")
            assert not kinds_of(socket, "alert")


async def test_a_report_is_about_a_guideline_or_out_of_worry(
    room: str, hers: Socket, his: Socket, facilitator: Socket
) -> None:
    seq = (await his.say(room, fresh("something")))["message"]["seq"]
    for code, fields in (
        ("not-allowed", {}), ("not-allowed", {"guideline": "no-such"}), ("not-found", {"seq": seq + 1_000, "worried": True}),
        ("too-long", {"worried": True, "note": "x" * 1_001}), ("not-allowed", {"worried": True, "note": "nul\0"}),
    ):  # fmt: skip
        failed = await hers.ask("report.file", **{"room": room, "seq": seq, **fields})
        assert (failed["type"], failed["code"]) == ("failed", code)
    await nothing_before(facilitator, "alert")
    done = await hers.ask("report.file", room=room, seq=seq, worried=True)
    assert (await facilitator.expect("alert"))["kind"] == "worried"
    again = await hers.ask("report.file", room=room, seq=seq, worried=True)
    assert again["id"] == done["id"]
    await nothing_before(facilitator, "alert")


async def test_a_muted_member_may_read_but_not_speak_in_any_of_her_sockets_until_it_is_lifted(
    town: Site, room: str, mike: Person, hers: Socket, his: Socket, facilitator: Socket
) -> None:
    own = (await his.say(room, fresh("mine")))["message"]["seq"]
    async with town.socket(mike) as tab:
        done = await sanction(facilitator, room, mike.who.id, "mute")
        assert (done["type"], done["request"]) == ("done", "sanction.issue")
        for socket in (his, tab):
            told = await socket.expect("sanctioned")
            assert {name: told[name] for name in ("id", "kind", "room", "guideline", "reason")} == {
                "id": done["id"], "kind": "mute", "room": room, "guideline": "respect", "reason": "a quiet moment",
            }  # fmt: skip
            assert told["until"].endswith("Z")
            assert told["appeal"] == f"{town.url}/appeals/{done['id']}"
        refused = await tab.say(room, fresh("but"), client_id="from the tab")
        assert (refused["type"], refused["code"]) == ("failed", "sanctioned")
        assert "a quiet moment" in refused["why"]
        for what, fields in (("message.edit", {"text": "no"}), ("message.react", {"reaction": "hug"})):
            assert (await his.ask(what, room=room, seq=own, **fields))["code"] == "sanctioned"
        assert (await his.ask("message.remove", room=room, seq=own))["type"] == "done", "her own she may remove"
        assert (await his.ask("message.restore", room=room, seq=own))["code"] == "sanctioned"
        said = await hers.say(room, fresh("go on reading"))
        assert (await his.expect("message.posted"))["message"] == said["message"]
        assert (await his.ask("report.file", room=room, seq=said["message"]["seq"], worried=True))["type"] == "done"
        assert not (await tab.join(room))["may_speak"]
        assert (await lift(facilitator, done["id"]))["type"] == "done"
        for socket in (his, tab):
            assert (await socket.expect("sanction.lifted"))["id"] == done["id"]
        assert (await his.say(room, fresh("thank you")))["type"] == "message.posted"
    await nothing_before(hers, "sanctioned", "sanction.lifted")
    assert not kinds_of(hers, "sanctioned")


async def test_a_mute_of_one_room_reaches_no_other_and_one_of_all_rooms_reaches_each(
    town: Site, cast: Cast, room: str
) -> None:
    other = "lung" if room != "lung" else "skin"
    member, ada = await cast.person("mike", room, other), await cast.person("ada", role="administrator")
    async with town.socket(member) as his, town.socket(ada) as everywhere:
        await sanction(everywhere, room, member.who.id, "mute")
        assert (await his.say(room, fresh("hello")))["code"] == "sanctioned"
        assert (await his.say(other, fresh("hello")))["type"] == "message.posted"
        done = await sanction(everywhere, None, member.who.id, "mute", minutes=None)
        told = await his.expect("sanctioned", id=done["id"])
        assert (told["room"], told["until"]) == (None, None)
        assert (await his.say(other, fresh("hello")))["code"] == "sanctioned"


async def test_a_warning_is_told_and_hinders_nothing(room: str, mike: Person, his: Socket, facilitator: Socket) -> None:
    done = await sanction(facilitator, room, mike.who.id, "warn")
    assert (await his.expect("sanctioned"))["id"] == done["id"]
    assert (await his.say(room, fresh("I understand")))["type"] == "message.posted"


async def test_who_is_removed_reads_no_more_and_cannot_come_back_until_it_is_lifted(
    room: str, mike: Person, hers: Socket, his: Socket, facilitator: Socket
) -> None:
    assert (await hers.join(room))["present"] == 3
    done = await sanction(facilitator, room, mike.who.id, "remove")
    assert (await his.expect("sanctioned"))["kind"] == "remove"
    await hers.say(room, fresh("not for him"))
    await nothing_before(his, "message.posted")
    for what, fields in (("room.join", {}), ("message.send", {"text": "let me in"})):
        failed = await his.ask(what, room=room, **fields)
        assert (failed["type"], failed["code"]) == ("failed", "sanctioned")
    assert (await hers.join(room))["present"] == 2
    assert (await lift(facilitator, done["id"]))["type"] == "done"
    await his.expect("sanction.lifted")
    joined = await his.join(room)
    assert (joined["role"], joined["may_speak"]) == (None, False), "the membership has ended, too"


async def test_who_is_banned_is_closed_everywhere_and_cannot_come_back(
    cast: Cast, room: str, mike: Person, hers: Socket, his: Socket, facilitator: Socket
) -> None:
    ada = await cast.person("ada", role="administrator")
    async with cast.site.socket(ada) as everywhere, cast.site.socket(mike) as tab:
        assert (await sanction(facilitator, None, mike.who.id, "ban"))["code"] == "not-allowed", "of one room only"
        done = await sanction(everywhere, None, mike.who.id, "ban", minutes=None)
        assert done["type"] == "done"
        assert await his.closed() == 4503
        assert [frame["id"] for frame in kinds_of(his, "sanctioned")] == [done["id"]], "he is told before"
        assert await tab.closed() == 4503
        async with cast.site.raw_socket(mike) as socket:
            await socket.wait_closed()
            assert socket.close_code == 4503
        assert (await lift(everywhere, done["id"]))["type"] == "done"
    async with cast.site.socket(mike) as back:
        assert (await back.say(room, fresh("thank you")))["type"] == "message.posted"
    assert (await hers.say(room, fresh("hello")))["type"] == "message.posted"


async def test_a_facilitator_reaches_members_of_her_rooms_only(
    cast: Cast, room: str, mike: Person, his: Socket, hers: Socket, facilitator: Socket
) -> None:
    other_room = "lung" if room != "lung" else "skin"
    colleague, everywhere = await cast.fay(), await cast.person("grace", role="facilitator")
    fay_id = facilitator.welcome["member"]["id"]
    async with cast.site.socket(await cast.fay(other_room)) as stranger:
        for socket, member in (
            (stranger, mike.who.id), (hers, mike.who.id), (facilitator, fay_id), (facilitator, colleague.who.id),
            (facilitator, everywhere.who.id),
        ):  # fmt: skip
            assert (await sanction(socket, room, member, "mute"))["code"] == "not-allowed"
        assert (await sanction(facilitator, other_room, mike.who.id, "mute"))["code"] == "not-allowed"
        assert (await sanction(facilitator, None, mike.who.id, "mute"))["code"] == "not-allowed"
        assert (await sanction(facilitator, "no-such-room", mike.who.id, "mute"))["code"] == "not-found"
        assert (await sanction(facilitator, room, "nobody", "mute"))["code"] == "not-found"
        done = await sanction(facilitator, room, mike.who.id, "mute")
        for socket in (stranger, hers, his):
            assert (await lift(socket, done["id"]))["code"] == "not-found", "not hers to lift: there is none for her"
        assert (await lift(facilitator, "no-such-id"))["code"] == "not-found"
        assert (await lift(facilitator, done["id"]))["type"] == "done"
        assert (await lift(facilitator, done["id"]))["code"] == "conflict"


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "shame"}, {"guideline": "no-such"}, {"guideline": ""}, {"reason": ""}, {"reason": " \n"},
        {"reason": "nul\0"}, {"minutes": 0}, {"minutes": -5}, {"minutes": 28 * 24 * 60 + 1},
        {"minutes": 2**70}, {"kind": "warn", "minutes": 10**9},
    ],
)  # fmt: skip
async def test_a_sanction_with_an_unusable_value_is_none(
    room: str, mike: Person, his: Socket, facilitator: Socket, changes: dict[str, Any]
) -> None:
    answer = await sanction(facilitator, room, mike.who.id, **{"kind": "mute", **changes})
    assert (answer["type"], answer["code"]) == ("failed", "not-allowed")
    await nothing_before(his, "sanctioned")
    assert (await his.say(room, fresh("hello")))["type"] == "message.posted"


async def test_slow_mode_is_told_to_all_and_slows_members_down(
    town: Site, room: str, hers: Socket, his: Socket, facilitator: Socket
) -> None:
    try:
        assert (await facilitator.ask("room.slow", room=room, seconds=600))["type"] == "done"
        for socket in (hers, his):
            assert await socket.expect("room.changed") == {
                "type": "room.changed", "room": room, "slow": 600, "paused": False, "notice": None,
            }  # fmt: skip
        assert (await hers.join(room))["slow"] == 600
        assert (await hers.say(room, fresh("one")))["type"] == "message.posted"
        slowed = await hers.say(room, fresh("two"), client_id="two")
        assert (slowed["type"], slowed["code"]) == ("failed", "slow")
        assert 0 < slowed["retry_after"] <= 600
        for _ in range(2):
            assert (await facilitator.say(room, fresh("go on")))["type"] == "message.posted"
        assert (await facilitator.ask("room.slow", room=room, seconds=0))["type"] == "done"
        assert (await hers.expect("room.changed"))["slow"] == 0
        assert (await hers.say(room, fresh("two"), client_id="two"))["type"] == "message.posted"
    finally:
        await facilitator.ask("room.slow", room=room, seconds=0)


async def test_a_paused_room_is_read_and_only_its_facilitator_writes(
    room: str, hers: Socket, his: Socket, facilitator: Socket
) -> None:
    try:
        assert (await facilitator.ask("room.pause", room=room, notice="back at noon"))["type"] == "done"
        changed = await his.expect("room.changed")
        assert (changed["paused"], changed["notice"]) == (True, "back at noon")
        joined = await hers.join(room)
        assert (joined["paused"], joined["may_speak"]) == (True, False)
        assert (await hers.say(room, fresh("hello")))["code"] == "paused"
        said = await facilitator.say(room, fresh("a word from me"))
        assert (await hers.expect("message.posted"))["message"] == said["message"]
        assert (await facilitator.ask("room.resume", room=room, notice=None))["type"] == "done"
        changed = await his.expect("room.changed")
        assert (changed["paused"], changed["notice"]) == (False, None)
        assert (await hers.say(room, fresh("hello")))["type"] == "message.posted"
    finally:
        await facilitator.ask("room.resume", room=room)


async def test_a_room_is_slowed_and_paused_by_its_own_facilitator_only(
    town: Site, cast: Cast, room: str, hers: Socket, facilitator: Socket
) -> None:
    async with town.socket(await cast.fay("lung" if room != "lung" else "skin")) as stranger:
        for socket in (hers, stranger):
            for what, values in (("room.slow", {"seconds": 5}), ("room.pause", {}), ("room.resume", {})):
                assert (await socket.ask(what, room=room, **values))["code"] == "not-allowed"
    unusable: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("room.slow", {"seconds": -1}, "not-allowed"), ("room.slow", {"seconds": 3_601}, "not-allowed"),
        ("room.pause", {"notice": "x" * 501}, "too-long"), ("room.pause", {"notice": "\0"}, "not-allowed"),
    )  # fmt: skip
    for what, fields, code in unusable:
        assert (await facilitator.ask(what, room=room, **fields))["code"] == code
    await nothing_before(hers, "room.changed")
    assert (await facilitator.ask("room.slow", room=room, seconds=0))["type"] == "done"
    await hers.expect("room.changed")


async def test_who_facilitates_no_more_decides_no_more_though_her_socket_stays_open(
    town: Site, cast: Cast, room: str, mike: Person
) -> None:
    grace = await cast.person("grace", role="facilitator")
    async with town.socket(grace) as socket:
        done = await sanction(socket, room, mike.who.id, "warn")
        assert done["type"] == "done"
        async with town.house.db.write() as connection:
            await connection.execute(update(Member).where(col(Member.id) == grace.who.id).values(role="member"))
        assert (await sanction(socket, room, mike.who.id, "mute"))["code"] == "not-allowed"
        assert (await lift(socket, done["id"]))["code"] == "not-found"
        assert (await socket.ask("room.slow", room=room, seconds=5))["code"] == "not-allowed"

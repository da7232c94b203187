"""The comfort frames: read pointers, typing, presence, heartbeats. And the end of a session."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.community import memberships, sessions
from app.community.events import Typed
from app.live.presence import SAID_EVERY, RoomPresence
from tests.live.cast import Cast, fresh, kinds_of, nothing_before, sanction
from tests.site import Person, Site, running

pytestmark = pytest.mark.anyio


async def pointer(cast: Cast, person: Person) -> int:
    async with cast.site.house.db.read() as connection:
        membership = await memberships.find(connection, person.who.id, cast.place().id)
    assert membership is not None
    return membership.read_seq


def tick(site: Site, room: str, now: float) -> None:
    site.house.clockwork.tick(site.house.hub.feeds[room], now)


async def test_what_was_read_is_kept_and_never_goes_back(town: Site, cast: Cast, room: str) -> None:
    alice = await cast.alice()
    async with town.socket(alice) as hers:
        assert await pointer(cast, alice) == 0
        assert (await hers.ask("room.read", room=room, seq=7)) == {
            "type": "done", "request": "room.read", "client_id": "c1", "id": room,
        }  # fmt: skip
        assert await pointer(cast, alice) == 7
        await hers.ask("room.read", room=room, seq=3)
        assert await pointer(cast, alice) == 7
        await hers.send("room.read", room=room, seq=8)
        await nothing_before(hers, "done")
        assert await pointer(cast, alice) == 8, "without a client_id it is done and not answered"


async def test_a_read_pointer_is_of_one_member_and_one_room(town: Site, cast: Cast, room: str) -> None:
    alice, ben = await cast.alice(), await cast.ben()
    async with town.socket(alice) as hers:
        await hers.ask("room.read", room=room, seq=5)
        await hers.ask("room.read", room="lung" if room != "lung" else "skin", seq=9)
    assert (await pointer(cast, alice), await pointer(cast, ben)) == (5, 0)


async def test_who_writes_is_seen_by_the_others_until_she_has_sent_it(town: Site, cast: Cast, room: str) -> None:
    async with town.socket(await cast.alice()) as hers, town.socket(await cast.ben()) as his:
        await hers.join(room)
        await his.join(room)
        name = hers.welcome["member"]["name"]
        now = asyncio.get_running_loop().time()
        await hers.ask("room.typing", room=room)
        tick(town, room, now)
        assert (await his.expect("typing"))["names"] == [name]
        await hers.say(room, fresh("done"))
        tick(town, room, now)
        assert (await his.expect("typing")) == {"type": "typing", "room": room, "names": []}


async def test_that_somebody_reacts_to_her_does_not_end_her_writing(town: Site, cast: Cast, room: str) -> None:
    async with town.socket(await cast.alice()) as hers, town.socket(await cast.ben()) as his:
        await his.join(room)
        seq = (await hers.say(room, fresh("hello")))["message"]["seq"]
        await hers.ask("room.typing", room=room)
        await his.ask("message.react", room=room, seq=seq, reaction="hug")
        assert town.house.hub.presences[room].names_typing() == [hers.welcome["member"]["name"]]


async def test_writing_is_told_at_most_every_two_seconds(
    town: Site, cast: Cast, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    async with town.socket(await cast.alice()) as hers, town.socket(await cast.ben()) as his:
        await his.join(room)
        hear = RoomPresence.heard_typing

        def hearing(presence: RoomPresence, event: Typed, now: float) -> None:
            told.append(event.name)
            hear(presence, event, now)

        monkeypatch.setattr(RoomPresence, "heard_typing", hearing)
        for _ in range(5):
            assert (await hers.ask("room.typing", room=room))["type"] == "done"
        assert told == [hers.welcome["member"]["name"]]
        await his.ask("room.typing", room=room)
        assert len(told) == 2, "each connection has its own"


async def test_who_may_not_write_is_not_seen_writing(town: Site, cast: Cast, room: str) -> None:
    mike = await cast.person("mike")
    async with (
        town.socket(mike) as muted, town.socket(await cast.olga()) as olga, town.socket(await cast.fay()) as facilitator,
        town.socket(await cast.alice()) as hers,
    ):  # fmt: skip
        await hers.join(room)
        assert (await sanction(facilitator, room, mike.who.id, "mute"))["type"] == "done"
        refused = await muted.ask("room.typing", room=room)
        assert (refused["type"], refused["code"]) == ("failed", "sanctioned")
        assert (await olga.ask("room.typing", room=room))["code"] == "not-joined"
        assert town.house.hub.presences[room].names_typing() == []
        assert (await facilitator.ask("room.typing", room=room))["type"] == "done"
        assert len(town.house.hub.presences[room].names_typing()) == 1


async def test_who_comes_and_goes_is_said_at_most_every_five_seconds(town: Site, cast: Cast, room: str) -> None:
    async with town.socket(await cast.alice()) as hers:
        await hers.join(room)
        town.house.hub.presences[room].said_at = float("-inf")
        later = 1e9  # far ahead of the real clockwork, which from now on finds that presence was said
        tick(town, room, later)
        assert (await hers.expect("presence"))["present"] >= 1
        async with town.socket(await cast.fay()) as facilitator:
            await facilitator.join(room)
            tick(town, room, later + SAID_EVERY - 1)
            await nothing_before(hers, "presence")
            tick(town, room, later + SAID_EVERY)
            said = await hers.expect("presence")
            assert said == {
                "type": "presence", "room": room, "present": 2, "facilitators": [facilitator.welcome["member"]["name"]],
            }  # fmt: skip
            tick(town, room, later + 10 * SAID_EVERY)
            await nothing_before(hers, "presence")
        await nothing_before(hers)
        tick(town, room, later + 20 * SAID_EVERY)
        assert (await hers.expect("presence"))["facilitators"] == []


async def test_a_heartbeat_carries_the_counters_of_the_rooms_that_are_open(town: Site, cast: Cast, room: str) -> None:
    other = "lung" if room != "lung" else "skin"
    async with town.socket(await cast.person("alice", room, other)) as hers, town.socket(await cast.ben()) as his:
        first = (await hers.join(room))["last"]
        second = (await hers.join(other))["last"]
        await his.join(room)
        town.house.hub.beat()
        beat = await hers.expect("heartbeat")
        assert beat == {"type": "heartbeat", "rooms": {room: first, other: second}, "epoch": town.house.hub.epoch}
        await his.say(room, fresh("hello"))
        town.house.hub.beat()
        assert (await hers.expect("heartbeat"))["rooms"] == {room: first + 1, other: second}
        assert {each["rooms"][room] for each in kinds_of(his, "heartbeat")} <= {first, first + 1}
        await hers.ask("room.leave", room=other)
        town.house.hub.beat()
        assert (await hers.expect("heartbeat"))["rooms"] == {room: first + 1}


async def test_a_heartbeat_beats_by_itself(migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.live.clockwork.HEARTBEAT_SECONDS", 0.02)
    monkeypatch.setattr("app.live.clockwork.TICK_SECONDS", 0.01)
    async with running(tmp_path, migrated) as site, site.socket(await site.person("alice", "breast")) as hers:
        assert (await hers.expect("heartbeat"))["rooms"] == {}
        assert (await hers.expect("heartbeat"))["epoch"] == site.house.hub.epoch


async def test_signing_out_closes_the_sockets_of_that_browser_and_of_no_other(
    town: Site, cast: Cast, room: str
) -> None:
    alice, ben = await cast.alice(), await cast.ben()
    again = Person(alice.who, (await second_session(town, alice)))
    async with (
        town.socket(alice) as first,
        town.socket(alice) as tab,
        town.socket(again) as other,
        town.socket(ben) as his,
    ):
        await first.join(room)
        async with town.browser(alice) as browser:
            assert (await browser.post("/sign-out")).status_code == 303
        assert await first.closed() == 4501
        assert await tab.closed() == 4501
        for socket in (other, his):
            assert (await socket.say(room, fresh("still here")))["type"] == "message.posted"


async def second_session(site: Site, person: Person) -> str:
    async with site.house.db.write() as connection:
        token = await sessions.begin(connection, person.who.id, "another browser", site.house.clock.now())
    return f"session={token}"

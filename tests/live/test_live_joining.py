"""room.join: what a browser is told of the past, and that between the past and the present nothing is lost or doubled."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app.community.messages import CATCH_UP_LIMIT, NEWEST
from app.community.operations import Post
from app.community.outcomes import Posted
from tests.live.cast import NO_RULES, Cast, fresh, kinds_of, nothing_before
from tests.site import Person, Site, Socket, running

pytestmark = pytest.mark.anyio


async def fill(site: Site, person: Person, slug: str, count: int) -> int:
    """Put so many messages into the room, past the rules; the counter afterwards."""
    place = site.house.directory.find(slug)
    assert place is not None
    posts = [
        Post(who=person.who, room_id=place.id, client_id=fresh("f"), text=f"number {number}") for number in range(count)
    ]
    settled = await asyncio.gather(*(site.house.writer.carry_out(post) for post in posts))
    assert all(isinstance(each, Posted) for each in settled)
    return max(each.message.version for each in settled if isinstance(each, Posted))


def seqs(joined: dict[str, Any]) -> list[int]:
    return [message["seq"] for message in joined["messages"]]


async def test_a_first_join_gives_the_newest_fifty_ascending(town: Site, cast: Cast, room: str) -> None:
    alice = await cast.alice()
    last = await fill(town, alice, room, NEWEST + 5)
    async with town.socket(alice) as hers:
        joined = await hers.join(room)
        assert seqs(joined) == list(range(last - NEWEST + 1, last + 1))
        assert (joined["last"], joined["complete"], joined["epoch"]) == (last, True, town.house.hub.epoch)
        assert (joined["role"], joined["may_speak"], joined["slow"], joined["paused"]) == ("member", True, 0, False)
        assert (joined["mine"], joined["held"], joined["present"], joined["facilitators"]) == ({}, [], 1, [])
        assert "client_id" not in joined
        assert (await hers.ask("room.join", room=room, client_id="j"))["type"] == "room.joined"


async def test_a_join_with_after_gives_every_change_since_in_its_present_state(
    town: Site, cast: Cast, room: str
) -> None:
    async with town.socket(await cast.alice()) as hers, town.socket(await cast.ben()) as his:
        old = [(await hers.say(room, fresh(f"old {number}")))["message"]["seq"] for number in range(3)]
        after = (await his.join(room))["last"]
        assert (await his.join(room, after=after))["messages"] == []
        new = (await hers.say(room, fresh("new")))["message"]["seq"]
        await hers.ask("message.edit", room=room, seq=old[0], text=fresh("edited"))
        await hers.ask("message.remove", room=room, seq=old[1])
        await his.ask("message.react", room=room, seq=old[0], reaction="hug")
        joined = await his.join(room, after=after, epoch=his.welcome["epoch"])
        assert joined["complete"]
        assert seqs(joined) == [old[0], old[1], new], "the third was not touched"
        edited, removed, posted = joined["messages"]
        assert edited["edited"]
        assert edited["reactions"] == {"hug": 1}
        assert (removed["text"], removed["removed"]) == (None, {"by": "author", "guideline": None})
        assert posted["version"] == new
        assert joined["mine"] == {str(old[0]): ["hug"]}
        assert joined["last"] == max(message["version"] for message in joined["messages"])


async def test_up_to_five_hundred_changes_are_given_and_beyond_that_the_newest_fifty(
    town: Site, cast: Cast, room: str
) -> None:
    alice = await cast.alice()
    async with town.socket(alice) as hers:
        before = (await hers.join(room))["last"]
        last = await fill(town, alice, room, CATCH_UP_LIMIT)
        whole = await hers.join(room, after=before)
        assert (whole["complete"], len(whole["messages"]), whole["last"]) == (True, CATCH_UP_LIMIT, last)
        last = await fill(town, alice, room, 1)
        cut = await hers.join(room, after=before)
        assert (cut["complete"], cut["last"]) == (False, last)
        assert seqs(cut) == list(range(last - NEWEST + 1, last + 1))


async def test_another_epoch_or_a_number_that_was_not_reached_starts_afresh(town: Site, cast: Cast, room: str) -> None:
    alice = await cast.alice()
    last = await fill(town, alice, room, 3)
    async with town.socket(alice) as hers:
        assert (await hers.join(room, after=last, epoch=town.house.hub.epoch))["complete"]
        for fields in ({"after": last, "epoch": "another"}, {"after": last + 1}, {"after": 2**31 - 1}):
            joined = await hers.join(room, **fields)
            assert not joined["complete"]
            assert seqs(joined)[-3:] == [last - 2, last - 1, last]


async def test_one_connection_reads_two_rooms_and_leaves_one(town: Site, cast: Cast, room: str) -> None:
    other = "lung" if room != "lung" else "skin"
    both = await cast.person("alice", room, other)
    async with town.socket(both) as hers, town.socket(await cast.person("ben", room, other)) as his:
        await hers.join(room)
        await hers.join(other)
        first = await his.say(room, fresh("here"))
        second = await his.say(other, fresh("there"))
        assert [await hers.expect("message.posted"), await hers.expect("message.posted")] == [
            {"type": "message.posted", "room": room, "message": first["message"]},
            {"type": "message.posted", "room": other, "message": second["message"]},
        ]
        assert (await hers.ask("room.leave", room=room, client_id="l")) == {
            "type": "done", "request": "room.leave", "client_id": "l", "id": room,
        }  # fmt: skip
        seen = len(hers.seen)
        await his.say(room, fresh("not for her"))
        await his.say(other, fresh("for her"))
        await hers.expect("message.posted", room=other)
        assert {frame["room"] for frame in hers.seen[seen:] if frame["type"] == "message.posted"} == {other}


async def test_leaving_the_socket_s_room_leaves_the_membership_alone(town: Site, cast: Cast, room: str) -> None:
    alice = await cast.alice()
    async with town.socket(alice) as hers:
        await hers.join(room)
        await hers.send("room.leave", room=room)
        assert (await hers.say(room, fresh("still at home here")))["type"] == "message.posted"
        assert (await hers.ask("room.leave", room=room))["type"] == "done", "leaving twice is no fault"


async def test_joining_again_what_is_open_doubles_nothing(town: Site, cast: Cast, room: str) -> None:
    async with town.socket(await cast.alice()) as hers, town.socket(await cast.ben()) as his:
        for _ in range(3):
            joined = await hers.join(room)
        assert joined["present"] == 1
        said = await his.say(room, fresh("once"))
        assert (await hers.expect("message.posted"))["message"] == said["message"]
        await nothing_before(hers, "message.posted")


async def test_a_room_that_nobody_has_open_any_more_is_closed_and_opens_again(
    town: Site, cast: Cast, room: str
) -> None:
    hub, alice = town.house.hub, await cast.alice()
    async with town.socket(alice) as hers:
        await hers.join(room)
        assert room in hub.feeds
        await hers.ask("room.leave", room=room)
        await hub.look()
        assert room not in hub.feeds
        assert room not in hub.presences
        await hers.join(room)
        await hers.say(room, fresh("back again"))
        assert kinds_of(hers, "message.posted")


async def test_a_fresh_join_knows_what_i_felt_and_who_is_there(town: Site, cast: Cast, room: str) -> None:
    async with town.socket(await cast.fay()) as facilitator, town.socket(await cast.alice()) as hers:
        await facilitator.join(room)
        seq = (await facilitator.say(room, fresh("welcome")))["message"]["seq"]
        for reaction in ("heart", "same"):
            await hers.ask("message.react", room=room, seq=seq, reaction=reaction)
        joined = await hers.join(room)
        assert sorted(joined["mine"][str(seq)]) == ["heart", "same"]
        assert (joined["present"], joined["facilitators"]) == (2, [facilitator.welcome["member"]["name"]])
        assert (await facilitator.join(room))["mine"] == {}


async def test_who_joins_while_others_write_at_full_speed_misses_nothing_and_reads_nothing_twice(
    migrated: Path, tmp_path: Path
) -> None:
    async with running(tmp_path, migrated, rules_disabled=NO_RULES) as site:
        people = [await site.person(name, "breast") for name in ("alice", "ben", "mike")]
        reader = await site.person("olga", "breast")
        async with (
            site.socket(people[0]) as first, site.socket(people[1]) as second, site.socket(people[2]) as third,
            site.socket(reader) as hers,
        ):  # fmt: skip
            writers = [asyncio.create_task(write(socket)) for socket in (first, second, third)]
            high, epoch, model = 0, hers.welcome["epoch"], dict[int, dict[str, Any]]()
            while not all(writer.done() for writer in writers):
                high = await one_visit(hers, high, epoch, model)
            await asyncio.gather(*writers)
            await one_visit(hers, high, epoch, model)
            async with site.browser(reader) as browser:
                truth = (await browser.get("/rooms/breast/messages", params={"limit": 200})).json()
            assert len(truth["messages"]) == 3 * 30
            assert [model[seq] for seq in sorted(model)] == truth["messages"]


async def write(socket: Socket) -> None:
    for number in range(30):
        await socket.say("breast", f"n {number}")


async def one_visit(socket: Socket, high: int, epoch: str, model: dict[int, dict[str, Any]]) -> int:
    """Join, read some frames, leave: each change once and in its turn; the highest number seen."""
    joined = await socket.join("breast", after=high, epoch=epoch)
    assert joined["complete"]
    for message in joined["messages"]:
        assert message["version"] > high
        model[message["seq"]] = message
    high = joined["last"]
    seen = len(socket.seen)
    await socket.ask("room.read", room="breast", seq=high)
    await socket.ask("room.leave", room="breast")
    for frame in socket.seen[seen:]:
        if frame["type"] == "message.posted":
            assert frame["message"]["version"] == high + 1
            high = frame["message"]["version"]
            model[frame["message"]["seq"]] = frame["message"]
    return high

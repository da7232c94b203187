"""Promise 5: the bus may lose anything without saying so; the look at the database brings it all, each thing once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from app.community import messages, sanctions
from app.community.events import ConversationChanged
from app.community.rooms import Life, Room
from app.community.sanctions import InForce, NewSanction
from tests.live.cast import Cast, fresh, kinds_of, nothing_before, sanction, until
from tests.site import Site, Socket

pytestmark = pytest.mark.anyio


class Whispers:
    """The bus of a site, between what is told and who hears: cut, or picked from."""

    def __init__(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        self.lost: list[tuple[str, Any]] = []
        self.losing: type | tuple[type, ...] = ()
        self.tell = site.house.bus.tell
        monkeypatch.setattr(site.house.bus, "tell", self._tell)

    def _tell(self, topic: str, event: Any) -> None:
        if isinstance(event, self.losing):
            self.lost.append((topic, event))
        else:
            self.tell(topic, event)

    def find(self, index: int) -> None:
        """A lost one comes after all."""
        self.tell(*self.lost[index])


@pytest.fixture
def whispers(town: Site, monkeypatch: pytest.MonkeyPatch) -> Whispers:
    return Whispers(town, monkeypatch)


@pytest.fixture
async def hers(town: Site, cast: Cast, room: str) -> AsyncIterator[Socket]:
    """Alice's socket, where the room is not open: she is answered directly."""
    async with town.socket(await cast.alice()) as socket:
        yield socket


@pytest.fixture
async def his(town: Site, cast: Cast, room: str) -> AsyncIterator[Socket]:
    async with town.socket(await cast.ben()) as socket:
        await socket.join(room)
        yield socket


async def test_with_the_bus_cut_off_everyone_reads_everything_after_the_look(
    town: Site, room: str, whispers: Whispers, hers: Socket, his: Socket
) -> None:
    whispers.losing = object
    seqs = [(await hers.say(room, fresh(f"n {number}")))["message"]["seq"] for number in range(3)]
    await hers.ask("message.edit", room=room, seq=seqs[0], text=fresh("edited"))
    await hers.ask("message.remove", room=room, seq=seqs[1])
    assert len(whispers.lost) >= 5
    await town.house.hub.look()
    await until(lambda: not town.house.hub.feeds[room].behind)
    whispers.losing = ()
    last = await hers.say(room, fresh("found again"))
    await his.expect("message.posted", message=last["message"])
    latest: dict[int, dict[str, Any]] = {}
    highest = 0
    for frame in his.seen:
        if frame["type"] in {"message.posted", "message.changed"}:
            assert frame["message"]["version"] > highest
            highest = frame["message"]["version"]
            latest[frame["message"]["seq"]] = frame["message"]
    assert [seq for seq in latest if seq in seqs] == sorted(seqs, key=lambda seq: latest[seq]["version"])
    assert latest[seqs[0]]["edited"]
    assert latest[seqs[1]]["removed"]
    assert latest[seqs[2]]["text"]


async def test_a_hole_is_closed_before_what_comes_after_it_is_handed_out(
    room: str, whispers: Whispers, hers: Socket, his: Socket
) -> None:
    whispers.losing = ConversationChanged
    first = await hers.say(room, fresh("lost"))
    whispers.losing = ()
    second = await hers.say(room, fresh("heard"))
    assert (await his.expect("message.posted"))["message"] == first["message"]
    assert (await his.expect("message.posted"))["message"] == second["message"]
    whispers.find(0)
    await nothing_before(his, "message.posted")


async def test_an_author_whose_whisper_is_late_gets_her_acknowledgement_when_it_comes(
    town: Site, room: str, whispers: Whispers, hers: Socket, his: Socket
) -> None:
    await hers.join(room)
    whispers.losing = ConversationChanged
    await hers.send("message.send", room=room, client_id="mine", text=fresh("late"))
    await until(lambda: whispers.lost)
    await town.house.hub.look()
    read = await his.expect("message.posted")
    without = await hers.expect("message.posted")
    assert without == read
    whispers.find(0)
    acknowledged = await hers.expect("message.posted")
    assert acknowledged == {**read, "client_id": "mine"}
    await nothing_before(his, "message.posted")


async def test_a_mute_and_its_lifting_are_learnt_from_the_look_each_once(
    town: Site, cast: Cast, room: str, whispers: Whispers, his: Socket
) -> None:
    async with town.socket(await cast.fay()) as facilitator:
        whispers.losing = object
        done = await sanction(facilitator, room, his.welcome["member"]["id"], "mute")
        assert done["type"] == "done"
        for _ in range(3):
            await town.house.hub.look()
        assert (await his.expect("sanctioned"))["id"] == done["id"]
        await facilitator.ask("sanction.lift", id=done["id"], reason="we talked")
        for _ in range(3):
            await town.house.hub.look()
        assert (await his.expect("sanction.lifted"))["id"] == done["id"]
        whispers.losing = ()
        for topic, event in whispers.lost:
            whispers.tell(topic, event)
        await nothing_before(his, "sanctioned", "sanction.lifted")
        assert len(kinds_of(his, "sanctioned")) == len(kinds_of(his, "sanction.lifted")) == 1


async def test_a_removal_and_a_ban_are_carried_out_by_the_look(
    town: Site, cast: Cast, room: str, whispers: Whispers, hers: Socket, his: Socket
) -> None:
    ada = await cast.person("ada", role="administrator")
    async with town.socket(ada) as everywhere:
        whispers.losing = object
        removed = await sanction(everywhere, room, his.welcome["member"]["id"], "remove")
        await town.house.hub.look()
        assert (await his.expect("sanctioned"))["id"] == removed["id"]
        whispers.losing = ()
        await hers.say(room, fresh("not for him"))
        await nothing_before(his, "message.posted")
        whispers.losing = object
        await sanction(everywhere, None, his.welcome["member"]["id"], "ban")
        await town.house.hub.look()
        assert await his.closed() == 4503


async def test_an_ended_session_is_closed_by_the_look(
    town: Site, cast: Cast, room: str, whispers: Whispers, his: Socket
) -> None:
    alice = await cast.alice()
    async with town.socket(alice) as hers:
        whispers.losing = object
        async with town.browser(alice) as browser:
            assert (await browser.post("/sign-out")).status_code == 303
        assert whispers.lost
        await town.house.hub.look()
        assert await hers.closed() == 4501
    await nothing_before(his)


async def test_a_ban_that_was_told_while_the_socket_was_being_opened_is_carried_out_by_the_look(
    town: Site, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    mike, hub = await cast.person("mike"), town.house.hub
    async with town.house.db.write() as connection:
        new = NewSanction(mike.who.id, None, "ban", None, "respect", "again and again", mike.who.id)
        ban = await sanctions.issue(connection, new, town.house.clock.now())
    await hub.look()
    assert (ban.id, False) in hub._told_sanctions, "it has been told"
    with monkeypatch.context() as earlier:
        earlier.setattr(sanctions, "in_force", _nothing_yet)
        async with town.socket(mike) as his:
            await hub.look()
            assert await his.closed() == 4503


async def _nothing_yet(*_: object) -> list[InForce]:
    return []


async def test_who_is_removed_while_the_past_is_being_read_for_her_is_not_let_in(
    town: Site, cast: Cast, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mike, my_held = await cast.person("mike"), messages.my_held
    async with town.socket(await cast.fay()) as facilitator, town.socket(mike) as his:

        async def meanwhile(connection: AsyncConnection, member_id: str, room_id: int) -> Any:
            assert (await sanction(facilitator, room, mike.who.id, "remove"))["type"] == "done"
            return await my_held(connection, member_id, room_id)

        monkeypatch.setattr(messages, "my_held", meanwhile)
        answer = await his.ask("room.join", room=room)
        assert (answer["type"], answer["code"]) == ("failed", "sanctioned")
        assert kinds_of(his, "sanctioned")
        await facilitator.say(room, fresh("hello"))
        await nothing_before(his, "message.posted")


async def test_another_life_of_the_counters_is_told_by_the_heartbeat_and_lived_from_then_on(
    site: Site,
) -> None:
    alice, ben = await site.person("alice", "breast"), await site.person("ben", "breast")
    async with site.socket(alice) as hers, site.socket(ben) as his:
        for number in range(5):
            await hers.say("breast", f"n {number}")
        joined = await his.join("breast")
        assert joined["last"] == 5
        await another_life(site, counter=2)
        await site.house.hub.look()
        site.house.hub.beat()
        beat = await his.expect("heartbeat")
        assert beat == {"type": "heartbeat", "rooms": {"breast": 2}, "epoch": "another"}
        afresh = await his.join("breast", after=5, epoch=joined["epoch"])
        assert (afresh["complete"], afresh["last"], afresh["epoch"]) == (False, 2, "another")
        assert [message["seq"] for message in afresh["messages"]] == [1, 2]
        said = await hers.say("breast", "in the new life")
        assert said["message"]["seq"] == 3
        assert (await his.expect("message.posted"))["message"] == said["message"]


async def another_life(site: Site, counter: int) -> None:
    """What restoring a backup does, as far as the socket can see it."""
    async with site.house.db.write() as connection:
        await connection.execute(delete(messages.Message).where(col(messages.Message.seq) > counter))
        await connection.execute(update(Room).where(col(Room.slug) == "breast").values(counter=counter))
        await connection.execute(update(Life).values(epoch="another"))


async def test_a_look_goes_back_to_before_the_last_one_however_long_ago_that_was(
    town: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was decided while this process could not reach the database is found."""
    hub, since, changed_since = town.house.hub, list[datetime](), sanctions.changed_since

    async def noting(connection: AsyncConnection, moment: datetime) -> Any:
        since.append(moment)
        return await changed_since(connection, moment)

    await hub.look()
    monkeypatch.setattr(sanctions, "changed_since", noting)
    long_ago = town.house.clock.now() - timedelta(minutes=5)
    monkeypatch.setattr(hub, "_looked_at", long_ago)
    await hub.look()
    await hub.look()
    assert min(since) < long_ago
    assert max(since) > long_ago + timedelta(minutes=4), "and the next look from there"

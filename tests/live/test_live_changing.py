"""Every change of a message: who may, what everyone is told, in which order, and the way back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from app.rules.book import Book
from tests.live.cast import Cast, fresh, nothing_before
from tests.site import SetClock, Site, Socket, running

pytestmark = pytest.mark.anyio
CURSE = "This is fucking hard today"
NUMBER = "You can call me at 415-867-5309 any time"


@dataclass
class Talk:
    """A room with one message of Alice's, and three who have it open."""

    room: str
    hers: Socket
    his: Socket
    facilitator: Socket
    seq: int = 0
    _marks: list[int] = field(default_factory=lambda: [0, 0, 0])

    async def told(self) -> list[dict[str, Any]]:
        """The messages, as the frames of the conversation carried them since this was last asked: the same to all three."""
        heard = []
        for index, socket in enumerate((self.hers, self.his, self.facilitator)):
            await nothing_before(socket)
            since, self._marks[index] = socket.seen[self._marks[index] :], len(socket.seen)
            heard.append(
                [frame["message"] for frame in since if frame["type"] in {"message.posted", "message.changed"}]
            )
        assert heard[0] == heard[1] == heard[2]
        return heard[0]

    async def ask(self, socket: Socket, what: str, **fields: Any) -> dict[str, Any]:
        return await socket.ask(what, room=self.room, **{"seq": self.seq, **fields})

    async def changed(self, socket: Socket, what: str, **fields: Any) -> dict[str, Any]:
        """Ask for a change that is done: the one thing that all are told."""
        done = await self.ask(socket, what, **fields)
        assert (done["type"], done["request"], done["id"]) == ("done", what, str(self.seq))
        (message,) = await self.told()
        assert message["seq"] == self.seq
        return message

    async def refused(self, socket: Socket, what: str, code: str, **fields: Any) -> None:
        """Ask for a change that is refused: nobody is told anything."""
        failed = await self.ask(socket, what, **fields)
        assert (failed["type"], failed.get("code"), failed.get("request")) == ("failed", code, what)
        assert failed["why"]
        assert await self.told() == []


@pytest.fixture
async def talk(town: Site, cast: Cast, room: str) -> AsyncIterator[Talk]:
    async with (
        town.socket(await cast.alice()) as hers, town.socket(await cast.ben()) as his,
        town.socket(await cast.fay()) as facilitator,
    ):  # fmt: skip
        for socket in (hers, his, facilitator):
            await socket.join(room)
        talk = Talk(room, hers, his, facilitator)
        talk.seq = (await hers.say(room, fresh("hello")))["message"]["seq"]
        assert [message["seq"] for message in await talk.told()] == [talk.seq]
        yield talk


async def test_its_author_edits_a_message_and_everyone_is_told(talk: Talk) -> None:
    text = fresh("hello again")
    message = await talk.changed(talk.hers, "message.edit", text=text + "\r\nand on")
    assert (message["text"], message["version"]) == (text + "\nand on", talk.seq + 1)
    assert message["edited"]
    assert (await talk.ask(talk.hers, "message.edit", text=text + "\nand on"))["type"] == "done"
    assert await talk.told() == [], "the same text is no change"


async def test_nobody_else_edits_a_message(talk: Talk) -> None:
    for socket in (talk.his, talk.facilitator):
        await talk.refused(socket, "message.edit", "not-allowed", text="other words")
    await talk.refused(talk.hers, "message.edit", "not-found", text="other words", seq=talk.seq + 1_000)


async def test_an_edit_is_judged_like_a_message(talk: Talk) -> None:
    refused = await talk.ask(talk.hers, "message.edit", text=CURSE)
    assert (refused["type"], refused["rule"]) == ("message.refused", "cursing")
    assert [CURSE[start:end] for start, end in refused["spans"]] == ["fucking"]
    nudged = await talk.ask(talk.hers, "message.edit", text=NUMBER)
    assert nudged["type"] == "message.nudged"
    assert await talk.told() == []
    message = await talk.changed(talk.hers, "message.edit", text=NUMBER, confirm=True)
    assert message["text"] == NUMBER
    await talk.refused(talk.hers, "message.edit", "empty", text=" ")
    await talk.refused(talk.hers, "message.edit", "too-long", text="x" * 4_001)
    await talk.refused(talk.hers, "message.edit", "not-allowed", text="nul\0")


async def test_its_author_removes_a_message_and_brings_it_back(talk: Talk) -> None:
    before = await talk.changed(talk.hers, "message.edit", text=fresh("to be removed"))
    removed = await talk.changed(talk.hers, "message.remove")
    assert (removed["text"], removed["removed"]) == (None, {"by": "author", "guideline": None})
    assert (await talk.ask(talk.hers, "message.remove"))["type"] == "done"
    assert await talk.told() == [], "it is removed already"
    await talk.refused(talk.hers, "message.edit", "not-found", text="back")
    await talk.refused(talk.his, "message.restore", "not-allowed")
    restored = await talk.changed(talk.hers, "message.restore")
    assert (restored["text"], restored["removed"]) == (before["text"], None)
    assert restored["version"] == talk.seq + 3


async def test_a_facilitator_removes_a_message_with_a_guideline_and_only_a_facilitator_brings_it_back(
    talk: Talk,
) -> None:
    await talk.refused(talk.his, "message.remove", "not-allowed", guideline="respect", reason="I do not like it")
    await talk.refused(talk.facilitator, "message.remove", "not-found", guideline="no-such", reason="r")
    removed = await talk.changed(talk.facilitator, "message.remove", guideline="respect", reason="against a person")
    assert removed["removed"] == {"by": "facilitator", "guideline": "respect"}
    assert removed["text"] is None
    await talk.refused(talk.hers, "message.restore", "not-allowed")
    restored = await talk.changed(talk.facilitator, "message.restore", reason="it was meant otherwise")
    assert restored["text"]


async def test_what_an_author_brings_back_is_judged_again(
    talk: Talk, town: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = town.house.directory._books
    with monkeypatch.context() as lenient:
        lenient.setitem(books, talk.room, _without_cursing(books[talk.room]))
        assert (await talk.changed(talk.hers, "message.edit", text=CURSE))["text"] == CURSE
        await talk.changed(talk.hers, "message.remove")
    refused = await talk.ask(talk.hers, "message.restore")
    assert (refused["type"], refused["rule"]) == ("message.refused", "cursing")
    assert await talk.told() == []


def _without_cursing(book: Book) -> Book:
    return replace(book, disabled=book.disabled | {"cursing"})


async def test_reactions_are_counted_once_a_member_and_taken_back(talk: Talk) -> None:
    assert (await talk.changed(talk.his, "message.react", reaction="hug"))["reactions"] == {"hug": 1}
    assert (await talk.ask(talk.his, "message.react", reaction="hug"))["type"] == "done"
    assert await talk.told() == []
    assert (await talk.changed(talk.hers, "message.react", reaction="hug"))["reactions"] == {"hug": 2}
    both = await talk.changed(talk.his, "message.react", reaction="same")
    assert both["reactions"] == {"hug": 2, "same": 1}
    assert (await talk.changed(talk.his, "message.unreact", reaction="hug"))["reactions"] == {"hug": 1, "same": 1}
    assert (await talk.ask(talk.his, "message.unreact", reaction="hug"))["type"] == "done"
    assert await talk.told() == []
    await talk.refused(talk.his, "message.react", "not-allowed", reaction="angry")
    await talk.refused(talk.his, "message.react", "not-found", reaction="hug", seq=talk.seq + 1_000)
    joined = await talk.his.join(talk.room)
    assert joined["mine"][str(talk.seq)] == ["same"]


async def test_only_a_facilitator_pins_and_unpins(talk: Talk) -> None:
    for socket in (talk.hers, talk.his):
        await talk.refused(socket, "message.pin", "not-allowed")
        await talk.refused(socket, "message.unpin", "not-allowed")
    assert (await talk.changed(talk.facilitator, "message.pin"))["pinned"]
    assert (await talk.ask(talk.facilitator, "message.pin"))["type"] == "done"
    assert await talk.told() == []
    assert not (await talk.changed(talk.facilitator, "message.unpin"))["pinned"]
    await talk.changed(talk.facilitator, "message.pin")
    removed = await talk.changed(talk.hers, "message.remove")
    assert not removed["pinned"], "what is removed is not pinned"
    await talk.refused(talk.facilitator, "message.pin", "not-found")


async def test_who_has_not_joined_changes_nothing(talk: Talk, town: Site, cast: Cast) -> None:
    async with town.socket(await cast.olga()) as olga:
        await olga.join(talk.room)
        await talk.refused(olga, "message.react", "not-joined", reaction="hug")
        await talk.refused(olga, "message.edit", "not-allowed", text="mine now")
        await talk.refused(olga, "message.remove", "not-allowed")
        await talk.refused(olga, "message.pin", "not-allowed")
    assert (await talk.changed(talk.his, "message.react", reaction="hug"))["reactions"] == {"hug": 1}


async def test_a_facilitator_of_another_room_is_a_member_here(talk: Talk, town: Site, cast: Cast) -> None:
    other = "lung" if talk.room != "lung" else "skin"
    async with town.socket(await cast.fay(other)) as stranger:
        await talk.refused(stranger, "message.remove", "not-allowed", guideline="respect", reason="r")
        await talk.refused(stranger, "message.pin", "not-allowed")


async def test_the_changes_of_many_come_to_all_in_the_order_of_the_counter(talk: Talk) -> None:
    for number in range(10):
        await talk.hers.send("message.send", room=talk.room, client_id=f"h{number}", text=f"n {number}")
        await talk.his.send("message.react", room=talk.room, seq=talk.seq, reaction="hug")
        await talk.his.send("message.unreact", room=talk.room, seq=talk.seq, reaction="hug")
        await talk.facilitator.send("message.pin", room=talk.room, seq=talk.seq)
        await talk.facilitator.send("message.unpin", room=talk.room, seq=talk.seq)
    for socket in (talk.hers, talk.his, talk.facilitator):
        await nothing_before(socket)  # each has had all her answers
    versions = [message["version"] for message in await talk.told()]
    assert versions == list(range(talk.seq + 1, talk.seq + 51))


async def test_a_message_is_changed_for_fifteen_minutes_and_brought_back_for_thirty_days(
    migrated: Path, tmp_path: Path, clock: SetClock
) -> None:
    async with (
        running(tmp_path, migrated, clock=clock) as site,
        site.socket(await site.person("alice", "breast")) as hers,
    ):

        async def ask(socket: Socket, what: str, **fields: Any) -> str:
            answer = await socket.ask(what, room="breast", seq=seq, **fields)
            return str(answer.get("code", answer["type"]))

        seq = (await hers.say("breast", "hello"))["message"]["seq"]
        clock.go(minutes=15)
        assert await ask(hers, "message.edit", text="in time") == "done"
        clock.go(seconds=1)
        assert await ask(hers, "message.edit", text="not in time") == "too-late"
        assert await ask(hers, "message.remove") == "done"
        clock.go(days=30)
    # A month later: her session of then is over, so both come again.
    async with (
        running(tmp_path, clock=clock) as site,
        site.socket(await site.person("ada", role="administrator")) as ada,
    ):
        answer = await ada.ask("message.restore", room="breast", seq=seq)
        assert answer["type"] == "done"
        assert (await ada.ask("message.remove", room="breast", seq=seq, guideline="respect", reason="r"))[
            "type"
        ] == "done"
        clock.go(days=29)
        assert (await ada.ask("message.restore", room="breast", seq=seq))["type"] == "done"
        assert (await ada.ask("message.remove", room="breast", seq=seq, guideline="respect", reason="r"))[
            "type"
        ] == "done"
        clock.go(days=30, seconds=1)
        assert (await ada.ask("message.restore", room="breast", seq=seq))["code"] == "too-late"

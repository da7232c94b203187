"""Promises 1 and 2 as a browser lives them: whatever two members do and however often they are cut off, what each shows
in the end is what the site itself shows.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.live.cast import NO_RULES, Cast, Rooms, until
from tests.site import Person, Site, Socket, running

pytestmark = pytest.mark.anyio

DEEDS = ("say", "say", "edit", "remove", "restore", "react", "unreact", "again", "cut", "drop")
Deed = tuple[int, str, int]
stories = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(DEEDS), st.integers(0, 9)), min_size=1, max_size=25)


@dataclass
class Browser:
    """A client as the contract describes it: it upserts by `seq`, ignores an older `version`, and comes back with `after`."""

    site: Site
    person: Person
    room: str
    socket: Socket | None = None
    shown: dict[int, dict[str, Any]] = field(default_factory=dict)
    highest: int = 0
    sent: list[tuple[str, str]] = field(default_factory=list)
    confirmed: dict[str, int] = field(default_factory=dict)
    _read: int = 0
    _stack: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)

    async def open(self) -> None:
        self.socket = await self._stack.enter_async_context(self.site.socket(self.person))
        self._read = 0
        after = {"after": self.highest} if self.highest else {}
        joined = await self.socket.join(self.room, epoch=self.socket.welcome["epoch"], **after)
        assert joined["complete"]
        self.take_all()

    async def close(self, *, politely: bool) -> None:
        assert self.socket is not None
        if not politely:
            self.socket.wire.transport.abort()
        await self._stack.aclose()
        mine = self.person.who.id
        await until(lambda: all(each.member_id != mine for each in self.site.house.hub.connections))
        self.take_all()

    def take_all(self) -> None:
        """Take in what has been read, in its order."""
        assert self.socket is not None
        for frame in self.socket.seen[self._read :]:
            match frame:
                case {"type": "room.joined"}:
                    for message in frame["messages"]:
                        self.take(message)
                    self.highest = max(self.highest, frame["last"])
                case {"type": "message.posted" | "message.changed", "message": message}:
                    self.take(message)
                    if "client_id" in frame:
                        assert self.confirmed.setdefault(frame["client_id"], message["seq"]) == message["seq"]
        self._read = len(self.socket.seen)

    def take(self, message: dict[str, Any]) -> None:
        if message["version"] > self.shown.get(message["seq"], {"version": 0})["version"]:
            self.shown[message["seq"]] = message
        self.highest = max(self.highest, message["version"])

    async def do(self, deed: str, number: int) -> None:
        """Send a frame and do not wait for what comes of it; or lose the line."""
        assert self.socket is not None
        self.take_all()
        seq = sorted(self.shown)[number % len(self.shown)] if self.shown else 1
        match deed:
            case "say":
                self.sent.append((f"c{len(self.sent)}", f"number {number}\nas the {len(self.sent)}th"))
                await self.say(*self.sent[-1])
            case "again" if self.sent:
                await self.say(*self.sent[number % len(self.sent)])
            case "edit":
                await self.socket.send("message.edit", room=self.room, seq=seq, text=f"edited {number}")
            case "remove" | "restore":
                await self.socket.send(f"message.{deed}", room=self.room, seq=seq)
            case "react" | "unreact":
                await self.socket.send(f"message.{deed}", room=self.room, seq=seq, reaction="hug")
            case "cut" | "drop":
                await self.close(politely=deed == "cut")
                await self.open()

    async def say(self, client_id: str, text: str) -> None:
        assert self.socket is not None
        await self.socket.send("message.send", room=self.room, client_id=client_id, text=text)

    async def rest(self) -> None:
        """Everything asked so far is answered, and what the others were answered is read."""
        assert self.socket is not None
        await self.socket.ask("room.read", room=self.room, seq=0, client_id=f"rest {len(self.socket.seen)}")
        self.take_all()


@pytest.fixture(scope="session")
async def lenient(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """A site without rules: what is said here is about order alone."""
    async with running(tmp_path_factory.mktemp("lenient"), migrated, rules_disabled=NO_RULES) as site:
        yield site


@settings(max_examples=25)
@given(story=stories)
async def test_whatever_two_members_do_and_however_often_they_are_cut_off_both_show_what_the_site_shows(
    lenient: Site, rooms: Rooms, story: list[Deed]
) -> None:
    cast = Cast(lenient, rooms.next())
    both = [Browser(lenient, person, cast.room) for person in (await cast.alice(), await cast.ben())]
    for browser in both:
        await browser.open()
    start = both[0].highest
    for who, deed, number in story:
        await both[who].do(deed, number)
    for browser in [*both, *both]:
        await browser.rest()
    alice, ben = both
    lost = [each for each in both if {client_id for client_id, _ in each.sent} - set(each.confirmed)]
    for browser in lost:  # what was cut off before it was acknowledged goes again, as a browser does it
        for client_id, text in browser.sent:
            await browser.say(client_id, text)
    for browser in [*both, *both]:
        await browser.rest()
    async with lenient.browser(alice.person) as http:
        truth = (await http.get(f"/rooms/{cast.room}/messages", params={"limit": 200})).json()
    known = {message["seq"]: message for message in truth["messages"] if message["seq"] > start}
    assert truth["last"] == alice.highest == ben.highest
    for browser in both:
        assert {seq: message for seq, message in browser.shown.items() if seq > start} == known
        assert {client_id for client_id, _ in browser.sent} == set(browser.confirmed)
        assert len(set(browser.confirmed.values())) == len(browser.sent), "each was stored once"
        await browser.close(politely=True)

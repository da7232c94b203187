"""The cast of the live tests: who they are, and what they say."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from app.community.rooms import Place
from tests.site import WAIT_SECONDS, Person, Site, Socket

_numbers = itertools.count(1)
NO_RULES = "cursing,respect,medical-advice,promotion,scam,personal-data,similar-posts,pace"


@dataclass
class Rooms:
    """Slugs in turn."""

    slugs: Iterator[str]

    def next(self) -> str:
        return next(self.slugs)


@dataclass
class Cast:
    """People of one test: their names are told apart by a number."""

    site: Site
    room: str

    async def person(self, name: str, *rooms: str, **options: Any) -> Person:
        return await self.site.person(f"{name} {next(_numbers)}", *(rooms or (self.room,)), **options)

    async def alice(self) -> Person:
        return await self.person("alice")

    async def ben(self) -> Person:
        return await self.person("ben")

    async def fay(self, *rooms: str) -> Person:
        """The facilitator of the room (or of these rooms)."""
        return await self.person("fay", *rooms, facilitates=True)

    async def olga(self) -> Person:
        """A member who has joined no room."""
        return await self.site.person(f"olga {next(_numbers)}")

    def place(self, room: str | None = None) -> Place:
        found = self.site.house.directory.find(room or self.room)
        assert found is not None
        return found


def fresh(text: str) -> str:
    """A text that nobody has said before."""
    return f"{text} ({next(_numbers)})"


async def nothing_before(socket: Socket, *kinds: str) -> None:
    """Ask for an answer that must come, and see that no frame of these kinds came before it.

    The answer to a frame for a room that does not exist needs no database write and is sent in its turn.
    """
    seen = len(socket.seen)
    answer = await socket.ask("room.leave", room="no-such-room")
    assert answer["type"] == "failed"
    came = [frame["type"] for frame in socket.seen[seen:]]
    assert not set(came) & set(kinds), came


def kinds_of(socket: Socket, kind: str) -> list[dict[str, Any]]:
    return [frame for frame in socket.seen if frame["type"] == kind]


async def sanction(socket: Socket, room: str | None, member: str, kind: str, **changes: Any) -> dict[str, Any]:
    """Issue a sanction over this socket; the answer."""
    client_id = f"s{next(_numbers)}"
    body = {
        "member": member,
        "kind": kind,
        "minutes": 5,
        "guideline": "respect",
        "reason": "a quiet moment",
        "room": room,
    }
    await socket.wire.send(json.dumps({"type": "sanction.issue", "client_id": client_id, **body, **changes}))
    while True:
        frame = await socket.next()
        if frame.get("client_id") == client_id:
            return frame


async def until(true: Callable[[], object]) -> None:
    """Wait for what happens in this very process and tells nobody, such as that a socket was forgotten."""
    async with asyncio.timeout(WAIT_SECONDS):
        while not true():  # noqa: ASYNC110 - the very point: nothing tells
            await asyncio.sleep(0.002)

"""A small community without its web site: a database, a clock, the writer, and the cast."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlmodel import col, select

from app.base.bus import MemoryBus
from app.base.db import Database
from app.base.keys import Keyring
from app.base.pace import MemoryPace
from app.community import members, memberships, messages, sanctions
from app.community.bench import Bench
from app.community.concerns import Concern
from app.community.events import Event, FacilitatorsAlerted
from app.community.members import NewMember, Who
from app.community.messages import Message, View
from app.community.operations import Edit, Operation, Pin, Post, React, Release, Remove, Restore
from app.community.outcomes import Changed, Failed, Held, Posted, Settled
from app.community.posting import NewMessage, Posting
from app.community.rooms import Place, Room
from app.community.sanctions import InForce, NewSanction
from app.community.writer import Writer
from app.rules.book import Book, book_of
from app.rules.verdict import GUIDELINES
from tests.site import SECRET, SetClock

LOUNGE = "lounge"
BREAST = "breast"


async def unweighed(_: str) -> None:
    """No encoder."""


@dataclass
class Stage:
    """Two rooms, and people who can be asked for by name."""

    db: Database
    clock: SetClock
    bus: MemoryBus = field(default_factory=MemoryBus)
    told: list[Event] = field(default_factory=list)
    keys: Keyring = field(default_factory=lambda: Keyring([SECRET]))
    places: dict[str, Place] = field(default_factory=dict)
    book: Book = field(default_factory=lambda: book_of({name: f"The sentence on {name}." for name in GUIDELINES}))

    def __post_init__(self) -> None:
        self.bus.listen(lambda _, event: self.told.append(event))
        self.writer = Writer(self.db, self.bus, self.clock)
        self.pace = MemoryPace(lambda: self.clock.now().timestamp())
        self._ids = iter(range(1, 1_000_000))

    @property
    def breast(self) -> Place:
        return self.places[BREAST]

    @property
    def lounge(self) -> Place:
        return self.places[LOUNGE]

    async def build(self) -> None:
        async with self.db.write() as connection:
            rows = [{"slug": slug, "name": slug, "counter": 0, "slow": 0, "paused": False} for slug in (BREAST, LOUNGE)]
            await connection.execute(insert(Room), rows)
            for row in await connection.execute(select(Room.id, Room.slug)):
                self.places[row.slug] = Place(row.id, row.slug, row.slug, False, 0, False, None, None)

    async def person(self, name: str, *rooms: Place, role: str = "member", facilitates: bool = False) -> Who:
        """A member who has joined these rooms (as their facilitator, if she `facilitates`)."""
        now = self.clock.now()
        async with self.db.write() as connection:
            new = NewMember(name, f"{name}@example.org", None, role=role, verified=True)
            who = await members.add(connection, self.keys, new, now)
            for place in rooms:
                in_room = "facilitator" if facilitates else "member"
                await memberships.join(connection, who.id, place.id, now, role=in_room)
        return who

    async def sanction(self, who: Who, kind: str, place: Place | None, minutes: int | None = None) -> InForce:
        new = NewSanction(who.id, None if place is None else place.id, kind, minutes, "respect", "A test.", "nobody")
        async with self.db.write() as connection:
            return await sanctions.issue(connection, new, self.clock.now())

    async def set_room(self, place: Place, **values: Any) -> None:
        async with self.db.write() as connection:
            await connection.execute(update(Room).where(col(Room.id) == place.id).values(**values))

    async def settle(self, *operations: Operation) -> list[Settled]:
        """Carry these out as one batch."""
        return list(await self.writer._write(operations))

    async def one(self, operation: Operation) -> Settled:
        [answer] = await self.settle(operation)
        return answer

    async def said(self, who: Who, place: Place, text: str = "Hello.", **fields: Any) -> View:
        """Something that stands in the room."""
        return posted(await self.one(self.post(who, place, text, **fields)))

    async def held(self, who: Who, place: Place, text: str = "Held.") -> str:
        """The id of something that waits for a facilitator."""
        answer = await self.one(self.post(who, place, text, held_rule="promotion"))
        assert isinstance(answer, Held)
        return answer.id

    async def page(self, place: Place) -> list[View]:
        async with self.db.read() as connection:
            return await messages.page(connection, place.id, messages.Window(limit=200))

    async def stored(self, place: Place) -> list[dict[str, Any]]:
        async with self.db.read() as connection:
            query = select(Message).where(col(Message.room_id) == place.id).order_by(col(Message.id))
            return [dict(row) for row in (await connection.execute(query)).mappings()]

    async def counter(self, place: Place) -> int:
        async with self.db.read() as connection:
            return await messages.counter_of(connection, place.id)

    def client_id(self) -> str:
        return f"c{next(self._ids)}"

    def post(self, who: Who, place: Place, text: str = "Hello.", **fields: Any) -> Post:
        client_id = fields.pop("client_id", None) or self.client_id()
        return Post(who=who, room_id=place.id, client_id=client_id, text=text, **fields)

    @property
    def bench(self) -> Bench:
        """Judges by the book of the moment; `judge` of app.community.bench may be doubled."""
        return Bench(self.clock, lambda _: self.book, unweighed)

    def posting(
        self, burst: int = 10_000, seconds: float = 1.0, bench: Bench | None = None,
        on_duty: Callable[[str], bool] = lambda _: False,
    ) -> Posting:  # fmt: skip
        return Posting(self.db, self.writer, self.pace, bench or self.bench, (burst, seconds), on_duty)

    @contextlib.asynccontextmanager
    async def open(self, posting: Posting) -> AsyncIterator[Posting]:
        """The writer and this path, at work."""
        tasks = [asyncio.create_task(run()) for run in (self.writer.run, posting.run)]
        try:
            yield posting
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def concerns(self, place: Place) -> list[dict[str, Any]]:
        """Everything that was put before the facilitators of this room, oldest first."""
        async with self.db.read() as connection:
            query = select(Concern).where(col(Concern.room_id) == place.id).order_by(col(Concern.at))
            return [dict(row) for row in (await connection.execute(query)).mappings()]

    def alerts(self, kind: str) -> list[FacilitatorsAlerted]:
        return [event for event in self.told if isinstance(event, FacilitatorsAlerted) and event.kind == kind]

    def new(self, place: Place, text: str = "Hello.", **fields: Any) -> NewMessage:
        client_id = fields.pop("client_id", None) or self.client_id()
        return NewMessage(place.id, place.slug, client_id, text, **fields)


VERBS = ("post", "edit", "remove", "restore", "react", "pin", "release")


def operation(verb: str, who: Who, place: Place, seq: int = 0, message_id: str = "") -> Operation:
    """One of each verb, about message `seq` (or the held `message_id`)."""
    every: dict[str, Operation] = {
        "post": Post(who=who, room_id=place.id, client_id=f"{verb}-{who.id}", text="Something new."),
        "edit": Edit(who=who, room_id=place.id, seq=seq, text="Said otherwise."),
        "remove": Remove(who=who, room_id=place.id, seq=seq, guideline="respect"),
        "restore": Restore(who=who, room_id=place.id, seq=seq),
        "react": React(who=who, room_id=place.id, seq=seq, reaction="hug", on=True),
        "pin": Pin(who=who, room_id=place.id, seq=seq, pinned=True),
        "release": Release(who=who, room_id=place.id, message_id=message_id, accept=True),
    }
    return every[verb]


def posted(answer: object) -> View:
    assert isinstance(answer, Posted), answer
    return answer.message


def changed(answer: object) -> View:
    assert isinstance(answer, Changed), answer
    assert answer.moved
    return answer.message


def unmoved(answer: object) -> View:
    assert isinstance(answer, Changed), answer
    assert not answer.moved
    return answer.message


def failed(answer: object) -> str:
    """The code of what was not done."""
    assert isinstance(answer, Failed), answer
    assert answer.why
    return answer.code


@pytest.fixture
async def stage(db: Database, clock: SetClock) -> Stage:
    """A community on SQLite."""
    made = Stage(db, clock)
    await made.build()
    return made


@pytest.fixture
async def any_stage(any_db: Database, clock: SetClock) -> Stage:
    """A community, once on each kind of database."""
    made = Stage(any_db, clock)
    await made.build()
    return made

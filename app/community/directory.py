"""The directory: what each room is, as this process knows it. Read from the database every few seconds.

What matters for writing (pause, slow mode, closing) is asked again inside every commit; this is for showing and finding,
and for the rules: the books are made of rooms/*.toml and the word lists in force, again only where a list changed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from app.base.clock import Clock
from app.base.db import Database
from app.community import roomfiles, wordlists
from app.community.books import file_book
from app.community.members import Who
from app.community.rooms import Place, all_places, sync
from app.community.wordlists import EMPTY, RoomId, WordList
from app.rules.book import Book
from app.rules.watching import NOTHING, Watched, Watchlist

FRESH_SECONDS = 5

Slug = str | None
"""None: what all rooms share."""


class Directory:
    """All rooms and their rule books. `folder`: the rooms/*.toml of this installation."""

    def __init__(self, db: Database, clock: Clock, folder: Path, disabled: Collection[str]) -> None:
        self._db, self._clock = db, clock
        self._disabled = tuple(disabled)
        self.files = roomfiles.load(folder)
        self._places: dict[str, Place] = {}
        self._read_at = 0.0
        self._numbers: dict[RoomId, int] = {}
        self._lists: dict[Slug, WordList] = {}
        self._books = self._made({}, self._slugs())

    async def open(self) -> None:
        """Bring the files into the database and read it."""
        async with self._db.write() as connection:
            await sync(connection, self.files, self._clock.now())
        await self.refresh()

    async def refresh(self) -> None:
        """Read rooms and word lists now."""
        async with self._db.read() as connection:
            places = await all_places(connection, self.files)
            numbers = await wordlists.numbers(connection)
            changed = {room: number for room, number in numbers.items() if self._numbers.get(room) != number}
            lists = await wordlists.contents(connection, changed) if changed else {}
        # In a database that was put back from a copy there may be fewer lists: what is gone is in force no longer.
        lists |= dict.fromkeys(self._numbers.keys() - numbers.keys(), EMPTY)
        slugs: dict[RoomId, Slug] = {None: None}
        slugs |= {place.id: place.slug for place in (*self._places.values(), *places)}
        self._places = {place.slug: place for place in places}
        self._read_at = self._clock.now().timestamp()
        if lists:
            await self._take({slugs[room]: words for room, words in lists.items()}, numbers)

    async def places(self) -> dict[str, Place]:
        """All rooms by slug, in their order."""
        if abs(self._clock.now().timestamp() - self._read_at) > FRESH_SECONDS:
            await self.refresh()
        return self._places

    def find(self, slug: str) -> Place | None:
        """The room as last read, or None."""
        return self._places.get(slug)

    def book_for(self, slug: str) -> Book:
        """The rules of a room; of a room without a file (archived), those that all share."""
        return self._books.get(slug, self._books[None])

    @property
    def shared_book(self) -> Book:
        """The rules that all rooms share."""
        return self._books[None]

    async def books_with(self, slug: Slug, words: WordList) -> dict[Slug, Book]:
        """What the books would be if this list were in force there: of that room, or (None) of every one."""
        return await asyncio.to_thread(
            self._made, {**self._lists, slug: words}, self._slugs() if slug is None else [slug]
        )

    async def _take(self, changed: Mapping[Slug, WordList], numbers: dict[RoomId, int]) -> None:
        """Make the books again of which a list changed. In a thread: hundreds of entries take a while."""
        lists = {**self._lists, **changed}
        books = await asyncio.to_thread(self._made, lists, self._slugs() if None in changed else list(changed))
        # Together, and at last: should a slower reading have overtaken, the next one sees other numbers and mends it.
        self._lists, self._numbers, self._books = lists, numbers, {**self._books, **books}

    def _slugs(self) -> list[Slug]:
        return [None, *self.files.rooms]

    def _made(self, lists: Mapping[Slug, WordList], slugs: Iterable[Slug]) -> dict[Slug, Book]:
        everywhere = lists.get(None, EMPTY)
        shared = _watchlist(everywhere.watched)
        books: dict[Slug, Book] = {}
        for slug in slugs:
            own = EMPTY if slug is None else lists.get(slug, EMPTY)
            # One list of entries is compiled once and shared by all rooms that have none of their own.
            watched = _watchlist(everywhere.watched + own.watched) if own.watched else shared
            book = file_book(self.files, slug, self._disabled, everywhere.allowed, own.allowed)
            books[slug] = replace(book, watched=watched)
        return books


def facilitates(who: Who, roles: dict[str, str], slug: str) -> bool:
    """Whether she facilitates this room; `roles`: her rooms and her role there."""
    return who.facilitates_all or roles.get(slug) in {"facilitator", "administrator"}


def _watchlist(entries: tuple[Watched, ...]) -> Watchlist:
    return Watchlist.of(entries) if entries else NOTHING

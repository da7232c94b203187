"""The directory: what each room is, as this process knows it. Read from the database every few seconds.

What matters for writing (pause, slow mode, closing) is asked again inside every commit; this is for showing and finding.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from app.base.clock import Clock
from app.base.db import Database
from app.community import roomfiles
from app.community.members import Who
from app.community.rooms import Place, all_places, sync
from app.rules.book import Book, book_of

FRESH_SECONDS = 5


class Directory:
    """All rooms and their rule books. `folder`: the rooms/*.toml of this installation."""

    def __init__(self, db: Database, clock: Clock, folder: Path, disabled: Collection[str]) -> None:
        self._db, self._clock = db, clock
        self._disabled = tuple(disabled)
        self.files = roomfiles.load(folder)
        self._places: dict[str, Place] = {}
        self._read_at = 0.0
        self._books = {slug: self._book(slug) for slug in self.files.rooms}
        self._shared_book = self._book(None)

    async def open(self) -> None:
        """Bring the files into the database and read it."""
        async with self._db.write() as connection:
            await sync(connection, self.files, self._clock.now())
        await self.refresh()

    async def refresh(self) -> None:
        async with self._db.read() as connection:
            places = await all_places(connection, self.files)
        self._places = {place.slug: place for place in places}
        self._read_at = self._clock.now().timestamp()

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
        return self._books.get(slug, self._shared_book)

    def _book(self, slug: str | None) -> Book:
        shared, room = self.files.shared, self.files.rooms.get(slug or "")
        changes = [shared.rules] if room is None else [shared.rules, room.rules]
        tables = [{"verdicts": each.verdicts, "allowed": each.allowed} for each in changes]
        return book_of(shared.guidelines, *tables, disabled=self._disabled)


def facilitates(who: Who, roles: dict[str, str], slug: str) -> bool:
    """Whether she facilitates this room; `roles`: her rooms and her role there."""
    return who.facilitates_all or roles.get(slug) in {"facilitator", "administrator"}

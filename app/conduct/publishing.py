"""Publishing: putting a word list in force, and taking it back. Each leaves its version and its audit entry.

Who publishes says on top of which version; if somebody else was faster, nothing is done, so that nobody's work is
overwritten unseen. What has not been tried out (`dryruns`) is not published; what was in force before has been.
"""

from __future__ import annotations

import hmac
from typing import Any, Final

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from app.base.clock import Clock, wire_time
from app.base.db import Database, pick
from app.base.keys import Keyring, digest
from app.community import wordlists
from app.community.bookkeeping import standings_of
from app.community.members import Member, Who
from app.community.outcomes import Failed
from app.community.rooms import Place
from app.community.wordlists import EMPTY, NOTE_LIMIT, RoomId, WordList, WordListVersion, read, written
from app.conduct import audit

NOT_HERS: Final = Failed("not-found", "There is no such list.")
CONFLICT: Final = Failed("conflict", "Somebody has published another version meanwhile.")
NO_SUCH: Final = Failed("not-found", "There is no such version.")
UNTRIED: Final = Failed("not-allowed", "This list has not been tried out as it stands. Please try it out first.")
UNCHANGED: Final = Failed("not-allowed", "This is what is in force already.")
_NO_ROOM: Final = 0


class Publishing:
    """Puts word lists in force. Both verbs answer with the new version's number, or with what stood against it."""

    def __init__(self, db: Database, clock: Clock, keys: Keyring) -> None:
        self._db, self._clock, self._keys = db, clock, keys

    def proof(self, who: Who, place: Place | None, base: int, words: WordList) -> str:
        """Says that she has seen what exactly this list would do on top of that version: 64 hex digits."""
        return self._keys.index(_tried(who, place, base, words))

    def proven(self, who: Who, place: Place | None, base: int, words: WordList, proof: str) -> bool:
        known = self._keys.indexes(_tried(who, place, base, words))
        return any(hmac.compare_digest(each.encode(), proof.encode("utf-8", "replace")) for each in known)

    async def publish(
        self, who: Who, place: Place | None, base: int, words: WordList, *, proof: str, note: str = ""
    ) -> int | Failed:
        """Put a list in force that was tried out on top of version `base`."""
        note = note.strip()
        refused = _unusable(words, note)
        if refused:
            return refused
        async with self._db.write() as connection:
            if not await self._may(connection, who, place):
                return NOT_HERS
            number = await wordlists.newest(connection, _room(place))
            if number != base:
                return CONFLICT
            if not self.proven(who, place, base, words, proof):
                return UNTRIED
            present = await _content(connection, _room(place), number)
            if wordlists.difference(read(present), words).nothing:
                return UNCHANGED
            return await self._add(connection, who, self._version(who, place, base + 1, written(words), note))

    async def undo(self, who: Who, place: Place | None, base: int, number: int) -> int | Failed:
        """Bring the content of version `number` back (0: the empty list before the first), on top of `base`."""
        async with self._db.write() as connection:
            if not await self._may(connection, who, place):
                return NOT_HERS
            if await wordlists.newest(connection, _room(place)) != base:
                return CONFLICT
            if not 0 <= number < base:
                return NO_SUCH
            content = await _content(connection, _room(place), number)
            if content == await _content(connection, _room(place), base):
                return UNCHANGED
            return await self._add(connection, who, self._version(who, place, base + 1, content, "", number))

    async def _may(self, connection: AsyncConnection, who: Who, place: Place | None) -> bool:
        """Whether this list (None: that of all rooms) is hers to change, as the database has it now."""
        pair = (who.id, _NO_ROOM if place is None else place.id)
        standing = (await standings_of(connection, {pair}, self._clock.now())).get(pair)
        return standing is not None and standing.facilitates

    def _version(
        self, who: Who, place: Place | None, number: int, content: str, note: str, again: int | None = None
    ) -> WordListVersion:
        now = self._clock.now()
        return wordlists.version_of(_room(place), number, content, who.id, now, note=note, again=again)

    async def _add(self, connection: AsyncConnection, who: Who, version: WordListVersion) -> int | Failed:
        try:
            async with connection.begin_nested():
                await wordlists.add(connection, version)
        except IntegrityError:
            return CONFLICT
        what = "rules.publish" if version.again is None else "rules.undo"
        reason = version.note if version.again is None else f"version {version.again} again"
        await connection.execute(
            audit.entry(who, what, version.room_id, f"rules/{version.id}", version.at, reason=reason)
        )
        return version.number


async def versions(connection: AsyncConnection, room_id: RoomId, limit: int) -> list[dict[str, Any]]:
    """The newest versions of a list, newest first: number, at, author, note, again, and what came and went with it."""
    row = wordlists.WordListVersion
    query = (
        pick(row.number, row.at, row.note, row.again, row.content, Member.name)
        .outerjoin(Member, col(Member.id) == col(row.author_id))
        .where(col(row.room_id) == room_id)
        .order_by(col(row.number).desc())
        .limit(limit + 1)
    )
    rows = (await connection.execute(query)).all()
    words = [read(each.content) for each in rows] + [EMPTY]
    return [
        {
            "number": each.number, "at": wire_time(each.at), "author": each.name or "former member", "note": each.note,
            "again": each.again, "difference": wordlists.difference(words[index + 1], words[index]),
        }
        for index, each in enumerate(rows[:limit])
    ]  # fmt: skip


async def in_force(connection: AsyncConnection, room_id: RoomId) -> tuple[int, WordList]:
    """(number, what it holds) of the list in force; (0, the empty list) where there is none."""
    number = await wordlists.newest(connection, room_id)
    return number, read(await _content(connection, room_id, number))


async def held_by(connection: AsyncConnection, room_id: RoomId, number: int) -> WordList:
    """What a version holds; of one that is not there, nothing."""
    return read(await _content(connection, room_id, number))


def _unusable(words: WordList, note: str) -> Failed | None:
    fault = next(iter(wordlists.faults(words).values()), None)
    if fault is None and len(note) > NOTE_LIMIT:
        fault = f"A note may have {NOTE_LIMIT} characters."
    if fault is None and "\0" in note:
        fault = "The note holds a character that cannot be stored."
    return None if fault is None else Failed("not-allowed", fault)


async def _content(connection: AsyncConnection, room_id: RoomId, number: int) -> str:
    """The content as it is stored: bringing it back loses nothing, not even what cannot be used just now."""
    version = await wordlists.find(connection, room_id, number) if number else None
    return written(EMPTY) if version is None else version.content


def _room(place: Place | None) -> RoomId:
    return None if place is None else place.id


def _tried(who: Who, place: Place | None, base: int, words: WordList) -> str:
    return digest(f"dry run\n{who.id}\n{_room(place)}\n{base}\n{written(words)}")

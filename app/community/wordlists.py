"""Word lists: the operators' own words, allowed or watched, of one room or of all, in numbered versions.

A version is only ever added, never changed: the newest is in force, and taking one back adds another with the content of
an earlier one. Number 0 is the empty list before the first. What the rules make of a list is the affair of `rules.book`.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

import msgspec
import structlog
from sqlalchemy import CheckConstraint, Index, bindparam, func, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel, col, select

from app.base.db import columns, pick
from app.rules.watching import LONGEST, Watched, compiled, plain

ALLOWED_LIMIT: Final = 500
ALLOWED_LENGTH: Final = 80
"""Characters of an allowed word or phrase, as in a room's file."""
ENTRIES_LIMIT: Final = 150
"""Watched entries of one list: what one form can carry."""
PATTERNS_LIMIT: Final = 50
"""Patterns among them: each costs every message some 2.5 µs, and a room has its own list and that of all rooms."""
WHY_LIMIT: Final = 300
NOTE_LIMIT: Final = 500

journal = structlog.get_logger("wordlists")

RoomId = int | None
"""None: all rooms."""


class WordList(msgspec.Struct, frozen=True):
    """What one version holds. `allowed`: words and phrases that no rule stops; `watched`: entries in their order."""

    allowed: tuple[str, ...] = ()
    watched: tuple[Watched, ...] = ()


EMPTY: Final = WordList()


class WordListVersion(SQLModel, table=True):
    """One version. `id` keeps two from having the same number; `again`: the number whose content it brings back."""

    __tablename__ = "word_list_version"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("again is null or (again >= 0 and again < number)", name="again"),
        Index("ix_word_list_version_newest", "room_id", "number"),
    )
    id: str = Field(primary_key=True, max_length=40)
    room_id: int | None = Field(default=None, foreign_key="room.id")
    number: int
    content: str
    author_id: str = Field(max_length=22)
    at: datetime
    note: str = Field(default="", max_length=NOTE_LIMIT)
    again: int | None = None


V = columns(WordListVersion)
NEWEST = pick(V.room_id, func.max(V.number).label("number")).group_by(V.room_id)
CONTENTS = pick(V.id, V.content).where(V.id.in_(bindparam("ids", expanding=True)))


async def numbers(connection: AsyncConnection) -> dict[RoomId, int]:
    """The number in force of every list that has a version."""
    return {row.room_id: row.number for row in await connection.execute(NEWEST)}


async def newest(connection: AsyncConnection, room_id: RoomId) -> int:
    """The number in force of one list; 0: there is no version yet."""
    query = pick(func.max(V.number)).where(V.room_id.is_(None) if room_id is None else V.room_id == room_id)
    return (await connection.execute(query)).scalar() or 0


async def contents(connection: AsyncConnection, wanted: Mapping[RoomId, int]) -> dict[RoomId, WordList]:
    """What these versions hold, as far as it can still be used."""
    ids = {_id(room_id, number): room_id for room_id, number in wanted.items()}
    rows = await connection.execute(CONTENTS, {"ids": list(ids)})
    return {ids[row.id]: usable(row.content, row.id) for row in rows}


async def find(connection: AsyncConnection, room_id: RoomId, number: int) -> WordListVersion | None:
    """One version, or None."""
    query = select(WordListVersion).where(col(WordListVersion.id) == _id(room_id, number))
    row = (await connection.execute(query)).mappings().first()
    return None if row is None else WordListVersion(**row)


async def add(connection: AsyncConnection, version: WordListVersion) -> None:
    """Store a version; from the commit on it is in force. IntegrityError: another one has its number."""
    await connection.execute(insert(WordListVersion).values(**version.model_dump()))


def version_of(  # noqa: PLR0913 - a version is this many things
    room_id: RoomId,
    number: int,
    content: str,
    author_id: str,
    at: datetime,
    *,
    note: str = "",
    again: int | None = None,
) -> WordListVersion:
    """A version that is not stored yet."""
    return WordListVersion(
        id=_id(room_id, number), room_id=room_id, number=number, content=content, author_id=author_id, at=at, note=note,
        again=again,
    )  # fmt: skip


def written(words: WordList) -> str:
    """A list as it is stored."""
    return msgspec.json.encode(words).decode()


def read(content: str) -> WordList:
    """What is stored, for showing; without entries that speak of a rule or verdict which this program has not."""
    stored = msgspec.json.decode(content)
    watched = []
    for each in stored["watched"]:
        with contextlib.suppress(msgspec.ValidationError):
            watched.append(msgspec.convert(each, Watched))
    return WordList(tuple(stored["allowed"]), tuple(watched))


def usable(content: str, where: str) -> WordList:
    """What is stored, for judging; what another version of this program took and this one cannot use is left out."""
    words = read(content)
    kept = []
    for entry in words.watched:
        try:
            _look_at(entry)
        except ValueError as error:
            journal.warning("wordlist.entry_skipped", version=where, why=str(error))
        else:
            kept.append(entry)
    return WordList(words.allowed, tuple(kept))


# What a list may hold


def faults(words: WordList) -> dict[str, str]:
    """What is wrong with a list: "allowed", "watched" or "watched-INDEX" -> why, in words. Nothing: it can be published."""
    found = {"allowed": fault} if (fault := _allowed_fault(words.allowed)) else {}
    patterns = sum(entry.way == "pattern" for entry in words.watched)
    if len(words.watched) > ENTRIES_LIMIT:
        found["watched"] = f"There are {len(words.watched)} entries; a list has up to {ENTRIES_LIMIT}."
    elif patterns > PATTERNS_LIMIT:
        found["watched"] = f"There are {patterns} patterns; a list has up to {PATTERNS_LIMIT}. Words cost less."
    seen: dict[tuple[str, str], int] = {}
    for index, entry in enumerate(words.watched):
        what = entry.text if entry.way == "pattern" else plain(entry.text)
        first = seen.setdefault((entry.way, what), index)
        twice = None if first == index else f"“{entry.text}” stands in entry {first + 1} already."
        if fault := _entry_fault(entry) or twice:
            found[f"watched-{index}"] = fault
    return found


def _allowed_fault(allowed: Sequence[str]) -> str | None:
    if len(allowed) > ALLOWED_LIMIT:
        return f"These are {len(allowed)} lines; up to {ALLOWED_LIMIT} fit in here."
    for phrase in allowed:
        if len(phrase) > ALLOWED_LENGTH:
            return f"“{phrase[:ALLOWED_LENGTH]}…” is too long: a word or phrase has up to {ALLOWED_LENGTH} characters."
        if "\0" in phrase:
            return "This holds a character that cannot be stored."
        if not plain(phrase):
            return f"“{phrase}” holds nothing to let pass."
    return None


def _entry_fault(entry: Watched) -> str | None:
    if "\0" in entry.text + entry.why:
        return "This holds a character that cannot be stored."
    if len(entry.why) > WHY_LIMIT:
        return f"What its author is told has {len(entry.why)} characters; up to {WHY_LIMIT} fit in here."
    try:
        _look_at(entry)
    except ValueError as error:
        return f"{str(error)[:1].upper()}{str(error)[1:]}."
    if entry.way == "pattern" and _CAPITAL.search(_NOT_A_LETTER.sub("", entry.text)):
        return "Texts are compared in small letters, so this would never match. Please write it in small letters."
    return None


_CAPITAL: Final = re.compile("[A-Z]")
_NOT_A_LETTER: Final = re.compile(r"\\[pP]\{\w*\}|\\.|\(\?P?<\w*>|\(\?[a-zA-Z-]+[:)]|\[\[:\^?\w+:\]")
"""Where capitals in a pattern mean something else: classes, names of groups, options."""


def _look_at(entry: Watched) -> None:
    """ValueError: this entry cannot be used, and why."""
    if entry.way == "pattern":
        compiled(entry.text)
        return
    if len(entry.text) > LONGEST:
        raise ValueError(f"a word or phrase has up to {LONGEST} characters")
    if not plain(entry.text):
        raise ValueError(f"“{entry.text}” holds nothing to look for")


# What changed


class Difference(NamedTuple):
    """What came and what went from one list to another; the order of entries means nothing."""

    came: WordList
    went: WordList

    @property
    def nothing(self) -> bool:
        return self == (EMPTY, EMPTY)


def difference(before: WordList, after: WordList) -> Difference:
    return Difference(_without(after, before), _without(before, after))


def _without(words: WordList, others: WordList) -> WordList:
    phrases, entries = set(others.allowed), set(others.watched)
    return WordList(
        tuple(phrase for phrase in words.allowed if phrase not in phrases),
        tuple(entry for entry in words.watched if entry not in entries),
    )


def _id(room_id: RoomId, number: int) -> str:
    return f"{'all' if room_id is None else room_id}/{number}"

"""Word lists: what can stand in one, versions that are only added, and books that follow them in every process."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.base.db import Database
from app.community import wordlists
from app.community.directory import FRESH_SECONDS, Directory
from app.community.wordlists import (
    ALLOWED_LIMIT,
    EMPTY,
    ENTRIES_LIMIT,
    PATTERNS_LIMIT,
    WHY_LIMIT,
    WordList,
    WordListVersion,
    difference,
    faults,
    version_of,
    written,
)
from app.rules.book import Book
from app.rules.draft import Draft
from app.rules.judging import judge
from app.rules.verdict import Allow, Hold, Nudge, Refuse
from app.rules.watching import Watched
from tests.site import SetClock

pytestmark = pytest.mark.anyio

ROOMS = Path(__file__).parents[2] / "rooms"
SCORED = ("respect", "scam", "promotion", "medical-advice")
"""Rules that weigh meaning: what they make of a soup is not what these tests are about."""
SOUP = Watched("soup", "personal-data", "hold", why="Soup has its own room.")


def _pattern(text: str) -> Watched:
    return Watched(text, "personal-data", "nudge", "pattern")


async def _put(db: Database, clock: SetClock, room_id: int | None, number: int, words: WordList) -> None:
    async with db.write() as connection:
        await wordlists.add(connection, version_of(room_id, number, written(words), "fay", clock.now()))


async def _open(db: Database, clock: SetClock) -> Directory:
    directory = Directory(db, clock, ROOMS, SCORED)
    await directory.open()
    return directory


def _says(book: Book, text: str) -> type:
    return type(judge(Draft(text=text, at=0.0), book))


def _room_id(directory: Directory, slug: str) -> int:
    place = directory.find(slug)
    assert place is not None
    return place.id


# What can stand in a list


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (_pattern("(soup"), "missing )"),
        (_pattern("[z-a]"), "invalid character class range"),
        (_pattern(r"(soup)\1"), "invalid escape sequence"),
        (_pattern("(?=soup)"), "invalid perl operator"),
        (_pattern(" "), "1 to 200 characters"),
        (_pattern("x" * 201), "1 to 200 characters"),
        (_pattern("((a{1,100}){1,100}){1,100}"), "repetition"),
        (_pattern("Soup"), "small letters"),
        (Watched("\u200b", "promotion", "nudge"), "holds nothing to look for"),
        (Watched("x" * 201, "promotion", "nudge"), "up to 200 characters"),
        (Watched("so\0up", "promotion", "nudge"), "cannot be stored"),
        (Watched("soup", "promotion", "nudge", why="x" * (WHY_LIMIT + 1)), "301 characters"),
    ],
)
def test_an_entry_that_cannot_be_used_is_told_with_what_is_wrong(entry: Watched, told: str) -> None:
    found = faults(WordList(watched=(SOUP, entry)))
    assert list(found) == ["watched-1"]
    assert told in found["watched-1"]


@pytest.mark.parametrize(
    "entry",
    [
        SOUP,
        _pattern("so+up"),
        _pattern(r"\bsoup\W+\D\b"),
        _pattern(r"\p{Greek}[[:alpha:]](?P<Name>x)(?i:y)"),
        _pattern(r"(a+)+$"),
    ],
)
def test_an_entry_that_can_be_used_is_no_fault(entry: Watched) -> None:
    assert faults(WordList(watched=(entry,))) == {}


def test_what_stands_twice_however_it_is_spelt_is_told() -> None:
    twice = WordList(watched=(SOUP, Watched("SOUP", "scam", "refuse"), _pattern("soup")))
    assert list(faults(twice)) == ["watched-1"]
    assert "entry 1" in faults(twice)["watched-1"]


def test_a_list_is_bounded() -> None:
    many = tuple(Watched(f"word {number}", "promotion", "nudge") for number in range(ENTRIES_LIMIT + 1))
    assert faults(WordList(watched=many[:-1])) == {}
    assert list(faults(WordList(watched=many))) == ["watched"]
    patterns = tuple(_pattern(f"word {number}") for number in range(PATTERNS_LIMIT + 1))
    assert faults(WordList(watched=patterns[:-1])) == {}
    assert list(faults(WordList(watched=patterns))) == ["watched"]
    phrases = tuple(f"phrase {number}" for number in range(ALLOWED_LIMIT + 1))
    assert faults(WordList(phrases[:-1])) == {}
    assert list(faults(WordList(phrases))) == ["allowed"]


@pytest.mark.parametrize("phrase", ["x" * 81, "a\0b", "\u200b"])
def test_a_phrase_that_cannot_be_allowed_is_told(phrase: str) -> None:
    assert list(faults(WordList(("fine", phrase)))) == ["allowed"]
    assert faults(WordList(("fine",))) == {}


def test_the_difference_of_two_lists_is_what_came_and_what_went() -> None:
    before, after = WordList(("a", "b"), (SOUP,)), WordList(("b", "c"), (SOUP, _pattern("x")))
    assert difference(before, after) == (WordList(("c",), (_pattern("x"),)), WordList(("a",)))
    assert difference(after, WordList(("c", "b"), after.watched[::-1])).nothing
    assert not difference(before, after).nothing


# Versions


async def test_the_newest_version_is_in_force_and_two_never_share_a_number(any_db: Database, clock: SetClock) -> None:
    room_id = _room_id(await _open(any_db, clock), "breast")
    for number in (1, 2):
        await _put(any_db, clock, None, number, WordList((f"everywhere {number}",)))
    await _put(any_db, clock, room_id, 1, WordList(("here",)))
    for room in (None, room_id):
        with pytest.raises(IntegrityError):
            async with any_db.engine.begin() as connection:
                await wordlists.add(connection, version_of(room, 1, written(EMPTY), "flo", clock.now()))
    async with any_db.read() as connection:
        assert await wordlists.numbers(connection) == {None: 2, room_id: 1}
        assert (await wordlists.newest(connection, None), await wordlists.newest(connection, room_id)) == (2, 1)
        assert await wordlists.newest(connection, 999) == 0
        earlier = await wordlists.find(connection, None, 1)
        assert earlier is not None
        assert wordlists.read(earlier.content) == WordList(("everywhere 1",))
        assert await wordlists.find(connection, None, 3) is None


# Books


async def test_a_list_reaches_judging_in_another_process_within_seconds_of_its_publishing(
    any_db: Database, clock: SetClock
) -> None:
    one, other = await _open(any_db, clock), await _open(any_db, clock)
    before = one.book_for("lounge")
    await _put(any_db, clock, _room_id(one, "breast"), 1, WordList(("bullshit",), (SOUP,)))
    await one.refresh()
    assert _says(one.book_for("breast"), "The soup is good.") is Hold
    assert _says(other.book_for("breast"), "The soup is good.") is Allow
    clock.go(seconds=FRESH_SECONDS, milliseconds=1)
    await other.places()
    for directory in (one, other):
        assert _says(directory.book_for("breast"), "The soup is good.") is Hold
        assert _says(directory.book_for("breast"), "What bullshit.") is Allow
        assert _says(directory.book_for("lounge"), "The soup is good.") is Allow
        assert _says(directory.book_for("lounge"), "What bullshit.") is Refuse
    assert one.book_for("lounge") is before  # a book is made again only where its list changed


async def test_the_list_of_all_rooms_counts_in_every_room_on_top_of_its_own(db: Database, clock: SetClock) -> None:
    directory = await _open(db, clock)
    await _put(db, clock, None, 1, WordList(("bullshit",), (SOUP,)))
    await _put(db, clock, _room_id(directory, "breast"), 1, WordList((), (_pattern("spoons?"),)))
    await directory.refresh()
    for slug in ("breast", "lounge", "nowhere"):
        assert _says(directory.book_for(slug), "The soup is good.") is Hold
        assert _says(directory.book_for(slug), "What bullshit.") is Allow
    assert _says(directory.book_for("breast"), "A spoon.") is Nudge
    assert _says(directory.book_for("lounge"), "A spoon.") is Allow
    await _put(db, clock, None, 2, EMPTY)
    await directory.refresh()
    assert _says(directory.book_for("breast"), "The soup is good.") is Allow
    assert _says(directory.book_for("breast"), "A spoon.") is Nudge


async def test_a_book_that_is_only_tried_out_changes_nothing(db: Database, clock: SetClock) -> None:
    directory = await _open(db, clock)
    tried = await directory.books_with("breast", WordList(watched=(SOUP,)))
    assert _says(tried["breast"], "The soup is good.") is Hold
    assert list(tried) == ["breast"]
    everywhere = await directory.books_with(None, WordList(watched=(SOUP,)))
    assert {None, "breast", "lounge"} < set(everywhere)
    assert _says(everywhere["lounge"], "The soup is good.") is Hold
    assert _says(directory.book_for("breast"), "The soup is good.") is Allow


@pytest.mark.parametrize("content", [
    '{"allowed":[],"watched":[{"text":"(soup","rule":"promotion","verdict":"hold","way":"pattern","why":""}]}',
    '{"allowed":[],"watched":[{"text":"soup","rule":"gone","verdict":"hold"}]}',
    '{"allowed":[],"watched":[{"text":"","rule":"promotion","verdict":"hold"}]}',
])  # fmt: skip
async def test_an_entry_that_can_be_used_no_more_is_skipped_and_the_others_count(
    db: Database, clock: SetClock, content: str
) -> None:
    directory = await _open(db, clock)
    await _put(db, clock, None, 1, WordList(("bullshit",), (SOUP,)))
    async with db.write() as connection:
        spoiled = content.replace('"watched":[', f'"watched":[{written(WordList(watched=(SOUP,)))[25:-2]},')
        await connection.execute(update(WordListVersion).values(content=spoiled))
    await directory.refresh()
    assert _says(directory.book_for("breast"), "The soup is good.") is Hold
    assert _says((await _open(db, clock)).book_for("breast"), "The soup is good.") is Hold


def _seconds(work: Any) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


async def test_a_pattern_that_would_stop_other_engines_for_ever_costs_nothing(db: Database, clock: SetClock) -> None:
    directory = await _open(db, clock)
    hard = [r"(a+)+$", r"(a|aa)+$", r"(.*a){12}$", r"(a?){30}a{30}$"]
    books = await directory.books_with("breast", WordList(watched=tuple(map(_pattern, hard))))
    draft = Draft(text="a" * 3_999 + "!", at=0.0)
    judge(draft, books["breast"])
    plain = min(_seconds(lambda: judge(draft, directory.book_for("breast"))) for _ in range(5))
    hard_seconds = min(_seconds(lambda: judge(draft, books["breast"])) for _ in range(5))
    assert hard_seconds < plain + 0.05

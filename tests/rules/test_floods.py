"""Floods and series, written as people write them: nearly all of a flood is stopped, nothing of a series."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.rules.book import book_of
from app.rules.draft import Draft, Earlier
from app.rules.folding import fold
from app.rules.similar_posts import look

BOOK = book_of({})
HERE = Path(__file__).parent
ROOM = re.compile(r"\[([\w-]+)\] ")


def read(name: str) -> dict[str, list[str]]:
    """What stands under each "# title" of a file."""
    blocks: dict[str, list[str]] = {}
    for block in (HERE / name).read_text().strip().split("\n\n"):
        title, *lines = block.split("\n")
        if lines:
            blocks[title.removeprefix("# ")] = lines
    return blocks


FLOODS, SERIES = read("floods.txt"), read("series.txt")


def stopped(lines: list[str], gap: float) -> Iterator[bool]:
    """Which of these, said by one person one after the other, are stopped; what was stopped counts as said."""
    told: list[Earlier] = []
    room = ""
    for number, line in enumerate(lines):
        named = ROOM.match(line)
        if named:
            room, line = named[1], line[named.end() :]  # noqa: PLW2901
        yield bool(list(look(Draft(line, number * gap, room, tuple(told)), fold(line), BOOK)))
        told.append(Earlier(line, number * gap, room))


def test_there_are_many_of_both() -> None:
    assert len(FLOODS) >= 30
    assert len(SERIES) >= 30
    assert all(len(lines) >= 6 for lines in FLOODS.values())
    assert all(len(set(lines)) == len(lines) for name, lines in FLOODS.items() if name != "three words")


@pytest.mark.parametrize("gap", [0.0, 30.0, 240.0])
def test_of_all_floods_at_most_one_in_fifty_is_missed(gap: float) -> None:
    missed = {name: [*stopped(lines, gap)][1:].count(False) for name, lines in FLOODS.items()}
    assert sum(missed.values()) <= sum(len(lines) - 1 for lines in FLOODS.values()) / 50, missed


@pytest.mark.parametrize("name", FLOODS)
def test_the_first_of_a_flood_passes_and_the_rest_is_stopped(name: str) -> None:
    first, *rest = stopped(FLOODS[name], 30.0)
    assert not first
    assert rest.count(False) <= 1


@pytest.mark.parametrize("gap", [0.0, 30.0, 3600.0])
@pytest.mark.parametrize("name", SERIES)
def test_nothing_of_a_series_is_stopped(name: str, gap: float) -> None:
    assert [line for line, wrongly in zip(SERIES[name], stopped(SERIES[name], gap), strict=True) if wrongly] == []

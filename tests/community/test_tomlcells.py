"""Where a key stands, and arbitrary tables."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.base.errors import RoomFileError
from app.community.roomfiles import load
from app.community.tomlcells import Spot, _Walk, line_of, named
from app.rules.verdict import GUIDELINES

SHIPPED = Path(__file__).parents[2] / "rooms"
ALL = (SHIPPED / "_all.toml").read_text(encoding="utf-8")
ROOM = 'name = "Lounge"\nabout = "A place to be."\nposition = 1\nkind = "shared"\n'
TRICKY = r'''# [not] = "a table"
plain = 1  # [nor] = this
"quo ted" = "a = 1 # no note"
'lit.eral'.sub = 'x = "'
a . "b" .c = """
[fake]
fake = 1 \""" still
"""
d = """ends in quotes"""""

[e]
f = [ # a note ]
  1, "]",
  [2, 3],
  { g = 1, h.i = { j = [ { k = 1 } ] } }, '''
TRICKY += "'''\n}\n''',\n]\nl = 1979-05-27 07:32:00\n[[m]]\n[[m.n]]\no = ''\n[[m.n]]\n[m.n.p]\nq = {}\n[[m]]\n"
TRICKY += "[ m . 'n' ]\nr = []\n[s.t]\nu = 1\n[s]\nv = 1"


@pytest.mark.parametrize(
    ("spot", "begins"),
    [
        (("plain",), "plain"),
        (("quo ted",), '"quo ted"'),
        (("lit.eral", "sub"), "'lit.eral'"),
        (("a", "b", "c"), "a . "),
        (("d",), "d = "),
        (("e",), "[e]"),
        (("e", "f"), "f = "),
        (("e", "f", 0), "  1"),
        (("e", "f", 1), "  1"),
        (("e", "f", 2, 1), "  [2"),
        (("e", "f", 3, "h", "i", "j", 0, "k"), "  { g"),
        (("e", "f", 4), "  { g"),
        (("e", "l"), "l = "),
        (("m", 0), "[[m]]"),
        (("m", 0, "n", 0), "[[m.n]]"),
        (("m", 0, "n", 0, "o"), "o = "),
        (("m", 0, "n", 1, "p", "q"), "q = "),
        (("m", 1, "n"), "[ m"),
        (("m", 1, "n", "r"), "r = "),
        (("s",), "[s]"),
        (("s", "t"), "[s.t]"),
        (("s", "v"), "v = "),
    ],
)
def test_the_line_of_a_place_is_where_its_key_or_header_or_item_stands(spot: Spot, begins: str) -> None:
    tomllib.loads(TRICKY)
    assert TRICKY.split("\n")[line_of(TRICKY, spot) - 1].startswith(begins)


def test_the_line_of_what_is_missing_is_that_of_the_table_that_lacks_it() -> None:
    lines = TRICKY.split("\n")
    assert lines[line_of(TRICKY, ("e", "missing")) - 1] == "[e]"
    assert lines[line_of(TRICKY, ("s", "missing", "deeper")) - 1] == "[s]"
    assert line_of(TRICKY, ("m", 1, "missing")) == lines.index("[[m]]", lines.index("[[m]]") + 1) + 1
    assert line_of(TRICKY, ("missing",)) == 1
    assert line_of(TRICKY, ()) == 1
    assert line_of("", ("missing",)) == 1


def test_a_carriage_return_does_not_count_as_a_line() -> None:
    assert line_of("a = 1\r\n\r\nb = '''\r\n'''\r\nc = 1\r\n", ("c",)) == 5


def test_a_place_is_written_as_people_write_it() -> None:
    assert named(("helplines", 1, "number")) == "helplines[1].number"
    assert named(("rules", "a.b", "")) == 'rules."a.b".""'


def refusal(folder: Path) -> RoomFileError | None:
    """None: it loads. Any other exception is a fault of the loader, and ends the test."""
    try:
        load(folder)
    except RoomFileError as error:
        return error
    return None


def inside(value: object, spot: Spot = ()) -> Iterator[Spot]:
    """Every spot in a parsed table."""
    yield spot
    if isinstance(value, dict):
        for key, item in value.items():
            yield from inside(item, (*spot, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from inside(item, (*spot, index))


def walked(text: str) -> set[Spot]:
    return {spot[:depth] for _, spot in _Walk(text).spots() for depth in range(len(spot) + 1)} | {()}


def test_the_walk_meets_exactly_what_the_parser_finds_in_the_shipped_files() -> None:
    for text in [TRICKY, *(path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.toml"))]:
        assert walked(text) == set(inside(tomllib.loads(text)))


KEYS = st.one_of(
    st.sampled_from(["name", "about", "position", "kind", "colour", "helplines", "links", "unstaffed", "schedule"]),
    st.sampled_from(["rules", "verdicts", "allowed", "number", "address", "title", "zone", "guidelines", "cursing"]),
    st.sampled_from(GUIDELINES),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f"), max_size=6),
)
LEAVES = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(["open", "hold", "shared", "monday", "19:00", "UTC", "#123456", "https://example.org", "988"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f"), max_size=20),
    st.datetimes(),
    st.dates(),
    st.times(),
)
TABLES = st.dictionaries(
    KEYS, st.recursive(LEAVES, lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(KEYS, deeper, max_size=4))
)


def written(value: object) -> str:
    """A value as TOML; tables inline."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False)
        case list():
            return "[" + ", ".join(written(item) for item in value) + "]"
        case dict():
            return "{" + ", ".join(f"{written(key)} = {written(item)}" for key, item in value.items()) + "}"
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case _:
            return str(value)


@settings(deadline=None, max_examples=200)
@given(table=TABLES, room=st.booleans())
def test_any_table_loads_or_is_refused_and_its_keys_are_found(table: dict[str, object], room: bool) -> None:  # noqa: FBT001
    whole = {"name": "a", "about": "b", "position": 1, "kind": "shared"} | table if room else table
    text = "".join(f"{written(key)} = {written(value)}\n" for key, value in whole.items())
    assert walked(text) == set(inside(tomllib.loads(text)))
    assert [line_of(text, (key,)) for key in whole] == list(range(1, len(whole) + 1))
    with tempfile.TemporaryDirectory() as spot:
        folder = Path(spot)
        (folder / "_all.toml").write_text(ALL, encoding="utf-8")
        file = folder / ("lounge.toml" if room else "_all.toml")
        file.write_text(text, encoding="utf-8", newline="")
        error = refusal(folder)
        assert error is None or error.file in (file, folder)


TEXTS = [path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.toml"))]
SCRAPS = st.one_of(
    st.sampled_from(
        ['"""', "'''", "[", "]]", "{", "}", "=", "\n[rules]\n", "\nname = 1\n", "\\", "#", ",", '"', "\r\n"]
    ),
    st.sampled_from(
        ["\n[[links]]\n", "\n[rules.verdicts]\n", "\nunstaffed = []\n", "\nposition = 2024-01-32\n", "\x00"]
    ),
    st.text(max_size=5),
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from([*TEXTS, TRICKY]))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + draw(SCRAPS) + text[end:]
    return text


@settings(deadline=None, max_examples=300)
@given(text=mutated(), name=st.sampled_from(["lounge.toml", "_all.toml"]), coding=st.sampled_from(["utf-8", "utf-16"]))
def test_a_mutated_file_loads_or_is_refused_and_nothing_else(text: str, name: str, coding: str) -> None:
    with tempfile.TemporaryDirectory() as spot:
        folder = Path(spot)
        (folder / "_all.toml").write_text(ALL, encoding="utf-8")
        (folder / "lounge.toml").write_text(ROOM, encoding="utf-8")
        (folder / name).write_bytes(text.encode(coding, "surrogatepass"))
        error = refusal(folder)
        assert error is None or error.file == folder / name
        assert error is None or error.line is None or 1 <= error.line <= text.count("\n") + 1

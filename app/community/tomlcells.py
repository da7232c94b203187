"""TOML that people write by hand, read strictly: every value knows where it stands, so every complaint can say it.

The standard parser keeps no lines. `line_of` finds one afterwards, only when there is something to complain of, by
walking a text which the parser has accepted; so it need not check anything, only tell strings from structure.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from app.base.errors import RoomFileError

Spot: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file to a value: keys, and positions in arrays (from 0)."""

MOST_BYTES: Final = 65_536  # of one file; the longest shipped one has 5,000


class Cell(NamedTuple):
    """One value of a file, and where it stands. Each verb gives the value as asked for, or raises RoomFileError."""

    file: Path
    whole: str
    spot: Spot
    value: object

    def at(self, step: str | int, value: object = None) -> Cell:
        """The cell one step further in."""
        return self._replace(spot=(*self.spot, step), value=value)

    def wrong(self, what: str) -> RoomFileError:
        """The complaint about this cell; where it is missing, about the table that lacks it."""
        key = named(self.spot) if self.spot else None
        return RoomFileError(self.file, line_of(self.whole, self.spot), key, what)

    def table(self, needed: Collection[str], optional: Collection[str] = ()) -> dict[str, Cell]:
        """A table with all of the `needed` keys, perhaps some of the `optional`, and no other."""
        if not isinstance(self.value, dict):
            raise self.wrong("must be a table of keys and values")
        for key in self.value:
            if key not in needed and key not in optional:
                raise self.at(key).wrong(f"unknown key; known here: {', '.join((*needed, *optional))}")
        for key in needed:
            if key not in self.value:
                raise self.at(key).wrong("is missing")
        return {key: self.at(key, value) for key, value in self.value.items()}

    def items(self) -> list[Cell]:
        if not isinstance(self.value, list):
            raise self.wrong("must be a list")
        return [self.at(index, value) for index, value in enumerate(self.value)]

    def text(self, most: int) -> str:
        """1 to `most` characters. White space, line breaks included, counts as one space, so a text may be wrapped."""
        text = " ".join(self._string().split())
        if not 1 <= len(text) <= most:
            raise self.wrong(f"must have 1 to {most} characters, and has {len(text)}")
        if any(unicodedata.category(character) == "Cc" for character in text):
            raise self.wrong("has a control character in it")  # PostgreSQL stores no NUL, and no reader sees the others
        return text

    def shaped(self, shape: str, like: str) -> str:
        """A string that the pattern `shape` matches as a whole."""
        text = self._string()
        if not re.fullmatch(shape, text):
            raise self.wrong(f"must be {like}")
        return text

    def word(self, words: Collection[str], like: str | None = None) -> str:
        """One of `words`."""
        text = self._string()
        if text not in words:
            raise self.wrong(f"must be {like or 'one of ' + ', '.join(words)}")
        return text

    def number(self, most: int, least: int = 1) -> int:
        """A whole number from `least` to `most`."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or not least <= self.value <= most:
            raise self.wrong(f"must be a whole number from {least} to {most}")
        return self.value

    def _string(self) -> str:
        if not isinstance(self.value, str):
            raise self.wrong("must be text in quotes")
        return self.value


def read(file: Path) -> Cell:
    """The whole file as one cell. Raises RoomFileError where it is no file, cannot be read or is not TOML."""
    try:
        if not file.is_file():
            raise RoomFileError(file, None, None, "is not a file")
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise RoomFileError(file, None, None, f"cannot be read: {error.strerror}") from error
    if len(data) > MOST_BYTES:
        raise RoomFileError(file, None, None, f"is longer than {MOST_BYTES} bytes")
    try:
        whole = data.decode("utf-8-sig")  # some editors put a mark before the first letter
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RoomFileError(file, line, None, "is not UTF-8; save it as UTF-8 text") from error
    try:
        return Cell(file, whole, (), tomllib.loads(whole))
    except RecursionError as error:
        raise RoomFileError(file, None, None, "is nested too deeply") from error
    except ValueError as error:  # TOMLDecodeError is one; a number of thousands of digits raises another
        raise _unparsed(file, whole, str(error)) from error


def _unparsed(file: Path, whole: str, what: str) -> RoomFileError:
    """The parser tells its line in its message only; the key is what that line begins with, if it does."""
    told = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", what)
    if told is None:
        return RoomFileError(file, None, None, f"is not TOML: {what}")
    lines = whole.rstrip().split("\n")
    line = int(told[1]) if told[1] else len(lines)
    key = re.match(r"\s*([\w.-]+)\s*=", "".join(lines[line - 1 : line]))
    return RoomFileError(file, line, key[1] if key else None, f"is not TOML: {what[: told.start()]}")


def named(spot: Spot) -> str:
    """The spot as a person reads it: `helplines[0].number`, quoted where a key needs it."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{_quoted(step)}" for step in spot)
    return "".join(steps).removeprefix(".")


def _quoted(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)


def line_of(whole: str, spot: Spot) -> int:
    """The line, from 1, where `spot` stands in a text that is valid TOML.

    Where it does not stand, that of the innermost table or item around it that does; of the whole file, 1.
    A header or a key that names the spot itself goes before one that only passes through it.
    """
    line, best = 1, (0, False)
    for at, other in _Walk(whole).spots():
        shared = next((i for i, (a, b) in enumerate(zip(spot, other, strict=False)) if a != b), None)
        depth = min(len(spot), len(other)) if shared is None else shared
        if (depth, depth == len(other)) > best:
            line, best = at, (depth, depth == len(other))
    return line


_TOKEN: Final = re.compile(
    r'''
    [ \t\r]+ | \#[^\n]*                                 # passed over
    | (?P<token> """(?:\\[\s\S]|[^\\])*?""""{0,2}       # up to two quotes may stand before the closing three
               | \'\'\'[\s\S]*?\'\'\'\'{0,2}
               | "(?:\\.|[^"\\\n])*" | '[^'\n]*'
               | [\n\[\]{}=,]
               | [^\s\#"'\[\]{}=,]+ )                   # a bare key, a number, a date, a dot
    ''',
    re.VERBOSE,
)


class _Walk:
    """Once through a valid text, telling each key, header and item as it is met."""

    def __init__(self, whole: str) -> None:
        self._tokens: list[tuple[int, str]] = []
        line = 1
        for match in _TOKEN.finditer(whole):
            if match["token"]:
                self._tokens.append((line, match["token"]))
            line += match[0].count("\n")
        self._next = 0
        self._sizes: dict[Spot, int] = {}  # of each [[array]], so far

    def spots(self) -> Iterator[tuple[int, Spot]]:
        table: Spot = ()
        while self._next < len(self._tokens):
            line, mark = self._tokens[self._next]
            if mark == "\n":
                self._next += 1
            elif mark == "[":
                table = self._header()
                yield line, table
            else:
                yield from self._pair(table)

    def _header(self) -> Spot:
        """[a.b], or [[a.b]], which opens the next item; a step through an [[array]] means its newest item."""
        self._next += 1
        double = self._peek() == "["
        self._next += double
        spot: Spot = ()
        steps = _steps(self._until("]"))
        for depth, step in enumerate(steps, start=1):
            spot = (*spot, step)
            if double and depth == len(steps):
                self._sizes[spot] = self._sizes.get(spot, 0) + 1
            if spot in self._sizes:
                spot = (*spot, self._sizes[spot] - 1)
        self._next += 1 + double
        return spot

    def _pair(self, table: Spot) -> Iterator[tuple[int, Spot]]:
        line = self._tokens[self._next][0]
        spot = (*table, *_steps(self._until("=")))
        self._next += 1
        yield line, spot
        yield from self._value(spot)

    def _value(self, spot: Spot) -> Iterator[tuple[int, Spot]]:
        opening = self._peek()
        if opening not in ("[", "{"):
            self._until("\n", ",", "]", "}")
            return
        self._next += 1
        size = 0
        while (token := self._peek()) not in ("]", "}"):
            if token in ("\n", ","):
                self._next += 1
            elif opening == "{":
                yield from self._pair(spot)
            else:
                yield self._tokens[self._next][0], (*spot, size)
                yield from self._value((*spot, size))
                size += 1
        self._next += 1

    def _peek(self) -> str:
        return self._tokens[self._next][1] if self._next < len(self._tokens) else "\n"

    def _until(self, *ends: str) -> str:
        """The tokens before the first of `ends`, put together."""
        start = self._next
        while self._next < len(self._tokens) and self._peek() not in ends:
            self._next += 1
        return "".join(token for _, token in self._tokens[start : self._next])


def _steps(key: str) -> list[str]:
    """The steps of a dotted key, unquoted by the parser itself."""
    steps, table = [], tomllib.loads(f"{key} = 0")
    while isinstance(table, dict):
        [(step, table)] = table.items()
        steps.append(step)
    return steps

"""Numbers as people write them when they mean a row of digits: 0131 496, five five five, double seven, 555-01eight4.

`rows` finds each row of digits in a folded text, with what stands between its groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_DIGITS: Final = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "cero": "0", "null": "0", "nul": "0",
    "one": "1", "uno": "1", "eins": "1", "two": "2", "dos": "2", "zwei": "2", "zwo": "2", "deux": "2",
    "three": "3", "tres": "3", "drei": "3", "trois": "3", "four": "4", "cuatro": "4", "vier": "4", "quatre": "4",
    "five": "5", "cinco": "5", "funf": "5", "cinq": "5", "six": "6", "seis": "6", "sechs": "6",
    "seven": "7", "siete": "7", "sieben": "7", "sept": "7", "eight": "8", "ocho": "8", "acht": "8", "huit": "8",
    "nine": "9", "nueve": "9", "neun": "9", "neuf": "9",
}  # fmt: skip
_TEENS: Final = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
_TENS: Final = {
    "twenty": "2", "thirty": "3", "forty": "4", "fifty": "5", "sixty": "6", "seventy": "7", "eighty": "8", "ninety": "9",
}  # fmt: skip
_TIMES: Final = {"double": 2, "triple": 3, "treble": 3}
_WORDS: Final = "|".join(sorted(("hundred", *_DIGITS, *_TEENS, *_TENS, *_TIMES), key=len, reverse=True))
_TOKEN: Final = re.compile(rf"(?<![a-z])[o\d]*\d[o\d]*(?![a-z])|\d+(?=o\b)|\d+|(?<![a-z])(?:{_WORDS})(?:s\b)?(?![a-z])")
_GAP: Final = re.compile(r"[\s().\-/,_+*:|~]{0,4}(?:(?:and )?then[\s,]{1,2}|and |dash |hyphen |space )?[\s(]?")
_BREAK: Final = re.compile(r"\.\s|\n")
_LONGEST_GAP: Final = 16


@dataclass(slots=True)
class Row:
    """Digits that belong together: `groups` as written, `places` of those, `gaps` between them.

    `spelled`: how many words stand for digits.
    """

    start: int
    end: int
    groups: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    spelled: int = 0

    @property
    def digits(self) -> str:
        return "".join(self.groups)

    def parts(self) -> Iterator[Row]:
        """The row, and where it is in digits, also without its first or its last group: room 12, 0131 496 0000."""
        yield self
        if not self.spelled and len(self.groups) > 1:
            for kept in (slice(1, None), slice(-1)):
                places = self.places[kept]
                yield Row(places[0][0], places[-1][1], self.groups[kept], places, self.gaps[kept])


def rows(text: str) -> Iterator[Row]:
    """Rows of digits, left to right, apart from each other. Linear in the length of the text."""
    row: Row | None = None
    reader = _Reader()
    for match in _TOKEN.finditer(text):
        gap = text[row.end : match.start()] if row else ""
        if row and not (len(gap) <= _LONGEST_GAP and _GAP.fullmatch(gap) and not _BREAK.search(gap)):
            if row.groups:
                yield row
            row, reader, gap = None, _Reader(), ""
        if row is None:
            row = Row(match.start(), match.end())
        row.end = match.end()
        reader.add(row, match, gap)
    if row and row.groups:
        yield row


class _Reader:
    """Remembers a "double" or a "sixty" until the next word."""

    def __init__(self) -> None:
        self.times = 1
        self.tens = False

    def add(self, row: Row, match: re.Match[str], gap: str) -> None:
        token = match.group()
        if token in _TIMES:
            self.times = _TIMES[token]
            return
        digits, spelled = self._read(row, token)
        if self.tens and len(digits) == 1 and spelled and digits != "0":
            row.groups[-1] = row.groups[-1][:-1] + digits
        elif digits:
            if row.groups:
                row.gaps.append(gap)
            row.groups.append(digits * self.times)
            row.places.append(match.span())
        row.spelled += spelled
        self.times, self.tens = 1, token in _TENS

    def _read(self, row: Row, token: str) -> tuple[str, int]:
        word = token if token in _DIGITS else token.removesuffix("s")
        if word in _DIGITS:
            return _DIGITS[word], 1
        if word in _TEENS:
            return _TEENS[word], 1
        if token in _TENS:
            return _TENS[token] + "0", 1
        if word == "hundred":
            if row.groups and len(row.groups[-1]) == 1:
                row.groups[-1] += "00"
            return "", 1
        return token.replace("o", "0"), 0

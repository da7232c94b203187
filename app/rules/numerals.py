"""Numbers as people write them when they mean a row of digits: 0131 496, five five five, double seven, 555-01eight4.

`rows` finds each row of digits in a folded text, with what stands between its groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from app.rules.numeral_words import BETWEEN, HEARD, HUNDREDS, TEENS, TENS, TIMES, UNITS

_TOKEN: Final = re.compile(r"\d+|[a-z]+")
_BREAK: Final = re.compile(r"(?<!\.)\.\s|[!?;…]\s|\n|\+")
_LOOSE: Final = re.compile(r"[,;:/]|\b(?:and|y|und|et)\b")
_NUMBER: Final = re.compile(r"\b(?:no|nr|num|tel|ph|cell|mob|call|text|flat|apt|unit|#)$")
"""A number may be glued to these."""

_LONGEST_GAP: Final = 26
_BETWEEN_WORDS: Final = 3
_AND: Final = frozenset({" ", "-", " y ", " e ", " und ", " et "})
_MANY: Final = frozenset("23456")
_WHOLE: Final = frozenset({7, 10, 11})
"""Digits of a telephone number that is complete: a word heard as one more digit does not belong to it."""

_KNOWN: Final = frozenset(
    {*UNITS, *(f"{word}s" for word in UNITS), *TEENS, *TENS, *TIMES, *HEARD, *HUNDREDS, *BETWEEN}
) - {"os", "uns", "unes", "unas"}
_TWO_DIGITS: Final = TEENS.keys() | TENS.keys()


class Group(NamedTuple):
    """Digits written together. `words`: how many words stand for them. `gap`: what parts them from those before."""

    digits: str
    start: int
    end: int
    words: int
    gap: str
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Groups of digits that belong together. `glued`: letters stand before it. `tail`: letters right behind it."""

    groups: tuple[Group, ...]
    glued: bool
    tail: str
    digits: str
    start: int
    end: int

    @classmethod
    def of(cls, groups: tuple[Group, ...], *, glued: bool = False, tail: str = "") -> Row:
        digits = groups[0].digits if len(groups) == 1 else "".join([group.digits for group in groups])
        return cls(groups, glued, tail, digits, groups[0].start, groups[-1].end)

    @property
    def spelled(self) -> int:
        return sum(group.words for group in self.groups)

    @property
    def gaps(self) -> list[str]:
        return [group.gap for group in self.groups[1:]]

    def part(self, first: int, last: int) -> Row:
        """The groups from `first` up to, not including, `last`."""
        whole = last >= len(self.groups)
        return Row.of(self.groups[first:last], glued=self.glued and first == 0, tail=self.tail if whole else "")

    def pieces(self) -> Iterator[Row]:
        """What commas and the like part in it; itself where there are none."""
        first = 0
        for at in range(1, len(self.groups)):
            if _LOOSE.search(self.groups[at].gap):
                yield self.part(first, at)
                first = at
        yield self.part(first, len(self.groups)) if first else self


def rows(text: str) -> Iterator[Row]:
    """Rows of digits, left to right, apart from each other. Linear in the length of the text."""
    reader = _Reader(text)
    for match in _TOKEN.finditer(text):
        token = match.group()
        if (
            token in _KNOWN
            or token[0] <= "9"
            or (token[0] in "oli" and reader.digit_like(token, match.start(), match.end()))
        ):
            yield from reader.add(token, match.start(), match.end())
        elif reader.groups:
            yield reader.close(token if match.start() == reader.end else "")
        elif reader.heard:
            reader.forget()
    if reader.groups:
        yield reader.close("")


class _Reader:
    """The row that is being read. Remembers a "double", a "sixty" or a "nine hundred" until the next word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.groups: list[Group] = []
        self.forget()

    def forget(self) -> None:
        self.heard: list[Group] = []
        self.end = -1
        self.times = 1
        self.between = 0
        self.open = ""
        self.glued = False

    def digit_like(self, token: str, start: int, end: int) -> bool:
        """Letters between digits that an eye takes for digits: 2o7, 8oo3, 2l2."""
        near = self.text[start - 1 : start].isdigit() and self.text[end : end + 1].isdigit()
        return (near and token in {"l", "i"}) or (not token.strip("o") and (near or bool(self.groups)))

    def close(self, tail: str) -> Row:
        groups = self.groups
        count = sum(len(group.digits) for group in groups)
        while len(groups) > 1 and (groups[-1].heard or groups[0].heard) and count - 1 in _WHOLE:
            groups.pop(-1 if groups[-1].heard else 0)
            count -= 1
        row = Row.of(tuple(groups), glued=self.glued, tail=tail)
        self.groups = []
        self.forget()
        return row

    def add(self, word: str, start: int, end: int) -> Iterator[Row]:
        if word in BETWEEN or (word == "o" and self.text[end : end + 1] == "'"):
            self.between += 1
            if not self.groups:
                self.heard = []
            return
        gap = self.text[self.end : start] if self.groups else ""
        if self.groups and (len(gap) > _LONGEST_GAP or self.between > _BETWEEN_WORDS or self._broken(word, gap)):
            yield self.close("")
            gap = ""
        if word in TIMES:
            self.times, self.open = TIMES[word], ""
            return
        if word in HEARD and word not in UNITS:
            if self.groups and not (gap == " " and (self.groups[-1].words or self.groups[-1].heard)):
                yield self.close("")
            self._hear(word, start, end)
            return
        self._number(word, start, end, gap)

    def _broken(self, token: str, gap: str) -> bool:
        """Whether a sentence ends there; digits that are said one by one may stand between full stops."""
        spoken = gap.strip() == "." and token in UNITS and self.groups[-1].words > 0
        return _BREAK.search(gap) is not None and not spoken

    def _hear(self, token: str, start: int, end: int) -> None:
        """Perhaps a digit: beside a spelled one only."""
        group = Group(HEARD[token], start, end, 0, " ", heard=True)
        if self.groups:
            self.groups.append(group)
            self.end, self.open = end, ""
        else:
            self.heard = [*self.heard[-2:], group] if self.heard and self.heard[-1].end == start - 1 else [group]

    def _number(self, token: str, start: int, end: int, gap: str) -> None:
        word = _singular(token)
        written = token[0] <= "9"
        digits = token if written else _value(word)
        if not self.groups:
            self._begin(start, written=written)
            gap = self.text[self.groups[-1].end : start] if self.groups else ""
        words = 0 if written or (not gap and not word.strip("oil")) else 1
        joined = self._joined(word, digits, gap, plural=word != token) if self.groups else None
        if joined:
            last = self.groups[-1]
            self.groups[-1] = last._replace(digits=joined, end=end, words=last.words + words)
        else:
            self.groups.append(Group(digits * self.times, start, end, words, gap))
        self.end, self.times, self.between = end, 1, 0
        self.open = _opened(word, digits)

    def _begin(self, start: int, *, written: bool) -> None:
        if not written and self.heard and self.heard[-1].end == start - 1:
            self.groups = [self.heard[0]._replace(gap=""), *self.heard[1:]]
        self.glued = (
            written
            and start > 0
            and self.text[start - 1].isalpha()
            and not _NUMBER.search(self.text, max(0, start - 6), start)
        )
        self.heard, self.between = [], 0

    def _joined(self, word: str, digits: str, gap: str, *, plural: bool) -> str | None:
        """The group before, where this only completes it: sixty-two, nine hundred and four, four zeros, 01eight4."""
        before = self.groups[-1].digits
        if word in HUNDREDS and len(before) == 1:
            return before + "00"
        if self.open == "tens" and word in UNITS and digits != "0" and gap in _AND:
            return before[:-1] + digits
        if self.open == "hundred" and ("and" in gap or (gap == " " and word in _TWO_DIGITS)):
            return before[:-2] + digits.zfill(2)
        if self.open == "hundreds" and gap == " " and word not in HUNDREDS and len(digits) < len(before):
            return before[: -len(digits)] + digits
        if self.open == "unit" and plural and gap == " " and before in _MANY:
            return digits * int(before)
        return before + digits if not gap else None


def _opened(word: str, digits: str) -> str:
    """What may still be completed: sixty (two), nine hundred (and four), seiscientos (doce), four (zeros)."""
    if word in TENS:
        return "tens"
    if word in HUNDREDS:
        return "hundred"
    if word in UNITS:
        return "unit"
    return "hundreds" if word in TEENS and digits.endswith("00") else ""


def _singular(token: str) -> str:
    """Zeros and fives are many of a digit; every other word is itself."""
    return token[:-1] if token.endswith("s") and token[:-1] in UNITS else token


def _value(word: str) -> str:
    if word in HUNDREDS:
        return "100"
    if word in TENS:
        return TENS[word] + "0"
    return UNITS.get(word) or TEENS.get(word) or {"l": "1", "i": "1"}.get(word) or "0" * len(word)

"""The ways in which one word can be written so that an eye still reads it.

With signs for letters, with punctuation inside, with gaps between its letters, in two pieces, with letters masked.
`parts` gives the plain words; `readings` what the odd places of a folded text may be read as. What the words mean is
no matter here. Everything is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

How = Literal["plain", "joined", "signs", "masked", "spelled"]

SIGNS: Final = "@$!|+(&¢£¥€"
_LETTER_FOR: Final = {
    "4": "a", "@": "a", "&": "a", "8": "b", "(": "c", "¢": "c", "3": "e", "€": "e", "6": "g", "9": "g", "1": "i",
    "!": "i", "|": "i", "£": "l", "0": "o", "5": "s", "$": "s", "7": "t", "+": "t", "2": "z", "¥": "u",
}  # fmt: skip
_FIRST: Final = str.maketrans(_LETTER_FOR)
_SECOND: Final = str.maketrans(_LETTER_FOR | {"1": "l", "!": "l", "|": "l", "¥": "y"})

PART: Final = re.compile(r"[^\W\d_]+")
_CHUNK: Final = re.compile(r"[\w!-/:-@\[-`{-~¢£¥€§°]+")
_RUN: Final = re.compile(rf"[\w{re.escape(SIGNS)}]+")
_INSIDE: Final = re.compile(r"[\"#%'*,\-./:;<=>?\[\\\]^_`{}~)°§]+")
_POSSESSIVE: Final = re.compile(r"'s?$")
_NO_LETTER: Final = re.compile(r"[\W_]")
_NO_MASK: Final = re.compile(r"[-.',/:;?\"]")
_FAINT: Final = re.compile(r"[a-z]{1,2}[-.]{1,2}(?:ck|t|nt|tch)(?:ing|ed|er|s|ty)?$")
_SPELLED: Final = re.compile(r"(?<!\w)[\w$@!+](?:(?:(?![$@!+])[^\w\n]|_){1,4}[\w$@!+](?!\w)){2,}")
_WORD_GAP: Final = re.compile(r"(?<=\S)[^\S\n]{2,}(?=\S)")
_SINGLE_GAP: Final = re.compile(r"(?<=\w)[^\w](?=\w)")
_EDGE: Final = "\"'()[]{}<>,.;:?`\\/!"
_LONGEST: Final = 120
"""Longer chunks (addresses, pasted code) are read part by part only."""


class Reading(NamedTuple):
    """`word` as read from `text[start:end]`; a masked word has `*` for each hidden letter."""

    word: str
    start: int
    end: int
    how: How


def readings(text: str) -> Iterator[Reading]:
    """What the odd places of a folded text may be read as; plain words are not among them."""
    for match in _CHUNK.finditer(text):
        chunk = match.group()
        if not chunk.isalpha() and not chunk.strip(_EDGE).replace("'", "").isalpha():
            yield from _mixed(chunk, match.start())
    yield from _spelled(text)


def plainly(text: str, start: int, end: int) -> Iterator[str]:
    """What the whole chunk around `text[start:end]` says when its punctuation is left out and its signs are letters."""
    left = start
    while left > max(0, start - _LONGEST) and not text[left - 1].isspace():
        left -= 1
    chunk = _CHUNK.match(text, left, end + _LONGEST)
    if chunk:
        joined = _INSIDE.sub("", chunk.group().strip(_EDGE))
        yield joined
        yield from _lettered(joined)


def _mixed(chunk: str, at: int) -> Iterator[Reading]:
    """A chunk with something else than letters in it."""
    core = _POSSESSIVE.sub("", chunk.strip(_EDGE))
    if not core or len(chunk) > _LONGEST:
        return
    start = at + chunk.index(core)
    joined = _INSIDE.sub("", core)
    if len(joined) != len(core):
        if joined.isalpha():
            yield Reading(joined, start, start + len(core), "joined")
        yield from (Reading(word, start, start + len(core), "signs") for word in _lettered(joined))
    yield from _signs(_POSSESSIVE.sub("", chunk), at)
    yield from _masked(chunk, at)


def _signs(chunk: str, at: int) -> Iterator[Reading]:
    """Runs of letters and signs: b!tch, sh1t, a$$."""
    for run in _RUN.finditer(chunk):
        typed = run.group()
        for tried in dict.fromkeys((typed, typed.rstrip("!|+(&1"), typed.lstrip(SIGNS + "0123456789"))):
            start = at + run.start() + (len(typed) - len(tried) if typed.endswith(tried) else 0)
            yield from (Reading(word, start, start + len(tried), "signs") for word in _lettered(tried))


def _lettered(run: str) -> Iterator[str]:
    """Letters for the signs; only for a run that mixes both."""
    first = run.translate(_FIRST)
    if first == run or not first.isalpha() or not any(map(str.isalpha, run)):
        return
    yield first
    second = run.translate(_SECOND)
    if second != first:
        yield second


def _masked(chunk: str, at: int) -> Iterator[Reading]:
    """Masked letters: f**k, sh#t, f---, and what is left at an edge: shi*, f***'s."""
    core = _POSSESSIVE.sub("", chunk.rstrip('.,;:?)"]}').rstrip("'")).lstrip("([{\"'<")
    if not core or not core[0].isalpha():
        return
    start = at + chunk.index(core)
    for tried in dict.fromkeys((core, core.rstrip("!*_~-"))):
        pattern = _NO_LETTER.sub("*", tried)
        if "*" in pattern and (not _NO_MASK.search(tried) or _FAINT.match(tried)):
            yield Reading(pattern, start, start + len(tried), "masked")


def _spelled(text: str) -> Iterator[Reading]:
    """Single letters with gaps: f u c k, s.h.i.t; two blanks among single ones part words."""
    for match in _SPELLED.finditer(text):
        start, typed = match.start(), match.group()
        for piece in _WORD_GAP.split(typed) if _SINGLE_GAP.search(typed) else [typed]:
            start = text.index(piece, start)
            letters = "".join(char for char in piece if char.isalnum() or char in "$@!+")
            for word in (letters, *_lettered(letters)):
                if word.isalpha():
                    yield Reading(word, start, start + len(piece), "spelled")
            start += len(piece)

"""The ways in which one word can be written so that an eye still reads it.

With signs for letters, with punctuation inside, with gaps between its letters, in two pieces, with letters masked.
`readings` says what the odd places of a folded text may be read as. What the words mean is no matter here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

How = Literal["plain", "joined", "signs", "masked", "spelled"]

LOOKED_AT: Final = 12_000
"""Folded characters in which odd readings are looked for. A message has 4,000 code points at most, and one folds to
three characters at most; so only a text longer than any message is, beyond this, read as plain words alone."""

SIGNS: Final = "@$!|+(&¢£¥€"
_LETTER_FOR: Final = {
    "4": "a", "@": "a", "&": "a", "8": "b", "(": "c", "¢": "c", "3": "e", "€": "e", "6": "g", "9": "g", "1": "i",
    "!": "i", "|": "i", "£": "l", "0": "o", "5": "s", "$": "s", "7": "t", "+": "t", "2": "z", "¥": "u",
}  # fmt: skip
_FIRST: Final = str.maketrans(_LETTER_FOR)
_SECOND: Final = str.maketrans(_LETTER_FOR | {"1": "l", "!": "l", "|": "l", "¥": "y", "6": "b"})
_DRAWN: Final = {
    "|_|": "u",
    "(_)": "u",
    "\\/\\/": "w",
    "\\/": "v",
    "/\\": "a",
    "|<": "k",
    "|)": "d",
    "()": "o",
    "|3": "b",
    "l3": "b",
    "1<": "k",
}
"""Letters drawn with several signs."""

PART: Final = re.compile(r"[^\W\d_]+")
_BLANK: Final = re.compile(r"\s")
_RUN: Final = re.compile(rf"[\w{re.escape(SIGNS)}]+")
_SIGNED: Final = re.compile(rf"[\d{re.escape(SIGNS)}]")
_ALL_SIGNS: Final = re.compile(r"@[$!(+|]|\$[!@(|]")
"""No price and no number: @$$ has no letter at all and is read all the same."""

_DRAWING: Final = re.compile("|".join(map(re.escape, _DRAWN)))
_WITHOUT: Final = str.maketrans("", "", "\"#%'*,-./:;<=>?[\\]^_`{}~)°§")
_EDGE: Final = "\"'()[]{}<>,.;:?`\\/!"
_FRINGE: Final = re.compile(r"^[^\w!-~¢£¥€]+|[^\w!-~¢£¥€]+$")
_PICTURE: Final = re.compile(r"[^\w?*]")
_MASKS: Final = str.maketrans(dict.fromkeys("~=+", "?") | dict.fromkeys("*#@%$^&!", "*"))
_PIECE: Final = re.compile(r"[^-.',/:;?\"]+")
_STRUCK: Final = re.compile(r"[a-z]{1,4}(?:[-.]{1,4}[a-z]{1,7}|-{2,6})$")
_SPELLED: Final = re.compile(r"(?<!\w)[\w$@!+](?:(?:(?![$@!+])[^\w\n]|_){1,4}[\w$@!+](?!\w)){2,}")
_NO_SPELLED_LETTER: Final = re.compile(r"(?![$@!+])[\W_]")
_WORD_GAP: Final = re.compile(r"(?<=\S)[^\S\n]{2,}(?=\S)")
_SINGLE_GAP: Final = re.compile(r"(?<=\w)[^\w](?=\w)")
_BROKEN: Final = re.compile(r"\w+(?:[^\w\s]{1,3}\w+)*[^\w\s]{0,3}")
_LONGEST: Final = 120
"""Longer chunks (addresses, pasted code, rows of dots) are read piece by piece."""


class Reading(NamedTuple):
    """`word` as read from `text[start:end]`.

    In a masked word `*` stands for a hidden letter; `?`, `_` and `-` for what hides one only perhaps: a sign, a line, a
    hyphen or a dot.
    """

    word: str
    start: int
    end: int
    how: How


def readings(text: str) -> Iterator[Reading]:
    """What the odd places of a folded text may be read as; plain words are not among them. Linear in its length."""
    text = text[:LOOKED_AT]
    seen: dict[str, tuple[Reading, ...]] = {}
    at = 0
    for chunk in _odd(text):
        at = text.index(chunk, at)
        if chunk not in seen:
            seen[chunk] = tuple(_mixed(chunk))
        for word, start, end, how in seen[chunk]:
            yield Reading(word, at + start, at + end, how)
        at += len(chunk)
    yield from _spelled(text)


def plainly(text: str, start: int, end: int) -> Iterator[str]:
    """What the whole chunk around `text[start:end]` says when its punctuation is left out and its signs are letters."""
    left = max(text.rfind(blank, max(0, start - _LONGEST), start) for blank in " \n\t")
    right = _BLANK.search(text, end, end + _LONGEST)
    joined = text[max(left + 1, start - _LONGEST, 0) : right.start() if right else end + _LONGEST]
    joined = joined.strip(_EDGE).translate(_WITHOUT)
    yield joined
    yield from _lettered(joined)


def _odd(text: str) -> Iterator[str]:
    """The chunks between blanks that hold something else than letters, but for what stands around any word."""
    for chunk in text.split():
        if chunk.isalpha():
            continue
        core = chunk.strip(_EDGE)
        if core.isalpha() or core.replace("'", "").isalpha() or (core.upper() == core and not _ALL_SIGNS.search(core)):
            continue
        if len(chunk) <= _LONGEST:
            yield chunk
        else:
            yield from (piece.group()[:_LONGEST] for piece in _BROKEN.finditer(chunk))


def _mixed(chunk: str) -> Iterator[Reading]:
    """The readings of one odd chunk, with places from its beginning."""
    core = chunk.strip(_EDGE)
    if not core.isascii():
        core = _FRINGE.sub("", core)
    core = core.removesuffix("'s").removesuffix("'")
    start = chunk.find(core)
    if not core or core.isalpha():
        return
    joined = core.translate(_WITHOUT)
    if len(joined) != len(core):
        if joined.isalpha():
            yield Reading(joined, start, start + len(core), "joined")
        else:
            yield from (Reading(word, start, start + len(core), "signs") for word in _lettered(joined))
    if _SIGNED.search(chunk):
        yield from _signs(chunk)
        if _DRAWING.search(core):
            drawn = _DRAWING.sub(lambda match: _DRAWN[match.group()], core)
            yield from (Reading(word, start, start + len(core), "signs") for word in (drawn, *_lettered(drawn)))
    yield from _masked(chunk)


def _signs(chunk: str) -> Iterator[Reading]:
    """Runs of letters and signs: b!tch, sh1t, a$$."""
    chunk = chunk.removesuffix("'s")
    for run in _RUN.finditer(chunk):
        typed = run.group()
        if typed.isalpha():
            continue
        for tried in dict.fromkeys((typed, typed.rstrip("!|+(&1"), typed.lstrip(SIGNS + "0123456789"))):
            start = run.start() + (len(typed) - len(tried) if typed.endswith(tried) else 0)
            yield from (Reading(word, start, start + len(tried), "signs") for word in _lettered(tried))


def _lettered(run: str) -> Iterator[str]:
    """Letters for the signs; only for a run that mixes both."""
    first = run.translate(_FIRST)
    if first == run or not first.isalpha() or (run.upper() == run and not _ALL_SIGNS.search(run)):
        return
    yield first
    second = run.translate(_SECOND)
    if second != first:
        yield second


def _masked(chunk: str) -> Iterator[Reading]:
    """Masked letters: f**k, sh#t, f---, ab-so-f***ing, and what is left at an edge: shi*, f***'s."""
    core = chunk.strip("\"'()[]{}<>,;:?!")
    if _STRUCK.match(core):
        start = chunk.index(core)
        yield Reading(core.replace(".", "-"), start, start + len(core), "masked")
    for piece in _PIECE.finditer(chunk):
        core = piece.group().rstrip(")]}").lstrip("([{<")
        if not core or core.isalpha() or not core[0].isalpha():
            continue
        start = piece.start() + piece.group().index(core)
        for tried in dict.fromkeys((core, core.rstrip("!*_~"))):
            if not tried.isalpha():
                pattern = tried.translate(_MASKS)
                pattern = pattern if pattern.isascii() else _PICTURE.sub("*", pattern)
                yield Reading(pattern, start, start + len(tried), "masked")


def _spelled(text: str) -> Iterator[Reading]:
    """Single letters with gaps: f u c k, s.h.i.t; two blanks among single ones part words."""
    for match in _SPELLED.finditer(text):
        start, typed = match.start(), match.group()
        for piece in _WORD_GAP.split(typed) if _SINGLE_GAP.search(typed) else [typed]:
            start = text.index(piece, start)
            letters = _NO_SPELLED_LETTER.sub("", piece)
            for word in dict.fromkeys((letters, letters.strip("0123456789$@!+"), *_lettered(letters))):
                if word.isalpha():
                    yield Reading(word, start, start + len(piece), "spelled")
            start += len(piece)

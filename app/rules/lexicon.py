"""Looking a word up among the curses: as it is, stretched, inside a longer word, among letters that stood alone.

Masked words are looked up in `masks`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from app.rules.company import INNOCENT, ONLY_WITH
from app.rules.curses import DISGUISED, IN_TWO, ROOTS, STRONG, UNDOUBLED
from app.rules.cuts import AMONG_LETTERS, CUT, IN_PARTS
from app.rules.slurs import SEVERE
from app.rules.spelling import PART

Tier = Literal["severe", "strong"]


@dataclass(frozen=True, slots=True)
class Curse:
    """A word of the lists. `runs`: how often each of its letters stands in a row."""

    word: str
    tier: Tier
    runs: tuple[int, ...]


_INNOCENT_REACH: Final = 16
_THRICE: Final = re.compile(r"(.)\1{2,}", re.DOTALL)
_REPEATED: Final = re.compile(r"([a-z])\1*(?=\1)")
_REPEATED_ANYWHERE: Final = re.compile(r"([^\W\d_])\1*(?=\1)")
_LATIN_PART: Final = re.compile(r"[a-z]+")
"""What `PART` finds in ASCII, in half the time."""

_LONGEST: Final = 120
"""Longer words are looked through for roots only."""

_SHORT: Final = 4
_SURELY: Final = 9
"""From this many letters in a row on, a word may have some doubled and others not: motherrfuker. Shorter ones may not:
collies are dogs."""


def squeezed(word: str) -> str:
    """Every letter once: shiiiit, shit."""
    return (_REPEATED if word.isascii() else _REPEATED_ANYWHERE).sub("", word)


def plain_curses(text: str) -> Iterator[tuple[Curse, int, int]]:
    """The curses among the plain words of a folded text, and those cut in two, with their places."""
    single = squeezed(text.replace("v", "u"))
    part = _LATIN_PART if text.isascii() else PART
    words = part.findall(text)
    once = words if single == text else part.findall(single)
    roots = bool(_ROOTS.find_matches_as_indexes(text) or _ROOTS.find_matches_as_indexes(single))
    if not (roots or "vv" in text or _known(words, once)):
        return
    before, before_end = "", -1
    for match, word, plain in zip(part.finditer(text), words, once, strict=True):
        curse = whole(word) if plain in _SINGLE or word in WORDS or "vv" in word else None
        if curse is None and roots and (len(word) >= UNDOUBLED or not word.isascii()):
            curse = rooted(word)
        if curse:
            yield curse, match.start(), match.end()
        if curse and curse.word not in ONLY_WITH:
            word = ""  # noqa: PLW2901  a whole curse is no half of the next one
        elif match.start() - before_end == 1 and (before + word in CUT or IN_TWO.get(before + word) == before):
            yield WORDS[before + word], before_end - len(before), match.end()
        before, before_end = word, match.end()


def _known(words: list[str], once: list[str]) -> bool:
    """Whether any of the words, or of the pairs side by side, may be a curse: seldom, so asked for all at once."""
    return not (
        WORDS.keys().isdisjoint(words)
        and _SINGLE.isdisjoint(once)
        and IN_PARTS.isdisjoint(map(str.__add__, words, words[1:]))
    )


def whole(word: str) -> Curse | None:
    """The curse that this word is, perhaps stretched, perhaps with v for u or w, and not one inside a longer word."""
    if len(word) > _LONGEST:
        return None
    curse = WORDS.get(word) or _stretched(word, squeezed(word), _SQUEEZED)
    if curse is None and "v" in word:
        curse = whole(word.replace("v", "u"))
        if curse is None and "vv" in word:
            return whole(word.replace("vv", "w"))
    return curse


def rooted(word: str) -> Curse | None:
    """The curse hidden in a longer word."""
    for reading in dict.fromkeys((word, _THRICE.sub(r"\1\1", word), squeezed(word))):
        for index, start, end in _ROOTS.find_matches_as_indexes(reading):
            if not covered(reading, start, end):
                return _ROOT_CURSES[index]
    return None


def disguised(word: str) -> Curse | None:
    """For a word with signs in the place of letters: also those that are mild when written plainly."""
    single = squeezed(word)
    if not (single in _SINGLE_DISGUISED or "v" in word or _SINGLE_ROOTS.find_matches_as_indexes(single)):
        return None
    curse = _DISGUISED.get(word) or _stretched(word, single, _SQUEEZED_DISGUISED) or whole(word)
    return curse or (rooted(word) if len(word) >= UNDOUBLED else None)


def spelled(letters: str) -> Curse | None:
    """The curse in letters that stood alone, among others that may not belong to it: u r a s h i t."""
    curse = whole(letters) or (_DISGUISED.get(letters) if len(letters) >= _SHORT else None)
    if curse:
        return curse
    single = squeezed(letters)
    for reading in dict.fromkeys((letters, _THRICE.sub(r"\1\1", letters), single)):
        for index, start, end in _SPELLED.find_matches_as_indexes(reading):
            if not covered(reading, start, end):
                return WORDS[_SPELLED_WORDS[index]]
    return None


def covered(text: str, start: int, end: int) -> bool:
    """Whether an innocent word lies over `text[start:end]`: the Scunthorpe test."""
    near = max(0, start - _INNOCENT_REACH)
    return any(
        near + match.start() < end and start < near + match.end()
        for match in INNOCENT.finditer(text[near : end + _INNOCENT_REACH])
    )


def _stretched(word: str, single: str, among: Mapping[str, Sequence[Curse]]) -> Curse | None:
    if len(single) == len(word) < UNDOUBLED:
        return None
    runs = _runs(word)
    for curse in among.get(single, ()):
        pairs = list(zip(runs, curse.runs, strict=True))
        if all(typed >= due for typed, due in pairs):
            return curse
        if len(single) >= UNDOUBLED and (len(single) == len(word) or len(single) >= _SURELY):
            return curse
    return None


def _runs(word: str) -> tuple[int, ...]:
    return tuple(len(list(run)) for _, run in groupby(word))


def _curses(words: Iterable[str], tier: Tier) -> dict[str, Curse]:
    return {word: Curse(word, tier, _runs(word)) for word in sorted(words)}


def _by_single(curses: Iterable[Curse]) -> dict[str, list[Curse]]:
    table: defaultdict[str, list[Curse]] = defaultdict(list)
    for curse in curses:
        table[squeezed(curse.word)].append(curse)
    return dict(table)


WORDS: Final = _curses(ONLY_WITH, "strong") | _curses(STRONG, "strong") | _curses(SEVERE, "severe")
_DISGUISED: Final = _curses(DISGUISED - SEVERE, "strong") | _curses(DISGUISED & SEVERE, "severe")
MASKABLE: Final = tuple(sorted((WORDS | _DISGUISED).values(), key=lambda curse: (len(curse.word), curse.word)))

_SQUEEZED: Final = _by_single(WORDS.values())
_SINGLE: Final = frozenset(squeezed(word.replace("v", "u")) for word in WORDS)
_SQUEEZED_DISGUISED: Final = _by_single(_DISGUISED.values())
_SINGLE_DISGUISED: Final = frozenset(_SQUEEZED) | frozenset(_SQUEEZED_DISGUISED)

_ROOT_WORDS: Final = tuple(
    dict.fromkeys((*ROOTS, *(single for root in ROOTS if len(single := squeezed(root)) >= UNDOUBLED)))
)
_ROOTS: Final = AhoCorasick(_ROOT_WORDS, matchkind=MatchKind.LeftmostLongest)
_SINGLE_ROOTS: Final = AhoCorasick(tuple(dict.fromkeys(map(squeezed, ROOTS))), matchkind=MatchKind.LeftmostLongest)
_ROOT_CURSES: Final = tuple(
    Curse(root, "severe" if root.startswith(("cunt", "nig", "fag")) else "strong", _runs(root)) for root in _ROOT_WORDS
)
_SPELLED_WORDS: Final = tuple(sorted(AMONG_LETTERS))
_SPELLED: Final = AhoCorasick(_SPELLED_WORDS, matchkind=MatchKind.LeftmostLongest)

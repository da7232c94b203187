"""Looking a word up among the curses: as it is, stretched, hidden inside a longer word, or with letters masked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from app.rules.company import INNOCENT, ONLY_WITH
from app.rules.curses import DISGUISED, ROOTS, SEVERE, SPLITTABLE, STRONG, UNDOUBLED
from app.rules.spelling import PART

Tier = Literal["severe", "strong"]


@dataclass(frozen=True, slots=True)
class Curse:
    """A word of the lists. `runs`: how often each of its letters stands in a row."""

    word: str
    tier: Tier
    runs: tuple[int, ...]


_SHORTEST_MASKED: Final = 4
_INNOCENT_REACH: Final = 16
_THRICE: Final = re.compile(r"(.)\1{2,}", re.DOTALL)
_DOUBLED: Final = re.compile(r"(.)\1+", re.DOTALL)
_LONGEST: Final = 40
"""Longer words are looked through for roots only."""


def squeezed(word: str) -> str:
    """Every letter once: shiiiit, shit."""
    return _DOUBLED.sub(r"\1", word)


def plain_curses(text: str) -> Iterator[tuple[Curse, int, int]]:
    """The curses among the plain words of a folded text, and those cut in two, with their places."""
    single = squeezed(text.replace("v", "u"))
    words = PART.findall(text)
    roots = bool(_ROOTS.find_matches_as_indexes(text) or _ROOTS.find_matches_as_indexes(single))
    if not (roots or _known(words, PART.findall(single))):
        return
    before, before_end = "", -1
    for match, once in zip(PART.finditer(text), PART.findall(single), strict=True):
        word = match.group()
        curse = whole(word) if word in _WORDS or once in _SINGLE else None
        if curse is None and roots and len(word) >= UNDOUBLED:
            curse = rooted(word)
        if curse:
            yield curse, match.start(), match.end()
        if curse and curse.word not in ONLY_WITH:
            word = ""
        elif before + word in SPLITTABLE and match.start() - before_end == 1:
            yield _WORDS[before + word], before_end - len(before), match.end()
        before, before_end = word, match.end()


def _known(words: list[str], once: list[str]) -> bool:
    """Whether any of the words, or of the pairs side by side, may be a curse: seldom, so asked for all at once."""
    return not (
        _WORDS.keys().isdisjoint(words)
        and _SINGLE.isdisjoint(once)
        and SPLITTABLE.isdisjoint(map(str.__add__, words, words[1:]))
    )


def whole(word: str) -> Curse | None:
    """The curse that this word is, perhaps stretched, perhaps with v for u, and not one inside a longer word."""
    if len(word) > _LONGEST:
        return None
    curse = _WORDS.get(word) or _stretched(word, _SQUEEZED)
    return whole(word.replace("v", "u")) if curse is None and "v" in word else curse


def rooted(word: str) -> Curse | None:
    """The curse hidden in a longer word."""
    for reading in dict.fromkeys((word, _THRICE.sub(r"\1\1", word), squeezed(word))):
        for index, start, end in _ROOTS.find_matches_as_indexes(reading):
            if not covered(reading, start, end):
                return _ROOT_CURSES[index]
    return None


def spelled(letters: str) -> Curse | None:
    """The curse in letters that stood alone, among others that may not belong to it: u r a s h i t."""
    curse = whole(letters)
    if curse:
        return curse
    for reading in dict.fromkeys((letters, _THRICE.sub(r"\1\1", letters), squeezed(letters))):
        for index, start, end in _SPELLED.find_matches_as_indexes(reading):
            if not covered(reading, start, end):
                return _WORDS[_SPELLED_WORDS[index]]
    return None


def disguised(word: str) -> Curse | None:
    """For a word with signs in the place of letters: also those that are mild when written plainly."""
    curse = _DISGUISED.get(word) or _stretched(word, _SQUEEZED_DISGUISED) or whole(word)
    return curse or (rooted(word) if len(word) >= UNDOUBLED else None)


def covered(text: str, start: int, end: int) -> bool:
    """Whether an innocent word lies over `text[start:end]`: the Scunthorpe test."""
    near = max(0, start - _INNOCENT_REACH)
    return any(
        near + match.start() < end and start < near + match.end()
        for match in INNOCENT.finditer(text[near : end + _INNOCENT_REACH])
    )


def masked(pattern: str) -> Curse | None:
    """The curse that a word with `*` for some letters stands for. Masks in a row may be one too few or too many."""
    exact = _MASKED.get(pattern)
    if exact or "*" not in pattern or len(pattern) > _LONGEST:
        return exact
    close = _MASKED_RUNS.get(_STARS.sub("*", pattern))
    return close[0] if close and abs(pattern.count("*") - close[1]) <= 1 else None


_STARS: Final = re.compile(r"\*+")


def _stretched(word: str, among: Mapping[str, Sequence[Curse]]) -> Curse | None:
    single = squeezed(word)
    if len(single) == len(word) < UNDOUBLED:
        return None
    runs = _runs(word)
    for curse in among.get(single, ()):
        if len(single) >= UNDOUBLED or all(typed >= due for typed, due in zip(runs, curse.runs, strict=True)):
            return curse
    return None


def _runs(word: str) -> tuple[int, ...]:
    return tuple(len(list(run)) for _, run in groupby(word))


def _curses(words: Iterable[str], tier: Tier) -> dict[str, Curse]:
    return {word: Curse(word, tier, _runs(word)) for word in sorted(words)}


_WORDS: Final = _curses(ONLY_WITH, "strong") | _curses(STRONG, "strong") | _curses(SEVERE, "severe")
_DISGUISED: Final = _curses(DISGUISED, "strong")


def _by_single(curses: Iterable[Curse]) -> dict[str, list[Curse]]:
    table: defaultdict[str, list[Curse]] = defaultdict(list)
    for curse in curses:
        table[squeezed(curse.word)].append(curse)
    return dict(table)


_SQUEEZED: Final = _by_single(_WORDS.values())
_SINGLE: Final = frozenset(squeezed(word.replace("v", "u")) for word in _WORDS)
_SQUEEZED_DISGUISED: Final = _by_single(_DISGUISED.values())

_ROOT_WORDS: Final = tuple(
    dict.fromkeys((*ROOTS, *(single for root in ROOTS if len(single := squeezed(root)) >= UNDOUBLED)))
)
_ROOTS: Final = AhoCorasick(_ROOT_WORDS, matchkind=MatchKind.LeftmostLongest)
_ROOT_CURSES: Final = tuple(
    Curse(root, "severe" if root.startswith(("cunt", "nig", "fag")) else "strong", _runs(root)) for root in _ROOT_WORDS
)
_SURE_AMONG_LETTERS: Final = frozenset("fuck shit cunt slut twat wank jizz phuk".split())
_SPELLED_WORDS: Final = tuple(
    sorted(
        word
        for word in SPLITTABLE
        if word in _SURE_AMONG_LETTERS or (len(word) > _SHORTEST_MASKED and not word.startswith("mf"))
    )
)
_SPELLED: Final = AhoCorasick(_SPELLED_WORDS, matchkind=MatchKind.LeftmostLongest)

_MASKABLE: Final = re.compile(
    r"(?:mother|bull|dumb|dip|clusterf|jack|horse|ass|dick|cock|douche)?"
    r"(?:f?[fu]?uck|shit|cunt|bitch|nigg|faggot|twat|wank|slut|whore|bastard|asshole|arsehole|bollock|pussy|dick|prick"
    r"|piss|cock|head|ass|bag|hole|suck|retard|mierda|puta|joder|pendej|cabron|merde|arse)"
    r"(?:s|es|balls|ed|er|ers|ing|in|y|ty|ter|ters|ting|head|heads|hole|holes|face|ass|sucker|suckers|a|as)?$"
)
"""The words that people mask; of the rest, patterns with a star would fit too many innocent ones."""


def _mask_tables() -> tuple[dict[str, Curse], dict[str, tuple[Curse, int]]]:
    """Patterns with one `*` a letter, and with one `*` a run, which say how long the run ought to be."""
    exact: dict[str, Curse] = {}
    runs: dict[str, tuple[Curse, int]] = {}
    for curse in sorted((_DISGUISED | _WORDS).values(), key=lambda curse: len(curse.word)):
        word = curse.word
        if len(word) < _SHORTEST_MASKED or not _MASKABLE.match(word):
            continue
        for start in range(1, len(word)):
            exact.setdefault(f"{word[:start]}*{word[start + 1 :]}", curse)
            for end in range(start + 1, len(word)):
                exact.setdefault(word[:start] + "*" * (end - start) + word[end:], curse)
                runs.setdefault(f"{word[:start]}*{word[end:]}", (curse, end - start))
    return exact, runs


_MASKED, _MASKED_RUNS = _mask_tables()
_MASKED |= {
    start + stars: _WORDS[word]
    for start, word in (("f", "fuck"), ("fu", "fuck"), ("s", "shit"), ("sh", "shit"), ("cu", "cunt"), ("bit", "bitch"))
    for stars in ("**", "***", "****")
}

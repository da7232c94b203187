"""Cursing: profanity in whatever spelling; never anatomy, names, places or mild words.

The lists are `curses`, the company they keep `company`, the ways of writing `spelling`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple, assert_never

from app.rules.book import Book
from app.rules.company import ACCENTED, CAPITALISED, INNOCENT_WHOLE, ONLY_WITH, SIDE_BY_SIDE, keeps_bad_company
from app.rules.curses import DISGUISED, SPLITTABLE
from app.rules.draft import Draft
from app.rules.folding import Folded
from app.rules.lexicon import Curse, Tier, covered, disguised, masked, plain_curses, spelled, squeezed, whole
from app.rules.spelling import Reading, plainly, readings
from app.rules.verdict import Finding, Span

_TIERS: Final[tuple[Tier, ...]] = ("severe", "strong")
_WHY: Final[dict[Tier, str]] = {
    "severe": "This word can hurt people deeply, and children and worried families read here too.",
    "strong": "We understand; some days deserve strong words. Children and worried families read here too.",
}
_SOFT: Final = "•••"
_ENOUGH: Final = 200
"""So many words are pointed at; a text with more of them is stopped just the same."""
_LONGEST_SUGGESTION: Final = 4_000
_LAST_WORD: Final = re.compile(r"(\w+) $")
_FIRST_WORD: Final = re.compile(r"^ (\w+)")
_SPELT_WITH_DIGITS: Final = 4
"""Shorter words need a sign: a$$ is one, the A55 is a road."""
_SIGN: Final = re.compile(r"[^\w\s]")
_READ_AS_A: Final = "@"
_JOINABLE: Final = frozenset(map(squeezed, SPLITTABLE))
_NEAR: Final = 24


class _Found(NamedTuple):
    span: Span
    tier: Tier


def look(draft: Draft, folded: Folded, book: Book) -> Iterator[Finding]:
    """At most one finding a tier, severe first, each with all its words."""
    found = _apart(sorted(_found(folded, book)))
    softer = _softened(draft.text, [each.span for each in found])
    for tier in _TIERS:
        spans = tuple(each.span for each in found if each.tier == tier)
        if spans:
            yield Finding("cursing", tier, "no-cursing", _WHY[tier], spans, softer)


def _found(folded: Folded, book: Book) -> Iterator[_Found]:
    count = 0
    for curse, reading in _read(folded.text):
        if _meant(curse, reading, folded) and not _allowed(curse, reading, folded, book):
            yield _Found(folded.span(reading.start, reading.end), curse.tier)
            count += 1
            if count == _ENOUGH:
                return


def _read(text: str) -> Iterator[tuple[Curse, Reading]]:
    for curse, start, end in plain_curses(text):
        yield curse, Reading(text[start:end], start, end, "plain")
    for reading in readings(text):
        curse_or_none = _curse(reading)
        if curse_or_none:
            yield curse_or_none, reading


def _curse(reading: Reading) -> Curse | None:
    match reading.how:
        case "plain":
            return whole(reading.word)
        case "joined":
            return whole(reading.word) if squeezed(reading.word) in _JOINABLE else None
        case "signs":
            return disguised(reading.word)
        case "masked":
            return masked(reading.word)
        case "spelled":
            return spelled(reading.word)
        case _:
            assert_never(reading.how)


def _meant(curse: Curse, reading: Reading, folded: Folded) -> bool:
    """The cheap questions first: a text may hold thousands of words that are curses in some company."""
    start, end = reading.start, reading.end
    source = folded.source[slice(*folded.span(start, end))]
    if reading.how == "signs" and len(curse.word) < _SPELT_WITH_DIGITS and not _SIGN.search(source):
        return False
    if reading.how == "masked" and _READ_AS_A in source and curse.word.startswith("piss"):
        return False
    if source in CAPITALISED or ACCENTED.get(curse.word, "") not in unicodedata.normalize("NFC", source.lower()):
        return False
    sure = reading.how == "masked" or (
        reading.how == "signs" and (curse.word in DISGUISED or curse.word not in ONLY_WITH)
    )
    if not sure and not keeps_bad_company(curse.word, folded.text, start, end):
        return False
    return tuple(reading.word.split(" ")) not in SIDE_BY_SIDE and not _inside_innocent(folded.text, reading)


def _inside_innocent(text: str, reading: Reading) -> bool:
    """An innocent word is still innocent when it is cut in two or holds signs: shiit ake, s.cunthorpe, shiit4ke."""
    if covered(reading.word, 0, len(reading.word)):
        return True
    before = "".join(_LAST_WORD.findall(text[max(0, reading.start - _NEAR) : reading.start]))
    after = "".join(_FIRST_WORD.findall(text[reading.end : reading.end + _NEAR]))
    whole_words = (before + reading.word, reading.word + after, *plainly(text, reading.start, reading.end))
    return any(INNOCENT_WHOLE.fullmatch(squeezed(word)) for word in whole_words)


def _allowed(curse: Curse, reading: Reading, folded: Folded, book: Book) -> bool:
    return bool(book.allowed) and not book.allowed.isdisjoint(
        {curse.word, reading.word, folded.text[reading.start : reading.end]}
    )


def _apart(found: list[_Found]) -> list[_Found]:
    """Overlapping readings of one place become one, with the more serious tier."""
    apart: list[_Found] = []
    for each in found:
        if apart and each.span[0] < apart[-1].span[1]:
            last = apart.pop()
            tier: Tier = "severe" if "severe" in (last.tier, each.tier) else "strong"
            apart.append(_Found((last.span[0], max(last.span[1], each.span[1])), tier))
        else:
            apart.append(each)
    return apart


def _softened(text: str, spans: list[Span]) -> str | None:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], _SOFT]
        at = end
    softer = "".join([*pieces, text[at:]])
    return softer if len(softer) <= _LONGEST_SUGGESTION else None

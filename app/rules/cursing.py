"""Cursing: profanity in whatever spelling; never anatomy, names, places or mild words.

The lists are `slurs`, `curses` and `curses_abroad`, the company they keep `company`, the ways of writing `spelling`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple, assert_never

from app.rules.book import Book
from app.rules.company import (
    INNOCENT_WHOLE,
    NOT_WITH,
    ONLY_WITH,
    SIDE_BY_SIDE,
    is_another_word,
    keeps_bad_company,
)
from app.rules.curses import DISGUISED
from app.rules.cuts import JOINABLE
from app.rules.draft import Draft
from app.rules.folding import Folded
from app.rules.language import Language, told
from app.rules.lexicon import Curse, Tier, covered, disguised, plain_curses, spelled, squeezed, whole
from app.rules.masks import masked
from app.rules.spelling import Reading, plainly, readings
from app.rules.verdict import Finding, Span

_TIERS: Final[tuple[Tier, ...]] = ("severe", "strong")
_WHY: Final[Mapping[Tier, Mapping[Language, str]]] = {
    "severe": {
        "en": "This word can hurt people deeply, and children and worried families read here too.",
        "es": "Esta palabra puede doler mucho a otras personas, y aquí también leen niños y familias preocupadas.",
    },
    "strong": {
        "en": "We understand; some days deserve strong words. Children and worried families read here too.",
        "es": "Te entendemos: hay días que piden palabras fuertes. Aquí también leen niños y familias preocupadas.",
    },
}
_SOFT: Final = "•••"
_ENOUGH: Final = 200
"""So many words are pointed at; a text with more of them is stopped just the same."""
_PATIENCE: Final = 150
"""So many words that are curses in some company only are weighed, a few µs each. Nobody needs more of them in one
message, so the next one counts as a curse."""
_CONSIDERED: Final = 1_000
"""So many places are considered at all; a message of 4,000 code points has no room for more."""
_LONGEST_SUGGESTION: Final = 4_000
_LAST_WORD: Final = re.compile(r"(\w+) $")
_FIRST_WORD: Final = re.compile(r"^ (\w+)")
_SPELT_WITH_DIGITS: Final = 4
"""Shorter words need a sign: a$$ is one, the A55 is a road."""
_SIGN: Final = re.compile(r"[^\w\s]")
_READ_AS_A: Final = "@"
_JOINABLE: Final = frozenset(map(squeezed, JOINABLE))
_NEAR: Final = 24


class _Found(NamedTuple):
    span: Span
    tier: Tier


def look(draft: Draft, folded: Folded, book: Book) -> Iterator[Finding]:
    """At most one finding a tier, severe first, each with all its words."""
    found = _apart(sorted(_found(folded, book)))
    if not found:
        return
    softer = _softened(draft.text, [each.span for each in found])
    for tier in _TIERS:
        spans = tuple(each.span for each in found if each.tier == tier)
        if spans:
            yield Finding("cursing", tier, "no-cursing", told(_WHY[tier], folded), spans, softer)


def _found(folded: Folded, book: Book) -> Iterator[_Found]:
    count = weighed = 0
    for curse, reading in islice(_read(folded.text), _CONSIDERED):
        weighed += curse.word in ONLY_WITH or curse.word in NOT_WITH
        meant = weighed > _PATIENCE or _meant(curse, reading, folded)
        if meant and not _allowed(curse, reading, folded, book):
            yield _Found(folded.span(reading.start, reading.end), curse.tier)
            count += 1
            if count == _ENOUGH or weighed > _PATIENCE:
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
    """The cheap questions first: a text may hold hundreds of words that are curses in some company."""
    start, end = reading.start, reading.end
    source = folded.source[slice(*folded.span(start, end))]
    if reading.how == "signs" and len(curse.word) < _SPELT_WITH_DIGITS and not _SIGN.search(source):
        return False
    if reading.how == "masked" and _READ_AS_A in source and curse.word.startswith("piss"):
        return False
    if is_another_word(curse.word, source):
        return False
    if not (_sure(curse, reading) or keeps_bad_company(curse.word, folded.text, start, end)):
        return False
    return not SIDE_BY_SIDE.fullmatch(folded.text, start, end) and not _inside_innocent(folded.text, reading)


def _sure(curse: Curse, reading: Reading) -> bool:
    """Whether the disguise alone says that a curse is meant, so that the company does not matter."""
    disguise = reading.how in {"signs", "spelled"}
    return reading.how == "masked" or (disguise and (curse.word in DISGUISED or curse.word not in ONLY_WITH))


def _inside_innocent(text: str, reading: Reading) -> bool:
    """An innocent word is still innocent when it is cut in two or holds signs: shiit ake, s.cunthorpe, shiit4ke."""
    if any(covered(word, 0, len(word)) for word in {reading.word, squeezed(reading.word)}):
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

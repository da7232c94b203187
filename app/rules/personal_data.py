"""Personal data that everyone could use: what reaches a person, where she lives, and the numbers by which she is known.

Each kind has a module of its own; here they are asked, where the text holds anything of theirs at all, and answered
for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, Literal

from app.rules.addresses import addresses
from app.rules.births import births
from app.rules.book import Book
from app.rules.draft import Draft
from app.rules.folding import Folded, fold
from app.rules.handles import SERVICES, handles
from app.rules.identity import identities
from app.rules.language import Language, told
from app.rules.numeral_words import NUMBER_WORDS
from app.rules.numerals import Row, rows
from app.rules.street_words import TELLING
from app.rules.streets import streets
from app.rules.streets_abroad import ONE_WORD, streets_abroad
from app.rules.telephones import telephones
from app.rules.verdict import Finding, Span

Level = Literal["identity", "home", "contact"]

_WHY: Final[Mapping[Level, Mapping[Language, str]]] = {
    "contact": {
        "en": "Anyone can read this room, so a number or an address written here can reach people you do not know. "
        "You can say that you would like to talk, and leave it out.",
        "es": "Cualquiera puede leer esta sala, así que un número o un correo escritos aquí pueden llegar a quien no "
        "conoces. Puedes decir que te gustaría hablar, sin ponerlo.",
    },
    "home": {
        "en": "Anyone can read this room, so an address written here tells people you do not know where somebody "
        "lives. You can name the town or the neighbourhood, and leave out the door.",
        "es": "Cualquiera puede leer esta sala, así que una dirección escrita aquí dice a quien no conoces dónde vive "
        "alguien. Puedes nombrar el pueblo o el barrio, sin poner la puerta.",
    },
    "identity": {
        "en": "Anyone can read this room, and with a number, a card or a full name and birth date somebody could pass "
        "for another person. Your team, insurer or bank will take it from you directly; here the question is enough.",
        "es": "Cualquiera puede leer esta sala, y con un número, una tarjeta o el nombre completo y la fecha de "
        "nacimiento alguien podría hacerse pasar por otra persona. Tu equipo, tu seguro o tu banco te lo piden "
        "directamente; aquí basta con la pregunta.",
    },
}
_BLANK: Final = "[…]"
_LONGEST_SUGGESTION: Final = 4_000
_LONGEST: Final = 8_000
"""Characters that are looked at: twice the longest message the socket takes."""

_MOST: Final = 60
"""So many places of a kind are looked up."""

_MANY: Final = 40
"""Nobody has so many in one message; a text without them would say nothing."""

_LEAST_DIGITS: Final = 5
_FEW: Final = 2
"""Digits with which neither a date (6 June 69) nor a postcode beside a house number can be written."""

_ROUNDS: Final = 3
_OVERLAPPING: Final = 3
_STOPS: Final = str.maketrans(dict.fromkeys("\n\t.,;:!?()[]{}<>\"'/*…-_+=#|~", " "))
_AT_WORDS: Final = frozenset(
    """
    at arroba arrobas arobase arobas malpa klammeraffe chiocciola aroba apenstaartje sobaka thing sign symbol circle tail curl
    """.split()
)
_DOT_WORDS: Final = frozenset(
    """
    dot punto punkt point ponto kropka stop period google gmail yahoo hotmail outlook icloud protonmail com org net example
    """.split()
)
_ALONE: Final = frozenset(
    "won tree fore address forge farm cottage barn rectory vicarage croft manor grange schoolhouse smithy".split()
)
"""An address without a digit in it: the old forge; won too for pine street."""

_BIRTH: Final = frozenset(
    """
    born dob birth birthdate birthday bday geboren geb nacida nacido nacio nacimiento cumple nee ne nato nata nascida
    nascido urodzona urodzony b d nineteen
    """.split()
)
_DATED: Final = re.compile(r"\d[./-]\d|\d (?:de )?[a-z]{3,9},? (?:del? )?\d|[a-z]{3} \d{1,2},? \d")

_NOT_A_NUMBER: Final = re.compile(
    r"(?=[\dhw$€£₹])(?:(?:https?://|www\.)\S+"
    r"|(?<![\d./-])\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d(?![\d]|[./-]\d)"
    r"|(?<![\d./-])(?:19|20)\d\d[./-]\d\d?[./-]\d\d?(?![\d]|[./-]\d)"
    r"|(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)"
    r"|[$€£₹]\s?\d[\d.,]*|(?<!\d)\d[\d.,]{0,15} ?(?:[$€£]|usd|eur|gbp|dollars?|euros?|pounds?|rupees)"
    r"|(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d))"
)


def look(draft: Draft, folded: Folded, book: Book) -> Iterator[Finding]:
    """One finding with all places; its level is the most telling kind."""
    found = _found(folded, book)
    if not found:
        return
    level = min(found.values(), key=("identity", "home", "contact").index)
    spans = _merged(folded.span(*place) for place in found)
    yield Finding(
        "personal-data", level, "respect", told(_WHY[level], folded), spans, _without(draft.text, spans, book)
    )


def _found(folded: Folded, book: Book) -> dict[tuple[int, int], Level]:
    """Places in the folded text; what one kind has found is no other's.

    Most texts hold nothing that any module would look at, and cost a few microseconds.
    """
    text = folded.text[:_LONGEST]
    if len(text) < len(folded.text):
        folded = Folded(folded.source, text, folded.starts)
    words = text.translate(_STOPS).split()
    known = frozenset(words)
    found: dict[tuple[int, int], Level] = {}
    if "@" in text or "(a)" in text or not (known.isdisjoint(_AT_WORDS) or known.isdisjoint(_DOT_WORDS)):
        _add(found, addresses(text, book.allowed), "contact")
    if not known.isdisjoint(SERVICES):
        _add(found, handles(text), "contact")
    written = sum(map(text.count, "0123456789"))
    spelled = 0 if known.isdisjoint(NUMBER_WORDS) else sum(word in NUMBER_WORDS for word in words)
    if written or spelled > 1 or not known.isdisjoint(_ALONE) or (spelled and _told_home(text, known)):
        _numbered(folded, book, found, written=written, known=known)
    return found


def _told_home(text: str, known: frozenset[str]) -> bool:
    """Whether anything speaks of a street or a home; a German street is one word."""
    return not known.isdisjoint(TELLING) or ONE_WORD.search(text) is not None


def _numbered(
    folded: Folded, book: Book, found: dict[tuple[int, int], Level], *, written: int, known: frozenset[str]
) -> None:  # fmt: skip
    """What is made of digits, in whatever spelling, and houses that have a name instead."""
    text = folded.text
    cleared = _cleared(text, [*found])
    digits = [*rows(cleared)]
    longest = max((len(row.digits) for row in digits), default=0)
    if sum(len(row.digits) for row in digits) >= _LEAST_DIGITS - 1:
        _add(found, identities(text, cleared, _free(digits, found)), "identity")
    if not known.isdisjoint(_BIRTH) or (written > _FEW and _DATED.search(text)):
        _add(found, births(folded), "identity")
    if longest > _LEAST_DIGITS:
        _add(found, telephones(text, _free(digits, found), book), "contact")
    if written > _FEW or _told_home(text, known):
        _add(found, streets(folded, _free(digits, found)), "home")
        _add(found, streets_abroad(folded, known), "home")


def _add(found: dict[tuple[int, int], Level], places: Iterator[tuple[int, int]], level: Level) -> None:
    found.update(dict.fromkeys(islice(places, _MOST), level))


def _free(digits: list[Row], found: Iterable[tuple[int, int]]) -> list[Row]:
    """The rows that nothing found so far covers."""
    places = sorted(found)
    return [row for row in digits if not _covered(row, places)] if places else digits


def _covered(row: Row, places: list[tuple[int, int]]) -> bool:
    """Whether one of the places (sorted; few overlap) lies over the row."""
    behind = bisect_left(places, (row.end, 0))
    return any(row.start < end for _, end in places[max(0, behind - _OVERLAPPING) : behind])


def _cleared(text: str, places: list[tuple[int, int]]) -> str:
    """The text with dates, prices, web addresses and the like blanked out, at the same length."""
    cleared = _NOT_A_NUMBER.sub(lambda match: "#" * len(match.group()), text)
    for start, end in places:
        cleared = cleared[:start] + "#" * (end - start) + cleared[end:]
    return cleared


def _merged(places: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted, overlapping ones as one."""
    merged: list[Span] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _without(text: str, spans: tuple[Span, ...], book: Book) -> str | None:
    """The author's text with the places blanked, and what then still stands out, too."""
    if len(spans) > _MANY:
        return None
    for _ in range(_ROUNDS):
        pieces, at = [], 0
        for start, end in spans:
            pieces += [text[at:start], _BLANK]
            at = max(at, end)
        text = "".join([*pieces, text[at:]])
        if len(text) > _LONGEST_SUGGESTION:
            return None
        folded = fold(text)
        spans = _merged(folded.span(*place) for place in _found(folded, book))
        if not spans:
            return text
    return None

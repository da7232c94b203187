"""Street addresses as they are written where the number stands behind the name, or the kind of street before it.

Spain and Latin America, Portugal and Brazil, France and Quebec, Germany, Austria, Switzerland, Poland, the Netherlands,
Italy; and houses that have a name instead of a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.rules.capitals import are_capital, cased
from app.rules.folding import Folded
from app.rules.numerals import rows

_SPANISH: Final = re.compile(
    r"\b(?P<kind>calle|c/|avda\.?|av\.?|avenida|pasaje|psje\.?|carrera|cra\.?|kra|cl\.?|diagonal|transversal|paseo"
    r"|plaza|privada|callejon|camino|ronda|travesia|urb\.?|urbanizacion"
    r"|rua|travessa|largo|praca|estrada|alameda|jiron|jr\.?)(?![a-z])\s?"
    r"(?P<name>(?:(?:de|del|la|las|los|el|do|da|dos|das|y|san|santa|sor|don|dona)\s){0,3}[\w'.-]{2,24}(?:\s(?:(?:de"
    r"|del|la|las|los|el|do|da|dos|das|y|con|sur|norte|este|oeste)\s){0,2}[\w'.-]{1,24}){0,4}?)"
    r",?\s(?:(?:numero|num\.?|n[o°º]?\.?|nro\.?|#|casa|altura"
    r"|al)\s?)?(?P<number>[a-z]?-?\d{1,5}(?:\s?-\s?\d{1,4})?[a-z]?)"
    r"(?=[\s]?(?:[,.;:!?)\n]|$|\d?[ªº]|[a-d]\b|bis\b|bajo|piso|puerta|ap(?:to|artamento)|dep(?:to|artamento)|timbre"
    r"|casa|colonia|esq|entre|interior|int\b|escalera|portal|de\s[a-z]+$))"
)
_SPANISH_NUMBERED: Final = re.compile(
    r"\b(?:calle|carrera|cra\.?|cl\.?|kra|diagonal|transversal|avenida|av\.?) ?\d{1,3} ?[a-z]?(?: sur| norte"
    r"| bis)? ?,?(?:(?:con|y|no\.?|n|numero|#|casa) ?(?:calle |carrera )?)[a-z]?-?\d{1,4}(?: sur"
    r"| norte)?(?: ?- ?\d{1,4})?"
)
_BLOCK: Final = re.compile(r"\b(?:mz|mza|manzana)\.? ?\w{1,4},? (?:villa|lote|lt|casa|solar) ?\w{1,4}\b")
_FRENCH: Final = re.compile(
    r"(?<!\w)\d{1,4}(?: ?bis| ?ter)?,? (?:rue|impasse|chemin|allee|quai|avenue|boulevard|bd|ruelle"
    r"|sentier) (?:(?:de|du|des|la|le|les|l'|d'|saint|sainte)[ '-]?){0,3}[\w'-]{2,24}"
)
_GERMAN: Final = re.compile(
    r"\b(?:(?:am|an der|in der|im|zum|zur|auf dem) )?(?:[a-z-]{3,24}(?:strasse|str\.?|weg|gasse|platz|allee|ufer|damm|chaussee|steig)|[a-z-]{3,24} (?:strasse"
    r"|str\.)) (?P<number>\d{1,4} ?[a-z]?\b|[a-z]+)"
)
_TURKISH: Final = re.compile(
    r"\b[a-z.]{3,24} (?:sok(?:ak|agi)?|cad(?:desi)?"
    r"|mah(?:allesi)?)\b\.?[a-z ,.]{0,24}no ?[:.]? ?\d{1,4}(?: daire ?\d+)?"
)
_TOLD: Final = re.compile(
    r"\bdireccion (?:[a-z]+ ){0,5}?(?:calle|callejon|avenida|av|pasaje|privada|camino"
    r"|colonia)(?: [\w'.-]{1,24}){1,6}? \d{1,5}\b"
)
_DUTCH: Final = re.compile(r"\b[a-z-]{3,24}(?:straat|laan|gracht|plein|kade|dijk) \d{1,4}[a-z]?\b")
_POLISH: Final = re.compile(r"\b(?:ul|al|os|pl)\. [a-z. -]{3,30}? \d{1,4}[a-z]?(?:[/-]\d{1,4})?\b")
_ITALIAN: Final = re.compile(
    r"\b(?:via|viale|piazza|corso|vicolo) (?P<name>[a-z'. ]{3,30}?),? \d{1,4}[a-z]?(?=[\s]?[,.;)\n]|$)"
)
_NAMED_HOUSE: Final = re.compile(
    r"\b(?:at|to|is|:|live in|lives in|write to)\s(?P<house>(?:the )?(?:[\w'-]{2,20} ){1,2}(?:cottage|forge|farm"
    r"|barn|rectory|vicarage|croft|lodge|manor|grange|bungalow|mill|schoolhouse|smithy))(?P<place>,? (?:in |near "
    r"|at |by )?[\w'-]{3,20}[^.\n]{0,40})"
)
_HOUSE: Final = re.compile(
    r"cottage|forge|farm|barn|rectory|vicarage|croft|lodge|manor|grange|bungalow|mill|schoolhouse|smithy"
)
_POST: Final = re.compile(
    r"\b(?:write|letter|letters|card|cards|post|postman|postcard|visit|visitors|send|parcel|knock|come|address|live"
    r"|lives|find me|welcome|usually in|i am at|i'?m at|we are at|we'?re at)\b"
)
_CODE: Final = re.compile(r",? [a-z]{1,2}\d(?:[a-z\d]? ?\d[abd-hjlnp-uw-z]{2}|[\dw] ?[ac-fhknpr-y\d]{4})\b")
_TOWN: Final = re.compile(r"(?P<house>(?:[\w'-]{2,20} ){1,2}[\w'-]{2,20}), (?P<town>[\w' -]{3,30})$")
_PLAIN: Final = frozenset(
    """
    hay tiene tenia que con por para hace hoy ayer me te se nos le les a en es son fue era estan esta unos unas mas
    menos veces como
    sin sobre hasta desde entre llevo llevamos van va vamos voy cada solo son antes despues cortada abajo arriba siempre
    """.split()
)
_SMALL: Final = frozenset({"de", "del", "la", "las", "los", "el", "the", "do", "da", "y", "di", "san"})
_HISPANIC: Final = frozenset(
    """
    calle c avda av avenida pasaje psje carrera cra kra cl diagonal transversal paseo plaza privada callejon camino
    ronda travesia urb urbanizacion
    mz mza manzana rua travessa largo praca estrada alameda jiron jr direccion
    """.split()
)
_OTHERS: Final = frozenset(
    "rue impasse chemin allee quai avenue boulevard bd ruelle sentier ul al os pl sok sokak sokagi cad caddesi mah mahallesi via viale piazza corso vicolo".split()
)
ONE_WORD: Final = re.compile(r"(?:strasse|str\.?|weg|gasse|platz|allee|ufer|damm|straat|laan|gracht|plein|kade) ")
"""Germanic street names are one word."""


def streets_abroad(folded: Folded, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Places (in the folded text) of such addresses. `words`: those of the text."""
    text = folded.text
    if not words.isdisjoint(_HISPANIC):
        yield from _hispanic(folded)
    if not words.isdisjoint(_OTHERS):
        for pattern in (_FRENCH, _POLISH, _TURKISH):
            yield from (match.span() for match in pattern.finditer(text))
        yield from (
            match.span() for match in _ITALIAN.finditer(text) if are_capital(folded, *match.span("name"), _SMALL)
        )
    if ONE_WORD.search(text):
        yield from (match.span() for match in _DUTCH.finditer(text))
        for match in _GERMAN.finditer(text):
            number = match["number"]
            if number[0].isdigit() or any(rows(number)):
                yield match.span()
    yield from _houses(folded)


def _hispanic(folded: Folded) -> Iterator[tuple[int, int]]:
    text = folded.text
    for match in _SPANISH.finditer(text):
        words = match["name"].split()
        named = _PLAIN.isdisjoint(words) or are_capital(folded, *match.span("name"), _SMALL)
        if (
            named
            and not words[-1].isdigit()
            and (
                match["kind"] not in {"plaza", "camino", "ronda", "largo", "paseo", "cl", "av"}
                or are_capital(folded, *match.span("name"), _SMALL)
            )
        ):
            yield match.span()
    for pattern in (_SPANISH_NUMBERED, _TOLD, _BLOCK):
        yield from (match.span() for match in pattern.finditer(text))


def _houses(folded: Folded) -> Iterator[tuple[int, int]]:
    text = folded.text
    if _HOUSE.search(text) and _POST.search(text):
        for match in _NAMED_HOUSE.finditer(text):
            if are_capital(folded, *match.span("house"), _SMALL) and _capital_town(folded, match):
                yield match.start("house"), match.end("place")
    for code in _CODE.finditer(text):
        town = _TOWN.search(text, max(0, code.start() - 90), code.start())
        if (
            town
            and are_capital(folded, *town.span("house"), _SMALL)
            and are_capital(folded, *town.span("town"), _SMALL)
        ):
            yield town.start(), code.end()


def _capital_town(folded: Folded, match: re.Match[str]) -> bool:
    town = cased(folded, *match.span("place"))
    return any(word[:1].isupper() for word in town.strip(", ").split()[:2])

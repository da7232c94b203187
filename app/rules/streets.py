"""Street addresses with a house number, as English-speaking countries write them, and post boxes.

A kind of street behind a number and a name; or a number with a flat, a named street or a postcode near it, and talk of
coming by. A road, a hospital, a room, a bus or a run of five miles is no address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from app.rules import given_names
from app.rules.capitals import are_capital
from app.rules.folding import Folded
from app.rules.numerals import Row
from app.rules.street_words import AT_HOME, BY, MAYBE, NO_NAME, NOT_HOME, NUMBERED, SHORT, SURE

_ENOUGH: Final = 3
_MOST_ROWS: Final = 300
_LONGEST_NUMBER: Final = 6
_SPOKEN_GROUPS: Final = 3
_KIND: Final = rf"{SURE}|{SHORT}|{MAYBE}"
_POINT: Final = r"(?:(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\.?\s)?"
_NEXT: Final = re.compile(
    rf"-?[a-h]?(?![a-z])(?P<comma>,?)\s{_POINT}(?P<words>(?:[\w'.-]{{1,24}}\s){{1,4}}[\w'-]{{1,24}})"
)
_NAME_WORD: Final = re.compile(r"\S+")
_ALSO: Final = re.compile(rf"[a-h]?\s{_POINT}(?:the\s)?((?:[\w'.-]{{2,24}}(?:\s|(?=,|\.|$))){{1,2}})")
_NUMBERED: Final = re.compile(
    rf"(?<![\w-])(?:(?P<home>{NUMBERED})|number|no\.?|nr\.?|num|numero|#|n[o°º])[\s:.#]{{0,2}}$"
)
_FLAT_BEFORE: Final = re.compile(r"\b(?:flat|flt|apt|apartment|apto|apartamento|unit|depto)\s[\w/-]{1,6},?\s$")
_TO: Final = re.compile(r"\b(?:to|at|is|out|in|on \w+)[\s,:]{1,2}$")
_YEAR: Final = re.compile(r"19\d\d|20[0-3]\d")
_STREET_BEFORE: Final = re.compile(
    rf"(?P<name>\b[\w'-]{{2,24}}\s)(?:{_KIND})\b[\s,.]{{0,2}}(?:that'?s |thats |it'?s |its |and |we'?re |the "
    rf"|house )?(?:number |no\.? ?|num |#|at )?$"
)
_STREET_AFTER: Final = re.compile(
    rf"[a-h]?,?\s(?:on|in|of|at)\s(?:the\s)?(?P<name>(?:[\w'-]{{2,24}}\s){{1,3}}?)(?:{_KIND})\b"
)
_STREET_NEAR: Final = re.compile(
    rf"(?P<name>\b[\w'-]{{2,24}}\s)(?:{_KIND})\b|\b(?:at|in|behind|near|opposite|opp|by|above|below|beside"
    rf"|past)\s(?P<mark>[\w'-]{{3,24}})|\b(?P<lane>road|lane|sector|phase|cross|gali)\s(?:no\.? ?)?\d"
)
_FLAT_AFTER: Final = re.compile(
    r"[a-h]?,?\s(?:flat|flt|apt|apartment|apto|apartamento|unit|dep(?:to|artamento)|dpto|daire|buzz(?:er)?|timbre"
    r"|casa)[\s#.]{1,2}(?:\d|[a-f]\b|one|two|three|four|five|six|seven|eight|nine|ten|uno|dos|tres)"
)
_AT_HOME: Final = re.compile(rf"\b(?:{AT_HOME})\b")
_BY: Final = re.compile(rf"\b(?:{BY})\b")
_NOT_HOME_BEFORE: Final = re.compile(rf"\b(?:{NOT_HOME})[\s,:#]{{0,2}}(?:no\.? |number )?$")
_NOT_HOME_AFTER: Final = re.compile(rf"[\s-]{{0,2}}(?:{NOT_HOME})\b")
_HOSPITAL: Final = re.compile(
    r"[\s,]{0,2}(?:\w+\s)?(?:hospital|clinic|surgery|health|medical|hospice|infirmary|cancer|consultants?|doctors?"
    r"|specialists?|shops?|nurses?|pharmac\w+|station|market|buses|bus|school|church)\b(?! (?:road|rd|street|st"
    r"|lane|ln|hill|row|close|terrace|avenue|ave|drive|approach|view)\b)"
)
_HOSPITAL_IS: Final = re.compile(
    r"\b(?:hospital|clinic|hospice|cent(?:er|re)|pharmacy|chemist|church|surgery|library|office)\b,?(?: (?:is|moved"
    r"|now|at|on|to|in|over|has|the)){1,3} $"
)
_POSTCODE: Final = re.compile(
    r"\b(?!t\d[a-d]? ?n\d)(?:[a-z]{1,2}\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{2}|[abceghj-nprstvxy]\d[a-z] ?\d[a-z]\d"
    r"|[a-z]\d[\dw] ?[ac-fhknpr-y\d]{4}"
    r"|(?:a[klrz]|c[aot]|d[ce]|fl|ga|hi|i[adln]|k[sy]|la|m[adeinost]|n[cdehjmvy]|o[hkr]|pa|ri|s[cd]|t[nx]|ut|v[at]"
    r"|w[aivy]),? \d{5}"
    r"|(?:vic|nsw|qld|tas|act|nt|sa|wa) \d{4})\b|, (?:[a-z]{3,20} ){0,2}[a-z]{3,20}[ -]{1,3}[1-8]\d{5}\b"
)
_HAS_BOX: Final = re.compile(r"box|postfach|apartado|apdo|postal")
_BOX: Final = re.compile(
    r"\b(?:p\.? ?o\.? ?box|post(?:al)? box|postfach|apartado(?: postal| de correos)?|apdo\.?|casella postale"
    r"|caixa postal|boite postale)[\s:#]{1,2}(?:n[o°º]?\.? ?|number )?(?:[a-z]-?)?\d(?:[\d ]{0,6}\d)?"
)
_HEARD: Final = re.compile(
    rf"\b(?:address|lives?|at|is) (?P<place>(?:(?:won|one|to|too|two|tree|for|fore|four|ate"
    rf"|eight) ){{2,4}}(?:[\w']{{2,24}} ){{1,2}}(?:{SURE}))\b"
)


def streets(folded: Folded, found: list[Row]) -> Iterator[tuple[int, int]]:
    """Places (in the folded text) of street addresses. `found`: the rows of digits, dates and prices left out."""
    text = folded.text
    if _HAS_BOX.search(text):
        yield from (match.span() for match in _BOX.finditer(text))
    yield from (match.span("place") for match in _HEARD.finditer(text))
    around = _Around(text)
    for row in found[:_MOST_ROWS]:
        place = _address(folded, row, around)
        if place:
            yield place


class _Around:
    """What the whole text says of somebody's home; looked up when the first number needs it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def home(self) -> int:
        """How much it speaks of coming by, 0 to 2."""
        return 2 if _AT_HOME.search(self.text) else int(_BY.search(self.text) is not None)

    @cached_property
    def coded(self) -> bool:
        """Whether a postcode stands somewhere."""
        return _POSTCODE.search(self.text) is not None


def _address(folded: Folded, row: Row, around: _Around) -> tuple[int, int] | None:
    text = folded.text
    if (
        row.glued
        or len(row.groups[-1].digits) >= _LONGEST_NUMBER
        or len(row.tail) > 1
        or _NOT_HOME_AFTER.match(text, row.end)
    ):
        return None
    listed = len(row.digits) > _LONGEST_NUMBER or any("," in gap for gap in row.gaps)
    first = row.groups[-1].start if listed else row.start
    before = text[max(0, first - 70) : first]
    if _HOSPITAL_IS.search(before) or _NOT_HOME_BEFORE.search(before):
        return None
    score, end = _behind(folded, row, before)
    if score >= _ENOUGH:
        return first, end
    flat = _FLAT_AFTER.match(text, row.end)
    written = [group.digits for group in row.groups if not group.words]
    apart = (
        len(written) >= _SPOKEN_GROUPS and all(len(digits) == 1 for digits in written) and set(row.gaps) <= {" ", ", "}
    )
    score += (2 if flat else 0) + apart + _said_before(folded, first, before)
    score += around.home
    score += 2 if 0 <= score < _ENOUGH and around.coded else 0
    if score < _ENOUGH:
        return None
    if end == row.end and not (flat or apart or around.coded or _named_near(folded, first, row.end)):
        return None
    return first, flat.end() if flat else max(end, row.end + len(row.tail))


def _behind(folded: Folded, row: Row, before: str) -> tuple[int, int]:
    """How surely a street's name follows (3: surely), and where it ends."""
    text = folded.text
    street = _street(text, row.end)
    if street:
        name, kind, end = street
        if _HOSPITAL.match(text, end):
            return -_ENOUGH, end
        if _street_name(text[slice(*name)].split()):
            return _surely(folded, name, kind, end, comma=text[row.end : name[0]].count(",") > 0), end
    also = _ALSO.match(text, row.end)
    few = row.spelled == len(row.digits) == 1 or _YEAR.fullmatch(row.groups[-1].digits)
    if also and not few and _capital_start(folded, also):
        told = _TO.search(before) is not None and len(row.groups[-1].digits) > 1
        return 1 + told, also.end(1)
    return 0, row.end


def _street(text: str, begin: int) -> tuple[tuple[int, int], str, int] | None:
    """(the name's place, the kind of street, where it ends) right behind a number."""
    match = _NEXT.match(text, begin)
    words = list(_NAME_WORD.finditer(text, match.start("words"), match.end("words"))) if match else []
    for at, word in enumerate(words[1:], start=1):
        if word.group() in _KINDS:
            last = at + 1 if at + 1 < len(words) and words[at + 1].group() in _KINDS else at
            return (words[0].start(), words[last - 1].end()), words[last].group(), words[last].end()
    return None


def _surely(folded: Folded, name: tuple[int, int], kind: str, end: int, *, comma: bool) -> int:
    capitals = are_capital(folded, *name)
    sure = _kind_of(kind)
    if capitals and not comma and (sure == 2 or are_capital(folded, end - len(kind), end)):  # noqa: PLR2004
        return 3
    if sure == 0 and not capitals:
        return 1
    return 2 if sure or not folded.text[slice(*name)].endswith("'s") else 0


def _kind_of(kind: str) -> int:
    """2: a street and nothing else. 1: a street's kind, shortened. 0: a word of other kinds too."""
    return 2 if kind in _SURE else 1 if kind in _SHORT else 0


_SURE: Final = frozenset(SURE.split("|"))
_SHORT: Final = frozenset(SHORT.split("|"))
_KINDS: Final = _SURE | _SHORT | frozenset(MAYBE.split("|"))


def _street_name(words: list[str]) -> bool:
    return (
        NO_NAME.isdisjoint(words)
        and words[0] not in given_names.NO_NAME
        and not any(word.strip(".'-").isdigit() for word in words)
    )


def _said_before(folded: Folded, first: int, before: str) -> int:
    """What stands right before or behind the number says that it is a home's: flat 3, number 4, Weavers Row, thirty one."""
    score = 0
    numbered = _NUMBERED.search(before)
    if numbered:
        score += 2 if numbered["home"] else 1
    elif _FLAT_BEFORE.search(before):
        score += 2
    street = _STREET_BEFORE.search(before)
    shift = first - len(before)
    if street and are_capital(folded, shift + street.start("name"), shift + street.end("name")):
        score += 1
    after = (
        _STREET_AFTER.match(folded.text, first + 1 + folded.text[first + 1 : first + 30].find(" "))
        if numbered
        else None
    )
    return score + (after is not None and are_capital(folded, *after.span("name")))


def _named_near(folded: Folded, first: int, end: int) -> bool:
    """Whether a street, a place or a landmark is named near a number that only a flat or a "number" announces."""
    for match in _STREET_NEAR.finditer(folded.text, max(0, first - 50), min(len(folded.text), end + 50)):
        if match["lane"]:
            return True
        name = match["name"] or match["mark"]
        if (
            name.strip() not in NO_NAME
            and name.strip() not in given_names.NO_NAME
            and are_capital(folded, *match.span("name" if match["name"] else "mark"))
        ):
            return True
    return False


def _capital_start(folded: Folded, match: re.Match[str]) -> bool:
    """Whether the first word behind the number is a name: a capital, and no word of another kind."""
    words = match[1].split()
    word = words[0].strip(".,")
    led = folded.text[match.start() : match.start(1)].endswith("the ")
    return (
        word not in given_names.NO_NAME
        and word not in NO_NAME
        and len(words) + led > 1
        and are_capital(folded, *match.span(1))
    )

"""Telephone numbers, in digits and in words, as several countries write them.

A row of digits is one when its form leaves no doubt, or when the words around it speak of calling. Never helplines,
switchboards described as such, doses, laboratory values, orders, hymns, scores, breathing exercises or countdowns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.rules.book import Book
from app.rules.helplines import described_as_public, is_public
from app.rules.numerals import Row

_SHORTEST, _LONGEST = 7, 15
"""Digits of a telephone number: a local one at least, ITU-T E.164 at most."""

_SPOKEN: Final = 5
"""Nobody writes so many digits in words by chance."""

_NEAR: Final = 10
_SPOKEN_LEAST: Final = 6
"""Digits of a number whose rest is said otherwise, where the words speak of calling."""

_BEFORE_LETTERS: Final = (6, 7)
"""Digits of 740-555-HATS."""

_MOST_GROUPS: Final = 32
_UNIT: Final = re.compile(
    r"\s?(?:mg|mcg|ug|g|kg|ml|l|iu|units?|mmol|cells?|x10|cm|mm|mb|gb|k|lbs?|pounds|bpm|days|weeks|months|years"
    r"|miles|steps"
    r"|people|calories|kcal|cc|millones|mil|dollars|pesos|euros?|rupees|naira|quid|bucks)\b|\s?%|\.\d"
)
_CALLING: Final = (
    r"call\w*|rings?|ringing|text\w*|txt|tex|msg|phone[ds]?|fone|telephone|tel|tlf|whats ?app|wh?atsap|wsp|wasap"
    r"|guasap|zap|mobiles?|mob|moby|cells?"
    r"|cell ?phone|landline|dial|fax|sms|signal|viber|telegram|g ?cash|cash ?app|zelle|venmo|bizum|nequi|daviplata"
    r"|pay ?maya|m-?pesa"
    r"|reach|contact\w*|line|direct|digits|hit|hmu|flash|bell|buzz|shout|numbers?|num|nmbr|extension|area code|imessage"
    r"|facetime|insta\w*|messages?|handy|telefon\w*|nummer|ruf\w*|anruf\w*|erreich\w*|portable|appel\w*|joindre"
    r"|numero|nr|no|n"
    r"|fijo|llam\w*|marca|marque|apunt\w*|telefono|fono|movil|celu\w*|cel|escrib\w*|consigna\w*|deposita\w*"
    r"|manda\w*|envi\w*|preguntar|contacto|pedidos"
    r"|ligar|liga|telemovel|fala|komork\w*|zadzwo\w*|tawag\w*|chiama\w*|cellulare"
)
_CUE_BEFORE: Final = re.compile(
    rf"\b(?:{_CALLING})\b[^\n]{{0,40}}$|\b(?:at|on|is|am|im|hes|shes|its|al|es el)[\s:,]{{1,2}}\(?\+?$"
)
_CUE_AFTER: Final = re.compile(
    r"[^\n.!?]{0,24}\b(?:call|ring|text|txt|whats ?app|fone|(?:is|that'?s|thats|it'?s|its) (?:my|me|his|her|our|mi"
    r"|the)\b"
    r"|(?:my|his|her|our|ma|mams?|mums?|moms?|dads?) (?:\w+ )?(?:cell|mobile|phone|fone|number|line)"
    r"|is (?:my|me|our|his|her)|any ?time|any (?:evening|morning|hour)|ask for|after (?:\d|six|seven|eight|the)"
    r"|if (?:you|u) (?:want|need)|evenings|mornings"
    r"|nights only|landline|leave a message|number|de noche|preguntar|llam\w+)\b"
)
_COUNTED: Final = re.compile(
    r"\b(?:order|tickets?|token|queue|tracking|parcel|case|model|batch|lot|study|trial|nct|ref|reference|invoice"
    r"|serial|seed|(?<!area )code|routes?"
    r"|flight|item|hymns?|psalms?|verses?|chapter|score[sd]?|won|lost|psa|ca ?\d*-?\d*|cea|afp|hcg|ldh|wbc|anc"
    r"|platelets?|neutrophils?|counts?|counted|steps|weight|temp|bp|pulse|breathe\w*|highway|channel|radio|pedido"
    r"|turno|ficha"
    r"|prior auth\w*|authori[sz]ation|pmid|isbn|doi|icd|orcid|isrctn|lottery|bingo)"
    r"(?:'s)?\W{0,3}(?:(?:no|numbers?|nr|num|id|is|are|was|were|of|from|at|came|back|went|says?|then|in|out|the|her"
    r"|his|my)\b\W{0,3}){0,5}[\W_]{0,3}$"
)
_PLACED: Final = re.compile(r"\b(?:room|bed|ward|part|page|level|floor|bay)\W{0,3}(?:no\.? ?|number )?$")
_DIALLED: Final = re.compile(r"0\d{2,5} ?/ ?\d{4}")
_PLUS: Final = re.compile(r"(?:\+|\bplus,?|\bmas|\bplus plus) ?\(?$")
_LETTERS: Final = re.compile(r"(?<![\w-])1?[\s.-]?\(?\d{3}\)?[\s.-]\d{3}[\s.-][a-z]{4}(?![\w-])")
_TIME: Final = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_KISSES: Final = re.compile(r"x*$|[a-z]{4,}$")
_NATIONAL: Final = re.compile(
    r"0[1-9]\d{7,10}|00[1-9]\d{8,13}|1?[2-9]\d{2}[2-9]\d{6}|[67]\d{8}|9[1-8]\d{7}|02\d{9}|[6-9]\d{9}|1[3-9]\d{9}"
    r"|44[1-9]\d{9}"
)
_GROUPED: Final = re.compile(
    r"1?[ ]?[2-9]\d\d [2-9]\d\d \d{4}|[2-9]\d\d [2-9]\d{6}|0\d{1,4}(?: \d{2,8}){1,5}"
    r"|00[1-9]\d{0,2}(?: \d{1,8}){1,6}|0(?: \d){8,11}"
    r"|[5-9]\d\d(?: \d{3}){2}|[67]\d\d(?: \d\d){3}|9\d \d{3} \d\d \d\d|9\d\d(?: \d\d){3}|[1-9]\d [2-9]\d{3} \d{4}"
    r"|[6-9]\d{4} \d{5}|3\d\d \d{3} \d{4}"
    r"|1[3-9]\d \d{4} \d{4}|[1-9]\d 9\d{4} \d{4}|[6-9]\d{3} \d{3} \d{3}"
)
_SOMEBODY: Final = re.compile(
    r"\b(?:call|ring|text|txt|whats ?app|phone|reach|contact|message)s? (?:me|him|her|us|my \w+"
    r"|our \w+)(?: direct(?:ly)?)?(?: at| on| now)*:? ?\(?$"
)
_LONGEST_AT_HOME: Final = 12
_THOUSANDS: Final = 3
_IN_FULL: Final = 10
"""Digits of many a number with its area; nobody counts down so far who speaks of calling."""


def telephones(text: str, found: list[Row], book: Book) -> Iterator[tuple[int, int]]:
    """Places of telephone numbers in a folded text. `found`: its rows of digits, dates and prices left out."""
    for row in found:
        yield from _of_row(row, text, book)
    if not any(len(row.digits) in _BEFORE_LETTERS for row in found):
        return
    for match in _LETTERS.finditer(text):
        if _CUE_BEFORE.search(text[max(0, match.start() - 70) : match.start()]):
            yield match.span()


def _of_row(row: Row, text: str, book: Book) -> Iterator[tuple[int, int]]:
    """The row as one number; else what commas part in it; else all but its first or last group: room 12 0131 496 0000."""
    if row.glued and len(row.groups) > 1:
        row = row.part(1, len(row.groups))
    if row.glued or len(row.groups) > _MOST_GROUPS or not _KISSES.match(row.tail):
        return
    count = len(row.groups)
    trimmed = [row.part(1, count), row.part(0, count - 1)] if count > 1 else []
    pieces = [*row.pieces()]
    called = _SOMEBODY.search(text[max(0, row.start - 40) : row.start]) is not None
    if _allowed(row.digits, book) or any(_allowed(part.digits, book) for part in trimmed if not part.spelled):
        if called:
            yield _place(row, text)
        pieces = [piece for piece in pieces if not called and piece is not row and not _allowed(piece.digits, book)]
        trimmed = []
    elif _stops(row, text):
        yield _place(row, text)
        return
    surely = [
        piece for piece in pieces if piece is not row and _surely(piece, text) and not _allowed(piece.digits, book)
    ]
    for part in surely or [part for part in trimmed if _surely(part, text)][:1]:
        yield _place(part, text)


def _place(part: Row, text: str) -> tuple[int, int]:
    before = text[max(0, part.start - 2) : part.start]
    return part.start - (len(before) - len(before.rstrip("+("))), part.end + len(part.tail)


def _surely(part: Row, text: str) -> bool:
    """For a part of a row: only in a form that leaves no doubt, or in words."""
    told = part.spelled > 0 and len(part.digits) >= _SHORTEST
    abroad = _PLUS.search(text, max(0, part.start - _NEAR), part.start) is not None
    return _stops(part, text) and (told or abroad or _national(part))


def _allowed(digits: str, book: Book) -> bool:
    """Nobody's own: a helpline, a freephone number, or one that the book allows."""
    return is_public(digits) or not book.numbers.isdisjoint({digits, digits.lstrip("0")})


def _stops(row: Row, text: str) -> bool:
    count = len(row.digits)
    if (
        not (_SPOKEN_LEAST if row.spelled else _SHORTEST) <= count <= _LONGEST
        or _clock(row)
        or _UNIT.match(text, row.end)
    ):
        return False
    before = text[max(0, row.start - 70) : row.start]
    if _counting(row) and not (count == _IN_FULL and _CUE_BEFORE.search(before)):
        return False
    if _PLUS.search(before):
        return count > _SHORTEST
    if _COUNTED.search(before) or described_as_public(text, row.start, row.end):
        return False
    if _PLACED.search(before) and not _national(row):
        return False
    return _is_telephone(row, before, text)


def _is_telephone(row: Row, before: str, text: str) -> bool:
    cued = bool(_CUE_BEFORE.search(before) or _CUE_AFTER.match(text[row.end : row.end + 60]))
    if row.spelled:
        if len(row.digits) < _SHORTEST:
            return cued and row.spelled >= _SPOKEN
        return cued or (row.spelled >= _SPOKEN and _spoken_digits(row) >= _SPOKEN) or _national_digits(row.digits)
    if any("," in gap or "/" in gap or ":" in gap for gap in row.gaps):
        dialled = _DIALLED.match(text, row.start) is not None
        return cued and (dialled or (_national_digits(row.digits) and len(row.groups) <= _SPOKEN))
    return _national(row) or (cued and _plain(row))


def _spoken_digits(row: Row) -> int:
    """Digits that were said one by one, or doubled."""
    return sum(len(group.digits) for group in row.groups if group.words == 1 and len(set(group.digits)) == 1)


def _national_digits(digits: str) -> bool:
    return _NATIONAL.fullmatch(digits) is not None


def _national(row: Row) -> bool:
    """A form that some country gives to telephone numbers and nothing else here has."""
    if len(set(row.gaps)) == 1 and row.gaps[0] == "." and all(len(group.digits) == _THOUSANDS for group in row.groups):
        return False
    single = sum(len(group.digits) == 1 for group in row.groups)
    if len(row.groups) == 1 or 2 * single > len(row.groups):
        return _national_digits(row.digits) and not any("," in gap for gap in row.gaps) and _plain(row)
    return (
        _plain(row)
        and _GROUPED.fullmatch(" ".join(group.digits for group in row.groups)) is not None
        and (_SHORTEST + 1 < len(row.digits) <= _LONGEST_AT_HOME or row.digits.startswith("00"))
    )


def _plain(row: Row) -> bool:
    """Not a list of decimals, and not all round figures."""
    gaps = row.gaps
    dots = sum(gap.strip() == "." for gap in gaps)
    if dots == len(gaps) == 1 and len(row.groups[0].digits) < _THOUSANDS:
        return False
    if dots and dots != len(gaps) - sum(")" in gap for gap in gaps):
        return False
    groups = [group.digits for group in row.groups]
    return not (groups[0] == "0" and gaps and gaps[0] == ".") and not (
        len(groups) > 1 and all(group.endswith("00") for group in groups)
    )


def _clock(row: Row) -> bool:
    """0530 0630 0730: times of the day."""
    return len(row.groups) > 1 and all(_TIME.fullmatch(group.digits) for group in row.groups)


def _counting(row: Row) -> bool:
    """One, two, three … is breathing exercise or a countdown, not a number to call."""
    if len(row.groups) < _SHORTEST - 2:
        return False
    steps = {int(after.digits) - int(before.digits) for before, after in zip(row.groups, row.groups[1:], strict=False)}
    return steps in ({1}, {-1})

"""Personal data that everyone could use: telephone numbers and e-mail addresses, in digits and in words.

Never helplines and freephone numbers, doses, laboratory values, dates, times, prices, versions or web addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.rules.addresses import addresses
from app.rules.book import Book
from app.rules.draft import Draft
from app.rules.folding import Folded
from app.rules.numerals import Row, rows
from app.rules.verdict import Finding, Span

_WHY: Final = "Anyone can read this room, so a number or an address written here can reach people you do not know."
_BLANK: Final = "[…]"
_LONGEST_SUGGESTION: Final = 4_000

_SHORTEST, _LONGEST = 7, 15
"""Digits of a telephone number: a local one at least, ITU-T E.164 at most."""

_SPOKEN: Final = 5
"""Nobody writes so many digits in words by chance."""

_NOT_A_NUMBER: Final = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\d./-])\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d(?![\d]|[./-]\d)"
    r"|(?<![\d./-])(?:19|20)\d\d[./-]\d\d?[./-]\d\d?(?![\d]|[./-]\d)"
    r"|(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)"
    r"|[$€£₹]\s?\d[\d.,]*|(?<!\d)\d[\d.,]{0,15} ?(?:[$€£]|usd|eur|gbp|dollars?|euros?|pounds?|rupees)"
    r"|(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)"
    r"|(?<![a-z])[a-z]{2,12}[-:#]?\d{5,}|\b(?:nct|pmid|isbn|doi|icd|nhs|orcid)\b[\s:.#-]{0,3}(?:no\.? |number )?[\dx][\dx .-]*"
)
_UNIT: Final = re.compile(
    r"\s?(?:mg|mcg|µg|ug|g|kg|ml|l|iu|units?|mmol|cells?|x10|cm|mm|mb|gb|%|k|lbs?|pounds|bpm|days|weeks|months|years|"
    r"miles|steps|people|calories|kcal)\b|%"
)
_CUE_BEFORE: Final = re.compile(
    r"\b(?:call|ring|rings?|text|txt|phone|telephone|tel|whats ?app|mobile|mob|cell|landline|dial|fax|sms|signal|viber"
    r"|telegram|gcash|cash ?app|zelle|venmo|reach (?:me|us|him|her)|contact|direct line|my number|(?:his|her|our|their|the)"
    r" number is|number(?:'s| is|:)|hes at|he's at|shes at|she's at|llama\w*|telefono|movil|celular|numero|handy|telefon"
    r"|nummer|ruf\w*|anrufen|portable|appelle\w*|numero|joindre|at|imessage|facetime|insta\w*)\b[^\n]{0,40}$"
)
_CUE_AFTER: Final = re.compile(
    r"^[^\n.!?]{0,24}\b(?:call|ring|text|whats ?app|my (?:cell|mobile|phone|number)|is my (?:\w+ )?(?:cell|mobile|phone|number)"
    r"|any (?:time|evening)|ask for|after \d|if you want|evenings|nights only)\b"
)
_COUNTED: Final = re.compile(
    r"\b(?:order|ticket|case|claim|model|batch|lot|study|trial|ref|reference|invoice|serial|hospital|record|policy|"
    r"member|insurance|account|mrn|id|passport|route|flight|room|part|item|code|psa|ca ?\d*-?\d*|cea|afp|hcg|ldh|wbc|"
    r"platelets?|neutrophils?|count|score|steps)\W{0,3}(?:no|number|nr|num|id|is|was|were|'s|of|from|at|came back)*\W{0,3}$"
)
_FREEPHONE: Final = re.compile(
    r"(?:001|1)?8(?:00|33|44|55|66|77|88)\d{7}|(?:0044|44|0)(?:800|808|300|303|330|333|343|344|345)\d{4,8}"
    r"|0?116\d{3}|1800\d{6}|1300\d{6}|13\d{4}|1850\d{6}|0?800\d{5,8}|90[01]\d{6}|0?80[0-9]\d{6}|0?861\d{6}|741741|85258"
)
_DIALLED: Final = re.compile(r"0\d{2,5} ?/ ?\d{4}")
_LONGEST_AT_HOME: Final = 12
_NATIONAL: Final = re.compile(r"0[1-9]\d{7,10}|00[1-9]\d{8,13}|1?[2-9]\d{2}[2-9]\d{6}|[67]\d{8}|9[1-8]\d{7}|02\d{9}")
_GROUPED: Final = re.compile(
    r"1?[ ]?[2-9]\d\d [2-9]\d\d \d{4}|0\d{1,4}(?: \d{2,8}){1,5}|00[1-9]\d{0,2}(?: \d{1,8}){1,6}|0(?: \d){8,11}"
    r"|[679]\d\d(?: \d{3}){2}|[679]\d\d(?: \d\d){3}"
)


def look(draft: Draft, folded: Folded, book: Book) -> Iterator[Finding]:
    """One finding with all numbers and addresses. A plain number needs a telling form or words that speak of calling."""
    text = folded.text
    places = [*addresses(text, book.allowed)]
    if sum(map(text.count, "0123456789")) or _SPELLED.search(text):
        places += [(row.start, row.end) for row in _telephones(_cleared(text, places), text, book)]
    if not places:
        return
    spans = tuple(sorted(folded.span(*place) for place in places))
    yield Finding("personal-data", "contact", "respect", _WHY, spans, _without(draft.text, spans))


_SPELLED: Final = re.compile(r"\b(?:zero|oh|five|seven|nine|cinco|siete|null|cinq|sept)\b")


def _cleared(text: str, places: list[tuple[int, int]]) -> str:
    """The text with dates, prices, web addresses and the like blanked out, at the same length."""
    cleared = _NOT_A_NUMBER.sub(lambda match: "#" * len(match.group()), text)
    for start, end in places:
        cleared = cleared[:start] + "#" * (end - start) + cleared[end:]
    return cleared


def _telephones(cleared: str, text: str, book: Book) -> Iterator[Row]:
    for whole in rows(cleared):
        parts = list(whole.parts())
        if any(_public(part.digits, book) for part in parts):
            continue
        row = whole if _stops(whole, text) else next((part for part in parts[1:] if _surely(part, text)), None)
        if row:
            before = text[max(0, row.start - 2) : row.start]
            row.start -= len(before) - len(before.rstrip("+("))
            yield row


def _public(digits: str, book: Book) -> bool:
    """Nobody's own: a helpline, a freephone number, or one that the book allows."""
    return _FREEPHONE.fullmatch(digits) is not None or not book.numbers.isdisjoint({digits, digits.lstrip("0")})


def _stops(row: Row, text: str) -> bool:
    if not _SHORTEST <= len(row.digits) <= _LONGEST or _counting(row) or _UNIT.match(text, row.end):
        return False
    return _is_telephone(row, text)


def _surely(part: Row, text: str) -> bool:
    """For a part of a row: only with a form that leaves no doubt."""
    return _stops(part, text) and _national(part)


def _is_telephone(row: Row, text: str) -> bool:
    before = text[max(0, row.start - 70) : row.start]
    if _COUNTED.search(before) and not before.endswith("+"):
        return False
    if before.rstrip(" (").endswith("+") or re.search(r"\bplus,? $", before):
        return True
    if row.spelled:
        return row.spelled >= _SPOKEN or _cue(row, before, text) or _NATIONAL.fullmatch(row.digits) is not None
    if any("," in gap or "/" in gap or ":" in gap for gap in row.gaps):
        return _DIALLED.match(text, row.start) is not None and _cue(row, before, text)
    return _national(row) or (_cue(row, before, text) and _plain(row))


def _national(row: Row) -> bool:
    """A form that some country gives to telephone numbers and nothing else here has."""
    if len(row.groups) == 1:
        return _NATIONAL.fullmatch(row.digits) is not None
    return (
        _plain(row)
        and _GROUPED.fullmatch(" ".join(row.groups)) is not None
        and (_SHORTEST + 1 < len(row.digits) <= _LONGEST_AT_HOME or row.digits.startswith("00"))
    )


def _plain(row: Row) -> bool:
    """Not a list of decimals, and not all round figures."""
    dots = sum("." in gap for gap in row.gaps)
    if dots and dots != len(row.gaps) - sum(")" in gap for gap in row.gaps):
        return False
    return not (row.groups[0] == "0" and len(row.groups) > 1 and row.gaps[0] == ".") and not (
        len(row.groups) > 1 and all(group.endswith("00") for group in row.groups)
    )


def _cue(row: Row, before: str, text: str) -> bool:
    return bool(_CUE_BEFORE.search(before) or _CUE_AFTER.search(text[row.end : row.end + 50]))


def _counting(row: Row) -> bool:
    """One, two, three … is breathing exercise or a countdown, not a number to call."""
    if len(row.groups) < _SHORTEST - 2:
        return False
    steps = {int(after) - int(before) for before, after in zip(row.groups, row.groups[1:], strict=False)}
    return steps in ({1}, {-1})


def _without(text: str, spans: tuple[Span, ...]) -> str | None:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], _BLANK]
        at = max(at, end)
    shorter = "".join([*pieces, text[at:]])
    return shorter if len(shorter) <= _LONGEST_SUGGESTION else None

"""Numbers that countries, hospitals, insurers and banks give to one person, and cards.

A telling word with a number behind it (or "… is my …" after it), or a form that has no other use, checked by its check
digits. In digits, letters and words. Never orders, tickets, rooms, trials, prices, doses, or a helpline's number.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from app.rules import check_digits
from app.rules.helplines import is_public
from app.rules.identity_words import CONNECTING, NO_CODE, STRONG, WEAK
from app.rules.numerals import Row

_CUE: Final = re.compile(rf"(?<![\w@])(?:(?P<strong>{STRONG})|(?P<weak>{WEAK}))(?![a-z])")
_REACH, _REACH_BACK = 110, 44
_STRONG_WORDS, _WEAK_WORDS = 15, 6
_STRONG_LEAST, _WEAK_LEAST = 5, 6
"""Digits of the shortest number behind a telling word, and behind one that has other uses."""

_SMALL_WORD: Final = 3
_CARD: Final = range(13, 20)
"""Digits of a payment card, by ISO/IEC 7812."""

_MOST_CUES: Final = 200
_DIALLED: Final = 10
"""Digits from which a free number is what was meant even behind a telling word."""

_WORD: Final = re.compile(r"[a-z]+")
_INSIDE: Final = re.compile(r"[\s\-/.,:]{0,3}(?:(?:letter |capital )?[a-z]{1,4}[\s\-/.,]{0,3}){0,2}")
_LETTERED: Final = re.compile(r"(?<![\w'])([a-z]{1,5})[\s/.-]{0,2}$")
_TAIL: Final = re.compile(r"[\s-]?[a-z]{1,2}\b")
_CALLED: Final = re.compile(
    r"\b(?:call\w*|switchboard|lines?|desk|reception|rang|ring\w*|phone\w*|tel|whats ?app|text\w*|helpline|hotline"
    r"|office|queue|token|order|ticket|room|bed|ward|page|trial|ext"
    r"|extension|psalm|hymn|paid|pays|pay|costs?|owe\w*|billed|bill|deduct\w*)\b"
)
_SENTENCE: Final = re.compile(r"[.?!]\s|\n")
_UNIT: Final = re.compile(
    r"\s?(?:mg|mcg|g|kg|ml|iu|units?|days|weeks|months|years|hours|miles|dollars|euros?|pounds|pesos|quid|pages)\b|\s?%"
)
_AFTER: Final = re.compile(
    r"[\s,.)(:;-]{0,4}(?:(?:is|are|was|es|ist|est|that'?s|thats|it'?s|its|this is|=|for|my|his|her|our|the|their|mi"
    r"|el|la|su|meine|on|as)[\s'(:]{1,2}){0,4}"
    r"(?:\w{2,10}(?:'s|s') )?$"
)


class _Chain(NamedTuple):
    """Rows of digits with at most a few letters between: 1EG4-TE5, K118 4420. `head`: where letters before them begin."""

    head: int
    start: int
    end: int
    digits: str
    letters: int
    groups: int


def identities(text: str, cleared: str, found: list[Row]) -> Iterator[tuple[int, int]]:
    """Places in a folded text. `found`: its rows of digits; `cleared`: the text without dates, times and prices."""
    if _FORMED.search(text):
        yield from (match.span(1) for match in _SORT_CODE.finditer(text))
        yield from _formed(text)
    for row in found:
        if len(row.digits) >= _CARD.start:
            yield from filter(None, map(_card, (row, *row.pieces())))
    chains: list[_Chain] = []
    for number, cue in enumerate(_CUE.finditer(text)):
        if number >= _MOST_CUES:
            return
        chains = chains or list(_chained(cleared, found))
        place = _after(cue, cleared, chains) or _before(cue, cleared, chains)
        if place:
            yield place


def _start(chain: _Chain) -> int:
    return chain.start


def _after(cue: re.Match[str], cleared: str, chains: list[_Chain]) -> tuple[int, int] | None:
    strong = cue["strong"] is not None
    for chain in chains[bisect_left(chains, cue.end(), key=_start) :]:
        between = cleared[cue.end() : chain.start]
        if chain.start - cue.end() > _REACH or not _connected(between, strong=strong):
            return None
        if _likely(chain, cleared, strong=strong):
            return (chain.head if chain.head >= cue.end() else chain.start), chain.end
    return None


def _before(cue: re.Match[str], cleared: str, chains: list[_Chain]) -> tuple[int, int] | None:
    at = bisect_left(chains, cue.start(), key=_start) - 1
    if at < 0 or not 0 < cue.start() - chains[at].end <= _REACH_BACK:
        return None
    chain = chains[at]
    between = cleared[chain.end : cue.start()]
    fits = _AFTER.match(between) and re.search(r"[a-z(=:]", between) and _likely(chain, cleared, strong=False)
    return (chain.head, chain.end) if fits else None


def _connected(between: str, *, strong: bool) -> bool:
    """Whether a number can be what the telling word announced."""
    if _CALLED.search(between):
        return False
    words = _WORD.findall(between)
    if strong:
        return len(words) <= _STRONG_WORDS and "?" not in between and "\n" not in between
    colon = between.rfind(":")
    if colon >= 0 and len(words) <= _WEAK_WORDS + 2:
        words = _WORD.findall(between[colon:])
    return (
        len(words) <= _WEAK_WORDS
        and not _SENTENCE.search(between)
        and all(word in CONNECTING or len(word) <= _SMALL_WORD for word in words)
    )


def _likely(chain: _Chain, cleared: str, *, strong: bool) -> bool:
    count = len(chain.digits)
    free = is_public(chain.digits) and (count >= _DIALLED or (not strong and count < _DIALLED - 1))
    if free or _UNIT.match(cleared, chain.end):
        return False
    if strong:
        return count >= _STRONG_LEAST or (count == _STRONG_LEAST - 1 and chain.letters > 0)
    return count >= _WEAK_LEAST or (count == _WEAK_LEAST - 1 and (chain.letters > 0 or chain.groups > 1))


def _chained(cleared: str, found: list[Row]) -> Iterator[_Chain]:
    """Rows with only a few letters between them as one, with the letters before and behind them."""
    at = 0
    while at < len(found):
        first = last = found[at]
        digits, groups, letters = first.digits, len(first.groups), 0
        while at + 1 < len(found) and _one_code(cleared[last.end : found[at + 1].start]):
            letters += any(map(str.isalpha, cleared[last.end : found[at + 1].start]))
            at += 1
            last = found[at]
            digits += last.digits
            groups += len(last.groups)
        head = _lettered(cleared, first.start)
        tail = _TAIL.match(cleared, last.end)
        end = tail.end() if tail and (tail.group().isalpha() or tail.group().strip(" -") not in NO_CODE) else last.end
        yield _Chain(head, first.start, end, digits, letters + (head < first.start) + (end > last.end), groups)
        at += 1


def _lettered(cleared: str, start: int) -> int:
    """Where the letters before a number begin, if they belong to it: K118, AXR 4471."""
    for _ in range(2):
        head = _LETTERED.search(cleared, max(0, start - 8), start)
        glued = head is not None and head.end(1) == head.end()
        if not head or (head[1] in NO_CODE and not glued):
            break
        start = head.start()
    return start


def _one_code(between: str) -> bool:
    if not between.isalpha() and not NO_CODE.isdisjoint(_WORD.findall(between)):
        return False
    return _INSIDE.fullmatch(between) is not None


def _card(row: Row) -> tuple[int, int] | None:
    """A payment card, in digits or words, that Luhn's check approves."""
    digits = row.digits
    if len(digits) not in _CARD or digits[0] not in "23456" or row.glued:
        return None
    listed = not row.spelled and any("," in gap for gap in row.gaps)
    return (row.start, row.end) if not listed and check_digits.luhn(digits) else None


_MBI: Final = "ac-hj-km-np-rt-y"
"""The letters of a US Medicare number."""

_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...]] = (
    (re.compile(r"(?<![\w-])\d{3}-\d\d-\d{4}(?![\w-])"), check_digits.ssn),
    (re.compile(r"(?<![\w-])[a-z]{2}\d\d(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,4})?(?![\w-])"), check_digits.iban),
    (re.compile(r"(?<![\w-])(?:\d{8}|[xyz]-?\d{7})[- ]?[a-z](?![\w-])"), check_digits.dni),
    (re.compile(r"(?<![\w-])[a-z]{4} ?\d{6} ?[hm] ?[a-z]{2} ?[a-z]{3} ?[a-z0-9]\d(?![\w-])"), bool),
    (re.compile(r"(?<![\w-])[a-z]{6}\d\d[a-z]\d\d[a-z]\d{3}[a-z](?![\w-])"), bool),
    (re.compile(rf"(?<![\w-])[1-9][{_MBI}][{_MBI}0-9]\d-?[{_MBI}][{_MBI}0-9]\d-?[{_MBI}]{{2}}\d\d(?![\w-])"), bool),
    (re.compile(r"(?<![\w-])[a-ceghj-pr-tw-z][a-ceghj-nprstw-z] ?\d\d ?\d\d ?\d\d ?[a-d](?![\w-])"), bool),
    (re.compile(r"(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d\d(?![\w-])"), check_digits.cpf),
    (re.compile(r"(?<![\w.-])\d{1,2}\.\d{3}\.\d{3}-[\dk](?![\w-])"), bool),
    (re.compile(r"(?<![\w.-])[2-9]\d{3} \d{4} \d{4}(?![\w-]| \d)"), check_digits.aadhaar),
    (re.compile(r"(?<![\w.-])(?:[01]\d\d \d{3}|\d{3} [01]\d\d) \d{4}(?![\w-]| \d)"), check_digits.nhs),
    (re.compile(r"(?<![\w.-])[2-6]\d{3}[ -]\d{5}[ -]\d(?![\w-])"), bool),
)  # fmt: skip
"""SSN, IBAN, DNI and NIE, CURP, codice fiscale, US Medicare, National Insurance, CPF, RUT, Aadhaar, NHS, AU Medicare."""

_SORT_CODE: Final = re.compile(r"\bsort ?code\W{1,3}(?:is )?(\d\d[- ]\d\d[- ]\d\d)(?!\d)")
_FORMED: Final = re.compile(
    r"\d\d-\d\d-\d\d|[a-z]\d[a-z\d]{2}|\d{3}[ .-]\d\d\d? ?[.-]?\d{2}|\d{8}|\d{4}[ -]\d{4}|[a-z] ?\d\d ?\d\d ?\d\d"
)
"""What each of these forms has in it somewhere."""

_FORM_GAPS: Final = re.compile(r"[ .-]")


def _formed(text: str) -> Iterator[tuple[int, int]]:
    """Forms that need no telling word."""
    for form, right in _FORMS:
        for match in form.finditer(text):
            if right(_FORM_GAPS.sub("", match.group())):
                yield match.span()

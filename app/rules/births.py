"""A full name together with a birth date: what banks and hospitals ask for. Either alone is nobody's secret here."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from app.rules.capitals import cased
from app.rules.folding import Folded
from app.rules.given_names import GIVEN, NO_NAME
from app.rules.numeral_words import HEARD, TEENS, TENS, UNITS

_MONTH: Final = (
    r"(?:jan(?:uary|vier|uar)?|feb(?:ruary|ruar)?|fev(?:rier)?|mar(?:ch|s|z)?|apr(?:il)?|avril|may|mai|june?|juni?"
    r"|juin|july?|juli?|juillet|aug(?:ust)?|aout"
    r"|sept?(?:ember|embre)?|oct(?:ober|obre)?|okt(?:ober)?|nov(?:ember|embre)?|dec(?:ember)?|dez(?:ember)?"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|setiembre|septiembre|octubre|noviembre|diciembre|janeiro"
    r"|fevereiro|marco|maio|junho|julho|setembro|outubro|novembro|dezembro)"
)
_NUMBERS: Final = "|".join(sorted({*UNITS, *TEENS, *TENS, *HEARD, "hundred", "and"}, key=len, reverse=True))
_SPOKEN: Final = rf"(?:(?:{_NUMBERS})\b[\s,-]{{0,2}}){{1,4}}"
_ORDINAL: Final = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w{3,7}teenth|twentieth"
    r"|thirtieth"
    r"|(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"
)
_DAY: Final = rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)?|{_ORDINAL})"
_YEAR: Final = r"(?:(?:19|20)\d\d|'?\d\d)"
_OF: Final = r"[\s,./-]{1,2}(?:of |o |de |del |of the )?"
_DATE: Final = re.compile(
    rf"(?<![\w./-])(?:\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?{_YEAR}|(?:19|20)\d\d[./-]\d\d?[./-]\d\d?"
    rf"|{_DAY}{_OF}{_MONTH}{_OF}{_YEAR}|{_MONTH}{_OF}{_DAY}{_OF}{_YEAR}|(?:19|20)\d\d {_MONTH} \d\d?"
    rf"|(?<=born )\d\d? \d\d? (?:19|20)?\d\d)(?![\w/]|[.-]\d)"
)
_SPOKEN_DATE: Final = re.compile(
    rf"(?<![\w./-])(?:(?:the )?{_DAY}{_OF}{_MONTH}[\s,]{{1,2}}(?:in )?(?=[a-z]){_SPOKEN}"
    rf"|{_MONTH} (?:the )?{_DAY}[\s,]{{1,2}}(?=[a-z]){_SPOKEN}|{_SPOKEN})"
)
_CUE: Final = (
    r"(?:born|d\.? ?o\.? ?b\.?|dob|date of birth|birth ?dates?|birth ?day|bday|b\.|geb\.?|geboren|nacid[oa]|nacio"
    r"|f\.? ?n\.?|fecha de nacimiento"
    r"|nee? le|ne\(e\) le|nat[oa] il|nascid[oa]|urodzon[ay]|ur\.|cumple|(?:s?he)(?:'s|s| is) the(?= \w+ of))"
)
_CUED: Final = re.compile(rf"\b{_CUE}(?=[\s:,(]|$)")
_NAME: Final = re.compile(
    r"[A-Z][\w'’-]*\.?(?:[ ]{1,2}(?:(?:de la|de los|del|de|da|dos|van der|van|von|der|bin|al|el|ibn|ter"
    r"|y)[ ])?[A-Z][\w'’-]*\.?){1,4}"
)
_WORD: Final = re.compile(r"[a-z]+")
_SENTENCE: Final = re.compile(r"(?<=[A-Za-z]{3})[.!] |[?\n]")
_NEAR_BEFORE, _NEAR_AFTER = 90, 60
_BESIDE_BEFORE, _BESIDE_AFTER = 40, 34
_CUE_BEFORE, _CUE_AFTER, _CUE_REACH = 30, 24, 60
"""Characters: how far a name, and a word of birth, may stand from the date."""

_FULL: Final = 3
"""Words that make a name where no word of birth and no known given name says so; and a date, where it is spelled."""

_OLD: Final = 2020
"""A date of a later year beside a name, with no word of birth, is an appointment."""


def births(folded: Folded) -> Iterator[tuple[int, int]]:
    """Places (in the folded text) of birth dates that stand with a full name."""
    text = folded.text
    cues = [match.span() for match in _CUED.finditer(text)]
    for date in _DATE.finditer(text):
        cue = _cue_of(cues, date.start(), date.end(), text)
        if _named(folded, date.start(), date.end(), cue):
            yield date.span()
    for start, end in cues:
        spoken = _SPOKEN_DATE.search(text, end, end + _CUE_REACH)
        if not spoken or len(_WORD.findall(spoken.group())) < _FULL:
            continue
        if _named(folded, start, spoken.end(), (start, end)):
            yield spoken.start(), spoken.start() + len(spoken.group().rstrip(" ,-"))


def _cue_of(cues: list[tuple[int, int]], start: int, end: int, text: str) -> tuple[int, int] | None:
    """A word of birth shortly before the date, or right behind it."""
    near = bisect_left(cues, (start,))
    for cue in cues[max(0, near - 2) : near + 2]:
        if 0 <= start - cue[1] <= _CUE_BEFORE and not re.search(r"\d", text[cue[1] : start]):
            return cue
        if 0 <= cue[0] - end <= _CUE_AFTER:
            return cue
    return None


def _named(folded: Folded, start: int, end: int, cue: tuple[int, int] | None) -> bool:
    first = min(start, cue[0]) if cue else start
    last = max(end, cue[1]) if cue else end
    left = max(0, first - (_NEAR_BEFORE if cue else _BESIDE_BEFORE))
    right = min(len(folded.text), last + (_NEAR_AFTER if cue else _BESIDE_AFTER))
    before = _SENTENCE.split(cased(folded, left, first))[-1]
    after = cased(folded, last, right)
    if cue:
        names = [] if folded.source.isupper() else [*_names(before), *_names_next(after)]
        return any(map(_is_name, names)) or _plain_name(folded.text[left:first])
    if not _may_be_birth(folded.text[start:end]):
        return False
    stands_before = re.search(rf"({_NAME.pattern})[\s,:–-]{{1,3}}\(?(?:del |the |of )?$", before)
    stands_after = re.match(rf"[\s,:–-]{{1,3}}({_NAME.pattern})", after)
    return any(
        _is_name(match[1]) and _surely(match[1], folded.text[max(0, left - 30) : start])
        for match in (stands_before, stands_after)
        if match
    )


def _names(typed: str) -> list[str]:
    return [match.group() for match in _NAME.finditer(typed)]


def _names_next(typed: str) -> list[str]:
    """A name right behind the date."""
    match = re.match(
        rf"[\s,:;(–-]{{1,3}}(?:(?:and|my|his|her|the|full|name:?|is|it's|named|for|,) ){{0,5}}({_NAME.pattern})", typed
    )
    return [match[1]] if match else []


def _is_name(typed: str) -> bool:
    """Two capitalised words at least that are no words of another kind."""
    words = _name_words(typed)
    return len(words) > 1 and NO_NAME.isdisjoint(words)


def _surely(typed: str, before: str) -> bool:
    """Without a word of birth: a known given name, three names, or what says that a name follows."""
    words = _name_words(typed)
    return not GIVEN.isdisjoint(words) or len(words) >= _FULL or "name" in before or "patient" in before


def _name_words(typed: str) -> list[str]:
    """The words of a name, without a title or the sentence's first word before it."""
    words = [word for word in _WORD.findall(typed.lower()) if len(word) > 1]
    while words and words[0] in NO_NAME:
        words = words[1:]
    return words


def _plain_name(before: str) -> bool:
    """In a text without capitals, or all in capitals: a given name and one more, right before the word of birth."""
    words = re.findall(r"[a-z'-]+|[^a-z\s'-]", before)[-6:]
    while words and (not words[-1][0].isalpha() or words[-1] in {"was", "is", "who", "who's", "whos"}):
        words.pop()
    name: list[str] = []
    for word in reversed(words):
        if not word[0].isalpha() or word in NO_NAME:
            break
        name.append(word)
    return len(name) > 1 and (len(name) >= _FULL or not GIVEN.isdisjoint(name))


def _may_be_birth(date: str) -> bool:
    year = re.search(r"(?:19|20)\d\d", date)
    return int(year.group()) < _OLD if year else True

"""Similar posts: the same thing said again and again pushes others away.

Short replies, lines of a series (Day 3, Day 4) and a story told once more in a second room are welcome.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from rapidfuzz import fuzz

from app.rules.book import Book
from app.rules.draft import Draft, Earlier
from app.rules.folding import Folded, fold
from app.rules.verdict import Finding

WINDOW: Final = 24 * 3600.0
"""Seconds after which something may be said again."""

_LIKENESS: Final = ((600.0, 80.0), (3600.0, 82.0), (6 * 3600.0, 86.0), (WINDOW, 90.0))
"""(age in seconds up to which, least likeness of 100): what was said a while ago must be more alike to count."""

_LEAST_LETTERS, _LEAST_WORDS = 25, 5
_LONG: Final = 16
"""In a text of more words than this, another word here and there does not make it another text."""

_WEIGHTY: Final = 4
_SPELT: Final = 70.0
"""Likeness from which two words are one in two spellings."""

_LIGHT: Final = frozenset(
    """
    about again also always another anybody anyone anything around back been being best come could each even ever every
    everybody everyone everything folks friends from give good great guys hello here into just know like little lots
    make many more most much need never nice nobody none noone once only other over people please quite really right
    said same some somebody someone something soon still such sure than that them then there these they thing this
    those today very want well were what when where which while will with would your yours wonderful amazing
    """.split()
)
_COMPARED: Final = 4_000
_QUOTED: Final = 60
_KIND_WORDS: Final = 14
_WORD: Final = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_KIND: Final = re.compile(
    r"(?:thank|thanks|thx|ty|tysm|gracias|hugs?|sending|congrat\w*|welcome|so sorry|im so sorry|i m so sorry|sorry|good luck"
    r"|best of luck|thinking of|praying|prayers|happy|love|much love|well done|same here|me too|bless|hope|hoping"
    r"|bienvenid\w*|un abrazo|abrazos|mucho animo|animo|lo siento|suerte|you are not alone|you re not alone|so glad|so happy for|fingers crossed|good morning|good night|hello|hi)\b"
)
_SERIES: Final = re.compile(
    r"(?:day|days|week|month|year|cycle|round|session|dose|chemo|infusion|fraction|rad|rads|radiation|part|number|no|step|"
    r"chapter|page|nr|dia|ciclo|sesion|semana|tag|zyklus|jour|cure|psa|hb|ca|temp|temperature|weight|bp|wbc|anc|platelets|"
    r"count|stage|grade|level|tip|update|of|question|reason|thing|hour|km|miles|steps|pain|night|treatment|scan|at)(?: (?:is|was|now|number|no))?\W{0,2}$"
)
_SERIES_AFTER: Final = re.compile(
    r"^(?:st|nd|rd|th|of|mg|ml|kg|lbs?|km|miles|steps|down|more|left|to go|done|days?|weeks?|months?|hours?|am|pm|c|f)\b"
    r"|^ (?:of|mg|ml|kg|lbs?|km|miles|steps|down|more|left|to go|done|days?|weeks?|months?|hours?|am|pm)\b"
)
_NUMBER_WORDS: Final = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
} | {
    word: str(number)
    for number, word in enumerate("zeroth first second third fourth fifth sixth seventh eighth ninth tenth".split())
}


def look(draft: Draft, folded: Folded, _book: Book) -> Iterator[Finding]:
    """A finding when this was said before in this room, or has been told in two rooms already."""
    if draft.kind != "message" or not draft.earlier:
        return
    said = _said(folded.text)
    if not _long_enough(said):
        return
    alike = [(before, likeness) for before in draft.earlier if (likeness := _alike(said, before, draft.at))]
    same = [before for before, likeness in alike if likeness == "same"]
    told_again = bool(same) and (len(same) > 1 or same[0].room == draft.room)
    if told_again or sum(before.room == draft.room for before, _ in alike) > 1:
        yield Finding(
            rule="similar-posts",
            level="repeat",
            guideline="no-flooding",
            why=f"You have just said something very like this: “{_quoted(alike[-1][0].text)}” "
            "People may need a little time to answer. You can edit your earlier message, or add what is new since then.",
            spans=((0, len(draft.text)),),
        )


def _alike(said: str, before: Earlier, now: float) -> Literal["same", "near"] | None:
    """`near`: the same frame with other words in it, which may be said once more but not over and over."""
    age = now - before.at
    if age >= WINDOW:
        return None
    least = next(likeness for until, likeness in _LIKENESS if age < until)
    other = _said(fold(before.text[:_COMPARED]).text)
    if said == other:
        return None if _kindness(said) else "same"
    if _likeness(said, other, least) < least or _one_of_a_series(said, other):
        return None
    if _kindness(said) and _kindness(other):
        return None
    return "near" if _about_something_else(said.split(), other.split()) else "same"


def _likeness(one: str, other: str, least: float) -> float:
    """0 to 100: letter by letter, or the same words in another order, or one inside the other."""
    alike = fuzz.ratio(one, other, score_cutoff=least) or fuzz.token_sort_ratio(one, other, score_cutoff=least)
    if alike:
        return alike
    shorter, longer = sorted((one, other), key=len)
    return 100.0 if len(shorter) > 2 * _LEAST_LETTERS and len(shorter) * 3 > len(longer) and shorter in longer else 0.0


def _about_something_else(one: list[str], other: list[str]) -> bool:
    """Whether each says something that the other does not: my kids, my boss; hair and curly, nails and normal."""
    longest = max(len(one), len(other))
    return longest <= _LONG and bool(_new(one, other)) and bool(_new(other, one))


def _new(words: list[str], known: list[str]) -> set[str]:
    """Words of some weight that are not among the known ones, in whatever spelling."""
    return {
        word
        for word in set(words).difference(known)
        if len(word) >= _WEIGHTY and word not in _LIGHT and not any(fuzz.ratio(word, near) >= _SPELT for near in known)
    }


def _one_of_a_series(one: str, other: str) -> bool:
    """Both number the same thing, and differently: Day 3 …, Day 4 …."""
    first, second = _numbered(one), _numbered(other)
    return any(second.get(thing, number) != number for thing, number in first.items())


def _numbered(words: str) -> dict[str, str]:
    """What is numbered, and its number: the word before it, or after it, or nothing when the text begins with it."""
    numbered: dict[str, str] = {}
    for match in _NUMBER.finditer(words):
        before = _SERIES.search(words[max(0, match.start() - _LEAST_LETTERS) : match.start()])
        after = _SERIES_AFTER.match(words[match.end() : match.end() + _LEAST_LETTERS])
        thing = before or after
        if thing or match.start() == 0:
            numbered.setdefault(thing.group().strip() if thing else "", match.group())
    return numbered


def _kindness(words: str) -> bool:
    """Thanks, hugs, good luck: said to many, and each time meant."""
    return _KIND.match(words) is not None and words.count(" ") < _KIND_WORDS


def _long_enough(words: str) -> bool:
    return len(words) >= _LEAST_LETTERS or words.count(" ") + 1 >= _LEAST_WORDS


def _said(folded: str) -> str:
    """A text as it is compared: folded words joined by single blanks, numbers in digits."""
    return " ".join(_NUMBER_WORDS.get(word, word) for word in _WORD.findall(folded[:_COMPARED]))


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1].rstrip() + "…"

"""Similar posts: the same thing said again and again pushes others away.

Short replies, kind words, lines of a series (Day 3, Day 4) and a story told once more in a second room are welcome.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from app.rules.book import Book
from app.rules.draft import Draft, Earlier
from app.rules.folding import Folded
from app.rules.language import Language, told
from app.rules.likeness import COMPARED, Profile, about_something_else, alike, one_of_a_series, profile, profile_of
from app.rules.verdict import Finding

WINDOW: Final = 24 * 3600.0
"""Seconds after which something may be said again."""

_LIKENESS: Final = ((600.0, 80.0), (3600.0, 82.0), (6 * 3600.0, 86.0), (WINDOW, 90.0))
"""(age in seconds up to which, least likeness of 100): what was said a while ago must be more alike to count."""

_RELIEF: Final = 8.0
"""So much less likeness is enough where something is offered, or asked for over and over."""

_JUST_NOW: Final = 600.0
_LEAST_LETTERS: Final = 30
_PRESSING_WORDS: Final = 2
_QUOTED: Final = 60
_KIND_WORDS: Final = 15
_WHY: Final[Mapping[Language, str]] = {
    "en": "You have just said something very like this: “{said}” People may need a little time to answer. "
    "You can edit your earlier message, or add what is new since then.",
    "es": "Acabas de decir algo muy parecido: «{said}» A veces la gente tarda un poco en contestar. "
    "Puedes editar tu mensaje anterior o añadir lo que haya de nuevo desde entonces.",
}
_KIND: Final = re.compile(
    r"(?:thank|thanks|thx|ty|tysm|gracias|muchas gracias|mil gracias|hugs?|big hugs?|sending|congrat\w*|welcome"
    r"|so sorry|im so sorry|i m so sorry|i am so sorry|sorry"
    r"|good luck|best of luck|thinking of|praying|prayers|happy|love|much love|well done|same here|me too|same"
    r"|bless|god bless|hope|hoping|amen|rip"
    r"|bienvenid\w*|un abrazo|abrazos|mucho animo|animo|lo siento|suerte|mucha suerte|felicidades|buenos dias"
    r"|buenas noches|buenas tardes"
    r"|you are not alone|you re not alone|so glad|so happy for|so proud|fingers crossed|good morning|morning"
    r"|good night|goodnight|night night|good evening|hello|hi)\b"
)
_GREETING: Final = re.compile(
    r"(?:hello|hi|hola|good (?:morning|evening)|morning|buenos dias|buenas (?:tardes|noches)|love|happy|hope)\b"
)
"""Kind words that also begin what is no kind word."""

_OFFERED: Final = re.compile(
    r"\b(?:(?:message|msg|dm|pm|inbox|write|text|contact|ask)(?: to)? me\b|ask (?:me how|for)|reply with|sign up"
    r"|join (?:my|our)|my (?:new )?(?:page|profile|shop|store|site|channel|app|book|link|signals?)"
    r"|link|in bio|\d+ (?:percent )?off|discount|code|best price|buy|for sale|order|sign (?:the|our)|petition"
    r"|webinar|seats|places left|free for|gift cards?|your bank|password|grant|invest\w*|crypto"
    r"|bitcoin|https?|www|pass it on|chain|share this|read (?:this|my)|privado|sorte\w+|comenten|compartan|enlace"
    r"|descuento|precio|pedidos|vendo|our clinic|cures?|dissolves?|miracle\w*|dollars into"
    r"|(?:example|com|net|org) \w+|sale|money can buy)\b"
)
_PLEADED: Final = re.compile(
    r"\b(?:(?:nobody|no 1|noone|no one) (?:is |s )?answer\w*|answer me|talk to me|(?:is|are) any ?(?:one|1"
    r"|body) (?:here|there|awake|up|around)|any ?(?:one|1|body) (?:there|awake|up)"
    r"|help me|why (?:is|does|won t|wont) (?:nobody|no one|noone)|me conteste|contest\w+ por favor|hay alguien"
    r"|alguien (?:ahi|despiert\w))\b"
)


def look(draft: Draft, folded: Folded, _book: Book) -> Iterator[Finding]:
    """A finding when this was said before in this room, or has been told in two rooms already."""
    if draft.kind != "message" or not draft.earlier:
        return
    now = profile(folded.text)
    pressing = _pressing(now)
    if _too_short(now, pressing=pressing):
        same = [before for before in draft.earlier if _just_said(now, before, draft)]
        repeated = len(same) > 1
    else:
        near = [before for before in draft.earlier if _alike(now, before, draft.at, pressing=pressing)]
        same = near if pressing else [before for before in near if _same(now, profile_of(before.text[:COMPARED]))]
        offered = pressing and _OFFERED.search(now.said) is not None
        repeated = bool(same) and (len(same) > 1 or same[0].room == draft.room or offered)
        if not repeated and len(near) > 1 and not one_of_a_series(now, profile_of(near[-1].text[:COMPARED])):
            repeated, same = _flooding(now, near), near
    if repeated:
        yield Finding(
            rule="similar-posts",
            level="repeat",
            guideline="no-flooding",
            why=told(_WHY, folded).format(said=_quoted(same[-1].text)),
            spans=((0, len(draft.text)),),
        )


def _alike(now: Profile, before: Earlier, at: float, *, pressing: bool) -> bool:
    """Whether that was nearly the same, in whatever spelling and order."""
    age = at - before.at
    if age >= WINDOW:
        return False
    least = next(likeness for until, likeness in _LIKENESS if age < until)
    return alike(now, profile_of(before.text[:COMPARED]), least - _RELIEF if pressing else least)


def _same(now: Profile, other: Profile) -> bool:
    """Of two that are nearly the same: kind words, a series and another matter are each meant."""
    if now.said == other.said:
        return not _kindness(now)
    if one_of_a_series(now, other) or about_something_else(now, other):
        return False
    return not (_kindness(now) and _kindness(other))


def _flooding(now: Profile, near: list[Earlier]) -> bool:
    """Whether what this resembles was the same several times already: then another word in it makes no difference."""
    last, *before = (profile_of(each.text[:COMPARED]) for each in reversed(near))
    return not _kindness(now) and any(_same(last, each) for each in before)


def _just_said(now: Profile, before: Earlier, draft: Draft) -> bool:
    """A few words, letter by letter the same, a moment ago in this room: said twice they are a reply, not a third time."""
    if draft.at - before.at >= _JUST_NOW or before.room != draft.room or now.words < _PRESSING_WORDS or _kindness(now):
        return False
    return profile_of(before.text[:COMPARED]).said == now.said


def _pressing(now: Profile) -> bool:
    """Something is offered, or asked for so that every line of it is the same question."""
    if _kindness(now) and not _GREETING.match(now.said):
        return False
    return _OFFERED.search(now.said) is not None or _PLEADED.search(now.said) is not None


def _kindness(text: Profile) -> bool:
    """Thanks, hugs, good luck: said to many, and each time meant."""
    return text.words < _KIND_WORDS and _KIND.match(text.said) is not None


def _too_short(text: Profile, *, pressing: bool) -> bool:
    return text.words < _PRESSING_WORDS if pressing else len(text.said) < _LEAST_LETTERS


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1].rstrip() + "…"

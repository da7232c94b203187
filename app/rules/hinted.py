"""What the rules in code missed and the weighing is all but sure of: a curse or personal data in a form nobody thought of.

The answer is a question, since nothing can be pointed at but the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from app.rules.case import Case
from app.rules.scored import Texts, scored
from app.rules.spelling import readings
from app.rules.verdict import Finding

_STRETCHED: Final = re.compile(r"([a-z])\1\1")
CURSE: Final[Texts] = {
    "en": "This may be read as a curse. We understand; some days deserve strong words. Children and worried families read here "
    "too. Could you say it another way?",
    "es": "Esto puede leerse como una palabrota. Lo entendemos; hay días que merecen palabras fuertes. Aquí leen también niños y "
    "familias preocupadas. ¿Podrías decirlo de otra manera?",
}
DATA: Final[Texts] = {
    "en": "It looks as if this told people you do not know how to reach somebody, or who she is. Anyone can read this room. Would "
    "you like to leave it out?",
    "es": "Parece que esto dice a quien no conoces cómo localizar a alguien, o quién es. Cualquiera puede leer esta sala. "
    "¿Quieres quitarlo?",
}


def curses(case: Case) -> Iterator[Finding]:
    """A curse by its surroundings; in plain writing only: odd writing looks like one to a model, whatever it says."""
    odd = (
        case.folded.starts is not None
        or _STRETCHED.search(case.folded.text)
        or any(True for _ in readings(case.folded.text))
    )
    if not odd:
        yield from _hinted(case, "cursing", CURSE)


def data(case: Case) -> Iterator[Finding]:
    """Personal data by its surroundings."""
    yield from _hinted(case, "personal-data", DATA)


def _hinted(case: Case, rule: Literal["cursing", "personal-data"], why: Texts) -> Iterator[Finding]:
    """Nothing where the text holds a word that the book allows: that may be what speaks for it."""
    there = (
        case.weighed.storey == "full" and case.weighed.level(rule) is not None
    )  # the light heads are never that sure
    if there and not any(word in case.folded.text for word in case.book.allowed):
        yield from scored(case, rule, rule, why)

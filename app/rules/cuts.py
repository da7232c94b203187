"""Which curses are still read when a blank, a sign or other letters come between their own."""

from __future__ import annotations

import re
from typing import Final

from app.rules.curses import ENGLISH, HYPHENED, IN_TWO
from app.rules.curses_abroad import ABROAD_AMONG_LETTERS, FOREIGN
from app.rules.slurs import SEVERE

_SHORT: Final = 4
_CORE: Final = re.compile(
    r"fuck|fukk|phuck|fvck|fuk(?:er|in)|shit|bitch|cunt|asshole|arsehole|bastards?$|whore|wanker|twats?$|slut|dumbass"
    r"|retard|nigger|nigga|faggot|bollock|dickhead|cocksuck|puss(?:y|ies)|motherf"
)

CUT: Final = frozenset(word for word in SEVERE | ENGLISH if _CORE.search(word))
"""These are read also where a blank or a sign cuts them in two: fuc king. Of the rest too many cuts make innocent
words: wet back, as slick, two d ago. (Looked through with lists of the commonest words of four languages.)"""

IN_PARTS: Final = CUT | IN_TWO.keys()

JOINABLE: Final = IN_PARTS | HYPHENED | frozenset(word for word in FOREIGN if len(word) > _SHORT)
"""These are read also with hyphens, dots and the like inside."""

_SURE_AMONG_LETTERS: Final = frozenset("fuck shit cunt slut twat wank jizz phuk".split())
AMONG_LETTERS: Final = (
    _SURE_AMONG_LETTERS
    | ABROAD_AMONG_LETTERS
    | frozenset(word for word in SEVERE | ENGLISH if len(word) > _SHORT and not word.startswith("mf"))
)
"""These are found also where other letters that stood alone surround them: u r a s h i t."""

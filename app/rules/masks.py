"""Curses with some letters masked: f**k, sh*t, f***ing, motherf*cker, s---."""

from __future__ import annotations

import re
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from app.rules.curses import DISGUISED
from app.rules.lexicon import MASKABLE, WORDS, Curse

_SHORTEST: Final = 4
_LONGEST: Final = 40
_MOST_STARS: Final = 8
_STARS: Final = re.compile(r"\*+")
_ONE_OF: Final = re.compile(
    r"(?:mother|bull|dumb|dip|clusterf|jack|horse|ass|dick|cock|douche|hijo?de|hijue?|come)?"
    r"(?:f?[fu]?uck|shit|cunt|bitch|nigg|faggot|twat|wank|slut|whore|bastard|asshole|arsehole|bollock|pussy|dick|prick"
    r"|piss|cock|head|ass|bag|hole|suck|retard|mierda|puta|puto|joder|jodid|pendej|cabron|merde|arse|ching|kurwa|culero"
    r"|verga|carajo|cojones|boludo|pelotudo|scheisse|porra|caralho)"
    r"(?:s|es|balls|ed|er|ers|ing|in|e|y|ty|ter|ters|ting|head|heads|hole|holes|face|wipe|hat|clown|ass|sucker|suckers"
    r"|a|as|o|os|ada|ado)?$"
)
"""The words that people mask; of the rest, patterns with a star would fit too many innocent ones."""

_TINY: Final = (
    *((left, "fuck") for left in ("f", "fu", "fuc")), *((left, "shit") for left in ("s", "sh", "shi")), ("cu", "cunt"),
    ("cun", "cunt"), ("bi", "bitch"), ("bit", "bitch"), ("motherf", "motherfucker"), ("bulls", "bullshit"),
    ("bullsh", "bullshit"), ("assh", "asshole"), ("put", "puta"), ("mier", "mierda"), ("kur", "kurwa"),
)  # fmt: skip
"""What is left of a word when its end is masked: f**, sh**."""

_HIDDEN: Final = ("fuck", "shit", "cunt", "bitch", "nigger", "nigga", "faggot", "wank", "asshole")
"""These are found masked inside longer words too."""


def masked(pattern: str) -> Curse | None:
    """The curse that a word with `*`, `?`, `_` or `-` for some letters stands for (see `spelling.Reading`).

    Masks in a row may be one too few or too many, but hyphens and dots have to be exact: there is s-t elevation.
    """
    if "-" in pattern:
        return _EXACT.get(pattern.replace("-", "*"))
    if pattern[-1] == "?":
        return None
    stars = pattern.replace("?", "*").replace("_", "*")
    exact = _EXACT.get(stars)
    if exact or len(pattern) > _LONGEST:
        return exact
    close = _RUNS.get(_STARS.sub("*", stars))
    if close and "_" not in pattern and abs(stars.count("*") - close[1]) <= 1:
        return close[0]
    for index, _, _ in _INSIDE.find_matches_as_indexes(pattern):
        return _INSIDE_CURSES[index]
    return None


def _tables() -> tuple[dict[str, Curse], dict[str, tuple[Curse, int]]]:
    """Patterns with one `*` a letter, and with one `*` a run, which say how long the run ought to be."""
    exact: dict[str, Curse] = {}
    runs: dict[str, tuple[Curse, int]] = {}
    for curse in MASKABLE:
        word = curse.word
        if len(word) < _SHORTEST or not _ONE_OF.match(word):
            continue
        exact.setdefault(f"{word[:-1]}*", curse)
        for start, end in _cuts(word):
            exact.setdefault(word[:start] + "*" * (end - start) + word[end:], curse)
            if word not in DISGUISED:  # of the mild ones that are curses in a disguise, only the exact pattern
                runs.setdefault(f"{word[:start]}*{word[end:]}", (curse, end - start))
    for left, word in _TINY:
        for stars in range(2, _MOST_STARS):
            exact.setdefault(left + "*" * stars, WORDS[word])
    return exact | {"c*n*": WORDS["cono"], "c*no": WORDS["cono"]}, runs


def _cuts(word: str) -> list[tuple[int, int]]:
    """Where letters in a row can be masked: the first and the last are left."""
    return [(start, end) for start in range(1, len(word)) for end in range(start + 1, len(word))]


_EXACT, _RUNS = _tables()
_INSIDE_PATTERNS: Final = {
    word[:start] + "*" * (end - start) + word[end:]: WORDS[word] for word in _HIDDEN for start, end in _cuts(word)
}
_INSIDE: Final = AhoCorasick(tuple(_INSIDE_PATTERNS), matchkind=MatchKind.LeftmostLongest)
_INSIDE_CURSES: Final = tuple(_INSIDE_PATTERNS.values())

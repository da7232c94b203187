"""Listening: which phrases of `phrases` and `urgency` stand in a text, in one pass over it.

One set of all patterns says which may be there at all, which is seldom any; only those are looked for one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Final

import re2

from app.rules.folding import Folded
from app.rules.patterns import made
from app.rules.phrases import SAYING, UNLESS
from app.rules.urgency import ALWAYS, DEGREES, FEVER, NOT_NOW, TREATED
from app.rules.verdict import Span

_NEAR: Final = 60
"""Characters before and after a match in which is looked for what takes it back."""
_PLACES: Final = 20
"""So many places of a saying are looked at."""
_MEMORY: Final = 256 << 20
"""Bytes that the set's automaton may grow to; it stays far below (some megabytes)."""
_PATTERNS: Final = {**SAYING, "always": ALWAYS, "degrees": DEGREES, "fever": FEVER, "treated": TREATED}
_NAMES: Final = tuple(_PATTERNS)


@dataclass(frozen=True, slots=True)
class Heard:
    """`said`: kind of saying -> its places in the author's own text. `urgent`: a symptom that cannot wait, now."""

    said: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    urgent: bool = False


def listen(folded: Folded) -> Heard:
    """What is said outright in this text."""
    text = folded.text.replace("’", "").replace("'", "")
    there = {_NAMES[at] for at in together().Match(text) or ()}
    if not there:
        return Heard()
    said = {name: spans for name in there if name in SAYING and (spans := _places(name, folded, text))}
    told = "always" in there or "degrees" in there or {"fever", "treated"} <= there
    return Heard(said, told and made(NOT_NOW).search(text) is None)


@cache
def together() -> re2.Set:
    """The set of all patterns, made once."""
    options = re2.Options()
    options.max_mem = _MEMORY
    patterns = re2.Set.SearchSet(options)
    for pattern in _PATTERNS.values():
        patterns.Add(pattern)
    patterns.Compile()
    return patterns


def _places(name: str, folded: Folded, text: str) -> tuple[Span, ...]:
    unless = made(UNLESS[name])
    return tuple(
        _placed(folded, text, *match.span())
        for match in islice(made(SAYING[name]).finditer(text), _PLACES)
        if not unless.search(text[max(0, match.start() - _NEAR) : match.end() + _NEAR])
    )


def _placed(folded: Folded, text: str, start: int, end: int) -> Span:
    """The place in the typed text: as many apostrophes further on as were left out before."""
    if len(text) == len(folded.text):
        return folded.span(start, end)
    kept = [at for at, char in enumerate(folded.text) if char not in "'’"]
    return folded.span(kept[start], kept[end - 1] + 1)

"""The operator's own words, phrases and patterns: found in one pass, in time linear in the text.

Words and phrases are compared folded and as whole words. Patterns run on RE2, which has no way to take forever: whatever
an operator types, a text costs time in proportion to its length.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

import re2
from ahocorasick_rs import AhoCorasick, MatchKind

from app.rules.folding import Folded, fold
from app.rules.verdict import RuleId, Verdict

LONGEST: Final = 200
"""Characters of a word, phrase or pattern."""
PLACES: Final = 20
"""Places that one pattern may name in a text: a text with more of them is stopped just the same."""
_MEMORY: Final = 8 << 20
"""Bytes that one pattern may need; RE2 refuses a larger one."""

Way = Literal["words", "pattern"]


@dataclass(frozen=True, slots=True)
class Watched:
    """One entry. `rule`: whose guideline it stands for. `why`: what its author is told; "" for the rule's own words."""

    text: str
    rule: RuleId
    verdict: Verdict
    way: Way = "words"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Watchlist:
    """Made by `of`, once; `matches` is asked for every text."""

    entries: tuple[Watched, ...] = ()
    _words: AhoCorasick | None = None
    _of_words: tuple[Watched, ...] = ()
    _patterns: tuple[tuple[Watched, re2.Pattern[str]], ...] = ()

    @staticmethod
    def of(entries: Sequence[Watched]) -> Watchlist:
        """ValueError says which entry cannot be used, and why."""
        words = [each for each in entries if each.way == "words"]
        patterns = tuple((each, compiled(each.text)) for each in entries if each.way == "pattern")
        folded = [plain(each.text) for each in words]
        for text, each in zip(folded, words, strict=True):
            if not text:
                raise ValueError(f"“{each.text}” holds nothing to look for")
        automaton = AhoCorasick(folded, matchkind=MatchKind.Standard) if folded else None
        return Watchlist(tuple(entries), automaton, tuple(words), patterns)

    def matches(self, folded: Folded) -> Iterator[tuple[Watched, int, int]]:
        """Entries and their places in the folded text: words first, then patterns."""
        text = folded.text
        if self._words is not None:
            for index, start, end in self._words.find_matches_as_indexes(text, overlapping=True):
                if _whole(text, start, end):
                    yield self._of_words[index], start, end
        for each, pattern in self._patterns:
            for match in islice(pattern.finditer(text), PLACES):
                if match.end() > match.start():
                    yield each, match.start(), match.end()


NOTHING: Final = Watchlist()


def plain(text: str) -> str:
    """A word or phrase as it is compared: folded, its blanks single."""
    return " ".join(fold(text).text.split())


def compiled(pattern: str) -> re2.Pattern[str]:
    """The pattern, for folded texts (small letters). ValueError says what RE2 has against it."""
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    if not pattern.strip() or len(pattern) > LONGEST:
        raise ValueError(f"a pattern has 1 to {LONGEST} characters")
    try:
        made: re2.Pattern[str] = re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0] if error.args else ""
        what = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        raise ValueError(f"“{pattern}” is no pattern: {what}") from error
    return made


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a word begins and ends there: watching "ass" does not find class."""
    before = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    return before and (end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum()))

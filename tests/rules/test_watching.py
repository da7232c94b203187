from __future__ import annotations

from typing import get_args

import pytest

from app.rules.book import book_of
from app.rules.draft import Draft
from app.rules.folding import fold
from app.rules.judging import judge
from app.rules.verdict import Verdict, verdict_of
from app.rules.watching import LONGEST, Watched, Watchlist, compiled


def found(text: str, *entries: Watched) -> list[str]:
    folded = fold(text)
    return [folded.text[start:end] for _, start, end in Watchlist.of(entries).matches(folded)]


OIL = Watched("Miracle  Oil", "scam", "hold")


def test_a_phrase_is_found_folded_and_as_whole_words() -> None:
    assert found("try MIRACLE oil, and m\u200biracle öil", OIL) == ["miracle oil", "miracle oil"]
    assert found("miracle oils, anti-miracle oilcloth", OIL) == []


def test_a_pattern_is_found_anywhere() -> None:
    assert found("see bit.ly/AbC now", Watched(r"bit\.ly/\w+", "promotion", "refuse", "pattern")) == ["bit.ly/abc"]


@pytest.mark.parametrize("pattern", ["(a", "a{2000}{2000}", "(?=x)", "", " ", "x" * (LONGEST + 1), r"(\w)\1"])
def test_a_pattern_that_cannot_be_used_says_so(pattern: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        compiled(pattern)


def test_a_phrase_of_nothing_says_so() -> None:
    with pytest.raises(ValueError, match="nothing to look for"):
        Watchlist.of([Watched("\u200b", "scam", "hold")])


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_the_entry_decides_what_follows(verdict: Verdict) -> None:
    book = book_of({}, watched=[Watched("brand x", "promotion", verdict, why="We agreed not to name it.")])
    judgement = judge(Draft("brand x, anyone? brand x!", 0.0), book)
    assert verdict_of(judgement) == verdict
    finding = next(finding for finding in judgement.findings if finding.level == "watched")
    assert (finding.rule, finding.why, finding.spans) == ("promotion", "We agreed not to name it.", ((0, 7), (17, 24)))


def test_a_disabled_rule_watches_nothing() -> None:
    book = book_of({}, watched=[Watched("brand x", "promotion", "refuse")], disabled=["promotion"])
    assert not judge(Draft("brand x", 0.0), book).findings

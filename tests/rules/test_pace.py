from __future__ import annotations

import pytest

from app.rules.book import book_of
from app.rules.draft import Draft, Kind
from app.rules.folding import fold
from app.rules.pace import look
from app.rules.verdict import Finding


def findings(wait: float | None, kind: Kind = "message") -> list[Finding]:
    return list(look(Draft("hello", 0.0, pace_wait=wait, kind=kind), fold("hello"), book_of({})))


@pytest.mark.parametrize("wait", [None, 0.0, -1.0])
def test_within_the_pace_nothing_is_said(wait: float | None) -> None:
    assert findings(wait) == []


@pytest.mark.parametrize(
    ("wait", "told"), [(0.01, 0.1), (1.0, 1.0), (2.34, 2.4), (3.3, 3.3), (59.91, 60.0), (600.0, 600.0)]
)
def test_the_wait_is_rounded_up_to_a_tenth_of_a_second(wait: float, told: float) -> None:
    (finding,) = findings(wait)
    assert (finding.level, finding.guideline, finding.retry_after) == ("pace", "no-flooding", told)


@pytest.mark.parametrize(
    ("wait", "words"), [(0.4, "in 1 second."), (23.2, "in 24 seconds."), (60, "in 1 minute."), (90, "in 2 minutes.")]
)
def test_the_wait_is_told_in_words(wait: float, words: str) -> None:
    (finding,) = findings(wait)
    assert finding.suggestion is None
    assert finding.why.endswith(words)


@pytest.mark.parametrize("kind", ["edit", "name", "note"])
def test_only_messages_have_a_pace(kind: Kind) -> None:
    assert findings(5.0, kind) == []

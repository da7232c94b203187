"""Comparing two books: the short ways to an answer give the same answers as judging twice."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.conduct.comparison import Change, Comparison
from app.rules.book import Book, book_of
from app.rules.draft import Draft
from app.rules.judging import judge
from app.rules.verdict import Judgement
from app.rules.watching import Watched

CORPUS = sorted((Path(__file__).parents[1] / "rules" / "corpus").glob("*.jsonl"))
EVERY = 40
SOUP = Watched("soup", "promotion", "hold")
PLAIN = book_of({})
ALLOWING = book_of({}, {"allowed": ["shit", "bastard", "cancer.org", "0113 496 0000"]})
WATCHING = book_of({}, watched=[SOUP, Watched(r"\bthe [a-m]\w+", "scam", "nudge", "pattern")])
BOTH = book_of({}, {"allowed": ["shit", "fuck"]}, watched=[Watched("nurse", "respect", "allow"), SOUP])


def _texts() -> list[str]:
    lines = [line for file in CORPUS for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line)["text"] for line in lines[::EVERY]]


@pytest.mark.parametrize(
    ("present", "edited"), [(PLAIN, ALLOWING), (ALLOWING, BOTH), (PLAIN, WATCHING), (WATCHING, BOTH)]
)
def test_the_short_way_gives_the_same_answers_as_judging_twice(present: Book, edited: Book) -> None:
    changed = 0
    for books in ((present, edited), (edited, present)):
        short = Comparison.of(*books)
        assert not short.otherwise
        whole = replace(short, otherwise=True)
        for text in _texts():
            draft = Draft(text=text, at=0.0)
            assert short.change(draft) == whole.change(draft), text
            changed += whole.change(draft) is not None
    assert changed > 1  # the corpus has something to say about each pair


def test_books_that_differ_in_more_than_a_list_are_judged_twice() -> None:
    lenient = book_of({}, {"verdicts": {"cursing": "nudge"}})
    comparison = Comparison.of(PLAIN, lenient)
    assert comparison.otherwise
    assert comparison.change(Draft(text="What bullshit.", at=0.0)) == Change("cursing", "refuse", "nudge")
    assert comparison.change(Draft(text="Oh dear.", at=0.0)) is None


@pytest.mark.parametrize("mild", ["allow", "nudge"])
def test_a_text_with_a_finding_that_an_allowed_word_takes_away_is_judged_by_both(
    monkeypatch: pytest.MonkeyPatch, mild: str
) -> None:
    """Also where its verdict lets it through: it is evidence for what is weighed."""
    asked: list[Book] = []

    def counted(draft: Draft, book: Book) -> Judgement:
        asked.append(book)
        return judge(draft, book)

    monkeypatch.setattr("app.conduct.comparison.judge", counted)
    verdicts = {"verdicts": {"cursing": mild}}
    present, edited = book_of({}, verdicts), book_of({}, verdicts, {"allowed": ["shit"]})
    comparison = Comparison.of(present, edited)
    comparison.change(Draft(text="Oh shit.", at=0.0))
    assert [present, edited] == asked[-2:]
    asked.clear()
    assert comparison.change(Draft(text="Good morning.", at=0.0)) is None
    assert len(asked) == 1


def test_a_text_that_has_nothing_to_do_with_the_change_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(draft: Draft, book: Book) -> object:
        asked.append(draft.text)
        return judge(draft, book)

    monkeypatch.setattr("app.conduct.comparison.judge", counted)
    comparison = Comparison.of(PLAIN, book_of({}, watched=[SOUP]))
    assert comparison.change(Draft(text="Oh shit.", at=0.0)) is None
    assert asked == []
    change = comparison.change(Draft(text="Good soup.", at=0.0))
    assert change is not None
    assert change.after == "hold"
    assert asked == ["Good soup."] * 2

"""The words of this illness pass every rule, however loudly they are said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.rules.book import Book, book_of
from app.rules.draft import Draft
from app.rules.judging import judge
from app.rules.verdict import Allow

TERMS = (Path(__file__).parent / "oncology_terms.txt").read_text().split("\n")[:-1]
FRAMES = [
    "{}",
    "They spoke about {} at the clinic today.",
    "Does anyone here know what to expect with {}?",
    "My {} again, and I am so tired of it",
    "{}, then home. What a day!",
    'the letter only says "{}" and nothing more',
    "¿Alguien sabe algo de {}? Gracias",
    "so much {} this week 😞 hugs",
]  # fmt: skip
SAYINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper": str.upper,
    "stretched": lambda term: term + term[-1] * 3,
}


@pytest.mark.parametrize("saying", SAYINGS)
def test_every_term_passes_untouched_in_every_sentence(saying: str) -> None:
    book: Book = book_of({})
    texts = [frame.format(SAYINGS[saying](term)) for term in TERMS for frame in FRAMES]
    assert [text for text in texts if judge(Draft(text, 0.0), book) != Allow()] == []


def test_the_list_is_long_and_says_nothing_twice() -> None:
    assert len(TERMS) >= 600
    assert len(TERMS) == len(set(TERMS))

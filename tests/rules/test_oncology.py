"""The words of this illness pass every rule in code, however loudly they are said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.rules.book import Book, book_of
from app.rules.draft import Draft
from app.rules.folding import fold
from app.rules.judging import REGISTRY
from app.rules.verdict import RuleId

TERMS = (Path(__file__).parent / "oncology_terms.txt").read_text(encoding="utf-8").split("\n")[:-1]
FRAMES = [
    "{}",
    "They spoke about {} at the clinic today.",
    "Does anyone here know what to expect with {}?",
    "My {} again, and I am so tired of it",
    "{}, then home. What a day!",
    'the letter only says "{}" and nothing more',
    "you and your {}, you are not alone in that",
    "¿Alguien sabe algo de {}? Gracias",
    "so much {} this week 😞 hugs",
    "no {} no party (it's a {} thing)",
]  # fmt: skip
SAYINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "capitals": str.upper,
    "at the start of a sentence": lambda term: term[0].upper() + term[1:],
    "plural": lambda term: term + ("es" if term.endswith(("s", "x")) else "s"),
    "stretched": lambda term: term + term[-1] * 3,
}
SENTENCES = 4
"""Each term stands in so many of the frames in each way of saying it, and in all of them over all ways."""


def stopped(text: str, book: Book) -> list[RuleId]:
    """The rules in code that have anything to say."""
    draft, folded = Draft(text, 0.0), fold(text)
    return [rule for rule, look in REGISTRY if list(look(draft, folded, book))]


@pytest.mark.parametrize("saying", SAYINGS)
def test_every_term_passes_untouched_in_several_sentences(saying: str) -> None:
    book, way = book_of({}), list(SAYINGS).index(saying)
    texts = [
        FRAMES[(at + 2 * way + frame) % len(FRAMES)].replace("{}", SAYINGS[saying](term))
        for at, term in enumerate(TERMS)
        for frame in range(SENTENCES)
    ]
    assert {text: rules for text in texts if (rules := stopped(text, book))} == {}


def test_a_curse_among_them_would_be_found() -> None:
    assert stopped("They spoke about shit at the clinic today.", book_of({})) == ["cursing"]


def test_the_list_is_long_and_says_nothing_twice() -> None:
    assert len(TERMS) >= 1500
    assert len({term.casefold() for term in TERMS}) == len(TERMS)

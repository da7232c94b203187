from __future__ import annotations

from collections.abc import Callable

import pytest

from app.base.encoder import Encoder
from app.rules.book import Book, book_of
from app.rules.draft import Draft, Kind
from app.rules.folding import fold
from app.rules.judging import REGISTRY, judge
from app.rules.meaning import GRAPH, LABELS
from app.rules.parts import stretches
from app.rules.verdict import Finding, Judgement, RuleId

Told = Callable[..., list[Finding]]
Judged = Callable[[str], Judgement]


@pytest.fixture
def book() -> Book:
    return book_of({})


@pytest.fixture
def found(book: Book) -> Told:
    """found(rule, text): what this one rule says of a text."""

    def look(rule: RuleId, text: str, given: Book = book, kind: Kind = "message") -> list[Finding]:
        return list(dict(REGISTRY)[rule](Draft(text, 0.0, kind=kind), fold(text), given))

    return look


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The sentence encoder, loaded once."""
    loaded = Encoder(GRAPH, len(LABELS))
    assert loaded.load(), loaded.fault
    return loaded


@pytest.fixture
def judged(book: Book, encoder: Encoder) -> Judged:
    """judged(text): the judgement with all three storeys."""
    return lambda text: judge(Draft(text, 0.0, meaning=encoder.at_once(stretches(text))), book)

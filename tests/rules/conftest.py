from __future__ import annotations

from collections.abc import Callable

import pytest

from app.rules.book import Book, book_of
from app.rules.draft import Draft, Kind
from app.rules.folding import fold
from app.rules.judging import REGISTRY
from app.rules.verdict import Finding, RuleId

Told = Callable[..., list[Finding]]


@pytest.fixture
def book() -> Book:
    return book_of({})


@pytest.fixture
def found(book: Book) -> Told:
    """found(rule, text): what this one rule says of a text."""

    def look(rule: RuleId, text: str, given: Book = book, kind: Kind = "message") -> list[Finding]:
        return list(dict(REGISTRY)[rule](Draft(text, 0.0, kind=kind), fold(text), given))

    return look

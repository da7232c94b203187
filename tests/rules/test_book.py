from __future__ import annotations

from typing import Any

import pytest

from app.rules.book import SHIPPED, book_of
from app.rules.judging import BY_MEANING, REGISTRY
from app.rules.verdict import RULES
from app.settings import RULE_IDS


def test_without_tables_the_shipped_verdicts_stand() -> None:
    book = book_of({})
    assert book.verdict("cursing", "severe") == "refuse"
    assert book.verdict("personal-data", "contact") == "nudge"
    assert book.verdict("respect", "unheard-of") == "nudge"


def test_the_rooms_table_overrides_that_of_all_rooms() -> None:
    everywhere = {"verdicts": {"cursing": {"severe": "hold", "strong": "nudge"}, "pace": "hold"}, "allowed": ["Feck"]}
    room = {"verdicts": {"cursing": {"strong": "allow"}, "pace": "refuse"}, "allowed": ["BOLLOCKS"]}
    book = book_of({}, everywhere, room)
    assert (book.verdict("cursing", "severe"), book.verdict("cursing", "strong")) == ("hold", "allow")
    assert book.verdict("pace", "pace") == "refuse"
    assert book.allowed == {"feck", "bollocks"}
    assert book_of({}, everywhere).verdict("cursing", "strong") == "nudge"


def test_one_verdict_for_a_whole_rule_overrides_its_levels() -> None:
    book = book_of({}, {"verdicts": {"cursing": {"severe": "refuse"}}}, {"verdicts": {"cursing": "nudge"}})
    assert book.verdict("cursing", "severe") == "nudge"


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"verdicts": {"swearing": "hold"}}, "swearing"),
        ({"verdicts": {"cursing": "forbid"}}, "forbid"),
        ({"verdicts": {"cursing": {"mild": "hold"}}}, "mild"),
        ({"verdicts": {"cursing": {"strong": 3}}}, "cursing.strong"),
    ],
)
def test_what_is_wrong_in_a_table_is_named(table: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        book_of({}, table)


def test_an_unknown_rule_cannot_be_disabled() -> None:
    with pytest.raises(ValueError, match="swearing"):
        book_of({}, disabled=["swearing"])


def test_every_rule_that_is_there_has_shipped_verdicts() -> None:
    assert {rule for rule, _ in REGISTRY} | set(BY_MEANING) == set(SHIPPED) == set(RULES)


def test_the_settings_know_the_same_rules() -> None:
    assert frozenset(RULES) == RULE_IDS

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.book import Book, book_of
from app.rules.draft import Draft, Earlier
from app.rules.judging import judge
from app.rules.verdict import Allow, Hold, Nudge, Refuse

CURSE = "oh shit, the lift is out again"
CONTACT = "ring me on 07700 900123 tonight"


def test_a_clean_message_is_allowed_without_a_word() -> None:
    assert judge(Draft("thank you all", 0.0), book_of({})) == Allow()


def test_the_verdict_comes_from_the_book() -> None:
    for verdict, kind in (("allow", Allow), ("nudge", Nudge), ("hold", Hold), ("refuse", Refuse)):
        judgement = judge(Draft(CURSE, 0.0), book_of({}, {"verdicts": {"cursing": verdict}}))
        assert type(judgement) is kind
        assert [finding.rule for finding in judgement.findings] == ["cursing"]


def test_a_confirmed_nudge_is_allowed_and_its_findings_kept() -> None:
    book = book_of({}, {"verdicts": {"cursing": "nudge"}})
    judgement = judge(Draft(CURSE, 0.0, confirmed=True), book)
    assert isinstance(judgement, Allow)
    assert judgement.findings


@pytest.mark.parametrize(("verdict", "kind"), [("hold", Hold), ("refuse", Refuse)])
def test_what_is_held_or_refused_cannot_be_confirmed(verdict: str, kind: type[Hold | Refuse]) -> None:
    book = book_of({}, {"verdicts": {"cursing": verdict}})
    assert isinstance(judge(Draft(CURSE, 0.0, confirmed=True), book), kind)


def test_findings_stand_in_the_order_of_their_verdicts_then_of_the_rules() -> None:
    text = f"{CURSE} {CONTACT} you faggot"
    draft = Draft(text, 60.0, earlier=(Earlier(text, 0.0),), pace_wait=3.0)
    names = [(finding.rule, finding.level) for finding in judge(draft, book_of({})).findings]
    assert names == [
        ("cursing", "severe"), ("cursing", "strong"), ("similar-posts", "repeat"), ("pace", "pace"),
        ("personal-data", "contact"),
    ]  # fmt: skip


def test_a_disabled_rule_is_not_asked() -> None:
    assert judge(Draft(CURSE, 0.0), book_of({}, disabled=["cursing"])) == Allow()


def test_spans_of_a_refusal_point_into_the_text_as_typed() -> None:
    text = "sо fu\u200bck, really"
    judgement = judge(Draft(text, 0.0), book_of({}))
    assert [text[start:end] for start, end in judgement.findings[0].spans] == ["fu\u200bck"]


BOOK: Book = book_of({})
ODD = [
    "", " ", "\x00", "\ud800", "a\udfffb", "😀" * 4_000, "👩‍👩‍👧‍👦" * 500, "مرحبا بكم جميعا", "\u202eolleh\u202c", "ﷺ" * 500, "\n" * 50,
    "é" * 4_000, "ᄀ" * 300, "各位加油", "$" * 4_000, "*" * 4_000, "@.@.@.@.", "'" * 99, "1" * 4_000, "a1" * 2_000,
]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_judged_like_any_other(text: str) -> None:
    judgement = judge(Draft(text, 60.0, earlier=tuple(Earlier(odd, 0.0) for odd in ODD)), BOOK)
    assert [finding.rule for finding in judgement.findings if finding.rule == "cursing"] == []


@given(
    st.text(st.characters(codec=None, exclude_categories=[]), max_size=60)
    | st.text("fucksh i*!1@.-_'0459\u200bɴ$+,", max_size=60)
    | st.text("one two five + 0 1 9 . - ( ) at dot com @", max_size=60)
)
def test_every_finding_points_inside_the_text(text: str) -> None:
    for finding in judge(Draft(text, 0.0, earlier=(Earlier(text, 0.0),)), BOOK).findings:
        assert finding.spans == tuple(sorted(finding.spans))
        assert all(0 <= start < end <= len(text) for start, end in finding.spans)

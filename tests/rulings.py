"""Rulings: a double of the rules, for tests of what follows from a judgement. A text says itself what it is found to be.

`[nudge]`, `[hold]`, `[refuse]` and `[severe]` are findings, `[crisis]`, `[urgent]` and `[adverse-event]` care cards,
`[crisis?]` one that is a mere guess; a text without such a mark is allowed. Which texts the true rules find is what tests/rules is about.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.rules.book import Book
from app.rules.draft import Draft
from app.rules.verdict import CARE_KINDS, Allow, Care, Finding, Hold, Judgement, Nudge, Refuse

NUDGED = Finding("medical-advice", "likely", "no-medical-advice", "Could you say it otherwise?", verdict="nudge")
HELD = Finding("promotion", "sure", "no-promotion", "A facilitator looks first.", verdict="hold")
REFUSED = Finding("cursing", "strong", "no-cursing", "Please without a curse.", spans=((0, 1),), verdict="refuse")
SEVERE = Finding("cursing", "severe", "no-cursing", "Please without this word.", spans=((0, 1),), verdict="refuse")
FOUND = {"[severe]": SEVERE, "[refuse]": REFUSED, "[hold]": HELD, "[nudge]": NUDGED}


def card(kind: str, *, certain: bool = True) -> Care:
    """The card that a mark asks for."""
    found = next(each for each in CARE_KINDS if each == kind)
    links = (("A line: 116 123", "tel:116123"), ("A page", "https://example.org"))
    return Care(found, f"A card about {kind}.", links, certain)


def ruling(draft: Draft, _book: Book) -> Judgement:
    """What `judge` would say, had it read the marks."""
    cards = tuple(card(kind) for kind in CARE_KINDS if f"[{kind}]" in draft.text)
    cards += (card("crisis", certain=False),) if "[crisis?]" in draft.text else ()
    findings = tuple(finding for mark, finding in FOUND.items() if mark in draft.text)
    if not findings:
        return Allow(care=cards)
    match findings[0].verdict:
        case "refuse":
            return Refuse(findings, cards)
        case "hold":
            return Hold(findings, cards)
        case _:
            return Allow(findings, cards) if draft.confirmed else Nudge(findings, cards)


@pytest.fixture
def ruled(monkeypatch: pytest.MonkeyPatch) -> Callable[[Draft, Book], Judgement]:
    """From now on texts are judged by their marks."""
    monkeypatch.setattr("app.community.bench.judge", ruling)
    return ruling

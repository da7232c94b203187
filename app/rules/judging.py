"""The one judgement: every rule looks, the most serious finding decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias, assert_never

from app.rules import cursing, pace, personal_data, similar_posts
from app.rules.book import Book
from app.rules.draft import Draft
from app.rules.folding import Folded, fold
from app.rules.verdict import SEVERITY, Allow, Finding, Hold, Judgement, Nudge, Refuse, RuleId

Look: TypeAlias = Callable[[Draft, Folded, Book], Iterable[Finding]]

REGISTRY: Final[tuple[tuple[RuleId, Look], ...]] = (
    ("cursing", cursing.look),
    ("personal-data", personal_data.look),
    ("similar-posts", similar_posts.look),
    ("pace", pace.look),
)
"""The rules, most serious first; among findings of the same verdict this order stands. A new rule is a line here."""


def judge(draft: Draft, book: Book) -> Judgement:
    """What becomes of this draft. Pure: the same draft and book give the same judgement."""
    folded = fold(draft.text)
    findings = [
        finding for rule, look in REGISTRY if rule not in book.disabled for finding in look(draft, folded, book)
    ]
    if not findings:
        return Allow()
    findings.sort(key=lambda finding: -SEVERITY[book.verdict(finding.rule, finding.level)])
    return _judgement(draft, book, tuple(findings))


def _judgement(draft: Draft, book: Book, findings: tuple[Finding, ...]) -> Judgement:
    verdict = book.verdict(findings[0].rule, findings[0].level)
    match verdict:
        case "refuse":
            return Refuse(findings)
        case "hold":
            return Hold(findings)
        case "nudge":
            return Allow(findings) if draft.confirmed else Nudge(findings)
        case "allow":
            return Allow(findings)
        case _:
            assert_never(verdict)

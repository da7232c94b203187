"""The one judgement: every rule looks, the most serious finding decides, and a cry for help stands above all of it.

First the rules in code, then the weighing of meaning (with what those found as part of the evidence), then the rules and
cards that stand on the weighing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias, assert_never

import numpy as np
from numpy.typing import NDArray

from app.rules import (
    care,
    cursing,
    hinted,
    meaning,
    medical_advice,
    pace,
    personal_data,
    promotion,
    respect,
    scam,
    similar_posts,
)
from app.rules.book import Book
from app.rules.case import Case
from app.rules.draft import Draft, Kind
from app.rules.folding import Folded, fold
from app.rules.listening import Heard, listen, together
from app.rules.meaning import Weighed
from app.rules.verdict import (
    GUIDELINE_OF,
    SEVERITY,
    Allow,
    Care,
    Finding,
    Hold,
    Judgement,
    Nudge,
    Refuse,
    RuleId,
    Verdict,
)

Look: TypeAlias = Callable[[Draft, Folded, Book], Iterable[Finding]]
LookAtMeaning: TypeAlias = Callable[[Case], Iterable[Finding]]

REGISTRY: Final[tuple[tuple[RuleId, Look], ...]] = (
    ("cursing", cursing.look),
    ("personal-data", personal_data.look),
    ("similar-posts", similar_posts.look),
    ("pace", pace.look),
)
"""The rules in code, but for what `respect` hears."""
_IN_CODE: Final = dict(REGISTRY)

BY_MEANING: Final[Mapping[RuleId, LookAtMeaning]] = {
    "cursing": hinted.curses,
    "personal-data": hinted.data,
    "respect": respect.look,
    "scam": scam.look,
    "promotion": promotion.look,
    "medical-advice": medical_advice.look,
}

HEARD: Final[Mapping[Kind, tuple[frozenset[RuleId], Verdict]]] = {
    "name": (frozenset({"cursing", "respect", "promotion", "personal-data"}), "refuse"),
    "note": (frozenset({"cursing", "respect"}), "allow"),
    "appeal": (frozenset({"cursing", "respect"}), "nudge"),
}
"""For texts that are no messages: the rules that look, and the most that follows.

Whoever reports or appeals must be able to speak. What is not listed is judged like a message.
"""

_WATCHED: Final = "The people who look after this room have asked for this to be looked at first."


def prepare() -> None:
    """Make ready what is made once, before the first message. `meaning.Unreadable` when the weights are missing."""
    meaning.prepare()
    together()


def judge(draft: Draft, book: Book) -> Judgement:
    """What becomes of this draft. Pure: the same draft and book give the same judgement."""
    folded = fold(draft.text)
    rules, _ = HEARD.get(draft.kind, (None, None))
    asked = [rule for rule in SEVERE_FIRST if rule not in book.disabled and (rules is None or rule in rules)]
    heard = listen(folded)
    found = in_code(draft, folded, heard, book, asked)
    weighed = weigh(draft, folded, heard, [finding for each in found.values() for finding in each])
    case = Case(folded, weighed, heard, book)
    for rule in asked:
        if rule in BY_MEANING and draft.kind != "name" and not found.get(rule):
            found[rule] = list(BY_MEANING[rule](case))
    findings = [finding for rule in asked for finding in found.get(rule, ())]
    findings += [each for each in _watched(folded, book) if rules is None or each.rule in rules]
    cards = () if draft.kind == "name" else tuple(care.cards(case))
    if not findings:
        return Allow(care=cards)
    findings.sort(key=lambda finding: -SEVERITY[decided(finding, draft, book)])
    return _judgement(draft, book, tuple(findings), cards)


def in_code(
    draft: Draft, folded: Folded, heard: Heard, book: Book, asked: Collection[RuleId]
) -> dict[RuleId, list[Finding]]:
    """What those of the asked rules find that need no score."""
    found = {rule: list(_IN_CODE[rule](draft, folded, book)) for rule in asked if rule in _IN_CODE}
    if "respect" in asked:
        found["respect"] = list(respect.outright(folded, heard))
    if "promotion" in asked and draft.kind == "name":
        found["promotion"] = list(promotion.named(folded))
    return found


def weigh(draft: Draft, folded: Folded, heard: Heard, findings: Iterable[Finding]) -> Weighed:
    """The weighing of meaning, with what the rules in code found and what is said outright."""
    weighed = meaning.weigh(meaning.light(folded), draft.meaning, hits(heard, findings))
    # Asked only where it matters, since it is seldom that anything is reached.
    if any(weighed.levels) and not meaning.says_something(folded):
        return replace(weighed, levels=(None,) * len(weighed.levels))
    return weighed


def hits(heard: Heard, findings: Iterable[Finding]) -> NDArray[np.float32]:
    """What there is beside the scores, as the heads were taught it."""
    return meaning.hits_of(findings, [*heard.said, *(["urgent"] if heard.urgent else [])])


def decided(finding: Finding, draft: Draft, book: Book) -> Verdict:
    """What a finding leads to in a text of this kind."""
    verdict = finding.verdict or book.verdict(finding.rule, finding.level)
    most = HEARD[draft.kind][1] if draft.kind in HEARD else "refuse"
    return verdict if SEVERITY[verdict] <= SEVERITY[most] else most


def _watched(folded: Folded, book: Book) -> Iterator[Finding]:
    """The operator's own words: one finding an entry, with all its places."""
    places: dict[int, list[tuple[int, int]]] = {}
    entries = {}
    for entry, start, end in book.watched.matches(folded):
        if entry.rule not in book.disabled:
            entries[id(entry)] = entry
            places.setdefault(id(entry), []).append(folded.span(start, end))
    for key, entry in entries.items():
        spans = tuple(sorted(places[key]))
        why = entry.why or _WATCHED
        yield Finding(entry.rule, "watched", GUIDELINE_OF[entry.rule], why, spans, verdict=entry.verdict)


def _judgement(draft: Draft, book: Book, findings: tuple[Finding, ...], cards: tuple[Care, ...]) -> Judgement:
    verdict = decided(findings[0], draft, book)
    if any(card.kind == "crisis" and card.certain for card in cards) and verdict != "allow":
        return _heard(findings, cards)
    match verdict:
        case "refuse":
            return Refuse(findings, cards)
        case "hold":
            return Hold(findings, cards)
        case "nudge":
            return Allow(findings, cards) if draft.confirmed else Nudge(findings, cards)
        case "allow":
            return Allow(findings, cards)
        case _:
            assert_never(verdict)


def _heard(findings: tuple[Finding, ...], cards: tuple[Care, ...]) -> Judgement:
    """Of somebody in crisis: her words go out, whatever they are.

    A threat waits, so that a facilitator reads it and her despair; and the pace holds, which keeps her words for a few
    seconds, so that many copies cannot bury somebody else.
    """
    if any(finding.rule == "pace" for finding in findings):
        return Refuse(tuple(sorted(findings, key=lambda finding: finding.rule != "pace")), cards)
    if any(finding.rule == "respect" and finding.level == "threat" for finding in findings):
        return Hold(findings, cards)
    return Allow(findings, cards)


SEVERE_FIRST: Final[tuple[RuleId, ...]] = (
    "cursing", "respect", "scam", "promotion", "medical-advice", "personal-data", "similar-posts", "pace",
)  # fmt: skip
"""Among findings of the same verdict this order stands."""

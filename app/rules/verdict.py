"""What a judgement can be: closed lists in the contract's order, findings, care cards, four verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, assert_never, get_args

RuleId = Literal["cursing", "respect", "medical-advice", "promotion", "scam", "personal-data", "similar-posts", "pace"]
CareKind = Literal["crisis", "urgent", "adverse-event"]
GuidelineId = Literal[
    "respect",
    "report-abuse",
    "no-cursing",
    "no-medical-advice",
    "ask-your-physician",
    "no-promotion",
    "no-flooding",
    "facilitators-decide",
    "play-fair",
]
Verdict = Literal["allow", "nudge", "hold", "refuse"]

RULES: Final[tuple[RuleId, ...]] = get_args(RuleId)
CARE_KINDS: Final[tuple[CareKind, ...]] = get_args(CareKind)
GUIDELINES: Final[tuple[GuidelineId, ...]] = get_args(GuidelineId)
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
SEVERITY: Final[Mapping[Verdict, int]] = {verdict: weight for weight, verdict in enumerate(VERDICTS)}

Span: TypeAlias = tuple[int, int]
"""[start, end) in code points of the draft's text."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's match. `level` is the key into the verdict table; `retry_after` is in seconds.

    `suggestion`: the author's own text, mended, ready to be sent; None when only she can mend it.
    `verdict`: set where the operator decided for this very word or phrase; None: the table decides.
    """

    rule: RuleId
    level: str
    guideline: GuidelineId
    why: str
    spans: tuple[Span, ...] = ()
    suggestion: str | None = None
    retry_after: float | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Care:
    """A card for the author alone; it never blocks. `links`: (what it is called, address).

    `certain`: it is said outright, or all but surely meant. Only such a crisis calls facilitators and stands above the
    rules; a card for less is shown, and that is all.
    """

    kind: CareKind
    text: str
    links: tuple[tuple[str, str], ...] = ()
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Allow:
    """Goes out. Findings whose verdict is "allow", or that the author confirmed, are still told."""

    findings: tuple[Finding, ...] = ()
    care: tuple[Care, ...] = ()


@dataclass(frozen=True, slots=True)
class Nudge:
    """Nothing is stored; the author may change it, or confirm."""

    findings: tuple[Finding, ...]
    care: tuple[Care, ...] = ()


@dataclass(frozen=True, slots=True)
class Hold:
    """Stored, and waits for a facilitator."""

    findings: tuple[Finding, ...]
    care: tuple[Care, ...] = ()


@dataclass(frozen=True, slots=True)
class Refuse:
    """Does not go out; the answer carries what the author needs to mend it."""

    findings: tuple[Finding, ...]
    care: tuple[Care, ...] = ()


Judgement: TypeAlias = Allow | Nudge | Hold | Refuse
"""All have `findings`, most serious first, and `care`."""


def verdict_of(judgement: Judgement) -> Verdict:
    """Its name."""
    match judgement:
        case Allow():
            return "allow"
        case Nudge():
            return "nudge"
        case Hold():
            return "hold"
        case Refuse():
            return "refuse"
        case _:
            assert_never(judgement)


GUIDELINE_OF: Final[Mapping[str, GuidelineId]] = {
    "cursing": "no-cursing",
    "respect": "respect",
    "medical-advice": "no-medical-advice",
    "promotion": "no-promotion",
    "scam": "no-promotion",
    "personal-data": "respect",
    "similar-posts": "no-flooding",
    "pace": "no-flooding",
}
"""Which guideline each rule enforces."""

"""What the rules of meaning have in common: a level from the weighing, the words in question, the answer's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.rules.case import Case
from app.rules.language import Language, told
from app.rules.meaning import Label
from app.rules.parts import sentences
from app.rules.verdict import GUIDELINE_OF, Finding, RuleId, Span

Texts = Mapping[Language, str]

_WORTH_SENDING: Final = 3
"""Words that a rest must have to be suggested."""


def scored(case: Case, rule: RuleId, label: Label, why: Texts, outright: tuple[Span, ...] = ()) -> Iterator[Finding]:
    """One finding when the weighing reaches a level. `outright`: places where it is said in so many words."""
    level = case.weighed.level(label)
    if level is None:
        return
    if case.book.verdict(rule, level) == "allow":
        # Nobody is shown where, so it is not looked for.
        whole = (0, len(case.folded.source))
        yield Finding(rule, level, GUIDELINE_OF[rule], told(why, case.folded), outright or (whole,))
        return
    place = case.strongest(label)
    if place is None or case.allows(place):
        return
    spans = outright or (place,)
    yield Finding(rule, level, GUIDELINE_OF[rule], told(why, case.folded), spans, _rest(case.folded.source, place))


def _rest(text: str, place: Span) -> str | None:
    """What the author said besides: her words without that sentence."""
    rest = " ".join(text[slice(*each)] for each in sentences(text) if each != place)
    return rest if len(rest.split()) >= _WORTH_SENDING else None

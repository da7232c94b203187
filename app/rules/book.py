"""The book of rules for one room: the guidelines' sentences, which finding leads to which verdict, what passes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast, get_args

from app.rules.folding import fold
from app.rules.verdict import RULES, VERDICTS, RuleId, Verdict

SHIPPED: Final[Mapping[RuleId, Mapping[str, Verdict]]] = {
    "cursing": {"severe": "refuse", "strong": "refuse"},
    "personal-data": {"contact": "nudge"},
    "similar-posts": {"repeat": "refuse"},
    "pace": {"pace": "refuse"},
}
"""What a finding leads to where no table says otherwise; its keys are the levels that the rules report."""

UNLISTED: Final[Verdict] = "nudge"
"""For a level that neither a table nor the shipped book knows: said to the author, stopping nothing."""

_SHORTEST_NUMBER: Final = 3
_NOT_A_DIGIT: Final = re.compile(r"\D+")


@dataclass(frozen=True, slots=True)
class Book:
    """Made by `book_of`. `allowed`: folded words and phrases that every rule lets pass.

    `numbers`: the digits of the allowed telephone numbers. `disabled`: rules that are not asked at all.
    """

    guidelines: Mapping[str, str]
    verdicts: Mapping[str, Mapping[str, Verdict]] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    disabled: frozenset[str] = frozenset()

    def verdict(self, rule: RuleId, level: str) -> Verdict:
        levels = self.verdicts.get(rule, {})
        return levels.get(level) or levels.get("") or SHIPPED.get(rule, {}).get(level, UNLISTED)


def book_of(guidelines: Mapping[str, str], *tables: Mapping[str, Any], disabled: Collection[str] = ()) -> Book:
    """From the parsed [rules] tables, all rooms' first, the room's own last: a later one overrides.

    A table: {"verdicts": {rule: verdict, or {level: verdict}}, "allowed": [word, …]}. ValueError names what is wrong.
    """
    verdicts: dict[str, dict[str, Verdict]] = {}
    allowed: list[str] = []
    for table in tables:
        for rule, decided in table.get("verdicts", {}).items():
            _check_rule(rule)
            if isinstance(decided, str):
                verdicts[rule] = {"": _checked(rule, decided)}
            else:
                verdicts.setdefault(rule, {}).update(_levels(rule, decided))
        allowed.extend(fold(word).text.strip() for word in table.get("allowed", ()))
    for rule in disabled:
        _check_rule(rule)
    numbers = frozenset(digits for word in allowed if len(digits := _NOT_A_DIGIT.sub("", word)) >= _SHORTEST_NUMBER)
    return Book(guidelines, verdicts, frozenset(filter(None, allowed)), numbers, frozenset(disabled))


def _levels(rule: str, decided: Mapping[str, Any]) -> dict[str, Verdict]:
    known = SHIPPED.get(cast("RuleId", rule))
    for level in decided:
        if known is not None and level not in known:
            raise ValueError(f"verdicts.{rule}.{level}: no such level; there are {', '.join(known)}")
    return {level: _checked(f"{rule}.{level}", verdict) for level, verdict in decided.items()}


def _check_rule(rule: str) -> None:
    if rule not in RULES:
        raise ValueError(f"verdicts.{rule}: no such rule; there are {', '.join(RULES)}")


def _checked(key: str, verdict: object) -> Verdict:
    if verdict not in get_args(Verdict):
        raise ValueError(f"verdicts.{key}: {verdict!r} is no verdict; there are {', '.join(VERDICTS)}")
    return cast("Verdict", verdict)

"""The book of rules for one room: the guidelines' sentences, which finding leads to which verdict, what passes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast, get_args

from app.rules.folding import fold
from app.rules.verdict import RULES, VERDICTS, CareKind, RuleId, Verdict
from app.rules.watching import NOTHING, Watched, Watchlist

SHIPPED: Final[Mapping[RuleId, Mapping[str, Verdict]]] = {
    "cursing": {"severe": "refuse", "strong": "refuse", "likely": "nudge", "sure": "nudge"},
    "respect": {"threat": "refuse", "possible": "allow", "likely": "nudge", "sure": "nudge"},
    "scam": {"possible": "allow", "likely": "nudge", "sure": "hold"},
    "promotion": {"possible": "allow", "likely": "nudge", "sure": "hold"},
    "medical-advice": {"possible": "allow", "likely": "nudge", "sure": "nudge"},
    "personal-data": {"contact": "nudge", "home": "nudge", "identity": "nudge", "likely": "nudge", "sure": "nudge"},
    "similar-posts": {"repeat": "refuse"},
    "pace": {"pace": "refuse"},
}
"""What a finding leads to where no table says otherwise; its keys are the levels that the rules report.

`possible`, `likely` and `sure` are the certainties of `meaning`: a model alone never refuses.
"""

UNLISTED: Final[Verdict] = "nudge"
"""For a level that neither a table nor the shipped book knows: said to the author, stopping nothing."""

BY_SCORE: Final = frozenset({"possible", "likely", "sure"})
"""Levels that a model's score gives: no table may make them refuse."""

_SHORTEST_NUMBER: Final = 3
_NOT_A_DIGIT: Final = re.compile(r"\D+")
_DOMAIN: Final = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}")


@dataclass(frozen=True, slots=True)
class Helpline:
    """Whom to call. `care`: the kinds of care cards on which it stands. At least one of `number` and `address` is there."""

    name: str
    number: str | None
    address: str | None
    care: tuple[CareKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """Made by `book_of`. `allowed`: folded words and phrases that every rule lets pass.

    `numbers`: the digits of the allowed telephone numbers. `disabled`: rules that are not asked at all.
    `domains`: web domains among the allowed words. `helplines`: what the care cards name.
    `watched`: the operator's own words and patterns. `hold_first`: so many first messages of a new member wait for a
    facilitator where none is on duty.
    """

    guidelines: Mapping[str, str]
    verdicts: Mapping[str, Mapping[str, Verdict]] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    disabled: frozenset[str] = frozenset()
    domains: tuple[str, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    watched: Watchlist = NOTHING
    hold_first: int = 0

    def verdict(self, rule: RuleId, level: str) -> Verdict:
        levels = self.verdicts.get(rule, {})
        return levels.get(level) or levels.get("") or SHIPPED.get(rule, {}).get(level, UNLISTED)


def book_of(
    guidelines: Mapping[str, str], *tables: Mapping[str, Any], disabled: Collection[str] = (),
    watched: Sequence[Watched] = (), helplines: Sequence[Helpline] = (), hold_first: int = 0,
) -> Book:  # fmt: skip
    """From the parsed [rules] tables, all rooms' first, the room's own last: a later one overrides.

    A table: {"verdicts": {rule: verdict, or {level: verdict}}, "allowed": [word, …]}. ValueError names what is wrong.
    """
    verdicts: dict[str, dict[str, Verdict]] = {}
    allowed: list[str] = []
    for table in tables:
        for rule, decided in table.get("verdicts", {}).items():
            _check_rule(rule)
            if isinstance(decided, str):
                verdicts[rule] = _for_all_levels(rule, _checked(rule, decided))
            else:
                verdicts.setdefault(rule, {}).update(_levels(rule, decided))
        allowed.extend(fold(word).text.strip() for word in table.get("allowed", ()))
    for rule in disabled:
        _check_rule(rule)
    numbers = frozenset(digits for word in allowed if len(digits := _NOT_A_DIGIT.sub("", word)) >= _SHORTEST_NUMBER)
    passing = frozenset(filter(None, allowed))
    return Book(
        guidelines,
        verdicts,
        allowed=passing,
        numbers=numbers,
        disabled=frozenset(disabled),
        domains=tuple(sorted(word for word in passing if _DOMAIN.fullmatch(word))),
        helplines=tuple(helplines),
        watched=Watchlist.of(watched) if watched else NOTHING,
        hold_first=hold_first,
    )


def _for_all_levels(rule: str, verdict: Verdict) -> dict[str, Verdict]:
    """One verdict for the whole rule; what a score only thinks possible passes, and of what it thinks, hold is the most."""
    levels = SHIPPED[cast("RuleId", rule)]
    if BY_SCORE.isdisjoint(levels):
        return {"": verdict}
    most: Verdict = "hold" if verdict == "refuse" else verdict
    return {level: "allow" if level == "possible" else most if level in BY_SCORE else verdict for level in levels}


def _levels(rule: str, decided: Mapping[str, Any]) -> dict[str, Verdict]:
    known = SHIPPED[cast("RuleId", rule)]
    for level, verdict in decided.items():
        if level not in known:
            raise ValueError(f"verdicts.{rule}.{level}: no such level; there are {', '.join(known)}")
        if level in BY_SCORE and verdict == "refuse":
            raise ValueError(f"verdicts.{rule}.{level}: a model's score alone refuses nothing; hold is the most")
    return {level: _checked(f"{rule}.{level}", verdict) for level, verdict in decided.items()}


def _check_rule(rule: str) -> None:
    if rule not in RULES:
        raise ValueError(f"verdicts.{rule}: no such rule; there are {', '.join(RULES)}")


def _checked(key: str, verdict: object) -> Verdict:
    if verdict not in get_args(Verdict):
        raise ValueError(f"verdicts.{key}: {verdict!r} is no verdict; there are {', '.join(VERDICTS)}")
    return cast("Verdict", verdict)

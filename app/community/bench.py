"""The bench: every text comes before the rules here, with the evidence that takes time to get.

Messages and edits (`decide`) bring more evidence along and may raise a concern; names, notices, notes and appeals (`judge`)
are nothing but their words.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from app.base.clock import Clock
from app.community.concerns import NewConcern, calls
from app.rules.book import BY_SCORE, Book
from app.rules.draft import Draft, Kind
from app.rules.judging import decided, judge
from app.rules.verdict import Allow, Judgement, RuleId

Weigh = Callable[[str], Awaitable[tuple[float, ...] | None]]
"""What the sentence encoder makes of a text; None where there is none, or no time. It keeps a deadline of its own."""


class Told(Protocol):
    """Is told what became of each message and edit. `confirmed`: the rule in spite of whose nudge it was said."""

    def __call__(self, room: str, judgement: Judgement, *, confirmed: RuleId | None) -> None: ...


def to_nobody(room: str, judgement: Judgement, *, confirmed: RuleId | None) -> None:
    """Nothing is counted."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement, and what facilitators should look at because of it."""

    judgement: Judgement
    concern: NewConcern | None


@dataclass(frozen=True, slots=True)
class Bench:
    """`book_for`: the rules of a room; of "" those that all share."""

    clock: Clock
    book_for: Callable[[str], Book]
    weigh: Weigh
    told: Told = to_nobody

    def decide(self, draft: Draft) -> Judged:
        """A message or an edit, whose evidence is complete."""
        book = self.book_for(draft.room)
        judgement = judge(draft, book)
        rule = _confirmed(draft, judgement, book)
        self.told(draft.room, judgement, confirmed=rule)
        if calls(judgement.care):
            return Judged(judgement, NewConcern("crisis", rule))
        return Judged(judgement, None if rule is None else NewConcern("confirmed", rule))

    async def judge(self, text: str, kind: Kind, room: str = "") -> Judgement:
        """Words that are no message."""
        return judge(await self._draft(text, kind, room), self.book_for(room))

    async def against(self, text: str, room: str = "") -> str | None:
        """Why a room, or the member it is about, should not read these words of a facilitator; None: they may.

        There is no sending them anyway, so a score alone stands against nothing: it is wrong now and then, and a decision
        that has to be taken must not wait for that.
        """
        if not text.strip():
            return None
        draft, book = await self._draft(text, "notice", room), self.book_for(room)
        findings = [each for each in judge(draft, book).findings if each.level not in BY_SCORE]
        return next((each.why for each in findings if decided(each, draft, book) != "allow"), None)

    async def _draft(self, text: str, kind: Kind, room: str) -> Draft:
        meaning = None if kind == "name" else await self.weigh(text)  # two words mean nothing that could be weighed
        return Draft(text=text, at=self.clock.now().timestamp(), room=room, kind=kind, meaning=meaning)


def _confirmed(draft: Draft, judgement: Judgement, book: Book) -> RuleId | None:
    """The rule that would have asked her first, had she not confirmed already."""
    if not draft.confirmed or not isinstance(judgement, Allow):
        return None
    return next((each.rule for each in judgement.findings if decided(each, draft, book) == "nudge"), None)

"""Newcomers: the first messages of a new member wait for a facilitator where none is on duty (`hold_first` of a room).

Off as shipped. What was held so is told under the rule `pace`, the one rule that is not about what somebody wrote, with the
guideline that facilitators decide: nobody is to read that she promoted or cursed when all she is is new.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from sqlalchemy import bindparam, func
from sqlmodel import select

from app.base.db import Database, columns, pick
from app.community.members import Who
from app.community.messages import Message
from app.community.standing import Standing
from app.rules.verdict import GUIDELINE_OF, RULES, GuidelineId, RuleId

HELD_AS: Final = "newcomer"
"""In `held_rule`: this is no rule of the book."""
TOLD_AS: Final[tuple[RuleId, GuidelineId]] = ("pace", "facilitators-decide")
WHY: Final = (
    "The first messages of new members are read by a facilitator first; she will look as soon as she is here. Your words "
    "are kept, and there is nothing wrong with them."
)
MEMBERS_KEPT: Final = 10_000

M = columns(Message)
_STANDING = (M.member_id == bindparam("member"), M.state == "posted", M.removed_by.is_(None))
_FIRST = pick(M.id).where(*_STANDING).limit(bindparam("most")).subquery()
POSTED = select(func.count()).select_from(_FIRST)
"""How many messages of a member stand, up to `most`, removed ones not counted: by the index on (member_id, at)."""


def told_as(held_rule: str | None) -> tuple[RuleId, GuidelineId]:
    """Rule and guideline that the author of a held message is told."""
    rule = next((each for each in RULES if each == held_rule), None)
    return TOLD_AS if rule is None else (rule, GUIDELINE_OF[rule])


class Newcomers:
    """Knows who is no newcomer any more: that is asked of the database until it is so, and then remembered."""

    def __init__(self, db: Database, on_duty: Callable[[str], bool]) -> None:
        self._db, self._on_duty = db, on_duty
        self._known: OrderedDict[str, int] = OrderedDict()

    async def wait(self, who: Who, standing: Standing, room: str, first: int) -> bool:
        """Whether what she writes there now is one of her `first` messages, and nobody is there to read along."""
        if first == 0 or standing.facilitates or self._known.get(who.id, 0) >= first:
            return False
        async with self._db.read() as connection:
            posted = (await connection.execute(POSTED, {"member": who.id, "most": first})).scalar_one()
        if posted < first:
            return not self._on_duty(room)
        self._known[who.id] = posted
        if len(self._known) > MEMBERS_KEPT:
            self._known.popitem(last=False)
        return False

"""Hits: what each rule has done lately, and how often a facilitator saw it otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, get_args

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from app.base.db import pick
from app.community import tally
from app.community.messages import Message
from app.community.tally import Outcome
from app.conduct.audit import AuditEntry
from app.rules.verdict import RULES, RuleId

DECISIONS: Final = ("message.release", "message.reject")


@dataclass(frozen=True, slots=True)
class Hits:
    """One rule. `did`: outcome -> how often; `decided`: held messages that facilitators decided about; `released`: of these."""

    rule: RuleId
    did: Mapping[str, int]
    decided: int
    released: int

    @property
    def overturned(self) -> float | None:
        """The share of decided messages that were let into the room after all, 0 to 1."""
        return self.released / self.decided if self.decided else None


async def of_rules(
    connection: AsyncConnection, room_ids: Collection[int] | None, since: datetime
) -> tuple[int, list[Hits]]:
    """(How many texts were judged, what each rule did) since then, in these rooms (None: in all)."""
    sums = await tally.sums(connection, room_ids, since.date())
    decided = await _decided(connection, room_ids, since)
    outcomes: tuple[Outcome, ...] = get_args(Outcome)
    hits = []
    for rule in RULES:
        released, rejected = decided.get((rule, "posted"), 0), decided.get((rule, "rejected"), 0)
        did: dict[str, int] = {outcome: sums.get((rule, outcome), 0) for outcome in outcomes if outcome != "judged"}
        hits.append(Hits(rule, did, released + rejected, released))
    return sums.get(("", "judged"), 0), hits


async def _decided(
    connection: AsyncConnection, room_ids: Collection[int] | None, since: datetime
) -> dict[tuple[str, str], int]:
    """(rule that held it, what became of it) -> how many. The audit's index finds them, the message's row says the rest."""
    query = (
        pick(Message.held_rule, Message.state, func.count().label("times"))
        .join(AuditEntry, col(AuditEntry.subject) == col(Message.id))
        .where(col(AuditEntry.at) >= since, col(AuditEntry.what).in_(DECISIONS), col(Message.held_rule).is_not(None))
        .group_by(col(Message.held_rule), col(Message.state))
    )
    if room_ids is not None:
        query = query.where(col(AuditEntry.room_id).in_(room_ids))
    return {(row.held_rule, row.state): row.times for row in await connection.execute(query)}

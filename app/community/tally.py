"""The tally: how often each rule did what, a day and a room. Only counts; who wrote and what is not in here.

Counting is adding one in memory, and costs the message path no statement. Every ten seconds, and at closing, the counts go
into the database, added to what other processes counted. A process that is killed takes at most ten seconds of counts along.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Final, Literal, assert_never

import structlog
from sqlalchemy import CheckConstraint, bindparam, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from app.base.clock import Clock
from app.base.db import Database, columns, pick
from app.base.errors import Unavailable, Unstorable
from app.community.rooms import Room
from app.rules.verdict import Allow, Hold, Judgement, Nudge, Refuse, RuleId

FLUSH_SECONDS: Final = 10.0

Outcome = Literal["judged", "nudged", "confirmed", "held", "refused", "passed"]
"""`judged`: every text, of no rule in particular. Of the rule that decided: `nudged`, `held`, `refused`; `confirmed`:
said in spite of the nudge. `passed`: the rule found something that its verdict lets through."""

journal = structlog.get_logger("tally")


class TallyRow(SQLModel, table=True):
    """One count. `rule`: "" for `judged`."""

    __tablename__ = "tally"
    __table_args__ = (
        CheckConstraint("outcome in ('judged', 'nudged', 'confirmed', 'held', 'refused', 'passed')", name="outcome"),
        CheckConstraint("times > 0", name="times"),
    )
    day: date = Field(primary_key=True)
    room_id: int = Field(primary_key=True, foreign_key="room.id")
    rule: str = Field(primary_key=True, max_length=40)
    outcome: str = Field(primary_key=True, max_length=10)
    times: int


T, R = columns(TallyRow), columns(Room)
ROOMS = pick(R.id, R.slug).where(R.slug.in_(bindparam("slugs", expanding=True)))
SUMS = pick(T.rule, T.outcome, func.sum(T.times).label("times")).where(T.day >= bindparam("since"))
SUMS = SUMS.group_by(T.rule, T.outcome)

_Key = tuple[date, str, str, Outcome]
"""(day, room's slug, rule, outcome)."""


class Tally:
    """Counts what the rules do in this process."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db, self._clock = db, clock
        self._counts: Counter[_Key] = Counter()

    def judged(self, room: str, judgement: Judgement, *, confirmed: RuleId | None) -> None:
        """Count one judgement. `confirmed`: the rule in spite of whose nudge the author sent it (`bench` says which)."""
        day = self._clock.now().date()
        self._counts[day, room, "", "judged"] += 1
        for rule, outcome in _outcomes(judgement, confirmed=confirmed):
            self._counts[day, room, rule, outcome] += 1

    async def run(self) -> None:
        """Write down regularly. To be owned by a task group."""
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            await self.flush()

    async def flush(self) -> None:
        """Add what was counted to the database; while that is away it is kept, and grows by kinds, not by messages."""
        counts, self._counts = self._counts, Counter()
        if not counts:
            return
        kept = True
        try:
            async with self._db.write() as connection:
                await _add(connection, counts)
            kept = False
        except Unavailable:
            journal.warning("tally.database_away", kinds=len(counts))
        except Unstorable:
            kept = False  # once more would be the same
            journal.exception("tally.unstorable", kinds=len(counts))
        finally:
            if kept:  # also when the loop was stopped in the middle: the last flush is yet to come
                self._counts.update(counts)


async def sums(
    connection: AsyncConnection, room_ids: Collection[int] | None, since: date
) -> dict[tuple[str, Outcome], int]:
    """(rule, outcome) -> how often since that day, in these rooms (None: in all)."""
    query = SUMS if room_ids is None else SUMS.where(T.room_id.in_(room_ids))
    return {(row.rule, row.outcome): int(row.times) for row in await connection.execute(query, {"since": since})}


def _outcomes(judgement: Judgement, *, confirmed: RuleId | None) -> Iterator[tuple[str, Outcome]]:
    """A rule counts once a text, however many findings it has."""
    findings = judgement.findings
    match judgement:
        case Nudge():
            yield findings[0].rule, "nudged"
        case Hold():
            yield findings[0].rule, "held"
        case Refuse():
            yield findings[0].rule, "refused"
        case Allow():
            for rule in dict.fromkeys(finding.rule for finding in findings):
                yield rule, "confirmed" if rule == confirmed else "passed"
        case _:
            assert_never(judgement)


async def _add(connection: AsyncConnection, counts: Counter[_Key]) -> None:
    slugs = sorted({room for _, room, _, _ in counts})
    rooms = {row.slug: row.id for row in await connection.execute(ROOMS, {"slugs": slugs})}
    # In one order everywhere: two processes that lock the same rows in another order would wait for each other.
    rows = [
        {"day": day, "room_id": rooms[room], "rule": rule, "outcome": outcome, "times": count}
        for (day, room, rule, outcome), count in sorted(counts.items())
        if room in rooms
    ]
    if rows:
        await connection.execute(_upsert(connection.dialect.name), rows)


def _upsert(dialect: str) -> Any:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    new: Any = insert(T.times.table)
    return new.on_conflict_do_update(
        index_elements=[T.day, T.room_id, T.rule, T.outcome], set_={"times": T.times + new.excluded.times}
    )

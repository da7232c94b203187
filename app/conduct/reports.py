"""Reports: a member says "look at this", about a message that breaks a guideline or a person she is worried about.

The report keeps the message as it was: what is edited or removed later can still be judged. Reporters are never named to
the reported.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel, col, select

from app.base.bus import Bus
from app.base.clock import Clock, wire_time
from app.base.db import Database, pick
from app.base.keys import opaque_id
from app.base.pace import Pace
from app.community.events import Event, FacilitatorsAlerted, topic
from app.community.members import Member, Who
from app.community.messages import WHOLE, Message
from app.community.outcomes import Failed
from app.community.rooms import Room
from app.rules.verdict import GUIDELINES

NOTE_LIMIT = 1_000
BURST, SECONDS = 10, 60.0
"""A member's reports: ten at once, one more a minute: enough for a bad evening, too few to bury the queue."""


class Report(SQLModel, table=True):
    """One member about one message, once. `worried`: about the person, not the guidelines."""

    __table_args__ = (
        CheckConstraint("worried or guideline is not null", name="reason"),
        CheckConstraint("state in ('open', 'upheld', 'dismissed')", name="state"),
    )
    id: str = Field(primary_key=True, max_length=22)
    room_id: int = Field(foreign_key="room.id")
    message_id: str = Field(foreign_key="message.id", max_length=32, index=True)
    reporter_id: str = Field(foreign_key="member.id", max_length=22, ondelete="CASCADE")
    worried: bool
    guideline: str | None = Field(default=None, max_length=40)
    note: str = Field(default="", max_length=NOTE_LIMIT)
    text_then: str
    at: datetime
    state: str = Field(default="open", index=True)
    decided_by: str | None = Field(default=None, max_length=22)
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewReport:
    """What a member reports."""

    room_id: int
    room: str
    seq: int
    guideline: str | None
    worried: bool
    note: str


class Reports:
    """Takes reports and shows them to facilitators."""

    def __init__(self, db: Database, bus: Bus[Event], clock: Clock, pace: Pace) -> None:
        self._db, self._bus, self._clock, self._pace = db, bus, clock, pace

    async def file(self, who: Who, new: NewReport) -> str | Failed:
        """Store it and alert the facilitators: the report's id. The same member's second report on a message is the first."""
        refused = _unusable(new)
        if refused:
            return refused
        wait = await self._pace.take(f"report:{who.id}", BURST, SECONDS)
        if wait:
            return Failed(
                "not-allowed", "That is many reports at once. A facilitator will look; please wait a bit.", wait
            )
        async with self._db.write() as connection:
            found = await _message(connection, new.room_id, new.seq)
            if found is None:
                return Failed("not-found", "There is no such message here.")
            known = await _known(connection, who.id, found["id"], worried=new.worried)
            if known is not None:
                return known
            report_id = opaque_id()
            values = {
                "id": report_id, "room_id": new.room_id, "message_id": found["id"], "reporter_id": who.id,
                "worried": new.worried, "guideline": new.guideline, "note": new.note, "text_then": found["text"] or "",
            }  # fmt: skip
            await connection.execute(insert(Report).values(**values, at=self._clock.now(), state="open"))
        kind = "worried" if new.worried else "report"
        alert = FacilitatorsAlerted(kind, new.room, new.seq, report_id)
        self._bus.tell(topic(alert), alert)
        return report_id


async def waiting(connection: AsyncConnection, room_ids: Collection[int]) -> list[dict[str, Any]]:
    """What waits for a decision in these rooms: reports (the worried ones first) and held messages, oldest first."""
    query = (
        pick(
            Report.id, Report.worried, Report.guideline, Report.note, Report.text_then, Report.at, Room.slug,
            Message.seq, Message.member_id, Member.name,
        )
        .join(Message, col(Message.id) == col(Report.message_id))
        .join(Member, col(Member.id) == col(Message.member_id))
        .join(Room, col(Room.id) == col(Report.room_id))
        .where(col(Report.state) == "open", col(Report.room_id).in_(room_ids))
        .order_by(col(Report.worried).desc(), col(Report.at))
        .limit(200)
    )  # fmt: skip
    reports = [
        {
            "id": row.id, "kind": "worried" if row.worried else "report", "room": row.slug, "seq": row.seq,
            "at": wire_time(row.at), "text": row.text_then, "note": row.note, "guideline": row.guideline,
            "author": {"id": row.member_id, "name": row.name},
        }
        for row in await connection.execute(query)
    ]  # fmt: skip
    held = WHOLE.add_columns(col(Room.slug)).join(Room, col(Room.id) == col(Message.room_id))
    held = held.where(col(Message.state) == "held", col(Message.room_id).in_(room_ids)).order_by(col(Message.at))
    return reports + [
        {
            "id": row["id"], "kind": "held", "room": row["slug"], "seq": None, "at": wire_time(row["at"]),
            "text": row["text"], "note": f"Held by the rule on {row['held_rule']}.", "guideline": None,
            "author": {"id": row["member_id"], "name": row["author_name"]},
        }
        for row in (await connection.execute(held.limit(200))).mappings()
    ]  # fmt: skip


async def find(connection: AsyncConnection, report_id: str) -> Report | None:
    """The report with this id, or None."""
    row = (await connection.execute(select(Report).where(col(Report.id) == report_id))).mappings().first()
    return None if row is None else Report(**row)


async def decide(connection: AsyncConnection, report: Report, who: Who, *, upheld: bool, now: datetime) -> bool:
    """Close it; False when somebody has done so already."""
    still = (col(Report.id) == report.id, col(Report.state) == "open")
    values = {"state": "upheld" if upheld else "dismissed", "decided_by": who.id, "decided_at": now}
    return (await connection.execute(update(Report).where(*still).values(**values))).rowcount == 1


def _unusable(new: NewReport) -> Failed | None:
    if not new.worried and new.guideline not in GUIDELINES:
        return Failed("not-allowed", "Say which guideline it breaks, or that you are worried about this person.")
    if len(new.note) > NOTE_LIMIT:
        return Failed("too-long", f"A note may have {NOTE_LIMIT:,} characters.")
    return Failed("not-allowed", "The note holds a character that cannot be stored.") if "\0" in new.note else None


async def _message(connection: AsyncConnection, room_id: int, seq: int) -> dict[str, Any] | None:
    query = select(Message.id, Message.text).where(col(Message.room_id) == room_id, col(Message.seq) == seq)
    row = (await connection.execute(query)).mappings().first()
    return None if row is None else dict(row)


async def _known(connection: AsyncConnection, member_id: str, message_id: str, *, worried: bool) -> str | None:
    same = (col(Report.reporter_id) == member_id, col(Report.message_id) == message_id, col(Report.worried) == worried)
    return (await connection.execute(select(Report.id).where(*same, col(Report.state) == "open"))).scalar()

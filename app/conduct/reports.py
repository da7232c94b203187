"""Reports: a member says "look at this", about a message that breaks a guideline or a person she is worried about.

The report keeps the message as it was: what is edited or removed later can still be judged. Reporters are never named to
the reported.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
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
from app.community import concerns
from app.community.bench import Bench
from app.community.events import Event, FacilitatorsAlerted, topic
from app.community.members import Member, Who
from app.community.messages import WHOLE, Message
from app.community.newcomers import HELD_AS
from app.community.outcomes import Failed
from app.community.rooms import Room
from app.rules.verdict import GUIDELINE_OF, GUIDELINES

NOTE_LIMIT = 1_000
HEARD = "The rules hear somebody who may be in danger. She has been shown whom to call."
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

    def __init__(self, db: Database, bus: Bus[Event], clock: Clock, pace: Pace, bench: Bench) -> None:
        self._db, self._bus, self._clock, self._pace, self._bench = db, bus, clock, pace, bench

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
        if await self._worrying(new):
            new = replace(new, worried=True)
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

    async def _worrying(self, new: NewReport) -> bool:
        """Whoever reports may say what she has to say: nothing is refused. But a note can tell of somebody in danger."""
        if new.worried or not new.note.strip():
            return False
        judgement = await self._bench.judge(new.note, "note", new.room)
        return concerns.calls(judgement.care)


async def waiting(connection: AsyncConnection, room_ids: Collection[int]) -> list[dict[str, Any]]:
    """What waits for a decision in these rooms, each kind with the oldest first.

    Who may be in danger, whom somebody is worried about, what was reported, what was sent in spite of a nudge, what is held.
    """
    return [
        *[_concern(row) for row in await concerns.waiting(connection, room_ids, "crisis")],
        *await _reported(connection, room_ids),
        *[_concern(row) for row in await concerns.waiting(connection, room_ids, "confirmed")],
        *await _held(connection, room_ids),
    ]


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


def _concern(row: dict[str, Any]) -> dict[str, Any]:
    rule = row["concern_rule"]
    crisis = row["concern_kind"] == "crisis"
    note = HEARD
    if not crisis:
        note = f"The rule on {rule} asked first, and it was sent as it is."
    if row["removed_by"] is not None:
        note += " It has been removed since."
    elif row["state"] == "held":
        note += " It is held, too."
    return {
        "id": row["concern_id"], "kind": row["concern_kind"], "room": row["slug"], "seq": row["seq"],
        "at": wire_time(row["concern_at"]), "text": row["text"] or "", "note": note,
        "guideline": None if crisis else GUIDELINE_OF.get(rule),
        "author": {"id": row["member_id"], "name": row["author_name"]},
    }  # fmt: skip


async def _reported(connection: AsyncConnection, room_ids: Collection[int]) -> list[dict[str, Any]]:
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
    return [
        {
            "id": row.id, "kind": "worried" if row.worried else "report", "room": row.slug, "seq": row.seq,
            "at": wire_time(row.at), "text": row.text_then, "note": row.note, "guideline": row.guideline,
            "author": {"id": row.member_id, "name": row.name},
        }
        for row in await connection.execute(query)
    ]  # fmt: skip


async def _held(connection: AsyncConnection, room_ids: Collection[int]) -> list[dict[str, Any]]:
    query = WHOLE.add_columns(col(Room.slug)).join(Room, col(Room.id) == col(Message.room_id))
    query = query.where(col(Message.state) == "held", col(Message.room_id).in_(room_ids)).order_by(col(Message.at))
    return [
        {
            "id": row["id"], "kind": "held", "room": row["slug"], "seq": None, "at": wire_time(row["at"]),
            "text": row["text"], "note": _why_held(row["held_rule"]), "guideline": None,
            "author": {"id": row["member_id"], "name": row["author_name"]},
        }
        for row in (await connection.execute(query.limit(200))).mappings()
    ]  # fmt: skip


def _why_held(rule: str) -> str:
    return "One of the first messages of a new member." if rule == HELD_AS else f"Held by the rule on {rule}."

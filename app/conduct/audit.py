"""The audit: who did what to whom, when and why. Entries are only ever added; no code here changes or deletes one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import Insert
from sqlmodel import Field, SQLModel, col

from app.base.clock import wire_time
from app.base.db import pick
from app.base.keys import ordered_id
from app.community.members import Member, Who
from app.community.rooms import Room


class AuditEntry(SQLModel, table=True):
    """One thing that a facilitator or administrator did. `subject`: the opaque id of what it was done to."""

    __tablename__ = "audit_entry"
    id: str = Field(primary_key=True, max_length=32)
    at: datetime = Field(index=True)
    who_id: str = Field(max_length=22)
    what: str = Field(max_length=40)
    room_id: int | None = Field(default=None, foreign_key="room.id")
    subject: str = Field(max_length=80)
    guideline: str | None = Field(default=None, max_length=40)
    reason: str = Field(default="", max_length=1_000)


def entry(  # noqa: PLR0913 - an audit entry is this many things
    who: Who, what: str, room_id: int | None, subject: str, now: datetime, *, guideline: str | None = None,
    reason: str = "",
) -> Insert:  # fmt: skip
    """The statement that adds an entry, to stand in the transaction of what it tells."""
    values = {"id": ordered_id(now), "at": now, "who_id": who.id, "what": what, "room_id": room_id}
    return insert(AuditEntry).values(**values, subject=subject, guideline=guideline, reason=reason[:1_000])


async def latest(connection: AsyncConnection, room_ids: set[int] | None, limit: int) -> list[dict[str, Any]]:
    """The newest entries of these rooms (None: of all): at, who, what, why."""
    query = (
        pick(AuditEntry.at, AuditEntry.what, AuditEntry.reason, AuditEntry.guideline, Member.name, Room.slug)
        .outerjoin(Member, col(Member.id) == col(AuditEntry.who_id))
        .outerjoin(Room, col(Room.id) == col(AuditEntry.room_id))
        .order_by(col(AuditEntry.id).desc())
        .limit(limit)
    )
    if room_ids is not None:
        query = query.where(col(AuditEntry.room_id).in_(room_ids))
    return [
        {
            "at": wire_time(row.at),
            "who": row.name or "former member",
            "what": f"{row.what} · {row.slug}" if row.slug else row.what,
            "why": " · ".join(part for part in (row.guideline, row.reason) if part),
        }
        for row in await connection.execute(query)
    ]

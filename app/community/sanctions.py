"""Sanctions: what a facilitator's decision does to a member: warn, mute, remove (from a room), ban.

They stand here and not with the decisions, because writing must ask for them, and writing is below deciding.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import CheckConstraint, ColumnElement, Index, bindparam, insert, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel, col, select

from app.base.db import columns, pick
from app.base.keys import opaque_id

Kind = Literal["warn", "mute", "remove", "ban"]
KINDS: tuple[str, ...] = get_args(Kind)
LONGEST_MUTE_MINUTES = 28 * 24 * 60
REASON_LIMIT = 1_000


class Sanction(SQLModel, table=True):
    """One sanction. `room_id` None: all rooms. `until` None: until it is lifted."""

    __table_args__ = (
        CheckConstraint("kind in ('warn', 'mute', 'remove', 'ban')", name="kind"),
        CheckConstraint("kind <> 'remove' or room_id is not null", name="remove_room"),
        CheckConstraint("kind <> 'ban' or room_id is null", name="ban_everywhere"),
        Index("ix_sanction_member", "member_id", "lifted_at"),
    )
    id: str = Field(primary_key=True, max_length=22)
    member_id: str = Field(foreign_key="member.id", ondelete="CASCADE")
    room_id: int | None = Field(default=None, foreign_key="room.id")
    kind: str
    guideline: str = Field(max_length=40)
    reason: str = Field(max_length=REASON_LIMIT)
    issued_by: str = Field(max_length=22)
    issued_at: datetime = Field(index=True)
    until: datetime | None = None
    lifted_at: datetime | None = Field(default=None, index=True)
    lifted_by: str | None = Field(default=None, max_length=22)
    lift_reason: str | None = Field(default=None, max_length=REASON_LIMIT)


@dataclass(frozen=True, slots=True)
class InForce:
    """A sanction that counts now, as far as writing and the socket need to know it."""

    id: str
    member_id: str
    room_id: int | None
    kind: str
    until: datetime | None
    guideline: str
    reason: str

    def reaches(self, room_id: int) -> bool:
        return self.room_id is None or self.room_id == room_id


@dataclass(frozen=True, slots=True)
class NewSanction:
    """What a facilitator decides. `minutes` None: until lifted."""

    member_id: str
    room_id: int | None
    kind: str
    minutes: int | None
    guideline: str
    reason: str
    issued_by: str


async def issue(connection: AsyncConnection, new: NewSanction, now: datetime) -> InForce:
    """Put it in force from now on."""
    until = None if new.minutes is None else now + timedelta(minutes=new.minutes)
    row: dict[str, Any] = {
        "id": opaque_id(),
        "member_id": new.member_id,
        "room_id": new.room_id,
        "kind": new.kind,
        "guideline": new.guideline,
        "reason": new.reason,
    }
    await connection.execute(insert(Sanction).values(**row, issued_by=new.issued_by, issued_at=now, until=until))
    return InForce(**row, until=until)


async def lift(connection: AsyncConnection, sanction_id: str, by: str, reason: str, now: datetime) -> bool:
    """End it before its time; False when it was over or lifted already."""
    open_still = (col(Sanction.id) == sanction_id, col(Sanction.lifted_at).is_(None), _not_over(now))
    change = update(Sanction).where(*open_still).values(lifted_at=now, lifted_by=by, lift_reason=reason)
    return (await connection.execute(change)).rowcount == 1


async def find(connection: AsyncConnection, sanction_id: str) -> Sanction | None:
    row = (await connection.execute(select(Sanction).where(col(Sanction.id) == sanction_id))).mappings().first()
    return None if row is None else Sanction(**row)


S = columns(Sanction)
SHOWN = tuple(S[name] for name in InForce.__dataclass_fields__)
NOT_OVER = or_(S.until.is_(None), S.until > bindparam("now"))
IN_FORCE = pick(*SHOWN).where(
    S.member_id.in_(bindparam("members", expanding=True)), S.lifted_at.is_(None), NOT_OVER, S.kind != "warn"
)
CHANGED = pick(*SHOWN, S.lifted_at).where(or_(S.issued_at >= bindparam("since"), S.lifted_at >= bindparam("since")))


async def in_force(connection: AsyncConnection, member_ids: Collection[str], now: datetime) -> list[InForce]:
    """The sanctions that count now for any of these members (warnings do not hinder anything and are left out)."""
    rows = await connection.execute(IN_FORCE, {"members": list(member_ids), "now": now})
    return [InForce(*row) for row in rows]


async def everywhere(connection: AsyncConnection, member_id: str, now: datetime) -> InForce | None:
    """A sanction that keeps her from writing in all rooms, and so from changing what all rooms see of her."""
    return next((each for each in await in_force(connection, {member_id}, now) if each.room_id is None), None)


async def changed_since(connection: AsyncConnection, moment: datetime) -> list[tuple[InForce, bool]]:
    """(sanction, whether it was lifted) for each that was issued or lifted at or after `moment`."""
    rows = await connection.execute(CHANGED, {"since": moment})
    return [(InForce(*row[:-1]), row[-1] is not None) for row in rows]


def _not_over(now: datetime) -> ColumnElement[bool]:
    return or_(col(Sanction.until).is_(None), col(Sanction.until) > now)

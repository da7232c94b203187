"""Memberships: a member in a room, with a role there and the pseudonym under which visitors see her."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint, bindparam, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel, col, select

from app.base.db import columns, pick
from app.community.members import Who
from app.community.rooms import Room

# Pseudonyms are two quiet words of the out-of-doors and a number: nothing medical, nothing that hints at a person.
TEMPERS = (
    "Quiet Gentle Early Silver Amber Mossy Sunny Misty Little Hidden Winter Summer Autumn Golden Green Blue Velvet "
    "Distant Patient Sleepy Drifting Wild Soft Bright Calm Northern Southern Evening Morning Wandering"
).split()
BEINGS = (
    "Heron Fern Willow Robin Otter Maple Lark Clover Finch Harbour Birch Swift Meadow Wren Pebble Cedar Plover Brook "
    "Linnet Juniper Sparrow Hazel Tern Heather Rowan Cove Thrush Alder Curlew Dune"
).split()
TRIES = 8


class Membership(SQLModel, table=True):
    """One member in one room. `left_at`: she has left; the row keeps her pseudonym and read pointer."""

    __table_args__ = (
        UniqueConstraint("room_id", "pseudonym"),
        CheckConstraint("role in ('member', 'facilitator')", name="role"),
        CheckConstraint("read_seq >= 0", name="read_seq"),
        ForeignKeyConstraint(["member_id"], ["member.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["room_id"], ["room.id"]),
    )
    member_id: str = Field(primary_key=True, max_length=22)
    room_id: int = Field(primary_key=True)
    role: str = "member"
    pseudonym: str = Field(max_length=60)
    shows_name: bool = False
    joined_at: datetime
    left_at: datetime | None = None
    read_seq: int = 0


P, R = columns(Membership), columns(Room)
JOINED = pick(R.slug, P.role).where(P.room_id == R.id, P.member_id == bindparam("member"), P.left_at.is_(None))
READ = (
    update(Membership.metadata.tables["membership"])
    .where(P.member_id == bindparam("member"), P.room_id == bindparam("room"), P.read_seq < bindparam("seq"))
    .values(read_seq=bindparam("seq"))
)


def role_in(who_role: str, membership_role: str | None) -> str:
    """The role that counts in a room: administrator, facilitator or member."""
    return who_role if who_role != "member" else membership_role or "member"


async def join(connection: AsyncConnection, member_id: str, room_id: int, now: datetime, role: str = "member") -> None:
    """Join (or come back to) a room. A role she had there is kept."""
    mine = (col(Membership.member_id) == member_id, col(Membership.room_id) == room_id)
    row = (await connection.execute(select(Membership.role).where(*mine))).first()
    if row is not None:
        change = {"left_at": None, "role": role if role != "member" else row.role}
        await connection.execute(update(Membership).where(*mine).values(**change))
        return
    values = {"member_id": member_id, "room_id": room_id, "role": role, "joined_at": now, "read_seq": 0}
    for attempt in range(TRIES):
        try:
            async with connection.begin_nested():
                new = insert(Membership).values(**values, pseudonym=_pseudonym(attempt), shows_name=False)
                await connection.execute(new)
        except IntegrityError:
            continue
        return
    raise RuntimeError("No free pseudonym was found.")  # eight draws out of 10^7 and more: not by chance


async def leave(connection: AsyncConnection, member_id: str, room_id: int, now: datetime) -> None:
    """Leave a room. What she said stays."""
    mine = (col(Membership.member_id) == member_id, col(Membership.room_id) == room_id)
    await connection.execute(update(Membership).where(*mine, col(Membership.left_at).is_(None)).values(left_at=now))


async def joined(connection: AsyncConnection, who: Who) -> dict[str, str]:
    """The rooms she is in: slug -> her role there."""
    rows = await connection.execute(JOINED, {"member": who.id})
    return {row.slug: role_in(who.role, row.role) for row in rows}


async def facilitates_some(connection: AsyncConnection, member_id: str) -> bool:
    """Whether she is the facilitator of any room."""
    hers = (col(Membership.member_id) == member_id, col(Membership.left_at).is_(None))
    query = select(Membership.room_id).where(*hers, col(Membership.role) == "facilitator")
    return (await connection.execute(query)).first() is not None


async def read_up_to(connection: AsyncConnection, member_id: str, room_id: int, seq: int) -> None:
    """Move her read pointer forward; it never goes back."""
    await connection.execute(READ, {"member": member_id, "room": room_id, "seq": seq})


async def find(connection: AsyncConnection, member_id: str, room_id: int) -> Membership | None:
    """Her membership of this room, also one that she has left."""
    mine = (col(Membership.member_id) == member_id, col(Membership.room_id) == room_id)
    row = (await connection.execute(select(Membership).where(*mine))).mappings().first()
    return None if row is None else Membership(**row)


def _pseudonym(attempt: int) -> str:
    number = secrets.randbelow(90 * 10**attempt) + 10 * 10**attempt
    return f"{secrets.choice(TEMPERS)} {secrets.choice(BEINGS)} {number}"

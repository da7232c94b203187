"""Links: single-use tokens in letters and on an operator's screen. Only their digests are stored."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel, col, select

from app.base.keys import digest, new_token

VERIFY = "verify"
FIRST_ADMINISTRATOR = "first-administrator"
LIFETIMES = {VERIFY: timedelta(days=2), FIRST_ADMINISTRATOR: timedelta(days=7)}


class Link(SQLModel, table=True):
    """One token with one purpose."""

    __table_args__ = (CheckConstraint("purpose in ('verify', 'first-administrator')", name="purpose"),)
    digest: str = Field(primary_key=True, max_length=64)
    purpose: str = Field(max_length=20)
    member_id: str | None = Field(default=None, foreign_key="member.id", ondelete="CASCADE")
    expires_at: datetime
    used_at: datetime | None = None


async def make(connection: AsyncConnection, purpose: str, member_id: str | None, now: datetime) -> str:
    """A new token for `purpose`; earlier ones for the same person and purpose stop working."""
    same = (col(Link.purpose) == purpose, col(Link.member_id) == member_id, col(Link.used_at).is_(None))
    await connection.execute(update(Link).where(*same).values(used_at=now))
    token = new_token()
    row = {"digest": digest(token), "purpose": purpose, "member_id": member_id}
    await connection.execute(insert(Link).values(**row, expires_at=now + LIFETIMES[purpose]))
    return token


async def open_for(connection: AsyncConnection, token: str, purpose: str, now: datetime) -> bool:
    """Whether the token would still work."""
    good = (col(Link.digest) == digest(token), col(Link.purpose) == purpose)
    query = select(Link.digest).where(*good, col(Link.used_at).is_(None), col(Link.expires_at) > now)
    return (await connection.execute(query)).first() is not None


async def use(connection: AsyncConnection, token: str, purpose: str, now: datetime) -> tuple[bool, str | None]:
    """Use the token up: (whether it worked, whose it was)."""
    good = (col(Link.digest) == digest(token), col(Link.purpose) == purpose)
    fresh = (*good, col(Link.used_at).is_(None), col(Link.expires_at) > now)
    used = await connection.execute(update(Link).where(*fresh).values(used_at=now))
    if used.rowcount != 1:
        return False, None
    return True, (await connection.execute(select(Link.member_id).where(*good))).scalar()

"""Links: single-use tokens in letters and on an operator's screen. Only their digests are stored."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel, col, select

from app.base.keys import digest, new_token
from app.community.members import NAME_LIMIT

VERIFY = "verify"
FIRST_ADMINISTRATOR = "first-administrator"
FORGOTTEN: dict[str, None] = {"name": None, "password_hash": None}
"""A link that no longer works keeps nobody's password, not even its hash."""
LIFETIMES = {VERIFY: timedelta(days=2), FIRST_ADMINISTRATOR: timedelta(days=7)}


class Link(SQLModel, table=True):
    """One token with one purpose. `name` and `password_hash`: what a registration becomes when its link is used."""

    __table_args__ = (CheckConstraint("purpose in ('verify', 'first-administrator')", name="purpose"),)
    digest: str = Field(primary_key=True, max_length=64)
    purpose: str = Field(max_length=20)
    member_id: str | None = Field(default=None, foreign_key="member.id", ondelete="CASCADE")
    expires_at: datetime
    used_at: datetime | None = None
    name: str | None = Field(default=None, max_length=NAME_LIMIT)
    password_hash: str | None = None


async def make(connection: AsyncConnection, purpose: str, member_id: str | None, now: datetime) -> str:
    """A new token for `purpose`; earlier ones for the same person and purpose stop working."""
    await close(connection, purpose, member_id, now)
    token = new_token()
    row = {"digest": digest(token), "purpose": purpose, "member_id": member_id}
    await connection.execute(insert(Link).values(**row, expires_at=now + LIFETIMES[purpose]))
    return token


async def for_registering(
    connection: AsyncConnection, member_id: str, name: str, password_hash: str, now: datetime
) -> str:
    """A link that confirms one registration, with the name and password of that very one.

    Others for the same address stay open: whoever reads the address's mail chooses, and nobody else's password comes with it.
    """
    token = new_token()
    row = {"digest": digest(token), "purpose": VERIFY, "member_id": member_id, "name": name}
    row["password_hash"] = password_hash
    await connection.execute(insert(Link).values(**row, expires_at=now + LIFETIMES[VERIFY]))
    return token


async def close(connection: AsyncConnection, purpose: str, member_id: str | None, now: datetime) -> None:
    """No open link of this person and purpose works any more."""
    same = (col(Link.purpose) == purpose, col(Link.member_id) == member_id, col(Link.used_at).is_(None))
    await connection.execute(update(Link).where(*same).values(used_at=now, **FORGOTTEN))


async def open_for(connection: AsyncConnection, token: str, purpose: str, now: datetime) -> bool:
    """Whether the token would still work."""
    good = (col(Link.digest) == digest(token), col(Link.purpose) == purpose)
    query = select(Link.digest).where(*good, col(Link.used_at).is_(None), col(Link.expires_at) > now)
    return (await connection.execute(query)).first() is not None


async def use(connection: AsyncConnection, token: str, purpose: str, now: datetime) -> Link | None:
    """Use the token up: the link, or None when it does not work (any more)."""
    good = (col(Link.digest) == digest(token), col(Link.purpose) == purpose)
    fresh = (*good, col(Link.used_at).is_(None), col(Link.expires_at) > now)
    row = (await connection.execute(select(Link).where(*fresh).with_for_update())).mappings().first()
    if row is None:
        return None
    await connection.execute(update(Link).where(*good).values(used_at=now, **FORGOTTEN))
    return Link(**row)

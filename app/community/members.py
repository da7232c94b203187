"""Members: people with an account."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel, col, select

from app.base.errors import Conflict
from app.base.keys import Keyring, opaque_id

NAME_LIMIT = 40
EMAIL_LIMIT = 254


class Member(SQLModel, table=True):
    """One person. The address is sealed; `email_index` finds it, equality only. `role` is the one in all rooms."""

    __table_args__ = (
        CheckConstraint("role in ('member', 'facilitator', 'administrator')", name="role"),
        CheckConstraint(f"length(name) between 1 and {NAME_LIMIT}", name="name"),
    )
    id: str = Field(primary_key=True, max_length=22)
    name: str = Field(max_length=NAME_LIMIT)
    name_folded: str = Field(unique=True, max_length=4 * NAME_LIMIT)
    email_sealed: str
    email_index: str = Field(unique=True, max_length=64)
    password_hash: str | None = None
    role: str = "member"
    created_at: datetime
    verified_at: datetime | None = None
    pretended: bool = False


@dataclass(frozen=True, slots=True)
class Who:
    """A signed-in member, as far as the rest of the house needs to know her."""

    id: str
    name: str
    role: str
    facilitates_some: bool = False
    """Whether she is a facilitator anywhere: for showing her the way, never for letting her in."""

    @property
    def facilitates_all(self) -> bool:
        return self.role in {"facilitator", "administrator"}


@dataclass(frozen=True, slots=True)
class NewMember:
    """What makes a member. `password_hash` None: cannot sign in by password (pretend members)."""

    name: str
    email: str
    password_hash: str | None
    role: str = "member"
    verified: bool = False
    pretended: bool = False


def fold_name(name: str) -> str:
    """Two names that look alike to a reader are one: compatibility forms and case are folded."""
    return unicodedata.normalize("NFKC", name).casefold()


async def add(connection: AsyncConnection, keys: Keyring, new: NewMember, now: datetime) -> Who:
    """Store a member. Raises Conflict("name") or Conflict("email") when that is taken."""
    member_id = opaque_id()
    values = {
        "id": member_id,
        "name": new.name,
        "name_folded": fold_name(new.name),
        "email_sealed": keys.seal(new.email, f"member.email.{member_id}"),
        "email_index": keys.index(new.email),
        "password_hash": new.password_hash,
        "role": new.role,
        "created_at": now,
        "verified_at": now if new.verified else None,
        "pretended": new.pretended,
    }
    try:
        async with connection.begin_nested():
            await connection.execute(insert(Member).values(**values))
    except IntegrityError:
        known = await find_by_email(connection, keys, new.email)
        raise Conflict("name" if known is None else "email") from None
    return Who(member_id, new.name, new.role)


async def find_by_email(connection: AsyncConnection, keys: Keyring, email: str) -> Member | None:
    """The member with this address, or None."""
    query = select(Member).where(col(Member.email_index).in_(keys.indexes(email)))
    row = (await connection.execute(query)).mappings().first()
    return None if row is None else Member(**row)


async def find(connection: AsyncConnection, member_id: str) -> Member | None:
    """The member with this id, or None."""
    row = (await connection.execute(select(Member).where(col(Member.id) == member_id))).mappings().first()
    return None if row is None else Member(**row)


def address(member: Member, keys: Keyring) -> str:
    """The member's e-mail address, opened."""
    return keys.open(member.email_sealed, f"member.email.{member.id}")


async def verify(connection: AsyncConnection, member_id: str, now: datetime) -> None:
    """The address is hers: she followed the letter's link."""
    await connection.execute(update(Member).where(col(Member.id) == member_id).values(verified_at=now))


async def rename(connection: AsyncConnection, member_id: str, name: str) -> None:
    """Give the member another name. Raises Conflict("name") when it is taken."""
    change = update(Member).where(col(Member.id) == member_id).values(name=name, name_folded=fold_name(name))
    try:
        async with connection.begin_nested():
            await connection.execute(change)
    except IntegrityError:
        raise Conflict("name") from None


async def rehash(connection: AsyncConnection, member_id: str, password_hash: str) -> None:
    """Keep a hash with today's parameters."""
    await connection.execute(update(Member).where(col(Member.id) == member_id).values(password_hash=password_hash))

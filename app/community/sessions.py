"""Sessions: signed-in browsers. Only the digest of the cookie's 256 random bits is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel, col, select

from app.base.db import columns, pick
from app.base.keys import digest, new_token
from app.community.members import Member, Who
from app.community.memberships import Membership

IDLE = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=5)
REMEMBERED = timedelta(days=90)


class Session(SQLModel, table=True):
    """One signed-in browser. Ended sessions stay for a while, so that every process can learn that they ended."""

    digest: str = Field(primary_key=True, max_length=64)
    member_id: str = Field(foreign_key="member.id", index=True, ondelete="CASCADE")
    label: str = Field(max_length=80)
    created_at: datetime
    seen_at: datetime
    ended_at: datetime | None = Field(default=None, index=True)


class Remembrance(SQLModel, table=True):
    """A remembered browser ("remember me"): one that may begin a new session by itself."""

    digest: str = Field(primary_key=True, max_length=64)
    member_id: str = Field(foreign_key="member.id", index=True, ondelete="CASCADE")
    created_at: datetime
    expires_at: datetime


S, M = columns(Session), columns(Member)
P = columns(Membership)
FACILITATES = exists().where(P.member_id == M.id, P.role == "facilitator", P.left_at.is_(None))
FIND = pick(M.id, M.name, M.role, S.seen_at, FACILITATES.label("facilitates")).where(
    M.id == S.member_id, S.digest == bindparam("digest"), S.ended_at.is_(None), S.seen_at > bindparam("since")
)
ENDED = pick(S.digest).where(S.ended_at >= bindparam("since"))


async def begin(connection: AsyncConnection, member_id: str, label: str, now: datetime) -> str:
    """Sign a browser in; the token is the cookie's value and is not kept."""
    token = new_token()
    row = {"digest": digest(token), "member_id": member_id, "label": label[:80], "created_at": now, "seen_at": now}
    await connection.execute(insert(Session).values(**row))
    return token


async def find(connection: AsyncConnection, token: str, now: datetime) -> tuple[Who, datetime] | None:
    """Who this cookie belongs to and when she was last seen here; None: unknown, ended or idle for 30 days."""
    row = (await connection.execute(FIND, {"digest": digest(token), "since": now - IDLE})).first()
    return (
        None if row is None else (Who(row.id, row.name, row.role, row.role != "member" or row.facilitates), row.seen_at)
    )


async def seen(connection: AsyncConnection, token: str, now: datetime) -> None:
    """Note that this browser is in use (asked for at most every five minutes)."""
    await connection.execute(update(Session).where(col(Session.digest) == digest(token)).values(seen_at=now))


async def end(connection: AsyncConnection, session_digest: str, now: datetime) -> None:
    """Sign a browser out, at once and everywhere."""
    still = (col(Session.digest) == session_digest, col(Session.ended_at).is_(None))
    await connection.execute(update(Session).where(*still).values(ended_at=now))


async def ended_since(connection: AsyncConnection, moment: datetime) -> list[str]:
    """The digests of sessions that ended at or after `moment`."""
    return list((await connection.execute(ENDED, {"since": moment})).scalars())


async def of_member(connection: AsyncConnection, member_id: str, now: datetime) -> Sequence[Session]:
    """Her sessions that are still good, newest first."""
    query = (
        select(Session)
        .where(col(Session.member_id) == member_id, col(Session.ended_at).is_(None), col(Session.seen_at) > now - IDLE)
        .order_by(col(Session.created_at).desc())
    )
    return [Session(**row) for row in (await connection.execute(query)).mappings()]


async def remember(connection: AsyncConnection, member_id: str, now: datetime) -> str:
    """Let a browser come back by itself for 90 days; the token is the cookie's value and is not kept."""
    token = new_token()
    row = {"digest": digest(token), "member_id": member_id, "created_at": now, "expires_at": now + REMEMBERED}
    await connection.execute(insert(Remembrance).values(**row))
    return token


async def remembered(connection: AsyncConnection, token: str, now: datetime) -> str | None:
    """The member whose browser this is, or None."""
    query = select(Remembrance.member_id).where(
        col(Remembrance.digest) == digest(token), col(Remembrance.expires_at) > now
    )
    return (await connection.execute(query)).scalar()


async def forget(connection: AsyncConnection, token: str, now: datetime) -> None:
    """Signing out ends being remembered too."""
    change = update(Remembrance).where(col(Remembrance.digest) == digest(token)).values(expires_at=now)
    await connection.execute(change)

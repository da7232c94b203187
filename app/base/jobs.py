"""Jobs: work that must not be lost, as rows written in the transaction that causes it.

Any number of processes may work; a job is claimed under a lease, so that none runs twice, and the job of a process that
died is taken up again when its lease is over. After the last attempt it stays, marked as failed, for a person to see.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
import structlog
from sqlalchemy import CheckConstraint, Index, insert, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel, col, select

from app.base.clock import Clock
from app.base.db import Database
from app.base.errors import Unavailable
from app.base.keys import ordered_id

LEASE = timedelta(minutes=5)
ATTEMPTS = 8
LOOK_SECONDS = 1.0

journal = structlog.get_logger("jobs")


class Job(SQLModel, table=True):
    """One piece of work. `payload`: JSON."""

    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        Index("ix_job_open", "due_at", "done_at", "failed_at"),
    )
    id: str = Field(primary_key=True, max_length=32)
    kind: str = Field(max_length=40)
    payload: str
    created_at: datetime
    due_at: datetime
    attempts: int = 0
    leased_until: datetime | None = None
    done_at: datetime | None = None
    failed_at: datetime | None = None
    error: str | None = Field(default=None, max_length=500)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job under lease: its id, kind, decoded payload and how often it was tried before."""

    id: str
    kind: str
    payload: Any
    attempts: int


Handlers = Mapping[str, Callable[[Any], Awaitable[None]]]


async def enqueue(connection: AsyncConnection, kind: str, payload: Any, now: datetime) -> None:
    """Write the job in the caller's transaction: it exists exactly if what causes it does."""
    row = {"id": ordered_id(now), "kind": kind, "payload": msgspec.json.encode(payload).decode()}
    await connection.execute(insert(Job).values(**row, created_at=now, due_at=now, attempts=0))


async def work(db: Database, clock: Clock, handlers: Handlers) -> None:
    """Do jobs for ever, as they come due. To be owned by a task group."""
    while True:
        try:
            while await work_once(db, clock, handlers):
                pass
        except Unavailable:
            journal.warning("jobs.database_away")
        await asyncio.sleep(LOOK_SECONDS)


async def work_once(db: Database, clock: Clock, handlers: Handlers) -> bool:
    """Do the oldest job that is due, if there is one; whether there was."""
    job = await _claim(db, clock.now(), tuple(handlers))
    if job is None:
        return False
    try:
        await handlers[job.kind](job.payload)
    except Exception as error:  # noqa: BLE001 - whatever a job raises is kept with it and told below
        journal.warning("job.failed", kind=job.kind, id=job.id, error=repr(error))
        await _failed(db, job, clock.now(), repr(error))
    else:
        async with db.write() as connection:
            await connection.execute(update(Job).where(col(Job.id) == job.id).values(done_at=clock.now(), payload="{}"))
    return True


async def _claim(db: Database, now: datetime, kinds: tuple[str, ...]) -> Claimed | None:
    due = (
        select(Job.id, Job.kind, Job.payload, Job.attempts)
        .where(col(Job.done_at).is_(None), col(Job.failed_at).is_(None), col(Job.due_at) <= now)
        .where(or_(col(Job.leased_until).is_(None), col(Job.leased_until) < now), col(Job.kind).in_(kinds))
        .order_by(col(Job.due_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    # A job whose process dies each time comes to its end too: its last lease is over, and nobody said that it failed.
    lost = (col(Job.attempts) >= ATTEMPTS, col(Job.done_at).is_(None), col(Job.failed_at).is_(None))
    bury = update(Job).where(*lost, col(Job.leased_until) < now).values(failed_at=now, error="its process ended")
    async with db.write() as connection:
        await connection.execute(bury)
        row = (await connection.execute(due)).first()
        if row is None:
            return None
        leased = update(Job).where(col(Job.id) == row.id).values(leased_until=now + LEASE, attempts=row.attempts + 1)
        await connection.execute(leased)
    return Claimed(row.id, row.kind, msgspec.json.decode(row.payload), row.attempts)


async def _failed(db: Database, job: Claimed, now: datetime, error: str) -> None:
    over = job.attempts + 1 >= ATTEMPTS
    again = now + timedelta(seconds=10 * 3**job.attempts)  # 10 s, 30 s, 90 s … about 3 hours in all
    values = {"failed_at": now if over else None, "due_at": again, "leased_until": None, "error": error[:500]}
    async with db.write() as connection:
        await connection.execute(update(Job).where(col(Job.id) == job.id).values(**values))

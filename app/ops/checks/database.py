"""The database: whether it answers, is what this version wants, keeps the same time; and what became of its jobs."""

from __future__ import annotations

import asyncio
import stat
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from app.base.clock import Clock
from app.base.db import Database, pick
from app.base.errors import Misconfigured, Unavailable
from app.base.jobs import Job
from app.community.sessions import Session
from app.ops import schema
from app.ops.checks.finding import Finding, fault, notice, ok, reason
from app.settings import Settings

APART_SECONDS = 5.0
"""Two clocks may differ by so much: far less than a lease (5 minutes), more than any answer takes to come."""
OVERDUE = timedelta(minutes=10)
"""A worker looks every second, and a mail server that hangs holds it for 30 seconds."""
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def sqlite_file(settings: Settings) -> Path | None:
    """The file of the database; None on PostgreSQL. Misconfigured: the address is none."""
    url = _url(settings)
    return Path(url.database or "") if settings.on_sqlite else None


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[AsyncConnection]:
    """A transaction that reads. Unavailable: it does not answer, or (SQLite) is not there; none is made by looking."""
    if not await _is_there(sqlite_file(settings)):
        raise Unavailable("There is no database yet.")
    async with AsyncExitStack() as stack:
        db = Database(settings.database)
        stack.push_async_callback(db.close)
        try:
            connection = await stack.enter_async_context(db.read())
        except TypeError as error:
            raise Misconfigured("DATABASE_URL has a parameter that its driver does not know.") from error
        yield connection


def _url(settings: Settings) -> URL:
    try:
        return make_url(settings.database)
    except (ArgumentError, ValueError) as error:
        raise Misconfigured("DATABASE_URL cannot be understood.") from error


async def _is_there(file: Path | None) -> bool:
    """Whether there is something to be opened: a server, or a file. Unavailable: one may not even look."""
    try:
        return file is None or await asyncio.to_thread(file.exists)
    except OSError as error:
        raise Unavailable("The database did not answer.") from error


async def database_answers(settings: Settings) -> Sequence[Finding]:
    """It can be reached, and has the newest schema."""
    name = "database"
    try:
        place, file = _place(settings), sqlite_file(settings)
        if not await _is_there(file):
            return [notice(name, f"There is none yet at {file}.", "The first start makes it: bin/run.")]
        async with opened(settings) as connection:
            there = await connection.run_sync(schema.present)
    except Misconfigured as error:
        return [fault(name, str(error), "Set it to postgresql://user:password@host/name, with ?ssl=require at most.")]
    except Unavailable as error:
        to_do = "See that it runs, lets this machine in, and that DATABASE_URL is right."
        if settings.on_sqlite:
            to_do = (
                "See that it is the one meant (DATABASE_URL, DATA_DIR), and may be opened and written by this account."
            )
        return [fault(name, f"{place} does not answer: {reason(error)}.", to_do)]
    return [_of_schema(name, place, there)]


def _of_schema(name: str, place: str, there: str | None) -> Finding:
    if there == schema.NEWEST:
        return ok(name, f"{place} answers and has the newest schema, {there}.")
    if there is not None and there > schema.NEWEST:
        what = f"{place} has the schema {there}, and this version knows {schema.NEWEST} as its newest."
        return fault(name, what, "Run the version of the program that made it, or a newer one.")
    what = f"{place} has {f'the schema {there}' if there else 'no tables yet'}; {schema.NEWEST} is wanted."
    return fault(name, what, "Make a copy, then: python -m app migrate")


def _place(settings: Settings) -> str:
    url = _url(settings)
    return f"SQLite ({url.database})" if settings.on_sqlite else f"PostgreSQL ({url.host}/{url.database})"


async def sqlite_may_write(settings: Settings) -> Sequence[Finding]:
    """On SQLite: the file and its folder can be written (SQLite keeps two more files beside it), by this account only."""
    file = sqlite_file(settings)
    return [] if file is None else [await asyncio.to_thread(_of_file, file.absolute())]


def _of_file(file: Path) -> Finding:
    name, folder = "database file", file.parent
    try:
        writable(folder)
        if not file.exists():
            return ok(name, f"{folder} can be written.")
        with file.open("r+b"):
            pass
    except OSError as error:
        to_do = "Give both to the account that runs the site (chown, chmod u+rwX)."
        return fault(name, f"{file} and its folder cannot be written: {reason(error)}.", to_do)
    if folder.stat().st_mode & FOR_OTHERS and file.stat().st_mode & FOR_OTHERS:
        return notice(name, f"{file} can be opened by other accounts of this machine.", f"chmod -R go= {folder}")
    return ok(name, f"{file} and its folder can be written.")


def writable(folder: Path) -> None:
    """Raises OSError when no file can be made there, or (where it is not there yet) above. Leaves nothing."""
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    with tempfile.TemporaryFile(dir=nearest):
        pass


async def clocks_agree(settings: Settings, clock: Clock) -> Sequence[Finding]:
    """Our clock and the database's; SQLite has none, and neither may have stored anything from the future."""
    name = "clock"
    async with opened(settings) as connection:
        newest = [
            (await connection.execute(select(func.max(column)))).scalar()
            for column in (col(Session.seen_at), col(Job.created_at))
        ]
        theirs = None if settings.on_sqlite else await _time_there(connection)
    now = clock.now()
    if theirs is not None and abs((theirs - now).total_seconds()) > APART_SECONDS:
        what = (
            f"The database's clock is {_span(theirs - now)} {'ahead of' if theirs > now else 'behind'} this machine's."
        )
        return [
            fault(name, what, "Let both machines keep the time (chrony, systemd-timesyncd), then restart the site.")
        ]
    latest = max((at for at in newest if at is not None), default=now)
    if (latest - now).total_seconds() > APART_SECONDS:
        what = f"Something was stored {_span(latest - now)} after this machine's now: its clock has gone back."
        return [fault(name, what, "Set the clock, and let the machine keep the time (chrony, systemd-timesyncd).")]
    beside = "nothing stored is later" if theirs is None else "the database's agrees"
    return [ok(name, f"{now:%Y-%m-%d %H:%M:%S} UTC; {beside}.")]


async def _time_there(connection: AsyncConnection) -> datetime:
    there: datetime = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
    return there


def _span(apart: timedelta) -> str:
    return str(timedelta(seconds=round(abs(apart.total_seconds()))))


async def jobs_are_done(settings: Settings, clock: Clock) -> Sequence[Finding]:
    """Dead letters and other jobs that were given up; and jobs that nobody takes up."""
    name, now = "jobs", clock.now()
    open_ = (col(Job.done_at).is_(None), col(Job.failed_at).is_(None))
    free = or_(col(Job.leased_until).is_(None), col(Job.leased_until) < now)
    async with opened(settings) as connection:
        failed = await _counted(connection, col(Job.failed_at).is_not(None))
        overdue = await _counted(connection, *open_, free, col(Job.due_at) < now - OVERDUE)
    found = []
    if failed:
        to_do = (
            "Their `error` says why. When that is mended, once more: update job set failed_at = null, attempts = 0, "
            "due_at = created_at where failed_at is not null; or delete those rows."
        )
        found.append(fault(name, f"Given up, and kept in the table job: {_listed(failed)}.", to_do))
    if overdue:
        what = f"Due for more than 10 minutes, and nobody works on them: {_listed(overdue)}."
        by_serve = notice(name, what, "On SQLite the web process does it: bin/run, or python -m app serve")
        by_worker = fault(name, what, "On PostgreSQL nothing does it but the worker: python -m app worker")
        found.append(by_serve if settings.on_sqlite else by_worker)
    return found or [ok(name, "None failed, none is overdue.")]


async def _counted(connection: AsyncConnection, *which: ColumnElement[bool]) -> dict[str, int]:
    """Kind -> how many."""
    query = pick(col(Job.kind), func.count()).where(*which).group_by(col(Job.kind)).order_by(col(Job.kind))
    return {row[0]: row[1] for row in await connection.execute(query)}


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in counts.items())

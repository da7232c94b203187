"""SQLite in the event loop's own thread, for SQLAlchemy's asyncio engine.

aiosqlite hands each call to a thread: four hops a statement (cursor, execute, fetch, close), which cost many times what
SQLite itself needs for a page of messages that lies in memory. Here statements run at once; what may wait for a disk or for
another process (BEGIN IMMEDIATE, a commit that has written) goes to a thread, so that the loop does not wait with it.
docs/decisions/0002-sqlite-in-the-loop.md has the figures.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self, TypeVar

T = TypeVar("T")
_threads = ThreadPoolExecutor(8, thread_name_prefix="sqlite")


class InlineConnection:
    """What `connect_args={"async_creator_fn": connect}` gives the dialect `sqlite+aiosqlite`: the part of aiosqlite it uses."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._conn = connection
        self._tx = _AtOnce()
        self._changes = 0

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._conn

    @property
    def isolation_level(self) -> str | None:
        return self._conn.isolation_level

    def cursor(self) -> InlineCursor:
        return InlineCursor(self, self._conn.cursor())

    async def commit(self) -> None:
        if self._conn.total_changes == self._changes:
            self._conn.commit()
        else:
            await in_thread(self._conn.commit)
        self._changes = self._conn.total_changes

    async def rollback(self) -> None:
        self._conn.rollback()
        self._changes = self._conn.total_changes

    async def create_function(self, *args: Any, **kwargs: Any) -> None:
        self._conn.create_function(*args, **kwargs)

    async def close(self) -> None:
        self._conn.close()

    def stop(self) -> None:
        self._conn.close()


class InlineCursor:
    """A cursor whose statements run at once, but for the one that may wait for another writer."""

    def __init__(self, connection: InlineConnection, cursor: sqlite3.Cursor) -> None:
        self._owner, self._cursor = connection, cursor
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._cursor.lastrowid

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        if statement == "BEGIN IMMEDIATE":
            await self._begin()
        else:
            self._cursor.execute(statement, parameters)

    async def _begin(self) -> None:
        """The write lock: at once if it is free, which it nearly always is; otherwise wait for it in a thread."""
        patience = self._cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        try:
            self._cursor.execute("PRAGMA busy_timeout=0")
            self._cursor.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            self._cursor.execute(f"PRAGMA busy_timeout={int(patience)}")
            await in_thread(lambda: self._cursor.execute("BEGIN IMMEDIATE"))
        else:
            self._cursor.execute(f"PRAGMA busy_timeout={int(patience)}")

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        self._cursor.executemany(statement, parameters)

    async def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

    async def fetchmany(self, size: int) -> list[Any]:
        return self._cursor.fetchmany(size)

    async def fetchone(self) -> Any:
        return self._cursor.fetchone()

    async def close(self) -> None:
        self._cursor.close()


class _AtOnce:
    """Where the dialect queues work for aiosqlite's thread: done at once."""

    def put_nowait(self, work: tuple[asyncio.Future[Any], Callable[[], Any]]) -> None:
        future, function = work
        future.set_result(function())


async def connect(path: str, **options: Any) -> InlineConnection:
    """Open the file; the connection moves between threads, one at a time."""
    options["check_same_thread"] = False
    return InlineConnection(sqlite3.connect(path, **options))


async def in_thread(function: Callable[[], T]) -> T:
    """Carry it out elsewhere. Whoever is cancelled meanwhile waits all the same: the connection is in use until then."""
    work = asyncio.get_running_loop().run_in_executor(_threads, function)
    cancelled = False
    while not work.done():
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            cancelled = True
        except Exception:  # noqa: BLE001, S110 - it is raised again by `result` below
            pass
    if cancelled:
        raise asyncio.CancelledError
    return work.result()

"""The database: SQLite or PostgreSQL through one door, with `read` and `write` transactions.

The database is the truth; everything else in this house may be lost and is rebuilt from here.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
from sqlalchemy import ColumnCollection, Select, event
from sqlalchemy import select as sqlalchemy_select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel import SQLModel

from app.base import inlinesqlite
from app.base.errors import Unavailable, Unstorable

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

WAIT_SECONDS = 5
"""How long anything waits for the database before it gives up: longer than a slow disk, shorter than patience."""

# FULL: a commit is on the disk before it is acknowledged, power cut included. Group commit makes it affordable.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={WAIT_SECONDS * 1000}")

LOST = (
    UnicodeEncodeError,
    OverflowError,
    DBAPIError,
    PoolTimeoutError,
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
)


def columns(model: type[SQLModel]) -> ColumnCollection[str, Any]:
    """The columns of a model's table. Statements of the message path are built from these once, not at each call.

    Building (and, for mapped attributes, adapting each result to) a statement costs more than carrying it out.
    """
    return SQLModel.metadata.tables[str(model.__tablename__)].c


def pick(*columns: Any) -> Select[Any]:
    """A query of any number of columns (SQLModel's own `select` knows up to four)."""
    return sqlalchemy_select(*columns)


def create_engine(url: str) -> AsyncEngine:
    """An engine for `url` (a SQLAlchemy address with its asynchronous driver), with every wait bounded."""
    if url.startswith("sqlite"):
        return _create_sqlite(url)
    return create_async_engine(
        url,
        pool_size=10,
        max_overflow=10,
        hide_parameters=True,
        pool_timeout=WAIT_SECONDS,
        pool_pre_ping=True,
        connect_args={
            "timeout": WAIT_SECONDS,
            "command_timeout": WAIT_SECONDS,
            "server_settings": {"idle_in_transaction_session_timeout": "10s", "timezone": "UTC"},
        },
    )


def _create_sqlite(url: str) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=10,
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,  # an error that is logged must not tell what somebody wrote
        connect_args={"async_creator_fn": inlinesqlite.connect},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late; ours stands below
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        # A plain BEGIN that reads first and writes later cannot wait for another writer: "database is locked".
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


class Database:
    """One database. Raises Unavailable when it does not answer, Unstorable when it refuses a value."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)
        self.on_sqlite = url.startswith("sqlite")
        # SQLite has one writer: waiting here costs a future, waiting there costs a thread.
        self._turn = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads, and sees one state of the database."""
        with _translated():
            async with self.engine.connect() as connection:
                yield connection

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that is committed at its end, or undone whole."""
        with _translated():
            async with self._my_turn(), self.engine.connect() as connection:
                await connection.execution_options(write=True)
                async with connection.begin():
                    yield connection

    @contextlib.asynccontextmanager
    async def _my_turn(self) -> AsyncIterator[None]:
        if not self.on_sqlite:
            yield
            return
        async with asyncio.timeout(WAIT_SECONDS):
            await self._turn.acquire()
        try:
            yield
        finally:
            self._turn.release()

    async def close(self) -> None:
        await self.engine.dispose()


@contextlib.contextmanager
def _translated() -> Any:
    try:
        yield
    except LOST as error:
        if _refuses_the_value(error):
            raise Unstorable("The database cannot store this.") from error
        raise Unavailable("The database did not answer.") from error


def _refuses_the_value(error: BaseException) -> bool:
    """SQLSTATE classes 22 (data exception) and 23 (constraint), and what the drivers refuse before they ask."""
    if isinstance(error, IntegrityError | DataError | UnicodeEncodeError | OverflowError):
        return True
    original = getattr(error, "orig", None)
    state = getattr(original, "sqlstate", None) or ""
    return state.startswith(("22", "23")) or isinstance(getattr(original, "__cause__", None), asyncpg.DataError)

"""The schema: brings a database to the newest one, and says whether it is there.

Safe to run twice and by two processes at once: on PostgreSQL under an advisory lock, on SQLite in one immediate
transaction; whoever comes second finds nothing to do. A migration that fails leaves everything as it was.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from app.base import jobs
from app.base.errors import Misconfigured
from app.community import concerns, links, members, memberships, messages, rooms, sanctions, sessions, tally, wordlists
from app.conduct import appeals, audit, reports

if TYPE_CHECKING:
    from alembic.config import Config

TABLES = (
    jobs, concerns, links, members, memberships, messages, rooms, sanctions, sessions, tally, wordlists, appeals, audit,
    reports,
)  # fmt: skip
METADATA = SQLModel.metadata
NEWEST = "0003"
"""The revision that this code wants. Where the database has it, Alembic need not even be loaded: starts are quicker."""
ADVISORY_LOCK = 0x63616E636F6E  # any number of our own: "cancon"
BUSY_MILLISECONDS = 60_000


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file."""
    from alembic.config import Config  # noqa: PLC0415 - see NEWEST

    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


async def migrate(url: str) -> None:
    """Bring the database at `url` to the newest schema. Raises Misconfigured when it cannot be reached."""
    engine = create_async_engine(url)
    if url.startswith("sqlite"):
        _for_sqlite(engine.sync_engine)
    try:
        if url.startswith("sqlite"):
            Path(url.partition(":///")[2]).parent.mkdir(parents=True, exist_ok=True)
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade)
    except (DBAPIError, OSError) as error:
        raise Misconfigured(f"DATABASE_URL: the database does not answer: {_first_line(error)}") from error
    finally:
        await engine.dispose()


def differences(connection: Connection) -> list[Any]:
    """What the models have and the database has not, or the other way round."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415
    from alembic.migration import MigrationContext  # noqa: PLC0415

    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA))


def present(connection: Connection) -> str | None:
    """The revision that the database has; None: none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    if present(connection) == NEWEST:
        return
    from alembic import command  # noqa: PLC0415

    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
    command.upgrade(config(connection), "head")


def _for_sqlite(engine: Any) -> None:
    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        # Rebuilding a table drops it; with foreign keys on, that would take the rows that point at it along.
        for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "journal_mode=WAL", "foreign_keys=OFF"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", error)).splitlines()[0][:200] if str(error) else type(error).__name__

"""Migrations: up, again, two at once, down and up; and the models and the database say the same."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from app.base.db import Database
from app.base.errors import Misconfigured
from app.ops import schema
from tests.base.grounds import BOTH, with_driver
from tests.servers import REPOSITORY, PostgresServer
from tests.site import SECRET

pytestmark = pytest.mark.anyio


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database in which there is nothing yet."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/new/folder/empty.db"
    server: PostgresServer = request.getfixturevalue("postgres")
    return with_driver(server.database())


async def _tables(url: str) -> set[str]:
    db = Database(url)
    async with db.read() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await db.close()
    return set(names)


async def test_a_migrated_database_is_what_the_models_say(any_db: Database) -> None:
    async with any_db.read() as connection:
        assert await connection.run_sync(schema.differences) == []
        assert await connection.run_sync(schema.present) == schema.NEWEST
    async with any_db.write() as connection:
        await connection.execute(text("alter table link drop column used_at"))
        assert await connection.run_sync(schema.differences) != []


async def test_migrating_twice_does_nothing_more(empty: str) -> None:
    await schema.migrate(empty)
    first = await _tables(empty)
    db = Database(empty)
    async with db.write() as connection:
        await connection.execute(text("insert into life (id, epoch) values (1, 'kept')"))
    await schema.migrate(empty)
    async with db.read() as connection:
        assert (await connection.execute(text("select epoch from life"))).scalar() == "kept"
    await db.close()
    assert first == await _tables(empty) == {*SQLModel.metadata.tables, "alembic_version"}


def test_two_processes_may_migrate_at_once(empty: str, tmp_path: Path) -> None:
    settings = {"DATABASE_URL": empty, "DATA_DIR": str(tmp_path), "SECRET_KEYS": SECRET, "PATH": "/usr/bin:/bin"}
    starts = [
        subprocess.Popen([sys.executable, "-m", "app", "migrate"], cwd=REPOSITORY, env=settings, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    faults = [process.communicate(timeout=60)[1] for process in starts]
    assert [process.returncode for process in starts] == [0, 0], faults
    assert asyncio.run(_tables(empty)) == {*SQLModel.metadata.tables, "alembic_version"}


async def test_down_to_nothing_and_up_again_is_the_same(any_url: str) -> None:
    db = Database(any_url)
    async with db.write() as connection:
        await connection.run_sync(lambda sync: command.downgrade(schema.config(sync), "base"))
    assert await _tables(any_url) == {"alembic_version"}
    await schema.migrate(any_url)
    async with db.read() as connection:
        assert await connection.run_sync(schema.differences) == []
    await db.close()


async def test_a_migration_that_fails_leaves_everything_as_it_was(empty: str) -> None:
    db = Database(empty)
    if empty.startswith("sqlite"):
        Path(empty.partition(":///")[2]).parent.mkdir(parents=True)
    async with db.write() as connection:
        await connection.execute(text("create table session (id integer)"))  # in the way
    with pytest.raises(Misconfigured):
        await schema.migrate(empty)
    assert await _tables(empty) == {"session"}
    async with db.write() as connection:
        await connection.execute(text("drop table session"))
    await db.close()
    await schema.migrate(empty)
    assert "session" in await _tables(empty)


@pytest.mark.parametrize("url", ["sqlite+aiosqlite:////proc/none/x.db", "postgresql+asyncpg://x@127.0.0.1:1/none"])
async def test_a_database_that_cannot_be_reached_is_named(url: str) -> None:
    with pytest.raises(Misconfigured, match="DATABASE_URL"):
        await schema.migrate(url)


def test_the_newest_revision_is_the_one_that_the_code_names() -> None:
    assert ScriptDirectory.from_config(schema.config()).get_current_head() == schema.NEWEST

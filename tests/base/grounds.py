"""Databases for tests that must hold on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from app.base.db import Database
from app.ops import schema
from tests.servers import PostgresServer

BOTH = ("sqlite", "postgresql")


def with_driver(url: str) -> str:
    """The address as the engine wants it."""
    return url.replace("postgresql://", "postgresql+asyncpg://")


class Template:
    """A migrated PostgreSQL database, to be copied: cheaper than migrating again."""

    def __init__(self, server: PostgresServer) -> None:
        self._url = server.database()
        self._copies = 0
        asyncio.run(schema.migrate(with_driver(self._url)))

    async def copy(self) -> str:
        """The address of a new copy, with its driver."""
        self._copies += 1
        server, _, name = self._url.rpartition("/")
        copy = f"{name}_copy_{self._copies}"
        connection = await asyncpg.connect(f"{server}/postgres")
        try:
            await connection.execute(f"CREATE DATABASE {copy} TEMPLATE {name}")
        finally:
            await connection.close()
        return with_driver(f"{server}/{copy}")


@pytest.fixture(scope="session")
def template(postgres: PostgresServer) -> Template:
    return Template(postgres)


@pytest.fixture(params=BOTH)
def ground(request: pytest.FixtureRequest) -> Template | None:
    """What the database is copied from; None: the SQLite file."""
    return None if request.param == "sqlite" else request.getfixturevalue("template")


@pytest.fixture
async def any_url(ground: Template | None, migrated: Path, tmp_path: Path) -> str:
    """A migrated database of its own for this test, once on each kind."""
    if ground is not None:
        return await ground.copy()
    shutil.copy(migrated, tmp_path / "any.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'any.db'}"


@pytest.fixture
async def any_db(any_url: str) -> AsyncIterator[Database]:
    database = Database(any_url)
    yield database
    await database.close()

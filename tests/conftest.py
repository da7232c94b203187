"""What every test may ask for: a loop, a migrated database, a clock, a running site, a real browser and real servers."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.async_api import Browser, async_playwright

from app.base.db import Database
from app.ops import schema
from tests.servers import PostgresServer, RedisServer
from tests.site import SetClock, Site, running

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return ("asyncio", {"use_uvloop": True})


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "template.db"
    asyncio.run(schema.migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
async def db(migrated: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A database of its own for this test."""
    file = tmp_path / "test.db"
    shutil.copy(migrated, file)
    database = Database(f"sqlite+aiosqlite:///{file}")
    yield database
    await database.close()


@pytest.fixture
async def site(migrated: Path, tmp_path: Path) -> AsyncIterator[Site]:
    """A running site of its own for this test."""
    async with running(tmp_path, migrated) as running_site:
        yield running_site


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One real Chromium for the whole run."""
    path = next(
        found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)) is not None
    )
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        await chromium.close()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """One real PostgreSQL for the whole run; each test asks it for a database of its own."""
    with PostgresServer(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A real Redis for this test alone: it may be stopped and killed."""
    with RedisServer(tmp_path) as server:
        yield server

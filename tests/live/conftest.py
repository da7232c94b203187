"""One running site for all of tests/live (a test that needs other settings starts its own), a fresh room and a cast."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.live.cast import Cast, Rooms
from tests.rulings import ruled
from tests.site import Site, running

__all__ = ["ruled"]


@pytest.fixture(scope="session")
async def town(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """The shared site."""
    async with running(tmp_path_factory.mktemp("town"), migrated) as running_site:
        yield running_site


@pytest.fixture(scope="session")
def rooms(town: Site) -> Rooms:
    return Rooms(itertools.cycle(sorted(town.house.directory.files.rooms)))


@pytest.fixture
def room(rooms: Rooms) -> str:
    """A room that no other test of this moment has open (it may hold older messages)."""
    return rooms.next()


@pytest.fixture
def cast(town: Site, room: str) -> Cast:
    """The people of this test, in its room."""
    return Cast(town, room)

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.base.grounds import any_db, any_url, ground, template
from tests.community.stage import any_stage, stage
from tests.rulings import ruled
from tests.site import SetClock, Site, running

__all__ = ["any_db", "any_stage", "any_url", "ground", "ruled", "stage", "template"]


@pytest.fixture
async def still(migrated: Path, tmp_path: Path, clock: SetClock) -> AsyncIterator[Site]:
    """A running site whose clock the test sets."""
    async with running(tmp_path, migrated, clock=clock) as site:
        yield site

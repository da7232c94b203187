"""Background: letters and the hourly sweep. In the web process on SQLite, in `worker` processes on PostgreSQL."""

from __future__ import annotations

import asyncio

import structlog

from app.base import jobs
from app.base.clock import Clock
from app.base.db import Database
from app.base.errors import Unavailable
from app.mail import letters
from app.mail.letters import Letters
from app.privacy import retention

SWEEP_SECONDS = 3600.0

journal = structlog.get_logger("background")


class Background:
    """Works for ever. Any number of processes may: jobs are leased, and sweeping twice does nothing more."""

    def __init__(self, db: Database, clock: Clock, writer: Letters) -> None:
        self._db, self._clock = db, clock
        self._handlers = {letters.JOB: writer.send}

    async def run(self) -> None:
        """To be owned by a task group."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(jobs.work(self._db, self._clock, self._handlers))
            tasks.create_task(self._sweep())

    async def drain(self) -> None:
        """Do what is due now, and no more."""
        while await jobs.work_once(self._db, self._clock, self._handlers):
            pass

    async def _sweep(self) -> None:
        while True:
            try:
                async with self._db.write() as connection:
                    gone = await retention.sweep(connection, self._clock.now())
                journal.info("retention.swept", **gone)
            except Unavailable:
                journal.warning("retention.database_away")
            await asyncio.sleep(SWEEP_SECONDS)

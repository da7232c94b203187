"""The writer: one a process. What is waiting is settled and committed together (group commit), then told.

Store, then tell: an answer is given after the commit, and so is the telling. A batch whose transaction failed is tried
again whole; a value that the database refuses is found by halving, so that the others land.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from app.base.bus import Bus
from app.base.clock import Clock
from app.base.db import Database
from app.base.errors import Unavailable, Unstorable
from app.base.gather import Gatherer
from app.community.bookkeeping import close_ledger, open_ledger
from app.community.events import Event, topic
from app.community.operations import Operation
from app.community.outcomes import Changed, Failed, Settled

BATCH_LIMIT = 256
TRIES = 4
PAUSE_SECONDS = 0.05
UNSTORABLE = Failed("not-allowed", "This holds a character that cannot be stored.")

journal = structlog.get_logger("writer")


class Writer:
    """Carries out operations. `batch_limit` 1 switches the gathering off (for comparison)."""

    def __init__(self, db: Database, bus: Bus[Event], clock: Clock, batch_limit: int = BATCH_LIMIT) -> None:
        self._db, self._bus, self._clock = db, bus, clock
        self._gatherer: Gatherer[Operation, Settled] = Gatherer(self._write, batch_limit)
        self.run = self._gatherer.run

    async def carry_out(self, operation: Operation) -> Settled:
        """What came of it, after the commit. Raises Unavailable when the database does not answer."""
        return await self._gatherer.ask(operation)

    async def _write(self, operations: Sequence[Operation]) -> Sequence[Settled]:
        for attempt in range(TRIES):
            try:
                answers, events = await self._commit(operations)
            except Unstorable:
                if len(operations) == 1 and attempt == 0:
                    continue  # another process may have stored the same client_id just now: then it is a double
                if len(operations) == 1:
                    return [UNSTORABLE]
                middle = len(operations) // 2
                return [*await self._write(operations[:middle]), *await self._write(operations[middle:])]
            except Unavailable:
                # A deadlock, a lost connection: the batch again. What was committed after all is taken out as a double.
                if attempt + 1 == TRIES:
                    raise
                journal.warning("writer.again", waiting=len(operations), attempt=attempt + 1)
                await asyncio.sleep(PAUSE_SECONDS * 2**attempt)
            else:
                for event in events:
                    self._bus.tell(topic(event), event)
                return answers
        raise AssertionError  # the loop returns or raises

    async def _commit(self, operations: Sequence[Operation]) -> tuple[list[Settled], Sequence[Event]]:
        async with self._db.write() as connection:
            # The time is taken inside, after the wait for the rooms: `at` follows the order of the numbers.
            ledger = await open_ledger(connection, operations, self._clock.now())
            answers = []
            for operation in operations:
                answer = ledger.settle(operation)
                answers.append(answer)
                if not isinstance(answer, Failed) and not (isinstance(answer, Changed) and not answer.moved):
                    for statement in operation.alongside:
                        await connection.execute(statement)
            await close_ledger(connection, ledger)
        return answers, ledger.events

"""Reading: how far each member has read. Pointers that come at the same time are written together."""

from __future__ import annotations

from collections.abc import Sequence

from app.base.db import Database
from app.base.gather import Gatherer
from app.community.memberships import READ

ReadUpTo = tuple[str, int, int]
"""(member id, room id, seq)."""


class Reading:
    """A whole room that reads the same message costs one transaction, not one for each reader."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._gatherer: Gatherer[ReadUpTo, bool] = Gatherer(self._write, batch_limit=1_000)
        self.run = self._gatherer.run

    async def up_to(self, member_id: str, room_id: int, seq: int) -> None:
        """Move her pointer forward; it never goes back."""
        await self._gatherer.ask((member_id, room_id, seq))

    async def _write(self, pointers: Sequence[ReadUpTo]) -> Sequence[bool]:
        # In one order everywhere: two processes that lock the same rows in another order would wait for each other.
        rows = [{"member": member, "room": room, "seq": seq} for member, room, seq in sorted(pointers)]
        async with self._db.write() as connection:
            await connection.execute(READ, rows)
        return [True] * len(pointers)

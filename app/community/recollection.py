"""Recollection: what each member has lately said in any room, refused repeats included, for the rule on similar posts.

Kept in the process; read from the database when a member is first met, and again every minute while she writes, so that
what she said through another process counts too. Refused repeats are known only to the process that refused them.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.base.db import Database
from app.community.messages import recent_texts
from app.rules.draft import Earlier

WINDOW = timedelta(hours=24)
LATEST = 20
MEMBERS_KEPT = 10_000
FRESH = timedelta(seconds=60)


@dataclass(slots=True)
class _Memory:
    read_at: datetime
    said: list[Earlier]
    repeats: list[Earlier] = field(default_factory=list)


class Recollection:
    """What members said; the least recently writing of very many is forgotten (and read again when she writes)."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._memories: OrderedDict[str, _Memory] = OrderedDict()

    async def of(self, member_id: str, now: datetime) -> tuple[Earlier, ...]:
        """Her latest texts, oldest first."""
        memory = self._memories.get(member_id)
        if memory is None or now - memory.read_at > FRESH:
            async with self._db.read() as connection:
                texts = await recent_texts(connection, member_id, now - WINDOW, LATEST)
            said = [Earlier(text, at.timestamp(), room) for text, at, room in texts]
            memory = _Memory(now, said, memory.repeats if memory else [])
            self._memories[member_id] = memory
            if len(self._memories) > MEMBERS_KEPT:
                self._memories.popitem(last=False)
        self._memories.move_to_end(member_id)
        return tuple(sorted(memory.said + memory.repeats, key=lambda earlier: earlier.at))

    def add(self, member_id: str, said: Earlier) -> None:
        """She said this: it stands in the database."""
        memory = self._memories.get(member_id)
        if memory is not None:
            memory.said = [*memory.said, said][-LATEST:]

    def add_repeat(self, member_id: str, tried: Earlier) -> None:
        """She tried to say this again and was refused: it stands nowhere else."""
        memory = self._memories.get(member_id)
        if memory is not None:
            memory.repeats = [*memory.repeats, tried][-LATEST:]

    def forget(self, member_id: str) -> None:
        """She took something back: the database is asked anew."""
        self._memories.pop(member_id, None)

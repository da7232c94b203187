"""Dry runs: what another word list would have made of what was said lately, before it is in force.

Stored messages are judged twice, with the present books and with those to be, in a thread of its own: newest first, so
many at most, for so long at most. What was refused or taken back was never stored, and cannot be tried; nor is it known
here what else its author had said, so the rules on similar posts and pace have no part in it.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import Select, bindparam

from app.base.clock import Clock
from app.base.db import Database, columns, pick
from app.community.messages import HIGHEST, Message
from app.community.outcomes import Failed
from app.conduct.comparison import Change, Comparison
from app.rules.book import Book
from app.rules.draft import Draft

WINDOW: Final = timedelta(days=30)
MOST: Final = 20_000
PAGE: Final = 500
UNNUMBERED: Final = 2_000
"""Of a room's messages that wait or were rejected, so many: nobody decides about more in 30 days."""
SECONDS: Final = 20.0
"""Twice 20,000 messages at 0.25 ms are 10 s; a browser and its proxy wait 60."""
EXAMPLES: Final = 50
WAITING: Final = 3
"""Dry runs that may wait for their turn; one more is told to come again."""
BUSY: Final = Failed("unavailable", "Others are trying their lists out just now. Please try again in a minute.", 60)

M = columns(Message)
_READ = pick(M.id, M.room_id, M.seq, M.text, M.at).where(M.text.is_not(None))
_READ = _READ.where(M.removed_by.is_(None) | (M.removed_by != "author"))
EVERYWHERE = _READ.where(M.id < bindparam("before"), M.id >= bindparam("since")).order_by(M.id.desc())
IN_ROOM = _READ.where(M.room_id == bindparam("room"))
NUMBERED = IN_ROOM.where(M.seq < bindparam("before")).order_by(M.seq.desc())
OTHERS = IN_ROOM.where(M.seq.is_(None), M.at >= bindparam("since")).order_by(M.at.desc()).limit(UNNUMBERED)


@dataclass(frozen=True, slots=True)
class Example:
    """One message that would fare differently. Its author is not told."""

    text: str
    room: str
    change: Change


@dataclass(slots=True)
class DryRun:
    """What came out. `cut`: not all of the 30 days were judged, the newest were; because of their number, or the time."""

    judged: int = 0
    changes: Counter[Change] = field(default_factory=Counter)
    examples: list[Example] = field(default_factory=list)
    cut: Literal["number", "time"] | None = None

    @property
    def changed(self) -> int:
        return self.changes.total()


class _Said(NamedTuple):
    room: str
    text: str
    at: float


@dataclass(slots=True)
class _Trial:
    """One dry run, under way. `until`: when its time is over, on the `timer`."""

    present: Callable[[str], Book]
    edited: Callable[[str], Book]
    timer: Callable[[], float]
    until: float
    run: DryRun = field(default_factory=DryRun)
    comparisons: dict[str, Comparison] = field(default_factory=dict)

    def compare(self, page: Sequence[_Said]) -> None:
        """Compare what becomes of these messages. Runs in the thread."""
        run = self.run
        for room, text, at in page:
            if self.timer() > self.until:
                run.cut = "time"
                return
            draft = Draft(text=text, at=at, room=room)
            change = self._of(room).change(draft)
            run.judged += 1
            if change is not None:
                run.changes[change] += 1
                if len(run.examples) < EXAMPLES:
                    run.examples.append(Example(text, room, change))

    def _of(self, room: str) -> Comparison:
        known = self.comparisons.get(room)
        if known is None:
            known = self.comparisons[room] = Comparison.of(self.present(room), self.edited(room))
        return known


class DryRuns:
    """Tries word lists out, one at a time. `timer`: seconds that never go backwards."""

    def __init__(self, db: Database, clock: Clock, timer: Callable[[], float] = time.monotonic) -> None:
        self._db, self._clock, self._timer = db, clock, timer
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="dry-run")
        self._turn = asyncio.Lock()
        self._waiting = 0

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def carry_out(
        self, rooms: Mapping[int, str], present: Callable[[str], Book], edited: Callable[[str], Book]
    ) -> DryRun | Failed:
        """Judge what was said in these rooms (id -> slug) by the present books (slug -> book) and by the edited ones."""
        if self._waiting > WAITING:
            return BUSY
        self._waiting += 1
        try:
            async with self._turn:
                trial = _Trial(present, edited, self._timer, self._timer() + SECONDS)
                return await self._judge(rooms, trial)
        finally:
            self._waiting -= 1

    async def _judge(self, rooms: Mapping[int, str], trial: _Trial) -> DryRun:
        run, loop = trial.run, asyncio.get_running_loop()
        async for rows in self._in_room(*rooms) if len(rooms) == 1 else self._everywhere():
            page = [_Said(rooms[row.room_id], row.text, row.at.timestamp()) for row in rows if row.room_id in rooms]
            if len(page) > MOST - run.judged:
                page, run.cut = page[: MOST - run.judged], "number"
            await loop.run_in_executor(self._pool, trial.compare, page)
            if run.cut:
                break
        return run

    async def _everywhere(self) -> AsyncIterator[Sequence[Any]]:
        """Pages of what was said in all rooms. An id begins with its time, so that the primary key leads there."""
        since = f"{int((self._clock.now() - WINDOW).timestamp() * 1000):012x}"
        before = "g"  # after every hex digit
        while rows := await self._read(EVERYWHERE, {"since": since, "before": before}):
            yield rows
            before = rows[-1].id

    async def _in_room(self, room_id: int) -> AsyncIterator[Sequence[Any]]:
        """Pages of one room: first what waits or was rejected, then the conversation backwards by its numbers."""
        since, before = self._clock.now() - WINDOW, HIGHEST
        yield await self._read(OTHERS, {"room": room_id, "since": since})
        while rows := await self._read(NUMBERED, {"room": room_id, "before": before}):
            recent = [row for row in rows if row.at >= since]
            if not recent:  # single older ones lie between: what was held gets its number when it is released
                return
            yield recent
            before = rows[-1].seq

    async def _read(self, query: Select[Any], given: Mapping[str, Any]) -> Sequence[Any]:
        limited = query if query is OTHERS else query.limit(PAGE)
        async with self._db.read() as connection:
            rows: Sequence[Any] = (await connection.execute(limited, given)).all()
        return rows

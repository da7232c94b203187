"""Pace: the generic cell rate algorithm, one arithmetic in two places.

A key may take `burst` at once and one more every `seconds`. MemoryPace counts for one process, RedisPace for all of them;
when Redis does not answer, the pace is kept locally: comfort fails open, but not to nothing.
Source of the algorithm: ITU-T I.371, virtual scheduling; one number (the theoretical arrival time) is all its state.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from app.base.redis import Breaker, Commands

KEYS_KEPT = 100_000


class Pace(Protocol):
    """Keeps the pace of each key."""

    async def take(self, key: str, burst: int, seconds: float) -> float:
        """Take one of `key`'s turns: 0.0 when it was free, else the seconds until the next one (and none was taken)."""
        ...

    async def give_back(self, key: str, seconds: float) -> None:
        """Return a turn that turned out not to be needed."""
        ...


class MemoryPace:
    """The pace within one process; the least recently used of very many keys is forgotten."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._due: OrderedDict[str, float] = OrderedDict()

    async def take(self, key: str, burst: int, seconds: float) -> float:
        return self.take_now(key, burst, seconds)

    def take_now(self, key: str, burst: int, seconds: float) -> float:
        now = self._clock()
        due = max(self._due.get(key, now), now)
        wait = due - (burst - 1) * seconds - now
        # A hair of tolerance: sums of floating seconds must not refuse the very burst that was promised.
        if wait > 1e-6:  # noqa: PLR2004
            return wait
        self._due[key] = due + seconds
        self._due.move_to_end(key)
        if len(self._due) > KEYS_KEPT:
            self._due.popitem(last=False)
        return 0.0

    async def give_back(self, key: str, seconds: float) -> None:
        if key in self._due:
            self._due[key] -= seconds


SCRIPT = """
local t = redis.call('TIME')
local now = t[1] + t[2] / 1e6
local burst, seconds = tonumber(ARGV[1]), tonumber(ARGV[2])
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local wait = due - (burst - 1) * seconds - now
if wait > 1e-6 then return tostring(wait) end
redis.call('SET', KEYS[1], string.format('%.6f', due + seconds), 'PX', math.ceil((due + seconds - now) * 1000) + 1000)
return '0'
"""

GIVE_BACK = """
local due = redis.call('GET', KEYS[1])
if due then redis.call('SET', KEYS[1], string.format('%.6f', due - ARGV[1]), 'KEEPTTL') end
"""


class RedisPace:
    """The pace across all processes, in one round trip; MemoryPace while Redis does not answer."""

    def __init__(self, commands: Commands, breaker: Breaker) -> None:
        self._commands, self.breaker = commands, breaker
        self._local = MemoryPace()

    async def take(self, key: str, burst: int, seconds: float) -> float:
        if seconds <= 0:
            return 0.0
        answer = await self.breaker.attempt(lambda: self._commands.eval(SCRIPT, 1, f"pace:{key}", burst, seconds))
        return await self._local.take(key, burst, seconds) if answer is None else float(answer)

    async def give_back(self, key: str, seconds: float) -> None:
        await self.breaker.attempt(lambda: self._commands.eval(GIVE_BACK, 1, f"pace:{key}", seconds))
        await self._local.give_back(key, seconds)

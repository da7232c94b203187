"""Passwords: Argon2id in two threads of its own, behind a bounded queue, so that a flood of sign-ins cannot stop the chat.

19 MiB, t=2, p=1: OWASP ASVS 5.0, appendix C. About 50 ms of one core; the hash releases the interpreter meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.base.errors import Busy

T = TypeVar("T")
SHORTEST, LONGEST_BYTES = 12, 1024
THREADS = 2
WAITING = 20
"""Hashes that may wait: at 50 ms each on two threads, half a second. One more is told to come again."""


class Passwords:
    """Hashes and verifies. Raises Busy when too many are waiting."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="argon2")
        self._waiting = 0
        # Verified instead of nothing for an unknown address: both answers then take the same time.
        self._nobody = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        return await self._queued(lambda: self._hasher.hash(password))

    async def matches(self, hashed: str | None, password: str) -> bool:
        """Whether `password` belongs to `hashed`; None (no such member) takes as long and is False."""
        right = await self._queued(lambda: self._verify(hashed or self._nobody, password))
        return right and hashed is not None

    def outdated(self, hashed: str) -> bool:
        """Whether `hashed` was made with other parameters and should be made anew."""
        return self._hasher.check_needs_rehash(hashed)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _queued(self, work: Callable[[], T]) -> T:
        if self._waiting >= WAITING + THREADS:
            raise Busy("Many people are signing in just now. Please try again in a moment.", retry_after=2)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1

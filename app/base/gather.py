"""Gathering: what many ask at the same time is answered together, in the order of asking.

While one batch is being answered, the next one gathers: no timer, so a single question waits for nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from app.base.errors import Unavailable, Unstorable

Q = TypeVar("Q")
A = TypeVar("A")
WAITING_LIMIT = 5_000
DEADLINE_SECONDS = 10.0


class Gatherer(Generic[Q, A]):
    """Answers questions in batches of at most `batch_limit`. `answer` gives one answer (or error) for each question."""

    def __init__(
        self, answer: Callable[[Sequence[Q]], Awaitable[Sequence[A | Exception]]], batch_limit: int = 256
    ) -> None:
        self._answer = answer
        self._batch_limit = batch_limit
        self._waiting: asyncio.Queue[tuple[Q, asyncio.Future[A]]] = asyncio.Queue(WAITING_LIMIT)

    async def ask(self, question: Q) -> A:
        """The answer. Raises Unavailable: too many are waiting, or 10 s have passed (it may still be carried out)."""
        future: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        try:
            self._waiting.put_nowait((question, future))
            async with asyncio.timeout(DEADLINE_SECONDS):
                return await future
        except (asyncio.QueueFull, TimeoutError) as error:
            raise Unavailable("Too much is going on just now. Please try again in a moment.") from error

    async def run(self) -> None:
        """Answer for ever. To be owned by a task group."""
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < self._batch_limit and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            # A question whose asker has gone is still answered: an accepted message is stored whoever listens.
            try:
                answers = await self._answer([question for question, _ in batch])
            except (Unavailable, Unstorable) as error:
                answers = [error] * len(batch)
            for (_, future), answer in zip(batch, answers, strict=True):
                _settle(future, answer)


def _settle(future: asyncio.Future[A], answer: A | Exception) -> None:
    if future.done():
        return
    if isinstance(answer, Exception):
        future.set_exception(answer)
    else:
        future.set_result(answer)

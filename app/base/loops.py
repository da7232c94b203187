"""Background loops: owned, and vital. One that ends, ends the process, so that its manager starts it again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any

import structlog

Loop = Callable[[], Coroutine[Any, Any, None]]
died: list[str] = []
"""The names of loops that ended by themselves: the process then ends with a failure."""

journal = structlog.get_logger("loops")


@contextlib.asynccontextmanager
async def running(loops: Sequence[Loop]) -> AsyncIterator[None]:
    """Run them beside the body, and end them after it."""
    tasks = [asyncio.create_task(loop(), name=loop.__qualname__) for loop in loops]
    for task in tasks:
        task.add_done_callback(_end_if_it_died)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _end_if_it_died(task: asyncio.Task[None]) -> None:
    if not task.cancelled():
        died.append(task.get_name())
        journal.error("loop.died", loop=task.get_name(), error=repr(task.exception()))
        os.kill(os.getpid(), signal.SIGTERM)

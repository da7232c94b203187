"""The bus: tells the other parts of this process, and the other processes, what has happened.

MemoryBus serves one process. RedisBus tells its own process at once and whispers to the others: what Redis loses, the
readers of the database find (the counters of `community/messages.py`), so telling never waits and never fails.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

import msgspec
import structlog
from redis.asyncio.client import PubSub
from redis.exceptions import RedisClusterException, RedisError

from app.base.redis import Breaker, Commands, subscriber

E = TypeVar("E")
E_contra = TypeVar("E_contra", contravariant=True)
Listener = Callable[[str, E], None]
QUEUE_LIMIT = 10_000
CONFIRM_SECONDS = 0.25
RECONNECT_SECONDS = 0.5
ORIGIN_BYTES = 8

journal = structlog.get_logger("bus")


def room_topic(room: str) -> str:
    """What happens in one room's conversation."""
    return f"room:{room}"


EVERYONE = "everyone"
"""The topic that every process follows: sanctions, ended sessions, alerts."""


class Bus(Protocol[E_contra]):
    """Events travel upwards and sideways here, never as an import."""

    def listen(self, listener: Callable[[str, Any], None]) -> None:
        """Call `listener(topic, event)` for each event; it must not wait."""
        ...

    def tell(self, topic: str, event: E_contra) -> None: ...
    async def follow(self, topic: str) -> None:
        """From now on (confirmed, or 250 ms later) events of `topic` come from the other processes too."""
        ...

    async def unfollow(self, topic: str) -> None: ...
    def loops(self) -> list[Callable[[], Coroutine[Any, Any, None]]]:
        """What must run for the bus to work; to be owned by whoever opens the house."""
        ...

    async def close(self) -> None: ...


class MemoryBus:
    """The bus of one process."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[str, Any], None]] = []

    def listen(self, listener: Callable[[str, Any], None]) -> None:
        self._listeners.append(listener)

    def tell(self, topic: str, event: Any) -> None:
        for listener in self._listeners:
            listener(topic, event)

    async def follow(self, topic: str) -> None:
        """Nothing to do: there is no other process."""

    async def unfollow(self, topic: str) -> None:
        """Nothing to do: there is no other process."""

    def loops(self) -> list[Callable[[], Coroutine[Any, Any, None]]]:
        return []

    async def close(self) -> None:
        """Nothing to do: nothing was opened."""


class RedisBus(MemoryBus):
    """The bus of many processes. `encode` and `decode` translate events to and from bytes."""

    def __init__(
        self,
        url: str,
        commands: Commands,
        breaker: Breaker,
        encode: Callable[[Any], bytes],
        decode: Callable[[bytes], Any],
    ) -> None:
        super().__init__()
        self._url, self._commands, self._breaker = url, commands, breaker
        self._encode, self._decode = encode, decode
        self._origin = secrets.token_bytes(ORIGIN_BYTES)
        self._waiting: deque[tuple[str, bytes]] = deque(maxlen=QUEUE_LIMIT)  # full: the oldest whisper is lost
        self._awake = asyncio.Event()
        self._followed: set[str] = {EVERYONE}
        self._confirmed: dict[str, asyncio.Event] = {}
        self._pubsub: PubSub | None = None

    def tell(self, topic: str, event: Any) -> None:
        super().tell(topic, event)
        self._waiting.append((topic, self._origin + self._encode(event)))
        self._awake.set()

    async def follow(self, topic: str) -> None:
        self._followed.add(topic)
        confirmed = self._confirmed.setdefault(topic, asyncio.Event())
        with contextlib.suppress(RedisError, OSError, TimeoutError):
            async with asyncio.timeout(CONFIRM_SECONDS):
                if self._pubsub is not None:
                    await self._pubsub.subscribe(topic)
                    await confirmed.wait()

    async def unfollow(self, topic: str) -> None:
        self._followed.discard(topic)
        self._confirmed.pop(topic, None)
        with contextlib.suppress(RedisError, OSError, TimeoutError):
            async with asyncio.timeout(CONFIRM_SECONDS):
                if self._pubsub is not None:
                    await self._pubsub.unsubscribe(topic)

    def loops(self) -> list[Callable[[], Coroutine[Any, Any, None]]]:
        return [self._whisper, self._listen]

    async def close(self) -> None:
        await self._commands.aclose()

    async def _whisper(self) -> None:
        """One pipeline for all that gathered in a turn of the loop; what Redis does not take in time is lost."""
        while True:
            await self._awake.wait()
            self._awake.clear()
            whispers, self._waiting = self._waiting, deque(maxlen=QUEUE_LIMIT)
            await self._breaker.attempt(lambda told=tuple(whispers): self._publish(told))  # type: ignore[misc]

    async def _publish(self, whispers: tuple[tuple[str, bytes], ...]) -> bool:
        if len(whispers) == 1 or not hasattr(self._commands, "connection_pool"):
            for topic, body in whispers:
                await self._commands.execute_command("PUBLISH", topic, body)
            return True
        async with self._commands.pipeline(transaction=False) as pipeline:
            for topic, body in whispers:
                pipeline.execute_command("PUBLISH", topic, body)
            await pipeline.execute()
        return True

    async def _listen(self) -> None:
        attempt = 0
        while True:
            try:
                await self._listen_until_lost(attempt)
            except (RedisError, RedisClusterException, OSError, TimeoutError) as error:
                journal.warning("redis.lost", error=type(error).__name__)
            self._pubsub = None
            attempt += 1
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen_until_lost(self, attempt: int) -> None:
        client = subscriber(self._url, attempt)
        async with client, client.pubsub() as pubsub:
            await pubsub.subscribe(*self._followed)
            self._pubsub = pubsub
            async for message in pubsub.listen():
                self._hear(message)

    def _hear(self, message: dict[str, Any]) -> None:
        topic = message["channel"].decode()
        if message["type"] == "subscribe":
            self._confirmed.setdefault(topic, asyncio.Event()).set()
        elif message["type"] == "message" and not message["data"].startswith(self._origin):
            try:
                event = self._decode(message["data"][ORIGIN_BYTES:])
            except msgspec.MsgspecError as error:
                # Another version's event, or somebody else's bytes: the counters find what it may have told.
                journal.warning("bus.not_understood", topic=topic, error=type(error).__name__)
                return
            super().tell(topic, event)

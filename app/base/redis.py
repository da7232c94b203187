"""Redis, as a whisper: every call has a deadline of 250 ms and no retry, and a breaker keeps it away while it is down.

redis-py's own defaults wait and retry for seconds (a stopped server: 15 s and more for one PUBLISH), which a message
path cannot bear; and a call that timed out may still be carried out, so nothing here may matter twice.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from redis.asyncio import Redis
from redis.asyncio.cluster import ClusterNode, RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisClusterException, RedisError

DEADLINE_SECONDS = 0.25
REST_SECONDS = 1.0
CLUSTER = "redis+cluster://"

T = TypeVar("T")
Commands = Redis | RedisCluster


class Breaker:
    """After a failure nobody asks for a second: a Redis that hangs costs one deadline a second, not one a message."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open_until = 0.0
        self.failures = 0

    async def attempt(self, call: Callable[[], Awaitable[T]]) -> T | None:
        """What `call` answers, or None: not answered in time, failed, or resting after a failure."""
        if self._clock() < self._open_until:
            return None
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                return await call()
        except (RedisError, RedisClusterException, OSError, TimeoutError):
            self.failures += 1
            self._open_until = self._clock() + REST_SECONDS
            return None


def addresses(url: str) -> list[str]:
    """The single-node addresses in `url`: one, or each seed of `redis+cluster://HOST:PORT[,HOST:PORT…]`."""
    if not url.startswith(CLUSTER):
        return [url]
    credentials, _, hosts = url.removeprefix(CLUSTER).strip("/").rpartition("@")
    prefix = f"{credentials}@" if credentials else ""
    return [f"redis://{prefix}{host}" for host in hosts.split(",")]


def commands(url: str) -> Commands:
    """A client for short commands."""
    options: dict[str, Any] = {
        "socket_timeout": 1.0,
        "socket_connect_timeout": 1.0,
        "retry": Retry(NoBackoff(), 0),
        "legacy_responses": False,
    }
    if not url.startswith(CLUSTER):
        return Redis.from_url(url, **options)
    seeds = [urlsplit(address) for address in addresses(url)]
    nodes = [ClusterNode(seed.hostname or "localhost", seed.port or 6379) for seed in seeds]
    # One fresh look at the cluster's map when a slot has moved; not redis-py's three rounds of waiting.
    options["retry"] = Retry(NoBackoff(), 1)
    return RedisCluster(startup_nodes=nodes, username=seeds[0].username, password=seeds[0].password, **options)


def subscriber(url: str, attempt: int) -> Redis:
    """A client that listens. In a cluster any node will do (PUBLISH reaches all), so each attempt takes the next."""
    choices = addresses(url)
    return Redis.from_url(
        choices[attempt % len(choices)],
        socket_timeout=None,  # listening has no end; a dead peer is found by the health check
        socket_connect_timeout=2.0,
        health_check_interval=10,
        retry=Retry(NoBackoff(), 0),
        legacy_responses=False,
    )

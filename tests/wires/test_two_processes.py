from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from tests.servers import AppServer, PostgresServer, RedisServer
from tests.talkers import Talker, cookies_of, history, talking

pytestmark = pytest.mark.anyio
WRITERS, MESSAGES = 10, 1_000


@pytest.fixture
async def pair(
    tmp_path: Path, postgres: PostgresServer, redis_server: RedisServer
) -> AsyncIterator[tuple[AppServer, AppServer]]:
    """Two server processes over one PostgreSQL and one Redis."""
    shared: dict[str, Any] = {"DATABASE_URL": postgres.database(), "REDIS_URL": redis_server.url}
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with AppServer(tmp_path / "one", migrate=True, **shared) as one, AppServer(tmp_path / "two", **shared) as two:
        yield one, two


def people(pair: tuple[AppServer, AppServer], cookies: list[str]) -> list[Talker]:
    """Half of them on each process."""
    return [Talker(pair[number % 2].url, cookie, "breast") for number, cookie in enumerate(cookies)]


async def write_all(talkers: list[Talker], pause: float) -> None:
    """A thousand messages from ten members, each as soon as her last one was acknowledged."""

    async def write(number: int, talker: Talker) -> None:
        for count in range(MESSAGES // WRITERS):
            client_id = f"{number}-{count}"
            await talker.send(client_id, f"Message {count} of writer {number}.")
            await talker.until(lambda wanted=client_id: wanted in talker.acknowledged)
            await asyncio.sleep(pause)

    async with asyncio.TaskGroup() as tasks:
        for number, talker in enumerate(talkers[:WRITERS]):
            tasks.create_task(write(number, talker))


async def everyone_has_everything(pair: tuple[AppServer, AppServer], talkers: list[Talker]) -> None:
    for talker in talkers:
        await talker.until(lambda each=talker: each.last >= MESSAGES)
    stored = await history(pair[0].url, talkers[0].cookie, "breast")
    assert len(stored) == MESSAGES
    assert [message["seq"] for message in stored] == list(range(1, MESSAGES + 1))
    for talker in talkers:
        assert talker.doubles == []
        assert talker.order == sorted(set(talker.order))
        assert [talker.messages[seq] for seq in sorted(talker.messages)] == stored
        assert talker.refused == []


async def test_readers_on_two_processes_see_the_same_order(pair: tuple[AppServer, AppServer]) -> None:
    talkers = people(pair, cookies_of(pair[0], 20, "breast"))
    async with talking(talkers):
        await write_all(talkers, 0)
        await everyone_has_everything(pair, talkers)
    assert all(talker.joins == 1 for talker in talkers)


async def test_nobody_misses_a_message_while_the_subscribers_are_killed_twenty_times(
    pair: tuple[AppServer, AppServer], redis_server: RedisServer
) -> None:
    talkers = people(pair, cookies_of(pair[0], 20, "breast"))
    killed = 0
    async with talking(talkers), Redis.from_url(redis_server.url) as redis:
        writing = asyncio.create_task(write_all(talkers, 0.02))
        for _ in range(20):
            killed += int(await redis.client_kill_filter(_type="pubsub"))
            await asyncio.sleep(0.2)
        await writing
        await everyone_has_everything(pair, talkers)
    assert killed >= 10, "the subscribers must have been there to be killed"


async def test_nobody_misses_a_message_while_redis_stands_still_for_five_seconds(
    pair: tuple[AppServer, AppServer], redis_server: RedisServer
) -> None:
    talkers = people(pair, cookies_of(pair[0], 20, "breast"))
    async with talking(talkers):
        writing = asyncio.create_task(write_all(talkers, 0.03))
        reader = talkers[-1]
        await reader.until(lambda: reader.last >= MESSAGES // 10)
        redis_server.signal(signal.SIGSTOP)
        stopped_at = reader.last
        await asyncio.sleep(5)
        assert reader.last > stopped_at, "messages must reach the others without Redis"
        redis_server.signal(signal.SIGCONT)
        await writing
        await everyone_has_everything(pair, talkers)

from __future__ import annotations

import asyncio
import contextlib
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.base.bus import EVERYONE, RedisBus, room_topic
from app.base.loops import running
from app.base.pace import RedisPace
from app.base.redis import Breaker, addresses, commands
from app.community.events import Event, SessionEnded, Typed, decode, encode
from tests.servers import RedisServer
from tests.site import free_port

pytestmark = pytest.mark.anyio


class Cluster:
    """Three real nodes that share the slots among them."""

    def __init__(self, folder: Path) -> None:
        self.nodes = []
        for number in range(3):
            place = folder / f"node-{number}"
            place.mkdir()
            # The bus between the nodes listens 10,000 above; ports are chosen where that still is one.
            self.nodes.append(RedisServer(place, port=_low_port(), options=("--cluster-enabled", "yes")))
        hosts = [f"127.0.0.1:{node.port}" for node in self.nodes]
        create = ["redis-cli", "--cluster", "create", *hosts, "--cluster-yes"]
        subprocess.run(create, check=True, stdout=subprocess.DEVNULL)
        self.url = "redis+cluster://" + ",".join(hosts)
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + 20
        for node in self.nodes:
            ask = ["redis-cli", "-p", str(node.port), "cluster", "info"]
            while b"cluster_state:ok" not in subprocess.run(ask, check=True, capture_output=True).stdout:
                assert time.monotonic() < until, "the cluster did not come up"
                time.sleep(0.05)


def _low_port() -> int:
    while (port := free_port()) > 55_000:
        pass
    return port


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    yield made
    for node in made.nodes:
        node.stop()


@pytest.fixture(params=["one server", "a cluster"])
def url(request: pytest.FixtureRequest) -> str:
    if request.param == "one server":
        server: RedisServer = request.getfixturevalue("redis_server")
        return server.url
    whole: Cluster = request.getfixturevalue("cluster")
    return whole.url


@contextlib.asynccontextmanager
async def bus(url: str) -> AsyncIterator[tuple[RedisBus, asyncio.Queue[Event]]]:
    """A bus of a process, and what it hears."""
    heard: asyncio.Queue[Event] = asyncio.Queue(100)
    made = RedisBus(url, commands(url), Breaker(), encode, decode)
    made.listen(lambda _, event: heard.put_nowait(event))
    async with running(made.loops()):
        yield made, heard
    await made.close()


@contextlib.asynccontextmanager
async def pace(url: str) -> AsyncIterator[tuple[RedisPace, Breaker]]:
    """The pace of a process."""
    client, breaker = commands(url), Breaker()
    yield RedisPace(client, breaker), breaker
    await client.aclose()


async def hears(mine: RedisBus, other: asyncio.Queue[Event], event: Any) -> None:
    """Whispered until it is heard: whispers may get lost while a connection is being made."""
    async with asyncio.timeout(15):
        while True:
            mine.tell(EVERYONE, event)
            with contextlib.suppress(TimeoutError):
                while await asyncio.wait_for(other.get(), 0.5) != event:
                    pass
                return


async def test_what_one_process_tells_the_others_hear_and_itself_once(url: str) -> None:
    async with bus(url) as (one, at_one), bus(url) as (two, at_two):
        await hears(one, at_two, SessionEnded("first"))
        await hears(two, at_one, SessionEnded("second"))
        while not at_one.empty():
            at_one.get_nowait()
        while not at_two.empty():
            at_two.get_nowait()
        await two.follow(room_topic("breast"))
        typed = Typed("breast", "m", "Alice")
        one.tell(room_topic("breast"), typed)
        assert await asyncio.wait_for(at_two.get(), 5) == typed
        assert at_one.get_nowait() == typed, "the telling process hears it at once"
        two.tell(EVERYONE, SessionEnded("fence"))
        assert await asyncio.wait_for(at_one.get(), 5) == SessionEnded("fence"), "and not a second time through Redis"


async def test_what_is_not_understood_is_passed_over(redis_server: RedisServer) -> None:
    async with bus(redis_server.url) as (one, at_one), bus(redis_server.url) as (two, at_two):
        await hears(one, at_two, SessionEnded("before"))
        for body in (b"", b"12345678garbage", b'12345678{"type":"from.tomorrow"}', b"\xff" * 20):
            await one._commands.execute_command("PUBLISH", EVERYONE, body)
        await hears(one, at_two, SessionEnded("after"))
        await hears(two, at_one, SessionEnded("back"))


async def test_a_room_that_is_not_followed_is_not_heard(url: str) -> None:
    async with bus(url) as (one, at_one), bus(url) as (two, at_two):
        await hears(one, at_two, SessionEnded("first"))
        await hears(two, at_one, SessionEnded("second"))
        await two.follow(room_topic("lung"))
        await two.unfollow(room_topic("lung"))
        while not at_two.empty():
            at_two.get_nowait()
        one.tell(room_topic("lung"), Typed("lung", "m", "Alice"))
        one.tell(EVERYONE, SessionEnded("fence"))
        assert await asyncio.wait_for(at_two.get(), 5) == SessionEnded("fence")


async def test_a_pace_holds_across_processes(url: str) -> None:
    async with pace(url) as (one, _), pace(url) as (two, _):
        for each in (one, two):
            await until_reached(each)
        assert [await each.take("alice", 3, 60.0) for each in (one, two, one)] == [0.0, 0.0, 0.0]
        assert 59 < await two.take("alice", 3, 60.0) <= 60
        await one.give_back("alice", 60.0)
        assert await two.take("alice", 3, 60.0) == 0.0
        assert await two.take("ben", 3, 60.0) == 0.0


async def test_without_redis_the_pace_is_kept_locally_and_nobody_waits(redis_server: RedisServer) -> None:
    async with pace(redis_server.url) as (mine, breaker):
        assert await mine.take("alice", 2, 60.0) == 0.0
        redis_server.signal(signal.SIGSTOP)
        took = [await mine.take("ben", 2, 60.0) for _ in range(3)]
        assert [round(wait, -1) for wait in took] == [0.0, 0.0, 60.0], "it fails open, but not to nothing"
        assert breaker.failures == 1, "the breaker keeps the others from waiting for the same deadline"
        redis_server.signal(signal.SIGCONT)


async def test_telling_never_waits_for_a_redis_that_stands_still(redis_server: RedisServer) -> None:
    async with bus(redis_server.url) as (one, at_one):
        redis_server.signal(signal.SIGSTOP)
        for number in range(50):
            one.tell(EVERYONE, SessionEnded(str(number)))
        assert at_one.qsize() == 50
        redis_server.signal(signal.SIGCONT)


async def until_reached(mine: RedisPace) -> None:
    """A cluster's map is read at the first call, which may take longer than the deadline."""
    async with asyncio.timeout(15):
        while mine.breaker.failures or await mine.take("warm", 1_000, 1) or mine.breaker.failures:
            mine.breaker.failures = 0
            await asyncio.sleep(1.1)


def test_the_seeds_of_a_cluster_are_its_addresses() -> None:
    assert addresses("redis+cluster://me:secret@a:1,b:2/") == ["redis://me:secret@a:1", "redis://me:secret@b:2"]
    assert addresses("redis://a:1/0") == ["redis://a:1/0"]

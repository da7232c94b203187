"""Gathering, passwords, the clock, the bus of one process, Redis addresses and the breaker, the database's door."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from sqlalchemy import text

from app.base import gather, passwords
from app.base.bus import MemoryBus, room_topic
from app.base.clock import SystemClock, wire_time
from app.base.db import Database
from app.base.errors import Busy, Unavailable, Unstorable
from app.base.gather import Gatherer
from app.base.passwords import THREADS, WAITING, Passwords
from app.base.redis import REST_SECONDS, Breaker, addresses

pytestmark = pytest.mark.anyio


@contextlib.asynccontextmanager
async def _running(gatherer: Gatherer[int, int]) -> AsyncIterator[None]:
    task = asyncio.create_task(gatherer.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_questions_asked_meanwhile_are_answered_together_and_in_order() -> None:
    batches: list[list[int]] = []

    async def answer(questions: Sequence[int]) -> list[int]:
        batches.append(list(questions))
        await asyncio.sleep(0)
        return [10 * question for question in questions]

    gatherer = Gatherer(answer, batch_limit=4)
    asked = [asyncio.create_task(gatherer.ask(number)) for number in range(10)]
    await asyncio.sleep(0)
    async with _running(gatherer):
        assert await asyncio.gather(*asked) == [10 * number for number in range(10)]
    assert batches == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]


@pytest.mark.parametrize("error", [Unavailable("away"), Unstorable("no")], ids=["away", "unstorable"])
async def test_a_batch_that_failed_fails_its_askers_and_the_next_is_answered(error: Exception) -> None:
    failing = iter([True])

    async def answer(questions: Sequence[int]) -> list[int]:
        if next(failing, False):
            raise error
        return list(questions)

    gatherer = Gatherer(answer)
    async with _running(gatherer):
        with pytest.raises(type(error)):
            await gatherer.ask(1)
        assert await gatherer.ask(2) == 2


async def test_one_answer_may_be_an_error_of_its_own() -> None:
    async def answer(questions: Sequence[int]) -> list[int | Exception]:
        return [question or Unstorable("no") for question in questions]

    gatherer: Gatherer[int, int] = Gatherer(answer)
    asked = [asyncio.create_task(gatherer.ask(number)) for number in (1, 0, 2)]
    async with _running(gatherer):
        answers = await asyncio.gather(*asked, return_exceptions=True)
    assert answers[::2] == [1, 2]
    assert isinstance(answers[1], Unstorable)


async def test_who_waits_too_long_or_behind_too_many_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "DEADLINE_SECONDS", 0)
    monkeypatch.setattr(gather, "WAITING_LIMIT", 1)

    async def answer(questions: Sequence[int]) -> list[int]:
        return list(questions)

    gatherer = Gatherer(answer)
    with pytest.raises(Unavailable):
        await gatherer.ask(1)  # nobody answers
    with pytest.raises(Unavailable):
        await gatherer.ask(2)  # the queue is full
    monkeypatch.setattr(gather, "DEADLINE_SECONDS", 10)
    async with _running(gatherer):
        await asyncio.sleep(0)
        assert await gatherer.ask(3) == 3


async def test_a_password_matches_its_own_hash_only() -> None:
    keeper = Passwords()
    hashed = await keeper.hash("a long walk in the rain")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await keeper.matches(hashed, "a long walk in the rain")
    assert not await keeper.matches(hashed, "a long walk in the snow")
    assert not await keeper.matches(None, "nobody has this password")
    assert not await keeper.matches("no hash", "a long walk in the rain")
    assert not keeper.outdated(hashed)
    assert keeper.outdated(hashed.replace("m=19456", "m=8192"))
    keeper.close()


async def test_too_many_sign_ins_at_once_are_told_to_come_again_and_the_others_get_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passwords.Passwords, "_verify", lambda *_: True)
    keeper = Passwords()
    tries = [keeper.matches("x", "y") for _ in range(WAITING + THREADS + 3)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert answers.count(True) == WAITING + THREADS
    refused = [answer for answer in answers if isinstance(answer, Busy)]
    assert len(refused) == 3
    assert refused[0].retry_after == 2
    assert await keeper.matches("x", "y")
    keeper.close()


def test_the_time_is_utc_in_whole_milliseconds() -> None:
    now = SystemClock().now()
    assert now.tzinfo == UTC
    assert now.microsecond % 1000 == 0
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_time_on_the_wire() -> None:
    at = datetime(2026, 1, 31, 5, 4, 5, 678_000, tzinfo=timezone(timedelta(hours=2)))
    assert wire_time(at) == "2026-01-31T03:04:05.678Z"
    assert wire_time(at.replace(microsecond=0)) == "2026-01-31T03:04:05.000Z"


async def test_the_bus_of_one_process_tells_every_listener_in_order() -> None:
    bus, heard = MemoryBus(), list[tuple[str, str, int]]()
    for name in ("one", "two"):
        bus.listen(lambda topic, event, name=name: heard.append((name, topic, event)))  # type: ignore[misc]
    assert bus.loops() == []
    await bus.follow("anything")
    for number in (1, 2):
        bus.tell(room_topic("breast"), number)
    await bus.unfollow("anything")
    await bus.close()
    assert heard == [(name, "room:breast", number) for number in (1, 2) for name in ("one", "two")]


@pytest.mark.parametrize(
    ("url", "nodes"),
    [
        ("redis://localhost:6379/0", ["redis://localhost:6379/0"]),
        ("rediss://user:p@host:1", ["rediss://user:p@host:1"]),
        ("unix:///run/redis.sock", ["unix:///run/redis.sock"]),
        ("redis+cluster://a:1", ["redis://a:1"]),
        ("redis+cluster://a:1,b:2,c:3/", ["redis://a:1", "redis://b:2", "redis://c:3"]),
        ("redis+cluster://user:p@a:1,b:2", ["redis://user:p@a:1", "redis://user:p@b:2"]),
    ],
)
def test_the_single_addresses_in_an_address(url: str, nodes: list[str]) -> None:
    assert addresses(url) == nodes


async def test_after_a_failure_nobody_asks_again_for_a_second() -> None:
    now = [100.0]
    breaker, asked = Breaker(lambda: now[0]), list[str]()

    async def works() -> str:
        asked.append("works")
        return "yes"

    async def fails() -> str:
        asked.append("fails")
        raise RedisConnectionError

    assert await breaker.attempt(works) == "yes"
    assert await breaker.attempt(fails) is None
    assert await breaker.attempt(works) is None
    now[0] += REST_SECONDS - 0.01
    assert await breaker.attempt(works) is None
    now[0] += 0.01
    assert await breaker.attempt(works) == "yes"
    assert asked == ["works", "fails", "works"]
    assert breaker.failures == 1


async def test_a_call_that_hangs_counts_as_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.base.redis.DEADLINE_SECONDS", 0)
    breaker = Breaker()
    assert await breaker.attempt(asyncio.Event().wait) is None
    assert breaker.failures == 1


async def test_what_is_written_stands_after_the_end_and_what_failed_never_did(any_db: Database) -> None:
    async with any_db.write() as connection:
        await connection.execute(text("insert into life (id, epoch) values (1, 'one')"))

    async def fail_after_writing() -> None:
        async with any_db.write() as connection:
            await connection.execute(text("update life set epoch = 'two'"))
            raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"):
        await fail_after_writing()
    async with any_db.read() as connection:
        assert (await connection.execute(text("select epoch from life"))).scalar() == "one"


async def test_writers_at_once_wait_for_each_other(any_db: Database) -> None:
    async with any_db.write() as connection:
        await connection.execute(text("insert into life (id, epoch) values (1, '0')"))

    async def count() -> None:
        lock = "" if any_db.on_sqlite else " for update"
        async with any_db.write() as connection:
            number = int((await connection.execute(text(f"select epoch from life{lock}"))).scalar_one())
            await asyncio.sleep(0)
            await connection.execute(text("update life set epoch = :number"), {"number": str(number + 1)})

    await asyncio.gather(*(count() for _ in range(12)))
    async with any_db.read() as connection:
        assert (await connection.execute(text("select epoch from life"))).scalar() == "12"


async def test_a_refused_value_and_an_absent_database_are_told_apart(any_db: Database, tmp_path: Path) -> None:
    with pytest.raises(Unstorable):
        async with any_db.write() as connection:
            await connection.execute(text("insert into life (id, epoch) values (2, 'x')"))
    with pytest.raises(Unstorable):
        async with any_db.read() as connection:
            await connection.execute(text("select cast(:text as varchar)"), {"text": "\ud800"})
    for url in (f"sqlite+aiosqlite:///{tmp_path}/nowhere/x.db", "postgresql+asyncpg://nobody@127.0.0.1:1/none"):
        away = Database(url)
        with pytest.raises(Unavailable):
            async with away.read() as connection:
                await connection.execute(text("select 1"))
        await away.close()

"""Jobs: written with what causes them, done once, tried again, and kept when they cannot be done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from app.base import jobs
from app.base.db import Database
from app.base.errors import Unavailable
from app.base.jobs import ATTEMPTS, LEASE, Job
from tests.site import SetClock

pytestmark = pytest.mark.anyio

Work = Callable[[Any], Awaitable[None]]


async def _enqueue(db: Database, clock: SetClock, *payloads: object) -> None:
    async with db.write() as connection:
        for payload in payloads:
            await jobs.enqueue(connection, "note", payload, clock.now())


async def _rows(db: Database) -> list[Job]:
    async with db.read() as connection:
        rows = (await connection.execute(select(Job).order_by(col(Job.id)))).mappings()
        return [Job(**row) for row in rows]


def _noting(done: list[Any]) -> dict[str, Work]:
    async def note(payload: Any) -> None:
        done.append(payload)
        await asyncio.sleep(0)

    return {"note": note}


async def _fails(_: Any) -> None:
    raise RuntimeError("It did not work.")


async def test_a_job_exists_exactly_if_what_causes_it_is_committed(any_db: Database, clock: SetClock) -> None:
    async def fail_after_writing() -> None:
        async with any_db.write() as connection:
            await jobs.enqueue(connection, "note", 1, clock.now())
            raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"):
        await fail_after_writing()
    assert await _rows(any_db) == []
    await _enqueue(any_db, clock, 2)
    assert len(await _rows(any_db)) == 1


async def test_many_workers_at_once_do_each_job_once(any_db: Database, clock: SetClock) -> None:
    await _enqueue(any_db, clock, *range(30))
    done: list[Any] = []

    async def worker() -> None:
        # A claim that finds its row locked by another looks again; only an empty table ends the work.
        while any(row.done_at is None for row in await _rows(any_db)):
            await jobs.work_once(any_db, clock, _noting(done))

    await asyncio.gather(*(worker() for _ in range(6)))
    assert sorted(done) == list(range(30))


async def test_two_processes_with_connections_of_their_own_do_each_job_once(any_url: str, clock: SetClock) -> None:
    one, two = Database(any_url), Database(any_url)
    await _enqueue(one, clock, *range(10))
    done: list[Any] = []

    async def worker(db: Database) -> None:
        while any(row.done_at is None for row in await _rows(db)):
            await jobs.work_once(db, clock, _noting(done))

    await asyncio.gather(worker(one), worker(two))
    assert sorted(done) == list(range(10))
    await one.close()
    await two.close()


async def test_jobs_are_done_in_the_order_of_their_time_and_not_before_it(any_db: Database, clock: SetClock) -> None:
    now = clock.now()
    done: list[Any] = []
    async with any_db.write() as connection:
        for seconds in (2, 1, 3):
            await jobs.enqueue(connection, "note", seconds, now + timedelta(seconds=seconds))
    assert not await jobs.work_once(any_db, clock, _noting(done))
    clock.go(seconds=2)
    while await jobs.work_once(any_db, clock, _noting(done)):
        pass
    assert done == [1, 2]


async def test_a_done_job_keeps_nothing_of_what_it_was_about(any_db: Database, clock: SetClock) -> None:
    await _enqueue(any_db, clock, {"secret": "x"})
    assert "secret" in (await _rows(any_db))[0].payload
    assert await jobs.work_once(any_db, clock, _noting([]))
    [row] = await _rows(any_db)
    assert (row.payload, row.done_at) == ("{}", clock.now())


async def test_a_job_whose_worker_died_is_taken_over_when_its_lease_is_over(any_db: Database, clock: SetClock) -> None:
    await _enqueue(any_db, clock, 1)
    assert await jobs._claim(any_db, clock.now(), ("note",)) is not None  # and then its process dies
    done: list[Any] = []
    clock.at += LEASE
    assert not await jobs.work_once(any_db, clock, _noting(done))
    clock.go(milliseconds=1)
    assert await jobs.work_once(any_db, clock, _noting(done))
    assert done == [1]


async def test_a_job_whose_process_dies_every_time_is_kept_for_a_person_in_the_end(
    db: Database, clock: SetClock
) -> None:
    await _enqueue(db, clock, "poison")

    async def dies(_: Any) -> None:
        raise KeyboardInterrupt

    for _ in range(jobs.ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            await jobs.work_once(db, clock, {"note": dies})
        clock.go(hours=1)
    assert not await jobs.work_once(db, clock, {"note": dies})
    [row] = await _rows(db)
    assert row.failed_at is not None
    assert row.attempts == jobs.ATTEMPTS


async def test_a_failed_job_is_tried_again_ever_later_and_in_the_end_kept_for_a_person(
    any_db: Database, clock: SetClock
) -> None:
    await _enqueue(any_db, clock, 1)
    for attempt in range(ATTEMPTS):
        assert await jobs.work_once(any_db, clock, {"note": _fails})
        assert not await jobs.work_once(any_db, clock, {"note": _fails})
        [row] = await _rows(any_db)
        assert row.attempts == attempt + 1
        assert row.due_at == clock.now() + timedelta(seconds=10 * 3**attempt)
        assert row.error == "RuntimeError('It did not work.')"
        assert (row.failed_at is None) == (attempt + 1 < ATTEMPTS)
        clock.at = row.due_at - timedelta(milliseconds=1)
        assert not await jobs.work_once(any_db, clock, {"note": _fails})
        clock.at = row.due_at
    clock.go(days=365)
    done: list[Any] = []
    assert not await jobs.work_once(any_db, clock, _noting(done))
    assert done == []
    assert (await _rows(any_db))[0].payload == "1"


async def test_a_job_that_failed_once_is_done_by_the_next_try(any_db: Database, clock: SetClock) -> None:
    await _enqueue(any_db, clock, 1)
    assert await jobs.work_once(any_db, clock, {"note": _fails})
    clock.go(seconds=10)
    done: list[Any] = []
    assert await jobs.work_once(any_db, clock, _noting(done))
    assert done == [1]


async def test_a_kind_that_this_process_does_not_know_is_left_to_another(any_db: Database, clock: SetClock) -> None:
    await _enqueue(any_db, clock, 1)
    assert not await jobs.work_once(any_db, clock, {"other": _fails})
    assert await jobs.work_once(any_db, clock, _noting([]))


async def test_working_goes_on_after_the_database_was_away(
    db: Database, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LOOK_SECONDS", 0)
    await _enqueue(db, clock, 1)
    claim, away = jobs._claim, iter([True])

    async def sometimes_away(*arguments: Any) -> Any:
        if next(away, False):
            raise Unavailable("away")
        return await claim(*arguments)

    monkeypatch.setattr(jobs, "_claim", sometimes_away)
    done = asyncio.Event()

    async def note(_: Any) -> None:
        done.set()

    task = asyncio.create_task(jobs.work(db, clock, {"note": note}))
    async with asyncio.timeout(10):
        await done.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

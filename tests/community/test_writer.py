"""The writer: one commit a batch, a bad value hurts nobody else, a lost connection is tried again."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Sequence

import pytest
from sqlalchemy import insert, text
from sqlmodel import select

from app.base.errors import Unavailable
from app.community.messages import Message
from app.community.operations import Operation
from app.community.outcomes import Failed, Posted
from app.community.sessions import Session
from app.community.writer import TRIES, UNSTORABLE, Writer
from tests.community.stage import Stage, failed, operation, posted

pytestmark = pytest.mark.anyio

LONE_SURROGATE = "\ud800"


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.community.writer.PAUSE_SECONDS", 0)


@contextlib.asynccontextmanager
async def _running(writer: Writer) -> AsyncIterator[None]:
    task = asyncio.create_task(writer.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _watched(stage: Stage, fail: Sequence[Exception] = ()) -> list[list[Operation]]:
    """The batches that the writer tries to commit from now on; the first ones end with `fail` after their work."""
    batches: list[list[Operation]] = []
    failures, commit = list(fail), stage.writer._commit

    async def watched(operations: Sequence[Operation]) -> object:
        batches.append(list(operations))
        if failures:
            raise failures.pop(0)
        return await commit(operations)

    stage.writer._commit = watched  # type: ignore[assignment,method-assign]
    return batches


async def test_what_waits_together_is_committed_together_in_the_order_of_asking(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    batches = _watched(stage)
    posts = [stage.post(alice, stage.breast, f"Number {number}") for number in range(20)]
    waiting = [asyncio.create_task(stage.writer.carry_out(post)) for post in posts]
    await asyncio.sleep(0)
    async with _running(stage.writer):
        answers = await asyncio.gather(*waiting)
    assert [len(batch) for batch in batches] == [20]
    assert [posted(answer).seq for answer in answers] == list(range(1, 21))
    assert [view.text for view in await stage.page(stage.breast)] == [post.text for post in posts]


async def test_a_batch_limit_of_one_gathers_nothing(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    stage.writer = Writer(stage.db, stage.bus, stage.clock, batch_limit=1)
    batches = _watched(stage)
    async with _running(stage.writer):
        await asyncio.gather(*(stage.writer.carry_out(stage.post(alice, stage.breast)) for _ in range(3)))
    assert [len(batch) for batch in batches] == [1, 1, 1]


@pytest.mark.parametrize("bad", [0, 3, 6])
async def test_a_value_that_the_database_refuses_lands_all_the_others(any_stage: Stage, bad: int) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    texts = [LONE_SURROGATE if number == bad else f"Number {number}" for number in range(7)]
    answers = await stage.settle(*(stage.post(alice, stage.breast, each) for each in texts))
    assert answers[bad] == UNSTORABLE
    others = [answer for number, answer in enumerate(answers) if number != bad]
    assert [posted(answer).seq for answer in others] == [1, 2, 3, 4, 5, 6]
    assert [view.text for view in await stage.page(stage.breast)] == [each for each in texts if each != LONE_SURROGATE]
    assert await stage.counter(stage.breast) == len(stage.told) == 6


async def test_a_lost_connection_is_tried_again_and_posts_once(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    batches = _watched(stage, [Unavailable("gone"), Unavailable("gone")])
    posted(await stage.one(stage.post(alice, stage.breast)))
    assert len(batches) == 3
    assert len(await stage.page(stage.breast)) == 1


async def test_a_commit_whose_answer_was_lost_is_not_carried_out_twice(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    commit = stage.writer._commit
    tries = 0

    async def lose_the_first_answer(operations: Sequence[Operation]) -> object:
        nonlocal tries
        tries += 1
        done = await commit(operations)
        if tries == 1:
            raise Unavailable("the answer was lost")
        return done

    stage.writer._commit = lose_the_first_answer  # type: ignore[assignment,method-assign]
    answer = await stage.one(stage.post(alice, stage.breast, "Once."))
    assert tries == 2
    assert isinstance(answer, Posted)
    assert not answer.fresh
    assert [view.text for view in await stage.page(stage.breast)] == ["Once."]


async def test_after_the_last_try_the_asker_is_told_and_the_writer_goes_on(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    batches = _watched(stage, [Unavailable("gone")] * TRIES)
    async with _running(stage.writer):
        with pytest.raises(Unavailable):
            await stage.writer.carry_out(stage.post(alice, stage.breast))
        posted(await stage.writer.carry_out(stage.post(alice, stage.breast)))
    assert len(batches) == TRIES + 1


async def test_nothing_is_told_before_it_is_stored(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    stored: list[int] = []

    def look(_: str, __: object) -> None:
        # By a connection of its own: it sees what was committed and nothing else.
        with contextlib.closing(sqlite3.connect(str(stage.db.engine.url.database))) as file:
            stored.append(file.execute("select count(*) from message").fetchone()[0])

    stage.bus.listen(look)
    posted(await stage.one(stage.post(alice, stage.breast)))
    assert stored == [1]


async def test_what_stands_alongside_is_carried_out_exactly_if_the_operation_is(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    now = stage.clock.now()
    row = {"member_id": alice.id, "label": "alongside", "created_at": now, "seen_at": now}
    notes = [insert(Session).values(digest=name, **row) for name in ("refused", "done")]
    olga = await stage.person("olga")
    refused = stage.post(olga, stage.breast, alongside=(notes[0],))
    done = stage.post(alice, stage.breast, alongside=(notes[1],))
    answers = await stage.settle(refused, done)
    assert isinstance(answers[0], Failed)
    async with stage.db.read() as connection:
        assert list((await connection.execute(select(Session.digest))).scalars()) == ["done"]


async def test_what_fails_alongside_undoes_the_operation(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    bad = text("insert into session (digest) values (null)")
    post = stage.post(alice, stage.breast, alongside=(bad,))
    first, second = await stage.settle(post, stage.post(alice, stage.breast))
    assert first == UNSTORABLE
    assert posted(second).seq == 1
    assert len(await stage.stored(stage.breast)) == 1


async def test_a_mute_that_comes_while_a_message_waits_for_its_commit_stops_it(any_stage: Stage) -> None:
    stage = any_stage
    mike = await stage.person("mike", stage.breast)
    waiting = asyncio.create_task(stage.writer.carry_out(stage.post(mike, stage.breast)))
    await asyncio.sleep(0)
    await stage.sanction(mike, "mute", None)
    async with _running(stage.writer):
        assert failed(await waiting) == "sanctioned"
    assert await stage.stored(stage.breast) == []


async def test_two_writers_at_once_give_each_number_once(any_stage: Stage) -> None:
    """As two processes do. The rooms are locked in one order, so crossing batches do not stop each other."""
    stage = any_stage
    alice = await stage.person("alice", stage.breast, stage.lounge)
    other = Stage(stage.db, stage.clock, places=stage.places)

    async def talk(voice: Stage, name: str, rooms: tuple[str, str]) -> None:
        for number in range(5):
            posts = [
                voice.post(alice, stage.places[room], f"{name} {number}", client_id=f"{name}{room}{number}")
                for room in rooms
            ]
            for answer in await voice.settle(*posts):
                posted(answer)

    await asyncio.gather(talk(stage, "one", ("breast", "lounge")), talk(other, "two", ("lounge", "breast")))
    for place in stage.places.values():
        assert [view.seq for view in await stage.page(place)] == list(range(1, 11))


async def test_the_times_of_messages_follow_their_numbers(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    for seconds in (0, 1, 0, 5):
        stage.clock.go(seconds=seconds)
        await stage.said(alice, stage.breast)
    times = [view.at for view in await stage.page(stage.breast)]
    assert times == sorted(times)


async def test_a_removal_and_its_note_are_one_commit(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    await stage.said(alice, stage.breast)
    batches = _watched(stage)
    await stage.one(operation("remove", alice, stage.breast, 1))
    assert len(batches) == 1
    async with stage.db.read() as connection:
        assert (await connection.execute(select(Message.removed_by))).scalar() == "author"

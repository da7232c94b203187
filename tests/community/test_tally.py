"""The tally: counts of what the rules did, a day and a room, added up over processes, and never a word of anybody."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from sqlmodel import select

from app.base.db import Database
from app.community import tally
from app.community.tally import Tally, TallyRow
from app.rules.verdict import GUIDELINE_OF, Allow, Finding, Hold, Judgement, Nudge, Refuse, RuleId
from tests.community.stage import Stage

pytestmark = pytest.mark.anyio


def _found(*rules: RuleId) -> tuple[Finding, ...]:
    return tuple(Finding(rule, "likely", GUIDELINE_OF[rule], "Why.") for rule in rules)


async def _sums(db: Database, room_ids: list[int] | None = None, since: date = date.min) -> dict[tuple[str, str], int]:
    async with db.read() as connection:
        sums = await tally.sums(connection, room_ids, since)
    return {(rule, outcome): times for (rule, outcome), times in sums.items()}


@pytest.mark.parametrize(
    ("judgement", "confirmed", "counted"),
    [
        (Allow(), None, {}),
        (Allow(_found("promotion", "promotion", "scam")), None, {("promotion", "passed"): 1, ("scam", "passed"): 1}),
        (Allow(_found("promotion", "scam")), "promotion", {("promotion", "confirmed"): 1, ("scam", "passed"): 1}),
        (Allow(_found("cursing", "scam")), "scam", {("cursing", "passed"): 1, ("scam", "confirmed"): 1}),
        (Nudge(_found("promotion", "scam")), None, {("promotion", "nudged"): 1}),
        (Hold(_found("scam", "promotion")), None, {("scam", "held"): 1}),
        (Refuse(_found("cursing")), None, {("cursing", "refused"): 1}),
    ],
)
async def test_each_judgement_counts_once_for_the_rule_that_decides(
    stage: Stage, judgement: Judgement, *, confirmed: RuleId | None, counted: dict[tuple[str, str], int]
) -> None:
    counts = Tally(stage.db, stage.clock)
    counts.judged("breast", judgement, confirmed=confirmed)
    assert await _sums(stage.db) == {}  # counting costs no statement
    await counts.flush()
    assert await _sums(stage.db) == {("", "judged"): 1, **counted}


async def test_what_several_processes_count_is_added_up(any_stage: Stage) -> None:
    stage = any_stage
    processes = [Tally(stage.db, stage.clock) for _ in range(3)]
    for _ in range(2):
        for counts in processes:
            counts.judged("breast", Refuse(_found("cursing")), confirmed=None)
            counts.judged("lounge", Allow(), confirmed=None)
        await asyncio.gather(*(counts.flush() for counts in processes))
    assert await _sums(stage.db) == {("", "judged"): 12, ("cursing", "refused"): 6}
    assert await _sums(stage.db, [stage.breast.id]) == {("", "judged"): 6, ("cursing", "refused"): 6}
    assert await _sums(stage.db, [stage.lounge.id]) == {("", "judged"): 6}
    assert await _sums(stage.db, []) == {}


async def test_each_day_has_its_own_counts(stage: Stage) -> None:
    counts = Tally(stage.db, stage.clock)
    first = stage.clock.now().date()
    counts.judged("breast", Allow(), confirmed=None)
    stage.clock.go(days=1)
    counts.judged("breast", Allow(), confirmed=None)
    await counts.flush()
    assert await _sums(stage.db, since=first) == {("", "judged"): 2}
    assert await _sums(stage.db, since=first + timedelta(days=1)) == {("", "judged"): 1}


async def test_flushing_twice_counts_once_and_an_unknown_room_does_not_stop_the_others(stage: Stage) -> None:
    counts = Tally(stage.db, stage.clock)
    counts.judged("nowhere", Allow(), confirmed=None)
    counts.judged("breast", Allow(), confirmed=None)
    for _ in range(2):
        await counts.flush()
    assert await _sums(stage.db) == {("", "judged"): 1}


async def test_counts_wait_while_the_database_is_away(stage: Stage) -> None:
    away = Database("sqlite+aiosqlite:////proc/none/x.db")
    counts = Tally(away, stage.clock)
    counts.judged("breast", Allow(), confirmed=None)
    await counts.flush()
    counts._db = stage.db
    counts.judged("breast", Allow(), confirmed=None)
    await counts.flush()
    assert await _sums(stage.db) == {("", "judged"): 2}
    await away.close()


async def test_counts_survive_a_flush_that_was_stopped_in_the_middle(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts, begun = Tally(stage.db, stage.clock), asyncio.Event()
    counts.judged("breast", Allow(), confirmed=None)

    async def stuck(*_: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as patched:
        patched.setattr("app.community.tally._add", stuck)
        flushing = asyncio.create_task(counts.flush())
        await begun.wait()
        counts.judged("breast", Allow(), confirmed=None)
        flushing.cancel()
        await asyncio.gather(flushing, return_exceptions=True)
    assert flushing.cancelled()
    await counts.flush()
    assert await _sums(stage.db) == {("", "judged"): 2}


async def test_a_row_holds_a_day_a_room_a_rule_an_outcome_and_a_number_and_nothing_else(stage: Stage) -> None:
    counts = Tally(stage.db, stage.clock)
    counts.judged("breast", Nudge(_found("scam")), confirmed=None)
    await counts.flush()
    async with stage.db.read() as connection:
        rows = [dict(row) for row in (await connection.execute(select(TallyRow))).mappings()]
    where = {"day": stage.clock.now().date(), "room_id": stage.breast.id, "times": 1}
    assert sorted(rows, key=str) == sorted(
        [{**where, "rule": "", "outcome": "judged"}, {**where, "rule": "scam", "outcome": "nudged"}], key=str
    )

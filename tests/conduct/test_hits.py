"""Hits: what each rule did, and how often facilitators saw it otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.community.tally import Tally
from app.conduct import hits
from app.conduct.decisions import Decisions
from app.conduct.hits import Hits
from app.rules.verdict import RULES, Finding, Hold
from tests.community.stage import Stage
from tests.conduct.test_conduct import decisions

__all__ = ["decisions"]

pytestmark = pytest.mark.anyio

MONTH = timedelta(days=30)
FOUND = (Finding("promotion", "sure", "no-promotion", "Why."),)


async def _hits(stage: Stage, rooms: list[int] | None = None) -> tuple[int, dict[str, Hits]]:
    async with stage.db.read() as connection:
        judged, found = await hits.of_rules(connection, rooms, stage.clock.now() - MONTH)
    assert [each.rule for each in found] == list(RULES)
    return judged, {each.rule: each for each in found}


async def test_the_overturned_share_is_of_those_that_were_decided_about(any_stage: Stage, decisions: Decisions) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast, stage.lounge)
    fen = await stage.person("fen", role="facilitator")
    tally = Tally(stage.db, stage.clock)
    ids = []
    for place in (stage.breast, stage.breast, stage.breast, stage.breast, stage.lounge):
        tally.judged(place.slug, Hold(FOUND), confirmed=None)
        ids.append((place, await stage.held(alice, place)))
    await tally.flush()
    assert (await _hits(stage))[1]["promotion"].overturned is None
    for (place, message_id), accept in zip(ids, (True, False, False, None, True), strict=True):
        if accept is not None:
            await decisions.release(fen, place, message_id, "", accept=accept)
    judged, by_rule = await _hits(stage)
    assert judged == 5
    promotion = by_rule["promotion"]
    assert (promotion.did["held"], promotion.decided, promotion.released, promotion.overturned) == (5, 4, 2, 0.5)
    assert (by_rule["scam"].decided, by_rule["scam"].overturned) == (0, None)
    judged, here = await _hits(stage, [stage.breast.id])
    assert (judged, here["promotion"].decided, here["promotion"].released) == (4, 3, 1)


async def test_what_is_older_than_a_month_counts_no_more(any_stage: Stage, decisions: Decisions) -> None:
    stage = any_stage
    alice, fen = await stage.person("alice", stage.breast), await stage.person("fen", role="facilitator")
    tally = Tally(stage.db, stage.clock)
    tally.judged("breast", Hold(FOUND), confirmed=None)
    await tally.flush()
    await decisions.release(fen, stage.breast, await stage.held(alice, stage.breast), "", accept=True)
    assert (await _hits(stage))[1]["promotion"].decided == 1
    stage.clock.go(days=31)
    judged, by_rule = await _hits(stage)
    assert (judged, by_rule["promotion"].did["held"], by_rule["promotion"].decided) == (0, 0, 0)

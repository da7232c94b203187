"""Concerns at the facilitators' desk: what waits in which order, who may decide it, once, and what that leaves behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlmodel import select

from app.community.concerns import NewConcern
from app.community.outcomes import Failed
from app.conduct import reports
from app.conduct.audit import AuditEntry
from app.conduct.decisions import Decisions
from app.conduct.reports import NewReport, Reports
from tests.community.stage import Stage, failed, operation

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("ruled")]

CRISIS, CONFIRMED = NewConcern("crisis"), NewConcern("confirmed", "medical-advice")


@pytest.fixture
async def decisions(any_stage: Stage) -> AsyncIterator[Decisions]:
    stage = any_stage
    async with stage.open(stage.posting()) as posting:
        yield Decisions(stage.db, stage.bus, stage.clock, posting, stage.bench)


async def _waiting(stage: Stage) -> list[dict[str, Any]]:
    async with stage.db.read() as connection:
        return await reports.waiting(connection, [stage.breast.id])


async def _id(stage: Stage) -> str:
    """The id of what waits alone."""
    [entry] = await _waiting(stage)
    return str(entry["id"])


async def _audit(stage: Stage) -> list[tuple[str, str | None, str]]:
    async with stage.db.read() as connection:
        rows = await connection.execute(select(AuditEntry.what, AuditEntry.guideline, AuditEntry.reason))
        return [tuple(row) for row in rows]


async def test_the_most_pressing_waits_on_top(any_stage: Stage) -> None:
    stage = any_stage
    alice, ben = await stage.person("alice", stage.breast), await stage.person("ben", stage.breast)
    desk = Reports(stage.db, stage.bus, stage.clock, stage.pace, stage.bench)
    await stage.held(alice, stage.breast, "Held.")
    for text, concern in (
        ("Confirmed.", CONFIRMED),
        ("Reported.", None),
        ("Worried about.", None),
        ("Crisis.", CRISIS),
    ):
        stage.clock.go(seconds=1)
        await stage.said(alice, stage.breast, text, concern=concern)
    await desk.file(ben, NewReport(stage.breast.id, "breast", 2, "respect", False, "A note."))
    await desk.file(ben, NewReport(stage.breast.id, "breast", 3, None, True, ""))
    stage.clock.go(seconds=1)
    await stage.said(ben, stage.breast, "A later crisis.", concern=CRISIS)
    entries = await _waiting(stage)
    assert [(each["kind"], each["text"]) for each in entries] == [
        ("crisis", "A later crisis."), ("crisis", "Crisis."), ("worried", "Worried about."), ("report", "Reported."),
        ("confirmed", "Confirmed."), ("held", "Held."),
    ]  # fmt: skip
    assert [each["seq"] for each in entries] == [5, 4, 3, 2, 1, None]
    assert [each["author"]["name"] for each in entries] == ["ben"] + ["alice"] * 5
    assert (entries[4]["guideline"], entries[0]["guideline"]) == ("no-medical-advice", None)
    assert "medical-advice" in entries[4]["note"]
    async with stage.db.read() as connection:
        assert await reports.waiting(connection, [stage.lounge.id]) == []


async def test_no_number_of_older_crises_hides_a_newer_one(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.community.concerns.SHOWN_LIMIT", 2)
    people = [await stage.person(name, stage.breast) for name in ("ann", "bea", "cleo")]
    for who in (*people, people[0]):
        stage.clock.go(seconds=1)
        await stage.said(who, stage.breast, f"{who.name} again.", concern=CRISIS)
    assert [each["author"]["name"] for each in await _waiting(stage)] == ["ann", "cleo"]


async def test_all_is_well_leaves_the_message_and_an_entry(any_stage: Stage, decisions: Decisions) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    await stage.said(alice, stage.breast, "Fine.", concern=CONFIRMED)
    concern = await _id(stage)
    assert await decisions.heed(fay, stage.breast, concern, remove=False, reason="Talked to her.") == concern
    assert failed(await decisions.heed(fay, stage.breast, concern, remove=False, reason="Again.")) == "conflict"
    assert await _waiting(stage) == []
    assert [view.text for view in await stage.page(stage.breast)] == ["Fine."]
    assert await _audit(stage) == [("concern.dismiss", None, "Talked to her.")]
    [row] = await stage.concerns(stage.breast)
    assert (row["state"], row["decided_by"], row["decided_at"]) == ("done", fay.id, stage.clock.now())


async def test_removing_names_a_guideline_and_takes_the_message_away(any_stage: Stage, decisions: Decisions) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    await stage.said(alice, stage.breast, "Take this.", concern=CONFIRMED)
    concern = await _id(stage)
    for guideline in ("", "made-up"):
        answer = await decisions.heed(fay, stage.breast, concern, remove=True, reason="x", guideline=guideline)
        assert failed(answer) == "not-allowed"
    unkind = await decisions.heed(
        fay, stage.breast, concern, remove=True, reason="[refuse]", guideline="no-medical-advice"
    )
    assert failed(unkind) == "not-allowed"
    assert await decisions.heed(
        fay, stage.breast, concern, remove=True, reason="It is advice.", guideline="no-medical-advice"
    ) == concern  # fmt: skip
    [view] = await stage.page(stage.breast)
    assert view.removed is not None
    assert (view.removed.by, view.removed.guideline) == ("facilitator", "no-medical-advice")
    assert await _audit(stage) == [("concern.uphold", "no-medical-advice", "It is advice.")]
    assert await _waiting(stage) == []


@pytest.mark.parametrize("ways", [(True, False), (False, True), (True, True), (False, False)], ids=str)
async def test_exactly_one_of_two_who_decide_at_once_wins(
    any_stage: Stage, decisions: Decisions, ways: tuple[bool, bool]
) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    fay, flo = [await stage.person(name, stage.breast, facilitates=True) for name in ("fay", "flo")]
    await stage.said(alice, stage.breast, concern=CRISIS)
    concern = await _id(stage)
    answers = await asyncio.gather(
        *(
            decisions.heed(who, stage.breast, concern, remove=remove, reason="Agreed.", guideline="respect")
            for who, remove in zip((fay, flo), ways, strict=True)
        )
    )
    [winner] = [number for number, answer in enumerate(answers) if answer == concern]
    assert [failed(answer) for answer in answers if isinstance(answer, Failed)] == ["conflict"]
    [view] = await stage.page(stage.breast)
    assert (view.removed is not None) is ways[winner], "what the loser wanted was not done"
    assert len(await _audit(stage)) == 1


async def test_a_concern_is_decided_by_the_facilitators_of_its_room(any_stage: Stage, decisions: Decisions) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast, stage.lounge)
    flo = await stage.person("flo", stage.lounge, facilitates=True)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    await stage.said(alice, stage.breast, concern=CRISIS)
    concern = await _id(stage)
    for who, place, code in (
        (alice, stage.breast, "not-allowed"), (flo, stage.breast, "not-allowed"), (flo, stage.lounge, "not-found"),
    ):  # fmt: skip
        assert failed(await decisions.heed(who, place, concern, remove=False, reason="")) == code
    assert failed(await decisions.heed(fay, stage.breast, "nothing", remove=False, reason="")) == "not-found"
    await stage.sanction(fay, "ban", None)
    assert failed(await decisions.heed(fay, stage.breast, concern, remove=False, reason="")) == "not-allowed"
    assert len(await _waiting(stage)) == 1
    assert await _audit(stage) == []


async def test_what_was_removed_meanwhile_still_waits_and_can_be_closed(any_stage: Stage, decisions: Decisions) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    await stage.said(alice, stage.breast, "Gone soon.", concern=CRISIS)
    await stage.one(operation("remove", alice, stage.breast, 1))
    [entry] = await _waiting(stage)
    assert entry["text"] == "Gone soon."
    assert "removed since" in entry["note"]
    before = await stage.counter(stage.breast)
    answer = await decisions.heed(fay, stage.breast, entry["id"], remove=True, reason="", guideline="respect")
    assert answer == entry["id"]
    [view] = await stage.page(stage.breast)
    assert view.removed is not None
    assert view.removed.by == "author"
    assert await stage.counter(stage.breast) == before


async def test_removing_what_is_held_as_well_keeps_it_from_appearing(any_stage: Stage, decisions: Decisions) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    await stage.one(stage.post(alice, stage.breast, held_rule="promotion", concern=CRISIS))
    crisis, held = await _waiting(stage)
    assert (crisis["kind"], held["kind"], crisis["seq"]) == ("crisis", "held", None)
    answer = await decisions.heed(fay, stage.breast, crisis["id"], remove=True, reason="", guideline="respect")
    assert answer == crisis["id"]
    assert await _waiting(stage) == []
    assert [row["state"] for row in await stage.stored(stage.breast)] == ["rejected"]

"""Reports, decisions and the audit: who may decide what about whom, once, and that each leaves its entry."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlmodel import select

from app.base.clock import wire_time
from app.community import memberships
from app.community.events import FacilitatorsAlerted, MemberSanctioned, MembershipEnded, RoomStateChanged
from app.community.members import Who
from app.community.outcomes import Failed
from app.community.sanctions import LONGEST_MUTE_MINUTES, NewSanction, Sanction
from app.conduct import audit, reports
from app.conduct.audit import AuditEntry
from app.conduct.decisions import Decisions, slow_values
from app.conduct.reports import BURST, NewReport, Reports
from tests.community.stage import Stage, changed, failed, operation

pytestmark = pytest.mark.anyio


@pytest.fixture
async def decisions(any_stage: Stage) -> Any:
    posting = any_stage.posting()
    task = asyncio.create_task(any_stage.writer.run())
    yield Decisions(any_stage.db, any_stage.bus, any_stage.clock, posting, any_stage.bench)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _reports(stage: Stage) -> Reports:
    return Reports(stage.db, stage.bus, stage.clock, stage.pace, stage.bench)


def _new(stage: Stage, seq: int = 1, **changes: Any) -> NewReport:
    fields = {"guideline": "respect", "worried": False, "note": "Please look.", **changes}
    return NewReport(stage.breast.id, "breast", seq, **fields)


async def _audit(stage: Stage) -> list[str]:
    """What was entered; entries of one moment of the standing clock have no order."""
    async with stage.db.read() as connection:
        return sorted((await connection.execute(select(AuditEntry.what))).scalars())


def _sanction(stage: Stage, who: Who, kind: str = "mute", **changes: Any) -> NewSanction:
    room_id = None if kind == "ban" else stage.breast.id
    fields = {"room_id": room_id, "minutes": 10, "guideline": "respect", "reason": "It was agreed on.", **changes}
    return NewSanction(member_id=who.id, kind=kind, issued_by="fay", **fields)


async def test_a_report_keeps_the_text_as_it_was_and_alerts_the_facilitators(any_stage: Stage) -> None:
    stage = any_stage
    alice, ben = await stage.person("alice", stage.breast), await stage.person("ben", stage.breast)
    await stage.said(alice, stage.breast, "As it was.")
    report_id = await _reports(stage).file(ben, _new(stage))
    await stage.one(operation("remove", alice, stage.breast, 1))
    async with stage.db.read() as connection:
        [entry] = await reports.waiting(connection, [stage.breast.id])
        assert await reports.waiting(connection, [stage.lounge.id]) == []
    assert (entry["id"], entry["text"], entry["author"]["name"]) == (report_id, "As it was.", "alice")
    assert "ben" not in str(entry)
    assert FacilitatorsAlerted("report", "breast", 1, str(report_id)) in stage.told


async def test_the_same_members_second_report_is_the_first(any_stage: Stage) -> None:
    stage = any_stage
    alice, ben = await stage.person("alice", stage.breast), await stage.person("ben", stage.breast)
    await stage.said(alice, stage.breast)
    desk = _reports(stage)
    first = await desk.file(ben, _new(stage))
    assert await desk.file(ben, _new(stage, note="Once more.")) == first
    assert await desk.file(ben, _new(stage, worried=True, guideline=None)) != first
    assert await desk.file(alice, _new(stage)) != first


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"guideline": None}, "not-allowed"), ({"guideline": "made-up"}, "not-allowed"), ({"note": "x" * 1001}, "too-long"),
     ({"note": "a\0b"}, "not-allowed"), ({"seq": 9}, "not-found")],
    ids=str,
)  # fmt: skip
async def test_a_report_that_cannot_be_is_answered(stage: Stage, changes: dict[str, Any], code: str) -> None:
    alice = await stage.person("alice", stage.breast)
    await stage.said(alice, stage.breast)
    assert failed(await _reports(stage).file(alice, _new(stage, **changes))) == code
    assert isinstance(await _reports(stage).file(alice, _new(stage, note="x" * 1000)), str)


async def test_many_reports_at_once_are_slowed(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    for _ in range(BURST + 1):
        await stage.said(alice, stage.breast)
    desk = _reports(stage)
    for seq in range(1, BURST + 1):
        assert isinstance(await desk.file(alice, _new(stage, seq)), str)
    late = await desk.file(alice, _new(stage, BURST + 1))
    assert isinstance(late, Failed)
    assert late.retry_after == 60
    stage.clock.go(seconds=60)
    assert isinstance(await desk.file(alice, _new(stage, BURST + 1)), str)


async def test_two_facilitators_decide_a_report_once(any_stage: Stage, decisions: Decisions) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    fay, flo = [await stage.person(name, stage.breast, facilitates=True) for name in ("fay", "flo")]
    await stage.said(alice, stage.breast)
    report = await _reports(stage).file(flo, _new(stage))
    assert isinstance(report, str)
    assert failed(await decisions.answer(fay, stage.lounge, report, remove=True, reason="No.")) == "not-found"
    answers = await asyncio.gather(
        decisions.answer(fay, stage.breast, report, remove=True, reason="Agreed."),
        decisions.answer(flo, stage.breast, report, remove=True, reason="Agreed."),
    )
    assert sorted(isinstance(answer, Failed) for answer in answers) == [False, True]
    [view] = await stage.page(stage.breast)
    assert view.removed is not None
    assert (await _audit(stage)).count("report.uphold") == 1
    assert (await _audit(stage)).count("message.remove") == 1


async def test_removing_anothers_message_leaves_an_entry_and_ones_own_none(
    any_stage: Stage, decisions: Decisions
) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    for _ in range(2):
        await stage.said(alice, stage.breast)
    changed(await decisions.remove(alice, stage.breast, 1, None, ""))
    assert await _audit(stage) == []
    changed(await decisions.remove(fay, stage.breast, 2, "respect", "Against a person."))
    changed(await decisions.restore(fay, stage.breast, 2, "Looked again."))
    changed(await decisions.pin(fay, stage.breast, 2, pinned=True))
    assert await _audit(stage) == ["message.pin", "message.remove", "message.restore"]
    assert failed(await decisions.remove(fay, stage.breast, 2, "made-up", "")) == "not-found"
    ben = await stage.person("ben", stage.breast)
    assert failed(await decisions.pin(ben, stage.breast, 2, pinned=False)) == "not-allowed"
    assert len(await _audit(stage)) == 3


async def test_a_sanction_is_in_force_told_and_in_the_audit(any_stage: Stage, decisions: Decisions) -> None:
    stage = any_stage
    mike = await stage.person("mike", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    issued = await decisions.sanction(fay, stage.breast, _sanction(stage, mike))
    assert isinstance(issued, str)
    assert failed(await stage.one(stage.post(mike, stage.breast))) == "sanctioned"
    [told] = [event for event in stage.told if isinstance(event, MemberSanctioned)]
    until = wire_time(stage.clock.now().replace(minute=10))
    assert (told.id, told.member, told.room, told.until, told.lifted) == (issued, mike.id, "breast", until, False)
    roles, places = {"breast": "facilitator"}, {stage.breast.id: stage.breast}
    assert failed(await decisions.lift(fay, {}, places, issued, "No.")) == "not-found"
    assert await decisions.lift(fay, roles, places, issued, "Talked.") == issued
    assert failed(await decisions.lift(fay, roles, places, issued, "Again.")) == "conflict"
    assert not isinstance(await stage.one(stage.post(mike, stage.breast)), Failed)
    assert await _audit(stage) == ["sanction.lift", "sanction.mute"]
    assert [event.lifted for event in stage.told if isinstance(event, MemberSanctioned)] == [False, True]


async def test_removing_from_a_room_ends_the_membership(any_stage: Stage, decisions: Decisions) -> None:
    stage = any_stage
    mike = await stage.person("mike", stage.breast, stage.lounge)
    ada = await stage.person("ada", role="administrator")
    assert isinstance(await decisions.sanction(ada, stage.breast, _sanction(stage, mike, "remove")), str)
    async with stage.db.read() as connection:
        assert await memberships.joined(connection, mike) == {"lounge": "member"}
    assert MembershipEnded(mike.id, "breast") in stage.told


@pytest.mark.parametrize(
    "changes",
    [{"kind": "shout"}, {"guideline": "made-up"}, {"reason": " "}, {"reason": "a\0b"},
     {"minutes": 0}, {"minutes": -5}, {"minutes": LONGEST_MUTE_MINUTES + 1}, {"kind": "ban", "room_id": 1}],
    ids=str,
)  # fmt: skip
async def test_a_sanction_that_cannot_be_is_refused(stage: Stage, changes: dict[str, Any]) -> None:
    mike = await stage.person("mike", stage.breast)
    ada = await stage.person("ada", role="administrator")
    desk = Decisions(stage.db, stage.bus, stage.clock, stage.posting(), stage.bench)
    kind = changes.pop("kind", "mute")
    assert failed(await desk.sanction(ada, stage.breast, _sanction(stage, mike, kind, **changes))) == "not-allowed"
    nowhere = _sanction(stage, mike, "remove", room_id=None)
    assert failed(await desk.sanction(ada, None, nowhere)) == "not-allowed"
    longest = _sanction(stage, mike, minutes=LONGEST_MUTE_MINUTES)
    assert isinstance(await desk.sanction(ada, stage.breast, longest), str)


async def test_a_facilitator_sanctions_members_and_nobody_above_them(stage: Stage) -> None:
    fay, flo = [await stage.person(name, stage.breast, facilitates=True) for name in ("fay", "flo")]
    ada = await stage.person("ada", role="administrator")
    mike = await stage.person("mike", stage.breast)
    desk = Decisions(stage.db, stage.bus, stage.clock, stage.posting(), stage.bench)
    for above in (fay, flo, ada):
        assert failed(await desk.sanction(fay, stage.breast, _sanction(stage, above))) == "not-allowed"
    assert failed(await desk.sanction(fay, stage.breast, _sanction(stage, Who("none", "x", "member")))) == "not-found"
    assert isinstance(await desk.sanction(fay, stage.breast, _sanction(stage, mike)), str)
    assert isinstance(await desk.sanction(ada, stage.breast, _sanction(stage, flo)), str)
    async with stage.db.read() as connection:
        who = (await connection.execute(select(Sanction.member_id))).scalars()
        assert set(who) == {mike.id, flo.id}


async def test_a_banned_facilitator_may_decide_nothing(stage: Stage) -> None:
    fay = await stage.person("fay", stage.breast, facilitates=True)
    desk = Decisions(stage.db, stage.bus, stage.clock, stage.posting(), stage.bench)
    assert await desk.may_decide(fay)
    await stage.sanction(fay, "mute", None)
    assert await desk.may_decide(fay)
    await stage.sanction(fay, "ban", None)
    assert not await desk.may_decide(fay)


async def test_slow_mode_and_pause_are_set_told_and_in_the_audit(any_stage: Stage, decisions: Decisions) -> None:
    stage = any_stage
    fay = await stage.person("fay", stage.breast, facilitates=True)
    ben = await stage.person("ben", stage.breast)
    await decisions.set_room(fay, stage.breast, "room.pause", {"paused": True, "notice": "A break."})
    assert failed(await stage.one(stage.post(ben, stage.breast))) == "paused"
    assert RoomStateChanged("breast", 0, True, "A break.") in stage.told
    await decisions.set_room(fay, stage.breast, "room.resume", {"paused": False, "notice": None})
    assert not isinstance(await stage.one(stage.post(ben, stage.breast)), Failed)
    assert await _audit(stage) == ["room.pause", "room.resume"]
    assert slow_values(3600) == {"slow": 3600}
    assert failed(slow_values(3601)) == failed(slow_values(-1)) == "not-allowed"


async def test_the_audit_shows_the_newest_first_and_only_the_rooms_asked_for(any_stage: Stage) -> None:
    stage = any_stage
    fay = await stage.person("fay", stage.breast, facilitates=True)
    async with stage.db.write() as connection:
        for place, what in ((stage.breast, "one"), (stage.lounge, "two"), (stage.breast, "three")):
            stage.clock.go(seconds=1)
            note = audit.entry(fay, what, place.id, "x", stage.clock.now(), guideline="respect", reason="w" * 2000)
            await connection.execute(note)
        latest = await audit.latest(connection, {stage.breast.id}, 10)
        assert [line["what"] for line in latest] == ["three · breast", "one · breast"]
        assert latest[0]["who"] == "fay"
        assert latest[0]["why"] == "respect · " + "w" * 1000
        assert len(await audit.latest(connection, None, 2)) == 2

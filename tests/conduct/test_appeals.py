"""Appeals: who may ask for a second look, once and in time; who may answer; and what follows from it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert
from sqlmodel import col, select

from app.base.errors import Unstorable
from app.community import sanctions
from app.community.events import FacilitatorsAlerted, MemberSanctioned
from app.community.members import Member, Who
from app.community.outcomes import Failed
from app.community.rooms import Place
from app.community.sanctions import NewSanction, Sanction
from app.conduct import appeals
from app.conduct.appeals import ANSWER_LIMIT, TEXT_LIMIT, WINDOW, Appeal, Appeals, Written
from app.conduct.audit import AuditEntry
from app.conduct.decisions import Decisions
from tests.community.stage import Stage, failed

pytestmark = pytest.mark.anyio


def _desk(stage: Stage) -> Appeals:
    decisions = Decisions(stage.db, stage.bus, stage.clock, stage.posting(), stage.bench)
    return Appeals(stage.db, stage.bus, stage.clock, decisions, stage.bench)


def _rooms(*places: Place) -> dict[int, Place]:
    return {place.id: place for place in places}


async def _sanction(stage: Stage, who: Who, kind: str = "mute", *, by: str = "nobody", everywhere: bool = False) -> str:
    """A sanction in force (in the room breast, a ban in all): its id."""
    room_id = None if everywhere or kind == "ban" else stage.breast.id
    new = NewSanction(who.id, room_id, kind, 60, "respect", "It was agreed on.", by)
    async with stage.db.write() as connection:
        return (await sanctions.issue(connection, new, stage.clock.now())).id


async def _asked(stage: Stage, who: Who, sanction: str, text: str = "It was a joke.") -> str:
    answer = await _desk(stage).write(who, sanction, text)
    assert isinstance(answer, Written), answer
    return answer.id


async def _waiting(stage: Stage, who: Who, *places: Place) -> list[dict[str, Any]]:
    async with stage.db.read() as connection:
        return await appeals.waiting(connection, who, _rooms(*places))


async def _stored(stage: Stage, sanction: str) -> tuple[Appeal, Sanction]:
    async with stage.db.read() as connection:
        appeal, about = await appeals.of_sanction(connection, sanction), await sanctions.find(connection, sanction)
    assert appeal is not None
    assert about is not None
    return appeal, about


async def _audit(stage: Stage) -> list[str]:
    async with stage.db.read() as connection:
        return sorted((await connection.execute(select(AuditEntry.what))).scalars())


async def test_a_muted_member_asks_for_a_second_look_and_the_facilitators_are_alerted(any_stage: Stage) -> None:
    stage = any_stage
    mike, fay = await stage.person("mike", stage.breast), await stage.person("fay", stage.breast, facilitates=True)
    appeal = await _asked(stage, mike, await _sanction(stage, mike), " One.\r\nTwo. ")
    assert FacilitatorsAlerted("appeal", "breast", None, appeal) in stage.told
    [entry] = await _waiting(stage, fay, stage.breast)
    assert (entry["id"], entry["text"], entry["author"]["name"]) == (appeal, "One.\nTwo.", "mike")
    assert (entry["kind"], entry["sanction"], entry["reason"]) == ("appeal", "mute", "It was agreed on.")
    assert await _waiting(stage, fay, stage.lounge) == []


@pytest.mark.parametrize("kind", ["warn", "mute", "remove", "ban"])
async def test_every_kind_of_sanction_can_be_appealed(stage: Stage, kind: str) -> None:
    mike = await stage.person("mike", stage.breast)
    await _asked(stage, mike, await _sanction(stage, mike, kind))


async def test_only_the_sanctioned_member_may_ask(any_stage: Stage) -> None:
    stage = any_stage
    mike, olga = [await stage.person(name, stage.breast) for name in ("mike", "olga")]
    sanction = await _sanction(stage, mike)
    desk = _desk(stage)
    assert failed(await desk.write(olga, sanction, "Let him speak.")) == "not-found"
    assert failed(await desk.write(mike, "unknown", "Let me speak.")) == "not-found"
    assert stage.told == []
    await _asked(stage, mike, sanction)


async def test_one_sanction_is_appealed_once_even_at_once(any_stage: Stage) -> None:
    stage = any_stage
    mike = await stage.person("mike", stage.breast)
    first, second = await _sanction(stage, mike), await _sanction(stage, mike)
    desk = _desk(stage)
    answers = await asyncio.gather(*(desk.write(mike, first, f"Number {number}.") for number in range(3)))
    assert sorted(failed(answer) for answer in answers if isinstance(answer, Failed)) == ["conflict"] * 2
    assert len(stage.told) == 1
    stage.clock.go(days=31)
    assert failed(await desk.write(mike, first, "Once more.")) == "conflict"
    stage.clock.go(days=-31)
    await _asked(stage, mike, second)


async def test_a_sanction_can_be_appealed_for_thirty_days(any_stage: Stage) -> None:
    stage = any_stage
    mike = await stage.person("mike", stage.breast)
    in_time, late = await _sanction(stage, mike), await _sanction(stage, mike)
    assert timedelta(days=30) == WINDOW
    stage.clock.go(days=30)
    await _asked(stage, mike, in_time)
    stage.clock.go(seconds=1)
    assert failed(await _desk(stage).write(mike, late, "I was away.")) == "too-late"


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), (" \r\n ", "empty"), ("x" * 2_001, "too-long"), ("a\0b", "not-allowed")]
)
async def test_a_text_that_cannot_be_is_answered(stage: Stage, text: str, code: str) -> None:
    mike = await stage.person("mike", stage.breast)
    sanction = await _sanction(stage, mike)
    assert failed(await _desk(stage).write(mike, sanction, text)) == code
    await _asked(stage, mike, sanction, "🌿" * TEXT_LIMIT)


async def test_what_is_about_all_rooms_waits_for_those_who_facilitate_all(any_stage: Stage) -> None:
    stage = any_stage
    mike = await stage.person("mike", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    ada = await stage.person("ada", role="facilitator")
    ban = await _asked(stage, mike, await _sanction(stage, mike, "ban"))
    assert FacilitatorsAlerted("appeal", "", None, ban) in stage.told
    assert await _waiting(stage, fay, stage.breast, stage.lounge) == []
    [entry] = await _waiting(stage, ada, stage.breast, stage.lounge)
    assert (entry["id"], entry["room"]) == (ban, None)
    desk, rooms = _desk(stage), _rooms(stage.breast, stage.lounge)
    assert failed(await desk.decide(fay, rooms, ban, overturn=True, answer="Yes.")) == "not-found"
    assert await desk.decide(ada, rooms, ban, overturn=True, answer="Yes.") == ban


async def test_overturning_lifts_the_sanction_and_upholding_leaves_it(any_stage: Stage) -> None:
    stage = any_stage
    mike, fay = await stage.person("mike", stage.breast), await stage.person("fay", stage.breast, facilitates=True)
    right, wrong = await _sanction(stage, mike), await _sanction(stage, mike)
    upheld, overturned = await _asked(stage, mike, right), await _asked(stage, mike, wrong)
    desk, rooms = _desk(stage), _rooms(stage.breast)
    assert await desk.decide(fay, rooms, upheld, overturn=False, answer=" It stands. ") == upheld
    assert await _audit(stage) == ["appeal.uphold"]
    assert await desk.decide(fay, rooms, overturned, overturn=True, answer="We were wrong.") == overturned
    assert await _audit(stage) == ["appeal.overturn", "appeal.uphold", "sanction.lift"]
    appeal, sanction = await _stored(stage, right)
    assert (appeal.state, appeal.answer, appeal.decided_by, sanction.lifted_at) == (
        "upheld",
        "It stands.",
        fay.id,
        None,
    )
    appeal, sanction = await _stored(stage, wrong)
    assert (appeal.state, appeal.decided_at, sanction.lifted_by) == ("overturned", stage.clock.now(), fay.id)
    [told] = [event for event in stage.told if isinstance(event, MemberSanctioned)]
    assert (told.id, told.member, told.room, told.lifted) == (wrong, mike.id, "breast", True)
    assert await _waiting(stage, fay, stage.breast) == []


async def test_a_sanction_that_is_over_can_be_overturned_without_being_lifted_again(any_stage: Stage) -> None:
    stage = any_stage
    mike, fay = await stage.person("mike", stage.breast), await stage.person("fay", stage.breast, facilitates=True)
    sanction = await _sanction(stage, mike)
    appeal = await _asked(stage, mike, sanction)
    stage.clock.go(minutes=60)
    assert (
        await _desk(stage).decide(fay, _rooms(stage.breast), appeal, overturn=True, answer="We were wrong.") == appeal
    )
    decided, about = await _stored(stage, sanction)
    assert (decided.state, about.lifted_at) == ("overturned", None)
    assert await _audit(stage) == ["appeal.overturn"]
    assert not [event for event in stage.told if isinstance(event, MemberSanctioned)]


async def test_of_two_facilitators_at_once_exactly_one_decides(any_stage: Stage) -> None:
    stage = any_stage
    mike = await stage.person("mike", stage.breast)
    fay, flo = [await stage.person(name, stage.breast, facilitates=True) for name in ("fay", "flo")]
    sanction = await _sanction(stage, mike)
    appeal = await _asked(stage, mike, sanction)
    desk, rooms = _desk(stage), _rooms(stage.breast)
    answers = await asyncio.gather(
        desk.decide(fay, rooms, appeal, overturn=True, answer="Fay's answer."),
        desk.decide(flo, rooms, appeal, overturn=False, answer="Flo's answer."),
    )
    assert [failed(answer) for answer in answers if isinstance(answer, Failed)] == ["conflict"]
    won_by_fay = answers[0] == appeal
    decided, about = await _stored(stage, sanction)
    assert decided.answer == ("Fay's answer." if won_by_fay else "Flo's answer.")
    assert (about.lifted_at is not None) == won_by_fay
    assert len([what for what in await _audit(stage) if what.startswith("appeal.")]) == 1


async def test_the_issuer_decides_only_when_there_is_nobody_else(any_stage: Stage) -> None:
    stage = any_stage
    mike = await stage.person("mike", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    flo = await stage.person("flo", stage.breast, facilitates=True)
    await stage.person("fred", stage.lounge, facilitates=True)
    appeal = await _asked(stage, mike, await _sanction(stage, mike, by=fay.id))
    desk, rooms = _desk(stage), _rooms(stage.breast)
    [entry] = await _waiting(stage, fay, stage.breast)
    [same] = await _waiting(stage, flo, stage.breast)
    assert (entry["issued"], same["issued"]) == (True, False)
    assert failed(await desk.decide(fay, rooms, appeal, overturn=False, answer="No.")) == "not-allowed"
    await stage.sanction(flo, "ban", None)
    assert await desk.decide(fay, rooms, appeal, overturn=False, answer="No.") == appeal


async def test_a_facilitator_of_all_rooms_is_somebody_else_too(any_stage: Stage) -> None:
    stage = any_stage
    mike, fay = await stage.person("mike", stage.breast), await stage.person("fay", stage.breast, facilitates=True)
    ada = await stage.person("ada", role="administrator")
    in_room = await _asked(stage, mike, await _sanction(stage, mike, by=fay.id))
    ban = await _asked(stage, mike, await _sanction(stage, mike, "ban", by=ada.id))
    desk, rooms = _desk(stage), _rooms(stage.breast, stage.lounge)
    assert failed(await desk.decide(fay, rooms, in_room, overturn=True, answer="Yes.")) == "not-allowed"
    assert await desk.decide(ada, rooms, in_room, overturn=True, answer="Yes.") == in_room
    assert await desk.decide(ada, rooms, ban, overturn=True, answer="Yes.") == ban  # fay has only the one room


async def test_nobody_decides_about_herself(any_stage: Stage) -> None:
    stage = any_stage
    fay = await stage.person("fay", stage.breast, facilitates=True)
    ada = await stage.person("ada", role="administrator")
    appeal = await _asked(stage, fay, await _sanction(stage, fay))
    desk, rooms = _desk(stage), _rooms(stage.breast)
    assert await _waiting(stage, fay, stage.breast) == []
    assert failed(await desk.decide(fay, rooms, appeal, overturn=True, answer="Yes.")) == "not-allowed"
    assert [entry["id"] for entry in await _waiting(stage, ada, stage.breast)] == [appeal]
    assert await desk.decide(ada, rooms, appeal, overturn=True, answer="Yes.") == appeal


@pytest.mark.parametrize(
    ("answer", "code"), [(" ", "empty"), ("x" * (ANSWER_LIMIT + 1), "too-long"), ("a\0b", "not-allowed")]
)
async def test_an_answer_that_cannot_be_decides_nothing(stage: Stage, answer: str, code: str) -> None:
    mike, fay = await stage.person("mike", stage.breast), await stage.person("fay", stage.breast, facilitates=True)
    sanction = await _sanction(stage, mike)
    appeal = await _asked(stage, mike, sanction)
    desk = _desk(stage)
    assert failed(await desk.decide(fay, _rooms(stage.breast), appeal, overturn=True, answer=answer)) == code
    assert failed(await desk.decide(fay, _rooms(stage.lounge), appeal, overturn=True, answer="Yes.")) == "not-found"
    assert failed(await desk.decide(fay, _rooms(stage.breast), "unknown", overturn=True, answer="Yes.")) == "not-found"
    assert (await _stored(stage, sanction))[0].state == "open"
    longest = "x" * ANSWER_LIMIT
    assert await desk.decide(fay, _rooms(stage.breast), appeal, overturn=True, answer=longest) == appeal


@pytest.mark.parametrize(
    "changes",
    [{"text": ""}, {"text": "x" * 2_001}, {"state": "gone"}, {"state": "upheld"}, {"decided_by": "fay"},
     {"answer": "Yes."}, {"sanction_id": "unknown"}, {"member_id": "unknown"}],
    ids=str,
)  # fmt: skip
async def test_the_database_refuses_an_appeal_that_cannot_be(any_stage: Stage, changes: dict[str, Any]) -> None:
    stage = any_stage
    mike = await stage.person("mike", stage.breast)
    values = {
        "id": "a", "sanction_id": await _sanction(stage, mike), "member_id": mike.id, "text": "Please.",
        "at": stage.clock.now(), "state": "open",
    }  # fmt: skip
    with pytest.raises(Unstorable):
        async with stage.db.write() as connection:
            await connection.execute(insert(Appeal).values(**{**values, **changes}))
    async with stage.db.write() as connection:
        await connection.execute(insert(Appeal).values(**values))


async def test_an_appeal_goes_with_its_member(any_stage: Stage) -> None:
    stage = any_stage
    mike, olga = [await stage.person(name) for name in ("mike", "olga")]
    for who in (mike, olga):
        await _asked(stage, who, await _sanction(stage, who))
    async with stage.db.write() as connection:
        await connection.execute(delete(Member).where(col(Member.id) == mike.id))
        left = list((await connection.execute(select(Appeal.member_id))).scalars())
    assert left == [olga.id]

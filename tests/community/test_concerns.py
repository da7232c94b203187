"""Concerns: what facilitators should look at is stored with the message, once, and a crisis is told at once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from app.community.concerns import NewConcern
from app.community.events import ConversationChanged, FacilitatorsAlerted
from app.community.messages import Message
from app.community.operations import Edit, Heed, Restore
from app.community.outcomes import Changed, Failed, Heeded, Held, Posted, Stopped
from tests.community.stage import Stage, changed, failed, operation, posted

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("ruled")]

CRISIS = NewConcern("crisis")


def _brief(concerns: list[dict[str, Any]]) -> list[tuple[str, str | None, str]]:
    return [(each["kind"], each["rule"], each["state"]) for each in concerns]


async def test_what_is_sent_in_spite_of_a_nudge_is_posted_and_put_before_the_facilitators(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    async with stage.open(stage.posting()) as posting:
        assert isinstance(await posting.post(alice, stage.new(stage.breast, "Well. [nudge]", client_id="one")), Stopped)
        assert await stage.concerns(stage.breast) == []
        for _ in range(2):
            new = stage.new(stage.breast, "Well. [nudge]", client_id="one", confirmed=True)
            posted(await posting.post(alice, new))
    assert _brief(await stage.concerns(stage.breast)) == [("confirmed", "medical-advice", "open")]
    assert not [each for each in stage.told if isinstance(each, FacilitatorsAlerted)]


async def test_confirming_where_nothing_was_asked_puts_nothing_before_anybody(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    async with stage.open(stage.posting()) as posting:
        posted(await posting.post(alice, stage.new(stage.breast, "Good morning.", confirmed=True)))
    assert await stage.concerns(stage.breast) == []


async def test_a_crisis_is_posted_and_alerts_once_however_often_it_is_sent_again(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    async with stage.open(stage.posting()) as posting:
        new = stage.new(stage.breast, "I cannot go on. [crisis]", client_id="one")
        answers = await asyncio.gather(posting.post(alice, new), posting.post(alice, new))
        view = posted(answers[0])
        assert posted(await posting.post(alice, new)).seq == view.seq
        posted(await posting.post(alice, stage.new(stage.breast, "Thank you all.")))
    assert [card.kind for answer in answers if isinstance(answer, Posted) for card in answer.care][:1] == ["crisis"]
    [concern] = await stage.concerns(stage.breast)
    assert (concern["kind"], concern["rule"], concern["state"]) == ("crisis", None, "open")
    assert stage.alerts("crisis") == [FacilitatorsAlerted("crisis", "breast", view.seq, concern["id"])]
    assert isinstance(stage.told[0], ConversationChanged), "who looks finds it in the room"


async def test_a_confirmed_crisis_is_one_concern_of_the_graver_kind(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    async with stage.open(stage.posting()) as posting:
        posted(await posting.post(alice, stage.new(stage.breast, "[crisis] [nudge]", confirmed=True)))
    assert _brief(await stage.concerns(stage.breast)) == [("crisis", "medical-advice", "open")]


async def test_what_does_not_go_out_reaches_only_its_author_with_its_card(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    async with stage.open(stage.posting()) as posting:
        for mark in ("[nudge]", "[refuse]"):
            stopped = await posting.post(alice, stage.new(stage.breast, f"{mark} [adverse-event] [urgent]"))
            assert isinstance(stopped, Stopped)
            assert [card.kind for card in stopped.judgement.care] == ["urgent", "adverse-event"]
    assert await stage.concerns(stage.breast) == []


async def test_a_crisis_that_another_rule_holds_is_told_although_it_has_no_number(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    async with stage.open(stage.posting()) as posting:
        held = await posting.post(alice, stage.new(stage.breast, "[hold] [crisis]"))
    assert isinstance(held, Held)
    assert [card.kind for card in held.care] == ["crisis"]
    [concern] = await stage.concerns(stage.breast)
    assert concern["message_id"] == held.id
    assert stage.alerts("crisis") == [FacilitatorsAlerted("crisis", "breast", None, concern["id"])]


async def test_an_edit_and_what_is_brought_back_do_the_same(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    for text in ("One.", "Two.", "Three. [crisis]"):  # the last was said before the rule was
        await stage.said(alice, stage.breast, text)
    await stage.one(operation("remove", alice, stage.breast, 3))
    async with stage.open(stage.posting()) as posting:
        for seq, text, confirmed in ((1, "One. [nudge]", True), (2, "Two. [crisis]", False)):
            edit = Edit(who=alice, room_id=stage.breast.id, seq=seq, text=text)
            edited = await posting.edit(edit, "breast", confirmed=confirmed)
            assert isinstance(edited, Changed)
            assert [card.kind for card in edited.care] == (["crisis"] if seq == 2 else [])
        restore = Restore(who=alice, room_id=stage.breast.id, seq=3)
        back = await posting.restore(restore, "breast", "Three. [crisis]")
        assert isinstance(back, Changed)
        assert [card.kind for card in back.care] == ["crisis"]
    kinds = sorted(each["kind"] for each in await stage.concerns(stage.breast))
    assert kinds == ["confirmed", "crisis"]
    assert [alert.seq for alert in stage.alerts("crisis")] == [2]


async def test_what_she_brings_back_counts_as_confirmed(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    for text in ("[nudge]", "[refuse]"):
        await stage.said(alice, stage.breast, text)
    await stage.settle(*(operation("remove", alice, stage.breast, seq) for seq in (1, 2)))
    async with stage.open(stage.posting()) as posting:
        back, away = [
            await posting.restore(Restore(who=alice, room_id=stage.breast.id, seq=seq), "breast", text)
            for seq, text in ((1, "[nudge]"), (2, "[refuse]"))
        ]
    changed(back)
    assert isinstance(away, Stopped)
    assert _brief(await stage.concerns(stage.breast)) == [("confirmed", "medical-advice", "open")]


async def test_a_mere_guess_shows_the_card_and_calls_nobody(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    async with stage.open(stage.posting()) as posting:
        said = await posting.post(alice, stage.new(stage.breast, "[crisis?]"))
        assert isinstance(said, Posted)
        assert [card.kind for card in said.care] == ["crisis"]
        posted(await posting.post(alice, stage.new(stage.breast, "[crisis?] [nudge]", confirmed=True)))
    assert _brief(await stage.concerns(stage.breast)) == [("confirmed", "medical-advice", "open")]
    assert stage.alerts("crisis") == []


async def test_what_could_not_be_stored_still_brings_its_author_her_card(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    await stage.said(alice, stage.breast, "Too late to change.")
    stage.clock.go(hours=1)
    async with stage.open(stage.posting()) as posting:
        nowhere = await posting.post(alice, stage.new(stage.breast, "[crisis]", reply_to=9))
        edit = Edit(who=alice, room_id=stage.breast.id, seq=1, text="[crisis]")
        late = await posting.edit(edit, "breast", confirmed=False)
        posted(await posting.post(alice, stage.new(stage.breast, "Just now.")))
        await stage.set_room(stage.breast, slow=60)
        slow = await posting.post(alice, stage.new(stage.breast, "[crisis]"))
    assert [failed(each) for each in (nowhere, late, slow)] == ["not-found", "too-late", "slow"]
    for each in (nowhere, late, slow):
        assert isinstance(each, Failed)
        assert [card.kind for card in each.care] == ["crisis"]
    assert await stage.concerns(stage.breast) == []
    assert stage.alerts("crisis") == [], "there is nothing that a facilitator could open"


async def test_one_crisis_of_a_member_waits_in_a_room_and_moves_to_her_newest_message(any_stage: Stage) -> None:
    stage = any_stage
    alice, ben = [await stage.person(name, stage.breast, stage.lounge) for name in ("alice", "ben")]
    fay = await stage.person("fay", stage.breast, facilitates=True)
    first = await stage.said(alice, stage.breast, "One.", concern=CRISIS)
    [before] = await stage.concerns(stage.breast)
    await stage.said(ben, stage.breast, "His own.", concern=CRISIS)
    stage.clock.go(seconds=1)
    await stage.settle(*(stage.post(alice, stage.breast, f"Copy {each}.", concern=CRISIS) for each in range(3)))
    his, hers = await stage.concerns(stage.breast)
    newest = max(await stage.stored(stage.breast), key=lambda row: row["seq"])
    assert (hers["message_id"], hers["at"]) == (newest["id"], stage.clock.now())
    assert hers["id"] != before["id"], "who decides about the older message decides nothing"
    stale = Heed(who=fay, room_id=stage.breast.id, concern_id=before["id"], remove=True, guideline="respect")
    assert failed(await stage.one(stale)) == "not-found"
    assert [alert.seq for alert in stage.alerts("crisis")] == [first.seq, 2]
    await stage.said(alice, stage.lounge, "Elsewhere.", concern=CRISIS)
    assert len(stage.alerts("crisis")) == 3
    heed = Heed(who=fay, room_id=stage.breast.id, concern_id=hers["id"], remove=False)
    assert isinstance(await stage.one(heed), Heeded)
    await stage.said(alice, stage.breast, "Again.", concern=CRISIS)
    assert len(stage.alerts("crisis")) == 4
    assert [each["message_id"] for each in await stage.concerns(stage.breast)].count(his["message_id"]) == 1


async def test_who_decides_in_the_very_batch_that_moves_it_meets_a_conflict(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    await stage.said(alice, stage.breast, concern=CRISIS)
    [waiting] = await stage.concerns(stage.breast)
    heed = Heed(who=fay, room_id=stage.breast.id, concern_id=waiting["id"], remove=False)
    _, answer = await stage.settle(stage.post(alice, stage.breast, "More.", concern=CRISIS), heed)
    assert failed(answer) == "conflict"
    assert [each["state"] for each in await stage.concerns(stage.breast)] == ["open"]


async def test_one_concern_of_a_kind_waits_about_a_message_and_a_heeded_one_makes_room(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    await stage.said(alice, stage.breast, concern=CRISIS)

    async def edit(text: str, concern: NewConcern | None) -> None:
        changed(await stage.one(Edit(who=alice, room_id=stage.breast.id, seq=1, text=text, concern=concern)))

    await edit("Said otherwise.", CRISIS)
    await edit("Said with a nudge.", NewConcern("confirmed", "respect"))
    await edit("Said quietly.", None)
    assert sorted(each["kind"] for each in await stage.concerns(stage.breast)) == ["confirmed", "crisis"]
    assert len(stage.alerts("crisis")) == 1
    heed = Heed(who=fay, room_id=stage.breast.id, concern_id=stage.alerts("crisis")[0].id, remove=False)
    again = Edit(who=alice, room_id=stage.breast.id, seq=1, text="Said once more.", concern=CRISIS)
    first, second = await stage.settle(heed, again)
    assert isinstance(first, Heeded)
    changed(second)
    assert len(stage.alerts("crisis")) == 2
    assert [each["state"] for each in await stage.concerns(stage.breast) if each["kind"] == "crisis"].count("open") == 1


async def test_an_edit_that_changes_nothing_or_is_not_done_raises_nothing(stage: Stage) -> None:
    alice, ben = await stage.person("alice", stage.breast), await stage.person("ben", stage.breast)
    await stage.said(alice, stage.breast, "As it is.")
    same = Edit(who=alice, room_id=stage.breast.id, seq=1, text="As it is.", concern=CRISIS)
    assert isinstance(await stage.one(same), Changed)
    foreign = Edit(who=ben, room_id=stage.breast.id, seq=1, text="Not his.", concern=CRISIS)
    nowhere = Edit(who=ben, room_id=stage.breast.id, seq=9, text="Nowhere.", concern=CRISIS)
    assert [failed(each) for each in await stage.settle(foreign, nowhere)] == ["not-allowed", "not-found"]
    await stage.sanction(alice, "mute", None)
    assert failed(await stage.one(stage.post(alice, stage.breast, concern=CRISIS))) == "sanctioned"
    assert await stage.concerns(stage.breast) == []
    assert stage.alerts("crisis") == []


async def test_a_message_and_its_concern_land_together_or_not_at_all(
    any_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    monkeypatch.setattr("app.community.ledger.NewConcern.row", lambda *_: {"id": None})
    answers = await stage.settle(
        stage.post(alice, stage.breast, "With.", concern=CRISIS), stage.post(alice, stage.breast, "Without.")
    )
    assert failed(answers[0]) == "not-allowed"
    posted(answers[1])
    assert [row["text"] for row in await stage.stored(stage.breast)] == ["Without."]
    assert stage.alerts("crisis") == []


async def test_concerns_cost_two_statements_a_batch_and_none_where_there_are_none(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    said: list[str] = []
    event.listen(
        stage.db.engine.sync_engine, "before_cursor_execute", lambda _c, _u, statement, *_: said.append(statement)
    )
    await stage.settle(*(stage.post(alice, stage.breast) for _ in range(5)))
    assert said
    assert not [statement for statement in said if "concern" in statement]
    people = [await stage.person(f"person {number}", stage.breast) for number in range(5)]
    await stage.settle(*(stage.post(each, stage.breast, concern=CRISIS) for each in people))
    asked, written = [statement for statement in said if "concern" in statement]
    assert (asked.split()[0], written.split()[0]) == ("SELECT", "INSERT")
    assert len(await stage.concerns(stage.breast)) == 5


async def test_a_concern_goes_with_its_message(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    await stage.said(alice, stage.breast, concern=CRISIS)
    async with stage.db.write() as connection:
        message = (await connection.execute(select(Message.id).where(col(Message.seq) == 1))).scalar_one()
        await connection.execute(Message.metadata.tables["message"].delete().where(col(Message.id) == message))
    assert await stage.concerns(stage.breast) == []

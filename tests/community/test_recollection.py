"""What is remembered of a member's own texts, and when it is read again."""

from __future__ import annotations

import pytest

from app.community.recollection import FRESH, LATEST, WINDOW, Recollection
from app.rules.draft import Earlier
from tests.community.stage import Stage, operation

pytestmark = pytest.mark.anyio


async def _texts(recollection: Recollection, stage: Stage, member_id: str) -> list[str]:
    return [earlier.text for earlier in await recollection.of(member_id, stage.clock.now())]


async def test_her_own_texts_of_all_rooms_come_oldest_first_and_nobody_elses(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast, stage.lounge)
    ben = await stage.person("ben", stage.breast)
    for text, place in (("One.", stage.breast), ("Two.", stage.lounge), ("Three.", stage.breast)):
        await stage.said(alice, place, text)
        stage.clock.go(seconds=1)
    await stage.said(ben, stage.breast, "His.")
    recollection = Recollection(stage.db)
    told = await recollection.of(alice.id, stage.clock.now())
    assert [(each.text, each.room) for each in told] == [("One.", "breast"), ("Two.", "lounge"), ("Three.", "breast")]


async def test_held_texts_are_remembered_and_removed_ones_are_not(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    await stage.held(alice, stage.breast, "Held.")
    await stage.said(alice, stage.breast, "Removed.")
    await stage.one(operation("remove", alice, stage.breast, 1))
    assert await _texts(Recollection(stage.db), stage, alice.id) == ["Held."]


async def test_only_the_latest_texts_of_a_day_are_remembered(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    await stage.said(alice, stage.breast, "Yesterday.")
    stage.clock.at += WINDOW
    assert await _texts(Recollection(stage.db), stage, alice.id) == []
    for number in range(LATEST + 3):
        stage.clock.go(seconds=1)
        await stage.said(alice, stage.breast, f"{number}")
    expected = [f"{number}" for number in range(3, LATEST + 3)]
    assert await _texts(Recollection(stage.db), stage, alice.id) == expected


async def test_what_another_process_stored_is_seen_after_a_minute(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    recollection = Recollection(stage.db)
    assert await _texts(recollection, stage, alice.id) == []
    await stage.said(alice, stage.breast, "By another process.")
    stage.clock.at += FRESH
    assert await _texts(recollection, stage, alice.id) == []
    stage.clock.go(milliseconds=1)
    assert await _texts(recollection, stage, alice.id) == ["By another process."]


async def test_refused_repeats_stay_when_the_rest_is_read_again(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    recollection = Recollection(stage.db)
    await _texts(recollection, stage, alice.id)
    recollection.add_repeat(alice.id, Earlier("Again!", stage.clock.now().timestamp(), "breast"))
    recollection.add(alice.id, Earlier("Not in the database.", stage.clock.now().timestamp(), "breast"))
    assert sorted(await _texts(recollection, stage, alice.id)) == ["Again!", "Not in the database."]
    stage.clock.go(seconds=61)
    assert await _texts(recollection, stage, alice.id) == ["Again!"]
    recollection.forget(alice.id)
    assert await _texts(recollection, stage, alice.id) == []


async def test_of_very_many_members_the_longest_silent_is_forgotten(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.community.recollection.MEMBERS_KEPT", 2)
    recollection = Recollection(stage.db)
    for name in ("a", "b"):
        await _texts(recollection, stage, name)
        recollection.add_repeat(name, Earlier(name, 0.0))
    await _texts(recollection, stage, "a")
    await _texts(recollection, stage, "c")
    assert await _texts(recollection, stage, "a") == ["a"]
    assert await _texts(recollection, stage, "b") == []

"""Newcomers: where a room says so, their first messages wait as long as nobody is there to read along."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event

from app.community import newcomers
from app.community.members import Who
from app.community.newcomers import HELD_AS, WHY
from app.community.operations import Release
from app.community.outcomes import Held, Stopped
from app.community.posting import Posting
from tests.community.stage import Stage, changed, operation, posted

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("ruled")]


@pytest.fixture
def careful(stage: Stage) -> Stage:
    """A community in which the first two messages of a member wait."""
    stage.book = replace(stage.book, hold_first=2)
    return stage


async def _say(stage: Stage, posting: Posting, who: Who, text: str = "Hello.", **fields: object) -> object:
    return await posting.post(who, stage.new(stage.breast, text, **fields))


async def test_as_shipped_a_newcomers_message_stands_at_once(stage: Stage) -> None:
    nina = await stage.person("nina", stage.breast)
    async with stage.open(stage.posting()) as posting:
        posted(await _say(stage, posting, nina))


async def test_the_first_messages_wait_until_so_many_were_let_in(careful: Stage) -> None:
    stage = careful
    nina = await stage.person("nina", stage.breast, stage.lounge)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    async with stage.open(stage.posting()) as posting:
        waiting = [await _say(stage, posting, nina, text) for text in ("One.", "Two.", "Three.")]
        ids = [each.id for each in waiting if isinstance(each, Held)]
        assert len(ids) == 3
        for held in ids[:2]:
            release = Release(who=fay, room_id=stage.breast.id, message_id=held, accept=True)
            changed(await posting.carry_out(release))
            assert isinstance(await _say(stage, posting, nina, f"After {held}."), Held) is (held == ids[0])
        posted(await posting.post(nina, stage.new(stage.lounge, "Counted over all rooms.")))


async def test_where_a_facilitator_is_there_nothing_waits(careful: Stage) -> None:
    stage = careful
    nina = await stage.person("nina", stage.breast, stage.lounge)
    async with stage.open(stage.posting(on_duty=lambda room: room == "breast")) as posting:
        assert isinstance(await posting.post(nina, stage.new(stage.lounge, "Nobody there.")), Held)
        posted(await _say(stage, posting, nina, "One."))
        posted(await _say(stage, posting, nina, "Two."))
        posted(await posting.post(nina, stage.new(stage.lounge, "No newcomer any more.")))


async def test_what_was_removed_counts_for_nothing(careful: Stage) -> None:
    stage = careful
    nina = await stage.person("nina", stage.breast)
    for _ in range(2):
        await stage.said(nina, stage.breast)
    await stage.one(operation("remove", nina, stage.breast, 1))
    async with stage.open(stage.posting()) as posting:
        assert isinstance(await _say(stage, posting, nina, "One stands."), Held)
        await stage.one(operation("restore", nina, stage.breast, 1))
        posted(await _say(stage, posting, nina, "Two stand."))


async def test_what_she_is_told_accuses_her_of_nothing(careful: Stage) -> None:
    stage = careful
    nina = await stage.person("nina", stage.breast)
    async with stage.open(stage.posting()) as posting:
        held = await _say(stage, posting, nina, client_id="one")
        again = await _say(stage, posting, nina, client_id="one")
    for each in (held, again):
        assert isinstance(each, Held)
        assert (each.rule, each.guideline) == ("pace", "facilitators-decide")
    assert isinstance(held, Held)
    assert held.why == WHY
    [row] = await stage.stored(stage.breast)
    assert (row["state"], row["held_rule"]) == ("held", HELD_AS)


async def test_the_rules_come_first_and_a_rule_that_holds_says_so_itself(careful: Stage) -> None:
    stage = careful
    nina = await stage.person("nina", stage.breast)
    async with stage.open(stage.posting()) as posting:
        assert isinstance(await _say(stage, posting, nina, "[refuse]"), Stopped)
        assert isinstance(await _say(stage, posting, nina, "[nudge]"), Stopped)
        assert isinstance(await _say(stage, posting, nina, "[nudge]", confirmed=True), Held)
        held = await _say(stage, posting, nina, "[hold]")
    assert isinstance(held, Held)
    assert held.rule == "promotion"
    assert await stage.concerns(stage.breast) == [], "what waits is looked at anyway"


async def test_a_newcomer_in_a_crisis_is_not_left_waiting(careful: Stage) -> None:
    stage = careful
    nina = await stage.person("nina", stage.breast)
    async with stage.open(stage.posting()) as posting:
        posted(await _say(stage, posting, nina, "[crisis]"))
        held = await _say(stage, posting, nina, "[urgent]")
    assert isinstance(held, Held)
    assert [card.kind for card in held.care] == ["urgent"]
    assert len(stage.alerts("crisis")) == 1


async def test_who_facilitates_is_no_newcomer_where_she_does(careful: Stage) -> None:
    stage = careful
    fay = await stage.person("fay", stage.breast, facilitates=True)
    ada = await stage.person("ada", stage.breast, role="administrator")
    async with stage.open(stage.posting()) as posting:
        for who in (fay, ada):
            posted(await _say(stage, posting, who))


async def test_the_database_is_asked_only_until_she_is_no_newcomer(
    careful: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = careful
    monkeypatch.setattr(newcomers, "MEMBERS_KEPT", 1)
    alice, ben = await stage.person("alice", stage.breast), await stage.person("ben", stage.breast)
    asked: list[str] = []
    event.listen(
        stage.db.engine.sync_engine, "before_cursor_execute",
        lambda _c, _u, statement, *_: asked.append(statement) if "count(" in statement else None,
    )  # fmt: skip
    for who in (alice, alice, ben, ben):
        await stage.said(who, stage.breast)
    async with stage.open(stage.posting()) as posting:
        for who, times in ((alice, 1), (alice, 1), (ben, 2), (ben, 2), (alice, 3)):
            posted(await _say(stage, posting, who, f"After {times}, {len(asked)}."))
            assert len(asked) == times

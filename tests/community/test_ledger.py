"""What the ledger makes of operations: numbers, windows, doubles, reactions, held messages."""

from __future__ import annotations

import itertools

import pytest

from app.community.events import ConversationChanged
from app.community.ledger import EDIT_WINDOW, RESTORE_WINDOW
from app.community.operations import Edit, React, Release
from app.community.outcomes import Changed, Failed, Held, Posted, Rejected
from tests.community.stage import Stage, changed, failed, operation, posted, unmoved

pytestmark = pytest.mark.anyio


async def test_each_change_takes_the_next_number_and_a_message_keeps_its_first(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    first, second = await stage.said(alice, stage.breast), await stage.said(alice, stage.breast)
    assert [(each.seq, each.version) for each in (first, second)] == [(1, 1), (2, 2)]
    verbs = (("edit", alice), ("react", fay), ("pin", fay), ("remove", alice), ("restore", alice))
    for version, (verb, who) in enumerate(verbs, start=3):
        view = changed(await stage.one(operation(verb, who, stage.breast, 1)))
        assert (view.seq, view.version) == (1, version)
    assert await stage.counter(stage.breast) == 7
    assert await stage.counter(stage.lounge) == 0
    versions = [event.message.version for event in stage.told if isinstance(event, ConversationChanged)]
    assert versions == [1, 2, 3, 4, 5, 6, 7]


async def test_operations_of_one_batch_see_what_the_earlier_ones_did(any_stage: Stage) -> None:
    stage = any_stage
    alice, ben = await stage.person("alice", stage.breast), await stage.person("ben", stage.breast)
    answers = await stage.settle(
        stage.post(alice, stage.breast, "One."),
        stage.post(ben, stage.breast, "Two.", reply_to=1),
        operation("edit", alice, stage.breast, 1),
        React(who=ben, room_id=stage.breast.id, seq=1, reaction="hug", on=True),
        operation("remove", ben, stage.breast, 2),
        operation("react", alice, stage.breast, 2),
    )
    assert failed(answers[-1]) == "not-found"
    assert [each.version for each in await stage.page(stage.breast)] == [4, 5]
    one, two = await stage.page(stage.breast)
    assert (one.text, one.reactions) == ("Said otherwise.", {"hug": 1})
    assert (two.text, two.reply_to) == (None, 1)


async def test_a_message_can_be_edited_for_exactly_15_minutes(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    message = await stage.said(alice, stage.breast)
    stage.clock.at += EDIT_WINDOW
    view = changed(await stage.one(operation("edit", alice, stage.breast, message.seq)))
    assert view.edited == "2026-03-02T12:15:00.000Z"
    stage.clock.go(milliseconds=1)
    late = Edit(who=alice, room_id=stage.breast.id, seq=message.seq, text="Too late.")
    assert failed(await stage.one(late)) == "too-late"
    assert [each.text for each in await stage.page(stage.breast)] == ["Said otherwise."]


async def test_an_edit_that_changes_nothing_takes_no_number(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    await stage.said(alice, stage.breast, "As it is.")
    same = Edit(who=alice, room_id=stage.breast.id, seq=1, text="As it is.")
    assert unmoved(await stage.one(same)).edited is None
    assert await stage.counter(stage.breast) == 1


@pytest.mark.parametrize("remover", ["author", "facilitator"])
async def test_a_removed_message_comes_back_for_exactly_30_days(stage: Stage, remover: str) -> None:
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    who = alice if remover == "author" else fay
    for _ in range(2):
        await stage.said(alice, stage.breast, "Dear all.")
    for seq in (1, 2):
        view = changed(await stage.one(operation("remove", who, stage.breast, seq)))
        assert view.text is None
        assert view.removed is not None
        guideline = "respect" if remover == "facilitator" else None
        assert (view.removed.by, view.removed.guideline) == (remover, guideline)
    stage.clock.at += RESTORE_WINDOW
    back = changed(await stage.one(operation("restore", who, stage.breast, 1)))
    assert (back.text, back.removed) == ("Dear all.", None)
    stage.clock.go(milliseconds=1)
    assert failed(await stage.one(operation("restore", who, stage.breast, 2))) == "too-late"


async def test_an_author_brings_back_only_what_she_removed_herself(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    for _ in range(2):
        await stage.said(alice, stage.breast)
    await stage.settle(operation("remove", fay, stage.breast, 1), operation("remove", alice, stage.breast, 2))
    assert failed(await stage.one(operation("restore", alice, stage.breast, 1))) == "not-allowed"
    changed(await stage.one(operation("restore", alice, stage.breast, 2)))
    changed(await stage.one(operation("restore", fay, stage.breast, 1)))


async def test_removing_twice_and_restoring_what_stands_change_nothing(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    await stage.said(alice, stage.breast)
    unmoved(await stage.one(operation("restore", alice, stage.breast, 1)))
    changed(await stage.one(operation("remove", alice, stage.breast, 1)))
    unmoved(await stage.one(operation("remove", alice, stage.breast, 1)))
    assert await stage.counter(stage.breast) == 2


async def test_a_facilitators_removal_stays_hers_when_the_author_removes_too(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    await stage.said(alice, stage.breast)
    await stage.settle(operation("remove", fay, stage.breast, 1), operation("remove", alice, stage.breast, 1))
    [view] = await stage.page(stage.breast)
    assert view.removed is not None
    assert view.removed.by == "facilitator"


@pytest.mark.parametrize("verb", ["edit", "react", "pin"])
async def test_what_was_removed_is_not_there_to_be_changed(stage: Stage, verb: str) -> None:
    fay = await stage.person("fay", stage.breast, facilitates=True)
    for _ in range(2):
        await stage.said(fay, stage.breast)
    await stage.one(operation("remove", fay, stage.breast, 1))
    assert failed(await stage.one(operation(verb, fay, stage.breast, 1))) == "not-found"
    changed(await stage.one(operation(verb, fay, stage.breast, 2)))


async def test_a_removed_message_is_no_longer_pinned(stage: Stage) -> None:
    fay = await stage.person("fay", stage.breast, facilitates=True)
    await stage.said(fay, stage.breast)
    assert changed(await stage.one(operation("pin", fay, stage.breast, 1))).pinned
    unmoved(await stage.one(operation("pin", fay, stage.breast, 1)))
    assert not changed(await stage.one(operation("remove", fay, stage.breast, 1))).pinned
    assert not changed(await stage.one(operation("restore", fay, stage.breast, 1))).pinned


async def test_a_reaction_counts_once_and_goes_once(any_stage: Stage) -> None:
    stage = any_stage
    alice, ben = await stage.person("alice", stage.breast), await stage.person("ben", stage.breast)
    await stage.said(alice, stage.breast)

    def hug(who: object, *, on: bool) -> React:
        return React(who=who, room_id=stage.breast.id, seq=1, reaction="hug", on=on)  # type: ignore[arg-type]

    assert changed(await stage.one(hug(ben, on=True))).reactions == {"hug": 1}
    assert unmoved(await stage.one(hug(ben, on=True))).reactions == {"hug": 1}
    assert changed(await stage.one(hug(alice, on=True))).reactions == {"hug": 2}
    assert changed(await stage.one(hug(ben, on=False))).reactions == {"hug": 1}
    assert unmoved(await stage.one(hug(ben, on=False))).reactions == {"hug": 1}
    assert changed(await stage.one(hug(alice, on=False))).reactions == {}


@pytest.mark.parametrize("turns", [*itertools.product([True, False], repeat=3)], ids=str)
@pytest.mark.parametrize("before", ["given before", "not given before"])
async def test_reactions_on_and_off_in_one_batch_end_as_the_last_one_says(
    any_stage: Stage, turns: tuple[bool, ...], before: str
) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    await stage.said(alice, stage.breast)
    if before == "given before":
        changed(await stage.one(operation("react", alice, stage.breast, 1)))
    commits = _commits(stage)
    await stage.settle(*(React(who=alice, room_id=stage.breast.id, seq=1, reaction="hug", on=turn) for turn in turns))
    assert commits == [3]
    [view] = await stage.page(stage.breast)
    assert view.reactions == ({"hug": 1} if turns[-1] else {})
    changed(await stage.one(React(who=alice, room_id=stage.breast.id, seq=1, reaction="hug", on=not turns[-1])))


def _commits(stage: Stage) -> list[int]:
    """How many operations each commit from now on carries (tried in vain or not)."""
    sizes: list[int] = []
    commit = stage.writer._commit

    async def counted(operations: object) -> object:
        sizes.append(len(operations))  # type: ignore[arg-type]
        return await commit(operations)  # type: ignore[arg-type]

    stage.writer._commit = counted  # type: ignore[assignment,method-assign]
    return sizes


async def test_the_same_client_id_posts_once_within_a_batch_and_across_batches(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    same = stage.post(alice, stage.breast, "Once.", client_id="one")
    first, second = await stage.settle(same, same)
    third = await stage.one(same)
    assert [isinstance(each, Posted) and each.fresh for each in (first, second, third)] == [True, False, False]
    assert posted(first) == posted(second) == posted(third)
    assert await stage.counter(stage.breast) == 1
    assert len(stage.told) == 1


async def test_the_same_client_id_of_another_member_is_another_message(stage: Stage) -> None:
    alice, ben = await stage.person("alice", stage.breast), await stage.person("ben", stage.breast)
    answers = await stage.settle(*(stage.post(who, stage.breast, "Both.", client_id="one") for who in (alice, ben)))
    assert [posted(each).seq for each in answers] == [1, 2]


async def test_a_known_client_id_with_another_text_or_room_is_a_conflict(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast, stage.lounge)
    posted(await stage.one(stage.post(alice, stage.breast, "This.", client_id="one")))
    other_text = stage.post(alice, stage.breast, "That.", client_id="one")
    other_room = stage.post(alice, stage.lounge, "This.", client_id="one")
    assert [failed(each) for each in await stage.settle(other_text, other_room)] == ["conflict", "conflict"]
    posted(await stage.one(stage.post(alice, stage.breast, "This.", client_id="one")))


async def test_a_resend_is_answered_with_the_message_as_it_is_now(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    same = stage.post(alice, stage.breast, "First.", client_id="one")
    posted(await stage.one(same))
    changed(await stage.one(operation("edit", alice, stage.breast, 1)))
    assert posted(await stage.one(same)).text == "Said otherwise."
    changed(await stage.one(operation("remove", alice, stage.breast, 1)))
    assert posted(await stage.one(same)).text is None


async def test_a_resend_after_a_mute_is_still_answered_with_the_message(stage: Stage) -> None:
    mike = await stage.person("mike", stage.breast)
    same = stage.post(mike, stage.breast, client_id="one")
    posted(await stage.one(same))
    await stage.sanction(mike, "mute", None)
    posted(await stage.one(same))
    assert failed(await stage.one(stage.post(mike, stage.breast))) == "sanctioned"


async def test_a_reply_needs_the_message_that_it_answers(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast, stage.lounge)
    await stage.said(alice, stage.lounge)
    assert failed(await stage.one(stage.post(alice, stage.breast, reply_to=1))) == "not-found"
    assert await stage.stored(stage.breast) == []
    await stage.said(alice, stage.breast)
    assert posted(await stage.one(stage.post(alice, stage.breast, reply_to=1))).reply_to == 1


async def test_a_held_message_has_no_number_until_it_is_released(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    post = stage.post(alice, stage.breast, "Wait.", held_rule="promotion", client_id="one")
    held = await stage.one(post)
    assert isinstance(held, Held)
    await stage.said(alice, stage.breast, "Later, but first.")
    assert await stage.counter(stage.breast) == 1
    assert isinstance(await stage.one(post), Held)
    release = Release(who=fay, room_id=stage.breast.id, message_id=held.id, accept=True)
    view = changed(await stage.one(release))
    assert (view.seq, view.version, view.text) == (2, 2, "Wait.")
    assert isinstance(await stage.one(post), Posted)
    assert failed(await stage.one(release)) == "conflict"
    assert [each.text for each in await stage.page(stage.breast)] == ["Later, but first.", "Wait."]


async def test_a_rejected_message_never_appears(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    held = await stage.held(alice, stage.breast)
    reject = Release(who=fay, room_id=stage.breast.id, message_id=held, accept=False)
    assert await stage.one(reject) == Rejected(held)
    assert failed(await stage.one(operation("release", fay, stage.breast, 0, held))) == "conflict"
    assert await stage.page(stage.breast) == []
    assert stage.told == []


async def test_two_facilitators_of_one_batch_decide_about_a_held_message_once(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    held = await stage.held(alice, stage.breast)
    accept, reject = (
        Release(who=fay, room_id=stage.breast.id, message_id=held, accept=accept) for accept in (True, False)
    )
    first, second = await stage.settle(accept, reject)
    assert isinstance(first, Changed)
    assert failed(second) == "conflict"


async def test_a_held_message_is_not_released_into_another_room(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, stage.lounge, facilitates=True)
    held = await stage.held(alice, stage.breast)
    assert failed(await stage.one(operation("release", fay, stage.lounge, 0, held))) == "not-found"
    changed(await stage.one(operation("release", fay, stage.breast, 0, held)))


async def test_what_does_not_exist_is_not_found(stage: Stage) -> None:
    fay = await stage.person("fay", stage.breast, facilitates=True)
    for verb in ("edit", "remove", "restore", "react", "pin", "release"):
        answer = await stage.one(operation(verb, fay, stage.breast, 9, "x"))
        assert isinstance(answer, Failed)
        assert answer.code == "not-found"

"""Each operation, by each kind of person, in each kind of room: what comes of it."""

from __future__ import annotations

import pytest

from app.community.members import Who
from app.community.outcomes import Changed, Failed, Posted
from tests.community.stage import VERBS, Stage, failed, operation, posted

pytestmark = pytest.mark.anyio

DONE = "done"
WRITING = ("post", "edit", "restore", "react")
EVERYONE = {
    # who: what comes of (post, edit, remove, restore, react, pin, release) about alice's message
    "author": (DONE, DONE, DONE, DONE, DONE, "not-allowed", "not-allowed"),
    "another member": (DONE, "not-allowed", "not-allowed", "not-allowed", DONE, "not-allowed", "not-allowed"),
    "facilitator of the room": (DONE, "not-allowed", DONE, DONE, DONE, DONE, DONE),
    "facilitator of another room": (
        "not-joined", "not-allowed", "not-allowed", "not-allowed", "not-joined", "not-allowed", "not-allowed",
    ),
    "facilitator of all rooms": ("not-joined", "not-allowed", DONE, DONE, "not-joined", DONE, DONE),
    "administrator": ("not-joined", "not-allowed", DONE, DONE, "not-joined", DONE, DONE),
    "who has not joined": (
        "not-joined", "not-allowed", "not-allowed", "not-allowed", "not-joined", "not-allowed", "not-allowed",
    ),
    "who was muted here": (
        "sanctioned", "not-allowed", "not-allowed", "not-allowed", "sanctioned", "not-allowed", "not-allowed",
    ),
    "who is nobody": ("not-found",) * 7,
}  # fmt: skip


async def _asker(stage: Stage, kind: str, alice: Who) -> Who:
    match kind:
        case "author":
            return alice
        case "another member":
            return await stage.person("ben", stage.breast)
        case "facilitator of the room":
            return await stage.person("fay", stage.breast, facilitates=True)
        case "facilitator of another room":
            return await stage.person("fay", stage.lounge, facilitates=True)
        case "facilitator of all rooms":
            return await stage.person("fay", role="facilitator")
        case "administrator":
            return await stage.person("ada", role="administrator")
        case "who has not joined":
            return await stage.person("olga", stage.lounge)
        case "who was muted here":
            mike = await stage.person("mike", stage.breast)
            await stage.sanction(mike, "mute", stage.breast)
            return mike
        case _:
            return Who("nobody", "nobody", "member")


async def _try(stage: Stage, who: Who, alice: Who, verb: str) -> str:
    """What comes of one verb about a message of alice's: DONE, or the code of the failure."""
    held = await stage.held(alice, stage.breast)
    message = await stage.said(alice, stage.breast)
    if verb == "restore":
        assert isinstance(await stage.one(operation("remove", alice, stage.breast, message.seq)), Changed)
    answer = await stage.one(operation(verb, who, stage.breast, message.seq, held))
    if isinstance(answer, Failed):
        return answer.code
    assert getattr(answer, "moved", True)
    return DONE


@pytest.mark.parametrize(("verb", "index"), [(verb, index) for index, verb in enumerate(VERBS)])
@pytest.mark.parametrize("kind", EVERYONE)
async def test_each_verb_is_for_those_whom_it_is_meant_for(stage: Stage, kind: str, verb: str, index: int) -> None:
    alice = await stage.person("alice", stage.breast)
    who = await _asker(stage, kind, alice)
    assert await _try(stage, who, alice, verb) == EVERYONE[kind][index]


@pytest.mark.parametrize("verb", WRITING)
@pytest.mark.parametrize(
    ("kind", "place"), [("mute", "breast"), ("mute", None), ("remove", "breast"), ("ban", None)], ids=str
)
async def test_no_writing_lands_after_a_sanction_and_all_of_it_lands_again_when_it_is_over(
    stage: Stage, verb: str, kind: str, place: str | None
) -> None:
    mike = await stage.person("mike", stage.breast)
    message = await stage.said(mike, stage.breast)
    if verb == "restore":
        await stage.one(operation("remove", mike, stage.breast, message.seq))
    sanction = await stage.sanction(mike, kind, stage.places[place] if place else None, minutes=10)
    before = await stage.counter(stage.breast)
    answer = await stage.one(operation(verb, mike, stage.breast, message.seq))
    assert failed(answer) == "sanctioned"
    assert isinstance(answer, Failed)
    assert sanction.reason in answer.why
    assert await stage.counter(stage.breast) == before
    stage.clock.go(minutes=10)
    assert not isinstance(await stage.one(operation(verb, mike, stage.breast, message.seq)), Failed)
    assert await stage.counter(stage.breast) == before + 1


async def test_a_muted_member_may_still_remove_her_own_message(stage: Stage) -> None:
    mike = await stage.person("mike", stage.breast)
    message = await stage.said(mike, stage.breast)
    await stage.sanction(mike, "mute", None)
    assert failed(await stage.one(stage.post(mike, stage.breast))) == "sanctioned"
    assert isinstance(await stage.one(operation("remove", mike, stage.breast, message.seq)), Changed)


async def test_a_mute_in_one_room_does_not_reach_another(stage: Stage) -> None:
    mike = await stage.person("mike", stage.breast, stage.lounge)
    await stage.sanction(mike, "mute", stage.breast)
    assert failed(await stage.one(stage.post(mike, stage.breast))) == "sanctioned"
    assert isinstance(await stage.one(stage.post(mike, stage.lounge)), Posted)


async def test_a_warning_hinders_nothing(stage: Stage) -> None:
    ben = await stage.person("ben", stage.breast)
    await stage.sanction(ben, "warn", None)
    assert isinstance(await stage.one(stage.post(ben, stage.breast)), Posted)


async def test_a_banned_facilitator_decides_nothing_any_more(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    fay = await stage.person("fay", stage.breast, role="facilitator")
    message = await stage.said(alice, stage.breast)
    assert isinstance(await stage.one(operation("pin", fay, stage.breast, message.seq)), Changed)
    await stage.sanction(fay, "ban", None)
    for verb in ("remove", "restore", "pin", "release"):
        assert await _try(stage, fay, alice, verb) == "not-allowed", verb


@pytest.mark.parametrize("verb", WRITING)
async def test_in_a_paused_room_only_its_facilitators_write(stage: Stage, verb: str) -> None:
    ben = await stage.person("ben", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    hers, his = await stage.said(fay, stage.breast), await stage.said(ben, stage.breast)
    if verb == "restore":
        await stage.settle(
            operation("remove", ben, stage.breast, his.seq), operation("remove", fay, stage.breast, hers.seq)
        )
    await stage.set_room(stage.breast, paused=True)
    assert failed(await stage.one(operation(verb, ben, stage.breast, his.seq))) == "paused"
    assert not isinstance(await stage.one(operation(verb, fay, stage.breast, hers.seq)), Failed)
    await stage.set_room(stage.breast, paused=False)
    assert not isinstance(await stage.one(operation(verb, ben, stage.breast, his.seq)), Failed)


@pytest.mark.parametrize("verb", WRITING)
async def test_in_an_archived_room_nobody_writes(stage: Stage, verb: str) -> None:
    ada = await stage.person("ada", stage.breast, role="administrator")
    message = await stage.said(ada, stage.breast)
    if verb == "restore":
        # The own removal; a facilitator's restoring of others' messages is not writing.
        await stage.one(operation("remove", ada, stage.breast, message.seq))
    await stage.set_room(stage.breast, archived_at=stage.clock.now())
    assert failed(await stage.one(operation(verb, ada, stage.breast, message.seq))) == "not-allowed"
    await stage.set_room(stage.breast, archived_at=None)
    assert not isinstance(await stage.one(operation(verb, ada, stage.breast, message.seq)), Failed)


async def test_a_slow_room_lets_a_member_speak_once_in_its_time_and_a_facilitator_always(stage: Stage) -> None:
    alice, ben = await stage.person("alice", stage.breast), await stage.person("ben", stage.breast)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    await stage.set_room(stage.breast, slow=30)
    await stage.said(alice, stage.breast)
    await stage.said(fay, stage.breast)
    stage.clock.go(seconds=29.95)
    answer = await stage.one(stage.post(alice, stage.breast))
    assert failed(answer) == "slow"
    assert isinstance(answer, Failed)
    assert answer.retry_after == 0.1
    posted(await stage.one(stage.post(ben, stage.breast)))
    posted(await stage.one(stage.post(fay, stage.breast)))
    stage.clock.go(seconds=0.05)
    posted(await stage.one(stage.post(alice, stage.breast)))


async def test_two_messages_in_one_batch_do_not_slip_through_slow_mode(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast, stage.lounge)
    await stage.set_room(stage.breast, slow=30)
    first, second, elsewhere = await stage.settle(
        stage.post(alice, stage.breast), stage.post(alice, stage.breast), stage.post(alice, stage.lounge)
    )
    posted(first)
    assert failed(second) == "slow"
    posted(elsewhere)


async def test_a_message_that_waits_counts_for_slow_mode_too(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    await stage.held(alice, stage.breast)
    await stage.set_room(stage.breast, slow=30)
    assert failed(await stage.one(stage.post(alice, stage.breast))) == "slow"


async def test_in_a_room_that_does_not_exist_nothing_is_found(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    nowhere = type(stage.breast)(4711, "nowhere", "Nowhere", False, 0, False, None, None)
    for verb in VERBS:
        assert failed(await stage.one(operation(verb, alice, nowhere, 1, "x"))) == "not-found"

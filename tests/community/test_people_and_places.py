"""Members, memberships, sessions, links, sanctions, events: each verb and its way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.base.bus import EVERYONE
from app.base.errors import Conflict
from app.base.keys import Keyring, digest
from app.community import events, links, members, memberships, rooms, sanctions, sessions
from app.community.members import NewMember
from app.community.messages import Author, View
from tests.community.stage import Stage

pytestmark = pytest.mark.anyio


async def test_a_name_or_address_is_given_once_whatever_its_case_or_form(any_stage: Stage) -> None:
    stage, now = any_stage, any_stage.clock.now()
    await stage.person("alice")
    async with stage.db.write() as connection:
        for name, email, taken in (
            ("ALICE", "other@example.org", "name"),
            ("ａｌｉｃｅ", "other@example.org", "name"),
            ("other", " Alice@Example.ORG ", "email"),
        ):
            with pytest.raises(Conflict, match=taken):
                await members.add(connection, stage.keys, NewMember(name, email, None), now)
        # The transaction goes on after a conflict.
        await members.add(connection, stage.keys, NewMember("other", "other@example.org", None), now)


async def test_an_address_is_sealed_and_found_again(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice")
    async with stage.db.read() as connection:
        member = await members.find_by_email(connection, stage.keys, "ALICE@example.org")
        assert member is not None
        assert (member.id, members.address(member, stage.keys)) == (alice.id, "alice@example.org")
        assert "alice" not in member.email_sealed + member.email_index
        assert await members.find_by_email(connection, stage.keys, "ben@example.org") is None
        rotated = Keyring(
            ["another key of at least thirty-two characters", "a-secret-key-for-tests-of-enough-characters"]
        )
        found = await members.find_by_email(connection, rotated, "alice@example.org")
        assert found is not None
        assert members.address(found, rotated) == "alice@example.org"


async def test_a_member_may_take_a_free_name_and_her_own_in_another_case(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice")
    await stage.person("ben")
    async with stage.db.write() as connection:
        with pytest.raises(Conflict, match="name"):
            await members.rename(connection, alice.id, "Ben")
        await members.rename(connection, alice.id, "ALICE")
        member = await members.find(connection, alice.id)
    assert member is not None
    assert member.name == "ALICE"


async def test_who_leaves_and_comes_back_keeps_pseudonym_role_and_read_pointer(any_stage: Stage) -> None:
    stage, now = any_stage, any_stage.clock.now()
    fay = await stage.person("fay", stage.breast, facilitates=True)
    async with stage.db.write() as connection:
        await memberships.read_up_to(connection, fay.id, stage.breast.id, 7)
        before = await memberships.find(connection, fay.id, stage.breast.id)
        await memberships.leave(connection, fay.id, stage.breast.id, now)
        assert await memberships.joined(connection, fay) == {}
        await memberships.join(connection, fay.id, stage.breast.id, now)
        after = await memberships.find(connection, fay.id, stage.breast.id)
        assert await memberships.joined(connection, fay) == {"breast": "facilitator"}
    assert before == after
    assert after is not None
    assert after.read_seq == 7


async def test_the_read_pointer_never_goes_back(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    async with stage.db.write() as connection:
        for seq, expected in ((5, 5), (3, 5), (6, 6)):
            await memberships.read_up_to(connection, alice.id, stage.breast.id, seq)
            membership = await memberships.find(connection, alice.id, stage.breast.id)
            assert membership is not None
            assert membership.read_seq == expected


async def test_a_pseudonym_that_is_taken_is_drawn_again(any_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    draws: Iterator[str] = iter(["Quiet Fern 11", "Quiet Fern 11", "Quiet Fern 11", "Calm Tern 12"])
    monkeypatch.setattr(memberships, "_pseudonym", lambda _: next(draws))
    stage = any_stage
    alice, ben = await stage.person("alice", stage.breast), await stage.person("ben", stage.breast)
    async with stage.db.read() as connection:
        found = [await memberships.find(connection, who.id, stage.breast.id) for who in (alice, ben)]
    assert [each.pseudonym for each in found if each] == ["Quiet Fern 11", "Calm Tern 12"]


def test_pseudonyms_say_nothing_about_a_person_and_widen_with_each_try() -> None:
    for attempt in range(3):
        temper, being, number = memberships._pseudonym(attempt).split()
        assert temper in memberships.TEMPERS
        assert being in memberships.BEINGS
        assert len(number) == 2 + attempt


async def test_a_session_ends_for_itself_only_and_is_told(any_stage: Stage) -> None:
    stage, now = any_stage, any_stage.clock.now()
    alice = await stage.person("alice")
    async with stage.db.write() as connection:
        home, phone = [await sessions.begin(connection, alice.id, label, now) for label in ("home", "phone")]
        await sessions.end(connection, digest(home), now)
        assert await sessions.find(connection, home, now) is None
        found = await sessions.find(connection, phone, now)
        assert found is not None
        assert found[0] == alice
        assert await sessions.ended_since(connection, now) == [digest(home)]
        assert await sessions.ended_since(connection, now + timedelta(milliseconds=1)) == []
        assert [each.label for each in await sessions.of_member(connection, alice.id, now)] == ["phone"]


async def test_a_session_that_nobody_uses_for_30_days_is_over(any_stage: Stage) -> None:
    stage, now = any_stage, any_stage.clock.now()
    alice = await stage.person("alice")
    edge = now + sessions.IDLE
    async with stage.db.write() as connection:
        token = await sessions.begin(connection, alice.id, "home", now)
        assert await sessions.find(connection, token, edge - timedelta(milliseconds=1)) is not None
        assert await sessions.find(connection, token, edge) is None
        await sessions.seen(connection, token, now + timedelta(milliseconds=1))
        assert await sessions.find(connection, token, edge) is not None
        assert await sessions.find(connection, "another", now) is None


async def test_a_remembered_browser_comes_back_for_90_days_or_until_it_is_forgotten(any_stage: Stage) -> None:
    stage, now = any_stage, any_stage.clock.now()
    alice = await stage.person("alice")
    async with stage.db.write() as connection:
        one, two = [await sessions.remember(connection, alice.id, now) for _ in range(2)]
        edge = now + sessions.REMEMBERED
        assert await sessions.remembered(connection, one, edge - timedelta(milliseconds=1)) == alice.id
        assert await sessions.remembered(connection, one, edge) is None
        await sessions.forget(connection, one, now)
        assert await sessions.remembered(connection, one, now) is None
        assert await sessions.remembered(connection, two, now) == alice.id


async def test_a_link_works_once_for_its_purpose_and_in_its_time(any_stage: Stage) -> None:
    stage, now = any_stage, any_stage.clock.now()
    alice = await stage.person("alice")
    async with stage.db.write() as connection:
        old = await links.make(connection, links.VERIFY, alice.id, now)
        token = await links.make(connection, links.VERIFY, alice.id, now)
        assert await links.use(connection, old, links.VERIFY, now) is None
        assert await links.use(connection, token, links.FIRST_ADMINISTRATOR, now) is None
        edge = now + links.LIFETIMES[links.VERIFY]
        assert not await links.open_for(connection, token, links.VERIFY, edge)
        assert await links.open_for(connection, token, links.VERIFY, edge - timedelta(milliseconds=1))
        used = await links.use(connection, token, links.VERIFY, now)
        assert used is not None
        assert used.member_id == alice.id
        assert await links.use(connection, token, links.VERIFY, now) is None


async def test_a_newer_link_ends_only_those_of_the_same_person_and_purpose(any_stage: Stage) -> None:
    stage, now = any_stage, any_stage.clock.now()
    alice, ben = await stage.person("alice"), await stage.person("ben")
    async with stage.db.write() as connection:
        his = await links.make(connection, links.VERIFY, ben.id, now)
        first = await links.make(connection, links.FIRST_ADMINISTRATOR, None, now)
        await links.make(connection, links.VERIFY, alice.id, now)
        assert await links.open_for(connection, his, links.VERIFY, now)
        assert await links.open_for(connection, first, links.FIRST_ADMINISTRATOR, now)
        await links.make(connection, links.FIRST_ADMINISTRATOR, None, now)
        assert not await links.open_for(connection, first, links.FIRST_ADMINISTRATOR, now)


async def test_a_sanction_counts_until_its_end_or_its_lifting(any_stage: Stage) -> None:
    stage, now = any_stage, any_stage.clock.now()
    mike = await stage.person("mike")
    ends = await stage.sanction(mike, "mute", None, minutes=10)
    stays = await stage.sanction(mike, "mute", stage.breast)
    edge = now + timedelta(minutes=10)

    async def counting(moment: object) -> set[str]:
        async with stage.db.read() as connection:
            return {each.id for each in await sanctions.in_force(connection, [mike.id], moment)}  # type: ignore[arg-type]

    assert await counting(edge - timedelta(milliseconds=1)) == {ends.id, stays.id}
    assert await counting(edge) == {stays.id}
    async with stage.db.write() as connection:
        assert not await sanctions.lift(connection, ends.id, "fay", "Over.", edge)
        assert await sanctions.lift(connection, stays.id, "fay", "Talked.", edge)
        assert not await sanctions.lift(connection, stays.id, "fay", "Again.", edge)
        changed = await sanctions.changed_since(connection, edge)
    assert [(each.id, lifted) for each, lifted in changed] == [(stays.id, True)]
    assert await counting(edge) == set()


async def test_the_epoch_is_made_once(any_stage: Stage) -> None:
    async with any_stage.db.write() as connection:
        assert await rooms.epoch_now(connection) == ""
        made = await rooms.epoch(connection)
        assert made
        assert await rooms.epoch(connection) == await rooms.epoch_now(connection) == made


def _every_event() -> list[events.Event]:
    message = View(
        1,
        2,
        Author("a", "Alice", "member"),
        "Hello \U0001f917",
        "2026-01-31T03:04:05.678Z",
        None,
        None,
        None,
        {"hug": 1},
        False,
    )
    return [
        events.ConversationChanged("breast", message, "a", "c1"),
        events.RoomStateChanged("breast", 10, True, "A word."),
        events.Typed("breast", "a", "Alice"),
        events.Present("breast", "p", ("a",), {"f": "Fay"}),
        events.MemberSanctioned("s", "m", None, "ban", None, "respect", "Why.", False),
        events.SessionEnded("d"),
        events.MembershipEnded("a", "breast"),
        events.FacilitatorsAlerted("report", "breast", 1, "r"),
    ]


@pytest.mark.parametrize("event", _every_event(), ids=lambda event: type(event).__name__)
def test_every_event_survives_the_way_to_another_process(event: events.Event) -> None:
    assert events.decode(events.encode(event)) == event
    assert events.topic(event) in {"room:breast", EVERYONE}


def test_every_kind_of_event_is_in_the_list_above() -> None:
    assert {type(event) for event in _every_event()} == set(events.Event.__args__)

"""A feed alone, with readers that keep what they are given and a loop whose turns the test takes."""

from __future__ import annotations

import pytest

from app.live import feed as feeds
from app.live.feed import HELD_LIMIT, SLICE, Feed
from tests.live.fakes import ALICE, BEN, ROOM, Kept, Turns, said, told


@pytest.fixture
def turns() -> Turns:
    return Turns()


@pytest.fixture
def feed(turns: Turns) -> Feed:
    return Feed(ROOM, 1, 0, turns.soon)


def joined(feed: Feed, reader: Kept, since: int = 0) -> Kept:
    feed.begin(reader)
    feed.complete(reader, since)
    return reader


def test_everyone_reads_each_change_once_and_in_order(feed: Feed, turns: Turns) -> None:
    ben, alice = joined(feed, Kept(BEN)), joined(feed, Kept(ALICE))
    for number in (1, 2, 3):
        feed.accept(told(said(number)))
    turns.run()
    assert ben.versions == alice.versions == [1, 2, 3]
    assert not feed.behind


def test_what_gathers_in_one_turn_is_one_write(feed: Feed, turns: Turns) -> None:
    ben = joined(feed, Kept())
    for number in (1, 2, 3):
        feed.accept(told(said(number)))
    assert ben.given == [], "nothing goes out before the loop's next turn"
    turns.run()
    assert len(ben.given) == 1
    assert ben.versions == [1, 2, 3]


def test_an_event_that_comes_twice_is_handed_out_once(feed: Feed, turns: Turns) -> None:
    ben = joined(feed, Kept())
    feed.accept(told(said(1)))
    feed.accept(told(said(1)))
    turns.run()
    feed.accept(told(said(1)))
    turns.run()
    assert ben.versions == [1]


def test_an_event_that_is_ahead_waits_for_the_one_before_it(feed: Feed, turns: Turns) -> None:
    ben = joined(feed, Kept())
    feed.accept(told(said(2)))
    turns.run()
    assert ben.versions == []
    assert feed.behind
    feed.accept(told(said(1)))
    turns.run()
    assert ben.versions == [1, 2]
    assert not feed.behind


def test_a_hole_is_closed_from_the_database_and_what_was_ahead_follows(feed: Feed, turns: Turns) -> None:
    ben = joined(feed, Kept())
    feed.accept(told(said(4), "mine"))
    feed.catch_up(3, [said(1), said(2, 3)])
    turns.run()
    assert ben.versions == [1, 3, 4], "the change between was overtaken by a later one of the same message"
    assert not feed.behind


def test_a_message_first_read_in_a_later_state_is_posted_and_one_known_before_is_changed(
    feed: Feed, turns: Turns
) -> None:
    ben = joined(feed, Kept())
    feed.accept(told(said(1)))
    feed.catch_up(4, [said(2, 3), said(1, 4)])
    turns.run()
    assert list(zip(ben.kinds, ben.versions, strict=True)) == [
        ("message.posted", 1), ("message.posted", 3), ("message.changed", 4),
    ]  # fmt: skip


def test_the_author_alone_gets_her_client_id_in_every_socket_of_hers(feed: Feed, turns: Turns) -> None:
    first, second, ben = joined(feed, Kept(ALICE)), joined(feed, Kept(ALICE)), joined(feed, Kept(BEN))
    feed.accept(told(said(1, author=ALICE), "one"))
    feed.accept(told(said(2, author=BEN), "two"))
    turns.run()
    assert [frame.get("client_id") for frame in first.frames] == ["one", None]
    assert second.frames == first.frames
    assert [frame.get("client_id") for frame in ben.frames] == [None, "two"]
    assert "client_id" not in ben.frames[0]


def test_a_change_of_a_message_never_carries_a_client_id(feed: Feed, turns: Turns) -> None:
    alice = joined(feed, Kept(ALICE))
    feed.accept(told(said(1), "one"))
    feed.accept(told(said(1, 2), "one"))
    turns.run()
    assert [frame.get("client_id") for frame in alice.frames] == ["one", None]


def test_an_author_whose_event_comes_after_the_database_was_read_is_still_acknowledged(
    feed: Feed, turns: Turns
) -> None:
    alice, ben = joined(feed, Kept(ALICE)), joined(feed, Kept(BEN))
    feed.catch_up(1, [said(1)])
    feed.accept(told(said(1), "one"))
    feed.accept(told(said(1), "one"))
    turns.run()
    assert [frame.get("client_id") for frame in alice.frames] == [None, "one"]
    assert ben.versions == [1]


def test_an_author_whose_message_was_changed_before_the_hole_was_closed_is_still_acknowledged(
    feed: Feed, turns: Turns
) -> None:
    alice = joined(feed, Kept(ALICE))
    feed.accept(told(said(2), "heard"))
    feed.accept(told(said(3, 5)))
    feed.catch_up(5, [said(1), said(2, 4), said(3, 5)])
    feed.accept(told(said(3), "late"))
    turns.run()
    assert [frame["client_id"] for frame in alice.frames if "client_id" in frame] == ["heard", "late"]
    assert [frame["message"]["version"] for frame in alice.frames if "client_id" not in frame] == [1, 4, 5]


def test_live_frames_are_held_back_while_the_past_is_read(feed: Feed, turns: Turns) -> None:
    ben = Kept()
    feed.begin(ben)
    for number in (1, 2, 3):
        feed.accept(told(said(number)))
    turns.run()
    assert ben.given == []
    feed.complete(ben, 2)
    feed.accept(told(said(4)))
    turns.run()
    assert ben.versions == [3, 4], "the past held 1 and 2 already"


def test_an_author_is_acknowledged_even_when_the_past_held_her_message(feed: Feed, turns: Turns) -> None:
    alice = Kept(ALICE)
    feed.begin(alice)
    feed.accept(told(said(1), "one"))
    feed.complete(alice, 1)
    turns.run()
    assert [frame["client_id"] for frame in alice.frames] == ["one"]


def test_who_has_a_longer_past_than_the_feed_misses_nothing_when_the_hole_closes_at_once(
    feed: Feed, turns: Turns
) -> None:
    early, late = joined(feed, Kept()), joined(feed, Kept(), since=2)
    for number in (2, 3, 4):
        feed.accept(told(said(number)))
    feed.accept(told(said(1)))
    turns.run()
    assert early.versions == [1, 2, 3, 4]
    assert late.versions == [3, 4]


def test_who_has_a_longer_past_than_the_feed_misses_nothing_when_the_database_is_read(feed: Feed, turns: Turns) -> None:
    early, late = joined(feed, Kept()), joined(feed, Kept(), since=2)
    feed.catch_up(4, [said(1), said(2), said(3), said(4)])
    turns.run()
    assert early.versions == [1, 2, 3, 4]
    assert late.versions == [3, 4]


def test_who_joins_again_still_gets_what_was_handed_out_before(feed: Feed, turns: Turns) -> None:
    alice = joined(feed, Kept(ALICE))
    feed.accept(told(said(1), "one"))
    feed.begin(alice)
    feed.accept(told(said(2), "two"))
    feed.complete(alice, 2)
    feed.accept(told(said(3)))
    turns.run()
    assert sorted(alice.versions) == [1, 2, 3]
    assert {frame.get("client_id") for frame in alice.frames} == {"one", "two", None}
    assert feed.readers == [alice]


def test_who_has_left_reads_no_more_and_the_others_go_on(feed: Feed, turns: Turns) -> None:
    ben, alice = joined(feed, Kept(BEN)), joined(feed, Kept(ALICE))
    feed.accept(told(said(1)))
    turns.run()
    feed.drop(ben)
    feed.accept(told(said(2)))
    turns.run()
    assert ben.versions == [1]
    assert alice.versions == [1, 2]
    assert feed.readers == [alice]


def test_who_leaves_while_joining_is_forgotten(feed: Feed, turns: Turns) -> None:
    ben = Kept()
    feed.begin(ben)
    feed.drop(ben)
    feed.accept(told(said(1)))
    feed.complete(ben, 0)
    turns.run()
    assert ben.given == []
    assert feed.readers == []


def test_who_joins_for_too_long_is_cut(feed: Feed, turns: Turns) -> None:
    slow, quick = Kept(), joined(feed, Kept())
    feed.begin(slow)
    for number in range(1, HELD_LIMIT + 1):
        feed.accept(told(said(number)))
    assert slow.cuts == 0
    feed.accept(told(said(HELD_LIMIT + 1)))
    turns.run()
    assert slow.cuts > 0
    assert quick.versions[-1] == HELD_LIMIT + 1


def test_a_room_of_very_many_is_written_to_in_slices(feed: Feed, turns: Turns) -> None:
    crowd = [joined(feed, Kept(f"member-{number}")) for number in range(SLICE + 10)]
    feed.accept(told(said(1)))
    turns.turn()
    assert sum(bool(reader.given) for reader in crowd) == SLICE
    turns.turn()
    assert all(reader.versions == [1] for reader in crowd)
    turns.run()


def test_what_is_handed_out_between_two_slices_comes_after_them(
    monkeypatch: pytest.MonkeyPatch, feed: Feed, turns: Turns
) -> None:
    monkeypatch.setattr(feeds, "SLICE", 1)
    first, second = joined(feed, Kept()), joined(feed, Kept())
    feed.accept(told(said(1)))
    turns.turn()
    assert (first.versions, second.versions) == ([1], [])
    feed.accept(told(said(2)))
    late = joined(feed, Kept(), since=2)
    turns.run()
    assert first.versions == second.versions == [1, 2]
    assert late.versions == []


def test_what_is_shouted_reaches_those_who_are_there_at_once_and_those_who_join_after_their_past(
    feed: Feed, turns: Turns
) -> None:
    ben, joining = joined(feed, Kept()), Kept(ALICE)
    ahead = joined(feed, Kept(), since=5)
    feed.begin(joining)
    feed.shout(b"\x81\x02{}")
    assert ben.frames == ahead.frames == [{}]
    assert joining.frames == []
    feed.complete(joining, 0)
    assert joining.frames == [{}]


def test_after_a_restored_backup_the_counter_begins_where_the_database_says(feed: Feed, turns: Turns) -> None:
    ben = joined(feed, Kept())
    feed.catch_up(9, [said(9)])
    feed.accept(told(said(11)))
    feed.restart(3)
    assert not feed.behind
    feed.accept(told(said(4)))
    turns.run()
    assert ben.versions == [9, 4]


def test_a_reading_that_is_older_than_what_was_heard_takes_nothing_back(feed: Feed, turns: Turns) -> None:
    ben = joined(feed, Kept())
    for number in (1, 2):
        feed.accept(told(said(number)))
    feed.catch_up(1, [said(1)])
    turns.run()
    assert ben.versions == [1, 2]
    assert feed.seen == 2

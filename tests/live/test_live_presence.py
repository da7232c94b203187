"""Who is in a room and who is writing: thinned, forgotten in time, never in the way."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.base.bus import MemoryBus
from app.community.events import Present, Typed
from app.community.members import Who
from app.live.clockwork import Clockwork
from app.live.connection import Connection
from app.live.feed import Feed
from app.live.hub import Hub
from app.live.presence import FORGOTTEN_AFTER, SAID_EVERY, TOLD_EVERY, TYPING_FOR, RoomPresence
from tests.live.fakes import ROOM, Kept, Turns


def person(name: str, role: str = "member", **roles: str) -> Connection:
    """What presence asks of a connection."""
    who = Who(f"{name}-id", name, role)
    return cast("Connection", SimpleNamespace(who=who, member_id=who.id, roles=roles))


def elsewhere(*members: str, process: str = "other", **facilitators: str) -> Present:
    return Present(ROOM, process, members, facilitators)


def typed(name: str) -> Typed:
    return Typed(ROOM, f"{name}-id", name)


@pytest.fixture
def presence() -> RoomPresence:
    known = RoomPresence()
    known.changed = False
    return known


def test_a_member_with_two_sockets_is_one_who_is_present(presence: RoomPresence) -> None:
    presence.refresh(ROOM, [person("alice"), person("alice"), person("ben")])
    assert presence.present() == 2
    assert presence.facilitators() == []
    assert presence.changed


def test_who_is_here_and_in_another_process_counts_once(presence: RoomPresence) -> None:
    presence.refresh(ROOM, [person("alice")])
    presence.hear(elsewhere("alice-id", "ben-id"), now=0)
    assert presence.present() == 2


def test_the_facilitators_of_this_room_are_named_wherever_they_are(presence: RoomPresence) -> None:
    fay = person("fay", breast="facilitator")
    presence.refresh(ROOM, [fay, person("grace", lung="facilitator"), person("ada", role="administrator")])
    presence.hear(Present(ROOM, "other", ("hal-id",), {"hal-id": "hal"}), now=0)
    assert presence.facilitators() == ["ada", "fay", "hal"]


def test_a_process_that_says_nothing_more_is_forgotten_and_one_that_does_is_not(presence: RoomPresence) -> None:
    presence.hear(elsewhere("ben-id", process="silent"), now=0)
    presence.hear(elsewhere("mike-id", process="speaking"), now=0)
    presence.hear(elsewhere("mike-id", process="speaking"), now=FORGOTTEN_AFTER)
    presence.changed = False
    presence.expire(FORGOTTEN_AFTER + 1)
    assert presence.present() == 1
    assert presence.changed


def test_a_process_where_nobody_is_left_is_forgotten_at_once(presence: RoomPresence) -> None:
    presence.hear(elsewhere("ben-id"), now=0)
    assert presence.present() == 1
    presence.hear(elsewhere(), now=1)
    assert presence.present() == 0


def test_the_same_again_changes_nothing(presence: RoomPresence) -> None:
    presence.hear(elsewhere("ben-id"), now=0)
    presence.refresh(ROOM, [person("alice")])
    presence.changed = False
    presence.hear(elsewhere("ben-id"), now=1)
    presence.refresh(ROOM, [person("alice")])
    assert not presence.changed


def test_writing_is_shown_until_it_was_sent_or_stopped(presence: RoomPresence) -> None:
    presence.heard_typing(typed("alice"), now=0)
    presence.heard_typing(typed("ben"), now=0)
    assert presence.names_typing() == ["alice", "ben"]
    assert presence.typing_changed
    presence.typing_changed = False
    presence.stopped_typing("alice-id")
    assert presence.names_typing() == ["ben"]
    assert presence.typing_changed
    presence.expire(TYPING_FOR)
    assert presence.names_typing() == []


def test_writing_on_and_on_is_no_news(presence: RoomPresence) -> None:
    presence.heard_typing(typed("alice"), now=0)
    presence.typing_changed = False
    presence.heard_typing(typed("alice"), now=3)
    presence.expire(TYPING_FOR)
    assert presence.names_typing() == ["alice"], "the second sign holds longer"
    assert not presence.typing_changed


def test_who_was_not_writing_cannot_stop(presence: RoomPresence) -> None:
    presence.stopped_typing("alice-id")
    assert not presence.typing_changed


class Room:
    """One room with its clockwork: what it says to its reader, and what it tells the other processes."""

    def __init__(self) -> None:
        self.presence, self.feed, self.reader = RoomPresence(), Feed(ROOM, 1, 0, Turns().soon), Kept()
        self.feed.begin(self.reader)
        self.feed.complete(self.reader, 0)
        self.told: list[Any] = []
        bus = MemoryBus()
        bus.listen(lambda _topic, event: self.told.append(event))
        hub = cast("Hub", SimpleNamespace(presence_of=lambda _room: self.presence, process="here"))
        self._clockwork = Clockwork(hub, bus)

    def tick(self, now: float) -> list[dict[str, Any]]:
        """What this tick said."""
        before = len(self.reader.frames)
        self._clockwork.tick(self.feed, now)
        return self.reader.frames[before:]


def test_presence_is_said_when_it_changed_and_at_most_every_five_seconds() -> None:
    room = Room()
    assert [frame["type"] for frame in room.tick(100)] == ["presence"]
    assert room.tick(101) == []
    room.presence.refresh(ROOM, [person("alice")])
    assert room.tick(100 + SAID_EVERY - 0.1) == []
    assert room.tick(100 + SAID_EVERY) == [{"type": "presence", "room": ROOM, "present": 1, "facilitators": []}]
    assert room.tick(100 + 10 * SAID_EVERY) == []


def test_writing_is_said_at_the_next_tick_and_so_is_its_end() -> None:
    room = Room()
    room.tick(100)
    room.presence.heard_typing(typed("alice"), now=100)
    assert room.tick(101) == [{"type": "typing", "room": ROOM, "names": ["alice"]}]
    assert room.tick(102) == []
    assert room.tick(100 + TYPING_FOR) == [{"type": "typing", "room": ROOM, "names": []}]


def test_the_other_processes_are_told_when_it_changed_and_now_and_then() -> None:
    room = Room()
    room.presence.refresh(ROOM, [person("alice"), person("fay", breast="facilitator")])
    room.tick(100)
    assert room.told == [Present(ROOM, "here", ("alice-id", "fay-id"), {"fay-id": "fay"})]
    room.tick(101)
    assert len(room.told) == 1
    room.presence.refresh(ROOM, [])
    room.tick(102)
    assert room.told[1:] == [Present(ROOM, "here", (), {})]
    room.tick(102 + TOLD_EVERY)
    assert len(room.told) == 3

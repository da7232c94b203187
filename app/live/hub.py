"""The hub: every connection of this process, the feeds of the rooms they have open, and what keeps both true.

One listener hears the bus. Once a second, always, the database is asked for the counters of the rooms that are open here,
and for sanctions and sessions that changed: the bus may lose anything without saying so.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import defaultdict
from datetime import datetime, timedelta

import structlog

from app.base.bus import Bus, room_topic
from app.base.clock import Clock, wire_time
from app.base.db import Database
from app.base.errors import Unavailable
from app.community import messages, rooms, sanctions, sessions
from app.community.directory import Directory, facilitates
from app.community.events import (
    ConversationChanged,
    Event,
    FacilitatorsAlerted,
    MemberSanctioned,
    MembershipEnded,
    Present,
    RoomStateChanged,
    SessionEnded,
    Typed,
)
from app.community.rooms import Place
from app.live.connection import Connection
from app.live.feed import Feed
from app.live.frames_in import Close
from app.live.frames_out import Alert, Heartbeat, RoomChanged, Sanctioned, SanctionLifted, encode
from app.live.presence import RoomPresence

HOLE_SECONDS = 0.03
"""Processes overtake each other by a few milliseconds; what is later than this is read from the database."""
LOOK_SECONDS = 1.0
LOOK_BACK = timedelta(seconds=10)
PAGE = 500
SOCKETS = 256
"""Open sockets of one member in one process: far more than anybody's tabs, so that one member cannot take all memory."""

journal = structlog.get_logger("hub")


class Hub:
    """One a process."""

    def __init__(self, db: Database, bus: Bus[Event], clock: Clock, directory: Directory, url: str) -> None:
        self._db, self._bus, self._clock, self._directory, self._url = db, bus, clock, directory, url
        self.process = secrets.token_hex(4)
        self.epoch = ""
        self.connections: set[Connection] = set()
        self.presences: dict[str, RoomPresence] = defaultdict(RoomPresence)
        self.feeds: dict[str, Feed] = {}
        self._starting: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._of_member: dict[str, dict[Connection, None]] = defaultdict(dict)
        self._looked_at: datetime | None = None
        self._told_sanctions: dict[tuple[str, bool], float] = {}
        self._filling: set[str] = set()
        self._tasks: asyncio.TaskGroup | None = None
        bus.listen(self._hear)

    def add(self, connection: Connection) -> None:
        self.connections.add(connection)
        mine = self._of_member[connection.member_id]
        mine[connection] = None
        if len(mine) > SOCKETS:
            next(iter(mine)).cut()  # the oldest: its browser comes back if anybody still looks at it

    def discard(self, connection: Connection) -> None:
        """The socket is gone."""
        connection.leave_all()
        self.connections.discard(connection)
        mine = self._of_member[connection.member_id]
        mine.pop(connection, None)
        if not mine:
            del self._of_member[connection.member_id]

    async def follow(self, place: Place) -> Feed:
        """The room's feed; started (followed on the bus, then placed at the counter) when it is not open here yet."""
        async with self._starting[place.slug]:
            feed = self.feeds.get(place.slug)
            if feed is None:
                await self._bus.follow(room_topic(place.slug))
                async with self._db.read() as connection:
                    counter = await messages.counter_of(connection, place.id)
                loop = asyncio.get_running_loop()
                feed = self.feeds[place.slug] = Feed(place.slug, place.id, counter, loop.call_soon)
        return feed

    def presence_of(self, room: str) -> RoomPresence:
        """Who is there, as of now in this process."""
        presence = self.presences[room]
        feed = self.feeds.get(room)
        presence.refresh(room, [] if feed is None else _connections(feed))
        return presence

    async def run(self) -> None:
        """Look every second for what the bus has lost. To be owned by a task group."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            while True:
                try:
                    await self.look()
                except Unavailable:
                    journal.warning("hub.database_away")
                await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """One look at the database: counters, epoch, sanctions, sessions."""
        now = self._clock.now()
        since = (self._looked_at or now) - LOOK_BACK
        async with self._db.read() as connection:
            # The epoch first: counters of an earlier life must not be taken for those of the new one.
            epoch = await rooms.epoch_now(connection)
            counters = await rooms.counters(connection, [feed.room_id for feed in self.feeds.values()])
            changed = await sanctions.changed_since(connection, since)
            ended = await sessions.ended_since(connection, since)
        self._take_epoch(epoch, counters)
        for feed in list(self.feeds.values()):
            feed.known = max(feed.known, counters.get(feed.room_id, 0))
            self._mind_the_hole(feed)
            if not feed.readers:
                await self._close(feed)
        slugs = {place.id: slug for slug, place in (await self._directory.places()).items()}
        for sanction, lifted in changed:
            self._sanctioned(_event_of(sanction, slugs, lifted=lifted))
        self._looked_at = now
        self._forget_told()
        for digest in ended:
            self._session_ended(digest)

    def beat(self) -> None:
        """Tell every browser the counters of its rooms; who is behind joins again."""
        encoded: dict[tuple[str, ...], bytes] = {}
        for connection in list(self.connections):
            slugs = tuple(connection.feeds)
            if slugs not in encoded:
                counters = {slug: feed.known for slug, feed in connection.feeds.items()}
                encoded[slugs] = encode(Heartbeat(rooms=counters, epoch=self.epoch))
            connection.write(encoded[slugs])

    def close_all(self, code: Close) -> None:
        """The process is going."""
        for connection in list(self.connections):
            connection.close(code)

    def _hear(self, _topic: str, event: Event) -> None:
        match event:
            case ConversationChanged():
                feed = self.feeds.get(event.room)
                if feed is not None:
                    feed.accept(event)
                    self._mind_the_hole(feed)
                    if event.message.version == event.message.seq:
                        self.presences[event.room].stopped_typing(event.author)
            case RoomStateChanged():
                self._shout(event.room, RoomChanged(
                    room=event.room, slow=event.slow, paused=event.paused, notice=event.notice
                ))  # fmt: skip
            case Typed() if event.room in self.feeds:
                self.presences[event.room].heard_typing(event, asyncio.get_running_loop().time())
            case Present() if event.room in self.feeds and event.process != self.process:
                self.presences[event.room].hear(event, asyncio.get_running_loop().time())
            case MemberSanctioned():
                self._sanctioned(event)
            case SessionEnded():
                self._session_ended(event.digest)
            case MembershipEnded():
                self._membership(event)
            case FacilitatorsAlerted():
                self._alert(event)
            case Typed() | Present():
                """Of a room that nobody has open here."""

    def _shout(self, room: str, frame: RoomChanged) -> None:
        feed = self.feeds.get(room)
        if feed is not None:
            feed.shout(encode(frame))

    def _mind_the_hole(self, feed: Feed) -> None:
        """Wait a little for the event that closes the hole, then read it."""
        if feed.behind and feed.room not in self._filling:
            self._filling.add(feed.room)
            asyncio.get_running_loop().call_later(HOLE_SECONDS, self._start_filling, feed)

    def _start_filling(self, feed: Feed) -> None:
        if feed.behind and self._tasks is not None:
            self._tasks.create_task(self._fill(feed))
        else:
            self._filling.discard(feed.room)

    async def _fill(self, feed: Feed) -> None:
        """Read what is missing: the counter first, then the rows, so that nothing in between is taken for complete."""
        try:
            while feed.behind:
                async with self._db.read() as connection:
                    counter = await messages.counter_of(connection, feed.room_id)
                    changes = await messages.changes_since(connection, feed.room_id, feed.seen, PAGE)
                whole = len(changes) <= PAGE
                if counter <= feed.seen:
                    feed.known = feed.seen  # an event from a life of the counters that is over
                feed.catch_up(counter if whole else changes[PAGE - 1].version, changes[:PAGE])
        except Unavailable:
            journal.warning("hub.hole_stays", room=feed.room)  # the next look tries again
        finally:
            self._filling.discard(feed.room)

    async def _close(self, feed: Feed) -> None:
        """Nobody here has the room open any more."""
        async with self._starting[feed.room]:
            if not feed.readers:
                self.feeds.pop(feed.room, None)
                self.presences.pop(feed.room, None)
                await self._bus.unfollow(room_topic(feed.room))

    def _take_epoch(self, epoch: str, counters: dict[int, int]) -> None:
        if self.epoch and epoch != self.epoch:
            for feed in self.feeds.values():
                feed.restart(counters.get(feed.room_id, 0))
        self.epoch = epoch

    def _sanctioned(self, event: MemberSanctioned) -> None:
        """Told by the bus and found by the look: said once, but carried out each time (a socket may have come between)."""
        fresh = (event.id, event.lifted) not in self._told_sanctions
        self._told_sanctions.setdefault((event.id, event.lifted), asyncio.get_running_loop().time())
        kind = SanctionLifted if event.lifted else Sanctioned
        frame = kind(
            id=event.id, kind=event.kind, room=event.room, until=event.until, guideline=event.guideline,
            reason=event.reason, appeal=f"{self._url}/appeals/{event.id}",
        )  # fmt: skip
        for connection in list(self._of_member.get(event.member, ())):
            if fresh:
                connection.send(frame)
            if not event.lifted:
                _end_what_it_ends(connection, event)

    def _forget_told(self) -> None:
        """After a look: what is older than the next one goes back is not found again."""
        long_ago = asyncio.get_running_loop().time() - 2 * LOOK_BACK.total_seconds()
        for key in [key for key, at in self._told_sanctions.items() if at < long_ago]:
            del self._told_sanctions[key]

    def _session_ended(self, digest: str) -> None:
        for connection in [each for each in self.connections if each.session == digest]:
            connection.close(Close.SIGNED_OUT)

    def _membership(self, event: MembershipEnded) -> None:
        for connection in self._of_member.get(event.member, ()):
            if event.ended:
                connection.roles.pop(event.room, None)
            else:
                connection.roles.setdefault(event.room, "member")

    def _alert(self, event: FacilitatorsAlerted) -> None:
        frame = encode(Alert(kind=event.kind, room=event.room, seq=event.seq, id=event.id))
        for connection in self.connections:
            if facilitates(connection.who, connection.roles, event.room):
                connection.write(frame)


def _connections(feed: Feed) -> list[Connection]:
    return [reader for reader in feed.readers if isinstance(reader, Connection)]


def _end_what_it_ends(connection: Connection, event: MemberSanctioned) -> None:
    if event.kind == "ban":
        connection.close(Close.BANNED)
    elif event.kind == "remove" and event.room is not None:
        feed = connection.feeds.pop(event.room, None)
        if feed is not None:
            feed.drop(connection)
        connection.roles.pop(event.room, None)


def _event_of(sanction: sanctions.InForce, slugs: dict[int, str], *, lifted: bool) -> MemberSanctioned:
    return MemberSanctioned(
        sanction.id, sanction.member_id, None if sanction.room_id is None else slugs.get(sanction.room_id),
        sanction.kind, None if sanction.until is None else wire_time(sanction.until), sanction.guideline,
        sanction.reason, lifted,
    )  # fmt: skip

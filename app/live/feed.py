"""A feed: one room's conversation as this process hands it to its readers: each change once, in the order of the counter.

Events may come twice, late or not at all. What has been seen is dropped; what is ahead waits until the hole before it is
closed, by the late event or from the database. Frames that gather in one turn of the loop go out as one write a reader.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from app.community.events import ConversationChanged
from app.community.messages import View
from app.live.frames_out import MessageChanged, MessagePosted, encode

SLICE = 256
"""Readers written to in one turn of the loop: a room of thousands must not hold up the small rooms."""
HELD_LIMIT = 2_000
BESIDE_LIMIT = 50


class Reader(Protocol):
    """A connection, as far as a feed needs to know it."""

    @property
    def member_id(self) -> str: ...
    def write(self, frames: bytes) -> None: ...
    def cut(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Told:
    """One change, encoded. `own`: the author's copy, which carries her `client_id`."""

    version: int
    shared: bytes
    author: str
    own: bytes | None

    def for_reader(self, reader: Reader) -> bytes:
        return self.own if self.own is not None and reader.member_id == self.author else self.shared


@dataclass(slots=True)
class _Joiner:
    """Someone who is being sent the past. Live frames are held back; `since`: the past reached up to there."""

    held: list[Told] = field(default_factory=list)
    beside: deque[bytes] = field(default_factory=lambda: deque(maxlen=BESIDE_LIMIT))
    since: int | None = None


class Feed:
    """`soon` calls a function in the loop's next turn; `seen` is the number up to which everything was handed out."""

    def __init__(self, room: str, room_id: int, seen: int, soon: Callable[[Callable[[], None]], object]) -> None:
        self.room, self.room_id, self.seen = room, room_id, seen
        self.known = seen
        self._soon = soon
        self._ahead: dict[int, ConversationChanged] = {}
        self._acknowledged: deque[int] = deque(maxlen=HELD_LIMIT)
        self._live: dict[Reader, None] = {}
        self._snapshot: tuple[Reader, ...] | None = ()
        self._joining: dict[Reader, _Joiner] = {}
        self._pending: list[Told] = []
        self._rounds: deque[tuple[tuple[Reader, ...], list[Told]]] = deque()
        self._round: tuple[tuple[Reader, ...], bytes, dict[str, bytes]] | None = None
        self._position = 0
        self._running = False

    @property
    def readers(self) -> list[Reader]:
        """Everyone who has this room open here."""
        return [*self._live, *self._joining]

    @property
    def behind(self) -> bool:
        """Whether something is known to exist that has not been handed out."""
        return self.known > self.seen

    def accept(self, event: ConversationChanged) -> None:
        """Something happened; hand it out if it is the next, keep it if it is ahead, drop it if it was seen."""
        version = event.message.version
        if version <= self.seen:
            self._acknowledge_late(event)
            return
        self.known = max(self.known, version)
        self._ahead[version] = event
        self._hand_out()

    def catch_up(self, counter: int, changes: Sequence[View]) -> None:
        """The database says: these are the changes after `seen`, in their present state, complete up to `counter`."""
        before = self.seen
        for change in changes:
            if before < change.version <= counter:
                event = self._ahead.pop(change.version, None)
                self._say(event or ConversationChanged(self.room, change, change.author.id), before)
        self.seen = max(self.seen, counter)
        self.known = max(self.known, self.seen)
        overtaken = [event for version, event in self._ahead.items() if version <= self.seen]
        self._ahead = {version: event for version, event in self._ahead.items() if version > self.seen}
        for event in overtaken:
            self._acknowledge_late(event)
        self._hand_out()

    def restart(self, counter: int) -> None:
        """The counters have another life (a backup was restored)."""
        self.seen = self.known = counter
        self._ahead.clear()
        self._acknowledged.clear()

    def begin(self, reader: Reader) -> None:
        """`reader` is about to be sent the past: from now on live frames are held back for it."""
        if reader in self._live:
            self._seal()  # what was handed out before still reaches it
        self.drop(reader)
        self._joining[reader] = _Joiner()

    def complete(self, reader: Reader, since: int) -> None:
        """The past was sent up to number `since`: now what was held with a larger number."""
        joiner = self._joining.get(reader)
        if joiner is None:
            return
        for told in joiner.held:
            # An author's own copy is her acknowledgement: she gets it even when the past held the message already.
            if told.version > since or (told.own is not None and told.author == reader.member_id):
                reader.write(told.for_reader(reader))
        for frame in joiner.beside:
            reader.write(frame)
        joiner.held.clear()
        joiner.beside.clear()
        joiner.since = since
        self._promote(self.seen)

    def drop(self, reader: Reader) -> None:
        """`reader` has left."""
        self._joining.pop(reader, None)
        if reader in self._live:
            self._seal()  # what was handed out before still reaches it
            del self._live[reader]
            self._snapshot = None

    def shout(self, frame: bytes) -> None:
        """Something beside the conversation (presence, typing, room state), to everyone, in no particular order."""
        for reader in self._live:
            reader.write(frame)
        for reader, joiner in self._joining.items():
            if joiner.since is None:
                joiner.beside.append(frame)
            else:
                reader.write(frame)

    def _hand_out(self) -> None:
        while (event := self._ahead.pop(self.seen + 1, None)) is not None:
            self._say(event, self.seen)
            self.seen += 1
        self._promote(self.seen)

    def _acknowledge_late(self, event: ConversationChanged) -> None:
        """The database was faster than its event: the author still gets the copy with her `client_id`."""
        if event.client_id is None or event.message.seq in self._acknowledged:
            return
        self._acknowledged.append(event.message.seq)
        self._seal()
        self._rounds.append((tuple(each for each in self._live if each.member_id == event.author), [_told(event, 0)]))
        self._run()

    def _say(self, event: ConversationChanged, before: int) -> None:
        told = _told(event, before)
        if told.own is not None:
            self._acknowledged.append(event.message.seq)
        self._promote(told.version - 1)  # who has the past up to here must not miss this one
        for reader, joiner in list(self._joining.items()):
            if joiner.since is None:
                joiner.held.append(told)
                if len(joiner.held) > HELD_LIMIT:
                    reader.cut()
        self._pending.append(told)
        self._run()

    def _promote(self, said: int) -> None:
        """Who has been sent no more than was said here (up to number `said`) joins the common round."""
        ready = [
            reader for reader, joiner in self._joining.items() if joiner.since is not None and joiner.since <= said
        ]
        if ready:
            self._seal()
        for reader in ready:
            del self._joining[reader]
            self._live[reader] = None
            self._snapshot = None

    def _seal(self) -> None:
        """What is pending goes to those who are here now, and not to who comes next."""
        if self._pending:
            self._rounds.append((self._readers_now(), self._pending))
            self._pending = []
            self._run()

    def _readers_now(self) -> tuple[Reader, ...]:
        if self._snapshot is None:
            self._snapshot = tuple(self._live)
        return self._snapshot

    def _run(self) -> None:
        if not self._running:
            self._running = True
            self._soon(self._go)

    def _go(self) -> None:
        """One slice of the present round."""
        if self._round is None:
            self._seal()
            if not self._rounds:
                self._running = False
                return
            readers, told = self._rounds.popleft()
            self._round = (readers, b"".join([each.shared for each in told]), _own_copies(told))
            self._position = 0
        readers, shared, own = self._round
        for reader in islice(readers, self._position, self._position + SLICE):
            reader.write(own.get(reader.member_id, shared) if own else shared)
        self._position += SLICE
        if self._position >= len(readers):
            self._round = None
        self._soon(self._go)


def _told(event: ConversationChanged, before: int) -> Told:
    message = event.message
    if message.seq <= before:
        frame: MessagePosted | MessageChanged = MessageChanged(room=event.room, message=message)
        return Told(message.version, encode(frame), event.author, None)
    shared = encode(MessagePosted(room=event.room, message=message))
    if event.client_id is None:
        return Told(message.version, shared, event.author, None)
    own = encode(MessagePosted(room=event.room, message=message, client_id=event.client_id))
    return Told(message.version, shared, event.author, own)


def _own_copies(told: Sequence[Told]) -> dict[str, bytes]:
    """For each author among them: the round as she gets it."""
    authors = {each.author for each in told if each.own is not None}
    return {
        author: b"".join([each.own if each.own is not None and each.author == author else each.shared for each in told])
        for author in authors
    }

"""Fakes for the parts of the live edge that can be tested alone: a reader, the loop's next turn, messages and events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from app.community.events import ConversationChanged
from app.community.messages import Author, View

ALICE, BEN = "alice-id", "ben-id"
ROOM = "breast"


def frames_of(data: bytes) -> Iterator[dict[str, Any]]:
    """The JSON bodies of whole, unmasked text frames (RFC 6455, 5.2)."""
    at = 0
    while at < len(data):
        assert data[at] == 0x81, "a final, unfragmented text frame"
        size, at = data[at + 1], at + 2
        if size in {126, 127}:
            wide = 2 if size == 126 else 8
            size, at = int.from_bytes(data[at : at + wide], "big"), at + wide
        body, at = data[at : at + size], at + size
        assert len(body) == size, "a whole frame"
        yield msgspec.json.decode(body)


class Kept:
    """A reader that keeps what it was given."""

    def __init__(self, member_id: str = BEN) -> None:
        self.member_id = member_id
        self.given: list[bytes] = []
        self.cuts = 0

    def write(self, frames: bytes) -> None:
        self.given.append(frames)

    def cut(self) -> None:
        self.cuts += 1

    @property
    def frames(self) -> list[dict[str, Any]]:
        return [frame for data in self.given for frame in frames_of(data)]

    @property
    def versions(self) -> list[int]:
        return [frame["message"]["version"] for frame in self.frames if "message" in frame]

    @property
    def kinds(self) -> list[str]:
        return [frame["type"] for frame in self.frames]


@dataclass
class Turns:
    """The loop's next turn: what was asked to run soon runs when the test says so."""

    waiting: list[Callable[[], None]] = field(default_factory=list)

    def soon(self, call: Callable[[], None]) -> None:
        self.waiting.append(call)

    def turn(self) -> None:
        waiting, self.waiting = self.waiting, []
        for call in waiting:
            call()

    def run(self) -> None:
        """Until nothing is left to do."""
        for _ in range(10_000):
            if not self.waiting:
                return
            self.turn()
        raise AssertionError("it never comes to rest")


def said(seq: int, version: int | None = None, author: str = ALICE, text: str = "hello") -> View:
    return View(
        seq=seq, version=version or seq, author=Author(author, author, "member"), text=text,
        at="2026-03-02T12:00:00.000Z", reply_to=None, edited=None, removed=None, reactions={}, pinned=False,
    )  # fmt: skip


def told(view: View, client_id: str | None = None) -> ConversationChanged:
    return ConversationChanged(ROOM, view, view.author.id, client_id)


@dataclass
class Past:
    """A room's database: its changes by number; what `messages.changes_since` would give."""

    changes: list[View] = field(default_factory=list)

    @property
    def counter(self) -> int:
        return len(self.changes)

    def store(self, seq: int | None, author: str) -> View:
        """A new message (`seq` None), or another change of that one."""
        version = self.counter + 1
        view = said(seq or version, version, author, text=f"as of {version}")
        self.changes.append(view)
        return view

    def state(self, upto: int) -> dict[int, View]:
        return {view.seq: view for view in self.changes[:upto]}

    def since(self, after: int, upto: int) -> Sequence[View]:
        state = self.state(upto)
        return sorted((view for view in state.values() if view.version > after), key=lambda view: view.version)

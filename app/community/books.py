"""The book of rules of a room, as the room files have it."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from app.community.roomfiles import RoomFiles
from app.rules.book import Book, Helpline, book_of
from app.rules.verdict import CareKind


def file_book(files: RoomFiles, slug: str | None, disabled: Collection[str], *allowed: Collection[str]) -> Book:
    """Of that room; of what all share, where the files have no such room. `allowed`: words and phrases besides."""
    shared, room = files.shared, files.rooms.get(slug or "")
    changes = [shared.rules] if room is None else [shared.rules, room.rules]
    tables = [{"verdicts": each.verdicts, "allowed": each.allowed} for each in changes]
    lines = [*(room.helplines if room else ()), *shared.helplines]
    helplines = [
        Helpline(line.name, line.number, line.address, cast("tuple[CareKind, ...]", tuple(line.care))) for line in lines
    ]
    first = next((each.hold_first for each in reversed(changes) if each.hold_first is not None), 0)
    return book_of(
        shared.guidelines, *tables, *({"allowed": each} for each in allowed), disabled=disabled, helplines=helplines,
        hold_first=first,
    )  # fmt: skip

"""Rooms: one community each. What they are stands in rooms/*.toml; what happens in them, in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel, col, select

from app.base.db import columns, pick
from app.base.keys import new_token
from app.community.roomfiles import RoomFile, RoomFiles

SLOWEST = 3600


class Room(SQLModel, table=True):
    """A room and the counter of its conversation: the number of the last change."""

    __table_args__ = (
        CheckConstraint("counter >= 0", name="counter"),
        CheckConstraint(f"slow between 0 and {SLOWEST}", name="slow"),
    )
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=40)
    name: str = Field(max_length=80)
    archived_at: datetime | None = None
    counter: int = 0
    slow: int = 0
    paused: bool = False
    notice: str | None = Field(default=None, max_length=500)


class Life(SQLModel, table=True):
    """The one row that names the life of the counters: another epoch means that they may have gone backwards."""

    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: int = Field(default=1, primary_key=True)
    epoch: str = Field(max_length=43)


R = columns(Room)
COUNTERS = pick(R.id, R.counter).where(R.id.in_(bindparam("rooms", expanding=True)))
EPOCH = pick(columns(Life).epoch)


@dataclass(frozen=True, slots=True)
class Place:
    """A room as the process knows it: its row's id and state, and its file (None: archived, its file is gone)."""

    id: int
    slug: str
    name: str
    archived: bool
    slow: int
    paused: bool
    notice: str | None
    file: RoomFile | None


async def sync(connection: AsyncConnection, files: RoomFiles, now: datetime) -> None:
    """The files into the database: new rooms appear, renamed ones follow, those whose file is gone are archived."""
    known = {row.slug: row for row in await connection.execute(select(Room.slug, Room.name, Room.archived_at))}
    fresh = [
        {"slug": slug, "name": file.name, "counter": 0, "slow": 0, "paused": False}
        for slug, file in files.rooms.items()
        if slug not in known
    ]
    if fresh:
        await connection.execute(insert(Room), fresh)
    for slug, row in known.items():
        file = files.rooms.get(slug)
        name = row.name if file is None else file.name
        archived_at = (row.archived_at or now) if file is None else None
        if (name, archived_at) != (row.name, row.archived_at):
            change = update(Room).where(col(Room.slug) == slug)
            await connection.execute(change.values(name=name, archived_at=archived_at))


async def all_places(connection: AsyncConnection, files: RoomFiles) -> list[Place]:
    """All rooms, in their order; archived ones last."""
    rows = await connection.execute(
        pick(Room.id, Room.slug, Room.name, Room.archived_at, Room.slow, Room.paused, Room.notice)
    )
    places = [
        Place(
            row.id, row.slug, row.name, row.archived_at is not None, row.slow, row.paused, row.notice,
            files.rooms.get(row.slug),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(places, key=lambda place: (place.file is None, place.file.position if place.file else 0, place.slug))


async def counters(connection: AsyncConnection, room_ids: Sequence[int]) -> dict[int, int]:
    """The counter of each of these rooms."""
    rows = await connection.execute(COUNTERS, {"rooms": list(room_ids)})
    return {row.id: row.counter for row in rows}


async def set_state(connection: AsyncConnection, room_id: int, values: Mapping[str, object]) -> None:
    """Slow mode, pause and notice of a room."""
    await connection.execute(update(Room).where(col(Room.id) == room_id).values(**values))


async def epoch(connection: AsyncConnection) -> str:
    """The name of the counters' life; made on first asking."""
    known = (await connection.execute(select(Life.epoch))).scalar()
    if known is not None:
        return known
    fresh = new_token()[:12]
    await connection.execute(insert(Life).values(id=1, epoch=fresh))
    return fresh


async def epoch_now(connection: AsyncConnection) -> str:
    """The name of the counters' life, without making one."""
    return (await connection.execute(EPOCH)).scalar() or ""

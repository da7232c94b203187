"""Messages: what members said, how it is shown, and how it is read again.

Every change of a room's conversation takes the next number of the room's counter. A message keeps the number under which
it first appeared (`seq`) and carries the number of its last change (`version`); a held one has neither until released.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import CheckConstraint, Index, Select, UniqueConstraint, and_, func
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel, col, select

from app.base.clock import wire_time
from app.base.db import pick
from app.base.keys import digest
from app.community.members import Member
from app.community.memberships import Membership, role_in
from app.community.rooms import Room

TEXT_LIMIT = 4_000
CLIENT_ID_LIMIT = 64
PAGE_LIMIT = 200
CATCH_UP_LIMIT = 500
NEWEST = 50
REACTIONS = ("heart", "hug", "strength", "thanks", "same")


class Message(SQLModel, table=True):
    """One message. `text` of a removed one is kept for its restoring; `sent_digest` is of the text as first sent."""

    __table_args__ = (
        UniqueConstraint("room_id", "seq"),
        UniqueConstraint("member_id", "client_id"),
        Index("ix_message_room_version", "room_id", "version"),
        Index("ix_message_member_at", "member_id", "at"),
        CheckConstraint(f"text is null or length(text) between 1 and {TEXT_LIMIT}", name="text"),
        CheckConstraint("state in ('posted', 'held', 'rejected')", name="state"),
        CheckConstraint("(state = 'posted') = (seq is not null)", name="numbered"),
        CheckConstraint("(seq is null) = (version is null)", name="both_numbers"),
        CheckConstraint("seq is null or (seq > 0 and version >= seq)", name="order"),
        CheckConstraint("removed_by is null or removed_by in ('author', 'facilitator', 'rules')", name="removed_by"),
    )
    id: str = Field(primary_key=True, max_length=32)
    room_id: int = Field(foreign_key="room.id")
    member_id: str = Field(foreign_key="member.id")
    client_id: str = Field(max_length=CLIENT_ID_LIMIT)
    sent_digest: str = Field(max_length=64)
    state: str = "posted"
    held_rule: str | None = Field(default=None, max_length=40)
    seq: int | None = None
    version: int | None = None
    text: str | None = None
    at: datetime
    reply_to: int | None = None
    edited_at: datetime | None = None
    removed_by: str | None = None
    removed_guideline: str | None = Field(default=None, max_length=40)
    removed_at: datetime | None = None
    pinned: bool = False
    reactions: str = "{}"


class Reaction(SQLModel, table=True):
    """One member's reaction to one message; the counts beside the message are kept in step in the same transaction."""

    __table_args__ = (CheckConstraint(f"reaction in {REACTIONS!r}", name="reaction"),)
    message_id: str = Field(primary_key=True, foreign_key="message.id", max_length=32, ondelete="CASCADE")
    member_id: str = Field(primary_key=True, foreign_key="member.id", max_length=22, ondelete="CASCADE")
    reaction: str = Field(primary_key=True, max_length=10)


class Author(msgspec.Struct, frozen=True):
    """Who said it, as its readers see her."""

    id: str
    name: str
    role: str


class Removed(msgspec.Struct, frozen=True):
    """That and by whom a message was removed."""

    by: Literal["author", "facilitator", "rules"]
    guideline: str | None


class View(msgspec.Struct, frozen=True):
    """A message on the wire, in its present state."""

    seq: int
    version: int
    author: Author
    text: str | None
    at: str
    reply_to: int | None
    edited: str | None
    removed: Removed | None
    reactions: dict[str, int]
    pinned: bool


SHOWN: tuple[Any, ...] = (
    Message.id, Message.member_id, Message.seq, Message.version, Message.text, Message.at, Message.reply_to,
    Message.edited_at, Message.removed_by, Message.removed_guideline, Message.pinned, Message.reactions,
    col(Member.name).label("author_name"), col(Member.role).label("member_role"),
    col(Membership.role).label("room_role"), Membership.pseudonym, Membership.shows_name,
)  # fmt: skip


KEPT: tuple[Any, ...] = (
    Message.room_id, Message.client_id, Message.sent_digest, Message.state, Message.held_rule, Message.removed_at,
)  # fmt: skip


def whole() -> Select[Any]:
    """A query of messages in any state with their authors: all that an operation may need to know."""
    membership = and_(
        col(Membership.member_id) == col(Message.member_id), col(Membership.room_id) == col(Message.room_id)
    )
    query = pick(*SHOWN, *KEPT)
    return query.join(Member, col(Member.id) == col(Message.member_id)).outerjoin(Membership, membership)


def shown() -> Select[Any]:
    """The same of those that stand in the conversation."""
    return whole().where(col(Message.state) == "posted")


def view(row: Mapping[str, Any], *, public: bool = False) -> View:
    """A row of `shown` as its readers see it; `public`: as visitors do, under the room's pseudonym."""
    author = Author(row["member_id"], row["author_name"], role_in(row["member_role"], row["room_role"]))
    if public and not row["shows_name"]:
        pseudonym = row["pseudonym"] or "A member"
        author = Author(f"p-{digest(pseudonym)[:10]}", pseudonym, author.role)
    removed = None if row["removed_by"] is None else Removed(row["removed_by"], row["removed_guideline"])
    return View(
        seq=row["seq"],
        version=row["version"],
        author=author,
        text=None if removed else row["text"],
        at=wire_time(row["at"]),
        reply_to=row["reply_to"],
        edited=None if row["edited_at"] is None else wire_time(row["edited_at"]),
        removed=removed,
        reactions=msgspec.json.decode(row["reactions"], type=dict[str, int]),
        pinned=row["pinned"],
    )


async def changes_since(connection: AsyncConnection, room_id: int, after: int, limit: int) -> list[View]:
    """The messages changed after number `after`, in their present state, by `version`; at most `limit` + 1."""
    query = shown().where(col(Message.room_id) == room_id, col(Message.version) > after)
    rows = await connection.execute(query.order_by(col(Message.version)).limit(limit + 1))
    return [view(row) for row in rows.mappings()]


class Window(msgspec.Struct, frozen=True):
    """Which part of the conversation: `before`, `after`, `around` are `seq`s; at most one counts."""

    before: int | None = None
    after: int | None = None
    around: int | None = None
    limit: int = NEWEST


async def page(
    connection: AsyncConnection, room_id: int, window: Window, public_until: datetime | None = None
) -> list[View]:
    """A page of the conversation, ascending by `seq`; `public_until`: as visitors see it, nothing said later."""
    if window.around is not None:
        half = window.limit // 2
        earlier = Window(before=window.around, limit=half)
        later = Window(after=window.around - 1, limit=window.limit - half)
        return [
            *await page(connection, room_id, earlier, public_until),
            *await page(connection, room_id, later, public_until),
        ]
    query = shown().where(col(Message.room_id) == room_id).limit(window.limit)
    if public_until is not None:
        query = query.where(col(Message.at) <= public_until)
    if window.before is not None:
        query = query.where(col(Message.seq) < window.before)
    forward = window.after is not None
    if forward:
        query = query.where(col(Message.seq) > window.after)
    query = query.order_by(col(Message.seq) if forward else col(Message.seq).desc())
    views = [view(row, public=public_until is not None) for row in (await connection.execute(query)).mappings()]
    return views if forward else views[::-1]


async def public_last(connection: AsyncConnection, room_id: int, until: datetime) -> int:
    """The highest change that visitors see: what was said until then, in its present state."""
    query = select(func.max(Message.version)).where(col(Message.room_id) == room_id, col(Message.at) <= until)
    return (await connection.execute(query)).scalar() or 0


async def counter_of(connection: AsyncConnection, room_id: int) -> int:
    """The number of the room's last change."""
    return (await connection.execute(select(Room.counter).where(col(Room.id) == room_id))).scalar_one()


async def my_reactions(
    connection: AsyncConnection, member_id: str, room_id: int, seqs: Sequence[int]
) -> dict[int, list[str]]:
    """Her own reactions to these messages: seq -> names."""
    query = (
        select(Message.seq, Reaction.reaction)
        .join(Reaction, col(Reaction.message_id) == col(Message.id))
        .where(col(Reaction.member_id) == member_id, col(Message.room_id) == room_id, col(Message.seq).in_(seqs))
    )
    mine: dict[int, list[str]] = {}
    for row in await connection.execute(query):
        mine.setdefault(row.seq, []).append(row.reaction)
    return mine


async def my_held(connection: AsyncConnection, member_id: str, room_id: int) -> list[dict[str, str | None]]:
    """Her own messages that wait for a facilitator: id, client_id, text, at."""
    mine = (col(Message.member_id) == member_id, col(Message.room_id) == room_id, col(Message.state) == "held")
    query = select(Message.id, Message.client_id, Message.text, Message.at).where(*mine).order_by(col(Message.at))
    return [
        {"id": row.id, "client_id": row.client_id, "text": row.text, "at": wire_time(row.at)}
        for row in await connection.execute(query)
    ]


async def recent_texts(
    connection: AsyncConnection, member_id: str, since: datetime, limit: int
) -> list[tuple[str, datetime, str]]:
    """(text, at, slug) of her own latest messages in all rooms, oldest first; removed ones left out."""
    query = (
        select(Message.text, Message.at, Room.slug)
        .join(Room, col(Room.id) == col(Message.room_id))
        .where(col(Message.member_id) == member_id, col(Message.at) > since, col(Message.removed_by).is_(None))
        .order_by(col(Message.at).desc())
        .limit(limit)
    )
    return [(row.text, row.at, row.slug) for row in await connection.execute(query)][::-1]

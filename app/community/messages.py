"""Messages: what members said, how it is shown, and how it is read again.

Every change of a room's conversation takes the next number of the room's counter. A message keeps the number under which
it first appeared (`seq`) and carries the number of its last change (`version`); a held one has neither until released.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import CheckConstraint, Index, UniqueConstraint, and_, bindparam, func
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from app.base.clock import wire_time
from app.base.db import columns, pick
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
    client_key: str = Field(unique=True, max_length=64)
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


def client_key(member_id: str, client_id: str) -> str:
    """(member, client_id) as one value: an index finds many of these at once, and pairs it does not."""
    return digest(f"{member_id}\n{client_id}")


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


M, P, L = columns(Message), columns(Member), columns(Membership)
WHOLE = (
    pick(
        *M, P.name.label("author_name"), P.role.label("member_role"), L.role.label("room_role"), L.pseudonym,
        L.shows_name,
    )
    .join(P.id.table, P.id == M.member_id)
    .outerjoin(L.role.table, and_(L.member_id == M.member_id, L.room_id == M.room_id))
)  # fmt: skip
"""Messages in any state, with their authors: all that an operation may need to know."""
SHOWN = WHOLE.where(M.state == "posted")
"""Those that stand in the conversation."""
IN_ROOM = SHOWN.where(M.room_id == bindparam("room"))
CHANGES = IN_ROOM.where(M.version > bindparam("after")).order_by(M.version).limit(bindparam("limit"))
BEFORE = IN_ROOM.where(M.seq < bindparam("before")).order_by(M.seq.desc()).limit(bindparam("limit"))
AFTER = IN_ROOM.where(M.seq > bindparam("after")).order_by(M.seq).limit(bindparam("limit"))
SAID_UNTIL = M.at <= bindparam("until")
PUBLIC_BEFORE, PUBLIC_AFTER = BEFORE.where(SAID_UNTIL), AFTER.where(SAID_UNTIL)
PUBLIC_LAST = pick(func.max(M.version)).where(M.room_id == bindparam("room"), SAID_UNTIL)
COUNTER = pick(columns(Room).counter).where(columns(Room).id == bindparam("room"))
X = columns(Reaction)
MY_REACTIONS = pick(M.seq, X.reaction).where(
    X.message_id == M.id, X.member_id == bindparam("member"), M.room_id == bindparam("room"),
    M.seq.in_(bindparam("seqs", expanding=True)),
)  # fmt: skip
MY_HELD = (
    pick(M.id, M.client_id, M.text, M.at)
    .where(M.member_id == bindparam("member"), M.room_id == bindparam("room"), M.state == "held")
    .order_by(M.at)
)
RECENT = (
    pick(M.text, M.at, columns(Room).slug)
    .where(columns(Room).id == M.room_id, M.member_id == bindparam("member"), M.at > bindparam("since"))
    .where(M.removed_by.is_(None))
    .order_by(M.at.desc())
    .limit(bindparam("limit"))
)
HIGHEST = 2**31 - 1


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
    rows = await connection.execute(CHANGES, {"room": room_id, "after": after, "limit": limit + 1})
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
    public = public_until is not None
    given = {"room": room_id, "limit": window.limit, **({"until": public_until} if public else {})}
    if window.after is not None:
        query, given["after"] = (PUBLIC_AFTER if public else AFTER), window.after
    else:
        query, given["before"] = (
            (PUBLIC_BEFORE if public else BEFORE),
            HIGHEST if window.before is None else window.before,
        )
    views = [view(row, public=public) for row in (await connection.execute(query, given)).mappings()]
    return views if window.after is not None else views[::-1]


async def public_last(connection: AsyncConnection, room_id: int, until: datetime) -> int:
    """The highest change that visitors see: what was said until then, in its present state."""
    return (await connection.execute(PUBLIC_LAST, {"room": room_id, "until": until})).scalar() or 0


async def counter_of(connection: AsyncConnection, room_id: int) -> int:
    """The number of the room's last change."""
    return int((await connection.execute(COUNTER, {"room": room_id})).scalar_one())


async def my_reactions(
    connection: AsyncConnection, member_id: str, room_id: int, seqs: Sequence[int]
) -> dict[int, list[str]]:
    """Her own reactions to these messages: seq -> names."""
    if not seqs:
        return {}
    mine: dict[int, list[str]] = {}
    for row in await connection.execute(MY_REACTIONS, {"member": member_id, "room": room_id, "seqs": list(seqs)}):
        mine.setdefault(row.seq, []).append(row.reaction)
    return mine


async def my_held(connection: AsyncConnection, member_id: str, room_id: int) -> list[dict[str, str | None]]:
    """Her own messages that wait for a facilitator: id, client_id, text, at."""
    return [
        {"id": row.id, "client_id": row.client_id, "text": row.text, "at": wire_time(row.at)}
        for row in await connection.execute(MY_HELD, {"member": member_id, "room": room_id})
    ]


async def recent_texts(
    connection: AsyncConnection, member_id: str, since: datetime, limit: int
) -> list[tuple[str, datetime, str]]:
    """(text, at, slug) of her own latest messages in all rooms, oldest first; removed ones left out."""
    rows = await connection.execute(RECENT, {"member": member_id, "since": since, "limit": limit})
    return [(row.text, row.at, row.slug) for row in rows][::-1]

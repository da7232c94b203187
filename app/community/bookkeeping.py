"""Bookkeeping: reads a ledger's state in its transaction, and writes what it settled. A handful of statements a batch."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from app.base.db import pick
from app.community import sanctions
from app.community.ledger import Ledger, RoomState, Standing
from app.community.members import Member
from app.community.memberships import Membership
from app.community.messages import Message, Reaction, whole
from app.community.operations import Operation, Post, React, Release
from app.community.rooms import Room

STORED = tuple(Message.model_fields)
MUTABLE = (
    "state", "seq", "version", "text", "edited_at", "removed_by", "removed_guideline", "removed_at", "pinned",
    "reactions",
)  # fmt: skip


async def open_ledger(connection: AsyncConnection, operations: Sequence[Operation], now: datetime) -> Ledger:
    """Everything that settling these operations may need. Locks their rooms, in the order of their ids."""
    room_ids = {operation.room_id for operation in operations}
    rooms = await room_states(connection, room_ids, lock=True)
    standings = await standings_of(connection, {(each.who.id, each.room_id) for each in operations}, now)
    posts = [operation for operation in operations if isinstance(operation, Post)]
    messages = await _targets(connection, operations)
    return Ledger(
        now=now,
        rooms=rooms,
        standings=standings,
        doubles=await doubles(connection, {(post.who.id, post.client_id) for post in posts}),
        messages=messages,
        by_seq={(row["room_id"], row["seq"]): row["id"] for row in messages.values() if row["seq"] is not None},
        last_said=await _last_said(connection, [post for post in posts if _slow(rooms, post)]),
        reacted=await _reacted(connection, operations),
    )


async def room_states(connection: AsyncConnection, room_ids: Collection[int], *, lock: bool) -> dict[int, RoomState]:
    """The rooms' rows; `lock`ed, nobody else gives numbers there until the commit."""
    query = pick(Room.id, Room.slug, Room.counter, Room.slow, Room.paused, Room.archived_at)
    query = query.where(col(Room.id).in_(room_ids)).order_by(col(Room.id))
    rows = await connection.execute(query.with_for_update() if lock else query)
    return {
        row.id: RoomState(row.id, row.slug, row.counter, row.slow, row.paused, row.archived_at is not None)
        for row in rows
    }


async def standings_of(
    connection: AsyncConnection, pairs: Collection[tuple[str, int]], now: datetime
) -> dict[tuple[str, int], Standing]:
    """Where each of these (member, room) pairs stands. A member who does not exist is left out."""
    member_ids = {member_id for member_id, _ in pairs}
    people = {
        row.id: row
        for row in await connection.execute(
            select(Member.id, Member.name, Member.role).where(col(Member.id).in_(member_ids))
        )
    }
    joined = {
        (row.member_id, row.room_id): row
        for row in await connection.execute(
            pick(
                Membership.member_id, Membership.room_id, Membership.role, Membership.pseudonym, Membership.shows_name
            ).where(
                tuple_(col(Membership.member_id), col(Membership.room_id)).in_(pairs), col(Membership.left_at).is_(None)
            )
        )
    }
    in_force = await sanctions.in_force(connection, member_ids, now)
    standings = {}
    for member_id, room_id in pairs:
        person, place = people.get(member_id), joined.get((member_id, room_id))
        if person is not None:
            counting = tuple(each for each in in_force if each.member_id == member_id and each.reaches(room_id))
            role, pseudonym, shows = (place.role, place.pseudonym, place.shows_name) if place else (None, None, None)
            standing = Standing(person.name, person.role, role, pseudonym, shows, counting)
            standings[member_id, room_id] = standing
    return standings


async def doubles(connection: AsyncConnection, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """Messages that (member, client_id) made before."""
    if not pairs:
        return {}
    rows = await connection.execute(whole().where(tuple_(col(Message.member_id), col(Message.client_id)).in_(pairs)))
    return {(row["member_id"], row["client_id"]): dict(row) for row in rows.mappings()}


async def close_ledger(connection: AsyncConnection, ledger: Ledger) -> None:
    """Write what was settled."""
    if ledger.inserted:
        await connection.execute(insert(Message), [{name: row[name] for name in STORED} for row in ledger.inserted])
    new = {row["id"] for row in ledger.inserted}
    changed = [ledger.messages[message_id] for message_id in sorted(ledger.dirty - new)]
    if changed:
        change = update(Message).where(col(Message.id) == bindparam("of"))
        change = change.values({name: bindparam(f"new_{name}") for name in MUTABLE})
        rows = [{"of": row["id"], **{f"new_{name}": row[name] for name in MUTABLE}} for row in changed]
        await connection.execute(change, rows)
    await _write_reactions(connection, ledger)
    if ledger.moved_rooms:
        moved = update(Room).where(col(Room.id) == bindparam("of")).values(counter=bindparam("new_counter"))
        counters = [{"of": each, "new_counter": ledger.rooms[each].counter} for each in sorted(ledger.moved_rooms)]
        await connection.execute(moved, counters)


async def _write_reactions(connection: AsyncConnection, ledger: Ledger) -> None:
    names = ("message_id", "member_id", "reaction")
    if ledger.reactions_gone:
        mark = tuple_(col(Reaction.message_id), col(Reaction.member_id), col(Reaction.reaction))
        await connection.execute(delete(Reaction).where(mark.in_(ledger.reactions_gone)))
    if ledger.reactions_added:
        rows = [dict(zip(names, mark, strict=True)) for mark in sorted(ledger.reactions_added)]
        await connection.execute(insert(Reaction), rows)


async def _targets(connection: AsyncConnection, operations: Sequence[Operation]) -> dict[str, dict[str, Any]]:
    """The messages that the operations are about, answer to, or release."""
    ids = {each.message_id for each in operations if isinstance(each, Release)}
    places = {
        (each.room_id, seq)
        for each in operations
        if not isinstance(each, Release) and (seq := each.reply_to if isinstance(each, Post) else each.seq) is not None
    }
    if not ids and not places:
        return {}
    wanted = or_(col(Message.id).in_(ids), tuple_(col(Message.room_id), col(Message.seq)).in_(places))
    return {row["id"]: dict(row) for row in (await connection.execute(whole().where(wanted))).mappings()}


async def _last_said(connection: AsyncConnection, posts: Sequence[Post]) -> dict[tuple[str, int], datetime]:
    """When the authors last said something in the rooms that are slow."""
    if not posts:
        return {}
    pairs = {(post.who.id, post.room_id) for post in posts}
    query = (
        select(Message.member_id, Message.room_id, func.max(Message.at).label("last"))
        .where(tuple_(col(Message.member_id), col(Message.room_id)).in_(pairs))
        .group_by(col(Message.member_id), col(Message.room_id))
    )
    return {(row.member_id, row.room_id): row.last for row in await connection.execute(query)}


def _slow(rooms: dict[int, RoomState], post: Post) -> bool:
    room = rooms.get(post.room_id)
    return room is not None and room.slow > 0


async def _reacted(connection: AsyncConnection, operations: Sequence[Operation]) -> set[tuple[str, str, str]]:
    """The reactions that the reacting members have given to the messages in question."""
    reacts = [operation for operation in operations if isinstance(operation, React)]
    if not reacts:
        return set()
    query = (
        select(Reaction.message_id, Reaction.member_id, Reaction.reaction)
        .join(Message, col(Message.id) == col(Reaction.message_id))
        .where(tuple_(col(Message.room_id), col(Message.seq)).in_({(each.room_id, each.seq) for each in reacts}))
        .where(col(Reaction.member_id).in_({each.who.id for each in reacts}))
    )
    return {(row.message_id, row.member_id, row.reaction) for row in await connection.execute(query)}

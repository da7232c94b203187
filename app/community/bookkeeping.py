"""Bookkeeping: reads a ledger's state in its transaction, and writes what it settled. A handful of statements a batch."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String, bindparam, cast, delete, func, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.base.db import columns, pick
from app.community import sanctions
from app.community.concerns import Concern, counts_as
from app.community.ledger import Ledger
from app.community.members import Member
from app.community.memberships import Membership
from app.community.messages import WHOLE, Message, Reaction, client_key
from app.community.operations import Edit, Heed, Operation, Post, React, Release, Restore
from app.community.rooms import Room
from app.community.standing import RoomState, Standing

M, R, P, L, X = columns(Message), columns(Room), columns(Member), columns(Membership), columns(Reaction)
C = columns(Concern)


def _pair(first: Any, second: Any) -> Any:
    """Two columns as one text, for comparing with `_keys`."""
    return cast(first, String).concat(":").concat(cast(second, String))


STORED = tuple(Message.model_fields)
MUTABLE = (
    "state", "seq", "version", "text", "edited_at", "removed_by", "removed_guideline", "removed_at", "pinned",
    "reactions",
)  # fmt: skip
ROOMS = pick(R.id, R.slug, R.counter, R.slow, R.paused, R.archived_at).order_by(R.id)
ROOMS = ROOMS.where(R.id.in_(bindparam("rooms", expanding=True)))
LOCKED_ROOMS = ROOMS.with_for_update()
# SQLite finds no index for (a, b) IN (…): an index on the first leads to the rows, the pair as text chooses among them.
MEMBERS: Any = bindparam("members", expanding=True)
SEQS: Any = bindparam("seqs", expanding=True)
PEOPLE = pick(P.id, P.name, P.role).where(P.id.in_(MEMBERS))
JOINED = pick(L.member_id, L.room_id, L.role, L.pseudonym, L.shows_name).where(
    L.member_id.in_(MEMBERS), _pair(L.member_id, L.room_id).in_(bindparam("pairs", expanding=True)), L.left_at.is_(None)
)
DOUBLES = WHOLE.where(M.client_key.in_(bindparam("keys", expanding=True)))
BY_ID = WHOLE.where(M.id.in_(bindparam("ids", expanding=True)))
BY_SEQ = WHOLE.where(
    M.room_id.in_(bindparam("rooms", expanding=True)), M.seq.in_(bindparam("seqs", expanding=True)),
    _pair(M.room_id, M.seq).in_(bindparam("pairs", expanding=True)),
)  # fmt: skip
LAST_SAID = (
    pick(M.member_id, M.room_id, func.max(M.at).label("last"))
    .where(M.member_id.in_(MEMBERS), M.room_id.in_(bindparam("rooms", expanding=True)))
    .group_by(M.member_id, M.room_id)
)
REACTED = pick(X.message_id, X.member_id, X.reaction).where(
    M.id == X.message_id,     M.room_id.in_(bindparam("rooms", expanding=True)),
    M.seq.in_(SEQS),
    X.member_id.in_(MEMBERS),
)  # fmt: skip
CONCERNS = pick(*C).where(C.id.in_(bindparam("ids", expanding=True)))
OPEN_CONCERNS = pick(C.kind, C.id.label("concern_id"), M.id, M.member_id, M.room_id).join(
    M.id.table, M.id == C.message_id
)
OPEN_CONCERNS = OPEN_CONCERNS.where(C.state == "open")
CONFIRMED = OPEN_CONCERNS.where(C.kind == "confirmed", C.message_id.in_(bindparam("messages", expanding=True)))
CRISES = OPEN_CONCERNS.where(C.kind == "crisis", M.member_id.in_(MEMBERS))
MOVE_CONCERNS = (
    update(C.id.table)
    .where(C.id == bindparam("of"))
    .values(id=bindparam("new_id"), message_id=bindparam("new_message"), at=bindparam("new_at"))
)
INSERT_CONCERNS = insert(C.id.table)
CLOSE_CONCERNS = (
    update(C.id.table)
    .where(C.id == bindparam("of"))
    .values(state=bindparam("new_state"), decided_by=bindparam("by"), decided_at=bindparam("when"))
)
INSERT_MESSAGES = insert(M.id.table)
UPDATE_MESSAGES = (
    update(M.id.table).where(M.id == bindparam("of")).values({name: bindparam(f"new_{name}") for name in MUTABLE})
)
INSERT_REACTIONS = insert(X.message_id.table)
DELETE_REACTIONS = delete(X.message_id.table).where(
    X.message_id == bindparam("message_id"), X.member_id == bindparam("member_id"), X.reaction == bindparam("reaction")
)
MOVE_ROOMS = update(R.id.table).where(R.id == bindparam("of")).values(counter=bindparam("new_counter"))


def _keys(pairs: Collection[tuple[Any, Any]]) -> list[str]:
    """Pairs as `_pair` writes them."""
    return [f"{first}:{second}" for first, second in pairs]


async def open_ledger(connection: AsyncConnection, operations: Sequence[Operation], now: datetime) -> Ledger:
    """Everything that settling these operations may need. Locks their rooms, in the order of their ids."""
    room_ids = {operation.room_id for operation in operations}
    rooms = await room_states(connection, room_ids, lock=True)
    standings = await standings_of(connection, {(each.who.id, each.room_id) for each in operations}, now)
    posts = [operation for operation in operations if isinstance(operation, Post)]
    concerns = await _concerns(connection, operations)
    messages = await _targets(connection, operations, {each["message_id"] for each in concerns.values()})
    by_seq = {(row["room_id"], row["seq"]): row["id"] for row in messages.values() if row["seq"] is not None}
    return Ledger(
        now=now,
        rooms=rooms,
        standings=standings,
        doubles=await doubles(connection, {(post.who.id, post.client_id) for post in posts}),
        messages=messages,
        by_seq=by_seq,
        last_said=await _last_said(connection, [post for post in posts if _slow(rooms, post)]),
        reacted=await _reacted(connection, operations),
        concerns=concerns,
        open_concerns=await _open_concerns(connection, operations, by_seq),
    )


async def room_states(connection: AsyncConnection, room_ids: Collection[int], *, lock: bool) -> dict[int, RoomState]:
    """The rooms' rows; `lock`ed, nobody else gives numbers there until the commit."""
    rows = await connection.execute(LOCKED_ROOMS if lock else ROOMS, {"rooms": list(room_ids)})
    return {
        row.id: RoomState(row.id, row.slug, row.counter, row.slow, row.paused, row.archived_at is not None)
        for row in rows
    }


async def standings_of(
    connection: AsyncConnection, pairs: Collection[tuple[str, int]], now: datetime
) -> dict[tuple[str, int], Standing]:
    """Where each of these (member, room) pairs stands. A member who does not exist is left out."""
    member_ids = {member_id for member_id, _ in pairs}
    people = {row.id: row for row in await connection.execute(PEOPLE, {"members": list(member_ids)})}
    joined = {
        (row.member_id, row.room_id): row
        for row in await connection.execute(JOINED, {"members": list(member_ids), "pairs": _keys(pairs)})
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
    rows = (await connection.execute(DOUBLES, {"keys": [client_key(*pair) for pair in pairs]})).mappings()
    return {(row["member_id"], row["client_id"]): dict(row) for row in rows}


async def close_ledger(connection: AsyncConnection, ledger: Ledger) -> None:
    """Write what was settled."""
    if ledger.inserted:
        rows = [{name: row[name] for name in STORED} for row in ledger.inserted]
        await connection.execute(INSERT_MESSAGES, rows)
    new = {row["id"] for row in ledger.inserted}
    changed = [ledger.messages[message_id] for message_id in sorted(ledger.dirty - new)]
    if changed:
        rows = [{"of": row["id"], **{f"new_{name}": row[name] for name in MUTABLE}} for row in changed]
        await connection.execute(UPDATE_MESSAGES, rows)
    if ledger.raised:
        await connection.execute(INSERT_CONCERNS, ledger.raised)
    if ledger.moved:
        await connection.execute(MOVE_CONCERNS, [{"of": each, **ledger.moved[each]} for each in sorted(ledger.moved)])
    if ledger.heeded:
        closed = [ledger.concerns[each] for each in sorted(ledger.heeded)]
        rows = [
            {"of": each["id"], "new_state": each["state"], "by": each["decided_by"], "when": each["decided_at"]}
            for each in closed
        ]
        await connection.execute(CLOSE_CONCERNS, rows)
    if ledger.reactions_gone:
        await connection.execute(DELETE_REACTIONS, _marks(ledger.reactions_gone))
    if ledger.reactions_added:
        await connection.execute(INSERT_REACTIONS, _marks(ledger.reactions_added))
    if ledger.moved_rooms:
        counters = [{"of": each, "new_counter": ledger.rooms[each].counter} for each in sorted(ledger.moved_rooms)]
        await connection.execute(MOVE_ROOMS, counters)


def _marks(marks: Collection[tuple[str, str, str]]) -> list[dict[str, str]]:
    return [{"message_id": of, "member_id": by, "reaction": reaction} for of, by, reaction in sorted(marks)]


async def _concerns(connection: AsyncConnection, operations: Sequence[Operation]) -> dict[str, dict[str, Any]]:
    """The concerns that are to be decided."""
    ids = [each.concern_id for each in operations if isinstance(each, Heed)]
    if not ids:
        return {}
    return {row["id"]: dict(row) for row in (await connection.execute(CONCERNS, {"ids": ids})).mappings()}


async def _open_concerns(
    connection: AsyncConnection, operations: Sequence[Operation], by_seq: dict[tuple[int, int], str]
) -> dict[tuple[str, str], dict[str, Any]]:
    """What waits already of that which would be raised: of one message in a thousand, and asked only then."""
    raising = [each for each in operations if isinstance(each, Post | Edit | Restore) and each.concern is not None]
    members = {each.who.id for each in raising if each.concern and each.concern.kind == "crisis"}
    about = {
        by_seq[each.room_id, each.seq]
        for each in raising
        if not isinstance(each, Post) and (each.room_id, each.seq) in by_seq
    }
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for query, given in ((CRISES, {"members": list(members)}), (CONFIRMED, {"messages": list(about)})):
        if any(given.values()):
            for row in (await connection.execute(query, given)).mappings():
                found[counts_as(row["kind"], row)] = {"id": row["concern_id"], "message_id": row["id"]}
    return found


async def _targets(
    connection: AsyncConnection, operations: Sequence[Operation], concerned: Collection[str]
) -> dict[str, dict[str, Any]]:
    """The messages that the operations are about, answer to, or release, and those `concerned`."""
    ids = {each.message_id for each in operations if isinstance(each, Release)}.union(concerned)
    places = {
        (each.room_id, seq)
        for each in operations
        if not isinstance(each, Release | Heed)
        and (seq := each.reply_to if isinstance(each, Post) else each.seq) is not None
    }
    found: dict[str, dict[str, Any]] = {}
    if ids:
        found |= {row["id"]: dict(row) for row in (await connection.execute(BY_ID, {"ids": list(ids)})).mappings()}
    if places:
        given: dict[str, Any] = {"rooms": list({room for room, _ in places}), "seqs": list({seq for _, seq in places})}
        rows = (await connection.execute(BY_SEQ, {**given, "pairs": _keys(places)})).mappings()
        found |= {row["id"]: dict(row) for row in rows}
    return found


async def _last_said(connection: AsyncConnection, posts: Sequence[Post]) -> dict[tuple[str, int], datetime]:
    """When the authors last said something in the rooms that are slow."""
    if not posts:
        return {}
    given = {"members": list({post.who.id for post in posts}), "rooms": list({post.room_id for post in posts})}
    rows = await connection.execute(LAST_SAID, given)
    return {(row.member_id, row.room_id): row.last for row in rows}


def _slow(rooms: dict[int, RoomState], post: Post) -> bool:
    room = rooms.get(post.room_id)
    return room is not None and room.slow > 0


async def _reacted(connection: AsyncConnection, operations: Sequence[Operation]) -> set[tuple[str, str, str]]:
    """The reactions that the reacting members have given to the messages in question."""
    reacts = [operation for operation in operations if isinstance(operation, React)]
    if not reacts:
        return set()
    given = {
        "rooms": list({each.room_id for each in reacts}), "seqs": list({each.seq for each in reacts}),
        "members": list({each.who.id for each in reacts}),
    }  # fmt: skip
    return {(row.message_id, row.member_id, row.reaction) for row in await connection.execute(REACTED, given)}

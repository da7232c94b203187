"""The database itself refuses what must never stand in it, whatever the code above it believes."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert
from sqlmodel import SQLModel

from app.base.errors import Unstorable
from app.base.jobs import Job
from app.community.links import Link
from app.community.members import Member, Who
from app.community.memberships import Membership
from app.community.messages import REACTIONS, Message, Reaction
from app.community.rooms import Life, Room
from app.community.sanctions import Sanction
from app.community.sessions import Session
from app.conduct.reports import Report
from tests.community.stage import Stage

pytestmark = pytest.mark.anyio


class Rows:
    """For each table a row that the database takes; tests change one column of it."""

    def __init__(self, stage: Stage, alice: Who, message_id: str) -> None:
        now, room_id = stage.clock.now(), stage.breast.id
        self.of: dict[type[SQLModel], dict[str, Any]] = {
            Member: {
                "id": "someone", "name": "Someone", "name_folded": "someone", "email_sealed": "x", "email_index": "x",
                "role": "member", "created_at": now, "pretended": False,
            },
            Room: {"slug": "other", "name": "Other", "counter": 0, "slow": 0, "paused": False},
            Life: {"id": 1, "epoch": "x"},
            Membership: {
                "member_id": alice.id, "room_id": stage.lounge.id, "role": "member", "pseudonym": "Quiet Fern 99",
                "shows_name": False, "joined_at": now, "read_seq": 0,
            },
            Message: {
                "id": "m2", "room_id": room_id, "member_id": alice.id, "client_id": "m2", "client_key": "m2",
                "sent_digest": "x",
                "state": "posted", "seq": 2, "version": 2, "text": "Text", "at": now, "pinned": False,
                "reactions": "{}",
            },
            Reaction: {"message_id": message_id, "member_id": alice.id, "reaction": "hug"},
            Sanction: {
                "id": "s", "member_id": alice.id, "room_id": room_id, "kind": "mute", "guideline": "respect",
                "reason": "x", "issued_by": "x", "issued_at": now,
            },
            Link: {"digest": "x", "purpose": "verify", "member_id": alice.id, "expires_at": now},
            Session: {"digest": "x", "member_id": alice.id, "label": "x", "created_at": now, "seen_at": now},
            Job: {"id": "j", "kind": "x", "payload": "{}", "created_at": now, "due_at": now, "attempts": 0},
            Report: {
                "id": "r", "room_id": room_id, "message_id": message_id, "reporter_id": alice.id, "worried": False,
                "guideline": "respect", "note": "", "text_then": "x", "at": now, "state": "open",
            },
        }  # fmt: skip


@pytest.fixture
async def rows(any_stage: Stage) -> Rows:
    alice = await any_stage.person("alice", any_stage.breast)
    await any_stage.said(alice, any_stage.breast)
    [message] = await any_stage.stored(any_stage.breast)
    return Rows(any_stage, alice, message["id"])


FORBIDDEN: list[tuple[type[SQLModel], dict[str, Any]]] = [
    (Member, {"role": "owner"}),
    (Member, {"name": ""}),
    (Member, {"name": "n" * 41}),
    (Room, {"counter": -1}),
    (Room, {"slow": -1}),
    (Room, {"slow": 3601}),
    (Life, {"id": 2}),
    (Membership, {"role": "administrator"}),
    (Membership, {"read_seq": -1}),
    (Membership, {"member_id": "nobody"}),
    (Message, {"text": ""}),
    (Message, {"text": "x" * 4001}),
    (Message, {"state": "draft"}),
    (Message, {"state": "held"}),
    (Message, {"state": "rejected"}),
    (Message, {"seq": None, "version": None}),
    (Message, {"seq": None}),
    (Message, {"version": None}),
    (Message, {"version": 1}),
    (Message, {"seq": 0}),
    (Message, {"removed_by": "somebody"}),
    (Message, {"member_id": "nobody"}),
    (Message, {"room_id": 4711}),
    (Reaction, {"reaction": "angry"}),
    (Reaction, {"message_id": "none"}),
    (Sanction, {"kind": "tell off"}),
    (Sanction, {"kind": "remove", "room_id": None}),
    (Sanction, {"kind": "ban"}),
    (Sanction, {"member_id": "nobody"}),
    (Link, {"purpose": "anything"}),
    (Session, {"member_id": "nobody"}),
    (Job, {"attempts": -1}),
    (Report, {"guideline": None}),
    (Report, {"state": "lost"}),
]
ALLOWED: list[tuple[type[SQLModel], dict[str, Any]]] = [
    (Member, {"name": "n" * 40}),
    (Room, {"slow": 3600}),
    (Message, {"text": "x" * 4000}),
    (Message, {"text": "\U0001f917" * 4000}),
    (Message, {"text": None}),
    (Message, {"state": "held", "seq": None, "version": None}),
    (Message, {"version": 3}),
    *((Reaction, {"reaction": name}) for name in REACTIONS),
    (Sanction, {"kind": "remove"}),
    (Sanction, {"kind": "ban", "room_id": None}),
    (Sanction, {"kind": "mute", "room_id": None}),
    (Report, {"guideline": None, "worried": True}),
]
TWICE: list[tuple[type[SQLModel], dict[str, Any]]] = [
    (Member, {"id": "another", "email_index": "another"}),
    (Member, {"id": "another", "name_folded": "another"}),
    (Room, {}),
    (Message, {"id": "m3", "client_key": "m3"}),
    (Message, {"id": "m3", "seq": 3, "version": 3}),
    (Reaction, {}),
    (Membership, {}),
    (Session, {}),
]


async def _add(stage: Stage, table: type[SQLModel], row: dict[str, Any]) -> None:
    async with stage.db.write() as connection:
        await connection.execute(insert(table).values(**row))


def _name(value: object) -> str:
    return value.__name__ if isinstance(value, type) else ",".join(f"{key}={item!r:.12}" for key, item in value.items())  # type: ignore[attr-defined]


@pytest.mark.parametrize(("table", "change"), FORBIDDEN, ids=_name)
async def test_a_row_that_must_not_be_is_refused(
    any_stage: Stage, rows: Rows, table: type[SQLModel], change: dict[str, Any]
) -> None:
    with pytest.raises(Unstorable):
        await _add(any_stage, table, {**rows.of[table], **change})
    await _add(any_stage, table, rows.of[table])


@pytest.mark.parametrize(("table", "change"), ALLOWED, ids=_name)
async def test_a_row_at_the_edge_of_what_may_be_is_taken(
    any_stage: Stage, rows: Rows, table: type[SQLModel], change: dict[str, Any]
) -> None:
    await _add(any_stage, table, {**rows.of[table], **change})


@pytest.mark.parametrize(("table", "change"), TWICE, ids=_name)
async def test_what_is_one_of_its_kind_is_not_stored_twice(
    any_stage: Stage, rows: Rows, table: type[SQLModel], change: dict[str, Any]
) -> None:
    await _add(any_stage, table, rows.of[table])
    with pytest.raises(Unstorable):
        await _add(any_stage, table, {**rows.of[table], **change})


async def test_a_pseudonym_is_one_members_within_a_room_and_free_in_another(any_stage: Stage, rows: Rows) -> None:
    ben = await any_stage.person("ben", any_stage.breast)
    await _add(any_stage, Membership, rows.of[Membership])
    with pytest.raises(Unstorable):
        await _add(any_stage, Membership, {**rows.of[Membership], "member_id": ben.id})
    olga = await any_stage.person("olga")
    elsewhere = {**rows.of[Membership], "member_id": olga.id, "room_id": any_stage.breast.id}
    await _add(any_stage, Membership, elsewhere)

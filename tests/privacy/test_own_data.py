"""Export: everything about a member and nothing about anybody else; retention: what goes, and what stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel, col, func, select

from app.base import jobs
from app.base.jobs import Job
from app.base.keys import digest
from app.community import links, sessions
from app.community.concerns import NewConcern
from app.community.ledger import RESTORE_WINDOW
from app.community.links import Link
from app.community.messages import Message
from app.community.operations import Heed
from app.community.sessions import Remembrance, Session
from app.conduct.appeals import Appeals
from app.conduct.decisions import Decisions
from app.conduct.reports import NewReport, Reports
from app.privacy import export, retention
from tests.community.stage import Stage, operation

pytestmark = pytest.mark.anyio


def _appeals(stage: Stage) -> Appeals:
    decisions = Decisions(stage.db, stage.bus, stage.clock, stage.posting(), stage.bench)
    return Appeals(stage.db, stage.bus, stage.clock, decisions, stage.bench)


async def test_an_export_holds_everything_about_her_and_nobody_else(any_stage: Stage) -> None:
    stage = any_stage
    alice, ben = [await stage.person(name, stage.breast, stage.lounge) for name in ("alice", "ben")]
    await stage.said(alice, stage.breast, "Alice's own.", concern=NewConcern("confirmed", "medical-advice"))
    await stage.said(ben, stage.breast, "Ben's own.", concern=NewConcern("crisis"))
    await stage.said(alice, stage.lounge, "Alice's removed.")
    await stage.held(alice, stage.breast, "Alice's held.")
    await stage.one(operation("remove", alice, stage.lounge, 1))
    await stage.settle(operation("react", alice, stage.breast, 2), operation("react", ben, stage.breast, 1))
    desk = Reports(stage.db, stage.bus, stage.clock, stage.pace, stage.bench)
    await desk.file(alice, NewReport(stage.breast.id, "breast", 2, "respect", False, "Alice's note."))
    await desk.file(ben, NewReport(stage.breast.id, "breast", 1, "respect", False, "Ben's note."))
    for who in (alice, ben):
        warned = await stage.sanction(who, "warn", stage.breast)
        await _appeals(stage).write(who, warned.id, f"{who.name}'s appeal.")
    async with stage.db.write() as connection:
        for who in (alice, ben):
            await sessions.begin(connection, who.id, f"{who.name}'s phone", stage.clock.now())
        data = await export.of_member(connection, stage.keys, alice.id)
    assert data["account"]["email"] == "alice@example.org"
    assert {message["text"] for message in data["messages"]} == {"Alice's own.", "Alice's removed.", "Alice's held."}
    assert [room["room"] for room in data["rooms"]] == ["breast", "lounge"]
    assert data["reactions"] == [{"room": "breast", "seq": 2, "reaction": "hug"}]
    assert [(each["kind"], each["rule"], each["seq"], each["state"]) for each in data["concerns"]] == [
        ("confirmed", "medical-advice", 1, "open")
    ]
    assert [report["note"] for report in data["reports"]] == ["Alice's note."]
    assert [sanction["kind"] for sanction in data["sanctions"]] == ["warn"]
    assert [(appeal["text"], appeal["state"]) for appeal in data["appeals"]] == [("alice's appeal.", "open")]
    assert [browser["label"] for browser in data["browsers"]] == ["alice's phone"]
    for other in ("ben", "Ben", ben.id):
        assert other not in str(data)


async def test_an_export_of_nobody_is_empty(stage: Stage) -> None:
    async with stage.db.read() as connection:
        assert await export.of_member(connection, stage.keys, "nobody") == {}


def test_every_table_with_a_member_in_it_is_exported_or_says_why_not() -> None:
    exported = {"membership", "message", "reaction", "report", "sanction", "appeal", "session"}
    secrets_alone = {"remembrance", "link"}  # digests of random tokens: nothing about her
    about_messages = {"concern"}  # exported with the message that it is about
    assert about_messages <= set(SQLModel.metadata.tables)
    about_members = {
        name
        for name, table in SQLModel.metadata.tables.items()
        if any(key.column.table.name == "member" for key in table.foreign_keys)
    }
    assert about_members == exported | secrets_alone


async def _count(stage: Stage, column: Any) -> int:
    async with stage.db.read() as connection:
        return int((await connection.execute(select(func.count(column)))).scalar_one())


async def _sweep(stage: Stage, at: datetime) -> dict[str, int]:
    async with stage.db.write() as connection:
        return await retention.sweep(connection, at)


async def test_the_text_of_a_removed_message_goes_when_it_cannot_be_restored_any_more(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    for text in ("Removed.", "Stays."):
        await stage.said(alice, stage.breast, text)
    await stage.one(operation("remove", alice, stage.breast, 1))
    edge = stage.clock.now() + RESTORE_WINDOW
    assert (await _sweep(stage, edge))["texts"] == 0
    assert (await _sweep(stage, edge + timedelta(milliseconds=1)))["texts"] == 1
    assert (await _sweep(stage, edge + timedelta(days=1000)))["texts"] == 0
    assert {row["seq"]: row["text"] for row in await stage.stored(stage.breast)} == {1: None, 2: "Stays."}


async def test_a_concern_goes_90_days_after_its_decision_or_with_the_text_it_is_about(any_stage: Stage) -> None:
    stage, begun = any_stage, any_stage.clock.now()
    alice, ben, cleo = [await stage.person(name, stage.breast) for name in ("alice", "ben", "cleo")]
    fay = await stage.person("fay", stage.breast, facilitates=True)
    for who in (alice, ben, cleo):
        await stage.said(who, stage.breast, concern=NewConcern("crisis"))
    decided, textless, waiting = await stage.concerns(stage.breast)
    await stage.settle(
        Heed(who=fay, room_id=stage.breast.id, concern_id=decided["id"], remove=False),
        operation("remove", ben, stage.breast, 2),
    )
    assert (await _sweep(stage, begun + RESTORE_WINDOW))["concerns"] == 0
    assert (await _sweep(stage, begun + RESTORE_WINDOW + timedelta(milliseconds=1)))["concerns"] == 1
    assert textless["id"] not in {each["id"] for each in await stage.concerns(stage.breast)}
    assert (await _sweep(stage, begun + timedelta(days=90)))["concerns"] == 0
    assert (await _sweep(stage, begun + timedelta(days=90, milliseconds=1)))["concerns"] == 1
    assert (await _sweep(stage, begun + timedelta(days=1000)))["concerns"] == 0
    assert [each["id"] for each in await stage.concerns(stage.breast)] == [waiting["id"]]


async def test_sessions_links_and_jobs_go_in_their_time_and_open_ones_stay(any_stage: Stage) -> None:
    stage, now = any_stage, any_stage.clock.now()
    alice = await stage.person("alice")
    async with stage.db.write() as connection:
        open_one = await sessions.begin(connection, alice.id, "open", now + timedelta(days=29))
        ended = await sessions.begin(connection, alice.id, "ended", now)
        await sessions.end(connection, digest(ended), now)
        await sessions.remember(connection, alice.id, now)
        await links.make(connection, links.VERIFY, alice.id, now)
        for _ in range(2):
            await jobs.enqueue(connection, "note", 1, now)

    async def note(_: object) -> None:
        return

    assert await jobs.work_once(stage.db, stage.clock, {"note": note})
    assert set((await _sweep(stage, now)).values()) == {0}
    gone = await _sweep(stage, now + timedelta(days=30, milliseconds=1))
    assert gone == {"texts": 0, "concerns": 0, "sessions": 1, "remembered": 0, "links": 0, "jobs": 1}
    async with stage.db.read() as connection:
        assert await sessions.find(connection, open_one, now + timedelta(days=30)) is not None
    gone = await _sweep(stage, now + sessions.REMEMBERED + timedelta(days=60))
    assert gone == {"texts": 0, "concerns": 0, "sessions": 1, "remembered": 1, "links": 1, "jobs": 0}
    left = [await _count(stage, col(column)) for column in (Session.digest, Remembrance.digest, Link.digest, Job.id)]
    assert left == [0, 0, 0, 1]
    assert await _count(stage, col(Message.id)) == 0

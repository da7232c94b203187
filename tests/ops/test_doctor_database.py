"""What the doctor finds at the database, its file, its keys, its jobs and its clock; each fault really made."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import insert, text

from app.base.clock import SystemClock
from app.base.db import Database
from app.base.jobs import Job
from app.base.keys import Keyring, kept_keys
from app.community import members, sessions
from app.community.members import NewMember
from app.ops import schema
from app.ops.checks.database import clocks_agree, database_answers, jobs_are_done, sqlite_may_write
from app.ops.checks.finding import Finding
from app.ops.checks.keys import keys_open
from app.ops.checks.servers import mail_leaves
from app.settings import Settings
from tests.base.grounds import Template, with_driver
from tests.servers import PostgresServer
from tests.site import SECRET, SetClock, free_port, settings_for

pytestmark = pytest.mark.anyio

OTHER = "another-secret-key-for-tests-that-is-long-enough"


@pytest.fixture
def settings(any_url: str, tmp_path: Path) -> Settings:
    """Settings of a place with a migrated database, once on each kind."""
    return settings_for(tmp_path, 1, database_url=any_url)


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write everywhere; nobody may not."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every account may reach, and its owner alone write."""
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)
        Path(made).chmod(0o700)


def put(template: Path, folder: Path) -> Path:
    """A copy of the database in this folder."""
    return Path(shutil.copy(template, folder / "cancerconnect.db"))


def allow(path: Path, mode: int) -> None:
    path.chmod(mode)


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def carry_out(settings: Settings, *statements: str) -> None:
    db = Database(settings.database)
    async with db.write() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await db.close()


def only(found: Any, state: str, *words: str) -> Finding:
    [finding] = found
    assert isinstance(finding, Finding)
    assert finding.state == state, finding
    for word in words:
        assert word in finding.what, finding
    assert state != "fault" or finding.to_do
    return finding


# Whether it answers


async def test_a_database_with_the_newest_schema_is_fine(settings: Settings) -> None:
    only(await database_answers(settings), "ok", schema.NEWEST)


async def test_an_older_and_an_unknown_schema_are_faults(settings: Settings) -> None:
    db = Database(settings.database)
    async with db.write() as connection:
        await connection.run_sync(lambda sync: command.downgrade(schema.config(sync), "0001"))
    await db.close()
    assert "migrate" in only(await database_answers(settings), "fault", "0001", schema.NEWEST).to_do
    await schema.migrate(settings.database)
    only(await database_answers(settings), "ok")
    await carry_out(settings, "update alembic_version set version_num = '9999'")
    assert "migrate" not in only(await database_answers(settings), "fault", "9999").to_do


async def test_a_server_without_tables_or_without_the_database_is_a_fault(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    empty = with_driver(postgres.database())
    only(await database_answers(settings_for(tmp_path, 1, database_url=empty)), "fault", "no tables yet")
    only(await database_answers(settings_for(tmp_path, 1, database_url=f"{empty}_not")), "fault", "no database of that")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f"postgresql://you@127.0.0.1:{free_port()}/name", "connection refused"),
        ("postgresql://you@nowhere.invalid/name", "nobody knows its name"),
        ("postgresql://you@127.0.0.1:1/name?ssl=nonsense", "a parameter"),
    ],
)
async def test_a_server_that_is_not_there_is_a_fault(url: str, why: str, tmp_path: Path) -> None:
    only(await database_answers(settings_for(tmp_path, 1, database_url=url)), "fault", why)


async def test_no_file_yet_is_no_fault_and_a_broken_one_is(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, 1)
    only(await database_answers(settings), "notice", "none yet")
    only(await sqlite_may_write(settings), "ok")
    assert not names_in(tmp_path)
    (tmp_path / "cancerconnect.db").write_bytes(b"no database at all, however long one looks " * 100)
    only(await database_answers(settings), "fault", "not a database")


# Its file


async def test_a_file_for_its_owner_alone_is_fine_and_one_for_others_worth_a_look(folder: Path, migrated: Path) -> None:
    file = put(migrated, folder)
    settings = settings_for(folder, 1)
    only(await sqlite_may_write(settings), "ok")
    for path, mode in ((folder, 0o755), (file, 0o644)):
        allow(path, mode)
    only(await sqlite_may_write(settings), "notice", "other accounts")
    allow(folder, 0o700)
    only(await sqlite_may_write(settings), "ok")


async def test_a_folder_that_cannot_be_written_is_a_fault(folder: Path, migrated: Path) -> None:
    allow(put(migrated, folder), 0o666)
    settings = settings_for(folder, 1)
    for mode, state in ((0o555, "fault"), (0o777, "notice")):
        allow(folder, mode)
        with as_nobody():
            only(await sqlite_may_write(settings), state)
    with as_nobody():
        only(await mail_leaves(settings), "ok")
    allow(folder, 0o555)
    with as_nobody():
        only(await mail_leaves(settings), "fault", "permission denied")
    assert names_in(folder) == ["cancerconnect.db"], "nothing is left behind"


async def test_a_file_that_cannot_be_written_or_reached_is_a_fault(folder: Path, migrated: Path) -> None:
    file = put(migrated, folder)
    settings = settings_for(folder, 1)
    allow(folder, 0o777)
    allow(file, 0o444)
    with as_nobody():
        only(await sqlite_may_write(settings), "fault", "permission denied")
    allow(folder, 0o000)
    with as_nobody():
        only(await database_answers(settings), "fault", "permission denied")


# The keys


async def sealed(settings: Settings, name: str, *keys: str) -> None:
    """A member whose address is sealed with the first of these."""
    db = Database(settings.database)
    async with db.write() as connection:
        new = NewMember(name, f"{name}@example.org", None)
        await members.add(connection, Keyring(keys), new, datetime(2026, 3, 2, tzinfo=UTC))
    await db.close()


def with_keys(settings: Settings, *keys: str) -> Settings:
    return settings.model_copy(update={"secret_keys": keys})


async def test_keys_that_open_what_is_sealed_are_fine_and_others_a_fault(settings: Settings) -> None:
    only(await keys_open(with_keys(settings, OTHER)), "ok", "nothing is sealed")
    await sealed(settings, "alice", SECRET)
    only(await keys_open(with_keys(settings, SECRET)), "ok")
    only(await keys_open(with_keys(settings, OTHER)), "fault", "1 of 1")
    only(await keys_open(with_keys(settings, OTHER, SECRET)), "ok", "Keys: 2")
    await sealed(settings, "ben", OTHER)
    await sealed(settings, "mike", OTHER)
    only(await keys_open(with_keys(settings, OTHER)), "fault", "1 of 3")
    only(await keys_open(with_keys(settings, SECRET)), "fault", "2 of 3")
    only(await keys_open(with_keys(settings, SECRET, OTHER)), "ok", "of 3 in all")


async def test_an_address_that_was_changed_or_moved_does_not_open(settings: Settings) -> None:
    await sealed(settings, "alice", SECRET)
    await carry_out(settings, "update member set id = 'moved'")
    only(await keys_open(settings), "fault", "1 of 1")
    await carry_out(settings, "update member set email_sealed = 'nonsense'")
    only(await keys_open(settings), "fault", "1 of 1")


async def test_kept_keys_are_looked_at_like_given_ones(migrated: Path, tmp_path: Path) -> None:
    put(migrated, tmp_path)
    settings = settings_for(tmp_path, 1, secret_keys=())
    only(await keys_open(settings), "notice", "none yet")
    file = tmp_path / "secret-keys"
    assert not file.exists()
    [key] = kept_keys(tmp_path)
    await sealed(settings, "alice", key)
    only(await keys_open(settings), "ok", "of 1 in all")
    allow(file, 0o644)
    only(await keys_open(settings), "fault", "Other accounts")
    file.unlink()
    only(await keys_open(settings), "fault", "there is no key")


@pytest.mark.parametrize(("key", "state"), [("tooBrief", "fault"), ("ab" * 20, "notice"), (OTHER, "ok")])
async def test_a_key_is_long_and_hard_to_guess(migrated: Path, tmp_path: Path, key: str, state: str) -> None:
    put(migrated, tmp_path)
    (tmp_path / "secret-keys").write_text(key + "\n")
    (tmp_path / "secret-keys").chmod(0o600)
    assert key not in str(only(await keys_open(settings_for(tmp_path, 1, secret_keys=())), state))


async def test_without_a_database_only_the_keys_themselves_are_looked_at(tmp_path: Path) -> None:
    only(await keys_open(settings_for(tmp_path, 1)), "notice", "cannot be tried")


# Jobs


async def job(settings: Settings, name: str, due: datetime, **values: object) -> None:
    row = {"id": name, "kind": "letter", "payload": "{}", "created_at": due, "due_at": due, "attempts": 1, **values}
    db = Database(settings.database)
    async with db.write() as connection:
        await connection.execute(insert(Job).values(**row))
    await db.close()


async def test_jobs_that_were_given_up_are_a_fault_until_they_are_tried_again(
    settings: Settings, clock: SetClock
) -> None:
    now = clock.now()
    await job(settings, "done", now, done_at=now)
    await job(settings, "waiting", now + timedelta(hours=1))
    only(await jobs_are_done(settings, clock), "ok")
    for name in ("one", "two"):
        await job(settings, name, now, failed_at=now, error="The mail server did not take alice@example.org")
    finding = only(await jobs_are_done(settings, clock), "fault", "2 letter")
    assert "alice" not in str(finding)
    again = finding.to_do.partition("once more: ")[2].partition(";")[0]
    await carry_out(settings, again)
    only(await jobs_are_done(settings, clock), "ok")


async def test_jobs_that_nobody_takes_up_are_told(settings: Settings, clock: SetClock) -> None:
    due = clock.now()
    await job(settings, "waiting", due)
    await job(settings, "worked on", due, leased_until=due + timedelta(hours=1))
    only(await jobs_are_done(settings, clock), "ok")
    clock.go(minutes=11)
    finding = only(await jobs_are_done(settings, clock), "notice" if settings.on_sqlite else "fault", "1 letter")
    assert ("serve" if settings.on_sqlite else "worker") in finding.to_do


# The clock


async def test_a_clock_that_is_right_is_fine(settings: Settings) -> None:
    only(await clocks_agree(settings, SystemClock()), "ok", "UTC")


@pytest.mark.parametrize(("apart", "word"), [(timedelta(hours=1), "behind"), (timedelta(hours=-1), "ahead of")])
async def test_a_clock_that_differs_from_the_databases_is_a_fault(
    template: Template, tmp_path: Path, apart: timedelta, word: str
) -> None:
    settings = settings_for(tmp_path, 1, database_url=await template.copy())
    clock = SetClock(SystemClock().now() + apart)
    only(await clocks_agree(settings, clock), "fault", word, "1:00:00")


async def test_a_clock_that_has_gone_back_behind_what_is_stored_is_a_fault(
    migrated: Path, tmp_path: Path, clock: SetClock
) -> None:
    put(migrated, tmp_path)
    settings = settings_for(tmp_path, 1)
    db = Database(settings.database)
    async with db.write() as connection:
        who = await members.add(connection, Keyring([SECRET]), NewMember("alice", "a@example.org", None), clock.now())
        await sessions.begin(connection, who.id, "a test", clock.now())
    await db.close()
    only(await clocks_agree(settings, clock), "ok")
    clock.go(days=-1)
    only(await clocks_agree(settings, clock), "fault", "1 day")

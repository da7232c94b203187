"""The command line as an operator uses it: exit codes, one clear line, no traceback."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import Misconfigured
from app.ops import people, preparing
from tests.servers import REPOSITORY
from tests.site import SECRET, settings_for

PASSWORD = b"a long walk in the rain\n"
ADD = ("members", "add", "--name", "Nina", "--email", "nina@example.org", "--password-stdin")


class Shell:
    """Runs commands with settings of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = {"DATA_DIR": str(folder), "SECRET_KEYS": SECRET, "PATH": os.environ["PATH"], "COLUMNS": "200"}

    def run(self, *arguments: str | bytes, given: bytes = b"", **settings: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "app", *arguments], check=False, capture_output=True, cwd=REPOSITORY, timeout=60,
            env={**self.settings, **settings}, input=given,
        )  # fmt: skip

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.folder / "cancerconnect.db")) as connection:
            return connection.execute(query).fetchall()


def failed(done: subprocess.CompletedProcess[bytes]) -> str:
    """The one line of a command that failed."""
    told = done.stderr.decode()
    assert done.returncode == 1, told
    assert "Traceback" not in told
    [line] = told.splitlines()
    return line


@pytest.fixture
def shell(tmp_path: Path, migrated: Path) -> Shell:
    (tmp_path / "cancerconnect.db").write_bytes(migrated.read_bytes())
    return Shell(tmp_path)


def test_a_member_is_added_verified_and_has_joined(shell: Shell) -> None:
    done = shell.run(*ADD, "--room", "breast", "--room", "lounge", given=PASSWORD)
    assert (done.returncode, done.stderr) == (0, b"")
    [(name, role, verified)] = shell.rows("select name, role, verified_at from member")
    assert (name, role) == ("Nina", "member")
    assert verified is not None
    joined = "select slug, role from membership join room on room.id = room_id order by slug"
    assert shell.rows(joined) == [("breast", "member"), ("lounge", "member")]


def test_a_facilitator_is_one_of_the_rooms_named_or_of_all(shell: Shell) -> None:
    with ThreadPoolExecutor(2) as at_once:
        of_one = at_once.submit(shell.run, *ADD, "--role", "facilitator", "--room", "breast", given=PASSWORD)
        other = ("members", "add", "--name", "Fay", "--email", "fay@example.org", "--password-stdin")
        of_all = at_once.submit(shell.run, *other, "--role", "facilitator", given=PASSWORD)
    assert (of_one.result().returncode, of_all.result().returncode) == (0, 0)
    assert shell.rows("select name, role from member order by name") == [("Fay", "facilitator"), ("Nina", "member")]
    assert shell.rows("select role from membership") == [("facilitator",)]


REFUSALS: list[tuple[dict[str, Any], str]] = [
    ({"password": "short"}, "The password needs 12 to 1024 bytes"),
    ({"password": ""}, "The password needs 12 to 1024 bytes"),
    ({"password": "x" * 1025}, "The password needs 12 to 1024 bytes"),
    ({"password": "\udcff" * 20}, "The password is not UTF-8"),
    ({"rooms": ("nowhere",)}, "--room nowhere"),
    ({"name": " "}, "--name"),
    ({"name": "n" * 41}, "--name"),
    ({"name": "\udcff\udcfe"}, "--name is not UTF-8"),
    ({"email": "nina"}, "--email"),
    ({"email": "\udcff@example.org"}, "--email is not UTF-8"),
    ({"name": "TAKEN"}, "--name: somebody has this already"),
    ({"email": "Taken@example.org"}, "--email: somebody has this already"),
]


def test_a_member_who_cannot_be_is_refused(shell: Shell) -> None:
    settings = settings_for(shell.folder, 1)
    nina = people.NewPerson("Nina", "nina@example.org", PASSWORD.decode().strip(), "member", ())
    asyncio.run(people.add(settings, replace(nina, name="Taken", email="taken@example.org")))
    for changes, why in REFUSALS:
        with pytest.raises(Misconfigured, match=why):
            asyncio.run(people.add(settings, replace(nina, **changes)))
    assert shell.rows("select name from member") == [("Taken",)]


def test_a_refused_member_is_told_in_one_line(shell: Shell) -> None:
    assert "The password is not UTF-8" in failed(shell.run(*ADD, given=b"\xff" * 20 + b"\n"))
    assert "--name is not UTF-8" in failed(shell.run(*ADD, "--name", b"\xff\xfe", given=PASSWORD))


USAGE: list[tuple[str, ...]] = [
    ("members", "add", "--name", "Nina", "--email", "nina@example.org"),
    (*ADD, "--role", "owner"),
    ("members", "sessions", "--count", "0", "--room", "breast", "--out", "x"),
    ("serve", "--port", "70000"),
    ("nonsense",),
]


def test_bad_usage_exits_with_2_and_help_with_0(shell: Shell) -> None:
    helps = [("--help",), ("serve", "--help"), ("members", "add", "--help"), ("rules", "judge", "--help")]
    with ThreadPoolExecutor(2) as at_once:
        wrong = list(at_once.map(lambda each: shell.run(*each, given=PASSWORD), USAGE))
        right = list(at_once.map(lambda each: shell.run(*each), helps))
    for usage, done in zip(USAGE, wrong, strict=True):
        assert done.returncode == 2, usage
        assert b"Traceback" not in done.stderr
    assert [done.returncode for done in right] == [0, 0, 0, 0]


def test_pretend_sessions_need_development_and_sign_their_members_in(shell: Shell) -> None:
    out = shell.folder / "cookies"
    command = ("members", "sessions", "--count", "3", "--room", "breast", "--out", str(out))
    assert "DEVELOPMENT=1" in failed(shell.run(*command))
    assert not out.exists()
    assert shell.run(*command, DEVELOPMENT="1").returncode == 0
    lines = out.read_text().splitlines()
    assert len(set(lines)) == 3
    assert all(line.startswith("session=") and len(line) == 51 for line in lines)
    assert shell.rows("select count(*), min(pretended) from member") == [(3, 1)]
    assert shell.rows("select count(*) from membership") == [(3,)]
    nowhere = (*command[:-1], "/nowhere/at/all")
    assert "/nowhere/at/all" in failed(shell.run(*nowhere, DEVELOPMENT="1"))


def test_ten_lines_are_judged_in_their_order(tmp_path: Path) -> None:
    texts = ["Good morning.", "fuck", "Write to me at alice@example.org please."]
    lines = [json.dumps({"id": number, "text": texts[number % 3]}) for number in range(9)]
    lines.insert(4, "{no json")
    folder = tmp_path / "never made"
    done = Shell(folder).run("rules", "judge", given="\n".join(lines).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [0, 1, 2, 3, None, 4, 5, 6, 7, 8]
    assert set(answers[4]) == {"id", "error"}
    verdicts = [answer["verdict"] for answer in answers if "verdict" in answer]
    assert verdicts == ["allow", "refuse", "nudge"] * 3
    assert all(
        set(answer) == {"id", "verdict", "rules", "care", "spans", "why"} for answer in answers if "why" in answer
    )
    assert not folder.exists()


def test_rooms_are_synced_twice_to_the_same(shell: Shell) -> None:
    rooms = len(list((REPOSITORY / "rooms").glob("[a-z]*.toml")))
    for _ in range(2):
        done = shell.run("rooms", "sync")
        assert (done.returncode, done.stdout.decode()) == (0, f"{rooms} rooms.\n")
    assert shell.rows("select count(*) from room") == [(rooms,)]


FAULTS: list[tuple[tuple[str, ...], dict[str, str], str]] = [
    (("serve", "--workers", "2"), {}, "REDIS_URL"),
    (("serve",), {"PORT": "http"}, "PORT"),
    (("migrate",), {"DATABASE_URL": "sqlite:////proc/none/x.db"}, "DATABASE_URL"),
    (("migrate",), {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "DATABASE_URL"),
    (("worker",), {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "database"),
    (("rules", "judge"), {"DEVELOPMENT": "perhaps"}, "DEVELOPMENT"),
    (("serve", "--host", "192.0.2.1"), {}, "192.0.2.1"),
    (("serve",), {"DATA_DIR": "/dev/null/x", "DATABASE_URL": ""}, ""),
]


def test_what_cannot_start_says_why_in_one_line(shell: Shell) -> None:
    with ThreadPoolExecutor(2) as at_once:
        answers = list(at_once.map(lambda each: shell.run(*each[0], **each[1]), FAULTS))
    for (command, _, why), done in zip(FAULTS, answers, strict=True):
        assert why in failed(done), command


def _prepare(folder: Path, capsys: pytest.CaptureFixture[str], *, demo: bool = False) -> str:
    """What the start prints for a newcomer."""
    asyncio.run(preparing.prepare(settings_for(folder, 1), demo=demo))
    return capsys.readouterr().out


def test_preparing_prints_one_link_until_there_is_somebody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = _prepare(tmp_path, capsys), _prepare(tmp_path, capsys)
    assert "/welcome/" in first
    assert "/welcome/" in second
    assert first != second
    ada = people.NewPerson("Ada", "ada@example.org", "a long walk in the rain", "administrator", ())
    asyncio.run(people.add(settings_for(tmp_path, 1), ada))
    assert "/welcome/" not in _prepare(tmp_path, capsys)
    with pytest.raises(Misconfigured, match="--demo"):
        _prepare(tmp_path, capsys, demo=True)


def test_a_demonstration_says_how_to_sign_in_and_may_be_prepared_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert "rosa@demo.invalid" in _prepare(tmp_path, capsys, demo=True)
    shell = Shell(tmp_path)
    assert shell.rows("select min(pretended) from member") == [(1,)]
    said = "select room.counter, count(*) from room join message on room.id = room_id group by room.id"
    counters = shell.rows(said)
    assert counters
    assert all(counter == count for counter, count in counters)

"""The doctor as an operator calls it: a line a check, what to do, exit codes; no secret, no trace, nothing changed."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.base.errors import Unavailable
from app.ops import doctor
from app.ops.checks.finding import Check, Finding, fault, notice, ok
from app.ops.checks.settings import settings_fit
from tests.servers import REPOSITORY
from tests.site import SECRET, SetClock, free_port, settings_for

pytestmark = pytest.mark.anyio

HIDDEN = "Grevillea7"


def called(folder: Path, **settings: str) -> tuple[int, list[str], str]:
    """Exit code, the lines told, and what came on standard error."""
    known = {"DATA_DIR": str(folder), "SECRET_KEYS": SECRET, "PATH": os.environ["PATH"], "RULES_DISABLED": "encoder"}
    done = subprocess.run(
        [sys.executable, "-m", "app", "doctor"], check=False, capture_output=True, cwd=REPOSITORY, timeout=60,
        env={**known, **settings},
    )  # fmt: skip
    assert b"Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout.decode().splitlines(), done.stderr.decode()


def states(lines: Sequence[str]) -> dict[str, str]:
    """Check -> state, of the lines before the first empty one."""
    first = lines[: lines.index("")] if "" in lines else lines
    return {line[8:24].strip(): line[:8].strip() for line in first}


def names(folder: Path) -> list[str]:
    return [check.name for check in doctor.checks(settings_for(folder, 1), SetClock(), doctor.Premises())]


def test_a_healthy_site_has_a_line_for_each_check_and_exits_with_0(tmp_path: Path, migrated: Path) -> None:
    folder = tmp_path / "ñandú"
    folder.mkdir(mode=0o700)
    (folder / "cancerconnect.db").write_bytes(migrated.read_bytes())
    code, lines, told = called(folder, PYTHONIOENCODING="ascii")  # not even a terminal that knows no ñ is a fault
    assert (code, told) == (0, "")
    assert list(states(lines)) == names(tmp_path)
    assert states(lines) == {**dict.fromkeys(names(tmp_path), "ok"), "encoder": "notice"}
    assert "What to do" not in lines


def test_faults_are_told_with_what_to_do_in_one_more_line_and_without_secrets(tmp_path: Path) -> None:
    place = f"you:{HIDDEN}@127.0.0.1:{free_port()}"
    code, lines, told = called(
        tmp_path, DATABASE_URL=f"postgresql://{place}/name", REDIS_URL=f"redis://{place}/0", SMTP_URL=f"smtp://{place}",
        SECRET_KEYS=HIDDEN * 4, METRICS_TOKEN=HIDDEN,
    )  # fmt: skip
    assert code == 1
    assert told == "cancerconnect: at fault: database, redis, mail.\n"
    assert {name for name, state in states(lines).items() if state == "fault"} == {"database", "redis", "mail"}
    to_do = lines[lines.index("What to do") + 1 :]
    assert [line.split(":")[0].strip() for line in to_do[:3]] == ["database", "redis", "mail"]
    assert HIDDEN not in "\n".join(lines)


@pytest.mark.parametrize(
    ("settings", "at_fault"),
    [
        ({"PORT": "http"}, ["settings"]),
        ({"SECRET_KEYS": HIDDEN}, ["settings"]),
        ({"DATABASE_URL": f"postgresql://you:{HIDDEN}@host:port/name"}, ["database"]),
        ({"DATABASE_URL": f"postgresql://you:{HIDDEN}@127.0.0.1:1/name?nonsense=1"}, ["database"]),
        ({"REDIS_URL": f"redis://you:{HIDDEN}@host:port/0"}, ["redis"]),
        ({"DATA_DIR": "/dev/null/x"}, ["database file", "mail"]),
    ],
)
def test_what_cannot_even_be_understood_is_a_fault_like_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], at_fault: list[str]
) -> None:
    known = {"DATA_DIR": str(tmp_path), "SECRET_KEYS": SECRET, "RULES_DISABLED": "encoder"}
    for name, value in {**known, **settings}.items():
        monkeypatch.setenv(name, value)
    lines: list[str] = []
    assert doctor.examine(lines.append) == at_fault
    assert HIDDEN not in "\n".join(lines)


def test_looking_makes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "never made"
    code, lines, _ = called(folder, SECRET_KEYS="")
    assert code == 0
    assert {name for name, state in states(lines).items() if state == "notice"} >= {"database", "keys", "jobs", "clock"}
    assert not folder.exists()


def test_every_check_is_documented_in_its_order(tmp_path: Path) -> None:
    operating = (REPOSITORY / "docs/operating.md").read_text()
    section = operating.partition("## When something is wrong")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE) == names(tmp_path)


# Settings


@pytest.mark.parametrize(
    ("changes", "state", "word"),
    [
        ({"development": True, "site_url": "https://example.org", "contact_email": "a@b.org"}, "notice", "DEVELOPMENT=1"),
        ({"database_url": "postgresql://h/n", "secret_keys": (), "site_url": "https://example.org",
          "contact_email": "a@b.org", "development": False}, "notice", "SECRET_KEYS"),
        ({"smtp_url": "smtp://localhost", "site_url": "http://localhost"}, "notice", "MAIL_FROM"),
        ({"smtp_url": "smtp://localhost", "mail_from": "Community <us@example.org>"}, "notice", "SITE_URL"),
        ({"host": "0.0.0.0"}, "notice", "SITE_URL"),
        ({"site_url": "https://example.org", "development": False}, "notice", "CONTACT_EMAIL"),
        ({"web_concurrency": 2}, "fault", "WEB_CONCURRENCY"),
    ],
)  # fmt: skip
async def test_what_is_unusual_is_told(tmp_path: Path, changes: dict[str, object], state: str, word: str) -> None:
    [finding] = await settings_fit(settings_for(tmp_path, 1, **changes))
    assert (finding.name, finding.state) == ("settings", state)
    assert word in finding.what
    assert finding.to_do


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"web_concurrency": 2, "redis_url": "redis://localhost"},
        {"site_url": "https://example.org", "development": False, "contact_email": "a@b.org", "host": "0.0.0.0",
         "database_url": "postgresql://h/n", "smtp_url": "smtp://h", "mail_from": "Community <us@example.org>"},
    ],
)  # fmt: skip
async def test_what_is_usual_is_fine(tmp_path: Path, changes: dict[str, object]) -> None:
    [finding] = await settings_fit(settings_for(tmp_path, 1, **changes))
    assert finding.state == "ok"


# The round


def check(name: str, *found: Finding, seconds: float = 5.0, fails: Exception | None = None) -> Check:
    async def look() -> Sequence[Finding]:
        if fails is not None:
            raise fails
        return found

    return Check(name, seconds, look)


async def test_a_check_that_fails_or_hangs_or_must_wait_stops_no_other() -> None:
    async def for_ever() -> Sequence[Finding]:
        await asyncio.Event().wait()
        return []

    found = await doctor.look([
        check("one", fails=KeyError(HIDDEN)),
        Check("two", 0.01, for_ever),
        check("three", fails=Unavailable("There is no database yet.")),
        check("four", ok("four", "Fine.")),
    ])  # fmt: skip
    assert [(each.name, each.state) for each in found] == [
        ("one", "fault"), ("two", "fault"), ("three", "notice"), ("four", "ok")
    ]  # fmt: skip
    assert all(each.to_do for each in found if each.state == "fault")
    assert HIDDEN not in str(found)
    assert "no database yet" in found[2].what


async def test_checks_run_together_and_are_told_in_their_order() -> None:
    meeting = asyncio.Barrier(3)

    def meets(name: str) -> Check:
        async def look() -> Sequence[Finding]:
            await meeting.wait()
            return [ok(name, "Met.")]

        return Check(name, 5.0, look)

    found = await doctor.look([meets("one"), meets("two"), meets("three")])
    assert [each.name for each in found] == ["one", "two", "three"]
    assert {each.state for each in found} == {"ok"}


def test_faults_come_before_notices_in_what_to_do_and_fine_things_not_at_all() -> None:
    found = [ok("a", "Fine."), notice("b", "Odd.", "Look."), notice("c", "Chosen."), fault("d", "Broken.", "Mend.")]
    lines = list(doctor.told(found))
    assert [line.split()[:2] for line in lines[:4]] == [["ok", "a"], ["notice", "b"], ["notice", "c"], ["fault", "d"]]
    assert lines[4:] == ["\nWhat to do", "  d: Mend.", "\nWorth a look", "  b: Look."]

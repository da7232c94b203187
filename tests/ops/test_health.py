"""Alive, ready, figures; and what pages say when something does not answer."""

from __future__ import annotations

import json
from pathlib import Path

import asyncpg
import pytest
import structlog

from app.base.errors import Busy
from app.ops import logs
from tests.base.grounds import Template
from tests.pages.visitors import shielded
from tests.site import Site, running

pytestmark = pytest.mark.anyio


class Switch:
    """Takes a database away from everyone, and gives it back."""

    def __init__(self, url: str) -> None:
        self._server, _, self._name = url.replace("+asyncpg", "").rpartition("/")

    async def off(self) -> None:
        await self._run(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS false")
        await self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self._name}'")

    async def on(self) -> None:
        await self._run(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS true")

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(f"{self._server}/postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


async def test_while_the_database_is_away_the_site_says_so_and_comes_back(template: Template, tmp_path: Path) -> None:
    url = await template.copy()
    switch = Switch(url)
    async with running(tmp_path, database_url=url) as site, site.browser() as client:
        assert (await client.get("/readyz")).json() == {"ready": True}
        assert (await client.get("/rooms/breast")).status_code == 200
        await switch.off()
        ready = await client.get("/readyz")
        assert (ready.status_code, ready.json()) == (503, {"ready": False, "fault": "database"})
        assert ready.headers["retry-after"]
        assert (await client.get("/healthz")).status_code == 200
        for path in ("/rooms/breast", "/rooms/breast/messages", "/verify/x"):
            answer = await client.get(path)
            assert answer.status_code == 503
            assert answer.headers["retry-after"] == "5"
            assert "Nothing is lost" in answer.text
            assert shielded(answer)
        await switch.on()
        assert (await client.get("/readyz")).json() == {"ready": True}
        assert (await client.get("/rooms/breast")).status_code == 200


async def test_a_full_queue_says_when_to_come_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_: object) -> bool:
        raise Busy("Many people are signing in just now.", retry_after=2)

    monkeypatch.setattr("app.base.passwords.Passwords.matches", full)
    async with site.browser() as client:
        answer = await client.post("/sign-in", data={"email": "a@example.org", "password": "x"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert "Many people are signing in" in answer.text


async def test_a_fault_of_ours_is_told_without_its_trace_and_with_all_headers(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> object:
        raise RuntimeError("a secret of the house")

    async with site.browser() as client:
        assert (await client.get("/rooms/breast")).status_code == 200
        monkeypatch.setattr("app.community.messages.page", broken)
        answer = await client.get("/rooms/breast")
        assert answer.status_code == 500
        assert "it is not your fault" in answer.text
        assert "secret" not in answer.text
        assert shielded(answer)
        monkeypatch.undo()
        assert (await client.get("/rooms/breast")).status_code == 200


async def test_figures_are_for_this_machine_alone_unless_a_token_was_set(site: Site) -> None:
    async with site.browser() as client:
        assert "cancerconnect_connections 0.0" in (await client.get("/metrics")).text
        assert (await client.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"})).status_code == 403
    alice = await site.person("alice", "breast")
    async with site.socket(alice), site.browser() as client:
        assert "cancerconnect_connections 1.0" in (await client.get("/metrics")).text


async def test_with_a_token_figures_are_for_those_who_know_it(migrated: Path, tmp_path: Path) -> None:
    async with running(tmp_path, migrated, metrics_token="a token") as site, site.browser() as client:
        for given in ({}, {"authorization": "Bearer wrong"}, {"authorization": ""}):
            assert (await client.get("/metrics", headers=given)).status_code == 403
        right = await client.get("/metrics", headers={"authorization": "Bearer a token"})
        assert right.status_code == 200
        assert "cancerconnect_connections" in right.text


def test_the_journal_is_one_json_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:

    before = structlog.get_config()
    logs.configure(development=False)
    structlog.get_logger("test").warning("something.happened", number=1)
    structlog.configure(**before)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["level"], line["number"]) == ("something.happened", "warning", 1)
    assert line["timestamp"].endswith("Z")

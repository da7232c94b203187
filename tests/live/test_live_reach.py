"""Where authority, pace and number of sockets end."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from app.conduct.audit import AuditEntry
from app.live import hub
from tests.live.cast import Cast, fresh
from tests.site import Site, running

pytestmark = pytest.mark.anyio


async def entries(site: Site) -> int:
    async with site.house.db.read() as connection:
        return (await connection.execute(select(func.count(col(AuditEntry.id))))).scalar_one()


async def test_restoring_what_stands_needs_authority_and_leaves_no_audit_entry(
    town: Site, cast: Cast, room: str
) -> None:
    alice, ben, fay = await cast.alice(), await cast.person("ben"), await cast.fay()
    async with town.socket(alice) as hers, town.socket(ben) as his, town.socket(fay) as facilitator:
        seq = (await hers.say(room, fresh("it stands")))["message"]["seq"]
        before = await entries(town)
        refused = await his.ask("message.restore", room=room, seq=seq, reason="let me in")
        assert (refused["type"], refused["code"]) == ("failed", "not-allowed")
        assert (await facilitator.ask("message.restore", room=room, seq=seq))["type"] == "done"
        assert await entries(town) == before
        assert (await facilitator.ask("message.remove", room=room, seq=seq, guideline="respect", reason="hurts"))[
            "type"
        ] == "done"
        assert (await facilitator.ask("message.restore", room=room, seq=seq))["type"] == "done"
        assert await entries(town) == before + 2


async def test_a_facilitator_names_the_guideline_when_she_removes_what_another_said(
    town: Site, cast: Cast, room: str
) -> None:
    async with town.socket(await cast.alice()) as hers, town.socket(await cast.fay()) as facilitator:
        seq = (await hers.say(room, fresh("about this")))["message"]["seq"]
        bare = await facilitator.ask("message.remove", room=room, seq=seq)
        assert (bare["type"], bare["code"]) == ("failed", "not-allowed")
        named = await facilitator.ask("message.remove", room=room, seq=seq, guideline="respect", reason="hurts")
        assert named["type"] == "done"


async def test_a_facilitator_of_all_rooms_cannot_ban_the_facilitator_of_one(town: Site, cast: Cast, room: str) -> None:
    everywhere = await cast.person("olga", role="facilitator")
    fay, mike = await cast.fay(), await cast.person("mike")
    ban = {"room": None, "kind": "ban", "minutes": 5, "guideline": "play-fair", "reason": "for the test"}
    async with town.socket(everywhere) as socket:
        refused = await socket.ask("sanction.issue", member=fay.who.id, **ban)
        assert (refused["type"], refused["code"]) == ("failed", "not-allowed")
        assert (await socket.ask("sanction.issue", member=mike.who.id, **ban))["type"] == "done"


async def test_changing_a_message_has_a_pace_too(migrated: Path, tmp_path: Path) -> None:
    async with running(tmp_path, migrated, pace_burst=3, pace_seconds=600) as site:
        alice = await site.person("alice", "breast")
        async with site.socket(alice) as hers:
            seq = (await hers.say("breast", "How it began."))["message"]["seq"]
            for number in range(3):
                done = await hers.ask("message.edit", room="breast", seq=seq, text=f"How it began, {number}.")
                assert done["type"] == "done"
            refused = await hers.ask("message.edit", room="breast", seq=seq, text="Once more.")
            assert (refused["type"], refused["code"]) == ("failed", "slow")
            assert refused["retry_after"] > 500


async def test_one_member_has_so_many_sockets_and_the_oldest_gives_way(
    migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "SOCKETS", 3)
    async with running(tmp_path, migrated) as site:
        alice = await site.person("alice", "breast")
        async with contextlib.AsyncExitStack() as open_ones:
            oldest, second, *_ = [await open_ones.enter_async_context(site.socket(alice)) for _ in range(4)]
            assert await oldest.closed() == 4408
            assert (await second.join("breast"))["room"] == "breast"

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers import AppServer, PostgresServer
from tests.talkers import Talker, cookies_of, history, talking

pytestmark = pytest.mark.anyio
WRITERS, EACH = 20, 50


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AppServer]:
    settings: dict[str, Any] = {}
    if request.param == "postgresql":
        postgres: PostgresServer = request.getfixturevalue("postgres")
        settings["DATABASE_URL"] = postgres.database()
    with AppServer(tmp_path, migrate=True, **settings) as running:
        yield running


async def test_a_killed_server_has_lost_nothing_that_it_acknowledged(server: AppServer) -> None:
    talkers = [Talker(server.url, cookie, "breast") for cookie in cookies_of(server, WRITERS, "breast")]
    sent = {
        f"{number}-{count}": (talkers[number], f"{number} says {count}")
        for number in range(WRITERS)
        for count in range(EACH)
    }

    async def write(number: int) -> None:
        for count in range(EACH):
            client_id = f"{number}-{count}"
            await talkers[number].send(client_id, sent[client_id][1])
            await asyncio.sleep(random.random() / 100)

    async with talking(talkers):
        writing = [asyncio.create_task(write(number)) for number in range(WRITERS)]
        await talkers[0].until(lambda: sum(len(each.acknowledged) for each in talkers) >= WRITERS * EACH // 3)
        server.process.kill()
        server.process.wait()
        acknowledged = {client_id: seq for each in talkers for client_id, seq in each.acknowledged.items()}
        assert WRITERS * EACH // 3 <= len(acknowledged) < WRITERS * EACH, "it must die in the middle"
        await asyncio.gather(*writing)
        for talker in talkers:
            talker.joined.clear()
        server.restart()

        stored = await history(server.url, talkers[0].cookie, "breast")
        texts = {message["seq"]: message["text"] for message in stored}
        for client_id, seq in acknowledged.items():
            assert texts[seq] == sent[client_id][1]

        for talker in talkers:
            await asyncio.wait_for(talker.joined.wait(), 30)
        for client_id, (talker, text) in sent.items():
            await talker.send(client_id, text)
        for number, talker in enumerate(talkers):
            mine = [f"{number}-{count}" for count in range(EACH)]
            await talker.until(lambda each=talker, wanted=mine: all(one in each.acknowledged for one in wanted))

    stored = await history(server.url, talkers[0].cookie, "breast")
    assert len(stored) == WRITERS * EACH
    assert sorted(message["text"] for message in stored) == sorted(text for _, text in sent.values())
    assert [message["seq"] for message in stored] == list(range(1, WRITERS * EACH + 1))
    for client_id, seq in acknowledged.items():
        assert stored[seq - 1]["text"] == sent[client_id][1], "an acknowledged message keeps its place"

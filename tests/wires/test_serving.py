"""`python -m app serve` as an operator runs it: its signals, its files, its buffers."""

from __future__ import annotations

import asyncio
import signal
import socket
import stat
from pathlib import Path

import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from tests.servers import AppServer, PostgresServer, RedisServer
from tests.talkers import Talker, cookies_of, history, talking

pytestmark = pytest.mark.anyio


async def test_a_told_stop_is_no_failure_and_browsers_are_asked_to_come_back(tmp_path: Path) -> None:
    with AppServer(tmp_path, migrate=True) as server:
        [cookie] = cookies_of(server, 1, "breast")
        address = server.url.replace("http", "ws") + "/live"
        async with connect(
            address, origin=Origin(server.url), additional_headers={"Cookie": cookie}, proxy=None
        ) as wire:
            assert b"welcome" in str(await wire.recv()).encode()
            server.signal(signal.SIGTERM)
            with pytest.raises(ConnectionClosed) as closed:
                await wire.recv()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4499
        assert await asyncio.to_thread(server.process.wait, 20) == 0


async def test_what_lies_in_the_data_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with AppServer(tmp_path, migrate=True, DATA_DIR=str(folder)) as server:
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert any(path.name == "cancerconnect.db" for path in files)
        assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in [folder, *files]} == {0}
        assert server.process.poll() is None


async def test_a_slow_line_gets_a_past_that_is_larger_than_its_outbox(tmp_path: Path) -> None:
    with AppServer(tmp_path, migrate=True) as server:
        writer, reader = (Talker(server.url, cookie, "breast") for cookie in cookies_of(server, 2, "breast"))
        async with talking([writer]):
            for number in range(200):
                await writer.send(f"m{number}", f"{number} " + "é" * 3_900)
            await writer.until(lambda: len(writer.acknowledged) == 200)
        narrow = socket.socket()
        narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
        narrow.connect(("127.0.0.1", server.port))
        narrow.setblocking(False)
        address = server.url.replace("http", "ws") + "/live"
        headers = {"Cookie": reader.cookie}
        async with connect(
            address, sock=narrow, origin=Origin(server.url), additional_headers=headers, proxy=None, max_size=None
        ) as wire:
            assert b"welcome" in str(await wire.recv()).encode()
            await wire.send(msgspec.json.encode({"type": "room.join", "room": "breast", "after": 0}).decode())
            await asyncio.sleep(1.5)  # a phone in a tunnel: longer than any turn of the server's loop
            joined = msgspec.json.decode(await asyncio.wait_for(wire.recv(), 30))
            assert joined["complete"]
            assert len(joined["messages"]) == 200
            await wire.send(
                msgspec.json.encode(
                    {"type": "message.send", "room": "breast", "client_id": "x", "text": "I am still here."}
                ).decode()
            )
            while (frame := msgspec.json.decode(await asyncio.wait_for(wire.recv(), 10)))["type"] != "message.posted":
                pass
            assert frame["client_id"] == "x"


async def test_two_workers_of_one_command_serve_one_conversation(
    tmp_path: Path, postgres: PostgresServer, redis_server: RedisServer
) -> None:
    settings = {"DATABASE_URL": postgres.database(), "REDIS_URL": redis_server.url, "WEB_CONCURRENCY": "2"}
    with AppServer(tmp_path, migrate=True, **settings) as server:
        talkers = [Talker(server.url, cookie, "lung") for cookie in cookies_of(server, 12, "lung")]
        async with talking(talkers):
            for number, talker in enumerate(talkers):
                await talker.send(f"m{number}", f"Hello from number {number}.")
            for talker in talkers:
                await talker.until(lambda each=talker: each.last >= len(talkers))
        stored = await history(server.url, talkers[0].cookie, "lung")
        assert len(stored) == len(talkers)
        assert all([talker.messages[seq] for seq in sorted(talker.messages)] == stored for talker in talkers)

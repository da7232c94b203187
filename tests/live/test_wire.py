"""The wire-level fan-out: what it uses of uvicorn's protocol class, bounded outboxes, credits, sizes and goodbyes."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.live import wire
from app.live.connection import Connection
from app.live.frames_in import Close, FrameIn
from app.live.frames_out import Heartbeat
from app.live.wire import FanoutProtocol
from tests.live.cast import NO_RULES, Cast, fresh, until
from tests.site import Person, Site, running

pytestmark = pytest.mark.anyio
QUICKLY = 6.0


@contextlib.asynccontextmanager
async def raw(site: Site, person: Person) -> AsyncIterator[socket.socket]:
    """A TCP connection that has shaken hands and joined a room, and reads only when asked to."""
    loop = asyncio.get_running_loop()
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        client.setblocking(False)
        await loop.sock_connect(client, ("127.0.0.1", site.house.settings.port))
        key = base64.b64encode(b"sixteen bytes...").decode()
        request = (
            f"GET /live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nOrigin: {site.url}\r\nCookie: {person.cookie}\r\n\r\n"
        )
        await loop.sock_sendall(client, request.encode())
        await read_until(client, b"welcome")
        await loop.sock_sendall(client, masked({"type": "room.join", "room": "breast"}))
        await read_until(client, b"room.joined")
        yield client


async def read_until(client: socket.socket, what: bytes) -> None:
    data = b""
    async with asyncio.timeout(QUICKLY):
        while what not in data:
            received = await asyncio.get_running_loop().sock_recv(client, 4_096)
            assert received, "the other side has gone"
            data += received


def masked(body: dict[str, Any]) -> bytes:
    """A browser's short text frame (with a mask of zeros, which changes nothing)."""
    data = msgspec.json.encode(body)
    return bytes((0x81, 0x80 | 126)) + len(data).to_bytes(2, "big") + bytes(4) + data


def connection_of(site: Site, person: Person) -> Connection:
    (connection,) = [each for each in site.house.hub.connections if each.member_id == person.who.id]
    return connection


async def test_a_reader_that_reads_no_more_delays_nobody_and_is_cut_and_catches_up(
    migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "GRACE_SECONDS", 0.2)
    monkeypatch.setattr(wire, "OUTBOX_LIMIT", 32 * 1024)
    async with running(tmp_path, migrated, rules_disabled=NO_RULES) as site:
        mike = await site.person("mike", "breast")
        async with (
            site.socket(await site.person("alice", "breast")) as hers,
            site.socket(await site.person("ben", "breast")) as his,
            raw(site, mike) as stuck,
        ):
            await hers.join("breast")
            after = (await his.join("breast"))["last"]
            slow = connection_of(site, mike)
            slow.wire._protocol.transport.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096
            )
            for number in range(40):
                posted = await hers.say("breast", f"{number} " + "😀" * 3_000)
                assert (await his.expect("message.posted"))["message"] == posted["message"]
            assert slow.dismissed, "its outbox is full"
            async with asyncio.timeout(QUICKLY):
                await dropped(stuck)
            await until(lambda: slow not in site.house.hub.connections)
            async with site.socket(mike) as back:
                assert len((await back.join("breast", after=after))["messages"]) == 40


async def dropped(client: socket.socket) -> None:
    """Read what is left until the other side is gone."""
    with contextlib.suppress(ConnectionResetError):
        while await asyncio.get_running_loop().sock_recv(client, 65_536):
            pass


async def test_a_reader_that_only_pauses_within_its_outbox_is_not_cut(town: Site, cast: Cast, room: str) -> None:
    ben = await cast.ben()
    async with town.socket(await cast.alice()) as hers, town.socket(ben) as his:
        await his.join(room)
        for number in range(20):
            await hers.say(room, fresh(f"n {number}"))
        for _ in range(20):
            await his.expect("message.posted")
        assert not connection_of(town, ben).dismissed


async def test_too_many_frames_close_the_socket_before_they_are_parsed(migrated: Path, tmp_path: Path) -> None:
    async with running(tmp_path, migrated, frame_burst=5, frame_seconds=60.0) as site:
        alice, ben = await site.person("alice", "breast"), await site.person("ben", "breast")
        async with site.socket(alice) as hers, site.socket(alice) as tab, site.socket(ben) as his:
            for _ in range(5):
                assert (await hers.ask("room.leave", room="breast"))["type"] == "done"
            await hers.wire.send("this is not even JSON")
            assert await hers.closed() == 4429
            for socket_ in (tab, his):
                assert (await socket_.say("breast", fresh("hello")))["type"] == "message.posted", "each has its own"


async def test_after_a_while_a_connection_may_say_more(migrated: Path, tmp_path: Path) -> None:
    async with (
        running(tmp_path, migrated, frame_burst=1, frame_seconds=0.001) as site,
        site.socket(await site.person("alice", "breast")) as hers,
    ):
        for _ in range(5):
            now = asyncio.get_running_loop().time()
            await until(lambda now=now: asyncio.get_running_loop().time() > now + 0.001)  # type: ignore[misc]
            assert (await hers.ask("room.leave", room="breast"))["type"] == "done"


async def test_a_frame_has_at_most_64_kib(town: Site, cast: Cast, room: str) -> None:
    body = msgspec.json.encode({"type": "message.send", "room": room, "client_id": "big", "text": fresh("big")})
    async with town.socket(await cast.alice()) as hers:
        await hers.wire.send((body + b" " * (64 * 1024 - len(body))).decode())
        assert (await hers.expect("message.posted"))["client_id"] == "big"
        await hers.wire.send((body + b" " * (64 * 1024 - len(body) + 1)).decode())
        assert await hers.closed() == 1009


async def test_a_frame_in_pieces_is_one_frame_and_has_no_more(town: Site, cast: Cast, room: str) -> None:
    body = msgspec.json.encode({"type": "room.leave", "room": room, "client_id": "pieces"}).decode()
    async with town.socket(await cast.alice()) as hers:
        await hers.wire.send([body[:5], body[5:9], body[9:]])
        assert (await hers.expect("done"))["client_id"] == "pieces"
        await hers.wire.send([" " * 40_000, " " * 40_000])
        assert await hers.closed() == 1009


async def test_a_process_that_goes_sends_its_browsers_elsewhere(migrated: Path, tmp_path: Path) -> None:
    async with contextlib.AsyncExitStack() as stack:
        async with running(tmp_path, migrated) as site:
            hers = await stack.enter_async_context(site.socket(await site.person("alice", "breast")))
            await hers.join("breast")
        assert await hers.closed() == 4499


async def test_who_comes_while_the_process_is_going_is_sent_elsewhere(migrated: Path, tmp_path: Path) -> None:
    async with running(tmp_path, migrated) as site:
        alice = await site.person("alice", "breast")
        site.house.live.closing = True
        async with site.raw_socket(alice) as his:
            await his.wait_closed()
            assert his.close_code == 4499


async def test_nothing_is_written_or_closed_twice_after_the_browser_s_own_goodbye(
    town: Site, cast: Cast, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the very moment between the browser's goodbye and the end of the connection, too."""
    alice = await cast.alice()
    handle_close, closed = FanoutProtocol.handle_close, list[str]()

    def and_then(protocol: FanoutProtocol, event: Any) -> None:
        handle_close(protocol, event)
        assert protocol.wire is not None
        protocol.wire.write(b"\x81\x02{}")
        protocol.wire.close(Close.BANNED, "banned")
        protocol.shutdown()
        closed.append("nothing went wrong")

    monkeypatch.setattr(FanoutProtocol, "handle_close", and_then)
    async with town.socket(alice) as hers:
        await hers.join(room)
        connection = connection_of(town, alice)
        await hers.wire.close(1000)
        assert hers.wire.close_code == 1000
    assert closed == ["nothing went wrong"]
    await until(lambda: connection not in town.house.hub.connections)
    connection.send(Heartbeat(rooms={}, epoch="e"))
    connection.close(Close.BANNED)
    town.house.hub.discard(connection)


class Interrupting:
    """The handlers of a site; after the first message of a member they close her socket, as a sanction would."""

    def __init__(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        self.inner, self.handled = site.house.live._handlers, list[str]()
        monkeypatch.setattr(site.house.live, "_handlers", self)

    async def handle(self, connection: Connection, frame: FrameIn) -> None:
        await self.inner.handle(connection, frame)
        self.handled.append(type(frame).__name__)
        connection.close(Close.SIGNED_OUT)


async def test_what_still_waits_when_a_socket_is_closed_from_here_is_not_carried_out(
    town: Site, cast: Cast, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await cast.alice()
    async with town.socket(await cast.ben()) as his, town.socket(alice) as hers:
        connection = connection_of(town, alice)
        last = (await his.join(room))["last"]
        handlers = Interrupting(town, monkeypatch)
        frames = [
            masked({"type": "message.send", "room": room, "client_id": f"c{n}", "text": f"n {n}"}) for n in range(3)
        ]
        hers.wire.transport.write(b"".join(frames))
        assert await hers.closed() == 4501
        await until(lambda: connection not in town.house.hub.connections)
        monkeypatch.undo()
        assert handlers.handled == ["MessageSend"]
        assert (await his.join(room))["last"] == last + 1


async def test_what_a_browser_sent_before_its_own_goodbye_is_carried_out(town: Site, cast: Cast, room: str) -> None:
    async with town.socket(await cast.ben()) as his, town.socket(await cast.alice()) as hers:
        await his.join(room)
        for number in range(3):
            await hers.send("message.send", room=room, client_id=f"c{number}", text=f"n {number}")
        await hers.wire.close()
        for number in range(3):
            assert (await his.expect("message.posted"))["message"]["text"] == f"n {number}"


async def test_a_flood_after_our_goodbye_ends_the_connection(
    town: Site, cast: Cast, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "OUTBOX_LIMIT", 16)
    alice = await cast.alice()
    async with raw(town, alice) as client:
        connection = connection_of(town, alice)
        connection.close(Close.SIGNED_OUT)
        assert connection.dismissed
        await asyncio.get_running_loop().sock_sendall(client, masked({"type": "room.leave", "room": room}))
        async with asyncio.timeout(QUICKLY / 2):
            await dropped(client)

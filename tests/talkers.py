"""Members who talk to a server process and keep what they saw: what a browser does, without the browser."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin

from tests.servers import AppServer

PATIENCE = 60.0


def cookies_of(server: AppServer, count: int, *rooms: str) -> list[str]:
    """Pretend members who have joined these rooms."""
    out = server.folder / "cookies.txt"
    wanted = [part for room in rooms for part in ("--room", room)]
    server.command("members", "sessions", "--count", str(count), *wanted, "--out", str(out))
    return Path(out).read_text().splitlines()


@dataclass
class Talker:
    """One member with one socket to one server; comes back after every cut and catches up."""

    url: str
    cookie: str
    room: str
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    """The versions of live frames, as they came, since the last joining."""
    doubles: list[int] = field(default_factory=list)
    acknowledged: dict[str, int] = field(default_factory=dict)
    refused: list[dict[str, Any]] = field(default_factory=list)
    last: int = 0
    epoch: str | None = None
    joins: int = 0
    joined: asyncio.Event = field(default_factory=asyncio.Event)
    wire: ClientConnection | None = None
    moved: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def run(self) -> None:
        """Stay connected for ever; to be cancelled."""
        while True:
            with contextlib.suppress(OSError, InvalidHandshake, ConnectionClosed, TimeoutError):
                await self._stay()
            self.wire = None
            self.joined.clear()
            await asyncio.sleep(0.1)

    async def send(self, client_id: str, text: str) -> None:
        """Say it; whether it arrived is told by `acknowledged`."""
        if self.wire is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._send("message.send", room=self.room, client_id=client_id, text=text)

    async def until(self, done: Any) -> None:
        """Wait until `done()`, asked whenever a frame came."""
        async with asyncio.timeout(PATIENCE), self.moved:
            await self.moved.wait_for(done)

    async def _stay(self) -> None:
        address = self.url.replace("http", "ws") + "/live"
        headers = {"Cookie": self.cookie}
        async with connect(
            address, origin=Origin(self.url), additional_headers=headers, proxy=None, max_size=None, open_timeout=5
        ) as self.wire:
            known = {"after": self.last, "epoch": self.epoch} if self.epoch is not None else {}
            await self._send("room.join", room=self.room, **known)
            async for body in self.wire:
                await self._take(msgspec.json.decode(body))

    async def _send(self, kind: str, **fields: Any) -> None:
        assert self.wire is not None
        await self.wire.send(msgspec.json.encode({"type": kind, **fields}).decode())

    async def _take(self, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "room.joined":
                self._joined(frame)
            case "message.posted" | "message.changed":
                self._changed(frame)
            case "heartbeat":
                if frame["rooms"].get(self.room, 0) > self.last:
                    await self._send("room.join", room=self.room, after=self.last, epoch=self.epoch)
            case "failed" | "message.refused" | "message.nudged":
                self.refused.append(frame)
        async with self.moved:
            self.moved.notify_all()

    def _joined(self, frame: dict[str, Any]) -> None:
        if not frame["complete"]:
            self.messages.clear()
        for message in frame["messages"]:
            self._upsert(message)
        self.last, self.epoch = frame["last"], frame["epoch"]
        self.order.clear()
        self.joins += 1
        self.joined.set()

    def _changed(self, frame: dict[str, Any]) -> None:
        message = frame["message"]
        if "client_id" in frame:
            self.acknowledged[frame["client_id"]] = message["seq"]
        if message["version"] <= self.last and "client_id" not in frame:
            self.doubles.append(message["version"])
        self.order.append(message["version"])
        self._upsert(message)
        self.last = max(self.last, message["version"])

    def _upsert(self, message: dict[str, Any]) -> None:
        known = self.messages.get(message["seq"])
        if known is None or known["version"] < message["version"]:
            self.messages[message["seq"]] = message


@contextlib.asynccontextmanager
async def talking(talkers: list[Talker]) -> Any:
    """All of them connected and joined."""
    async with asyncio.TaskGroup() as tasks:
        running = [tasks.create_task(talker.run()) for talker in talkers]
        async with asyncio.timeout(PATIENCE):
            for talker in talkers:
                await talker.joined.wait()
        try:
            yield
        finally:
            for task in running:
                task.cancel()


async def history(url: str, cookie: str, room: str) -> list[dict[str, Any]]:
    """The whole conversation, read page by page as a fresh reload would."""
    whole: list[dict[str, Any]] = []
    async with httpx2.AsyncClient(base_url=url, headers={"cookie": cookie}, trust_env=False, timeout=30) as client:
        while True:
            after = whole[-1]["seq"] if whole else 0
            answer = await client.get(f"/rooms/{room}/messages", params={"after": after, "limit": 200})
            page = answer.raise_for_status().json()["messages"]
            if not page:
                return whole
            whole += page

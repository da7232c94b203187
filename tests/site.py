"""A whole site for a test: the real application on a real port, in the test's own loop, and people who talk to it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import shutil
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.community import members, memberships, sessions
from app.community.members import NewMember, Who
from app.live.wire import FanoutProtocol
from app.main import House, build, create_app
from app.settings import Settings

WAIT_SECONDS = 10.0
SECRET = "a-secret-key-for-tests-of-enough-characters"


class SetClock:
    """A clock that a test sets; it stands still."""

    def __init__(self, now: datetime = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at

    def go(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Socket:
    """A browser's end of /live."""

    wire: ClientConnection
    welcome: dict[str, Any]
    seen: list[dict[str, Any]] = field(default_factory=list)
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    async def send(self, kind: str, /, **fields: Any) -> None:
        await self.wire.send(msgspec.json.encode({"type": kind, **fields}).decode())

    async def next(self) -> dict[str, Any]:
        """The next frame, whatever it is."""
        async with asyncio.timeout(WAIT_SECONDS):
            frame: dict[str, Any] = msgspec.json.decode(await self.wire.recv())
        self.seen.append(frame)
        return frame

    async def expect(self, kind: str, /, **fields: Any) -> dict[str, Any]:
        """The next frame of this type with these values; others are passed over (and kept in `seen`)."""
        while True:
            frame = await self.next()
            if frame["type"] == kind and all(frame.get(name) == value for name, value in fields.items()):
                return frame

    async def ask(self, kind: str, /, **fields: Any) -> dict[str, Any]:
        """Send a frame and wait for its own answer, known by its `client_id`."""
        client_id = fields.pop("client_id", None) or f"c{next(self._ids)}"
        await self.send(kind, client_id=client_id, **fields)
        while True:
            frame = await self.next()
            if frame.get("client_id") == client_id:
                return frame

    async def join(self, room: str, **fields: Any) -> dict[str, Any]:
        await self.send("room.join", room=room, **fields)
        return await self.expect("room.joined", room=room)

    async def say(self, room: str, text: str, **fields: Any) -> dict[str, Any]:
        return await self.ask("message.send", room=room, text=text, **fields)

    async def closed(self) -> int:
        """Wait for the close; its code."""
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                while True:
                    self.seen.append(msgspec.json.decode(await self.wire.recv()))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd is not None else 1006


@dataclass
class Person:
    """Someone of the cast, signed in."""

    who: Who
    cookie: str


@dataclass
class Site:
    """One running site."""

    house: House
    url: str

    @property
    def origin(self) -> dict[str, str]:
        return {"origin": self.url}

    async def person(self, name: str, *rooms: str, role: str = "member", facilitates: bool = False) -> Person:
        """A member with a session, who has joined these rooms (as their facilitator, if she `facilitates`)."""
        now = self.house.clock.now()
        new = NewMember(name, f"{name}@example.org", None, role=role, verified=True)
        async with self.house.db.write() as connection:
            who = await members.add(connection, self.house.keys, new, now)
            for slug in rooms:
                place = self.house.directory.find(slug)
                assert place is not None
                in_room = "facilitator" if facilitates else "member"
                await memberships.join(connection, who.id, place.id, now, role=in_room)
            token = await sessions.begin(connection, who.id, "a test", now)
        return Person(who, f"session={token}")

    @contextlib.asynccontextmanager
    async def socket(self, person: Person | None, **options: Any) -> AsyncIterator[Socket]:
        """An open socket that was welcomed."""
        async with self.raw_socket(person, **options) as wire:
            frame = msgspec.json.decode(await wire.recv())
            assert frame["type"] == "welcome"
            yield Socket(wire, frame)

    @contextlib.asynccontextmanager
    async def raw_socket(self, person: Person | None, **options: Any) -> AsyncIterator[ClientConnection]:
        headers = {} if person is None else {"Cookie": person.cookie}
        address = self.url.replace("http", "ws") + "/live"
        options.setdefault("origin", self.url)
        async with connect(address, additional_headers=headers, proxy=None, max_size=None, **options) as wire:
            yield wire

    @contextlib.asynccontextmanager
    async def browser(self, person: Person | None = None) -> AsyncIterator[httpx2.AsyncClient]:
        """An HTTP client with the person's cookie and the site's origin."""
        headers = dict(self.origin)
        if person is not None:
            headers["cookie"] = person.cookie
        async with httpx2.AsyncClient(base_url=self.url, headers=headers, trust_env=False) as client:
            yield client


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings_for(folder: Path, port: int, **changes: Any) -> Settings:
    """Settings of a test site: nothing is slowed down that the test is not about, so the encoder is not loaded either."""
    known: dict[str, Any] = {
        "port": port, "data_dir": folder, "secret_keys": SECRET, "pace_burst": 10_000, "frame_burst": 10_000,
        "development": True, "rules_disabled": ("encoder",),
    }  # fmt: skip
    return Settings(**{**known, **changes})


@contextlib.asynccontextmanager
async def running(folder: Path, template: Path | None = None, **changes: Any) -> AsyncIterator[Site]:
    """A site in this very loop. `template`: a migrated SQLite file to begin with."""
    clock = changes.pop("clock", None)
    port = free_port()
    settings = settings_for(folder, port, **changes)
    if template is not None:
        shutil.copy(template, folder / "cancerconnect.db")
    house = build(settings, clock)
    config = uvicorn.Config(
        create_app(settings, house), host="127.0.0.1", port=port, ws=FanoutProtocol, ws_max_size=64 * 1024,
        ws_per_message_deflate=False, log_level="warning", access_log=False, lifespan="on",
        timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    task = asyncio.create_task(server.serve())
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            while not server.started:
                assert not task.done(), "the site did not start"
                await asyncio.sleep(0.005)
        yield Site(house, f"http://localhost:{port}")
    finally:
        server.should_exit = True
        await task

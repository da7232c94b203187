"""Serving: the web processes and the background process.

uvicorn's own supervisor ends with 0 when its workers cannot start; what can be known before is checked here, in the parent,
so that whoever started us sees the failure.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket

import uvicorn
from uvicorn.supervisors import Multiprocess

from app.base import loops
from app.base.clock import SystemClock
from app.base.db import Database
from app.base.errors import Misconfigured
from app.mail.letters import Letters
from app.mail.post import post_for
from app.ops import logs, schema
from app.ops.background import Background
from app.ops.people import keyring
from app.settings import Settings, read

WIRE = "app.live.wire:FanoutProtocol"
FRAME_LIMIT = 64 * 1024
"""Bytes of one frame of a browser; a larger one is closed by the protocol (1009)."""
BACKLOG = 1024
SEND_BUFFER = 256 * 1024
"""What the kernel may keep for one slow reader. Left to itself it keeps megabytes before we learn of it."""
GRACE_SECONDS = 10
UNREAD_MILLISECONDS = 15_000
"""A peer that acknowledges nothing for so long is gone (TCP_USER_TIMEOUT)."""


def serve(given: dict[str, object]) -> int:
    """Serve until told to stop; the exit status. `given`: settings from the command line."""
    settings = read(**given)
    if settings.web_concurrency > 1 and not settings.redis_url:
        raise Misconfigured("More than one web process needs REDIS_URL: they tell each other through Redis.")
    for name, value in given.items():
        os.environ[name.upper()] = str(value)  # what the processes that uvicorn starts will read
    asyncio.run(_ready(settings))
    listener = _listen(settings.host, settings.port)
    config = _config(settings)
    if settings.web_concurrency > 1:
        Multiprocess(config, sockets=[listener]).run()
        return 0
    # uvicorn raises the signal that stopped it once more at its end: being told to stop is not a failure.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    server = uvicorn.Server(config)
    server.run(sockets=[listener])
    return 0 if server.started and not loops.died else 1


async def work(settings: Settings) -> None:
    """The background process: works until told to stop."""
    logs.configure(development=settings.development)
    await _ready(settings)
    db, clock = Database(settings.database), SystemClock()
    letters = Letters(db, keyring(settings), post_for(settings.smtp_url, settings.data_dir), settings.mail_from)
    task = asyncio.create_task(Background(db, clock, letters).run())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return
    finally:
        await db.close()


async def _ready(settings: Settings) -> None:
    """The database answers and has the schema that this code wants. On SQLite it is brought there."""
    if settings.on_sqlite:
        await schema.migrate(settings.database)
    db = Database(settings.database)
    try:
        async with db.read() as connection:
            there = await connection.run_sync(schema.present)
    finally:
        await db.close()
    if there != schema.NEWEST:
        raise Misconfigured("The database has another schema than this version wants. Run: python -m app migrate")


def _config(settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        "app.main:serve_app",
        factory=True,
        workers=settings.web_concurrency,
        ws=WIRE,
        ws_max_size=FRAME_LIMIT,
        ws_per_message_deflate=False,  # costs more than the frames, and lengths would tell
        http="httptools",
        loop="uvloop",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies) or None,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def _listen(host: str, port: int) -> socket.socket:
    """Our own listening socket: what is set on it holds for every connection it accepts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_MILLISECONDS)
    try:
        listener.bind((host, port))
    except OSError as error:
        raise Misconfigured(f"HOST and PORT: {host}:{port} cannot be listened on: {error.strerror}.") from error
    listener.listen(BACKLOG)
    listener.set_inheritable(True)
    return listener

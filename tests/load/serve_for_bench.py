"""A server process for the benchmark: rooms from a folder of its own; batch limit and driver from the command line."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import aiosqlite
import uvicorn

from app import main
from app.base import inlinesqlite
from app.live.wire import FanoutProtocol
from app.ops import schema
from app.settings import read


async def connect_aiosqlite(path: str, **options: Any) -> Any:
    """What the dialect would do by itself: every call in a thread."""
    connection = aiosqlite.connect(path, **options)
    connection._thread.daemon = True
    return await connection


def run(rooms: Path, batch_limit: int, driver: str) -> None:
    """Serve until told to stop. `driver` "aiosqlite": not in the loop's own thread."""
    main.ROOMS = rooms
    if driver == "aiosqlite":
        inlinesqlite.connect = connect_aiosqlite
    sys.setswitchinterval(0.0005)
    settings = read()
    asyncio.run(schema.migrate(settings.database))
    house = main.build(settings, batch_limit=batch_limit)
    config = uvicorn.Config(
        main.create_app(settings, house), host="127.0.0.1", port=settings.port, ws=FanoutProtocol,
        ws_max_size=64 * 1024, ws_per_message_deflate=False, log_level="warning", access_log=False, loop="uvloop",
        http="httptools",
    )  # fmt: skip
    uvicorn.Server(config).run()


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])

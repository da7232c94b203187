"""A server process for the benchmark: rooms from a folder of its own, the writer's batch limit from the command line."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import uvicorn

from app import main
from app.live.wire import FanoutProtocol
from app.ops import schema
from app.settings import read


def run(rooms: Path, batch_limit: int) -> None:
    """Serve until told to stop."""
    main.ROOMS = rooms
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
    run(Path(sys.argv[1]), int(sys.argv[2]))

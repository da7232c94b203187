"""The whole message path under load: 50 rooms of 40 members, one process, SQLite, rules and commit on.

    .venv/bin/python tests/load/bench_chat.py [--rounds 3] [--seconds 8]

Three servers are measured in turn within one run: with group commit, with the writer's batching off, and with group commit
over aiosqlite (each call in a thread) instead of SQLite in the loop's own thread. Each room has one
writer who says the next thing when her last one was acknowledged (closed loop): at once ("full speed": the rate is what the
path carries), or a second later ("calm": the latencies are those of an evening that is not overloaded).
Printed are the median of the rounds and the ratio. The server is pinned to the first core and this driver to the last.
Only two things differ from the shipped settings: the pace of one member is lifted (PACE_SECONDS=0), and `similar-posts` is
off, because one writer says much the same all the time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.load.crowd import measure  # noqa: E402
from tests.servers import wait_for_port  # noqa: E402
from tests.site import SECRET, free_port  # noqa: E402

ROOMS, EACH = 50, 40
SERVERS = {"group commit": (256, "inline"), "batching off": (1, "inline"), "aiosqlite": (256, "aiosqlite")}
"""The writer's batch limit, and the SQLite driver."""
PAUSES = {"full speed": 0.0, "calm": 1.0}
"""Seconds between a writer's messages: none, or so many that fifty writers say about fifty a second."""


def rooms_in(folder: Path) -> list[str]:
    """Fifty rooms, and what all share."""
    shutil.copy(ROOT / "rooms" / "_all.toml", folder / "_all.toml")
    slugs = [f"room-{number:02}" for number in range(1, ROOMS + 1)]
    for position, slug in enumerate(slugs, start=1):
        text = f'name = "Room {position}"\nabout = "A room of the benchmark."\nposition = {position}\nkind = "shared"\n'
        (folder / f"{slug}.toml").write_text(text)
    return slugs


def one_round(server: tuple[int, str], seconds: float, pause: float) -> dict[str, float]:
    """One fresh server, one crowd."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "rooms").mkdir()
        slugs = rooms_in(folder / "rooms")
        environment = {
            **os.environ, "PORT": str(free_port()), "DATA_DIR": str(folder), "SECRET_KEYS": SECRET, "DEVELOPMENT": "1",
            "PACE_SECONDS": "0", "RULES_DISABLED": "similar-posts",
        }  # fmt: skip
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [
            sys.executable,
            str(ROOT / "tests/load/serve_for_bench.py"),
            str(folder / "rooms"),
            *map(str, server),
        ]
        process = subprocess.Popen(command, env={**environment, "PYTHONPATH": str(ROOT)}, cwd=ROOT)
        try:
            os.sched_setaffinity(process.pid, {min(os.sched_getaffinity(0))})
            wait_for_port(int(environment["PORT"]), process)
            cookies = cookies_from(folder, environment, slugs)
            return asyncio.run(measure(int(environment["PORT"]), cookies, slugs, EACH, seconds, pause))
        finally:
            process.terminate()
            process.wait()


def cookies_from(folder: Path, environment: dict[str, str], slugs: list[str]) -> list[str]:
    """Two thousand pretend members, forty for each room, each of whom has joined that room."""
    program = (
        "import asyncio, sys; from pathlib import Path; from app.ops import people; from app.settings import read; "
        "people.ROOMS = Path(sys.argv[1]); s = read(); "
        "[asyncio.run(people.pretend(s, int(sys.argv[2]), (slug,), Path(sys.argv[3]) / slug)) for slug in sys.argv[4:]]"
    )
    command = [sys.executable, "-c", program, str(folder / "rooms"), str(EACH), str(folder), *slugs]
    subprocess.run(command, env=environment, cwd=ROOT, check=True)
    return [cookie for slug in slugs for cookie in (folder / slug).read_text().splitlines()]


def main() -> None:
    """Measure in turn; print each round, the medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8.0)
    given = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    kinds = [(name, speed) for name in SERVERS for speed in PAUSES]
    found: dict[tuple[str, str], list[dict[str, float]]] = {kind: [] for kind in kinds}
    for number in range(given.rounds):
        for name, speed in kinds:
            figures = one_round(SERVERS[name], given.seconds, PAUSES[speed])
            found[name, speed].append(figures)
            tell(f"round {number + 1}", name, speed, figures)
    medians = {
        kind: {key: statistics.median(figures[key] for figures in rounds) for key in rounds[0]}
        for kind, rounds in found.items()
    }
    for (name, speed), figures in medians.items():
        tell(f"median of {given.rounds}", name, speed, figures)
    best, *others = (medians[name, "full speed"]["messages_per_second"] for name in SERVERS)
    for name, other in zip(list(SERVERS)[1:], others, strict=True):
        print(f"group commit in the loop carries {best / other:.2f} times the messages of: {name}")


def tell(what: str, name: str, speed: str, figures: dict[str, float]) -> None:
    """One line of figures."""
    rounded = {key: round(value, 1) for key, value in figures.items()}
    print(json.dumps({"what": what, "server": name, "speed": speed, **rounded}), flush=True)


if __name__ == "__main__":
    main()

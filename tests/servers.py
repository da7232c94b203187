"""Real servers, started by the tests on free ports and stopped by them: Redis, PostgreSQL, and our own processes."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from tests.site import SECRET, free_port

PATIENCE = 30.0
REPOSITORY = Path(__file__).parents[1]


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until something listens there, or the process has ended."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, f"ended with {process.returncode} before it listened"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.01)
    raise TimeoutError(f"nothing listens on {port}")


class _Server:
    """A process that is ended by its own id, whatever a test did to it."""

    process: subprocess.Popen[bytes]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def signal(self, number: int) -> None:
        os.kill(self.process.pid, number)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.signal(signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class RedisServer(_Server):
    """redis-server, without persistence."""

    def __init__(self, folder: Path, port: int = 0, options: tuple[str, ...] = ()) -> None:
        self.port = port or free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([*command, "--dir", str(folder), *options], stdout=subprocess.DEVNULL)
        wait_for_port(self.port, self.process)


class PostgresServer(_Server):
    """PostgreSQL; as root it runs as the user postgres, because it refuses root."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._numbers = itertools.count(1)
        binaries = _postgres_binaries()
        data = folder / "data"
        data.mkdir()
        run: dict[str, object] = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            for path in (data, *_own_parents(data)):
                path.chmod(0o755)
            os.chown(data, account.pw_uid, account.pw_gid)
            data.chmod(0o700)
            run = {"user": "postgres", "group": account.pw_gid, "extra_groups": []}
        init = [str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "-N", "--locale=C.UTF-8"]
        subprocess.run(init, check=True, stdout=subprocess.DEVNULL, cwd="/", **run)  # type: ignore[call-overload]
        options = {
            "listen_addresses": "127.0.0.1", "port": str(self.port), "unix_socket_directories": "", "fsync": "off",
            "full_page_writes": "off", "max_connections": "600",
        }  # fmt: skip
        command = [str(binaries / "postgres"), "-D", str(data)]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        self.process = subprocess.Popen(  # type: ignore[call-overload]
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **run
        )
        wait_for_port(self.port, self.process)

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"test_{next(self._numbers)}"
        until = time.monotonic() + PATIENCE
        # From template0: nobody can be connected to it, and a database that somebody is connected to cannot be copied.
        command = ["createdb", "-T", "template0", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", name]
        while (
            made := subprocess.run(
                [str(_postgres_binaries() / command[0]), *command[1:]], check=False, capture_output=True, text=True
            )
        ).returncode:
            assert time.monotonic() < until, f"PostgreSQL does not answer: {made.stderr}"
            time.sleep(0.05)
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        if self.process.poll() is None:
            self.signal(signal.SIGINT)  # fast shutdown: open connections are ended
            self.process.wait(20)


class AppServer(_Server):
    """`python -m app serve` as an operator would start it."""

    def __init__(self, folder: Path, *, migrate: bool = False, **settings: str) -> None:
        self.port = int(settings.pop("PORT", 0)) or free_port()
        self.folder = folder
        self.url = f"http://localhost:{self.port}"
        self.settings = {
            "PORT": str(self.port), "DATA_DIR": str(folder), "SECRET_KEYS": SECRET, "DEVELOPMENT": "1",
            "PACE_BURST": "100000", "PACE_SECONDS": "0", "FRAME_BURST": "100000", "RULES_DISABLED": "similar-posts",
            **settings,
        }  # fmt: skip
        self.log: IO[bytes] = (folder / f"serve-{self.port}.log").open("ab")
        if migrate:
            self.command("migrate")
        self.process = self._start()

    def restart(self) -> None:
        """Once more, on the same port, after it has ended."""
        assert self.process.poll() is not None
        self.process = self._start()

    def command(self, *arguments: str, text: str = "") -> str:
        """Run another command with the same settings; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "app", *arguments], check=True, capture_output=True, cwd=REPOSITORY,
            env=self._environment(), input=text.encode(),
        )  # fmt: skip
        return done.stdout.decode()

    def stop(self) -> None:
        super().stop()
        self.log.close()

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve"], cwd=REPOSITORY, env=self._environment(), stdout=self.log,
            stderr=self.log,
        )  # fmt: skip
        wait_for_port(self.port, process)
        return process

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**kept, **self.settings}


def _postgres_binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    assert on_path is not None, "PostgreSQL's binaries were not found; bin/test installs them"
    return Path(on_path).parent


def _own_parents(path: Path) -> list[Path]:
    """The folders above, as far as they are ours: pytest makes them for one user only."""
    return [parent for parent in path.parents if parent.stat().st_uid == os.geteuid() and len(parent.parts) > 2]

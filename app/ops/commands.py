"""The command line: `python -m app COMMAND`. Exit 0: done. 2: bad usage. 1: failed, with one clear line.

Most imports stand inside the commands: `rules judge` should not wait for a web server to load.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.base.errors import HouseError
from app.settings import Settings, SettingsError, read

if TYPE_CHECKING:
    from app.base.encoder import Encoder
    from app.rules.book import Book

ROOMS = Path(__file__).parents[2] / "rooms"

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="CancerConnect.")
members = typer.Typer(no_args_is_help=True, help="Members.")
rules = typer.Typer(no_args_is_help=True, help="The rules.")
rooms = typer.Typer(no_args_is_help=True, help="The rooms.")
app.add_typer(members, name="members")
app.add_typer(rules, name="rules")
app.add_typer(rooms, name="rooms")


def main() -> None:
    """Run a command; whatever a person can mend is told in one line."""
    os.umask(0o077)  # what lies in DATA_DIR (database, letters, keys) is for this account's eyes only
    try:
        app()
    except (HouseError, SettingsError, OSError) as error:
        sys.stderr.write(f"cancerconnect: {error}\n")
        sys.exit(1)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Where to listen; default HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Default PORT.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Processes; default WEB_CONCURRENCY.")] = None,
    welcome: Annotated[bool, typer.Option("--welcome", help="Say where it is and how to begin (bin/run).")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Fill an empty database with an invented community.")] = False,
) -> None:
    """Run the web process; on SQLite it also runs the jobs."""
    from app.ops import preparing, serving  # noqa: PLC0415

    given = {"host": host, "port": port, "web_concurrency": workers}
    chosen: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    if welcome or demo:
        _run(preparing.prepare(read(**chosen), demo=demo))
    sys.exit(serving.serve(chosen))


@app.command()
def worker() -> None:
    """Run the background process: letters and retention. Any number may run."""
    from app.ops import serving  # noqa: PLC0415

    _run(serving.work(_settings()))


@app.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from app.ops import schema  # noqa: PLC0415

    _run(schema.migrate(_settings().database))


@app.command()
def doctor() -> None:
    """Look at everything the site stands on, and say what to do about each fault. Changes and sends nothing."""
    from app.ops.doctor import examine  # noqa: PLC0415

    faults = examine(lambda line: typer.echo(line.encode(errors="replace")))
    if faults:
        sys.exit(f"cancerconnect: at fault: {', '.join(faults)}.")


@members.command("add")
def members_add(
    name: Annotated[str, typer.Option(help="What members see.")],
    email: Annotated[str, typer.Option()],
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
    role: Annotated[str, typer.Option(help="member, facilitator or administrator.")] = "member",
    room: Annotated[list[str] | None, typer.Option(help="A room to join; may be given often.")] = None,
) -> None:
    """Make a verified member who has joined these rooms (a facilitator: of these rooms; none named: of all)."""
    from app.ops import people  # noqa: PLC0415

    if not password_stdin:
        raise typer.BadParameter("--password-stdin is needed: a password has no place on a command line.")
    if role not in {"member", "facilitator", "administrator"}:
        raise typer.BadParameter("--role: member, facilitator or administrator.")
    password = sys.stdin.buffer.readline().rstrip(b"\r\n").decode("utf-8", "surrogateescape")
    new = people.NewPerson(name, email, password, role, tuple(room or ()))
    _run(people.add(_settings(), new))


@members.command("sessions")
def members_sessions(
    count: Annotated[int, typer.Option(min=1, max=100_000)],
    room: Annotated[list[str], typer.Option(help="A room they have joined; may be given often.")],
    out: Annotated[Path, typer.Option(help="One Cookie header value a line.")],
) -> None:
    """Make pretend members who are signed in: for load tests and demonstrations. Only with DEVELOPMENT=1."""
    from app.ops import people  # noqa: PLC0415

    _run(people.pretend(_settings(), count, tuple(room), out))


@rules.command("judge")
def rules_judge() -> None:
    """JSON lines in, JSON lines out, through the code that the socket uses. Needs no database."""
    from app.ops.judging import judge_lines  # noqa: PLC0415

    book_for, encoder = _books(), _encoder()
    for line in judge_lines((raw.decode("utf-8", "replace") for raw in sys.stdin.buffer), book_for, encoder):
        sys.stdout.write(line.rstrip("\n") + "\n")
        sys.stdout.flush()


@rules.command("explain")
def rules_explain(
    text: Annotated[str, typer.Argument(help="What somebody might write.")],
    room: Annotated[str, typer.Option(help="The rules of this room; default what all share.")] = "",
) -> None:
    """What folded to what, which rule found and scored what, and what would become of it."""
    from app.ops.measuring import explain  # noqa: PLC0415

    for line in explain(text, _books()(room), _encoder()):
        print(line)


@rules.command("measure")
def rules_measure(
    files: Annotated[list[Path] | None, typer.Argument(help="Labelled messages; default the project's corpus.")] = None,
    light: Annotated[bool, typer.Option("--light", help="Without the sentence encoder.")] = False,
    label: Annotated[
        str | None, typer.Option(help="Lines of other people's data: text, and label 0 or 1 for this one.")
    ] = None,
) -> None:
    """Precision, recall and F1 of each label with intervals, false alarms, and the time a message takes."""
    from app.ops.measuring import measure  # noqa: PLC0415
    from app.ops.training.corpus import CORPUS  # noqa: PLC0415

    for line in measure(files or [CORPUS], _books()(""), None if light else _encoder(), label):
        print(line, flush=True)


@rules.command("train")
def rules_train(
    files: Annotated[list[Path] | None, typer.Argument(help="Labelled messages; default the project's corpus.")] = None,
    mixing: Annotated[bool, typer.Option("--mixing", help="Only put together anew what was trained before.")] = False,
) -> None:
    """Make the weights in app/rules/weights anew from labelled messages (needs `bin/setup --train`; about an hour)."""
    from app.ops.training.corpus import CORPUS  # noqa: PLC0415
    from app.ops.training.making import make  # noqa: PLC0415

    folder = _settings().data_dir / "training"
    make(files or [CORPUS], folder, lambda line: print(line, flush=True), mixing_only=mixing)


def _books() -> Callable[[str], Book]:
    """The book of a room, from the room files alone."""
    from app.community.books import file_book  # noqa: PLC0415
    from app.community.roomfiles import load  # noqa: PLC0415

    settings, files = _settings(), load(ROOMS)
    return lambda slug: file_book(files, slug, settings.rules_off)


def _encoder() -> Encoder | None:
    """Loaded; None, with a line on standard error, where there is none."""
    from app.base.encoder import Encoder  # noqa: PLC0415
    from app.rules.meaning import GRAPH, LABELS  # noqa: PLC0415

    encoder = Encoder(GRAPH, len(LABELS))
    if not _settings().encoder_wanted:
        return None
    if not encoder.load():
        sys.stderr.write(
            f"cancerconnect: the sentence encoder is not there, the light heads judge alone: {encoder.fault}\n"
        )
        return None
    return encoder


@rooms.command("sync")
def rooms_sync() -> None:
    """Bring rooms/*.toml into the database (also done at the start)."""
    from app.ops import people  # noqa: PLC0415

    count = _run(people.sync_rooms(_settings()))
    print(f"{count} rooms.")


def _settings() -> Settings:
    return read()


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)

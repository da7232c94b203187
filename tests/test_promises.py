"""What the documents and the browser side say is what the code does: lists compared, both ways."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
import typer
from starlette.routing import Mount, Route

from app.base.db import Database, pick
from app.community import roomfiles
from app.community.directory import Directory
from app.community.messages import CATCH_UP_LIMIT, NEWEST, PAGE_LIMIT, REACTIONS, TEXT_LIMIT, Author, Removed, View
from app.community.outcomes import Code
from app.community.rooms import Room
from app.live.frames_in import BROWSER_FRAMES, Close
from app.live.frames_out import HEARTBEAT_SECONDS, SERVER_FRAMES, Self
from app.main import create_app
from app.ops import commands
from app.pages.visits import Visits
from app.rules.book import SHIPPED
from app.rules.verdict import GUIDELINES, RULES
from app.settings import RULE_IDS, Settings, read
from tests.site import SetClock

ROOT = Path(__file__).parents[1]
PROTOCOL = (ROOT / "docs/protocol.md").read_text()
OPERATING = (ROOT / "docs/operating.md").read_text()
FLOW = (ROOT / "docs/how-a-message-flows.md").read_text()
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FROM_THE_PROTOCOL_ITSELF = {1007, 1009}


def section(text: str, heading: str) -> str:
    """What stands under a heading (or a line that ends in a colon), up to the next heading of any level."""
    assert heading in text, f"no {heading!r}"
    return re.split(r"^#", text.split(heading, 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def table(text: str, header: str) -> dict[str, list[str]]:
    """The table that begins with `header`: the first cell, without its quotes -> the other cells."""
    lines = text[text.index(f"| {header} |") :].splitlines()
    rows: dict[str, list[str]] = {}
    for line in lines[2:]:
        if not line.startswith("|"):
            break
        first, *others = [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
        key = first.strip(" `")
        assert key not in rows, f"{key} stands there twice"
        rows[key] = others
    return rows


def quoted(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    rows = table(OPERATING, "setting")
    assert set(rows) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        told = rows[name.upper()][0].strip("`")
        if isinstance(field.default, int | float):
            assert told == f"{field.default:g}", name
        elif field.default:
            assert told == str(field.default), name
        assert field.description, name
        for limit in (getattr(each, "ge", None) or getattr(each, "le", None) for each in field.metadata):
            assert limit is None or str(limit) in rows[name.upper()][1], name


@pytest.mark.parametrize("name", BROWSER_FRAMES)
def test_every_frame_of_a_browser_is_documented_with_its_fields(name: str) -> None:
    fields = set(BROWSER_FRAMES[name].__struct_fields__)
    told = quoted(table(section(PROTOCOL, "### Browser to server"), "type")[name][0])
    assert told | {"client_id"} == fields  # said once, for all of them


def test_a_field_of_a_browser_is_marked_as_optional_exactly_if_it_is() -> None:
    rows = table(section(PROTOCOL, "### Browser to server"), "type")
    for name, kind in BROWSER_FRAMES.items():
        told = set(re.findall(r"`(\w+)`\?", rows[name][0])) - {"client_id"}
        there = {field.encode_name for field in msgspec.structs.fields(kind) if not field.required} - {"client_id"}
        assert told == there, name


@pytest.mark.parametrize("name", SERVER_FRAMES)
def test_every_frame_of_the_server_is_documented_with_its_fields(name: str) -> None:
    told = quoted(table(section(PROTOCOL, "### Server to browser"), "type")[name][0])
    assert told == set(SERVER_FRAMES[name].__struct_fields__)


def test_no_frame_is_documented_that_does_not_exist() -> None:
    assert set(table(section(PROTOCOL, "### Browser to server"), "type")) == set(BROWSER_FRAMES)
    assert set(table(section(PROTOCOL, "### Server to browser"), "type")) == set(SERVER_FRAMES)


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("A message:", View.__struct_fields__),
        ("Its author.", Author.__struct_fields__),
        ("Removed:", Removed.__struct_fields__),
        ("The member in `welcome`:", Self.__struct_fields__),
        ("One of `held`:", ("id", "client_id", "text", "at")),
    ],
)
def test_every_object_on_the_wire_is_documented(heading: str, fields: tuple[str, ...]) -> None:
    assert tuple(table(section(PROTOCOL, heading), "field")) == fields


@pytest.mark.parametrize(("name", "frames"), [("BROWSER_FRAMES", BROWSER_FRAMES), ("SERVER_FRAMES", SERVER_FRAMES)])
def test_the_browser_side_knows_the_same_frames(name: str, frames: dict[str, Any]) -> None:
    source = (ROOT / "static/chat/frames.js").read_text()
    listed = re.search(rf"{name} = Object\.freeze\(\[(.*?)\]\)", source, re.DOTALL)
    assert listed is not None
    assert sorted(re.findall(r'"([^"]+)"', listed[1])) == sorted(frames)


def test_every_close_code_is_documented() -> None:
    rows = table(section(PROTOCOL, "### Close codes"), "code")
    assert {int(code) for code in rows} == {int(code) for code in Close} | FROM_THE_PROTOCOL_ITSELF


def test_every_code_of_failed_is_documented() -> None:
    assert set(table(section(PROTOCOL, "### Codes of `failed`"), "code")) == set(get_args(Code))


def test_the_protocol_names_the_limits_that_count() -> None:
    assert f"1 to {TEXT_LIMIT:,}" in PROTOCOL
    assert f"more than {CATCH_UP_LIMIT} changes" in PROTOCOL
    assert f"newest {NEWEST} messages" in PROTOCOL
    assert f"1 to {PAGE_LIMIT}, {NEWEST}" in PROTOCOL
    assert f"`heartbeat` every {HEARTBEAT_SECONDS} seconds" in PROTOCOL
    assert "Reactions: " + ", ".join(f"`{name}`" for name in REACTIONS) in PROTOCOL


def test_every_rule_and_guideline_is_documented() -> None:
    rows = table(section(OPERATING, "## Rooms"), "rule")
    assert set(rows) == set(RULES)
    for rule, levels in SHIPPED.items():
        assert rows[rule][0] == ", ".join(f"`{level}` {verdict}" for level, verdict in levels.items())
    listed = re.search(r"The guidelines, in their order: (.*?)\.\n", OPERATING, re.DOTALL)
    assert listed is not None
    assert re.findall(r"`([^`]+)`", listed[1]) == list(GUIDELINES)


def test_the_settings_know_the_same_rules_as_the_rules() -> None:
    assert set(RULES) == RULE_IDS


def test_the_shared_room_file_has_every_guideline_in_its_order() -> None:
    with (ROOT / "rooms/_all.toml").open("rb") as file:
        assert list(tomllib.load(file)["guidelines"]) == list(GUIDELINES)


def test_every_key_of_a_room_file_is_documented() -> None:
    told = set(table(section(OPERATING, "## Rooms"), "key"))
    fields = {*roomfiles.RoomFile.__struct_fields__, *roomfiles.SharedFile.__struct_fields__}
    assert told == fields - {"slug"}  # that is the file's name


def _walk(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, set[str]]]:
    if hasattr(command, "commands"):
        for name, below in command.commands.items():
            yield from _walk(below, (*path, name))
    else:
        yield " ".join(path), {option for parameter in command.params for option in parameter.opts}


def test_every_command_is_documented_with_its_options() -> None:
    rows = table(section(OPERATING, "## Commands"), "command")
    there = dict(_walk(typer.main.get_command(commands.app)))
    assert {name: quoted(cells[0]) for name, cells in rows.items()} == there


def test_every_address_is_documented_and_every_documented_address_answers(tmp_path: Path) -> None:
    app = create_app(read(data_dir=tmp_path, secret_keys=("k" * 40,)))
    there: set[tuple[str, str]] = set()
    for route in app.routes:
        methods = (route.methods or set()) - {"HEAD"} if isinstance(route, Route) else {"GET"}
        path = route.path if isinstance(route, Route | Mount) else "/live"
        there |= {(method, path) for method in methods}
    told = re.findall(r"^\| `(GET|POST)` \| `([^`]+)` \|", PROTOCOL, re.MULTILINE)
    assert len(told) == len(set(told))
    assert set(told) == there


@pytest.mark.anyio
async def test_every_room_file_has_a_room_in_the_database(db: Database, clock: SetClock) -> None:
    directory = Directory(db, clock, ROOT / "rooms", ())
    await directory.open()
    async with db.read() as connection:
        slugs = set((await connection.execute(pick(Room.slug))).scalars())
    assert slugs == {file.stem for file in (ROOT / "rooms").glob("*.toml")} - {"_all"}


@pytest.mark.anyio
@pytest.mark.parametrize(("url", "prefix"), [("http://localhost:8000", ""), ("https://example.org", "__Host-")])
async def test_every_cookie_is_documented_and_no_other_is_set(
    url: str, prefix: str, db: Database, clock: SetClock
) -> None:
    visits = Visits(read(site_url=url), db, clock)
    names = {visits._session, visits._remember}
    assert names == {f"{prefix}session", f"{prefix}remember"}
    paragraph = PROTOCOL[PROTOCOL.index("\nCookies:") :].partition("\n\n")[0]
    assert names <= quoted(paragraph)
    assert quoted(paragraph) == {"session", "remember", "__Host-session", "__Host-remember"}
    setting = [file.name for file in (ROOT / "app").rglob("*.py") if "set_cookie(" in file.read_text()]
    assert setting == ["visits.py"]
    assert not [file.name for file in (ROOT / "static").rglob("*.js") if "document.cookie" in file.read_text()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_names_only_files_that_exist(document: Path) -> None:
    text = document.read_text()
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text) + re.findall(r'src="([^"]+)"', text):
        assert link.startswith("https://") or (document.parent / link).exists(), link
    for path in re.findall(r"`((?:app|bin|tests|static|rooms|requirements|docs|\.ci)/[\w./-]*\w/?)`", text):
        assert (ROOT / path).exists(), path


def test_the_commands_of_the_readme_exist() -> None:
    text = (ROOT / "README.md").read_text()
    named = set(re.findall(r"^bin/\w+", text, re.MULTILINE))
    assert named == {"bin/run", "bin/test"}
    for command in named | set(re.findall(r"(?<![\w/])bin/[a-z]+", (ROOT / "CONTRIBUTING.md").read_text())):
        assert os.access(ROOT / command, os.X_OK), command
    run = (ROOT / "bin/run").read_text()
    assert set(re.findall(r"bin/run (--\w+)", text)) == {option for option in ("--demo",) if f"{option})" in run}
    known = dict(_walk(typer.main.get_command(commands.app)))
    for command in re.findall(r"python -m app ([a-z]+(?: [a-z]+)?)", text + (ROOT / "Procfile").read_text()):
        assert command in known or command.split()[0] in known, command


def test_the_way_of_a_message_names_files_and_names_that_exist() -> None:
    rows = [line.split(" | ") for line in FLOW.splitlines() if re.match(r"\| \d+ \|", line)]
    assert [int(row[0].strip("| ")) for row in rows] == list(range(len(rows)))
    for row in rows:
        source = ""
        for name in re.findall(r"`([^`]+)`", row[2]):
            if "/" in name:
                source = (ROOT / name).read_text()
            else:
                assert source, name
                for part in name.split("."):
                    assert re.search(rf"(def|class|function) {part}\b|#?\b{part}\(|\"{part}\"", source), (row[0], name)

"""The rooms as an operator writes them: rooms/*.toml, read strictly and touched nowhere else.

`load(folder)` gives everything or raises `RoomFileError`, which names file, line and key; it never gives half a
community. It reads files and nothing else: what becomes of them in the database is the affair of `rooms`.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from app.base.errors import RoomFileError
from app.community.tomlcells import Cell, read
from app.rules.verdict import CARE_KINDS, GUIDELINES, RULES, VERDICTS

T = TypeVar("T")

KINDS: Final = ("cancer", "shared")
UNSTAFFED: Final = ("open", "slow", "read-only")
DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

SHARED_FILE: Final = "_all.toml"
MOST_POSITION: Final = 1_000_000  # fits every database's integer
MOST_MINUTES: Final = 600
MOST_HELD_FIRST: Final = 100


class Helpline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to call. `number` as people dial it, `address` http or https; at least one of the two.

    `care`: the kinds of care cards on which it stands.
    """

    name: str
    number: str | None = None
    address: str | None = None
    care: tuple[str, ...] = ()


class Link(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    address: str


class Session(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a facilitator is there, every week: `day` monday to sunday, `time` HH:MM on the clock of `zone`."""

    day: str
    time: str
    minutes: int
    zone: str
    title: str


class RuleChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`verdicts`: rule id -> verdict, or -> {level: verdict}; `allowed`: words and phrases no rule stops here.

    `hold_first`: so many first messages of a new member wait where no facilitator is on duty. None: as the shared file says.
    """

    verdicts: dict[str, str | dict[str, str]]
    allowed: list[str]
    hold_first: int | None = None


class RoomFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One room. `unstaffed` None: as the shared file says."""

    slug: str
    name: str
    about: str
    position: int
    kind: str
    colour: str | None
    helplines: list[Helpline]
    links: list[Link]
    unstaffed: str | None
    schedule: list[Session]
    rules: RuleChanges


class SharedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """_all.toml. `guidelines`: id -> its sentences, in the order of the community guidelines."""

    guidelines: dict[str, str]
    helplines: list[Helpline]
    links: list[Link]
    unstaffed: str
    rules: RuleChanges


class RoomFiles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`rooms`: slug -> room, ordered by position."""

    shared: SharedFile
    rooms: dict[str, RoomFile]


def load(folder: Path) -> RoomFiles:
    """Everything in `folder` whose name ends in .toml; other files are left alone.

    Raises RoomFileError at the first thing that cannot be used.
    """
    files = _toml_files(folder)
    shared = _shared(read(folder / SHARED_FILE))
    cells = {file.stem: read(file) for file in files if file.name != SHARED_FILE}
    if not cells:
        raise RoomFileError(folder, None, None, "holds no room; a room is a file such as lounge.toml")
    rooms = {slug: _room(slug, cell) for slug, cell in cells.items()}
    taken: dict[int, str] = {}
    for slug, room in rooms.items():
        other = taken.setdefault(room.position, slug)
        if other != slug:
            raise cells[slug].at("position").wrong(f"{room.position} is the position of {other}.toml already")
    return RoomFiles(shared=shared, rooms={taken[position]: rooms[taken[position]] for position in sorted(taken)})


def _toml_files(folder: Path) -> list[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".toml")
    except OSError as error:
        raise RoomFileError(folder, None, None, f"cannot be read: {error.strerror}") from error
    for file in files:
        if file.name != SHARED_FILE and not re.fullmatch(r"[a-z0-9-]{2,40}\.toml", file.name):
            what = 'a room file is named by 2 to 40 of a-z, 0-9 and "-", and then .toml'
            raise RoomFileError(file, None, None, what)
    if folder / SHARED_FILE not in files:
        raise RoomFileError(folder / SHARED_FILE, None, None, "is missing; it holds what all rooms share")
    return files


# What a file may say


def _room(slug: str, cell: Cell) -> RoomFile:
    optional = ("colour", "helplines", "links", "unstaffed", "schedule", "rules")
    keys = cell.table(("name", "about", "position", "kind"), optional)
    return RoomFile(
        slug=slug,
        name=keys["name"].text(80),
        about=keys["about"].text(1000),
        position=keys["position"].number(MOST_POSITION),
        kind=keys["kind"].word(KINDS),
        colour=_perhaps(keys.get("colour"), _colour),
        helplines=_each(keys.get("helplines"), _helpline),
        links=_each(keys.get("links"), _link),
        unstaffed=_perhaps(keys.get("unstaffed"), _unstaffed),
        schedule=_each(keys.get("schedule"), _session),
        rules=_rules(keys.get("rules")),
    )


def _shared(cell: Cell) -> SharedFile:
    keys = cell.table(("guidelines", "helplines", "unstaffed"), ("links", "rules"))
    guidelines = keys["guidelines"].table(GUIDELINES)
    return SharedFile(
        guidelines={each: guidelines[each].text(500) for each in GUIDELINES},
        helplines=_each(keys["helplines"], _helpline),
        links=_each(keys.get("links"), _link),
        unstaffed=_unstaffed(keys["unstaffed"]),
        rules=_rules(keys.get("rules")),
    )


def _colour(cell: Cell) -> str:
    return cell.shaped("#[0-9a-fA-F]{6}", "a colour #rrggbb, such as #b8275f")


def _unstaffed(cell: Cell) -> str:
    return cell.word(UNSTAFFED)


def _helpline(cell: Cell) -> Helpline:
    keys = cell.table(("name",), ("number", "address", "care"))
    if "number" not in keys and "address" not in keys:
        raise cell.at("number").wrong("is missing; a helpline has a number, an address or both")
    return Helpline(
        name=keys["name"].text(80),
        number=_perhaps(keys.get("number"), _number),
        address=_perhaps(keys.get("address"), _address),
        care=tuple(_each(keys.get("care"), lambda kind: kind.word(CARE_KINDS))),
    )


def _number(cell: Cell) -> str:
    return cell.shaped(r"(?=.*[0-9])[0-9A-Za-z+*#(). -]{2,40}", "a telephone number in quotes, such as 116 123")


def _link(cell: Cell) -> Link:
    keys = cell.table(("title", "address"))
    return Link(title=keys["title"].text(120), address=_address(keys["address"]))


def _address(cell: Cell) -> str:
    shape = r"(?=.{8,500}\Z)https?://[\w.-]+(:[0-9]{1,5})?([/?#][^\s\"<>\\\x00-\x1f\x7f]*)?"
    return cell.shaped(shape, "a web address that begins with https:// or http://")


def _session(cell: Cell) -> Session:
    keys = cell.table(("day", "time", "minutes", "zone", "title"))
    return Session(
        day=keys["day"].word(DAYS),
        time=keys["time"].shaped("([01][0-9]|2[0-3]):[0-5][0-9]", "a time of day, such as 19:00"),
        minutes=keys["minutes"].number(MOST_MINUTES),
        zone=keys["zone"].word(_zones(), "a time zone, such as America/New_York"),
        title=keys["title"].text(80),
    )


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())  # reads some hundred files


def _rules(cell: Cell | None) -> RuleChanges:
    keys = cell.table((), ("verdicts", "allowed", "hold_first")) if cell else {}
    verdicts = keys["verdicts"].table((), RULES) if "verdicts" in keys else {}
    return RuleChanges(
        verdicts={rule: _verdict(verdict) for rule, verdict in verdicts.items()},
        allowed=_each(keys.get("allowed"), lambda phrase: phrase.text(80)),
        hold_first=_perhaps(keys.get("hold_first"), lambda count: count.number(MOST_HELD_FIRST, least=0)),
    )


def _verdict(cell: Cell) -> str | dict[str, str]:
    """One verdict, or one for each level; which levels a rule has is the rule's own affair."""
    if not isinstance(cell.value, dict):
        return cell.word(VERDICTS)
    for level in cell.value:
        if not re.fullmatch("[a-z][a-z-]{0,39}", level):
            raise cell.at(level).wrong("a level is a word of small letters")
    return {level: verdict.word(VERDICTS) for level, verdict in cell.table((), cell.value).items()}


def _each(cell: Cell | None, read_one: Callable[[Cell], T]) -> list[T]:
    return [read_one(item) for item in cell.items()] if cell else []


def _perhaps(cell: Cell | None, read_it: Callable[[Cell], T]) -> T | None:
    return read_it(cell) if cell else None

"""What the program itself brings along: rooms, rules, the weights of the rules, time zones."""

from __future__ import annotations

import asyncio
import zoneinfo
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.base.encoder import Encoder
from app.base.errors import RoomFileError
from app.community.books import file_book
from app.community.roomfiles import load
from app.ops.checks.finding import Finding, fault, notice, ok
from app.rules.book import Book, book_of
from app.rules.draft import Draft
from app.rules.judging import judge
from app.rules.meaning import LABELS
from app.rules.verdict import Allow
from app.settings import Settings

HARMLESS = "Good morning."
ZONES = ("Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Australia/Lord_Howe")
FETCH = "It comes with the program: fetch that file again."


async def rooms_are_readable(rooms: Path) -> Sequence[Finding]:
    """Every file in rooms/, as a start would read it."""
    try:
        files = await asyncio.to_thread(load, rooms)
    except RoomFileError as error:
        return [
            fault("rooms", f"{error}.", "Mend that line; a start stops at it. docs/operating.md lists what is known.")
        ]
    return [ok("rooms", f"{len(files.rooms)} rooms, all readable.")]


async def rules_judge(settings: Settings, rooms: Path, heads: Path) -> Sequence[Finding]:
    """A harmless sentence passes. `heads`: the weights without which no message can be judged."""
    return await asyncio.to_thread(_judged, settings, rooms, heads)


def _judged(settings: Settings, rooms: Path, heads: Path) -> Sequence[Finding]:
    name = "rules"
    if not heads.is_file():
        return [fault(name, f"{heads} is missing: no message can be judged, so none can be posted.", FETCH)]
    try:
        judgement = judge(Draft(HARMLESS, 0.0), _book(settings, rooms))
    except Exception as error:  # noqa: BLE001 - whatever it is, it would happen to every message
        return [fault(name, f"No message can be judged: {type(error).__name__}.", f"{heads}: {FETCH}")]
    if not isinstance(judgement, Allow):
        what = f"Even “{HARMLESS}” does not pass, by the rule {judgement.findings[0].rule}."
        return [fault(name, what, "Look at [rules] in rooms/_all.toml.")]
    off = [*settings.rules_off, *(["PACE_SECONDS=0"] if settings.pace_seconds == 0 else [])]
    if off:
        return [notice(name, f"Switched off by the settings: {', '.join(off)}.")]
    return [ok(name, "All are asked; a harmless sentence passes.")]


def _book(settings: Settings, rooms: Path) -> Book:
    """What all rooms share; as shipped where the room files cannot be read, which is told elsewhere."""
    try:
        return file_book(load(rooms), None, settings.rules_off)
    except RoomFileError:
        return book_of({}, disabled=settings.rules_off)


NOT_INSTALLED: Final = ("ImportError", "ModuleNotFoundError", "PackageNotFoundError", "KeyError")
"""How the faults begin of an encoder whose libraries are missing."""


async def encoder_weighs(settings: Settings, graph: Path) -> Sequence[Finding]:
    """The sentence encoder of the rules can be loaded, and gives a score for each label. `graph`: its network."""
    if not settings.encoder_wanted:
        return [notice("encoder", "Not asked, as RULES_DISABLED says: the rules judge by words and light heads alone.")]
    return [await asyncio.to_thread(_weighed, graph)]


def _weighed(graph: Path) -> Finding:
    name, encoder = "encoder", Encoder(graph, len(LABELS))
    try:
        if encoder.load():
            return ok(name, "Loaded, and weighs.")
    finally:
        encoder.close()
    if graph.exists() and not encoder.fault.startswith(NOT_INSTALLED):
        what = f"{graph} is damaged, or does not fit: {encoder.fault}."
        return fault(name, what, f"{FETCH} Until then the rules judge by words and light heads alone.")
    what = f"The rules judge by words and light heads alone: {encoder.fault}."
    return notice(name, what, f"bin/setup brings its libraries; {graph.name} comes with the program.")


async def zones_are_there() -> Sequence[Finding]:
    """Schedules and digests go by the clocks of many places."""
    missing = [zone for zone in ZONES if not _known(zone)]
    if missing:
        return [
            fault("time zones", f"Not known here: {', '.join(missing)}.", "bin/setup (it brings the package tzdata)")
        ]
    return [ok("time zones", "There.")]


def _known(zone: str) -> bool:
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return False
    return True

"""The doctor: looks at everything the site stands on, and says what to do about each fault.

The checks run together, each with a deadline; none changes anything, and none of them can stop another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.base.clock import Clock, SystemClock
from app.base.db import WAIT_SECONDS
from app.base.errors import Misconfigured, Unavailable
from app.ops.checks.database import clocks_agree, database_answers, jobs_are_done, sqlite_may_write
from app.ops.checks.finding import Check, Finding, State, fault, notice
from app.ops.checks.house import encoder_weighs, rooms_are_readable, rules_judge, zones_are_there
from app.ops.checks.keys import keys_open
from app.ops.checks.servers import MAIL_SECONDS, REDIS_SECONDS, mail_leaves, redis_answers
from app.ops.checks.settings import settings_fit, unreadable
from app.ops.people import ROOMS
from app.rules.meaning import GRAPH, HEADS
from app.settings import Settings, SettingsError, read

DATABASE_SECONDS: Final = 3 * WAIT_SECONDS  # a connection, and a statement or two
FILE_SECONDS: Final = 10.0
WEIGHTS_SECONDS: Final = 60.0  # loading takes about a second, on a small machine that is busy many
WIDTH: Final = 15
HEADINGS: Final[tuple[tuple[State, str], ...]] = (("fault", "What to do"), ("notice", "Worth a look"))


@dataclass(frozen=True, slots=True)
class Premises:
    """What belongs to the program: the folder of room files, and the weights of the rules."""

    rooms: Path = ROOMS
    heads: Path = HEADS
    graph: Path = GRAPH


def examine(tell: Callable[[str], None]) -> list[str]:
    """Look at everything, by the settings of this environment; the names of what is at fault. `tell`: takes a line."""
    try:
        settings = read()
    except SettingsError as error:
        found = [unreadable(f"{error}.")]
    else:
        found = asyncio.run(look(checks(settings, SystemClock(), Premises())))
    for line in told(found):
        tell(line)
    return list(dict.fromkeys(finding.name for finding in found if finding.state == "fault"))


def checks(settings: Settings, clock: Clock, premises: Premises) -> tuple[Check, ...]:
    """All of them, in the order in which they are told."""
    rooms, heads, graph = premises.rooms, premises.heads, premises.graph
    return (
        Check("settings", FILE_SECONDS, lambda: settings_fit(settings)),
        Check("database", DATABASE_SECONDS, lambda: database_answers(settings)),
        Check("database file", FILE_SECONDS, lambda: sqlite_may_write(settings)),
        Check("keys", DATABASE_SECONDS, lambda: keys_open(settings)),
        Check("redis", 3 * REDIS_SECONDS, lambda: redis_answers(settings)),
        Check("mail", 2 * MAIL_SECONDS, lambda: mail_leaves(settings)),
        Check("jobs", DATABASE_SECONDS, lambda: jobs_are_done(settings, clock)),
        Check("clock", DATABASE_SECONDS, lambda: clocks_agree(settings, clock)),
        Check("time zones", FILE_SECONDS, zones_are_there),
        Check("rooms", FILE_SECONDS, lambda: rooms_are_readable(rooms)),
        Check("rules", WEIGHTS_SECONDS, lambda: rules_judge(settings, rooms, heads)),
        Check("encoder", WEIGHTS_SECONDS, lambda: encoder_weighs(settings, graph)),
    )


async def look(chosen: Iterable[Check]) -> list[Finding]:
    """What these checks find, in their order. Together they take as long as the slowest."""
    found = await asyncio.gather(*(_within(check) for check in chosen))
    return [finding for each in found for finding in each]


async def _within(check: Check) -> Sequence[Finding]:
    try:
        async with asyncio.timeout(check.seconds):
            return await check.look()
    except (Unavailable, Misconfigured) as error:
        return [notice(check.name, f"Could not be looked at. {error}")]
    except TimeoutError:
        what = f"Did not come to an end within {check.seconds:g} seconds."
        return [
            fault(check.name, what, "Something it waits for hangs: see the other lines, and the machine's own journal.")
        ]
    except Exception as error:  # noqa: BLE001 - a doctor who falls over helps nobody
        what = f"Looking at it failed: {type(error).__name__}."
        return [
            fault(check.name, what, "This is a fault of the program, or of its installation: bin/setup, then again.")
        ]


def told(found: Sequence[Finding]) -> Iterator[str]:
    """Lines to read: each finding with its mark, then what to do."""
    for finding in found:
        yield f"{finding.state:7} {finding.name:{WIDTH}} {finding.what}"
    for state, heading in HEADINGS:
        to_do = [finding for finding in found if finding.state == state and finding.to_do]
        if to_do:
            yield f"\n{heading}"
            yield from (f"  {finding.name}: {finding.to_do}" for finding in to_do)

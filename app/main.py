"""The whole house, put together: the only place that knows everyone.

`create_app` builds; the lifespan opens in an order you can read, and closes backwards. A background loop that dies ends
the process: its manager starts it again.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute

from app.base.bus import Bus, MemoryBus, RedisBus
from app.base.clock import Clock, SystemClock
from app.base.db import Database
from app.base.encoder import Encoder
from app.base.keys import Keyring, kept_keys
from app.base.loops import Loop, running
from app.base.pace import MemoryPace, Pace, RedisPace
from app.base.passwords import Passwords
from app.base.redis import Breaker, commands
from app.community import rooms
from app.community.bench import Bench
from app.community.directory import Directory
from app.community.events import Event, decode, encode
from app.community.posting import Posting
from app.community.reading import Reading
from app.community.tally import Tally
from app.community.writer import BATCH_LIMIT, Writer
from app.conduct.appeals import Appeals
from app.conduct.decisions import Decisions
from app.conduct.dryruns import DryRuns
from app.conduct.publishing import Publishing
from app.conduct.reports import Reports
from app.live.clockwork import Clockwork
from app.live.endpoint import Live
from app.live.facilitation import Facilitation
from app.live.frames_in import Close
from app.live.handlers import Handlers
from app.live.hub import Hub
from app.live.joining import Joining
from app.mail.letters import Letters
from app.mail.post import post_for
from app.ops import logs
from app.ops.background import Background
from app.ops.health import Health
from app.pages.appeals import AppealPages
from app.pages.facilitating import FacilitatingPages
from app.pages.people import PeoplePages
from app.pages.rendering import Pages
from app.pages.rooms import RoomPages
from app.pages.routes import Site
from app.pages.rules import RulePages
from app.pages.shields import BodyShield, HeaderShield, OriginShield
from app.pages.visits import Visits
from app.rules import judging
from app.rules.meaning import GRAPH, LABELS
from app.rules.parts import stretches
from app.settings import Settings, read

ROOMS = Path(__file__).parents[1] / "rooms"
BODY_LIMIT = 128 * 1024
"""Bytes of a request: 4,000 characters of text, percent-encoded, and room to spare."""
LARGER_BODIES = {"/facilitate/rules": 1_536 * 1024}
"""A full word list: 115,000 characters, of which each may take 12 bytes percent-encoded, and its fields' names."""


@dataclass(frozen=True, slots=True)
class House:
    """The parts that live as long as the process."""

    settings: Settings
    clock: Clock
    db: Database
    keys: Keyring
    bus: Bus[Event]
    pace: Pace
    passwords: Passwords
    directory: Directory
    writer: Writer
    bench: Bench
    posting: Posting
    reading: Reading
    decisions: Decisions
    reports: Reports
    appeals: Appeals
    letters: Letters
    background: Background
    hub: Hub
    clockwork: Clockwork
    live: Live
    encoder: Encoder | None
    tally: Tally
    publishing: Publishing
    dry_runs: DryRuns


def build(settings: Settings, clock: Clock | None = None, batch_limit: int = BATCH_LIMIT) -> House:
    """All parts, from the ground floor up; nothing is opened yet."""
    clock = clock or SystemClock()
    db = Database(settings.database)
    keys = Keyring(secret_keys(settings))
    bus, pace = _across_processes(settings)
    directory = Directory(db, clock, ROOMS, settings.rules_off)
    writer = Writer(db, bus, clock, batch_limit)
    limits = (settings.pace_burst, 0.0 if "pace" in settings.rules_off else settings.pace_seconds)
    hub = Hub(db, bus, clock, directory, settings.url)
    tally = Tally(db, clock)
    encoder = Encoder(GRAPH, len(LABELS), settings.data_dir) if settings.encoder_wanted else None
    bench = Bench(clock, directory.book_for, _weighing(encoder), tally.judged)
    posting = Posting(
        db, writer, pace, bench, limits,
        lambda room: room in hub.feeds and bool(hub.presence_of(room).facilitators()),
    )  # fmt: skip
    reading = Reading(db)
    decisions, reports = Decisions(db, bus, clock, posting, bench), Reports(db, bus, clock, pace, bench)
    letters = Letters(db, keys, post_for(settings.smtp_url, settings.data_dir), settings.mail_from)
    facilitation = Facilitation(db, directory, posting, decisions)
    joining = Joining(db, clock, hub)
    handlers = Handlers(reading, bus, directory, posting, decisions, reports, joining, facilitation)
    return House(
        settings, clock, db, keys, bus, pace, Passwords(), directory, writer, bench, posting, reading, decisions,
        reports, Appeals(db, bus, clock, decisions, bench), letters, Background(db, clock, letters), hub, Clockwork(hub, bus),
        Live(settings, db, clock, hub, handlers), encoder, tally, Publishing(db, clock, keys), DryRuns(db, clock),
    )  # fmt: skip


def _weighing(encoder: Encoder | None) -> Callable[[str], Awaitable[tuple[float, ...] | None]]:
    """What the encoder makes of a text; without one, the rules judge by the words and the light heads."""

    async def weigh(text: str) -> tuple[float, ...] | None:
        return None if encoder is None else await encoder.weigh(stretches(text))

    return weigh


def create_app(settings: Settings, house: House | None = None) -> Starlette:
    """The application for one process."""
    house = house or build(settings)
    site = _site(house)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with opened(house):
            yield

    return Starlette(
        routes=[
            *site.routes(),
            *Health(house.db, settings.metrics_token, lambda: _figures(house)).routes(),
            WebSocketRoute("/live", house.live.endpoint),
        ],
        middleware=[
            Middleware(HeaderShield, url=settings.url),
            Middleware(OriginShield, origins=settings.origins),
            Middleware(BodyShield, usual=BODY_LIMIT, larger=LARGER_BODIES),
        ],
        exception_handlers=site.errors(),
        lifespan=lifespan,
    )


def serve_app() -> Starlette:
    """What each web process calls (`serve` gives its choices through the environment)."""
    settings = read()
    # The thread that has committed must not wait 5 ms (Python's default) for its turn while the loop is busy.
    sys.setswitchinterval(0.0005)
    logs.configure(development=settings.development)
    return create_app(settings)


@contextlib.asynccontextmanager
async def opened(house: House) -> AsyncIterator[None]:
    """Open the house, in this order, and close it backwards."""
    await asyncio.to_thread(judging.prepare)
    await house.directory.open()
    async with house.db.write() as connection:
        house.hub.epoch = await rooms.epoch(connection)
    async with running(_loops(house)):
        yield
        house.live.closing = True
        house.hub.close_all(Close.RESTARTING)
    await house.tally.flush()
    await house.bus.close()
    house.dry_runs.close()
    if house.encoder:
        house.encoder.close()
    house.passwords.close()
    await house.db.close()


def _loops(house: House) -> list[Loop]:
    loops: list[Loop] = [house.writer.run, house.posting.run, house.reading.run, house.hub.run, house.clockwork.run]
    loops += [house.tally.run, *([house.encoder.run] if house.encoder else [])]
    return [*loops, *house.bus.loops(), *([house.background.run] if house.settings.on_sqlite else [])]


def secret_keys(settings: Settings) -> tuple[str, ...]:
    """The keys that were set, or those that a default setup keeps in its data folder."""
    return settings.secret_keys or kept_keys(settings.data_dir)


def _across_processes(settings: Settings) -> tuple[Bus[Event], Pace]:
    if not settings.redis_url:
        return MemoryBus(), MemoryPace()
    client, breaker = commands(settings.redis_url), Breaker()
    return RedisBus(settings.redis_url, client, breaker, encode, decode), RedisPace(client, breaker)


def _site(house: House) -> Site:
    settings, db, clock, directory = house.settings, house.db, house.clock, house.directory
    pages, visits = Pages(settings), Visits(settings, db, clock)
    return Site(
        pages,
        visits,
        directory,
        RoomPages(
            pages, db, house.bus, clock, directory, house.posting,
            lambda room: house.hub.presence_of(room).present() if room in house.hub.feeds else 0,
            timedelta(seconds=settings.public_delay),
        ),
        PeoplePages(
            pages, visits, db, house.bus, clock, house.keys, house.passwords, house.pace, house.letters, directory,
            house.bench, settings.url,
        ),
        FacilitatingPages(pages, db, directory, house.posting, house.decisions, house.appeals),
        AppealPages(pages, db, clock, directory, house.appeals),
        RulePages(pages, db, clock, directory, house.decisions, house.publishing, house.dry_runs),
    )  # fmt: skip


def _figures(house: House) -> dict[str, tuple[str, float]]:
    hub, encoder = house.hub, house.encoder
    return {
        "connections": ("Open sockets of this process", len(hub.connections)),
        "rooms_open": ("Rooms that somebody has open here", len(hub.feeds)),
        "encoder_ready": ("Whether the sentence encoder is there", float(bool(encoder and encoder.ready))),
        "encoder_weighed": ("Texts that the sentence encoder weighed", encoder.weighed if encoder else 0),
        "encoder_shed": ("Texts judged without it, because too many were waiting", encoder.shed if encoder else 0),
        "rooms_behind": ("Rooms with a hole that is being closed", sum(feed.behind for feed in hub.feeds.values())),
    }

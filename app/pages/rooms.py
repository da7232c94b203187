"""Rooms over HTTP: the list, a room to read and to write in, its messages as JSON, joining and leaving."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, assert_never

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.bus import Bus
from app.base.clock import Clock
from app.base.db import Database
from app.community import memberships, messages, rooms
from app.community.bookkeeping import standings_of
from app.community.directory import Directory
from app.community.events import Event, FacilitatorsAlerted, MembershipEnded, topic
from app.community.members import Who
from app.community.messages import NEWEST, PAGE_LIMIT, View, Window
from app.community.outcomes import Failed, Held, Posted, Said, Stopped
from app.community.posting import NewMessage, Posting
from app.community.roomfiles import SharedFile
from app.community.rooms import Place
from app.pages import forms
from app.pages.rendering import Pages
from app.pages.visits import Visit
from app.rules.verdict import Care, Nudge

STATUS = {"not-found": 404, "unavailable": 503, "too-long": 413, "slow": 429}
HIGHEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a room's page says to somebody who has just sent its form."""

    refusal: dict[str, Any] | None = None
    cards: tuple[Care, ...] = ()
    status: int = 200


@dataclass(frozen=True, slots=True)
class RoomPages:
    """The routes of rooms. `present`: how many are in a room now, which the live edge knows and main hands over."""

    pages: Pages
    db: Database
    bus: Bus[Event]
    clock: Clock
    directory: Directory
    posting: Posting
    present: Callable[[str], int]
    public_delay: timedelta

    async def home(self, request: Request, visit: Visit) -> Response:
        """All rooms; hers first."""
        places = await self.directory.places()
        joined: dict[str, str] = {}
        if visit.who is not None:
            async with self.db.read() as connection:
                joined = await memberships.joined(connection, visit.who)
        listed = [
            {
                "slug": place.slug, "name": place.name, "about": place.file.about, "colour": place.file.colour,
                "kind": place.file.kind, "present": self.present(place.slug), "joined": place.slug in joined,
            }
            for place in places.values()
            if place.file is not None
        ]  # fmt: skip
        return self.pages.render(request, "home.html", visit.who, rooms=listed, noindex=True)

    async def room(self, request: Request, visit: Visit) -> Response:
        """A room: the read view for visitors, the chat for members."""
        place = await self._place(request)
        if place is None:
            return self.pages.error(request, 404, "There is no such room.", visit.who)
        window = _window(request)
        if window is None:
            return self.pages.error(request, 400, "There is no such page of this conversation.", visit.who)
        return await self._show(request, visit, place, window)

    async def messages(self, request: Request, visit: Visit) -> Response:
        """A page of the conversation as JSON."""
        place = await self._place(request)
        window = _window(request)
        if place is None or window is None:
            status, why = (404, "There is no such room.") if place is None else (400, f"limit: 1 to {PAGE_LIMIT}")
            return _json({"error": why}, status)
        async with self.db.read() as connection:
            public_until = await self._public_until(connection, visit.who, place)
            last = await self._last(connection, place, public_until)
            views = await messages.page(connection, place.id, window, public_until)
            epoch = await rooms.epoch_now(connection)
            hers = None if visit.who is None else visit.who.id
            seqs = [view.seq for view in views]
            mine = {} if hers is None else await messages.my_reactions(connection, hers, place.id, seqs)
        return _json({"messages": views, "last": last, "epoch": epoch, "mine": mine})

    async def post(self, request: Request, visit: Visit) -> Response:
        """The plain form: the same path as the socket, the same verdicts."""
        place = await self._place(request)
        if place is None:
            return self.pages.error(request, 404, "There is no such room.", visit.who)
        if visit.who is None:
            return RedirectResponse(f"/sign-in?next=/rooms/{place.slug}", 303)
        form = forms.read(forms.PlainMessage, await request.form())
        if isinstance(form, dict):
            return self.pages.error(request, 422, "This form could not be read. " + " ".join(form.values()), visit.who)
        text = form.text.replace("\r\n", "\n").replace("\r", "\n")
        client_id = form.client_id or secrets.token_urlsafe(16)
        new = NewMessage(place.id, place.slug, client_id, text, form.reply_to, form.confirm)
        said = await self.posting.post(visit.who, new)
        cards = _cards(said)
        if isinstance(said, Posted) and not cards:
            return RedirectResponse(f"/rooms/{place.slug}#m{said.message.seq}", 303)
        if isinstance(said, Posted):
            # No redirect: a card must stand on this very page, and in no address that others could read. Sending the
            # form once more is answered with the message of then.
            return await self._show(request, visit, place, Window(), _Answer(cards=cards))
        if isinstance(said, Held) and said.fresh:
            alert = FacilitatorsAlerted("held", place.slug, None, said.id)
            self.bus.tell(topic(alert), alert)
        refusal, status = self._refusal(said, new)
        return await self._show(request, visit, place, Window(), _Answer(refusal, cards, status))

    async def join(self, request: Request, visit: Visit) -> Response:
        """Become a member of the room."""
        return await self._membership(request, visit, ended=False)

    async def leave(self, request: Request, visit: Visit) -> Response:
        """Leave it; what she said stays."""
        return await self._membership(request, visit, ended=True)

    async def _membership(self, request: Request, visit: Visit, *, ended: bool) -> Response:
        place = await self._place(request)
        if place is None:
            return self.pages.error(request, 404, "There is no such room.", visit.who)
        if visit.who is None:
            return RedirectResponse(f"/sign-in?next=/rooms/{place.slug}", 303)
        now = self.clock.now()
        async with self.db.write() as connection:
            standing = (await standings_of(connection, {(visit.who.id, place.id)}, now)).get((visit.who.id, place.id))
            shut = standing is None or any(each.kind in {"remove", "ban"} for each in standing.sanctions)
            if not ended and (shut or place.archived):
                return self.pages.error(request, 403, "This room cannot be joined just now.", visit.who)
            change = memberships.leave if ended else memberships.join
            await change(connection, visit.who.id, place.id, now)
        event = MembershipEnded(visit.who.id, place.slug, ended)
        self.bus.tell(topic(event), event)
        return RedirectResponse(f"/rooms/{place.slug}", 303)

    async def _show(
        self, request: Request, visit: Visit, place: Place, window: Window, answer: _Answer | None = None
    ) -> Response:
        context = await self._context(visit.who, place, window)
        answer = answer or _Answer()
        return self.pages.render(
            request, "room.html", visit.who, status=answer.status, refusal=answer.refusal, cards=answer.cards,
            client_id=secrets.token_urlsafe(16), public_delay_minutes=int(self.public_delay.total_seconds() // 60), noindex=True,
            **context,
        )  # fmt: skip

    async def _context(self, who: Who | None, place: Place, window: Window) -> dict[str, Any]:
        async with self.db.read() as connection:
            public_until = await self._public_until(connection, who, place)
            last = await self._last(connection, place, public_until)
            views = await messages.page(connection, place.id, window, public_until)
            more = Window(before=views[0].seq, limit=1) if views else None
            older = bool(more and await messages.page(connection, place.id, more, public_until))
            newest = await messages.page(connection, place.id, Window(limit=1), public_until)
            mine: dict[str, Any] = {
                "membership": None, "may_speak": False, "read": None, "mine": {}, "held": [],
                "epoch": await rooms.epoch_now(connection),
            }  # fmt: skip
            if who is not None:
                mine |= await self._hers(connection, who, place, views)
        newer = bool(views and newest and newest[0].seq > views[-1].seq)
        shared = self.directory.files.shared
        return {
            "room": _room(place, shared), "guidelines": guidelines_list(shared.guidelines), "messages": views, "last": last,
            "older": f"/rooms/{place.slug}?before={views[0].seq}" if older else None,
            "newer": f"/rooms/{place.slug}?after={views[-1].seq}" if newer else None,
            "present": self.present(place.slug), **mine,
        }  # fmt: skip

    async def _hers(self, connection: AsyncConnection, who: Who, place: Place, views: list[View]) -> dict[str, Any]:
        membership = await memberships.find(connection, who.id, place.id)
        standings = await standings_of(connection, {(who.id, place.id)}, self.clock.now())
        standing = standings.get((who.id, place.id))
        joined = membership is not None and membership.left_at is None
        role = memberships.role_in(who.role, membership.role if membership else None)
        quiet = standing is None or bool(standing.sanctions) or place.archived
        return {
            "membership": {"role": role} if joined else None,
            "may_speak": joined and not quiet and (not place.paused or role != "member"),
            "read": membership.read_seq if joined and membership else None,
            "mine": await messages.my_reactions(connection, who.id, place.id, [view.seq for view in views]),
            "held": await messages.my_held(connection, who.id, place.id),
        }

    async def _public_until(self, connection: AsyncConnection, who: Who | None, place: Place) -> datetime | None:
        """Members see all; visitors, and whom a sanction keeps out, what was said some time ago."""
        now = self.clock.now()
        if who is not None:
            standing = (await standings_of(connection, {(who.id, place.id)}, now)).get((who.id, place.id))
            if standing is not None and not any(each.kind in {"remove", "ban"} for each in standing.sanctions):
                return None
        return now - self.public_delay

    async def _last(self, connection: AsyncConnection, place: Place, public_until: datetime | None) -> int:
        if public_until is None:
            return await messages.counter_of(connection, place.id)
        return await messages.public_last(connection, place.id, public_until)

    async def _place(self, request: Request) -> Place | None:
        return (await self.directory.places()).get(request.path_params["slug"])

    def _refusal(self, said: Said, new: NewMessage) -> tuple[dict[str, Any], int]:
        """What the composer shows beside the text that came back, and the status."""
        guidelines = self.directory.files.shared.guidelines
        empty: dict[str, Any] = {"text": new.text, "guideline": None, "rule": None, "spans": [], "suggestion": None}
        match said:
            case Stopped(judgement=judgement):
                first = judgement.findings[0]
                verdict = "nudge" if isinstance(judgement, Nudge) else "refuse"
                return {
                    **empty, "why": first.why, "guideline": guidelines[first.guideline], "rule": first.rule,
                    "verdict": verdict, "spans": list(first.spans), "suggestion": first.suggestion,
                    "client_id": new.client_id,
                }, 422  # fmt: skip
            case Held():
                why = said.why or "A facilitator looks at this message before it appears. Nothing is lost."
                held = {"text": "", "why": why, "rule": said.rule, "guideline": guidelines[said.guideline]}
                return {**empty, **held, "verdict": "hold", "client_id": secrets.token_urlsafe(16)}, 202
            case Failed():
                failed = {**empty, "why": said.why, "verdict": "failed", "client_id": new.client_id}
                return failed, STATUS.get(said.code, 403 if said.code in {"sanctioned", "not-joined"} else 422)
            case Posted():
                raise AssertionError  # redirected before
            case _:
                assert_never(said)


def _cards(said: Said) -> tuple[Care, ...]:
    """What is said to the author alone, beside whatever came of her message."""
    match said:
        case Posted() | Held() | Failed():
            return said.care
        case Stopped():
            return said.judgement.care
        case _:
            assert_never(said)


def _window(request: Request) -> Window | None:
    """Which part is asked for; None: unusable numbers."""
    numbers: dict[str, int] = {}
    for name in ("before", "after", "around", "limit"):
        given = request.query_params.get(name)
        if given is not None:
            if not (given.isascii() and given.isdigit() and len(given) <= 10 and int(given) <= HIGHEST):  # noqa: PLR2004
                return None
            numbers[name] = int(given)
    if not 1 <= numbers.get("limit", NEWEST) <= PAGE_LIMIT:
        return None
    return Window(**numbers)


def _room(place: Place, shared: SharedFile) -> dict[str, Any]:
    """The room as its page shows it; what all rooms share comes after its own."""
    file = place.file
    return {
        "slug": place.slug, "name": place.name, "about": file.about if file else "", "archived": place.archived,
        "colour": file.colour if file else None, "kind": file.kind if file else "shared", "slow": place.slow,
        "paused": place.paused, "notice": place.notice, "helplines": [*(file.helplines if file else ()), *shared.helplines],
        "links": [*(file.links if file else ()), *shared.links],
    }  # fmt: skip


def guidelines_list(guidelines: dict[str, str]) -> list[dict[str, str]]:
    return [{"id": name, "text": text} for name, text in guidelines.items()]


def _json(body: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(body), status, media_type="application/json")

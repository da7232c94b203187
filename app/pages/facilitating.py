"""Facilitating without a socket: what waits, and forms to decide it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.db import Database
from app.community import concerns, memberships
from app.community.directory import Directory, facilitates
from app.community.members import Who
from app.community.outcomes import Failed
from app.community.posting import Posting
from app.community.rooms import Place
from app.conduct import appeals, audit, reports
from app.conduct.appeals import Appeals
from app.conduct.decisions import Decisions, done
from app.pages import forms
from app.pages.rendering import Pages
from app.pages.visits import Visit

AUDIT_SHOWN = 30


@dataclass(frozen=True, slots=True)
class FacilitatingPages:
    """The routes of facilitators."""

    pages: Pages
    db: Database
    directory: Directory
    posting: Posting
    decisions: Decisions
    appeals: Appeals

    async def queue(self, request: Request, visit: Visit) -> Response:
        """Reports, held messages and appeals of her rooms, and the latest audit entries."""
        return await self._queue(request, visit, None)

    async def decide(self, request: Request, visit: Visit) -> Response:
        """Decide one entry."""
        rooms = await rooms_of(visit.who, self.db, self.directory, self.decisions)
        if visit.who is None or not rooms:
            return self._closed(request, visit)
        form = forms.read(forms.Decide, await request.form())
        if isinstance(form, dict):
            return self.pages.error(request, 422, " ".join(form.values()), visit.who)
        answer = await self._decide(visit.who, rooms, request.path_params["id"], form)
        if isinstance(answer, Failed):
            typed = {"id": request.path_params["id"], "reason": form.reason, "guideline": form.guideline}
            return await self._queue(request, visit, answer.why, typed)
        return RedirectResponse("/facilitate", 303)

    async def _decide(self, who: Who, rooms: dict[int, Place], entry: str, form: forms.Decide) -> str | Failed:
        missing = Failed("not-found", "This is not waiting any more.")
        if form.decision in {"release", "reject"}:
            place = rooms.get(await self.posting.room_of(entry) or 0)
            if place is None:
                return missing
            accept = form.decision == "release"
            return done(await self.decisions.release(who, place, entry, form.reason, accept=accept))
        if form.decision in {"uphold", "overturn"}:
            overturn = form.decision == "overturn"
            return await self.appeals.decide(who, rooms, entry, overturn=overturn, answer=form.reason)
        async with self.db.read() as connection:
            report = await reports.find(connection, entry)
            concern = await concerns.find(connection, entry)
        found = report or concern
        place = None if found is None else rooms.get(found.room_id)
        if place is None:
            return missing
        decide = self.decisions.heed if report is None else self.decisions.answer
        remove = form.decision == "remove"
        return await decide(who, place, entry, remove=remove, guideline=form.guideline, reason=form.reason)

    async def _queue(
        self, request: Request, visit: Visit, notice: str | None, typed: dict[str, str] | None = None
    ) -> Response:
        """`typed`: what stood in the form of an entry whose decision was not carried out."""
        rooms = await rooms_of(visit.who, self.db, self.directory, self.decisions)
        if visit.who is None or not rooms:
            return self._closed(request, visit)
        async with self.db.read() as connection:
            entries = await reports.waiting(connection, rooms)
            asked = await appeals.waiting(connection, visit.who, rooms)
            seen = None if visit.who.facilitates_all else set(rooms)  # None: also what is about no single room
            latest = await audit.latest(connection, seen, AUDIT_SHOWN)
        # Who may be in danger comes first, wherever she said so.
        entries = [
            *(each for each in asked if each["crisis"]),
            *entries,
            *(each for each in asked if not each["crisis"]),
        ]
        status = 200 if notice is None else 409
        return self.pages.render(
            request, "facilitate.html", visit.who, entries=entries, audit=latest, notice=notice, status=status,
            typed=typed or {},
        )  # fmt: skip

    def _closed(self, request: Request, visit: Visit) -> Response:
        if visit.who is None:
            return RedirectResponse("/sign-in?next=/facilitate", 303)
        return self.pages.error(request, 404, "There is nothing here.", visit.who)


async def rooms_of(who: Who | None, db: Database, directory: Directory, decisions: Decisions) -> dict[int, Place]:
    """The rooms she facilitates, by id."""
    if who is None or not await decisions.may_decide(who):
        return {}
    async with db.read() as connection:
        roles = await memberships.joined(connection, who)
    places = (await directory.places()).values()
    return {place.id: place for place in places if facilitates(who, roles, place.slug)}

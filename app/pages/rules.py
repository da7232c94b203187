"""Words and rules: operators change what their rooms allow and watch, try it out, publish it, and take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.clock import Clock
from app.base.db import Database
from app.community import wordlists
from app.community.directory import Directory
from app.community.members import Who
from app.community.outcomes import Failed
from app.community.rooms import Place
from app.conduct import hits, publishing
from app.conduct.decisions import Decisions
from app.conduct.dryruns import WINDOW, DryRun, DryRuns
from app.conduct.publishing import CONFLICT, Publishing
from app.pages import forms
from app.pages.facilitating import rooms_of
from app.pages.rendering import Pages
from app.pages.rulesheet import MORE_ROWS, RuleSheet, conflict, summary, typed, verdict_table, without_row
from app.pages.visits import Visit

VERSIONS_SHOWN = 20
STATUS: dict[str, int] = {"conflict": 409, "not-found": 404, "unavailable": 503}


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is working on which list: that of `place`, or (None) of all rooms. `rooms`: those she facilitates, open ones."""

    who: Who
    rooms: Mapping[int, Place]
    place: Place | None

    @property
    def slug(self) -> str:
        return "" if self.place is None else self.place.slug

    @property
    def room_id(self) -> int | None:
        return None if self.place is None else self.place.id


@dataclass(frozen=True, slots=True)
class RulePages:
    """The routes of words and rules."""

    pages: Pages
    db: Database
    clock: Clock
    directory: Directory
    decisions: Decisions
    publishing: Publishing
    dry_runs: DryRuns

    async def show(self, request: Request, visit: Visit) -> Response:
        """The list in force, as a form, and what the rules did."""
        slug = request.query_params.get("room", "")
        desk = _desk(visit.who, await self._hers(visit.who), slug)
        if desk is None:
            return self._closed(request, visit)
        async with self.db.read() as connection:
            number, words = await publishing.in_force(connection, desk.room_id)
        done = request.query_params.get("published") == str(number)
        notice = f"Version {number} is in force; within five seconds everywhere." if done and number else None
        return await self._page(request, desk, RuleSheet(number, words), notice=notice)

    async def act(self, request: Request, visit: Visit) -> Response:
        """One of the buttons: another row, one row less, try it out, publish, bring an earlier version back."""
        hers = await self._hers(visit.who)
        if _desk(visit.who, hers, "") is None:
            return self._closed(request, visit)
        form = forms.read_sheet(await request.form())
        if isinstance(form, dict):
            return self.pages.error(request, 422, " ".join(dict.fromkeys(form.values())), visit.who)
        sheet, rows = form
        desk = _desk(visit.who, hers, sheet.room)
        if desk is None or desk.slug != sheet.room:
            return self._closed(request, visit)
        mine = typed(sheet, rows)
        match sheet.do:
            case "try":
                return await self._try(request, desk, mine)
            case "publish":
                return await self._publish(request, desk, mine)
            case "undo":
                answer = await self.publishing.undo(desk.who, desk.place, sheet.base, sheet.number)
                return await self._answer(request, desk, answer, None)
            case "add":
                return await self._page(request, desk, replace(mine, blank=MORE_ROWS, proof=""))
            case _:
                number = int(sheet.do.rpartition("-")[2])
                return await self._page(request, desk, replace(without_row(mine, rows, number), proof=""))

    async def _try(self, request: Request, desk: Desk, mine: RuleSheet) -> Response:
        faults = wordlists.faults(mine.words)
        if faults:
            return await self._page(request, desk, replace(mine, faults=faults, proof=""), status=422)
        await self.directory.refresh()
        async with self.db.read() as connection:
            number, words = await publishing.in_force(connection, desk.room_id)
        if number != mine.base:
            return await self._conflict(request, desk, mine)
        run = await self._run(desk, mine)
        if isinstance(run, Failed):
            return await self._answer(request, desk, run, mine)
        changed = not wordlists.difference(words, mine.words).nothing
        proof = self.publishing.proof(desk.who, desk.place, mine.base, mine.words) if changed else ""
        return await self._page(request, desk, replace(mine, proof=proof), run=summary(run))

    async def _run(self, desk: Desk, mine: RuleSheet) -> DryRun | Failed:
        rooms = desk.rooms if desk.place is None else {desk.place.id: desk.place}
        slugs = {room_id: place.slug for room_id, place in rooms.items()}
        present = {slug: self.directory.book_for(slug) for slug in slugs.values()}
        edited = await self.directory.books_with(desk.slug or None, mine.words)
        fallback = edited[desk.slug or None]  # a room without a file is judged by what all share, as in `book_for`
        return await self.dry_runs.carry_out(slugs, present.__getitem__, lambda slug: edited.get(slug, fallback))

    async def _publish(self, request: Request, desk: Desk, mine: RuleSheet) -> Response:
        faults = wordlists.faults(mine.words)
        if faults:
            return await self._page(request, desk, replace(mine, faults=faults, proof=""), status=422)
        answer = await self.publishing.publish(
            desk.who, desk.place, mine.base, mine.words, proof=mine.proof, note=mine.note
        )
        return await self._answer(request, desk, answer, mine)

    async def _answer(self, request: Request, desk: Desk, answer: int | Failed, mine: RuleSheet | None) -> Response:
        """`mine`: what is in the form and must not be lost; None: nothing is."""
        if not isinstance(answer, Failed):
            await self.directory.refresh()
            query = urlencode({"room": desk.slug, "published": answer})
            return RedirectResponse(f"/facilitate/rules?{query}#versions", 303)
        if answer is CONFLICT and mine is not None:
            return await self._conflict(request, desk, mine)
        if mine is None:
            async with self.db.read() as connection:
                mine = RuleSheet(*await publishing.in_force(connection, desk.room_id))
        status = STATUS.get(answer.code, 422)
        return await self._page(request, desk, replace(mine, proof=""), status=status, notice=answer.why)

    async def _conflict(self, request: Request, desk: Desk, mine: RuleSheet) -> Response:
        """Both are shown; the form keeps her list, which from now on stands on top of the other's."""
        async with self.db.read() as connection:
            number, theirs = await publishing.in_force(connection, desk.room_id)
            base = await publishing.held_by(connection, desk.room_id, mine.base)
        both = {"number": number, "base": mine.base, **conflict(base, theirs, mine.words)}
        kept = replace(mine, base=number, proof="")
        return await self._page(request, desk, kept, status=409, conflict=both)

    async def _page(
        self, request: Request, desk: Desk, sheet: RuleSheet, *, status: int = 200, notice: str | None = None, **more: Any
    ) -> Response:  # fmt: skip
        await self.directory.places()
        since = self.clock.now() - WINDOW
        async with self.db.read() as connection:
            versions = await publishing.versions(connection, desk.room_id, VERSIONS_SHOWN)
            everywhere = await publishing.in_force(connection, None)
            judged, did = await hits.of_rules(connection, None if desk.place is None else [desk.place.id], since)
        book = self.directory.book_for(desk.slug) if desk.place else self.directory.shared_book
        known: dict[str, Any] = {
            "desk": desk, "sheet": sheet, "faults": sheet.faults or {}, "versions": versions, "judged": judged,
            "hits": did, "table": verdict_table(book), "everywhere": everywhere, "from_files": self._from_files(desk),
            "run": None, "conflict": None,
        }  # fmt: skip
        return self.pages.render(request, "rules.html", desk.who, status=status, notice=notice, **{**known, **more})

    def _from_files(self, desk: Desk) -> list[str]:
        """Words that pass because the rooms' files say so."""
        files = self.directory.files
        room = files.rooms.get(desk.slug)
        return [*files.shared.rules.allowed, *(room.rules.allowed if room else ())]

    async def _hers(self, who: Who | None) -> dict[int, Place]:
        return await rooms_of(who, self.db, self.directory, self.decisions)

    def _closed(self, request: Request, visit: Visit) -> Response:
        if visit.who is None:
            return RedirectResponse("/sign-in?next=/facilitate/rules", 303)
        return self.pages.error(request, 404, "There is nothing here.", visit.who)


def _desk(who: Who | None, hers: Mapping[int, Place], slug: str) -> Desk | None:
    """Her desk for that list; "" is that of all rooms, or her first room if all is not hers. None: no list is."""
    rooms = {room_id: place for room_id, place in hers.items() if not place.archived}
    if who is None or not (rooms if not who.facilitates_all else hers):
        return None
    if slug:
        place = next((place for place in rooms.values() if place.slug == slug), None)
        return None if place is None else Desk(who, rooms, place)
    return Desk(who, rooms, None if who.facilitates_all else next(iter(rooms.values())))

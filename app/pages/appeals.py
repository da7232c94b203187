"""Appeals: the private page about one sanction, where its member asks for a second look and reads the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, assert_never
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.clock import Clock, wire_time
from app.base.db import Database
from app.community import sanctions
from app.community.directory import Directory
from app.community.outcomes import Failed, Stopped
from app.community.sanctions import Sanction
from app.conduct import appeals
from app.conduct.appeals import TEXT_LIMIT, Appeal, Appeals, Written
from app.pages import forms
from app.pages.rendering import Pages
from app.pages.visits import Visit
from app.rules.verdict import Care

STATUSES = {"conflict": 409, "too-late": 409}


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the page says to somebody who has just sent its form. `text`: what stays in the field."""

    errors: dict[str, str] = field(default_factory=dict)
    text: str = ""
    status: int = 200
    asked: dict[str, Any] | None = None
    cards: tuple[Care, ...] = ()


@dataclass(frozen=True, slots=True)
class AppealPages:
    """The routes of appeals. No sanction closes them: a banned member can come here too."""

    pages: Pages
    db: Database
    clock: Clock
    directory: Directory
    appeals: Appeals

    async def show(self, request: Request, visit: Visit) -> Response:
        """What was decided about her, why, and what came of her asking."""
        return await self._show(request, visit, _Answer())

    async def write(self, request: Request, visit: Visit) -> Response:
        """Ask for a second look. What was refused stays in the field; a care card stands on this very page."""
        if visit.who is None:
            return _to_sign_in(request)
        data = await request.form()
        typed = data.get("text")
        text = typed if isinstance(typed, str) and forms.is_text(typed) else ""
        form = forms.read(forms.Appeal, data)
        if isinstance(form, dict):
            return await self._show(request, visit, _Answer(form, text, 422))
        sanction_id = request.path_params["id"]
        answer = await self.appeals.write(visit.who, sanction_id, form.text, confirmed=form.confirm)
        match answer:
            case Stopped(judgement=judgement):
                said = text.replace("\r\n", "\n").replace("\r", "\n").strip()  # as it was judged
                spans = sorted(span for each in judgement.findings for span in each.spans)
                asked = {"why": judgement.findings[0].why, "said": said, "spans": spans}
                return await self._show(request, visit, _Answer({}, text, 422, asked, judgement.care))
            case Failed():
                status = STATUSES.get(answer.code, 422)
                failed = _Answer({"text": answer.why}, text, status, cards=answer.care)
                return await self._show(request, visit, failed)
            case Written(care=cards) if cards:
                return await self._show(request, visit, _Answer(cards=cards))
            case Written():
                return RedirectResponse(f"/appeals/{quote(sanction_id)}", 303)
            case _:
                assert_never(answer)

    async def _show(self, request: Request, visit: Visit, answer: _Answer) -> Response:
        if visit.who is None:
            return _to_sign_in(request)
        async with self.db.read() as connection:
            sanction = await sanctions.find(connection, request.path_params["id"])
            if sanction is None or sanction.member_id != visit.who.id:
                return self.pages.error(request, 404, "There is nothing here.", visit.who)
            appeal = await appeals.of_sanction(connection, sanction.id)
        now = self.clock.now()
        return self.pages.render(
            request, "appeal.html", visit.who, status=answer.status, sanction=await self._told(sanction, now),
            appeal=_answered(appeal), open=appeal is None and appeals.in_time(sanction, now), errors=answer.errors,
            text=answer.text, asked=answer.asked, cards=answer.cards, limit=TEXT_LIMIT, days=appeals.WINDOW.days, noindex=True,
        )  # fmt: skip

    async def _told(self, sanction: Sanction, now: datetime) -> dict[str, Any]:
        places = (await self.directory.places()).values()
        guidelines = self.directory.files.shared.guidelines
        return {
            "id": sanction.id,
            "kind": sanction.kind,
            "room": next((place.name for place in places if place.id == sanction.room_id), None),
            "guideline": guidelines.get(sanction.guideline, sanction.guideline),
            "reason": sanction.reason,
            "issued": wire_time(sanction.issued_at),
            "until": sanction.until and wire_time(sanction.until),
            "over": sanction.until is not None and sanction.until <= now,
            "lifted": sanction.lifted_at and wire_time(sanction.lifted_at),
        }


def _answered(appeal: Appeal | None) -> dict[str, Any] | None:
    """The appeal as its writer sees it; who decided stays among the facilitators."""
    if appeal is None:
        return None
    decided = appeal.decided_at and wire_time(appeal.decided_at)
    return {
        "text": appeal.text, "at": wire_time(appeal.at), "state": appeal.state, "decided": decided,
        "answer": appeal.answer,
    }  # fmt: skip


def _to_sign_in(request: Request) -> Response:
    following = quote(f"/appeals/{request.path_params['id']}", safe="/")
    return RedirectResponse(f"/sign-in?next={following}", 303)

"""Routes: every address that answers HTTP for people, in one list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from app.base.errors import Busy, Unavailable, Unstorable
from app.community.directory import Directory
from app.pages.appeals import AppealPages
from app.pages.facilitating import FacilitatingPages
from app.pages.people import PeoplePages
from app.pages.rendering import Pages
from app.pages.rooms import RoomPages, guidelines_list
from app.pages.rules import RulePages
from app.pages.shields import CSP, HEADERS
from app.pages.visits import Visit, Visits

Handler = Callable[[Request, Visit], Awaitable[Response]]
journal = structlog.get_logger("pages")
ROBOTS = "User-agent: *\nDisallow: /\n"


@dataclass(frozen=True, slots=True)
class Site:
    """All pages, and who is looking at them."""

    pages: Pages
    visits: Visits
    directory: Directory
    rooms: RoomPages
    people: PeoplePages
    facilitating: FacilitatingPages
    appeals: AppealPages
    rules: RulePages

    def routes(self) -> list[BaseRoute]:
        """The list."""
        rooms, people, facilitating = self.rooms, self.people, self.facilitating
        return [
            self._get("/", rooms.home),
            self._get("/rooms/{slug}", rooms.room),
            self._get("/rooms/{slug}/messages", rooms.messages),
            self._post("/rooms/{slug}/messages", rooms.post),
            self._post("/rooms/{slug}/membership", rooms.join),
            self._post("/rooms/{slug}/membership/leave", rooms.leave),
            self._get("/register", people.register_form),
            self._post("/register", people.register),
            self._get("/verify/{token}", people.verify_form),
            self._post("/verify/{token}", people.verify),
            self._get("/sign-in", people.sign_in_form),
            self._post("/sign-in", people.sign_in),
            self._post("/sign-out", people.sign_out),
            self._get("/me", people.me),
            self._post("/me", people.rename),
            self._get("/me/export", people.export),
            self._get("/welcome/{token}", people.welcome_form),
            self._post("/welcome/{token}", people.welcome),
            self._get("/facilitate", facilitating.queue),
            self._get("/facilitate/rules", self.rules.show),
            self._post("/facilitate/rules", self.rules.act),
            self._post("/facilitate/{id}", facilitating.decide),
            self._get("/appeals/{id}", self.appeals.show),
            self._post("/appeals/{id}", self.appeals.write),
            self._get("/guidelines", self.guidelines),
            Route("/robots.txt", self.robots),
            Mount("/static", self.pages.static()),
        ]

    async def guidelines(self, request: Request, visit: Visit) -> Response:
        """The community guidelines, and whom to call."""
        shared = self.directory.files.shared
        return self.pages.render(
            request, "guidelines.html", visit.who, guidelines=guidelines_list(shared.guidelines),
            helplines=list(shared.helplines),
        )  # fmt: skip

    async def robots(self, _: Request) -> Response:
        """Search engines stay out."""
        return PlainTextResponse(ROBOTS)

    async def http_error(self, request: Request, error: Exception) -> Response:
        """What the router or a form reader refuses, in words."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
        texts = {
            404: "There is nothing at this address.",
            405: "This address does not take that.",
            413: "This is too large.",
        }
        response = self.pages.error(request, status, texts.get(status, "This could not be read."))
        response.headers.update(headers)
        return response

    async def away(self, request: Request, error: Exception) -> Response:
        """The database or a queue does not answer: say so, and when to come again."""
        wait = error.retry_after if isinstance(error, Busy) else 5
        text = (
            str(error)
            if isinstance(error, Busy)
            else "Something here does not answer just now. Nothing is lost; please try again."
        )
        response = self.pages.error(request, 503, text)
        response.headers["retry-after"] = str(wait)
        return response

    async def unforeseen(self, request: Request, error: Exception) -> Response:
        """A fault of ours: kept in the log with its trace, told without one."""
        journal.error("pages.unforeseen", error=repr(error))
        response = self.pages.error(request, 500, "Something went wrong here, and it is not your fault.")
        # This answer is given outside of all middleware, the header shield included.
        response.headers.update(
            {**HEADERS, "content-security-policy": CSP.format(live=""), "cache-control": "no-store"}
        )
        return response

    async def unstorable(self, request: Request, _: Exception) -> Response:
        """A value that the database refuses."""
        return self.pages.error(request, 422, "This holds a character that cannot be stored.")

    def errors(self) -> dict[int | type[Exception], Callable[[Request, Exception], Awaitable[Response]]]:
        """Errors become pages here and nowhere else."""
        return {
            HTTPException: self.http_error, Unavailable: self.away, Busy: self.away, Unstorable: self.unstorable,
            Exception: self.unforeseen,
        }  # fmt: skip

    def _get(self, path: str, handler: Handler) -> Route:
        return Route(path, self._visited(handler), methods=["GET"])

    def _post(self, path: str, handler: Handler) -> Route:
        return Route(path, self._visited(handler), methods=["POST"])

    def _visited(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            if request.method == "POST":
                await request.form(max_files=0)  # kept for the handler; no form here takes a file, so none is opened
            visit = await self.visits.of(request)
            response = await handler(request, visit)
            if visit.fresh and visit.token is not None and "set-cookie" not in response.headers:
                self.visits.sign_in(response, visit.token, None)
            return response

        return endpoint

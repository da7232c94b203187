"""Visits: who is looking, told by cookies that hold nothing but opaque random ids."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from app.base.clock import Clock
from app.base.db import Database
from app.base.keys import digest
from app.community import sessions
from app.community.members import Who
from app.settings import Settings

REMEMBER_SECONDS = int(sessions.REMEMBERED.total_seconds())


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is looking (None: a visitor), by which session; `fresh`: a session that her being remembered began."""

    who: Who | None
    token: str | None = None
    fresh: bool = False

    @property
    def session(self) -> str | None:
        """The digest of the session, or None."""
        return None if self.token is None else digest(self.token)


VISITOR = Visit(None)


class Visits:
    """Reads and writes the cookies `session` and `remember` (over https with the prefix __Host-)."""

    def __init__(self, settings: Settings, db: Database, clock: Clock) -> None:
        self._db, self._clock, self._secure = db, clock, settings.secure
        prefix = "__Host-" if settings.secure else ""
        self._session, self._remember = f"{prefix}session", f"{prefix}remember"

    async def of(self, request: Request) -> Visit:
        """Who is looking."""
        now = self._clock.now()
        token, remember = request.cookies.get(self._session), request.cookies.get(self._remember)
        if token is None and remember is None:
            return VISITOR
        async with self._db.read() as connection:
            found = None if token is None else await sessions.find(connection, token, now)
        if found is not None and token is not None:
            who, seen_at = found
            if now - seen_at > sessions.SEEN_EVERY:
                async with self._db.write() as connection:
                    await sessions.seen(connection, token, now)
            return Visit(who, token)
        return VISITOR if remember is None else await self._come_back(request, remember)

    async def _come_back(self, request: Request, remember: str) -> Visit:
        now = self._clock.now()
        async with self._db.write() as connection:
            member_id = await sessions.remembered(connection, remember, now)
            if member_id is None:
                return VISITOR
            token = await sessions.begin(connection, member_id, label(request), now)
            found = await sessions.find(connection, token, now)
        return VISITOR if found is None else Visit(found[0], token, fresh=True)

    def sign_in(self, response: Response, token: str, remember: str | None) -> None:
        """Give the browser its cookies."""
        response.set_cookie(self._session, token, path="/", secure=self._secure, httponly=True, samesite="lax")
        if remember is not None:
            response.set_cookie(
                self._remember, remember, max_age=REMEMBER_SECONDS, path="/", secure=self._secure, httponly=True,
                samesite="lax",
            )  # fmt: skip

    def sign_out(self, response: Response) -> None:
        """Take them away."""
        for name in (self._session, self._remember):
            response.delete_cookie(name, path="/", secure=self._secure, httponly=True, samesite="lax")

    def remembered(self, request: Request) -> str | None:
        return request.cookies.get(self._remember)


def label(request: Request) -> str:
    """A browser in a few words, for its owner's own list."""
    agent = request.headers.get("user-agent", "")
    systems = ("iPhone", "iPad", "Android", "Windows", "Mac OS X", "Linux")
    browsers = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    system = next((each for each in systems if each in agent), None)
    browser = next((name for mark, name in browsers if mark in agent), "A browser")
    return browser if system is None else f"{browser} on {system.replace('Mac OS X', 'Mac')}"

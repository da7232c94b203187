"""People: register, verify, sign in, sign out, one's own page; and the first administrator."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.base.bus import Bus
from app.base.clock import Clock, wire_time
from app.base.db import Database
from app.base.errors import Conflict
from app.base.keys import Keyring
from app.base.pace import Pace
from app.base.passwords import Passwords
from app.community import links, members, memberships, sanctions, sessions
from app.community.bench import Bench
from app.community.directory import Directory
from app.community.events import Event, SessionEnded, topic
from app.community.members import Member, NewMember
from app.mail.letters import Letters
from app.pages import forms
from app.pages.rendering import Pages
from app.pages.visits import Visit, Visits, label
from app.privacy import export
from app.rules.verdict import Allow

NAME_TAKEN = "Somebody here has this name already. Please choose another."
WRONG = "This address and password do not fit together."
LETTERS, LETTER_SECONDS = 3, 600.0
"""Letters to one address that anybody can cause: three at once, one more in ten minutes."""
SIGN_INS, SIGN_IN_SECONDS = 10, 30.0
"""Ten tries at once for one address, then one in 30 s: a guesser gets nowhere, a forgetful person waits half a minute."""


@dataclass(frozen=True, slots=True)
class PeoplePages:
    """The routes of people."""

    pages: Pages
    visits: Visits
    db: Database
    bus: Bus[Event]
    clock: Clock
    keys: Keyring
    passwords: Passwords
    pace: Pace
    letters: Letters
    directory: Directory
    bench: Bench
    url: str

    async def register_form(self, request: Request, visit: Visit) -> Response:
        return self.pages.render(request, "register.html", visit.who, errors={}, values={})

    async def register(self, request: Request, visit: Visit) -> Response:
        """A new account; a known address gets the same answer, and its owner a letter."""
        data = await request.form()
        form = forms.read(forms.Register, data)
        if isinstance(form, dict):
            return self._again(request, "register.html", form, data)
        unfit = await self._unfit(form.name)
        if unfit:
            return self._again(request, "register.html", unfit, data)
        if await self.pace.take(f"register:{self.keys.index(form.email)}", LETTERS, LETTER_SECONDS):
            return self.pages.render(request, "check_mail.html", visit.who, email=form.email)
        hashed = await self.passwords.hash(form.password)
        now = self.clock.now()
        async with self.db.write() as connection:
            known = await members.find_by_email(connection, self.keys, form.email)
            try:
                if known is not None and known.verified_at is not None:
                    await self.letters.enqueue(connection, "known", known.id, f"{self.url}/sign-in", now)
                else:
                    new = NewMember(form.name, form.email, hashed)
                    who = known or await members.add(connection, self.keys, new, now)
                    token = await links.for_registering(connection, who.id, form.name, hashed, now)
                    link = f"{self.url}/verify/{token}"
                    await self.letters.enqueue(connection, "verify", who.id, link, now, name=form.name)
            except Conflict:
                return self._again(request, "register.html", {"name": NAME_TAKEN}, data)
        return self.pages.render(request, "check_mail.html", visit.who, email=form.email)

    async def verify_form(self, request: Request, visit: Visit) -> Response:
        """The letter's link only asks: mail scanners follow links too."""
        token = request.path_params["token"]
        async with self.db.read() as connection:
            good = await links.open_for(connection, token, links.VERIFY, self.clock.now())
        if not good:
            return self.pages.render(request, "verify_failed.html", visit.who, status=410)
        return self.pages.render(request, "verify.html", visit.who, token=token)

    async def verify(self, request: Request, visit: Visit) -> Response:
        now = self.clock.now()
        async with self.db.write() as connection:
            link = await links.use(connection, request.path_params["token"], links.VERIFY, now)
            if link is not None and link.member_id is not None:
                await self._confirm(connection, link, link.member_id)
        if link is None:
            return self.pages.render(request, "verify_failed.html", visit.who, status=410)
        return RedirectResponse("/sign-in?verified=1", 303)

    async def _confirm(self, connection: AsyncConnection, link: links.Link, member_id: str) -> None:
        """The account is now what this link's registration asked for; other links to the same address end."""
        now = self.clock.now()
        if link.name is not None and link.password_hash is not None:
            with contextlib.suppress(Conflict):  # somebody took the name meanwhile: the account keeps its first one
                await members.rename(connection, member_id, link.name)
            await members.rehash(connection, member_id, link.password_hash)
        await links.close(connection, links.VERIFY, member_id, now)
        await members.verify(connection, member_id, now)

    async def sign_in_form(self, request: Request, visit: Visit) -> Response:
        notice = (
            "Thank you, your address is confirmed. You can sign in now." if "verified" in request.query_params else None
        )
        following = _own_path(request.query_params.get("next", "/"))
        return self.pages.render(
            request, "sign_in.html", visit.who, errors={}, values={}, next=following, notice=notice
        )

    async def sign_in(self, request: Request, visit: Visit) -> Response:
        """One POST with the right Origin signs a browser in, or a program."""
        data = await request.form()
        form = forms.read(forms.SignIn, data)
        if isinstance(form, dict):
            return self._again(request, "sign_in.html", form, data, next="/")
        following = _own_path(form.next)
        wait = await self.pace.take(f"sign-in:{self.keys.index(form.email)}", SIGN_INS, SIGN_IN_SECONDS)
        if wait:
            slower = {"email": f"That was many tries. Please wait {int(wait) + 1} seconds."}
            return self._again(request, "sign_in.html", slower, data, status=429, next=following)
        async with self.db.read() as connection:
            member = await members.find_by_email(connection, self.keys, form.email)
        right = await self.passwords.matches(member.password_hash if member else None, form.password)
        if member is None or not right or member.verified_at is None:
            return self._again(request, "sign_in.html", {"email": WRONG}, data, status=401, next=following)
        await self.pace.give_back(f"sign-in:{self.keys.index(form.email)}", SIGN_IN_SECONDS)
        return await self._signed_in(request, visit, member, form, following)

    async def sign_out(self, request: Request, visit: Visit) -> Response:
        """Ends this browser's session and its sockets everywhere."""
        now = self.clock.now()
        remembered = self.visits.remembered(request)
        async with self.db.write() as connection:
            if visit.session is not None:
                await sessions.end(connection, visit.session, now)
            if remembered is not None:
                await sessions.forget(connection, remembered, now)
        if visit.session is not None:
            ended = SessionEnded(visit.session)
            self.bus.tell(topic(ended), ended)
        response = RedirectResponse("/", 303)
        response.headers["clear-site-data"] = '"cache", "storage"'
        self.visits.sign_out(response)
        return response

    async def me(self, request: Request, visit: Visit) -> Response:
        """Her own page."""
        return await self._me(request, visit, {})

    async def rename(self, request: Request, visit: Visit) -> Response:
        if visit.who is None:
            return RedirectResponse("/sign-in?next=/me", 303)
        async with self.db.read() as connection:
            quiet = await sanctions.everywhere(connection, visit.who.id, self.clock.now())
        if quiet is not None:
            return self.pages.error(request, 403, f"You cannot change this just now: {quiet.reason}", visit.who)
        form = forms.read(forms.Rename, await request.form())
        if isinstance(form, dict):
            return await self._me(request, visit, form, status=422)
        unfit = await self._unfit(form.name)
        if unfit:
            return await self._me(request, visit, unfit, status=422)
        try:
            async with self.db.write() as connection:
                await members.rename(connection, visit.who.id, form.name)
        except Conflict:
            return await self._me(request, visit, {"name": NAME_TAKEN}, status=409)
        return RedirectResponse("/me", 303)

    async def export(self, _: Request, visit: Visit) -> Response:
        """Everything we hold about her, as a file."""
        if visit.who is None:
            return RedirectResponse("/sign-in?next=/me", 303)
        async with self.db.read() as connection:
            data = await export.of_member(connection, self.keys, visit.who.id)
        return JSONResponse(data, headers={"content-disposition": 'attachment; filename="my-data.json"'})

    async def welcome_form(self, request: Request, visit: Visit) -> Response:
        """The one-time link that the first start prints."""
        token = request.path_params["token"]
        async with self.db.read() as connection:
            good = await links.open_for(connection, token, links.FIRST_ADMINISTRATOR, self.clock.now())
        if not good:
            return self.pages.error(request, 410, "This link was used already, or is too old.", visit.who)
        return self.pages.render(request, "first_administrator.html", visit.who, token=token, errors={}, values={})

    async def welcome(self, request: Request, visit: Visit) -> Response:
        token = request.path_params["token"]
        data = await request.form()
        form = forms.read(forms.FirstAdministrator, data)
        if isinstance(form, dict):
            return self._again(request, "first_administrator.html", form, data, token=token)
        unfit = await self._unfit(form.name)
        if unfit:
            return self._again(request, "first_administrator.html", unfit, data, token=token)
        hashed = await self.passwords.hash(form.password)
        now = self.clock.now()
        new = NewMember(form.name, form.email, hashed, role="administrator", verified=True)
        async with self.db.write() as connection:
            if not await links.open_for(connection, token, links.FIRST_ADMINISTRATOR, now):
                return self.pages.error(request, 410, "This link was used already, or is too old.", visit.who)
            try:
                await members.add(connection, self.keys, new, now)
            except Conflict:
                taken = {"name": "This name or address is taken."}
                return self._again(request, "first_administrator.html", taken, data, token=token)
            await links.use(connection, token, links.FIRST_ADMINISTRATOR, now)
        return RedirectResponse("/sign-in", 303)

    async def _unfit(self, name: str) -> dict[str, str]:
        """What is wrong with a name that the rules do not let pass whole: names are read by everybody, all the time."""
        judgement = await self.bench.judge(name, "name")
        if isinstance(judgement, Allow):
            return {}
        guideline = self.bench.book_for("").guidelines[judgement.findings[0].guideline]
        return {"name": f"Please choose another name: members read it beside all you write. Our guideline: {guideline}"}

    async def _signed_in(
        self, request: Request, visit: Visit, member: Member, form: forms.SignIn, following: str
    ) -> Response:
        rehashed = None
        if member.password_hash is not None and self.passwords.outdated(member.password_hash):
            rehashed = await self.passwords.hash(form.password)
        now = self.clock.now()
        async with self.db.write() as connection:
            if visit.session is not None:
                await sessions.end(connection, visit.session, now)
            if rehashed is not None:
                await members.rehash(connection, member.id, rehashed)
            token = await sessions.begin(connection, member.id, label(request), now)
            remember = await sessions.remember(connection, member.id, now) if form.remember else None
        response = RedirectResponse(following, 303)
        self.visits.sign_in(response, token, remember)
        return response

    async def _me(self, request: Request, visit: Visit, errors: dict[str, str], status: int = 200) -> Response:
        if visit.who is None:
            return RedirectResponse("/sign-in?next=/me", 303)
        async with self.db.read() as connection:
            member = await members.find(connection, visit.who.id)
            joined = await memberships.joined(connection, visit.who)
            browsers = await sessions.of_member(connection, visit.who.id, self.clock.now())
        if member is None:
            return RedirectResponse("/sign-in", 303)
        places = await self.directory.places()
        shown = {
            "name": member.name,
            "email": members.address(member, self.keys),
            "rooms": [{"slug": slug, "name": places[slug].name} for slug in places if slug in joined],
            "sessions": [
                {"label": each.label, "current": each.digest == visit.session, "created": wire_time(each.created_at)}
                for each in browsers
            ],
        }
        return self.pages.render(request, "me.html", visit.who, status=status, member=shown, errors=errors)

    def _again(
        self, request: Request, template: str, errors: dict[str, str], data: Any, *, status: int = 422, **context: Any
    ) -> Response:
        """The form once more, with what was typed (never the password) and what is wrong."""
        values = {key: value for key, value in data.items() if key != "password" and forms.is_text(value)}
        return self.pages.render(request, template, None, status=status, errors=errors, values=values, **context)


def _own_path(path: str) -> str:
    """Only a path of this site is followed after signing in."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if plain else "/"

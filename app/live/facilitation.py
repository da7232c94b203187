"""Facilitation over the socket: decisions whose authority is looked up, each time, in the database."""

from __future__ import annotations

from app.base.db import Database
from app.community import members, memberships
from app.community.directory import Directory, facilitates
from app.community.ledger import NOT_ALLOWED, NOT_FOUND
from app.community.members import Who
from app.community.outcomes import Failed
from app.community.posting import Posting
from app.community.rooms import Place
from app.community.sanctions import NewSanction
from app.conduct.decisions import Decisions, done, slow_values
from app.live import frames_in as ask


class Facilitation:
    """Frames that only facilitators may send."""

    def __init__(self, db: Database, directory: Directory, posting: Posting, decisions: Decisions) -> None:
        self._db, self._directory, self._posting, self._decisions = db, directory, posting, decisions

    async def decide(
        self, who: Who, frame: ask.MessageRelease | ask.MessageReject | ask.SanctionIssue | ask.SanctionLift
    ) -> str | Failed:
        """A decision that names its subject by id."""
        who, roles = await self._authority(who)
        places = {place.id: place for place in (await self._directory.places()).values()}
        match frame:
            case ask.SanctionIssue():
                return await self._sanction(who, frame, roles)
            case ask.SanctionLift():
                return await self._decisions.lift(who, roles, places, frame.id, frame.reason or "")
            case ask.MessageRelease() | ask.MessageReject():
                room_id = await self._posting.room_of(frame.id)
                place = None if room_id is None else places.get(room_id)
                if place is None or not facilitates(who, roles, place.slug):
                    return NOT_FOUND
                accept = isinstance(frame, ask.MessageRelease)
                return done(await self._decisions.release(who, place, frame.id, frame.reason or "", accept=accept))

    async def set_room(
        self, who: Who, frame: ask.RoomSlow | ask.RoomPause | ask.RoomResume, place: Place
    ) -> str | Failed:
        """Slow mode, pause and resume."""
        who, roles = await self._authority(who)
        if not facilitates(who, roles, place.slug):
            return NOT_ALLOWED
        if isinstance(frame, ask.RoomSlow):
            values = slow_values(frame.seconds)
            if isinstance(values, Failed):
                return values
        else:
            values = {"paused": isinstance(frame, ask.RoomPause), "notice": frame.notice}
        answer = await self._decisions.set_room(who, place, ask.name_of(frame), values)
        if not isinstance(answer, Failed):
            await self._directory.refresh()
        return answer

    async def _authority(self, who: Who) -> tuple[Who, dict[str, str]]:
        """Her role and her roles in rooms as of now: those of the handshake may be over."""
        async with self._db.read() as connection:
            member = await members.find(connection, who.id)
            who = Who(who.id, who.name, "member" if member is None else member.role)
            return who, await memberships.joined(connection, who)

    async def _sanction(self, who: Who, frame: ask.SanctionIssue, roles: dict[str, str]) -> str | Failed:
        place = None if frame.room is None else self._directory.find(frame.room)
        if frame.room is not None and place is None:
            return NOT_FOUND
        allowed = who.facilitates_all if place is None else facilitates(who, roles, place.slug)
        if not allowed:
            return NOT_ALLOWED
        new = NewSanction(
            frame.member, None if place is None else place.id, frame.kind, frame.minutes, frame.guideline, frame.reason,
            who.id,
        )  # fmt: skip
        return await self._decisions.sanction(who, place, new)

"""Decisions: what facilitators do in a room, each with its audit entry in the same transaction.

What a verb is given is looked at in the order of what that costs: its length, then whether she may, and only then do the
rules read her words.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from app.base.bus import Bus
from app.base.clock import Clock, wire_time
from app.base.db import Database
from app.community import memberships, sanctions
from app.community.bench import Bench
from app.community.events import Event, MemberSanctioned, MembershipEnded, RoomStateChanged, topic
from app.community.ledger import NOT_ALLOWED, NOT_FOUND
from app.community.members import Who
from app.community.messages import Message
from app.community.operations import Heed, Pin, Release, Remove, Restore
from app.community.outcomes import Changed, Failed, Heeded, Rejected, Settled
from app.community.posting import Posting
from app.community.rooms import SLOWEST, Place, set_state
from app.community.sanctions import KINDS, LONGEST_MUTE_MINUTES, REASON_LIMIT, InForce, NewSanction, Sanction
from app.community.writer import UNSTORABLE
from app.conduct import audit, reports
from app.conduct.reach import facilitates, out_of_reach
from app.rules.verdict import GUIDELINES

NOTICE_LIMIT = 500
MINUTES_LIMIT = 10 * 365 * 24 * 60
ANSWERED = Failed("conflict", "Somebody has decided about this already.")
UNNAMED = Failed("not-allowed", "Name the guideline that this message breaks.")


class Decisions:
    """Carries out what facilitators decide. Everything answers with an id, or with what stood against it."""

    def __init__(self, db: Database, bus: Bus[Event], clock: Clock, posting: Posting, bench: Bench) -> None:
        self._db, self._bus, self._clock, self._posting, self._bench = db, bus, clock, posting, bench

    async def may_decide(self, who: Who) -> bool:
        """Who is banned decides nothing any more, whatever her role."""
        async with self._db.read() as connection:
            counting = await sanctions.in_force(connection, {who.id}, self._clock.now())
        return all(each.kind != "ban" for each in counting)

    async def remove(self, who: Who, place: Place, seq: int, guideline: str | None, reason: str) -> Settled:
        """Remove a message: one's own without a word, another's with its audit entry."""
        if guideline is not None and guideline not in GUIDELINES:
            return Failed("not-found", "There is no such guideline.")
        refused = unwritable(reason)
        if refused:
            return refused
        async with self._db.read() as connection:
            author = await _author_of(connection, place.id, seq)
        if author == who.id:
            return await self._posting.carry_out(Remove(who=who, room_id=place.id, seq=seq))
        refused = UNNAMED if guideline is None else NOT_FOUND if author is None else None
        refused = refused or await self._unfit_in(place, who, reason)
        if refused:
            return refused
        subject, now = f"{place.slug}/{seq}", self._clock.now()
        note = audit.entry(who, "message.remove", place.id, subject, now, guideline=guideline, reason=reason)
        remove = Remove(who=who, room_id=place.id, seq=seq, guideline=guideline, alongside=(note,))
        return await self._posting.carry_out(remove)

    async def restore(self, who: Who, place: Place, seq: int, reason: str) -> Settled:
        """Bring a message back that was removed by anyone: a facilitator's verb."""
        refused = unwritable(reason)
        if refused:
            return refused
        note = audit.entry(who, "message.restore", place.id, f"{place.slug}/{seq}", self._clock.now(), reason=reason)
        return await self._posting.carry_out(Restore(who=who, room_id=place.id, seq=seq, alongside=(note,)))

    async def pin(self, who: Who, place: Place, seq: int, *, pinned: bool) -> Settled:
        what = "message.pin" if pinned else "message.unpin"
        note = audit.entry(who, what, place.id, f"{place.slug}/{seq}", self._clock.now())
        return await self._posting.carry_out(Pin(who=who, room_id=place.id, seq=seq, pinned=pinned, alongside=(note,)))

    async def release(self, who: Who, place: Place, message_id: str, reason: str, *, accept: bool) -> Settled:
        """Let a held message into the room, or not."""
        refused = unwritable(reason)
        if refused:
            return refused
        what = "message.release" if accept else "message.reject"
        note = audit.entry(who, what, place.id, message_id, self._clock.now(), reason=reason)
        release = Release(who=who, room_id=place.id, message_id=message_id, accept=accept, alongside=(note,))
        return await self._posting.carry_out(release)

    async def heed(
        self, who: Who, place: Place, concern_id: str, *, remove: bool, reason: str, guideline: str = ""
    ) -> str | Failed:
        """Decide a concern: all is well, or its message goes. Deciding, removing and entering it are one transaction."""
        if remove and guideline not in GUIDELINES:
            return UNNAMED
        refused = unwritable(reason) or (await self._unfit_in(place, who, reason) if remove else None)
        if refused:
            return refused
        what, named = ("concern.uphold", guideline) if remove else ("concern.dismiss", None)
        note = audit.entry(who, what, place.id, concern_id, self._clock.now(), guideline=named, reason=reason)
        heed = Heed(who=who, room_id=place.id, concern_id=concern_id, remove=remove, guideline=named, alongside=(note,))
        return done(await self._posting.carry_out(heed))

    async def answer(
        self, who: Who, place: Place, report_id: str, *, remove: bool, reason: str, guideline: str = ""
    ) -> str | Failed:
        """Decide a report: remove the message, or leave it. `guideline`: where the report names none.

        The message goes first (removing it twice is removing it once): a report that is decided has been acted on.
        """
        refused = unwritable(reason)
        if remove and not refused:
            refused = await self._remove_reported(who, place, report_id, guideline, reason)
        if refused:
            return refused
        now = self._clock.now()
        async with self._db.write() as connection:
            report = await reports.find(connection, report_id)
            if report is None or report.room_id != place.id:
                return NOT_FOUND
            if not await reports.decide(connection, report, who, upheld=remove, now=now):
                return ANSWERED
            what = "report.uphold" if remove else "report.dismiss"
            await connection.execute(
                audit.entry(who, what, place.id, report_id, now, guideline=report.guideline, reason=reason)
            )
        return report_id

    async def _remove_reported(
        self, who: Who, place: Place, report_id: str, guideline: str, reason: str
    ) -> Failed | None:
        async with self._db.read() as connection:
            report = await reports.find(connection, report_id)
            if report is None or report.room_id != place.id:
                return NOT_FOUND
            if report.state != "open":
                return ANSWERED
            seq = await _seq_of(connection, report.message_id)
        if seq is None:
            return None
        removed = await self.remove(who, place, seq, report.guideline or guideline or None, reason)
        return removed if isinstance(removed, Failed) else None

    async def sanction(self, who: Who, place: Place | None, new: NewSanction) -> str | Failed:
        """Warn, mute, remove or ban a member."""
        refused = unwritable(new.reason) or _unusable(place, new)
        if refused:
            return refused
        now = self._clock.now()
        async with self._db.read() as connection:
            refused = await out_of_reach(connection, who, place, new.member_id, now)
        refused = refused or await self._unfit(new.reason, place)
        if refused:
            return refused
        async with self._db.write() as connection:
            refused = await out_of_reach(connection, who, place, new.member_id, now)
            if refused:
                return refused
            sanction = await sanctions.issue(connection, new, now)
            if new.kind == "remove" and new.room_id is not None:
                await memberships.leave(connection, new.member_id, new.room_id, now)
            what = f"sanction.{new.kind}"
            await connection.execute(
                audit.entry(who, what, new.room_id, sanction.id, now, guideline=new.guideline, reason=new.reason)
            )
        self._tell(sanction, place, lifted=False)
        if new.kind == "remove" and place is not None:
            ended = MembershipEnded(new.member_id, place.slug)
            self._bus.tell(topic(ended), ended)
        return sanction.id

    async def lift(
        self, who: Who, roles: dict[str, str], places: dict[int, Place], sanction_id: str, reason: str
    ) -> str | Failed:
        """End a sanction before its time. `roles`: her rooms and roles; `places`: rooms by id."""
        refused = unwritable(reason)
        if refused:
            return refused
        async with self._db.read() as connection:
            sanction = await sanctions.find(connection, sanction_id)
        place = None if sanction is None or sanction.room_id is None else places.get(sanction.room_id)
        here = who.facilitates_all or (place is not None and roles.get(place.slug) == "facilitator")
        if sanction is None or not here:
            return NOT_FOUND
        if sanction.member_id == who.id:
            return Failed("not-allowed", "You cannot lift a sanction on yourself. You can appeal.")
        refused = await self._unfit(reason, None)
        if refused:
            return refused
        now = self._clock.now()
        async with self._db.write() as connection:
            if not await end_early(connection, who, sanction, reason, now):
                return Failed("conflict", "This sanction is over already.")
        self.tell_lifted(sanction, place)
        return sanction_id

    def tell_lifted(self, sanction: Sanction, place: Place | None) -> None:
        """What follows `end_early`, once that is committed: her open sockets learn of it."""
        values = {name: getattr(sanction, name) for name in InForce.__dataclass_fields__}
        self._tell(InForce(**values), place, lifted=True)

    async def set_room(self, who: Who, place: Place, what: str, values: dict[str, object]) -> str | Failed:
        """Slow mode, pause, resume: `values` are the room's columns that change."""
        notice = str(values.get("notice") or "")
        refused = unwritable(notice, NOTICE_LIMIT, "A notice") or await self._unfit(notice, place)
        if refused:
            return refused
        now = self._clock.now()
        async with self._db.write() as connection:
            await set_state(connection, place.id, values)
            reason = ", ".join(f"{name}: {value}" for name, value in values.items())
            await connection.execute(audit.entry(who, what, place.id, place.slug, now, reason=reason))
        state = {"slow": place.slow, "paused": place.paused, "notice": place.notice, **values}
        changed = RoomStateChanged(place.slug, **state)  # type: ignore[arg-type]
        self._bus.tell(topic(changed), changed)
        return place.slug

    async def _unfit(self, words: str, place: Place | None) -> Failed | None:
        """What members will read passes the rules too. Length and authority come before: this takes time."""
        why = await self._bench.against(words, "" if place is None else place.slug)
        return None if why is None else Failed("not-allowed", why)

    async def _unfit_in(self, place: Place, who: Who, words: str) -> Failed | None:
        """The same, of somebody who has to facilitate that room for it."""
        async with self._db.read() as connection:
            may = await facilitates(connection, who.id, place, self._clock.now())
        return await self._unfit(words, place) if may else NOT_ALLOWED

    def _tell(self, sanction: InForce, place: Place | None, *, lifted: bool) -> None:
        until = None if sanction.until is None else wire_time(sanction.until)
        told = MemberSanctioned(
            sanction.id, sanction.member_id, None if place is None else place.slug, sanction.kind, until, sanction.guideline,
            sanction.reason, lifted,
        )  # fmt: skip
        self._bus.tell(topic(told), told)


async def end_early(connection: AsyncConnection, who: Who, sanction: Sanction, reason: str, now: datetime) -> bool:
    """Lift a sanction, with its audit entry; False when it was over already. Whether `who` may is the caller's to ask."""
    if not await sanctions.lift(connection, sanction.id, who.id, reason[:REASON_LIMIT], now):
        return False
    await connection.execute(audit.entry(who, "sanction.lift", sanction.room_id, sanction.id, now, reason=reason))
    return True


def unwritable(words: str, limit: int = REASON_LIMIT, what: str = "A reason") -> Failed | None:
    """What cannot be kept is not read: to judge a text takes the longer, the longer it is."""
    if len(words) > limit:
        return Failed("too-long", f"{what} may have {limit:,} characters.")
    return UNSTORABLE if "\0" in words else None


def slow_values(seconds: int) -> dict[str, object] | Failed:
    """The room's columns for slow mode."""
    if not 0 <= seconds <= SLOWEST:
        return Failed("not-allowed", f"Slow mode is 0 (off) to {SLOWEST} seconds.")
    return {"slow": seconds}


def done(settled: Settled) -> str | Failed:
    """What a facilitator is answered: an id, or what stood against it."""
    match settled:
        case Changed():
            return str(settled.message.seq)
        case Rejected() | Heeded():
            return settled.id
        case Failed():
            return settled
        case _:
            return NOT_FOUND


def _unusable(place: Place | None, new: NewSanction) -> Failed | None:
    longest = LONGEST_MUTE_MINUTES if new.kind == "mute" else MINUTES_LIMIT
    faults = (
        (new.kind not in KINDS, "warn, mute, remove or ban."),
        (new.guideline not in GUIDELINES, "Name the guideline that this is about."),
        (not new.reason.strip(), f"Give a reason, up to {REASON_LIMIT} characters."),
        (new.minutes is not None and not 1 <= new.minutes <= longest, f"minutes: 1 to {longest}, or none."),
        (new.kind == "remove" and place is None, "Removing is from one room; name it."),
        (new.kind == "ban" and place is not None, "A ban is from the whole community; name no room."),
    )
    return next((Failed("not-allowed", why) for wrong, why in faults if wrong), None)


async def _seq_of(connection: AsyncConnection, message_id: str) -> int | None:
    return (await connection.execute(select(Message.seq).where(col(Message.id) == message_id))).scalar()


async def _author_of(connection: AsyncConnection, room_id: int, seq: int) -> str | None:
    query = select(Message.member_id).where(col(Message.room_id) == room_id, col(Message.seq) == seq)
    return (await connection.execute(query)).scalar()

"""Decisions: what facilitators do in a room, each with its audit entry in the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import Insert
from sqlmodel import col, select

from app.base.bus import Bus
from app.base.clock import Clock, wire_time
from app.base.db import Database
from app.community import members, memberships, sanctions
from app.community.bookkeeping import standings_of
from app.community.events import Event, MemberSanctioned, MembershipEnded, RoomStateChanged, topic
from app.community.ledger import NOT_FOUND
from app.community.members import Who
from app.community.messages import Message
from app.community.operations import Pin, Release, Remove, Restore
from app.community.outcomes import Changed, Failed, Rejected, Settled
from app.community.posting import Posting
from app.community.rooms import SLOWEST, Place, set_state
from app.community.sanctions import KINDS, LONGEST_MUTE_MINUTES, REASON_LIMIT, InForce, NewSanction, Sanction
from app.conduct import audit, reports
from app.rules.verdict import GUIDELINES

MINUTES_LIMIT = 10 * 365 * 24 * 60
ANSWERED = Failed("conflict", "Somebody has decided about this already.")


class Decisions:
    """Carries out what facilitators decide. Everything answers with an id, or with what stood against it."""

    def __init__(self, db: Database, bus: Bus[Event], clock: Clock, posting: Posting) -> None:
        self._db, self._bus, self._clock, self._posting = db, bus, clock, posting

    async def may_decide(self, who: Who) -> bool:
        """Who is banned decides nothing any more, whatever her role."""
        async with self._db.read() as connection:
            counting = await sanctions.in_force(connection, {who.id}, self._clock.now())
        return all(each.kind != "ban" for each in counting)

    async def remove(self, who: Who, place: Place, seq: int, guideline: str | None, reason: str) -> Settled:
        """Remove a message: one's own without a word, another's with its audit entry."""
        if guideline is not None and guideline not in GUIDELINES:
            return Failed("not-found", "There is no such guideline.")
        note = await self._entry_unless_own(who, "message.remove", place, seq, guideline, reason)
        if note and guideline is None:
            return Failed("not-allowed", "Name the guideline that this message breaks.")
        return await self._posting.carry_out(
            Remove(who=who, room_id=place.id, seq=seq, guideline=guideline, alongside=note)
        )

    async def restore(self, who: Who, place: Place, seq: int, reason: str) -> Settled:
        """Bring a message back that was removed by anyone: a facilitator's verb."""
        note = audit.entry(who, "message.restore", place.id, f"{place.slug}/{seq}", self._clock.now(), reason=reason)
        return await self._posting.carry_out(Restore(who=who, room_id=place.id, seq=seq, alongside=(note,)))

    async def pin(self, who: Who, place: Place, seq: int, *, pinned: bool) -> Settled:
        what = "message.pin" if pinned else "message.unpin"
        note = audit.entry(who, what, place.id, f"{place.slug}/{seq}", self._clock.now())
        return await self._posting.carry_out(Pin(who=who, room_id=place.id, seq=seq, pinned=pinned, alongside=(note,)))

    async def release(self, who: Who, place: Place, message_id: str, reason: str, *, accept: bool) -> Settled:
        """Let a held message into the room, or not."""
        what = "message.release" if accept else "message.reject"
        note = audit.entry(who, what, place.id, message_id, self._clock.now(), reason=reason)
        release = Release(who=who, room_id=place.id, message_id=message_id, accept=accept, alongside=(note,))
        return await self._posting.carry_out(release)

    async def answer(
        self, who: Who, place: Place, report_id: str, *, remove: bool, reason: str, guideline: str = ""
    ) -> str | Failed:
        """Decide a report: remove the message, or leave it. `guideline`: where the report names none.

        The message goes first (removing it twice is removing it once): a report that is decided has been acted on.
        """
        refused = await self._remove_reported(who, place, report_id, guideline, reason) if remove else None
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
        refused = _unusable(place, new)
        if refused:
            return refused
        now = self._clock.now()
        async with self._db.write() as connection:
            refused = await self._out_of_reach(connection, who, place, new.member_id, now)
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
        now = self._clock.now()
        async with self._db.write() as connection:
            sanction = await sanctions.find(connection, sanction_id)
            place = None if sanction is None or sanction.room_id is None else places.get(sanction.room_id)
            here = who.facilitates_all or (place is not None and roles.get(place.slug) == "facilitator")
            if sanction is None or not here:
                return NOT_FOUND
            if sanction.member_id == who.id:
                return Failed("not-allowed", "You cannot lift a sanction on yourself. You can appeal.")
            if not await end_early(connection, who, sanction, reason, now):
                return Failed("conflict", "This sanction is over already.")
        self.tell_lifted(sanction, place)
        return sanction_id

    def tell_lifted(self, sanction: Sanction, place: Place | None) -> None:
        """What follows `end_early`, once that is committed: her open sockets learn of it."""
        values = {name: getattr(sanction, name) for name in InForce.__dataclass_fields__}
        self._tell(InForce(**values), place, lifted=True)

    async def set_room(self, who: Who, place: Place, what: str, values: dict[str, object]) -> str:
        """Slow mode, pause, resume: `values` are the room's columns that change."""
        now = self._clock.now()
        async with self._db.write() as connection:
            await set_state(connection, place.id, values)
            reason = ", ".join(f"{name}: {value}" for name, value in values.items())
            await connection.execute(audit.entry(who, what, place.id, place.slug, now, reason=reason))
        state = {"slow": place.slow, "paused": place.paused, "notice": place.notice, **values}
        changed = RoomStateChanged(place.slug, **state)  # type: ignore[arg-type]
        self._bus.tell(topic(changed), changed)
        return place.slug

    async def _entry_unless_own(
        self, who: Who, what: str, place: Place, seq: int, guideline: str | None, reason: str
    ) -> tuple[Insert, ...]:
        async with self._db.read() as connection:
            author = await _author_of(connection, place.id, seq)
        if author == who.id:
            return ()
        now = self._clock.now()
        return (audit.entry(who, what, place.id, f"{place.slug}/{seq}", now, guideline=guideline, reason=reason),)

    async def _out_of_reach(
        self, connection: AsyncConnection, who: Who, place: Place | None, member_id: str, now: datetime
    ) -> Failed | None:
        """A facilitator's reach: members of her rooms, never herself, another facilitator or an administrator."""
        member = await members.find(connection, member_id)
        if member is None:
            return Failed("not-found", "There is no such member.")
        if member_id == who.id:
            return Failed("not-allowed", "You cannot sanction yourself.")
        if who.role != "administrator":
            if member.role != "member":
                return Failed("not-allowed", "Only an administrator can sanction a facilitator.")
            if place is None and await memberships.facilitates_some(connection, member_id):
                return Failed("not-allowed", "Only an administrator can sanction a facilitator.")
            if place is not None:
                standings = await standings_of(connection, {(member_id, place.id)}, now)
                if standings[member_id, place.id].facilitates:
                    return Failed("not-allowed", "Only an administrator can sanction a facilitator.")
        return None

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
        case Rejected():
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
        (not 1 <= len(new.reason.strip()) <= REASON_LIMIT, f"Give a reason, up to {REASON_LIMIT} characters."),
        ("\0" in new.reason, "The reason holds a character that cannot be stored."),
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

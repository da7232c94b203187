"""Appeals: a member asks for a second look at a sanction on her, once, and somebody else than its issuer answers.

A muted, removed or banned member may do this too: it is the one thing that no sanction takes away.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, insert, or_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel, col, select

from app.base.bus import Bus
from app.base.clock import Clock, wire_time
from app.base.db import Database, pick
from app.base.keys import opaque_id
from app.community import concerns, sanctions
from app.community.bench import Bench
from app.community.events import Event, FacilitatorsAlerted, topic
from app.community.members import Member, Who
from app.community.memberships import Membership
from app.community.outcomes import Failed, Stopped
from app.community.rooms import Place, Room
from app.community.sanctions import Sanction
from app.conduct import audit
from app.conduct.decisions import ANSWERED, Decisions, end_early
from app.conduct.reports import HEARD
from app.rules.verdict import Allow, Care, Judgement, Nudge

TEXT_LIMIT = 2_000
ANSWER_LIMIT = 1_000
WINDOW = timedelta(days=30)
"""How long after its issuing a sanction can be appealed: long enough to calm down, while people still remember."""

GRAVE = {("cursing", "severe"), ("respect", "threat")}
"""Findings, by rule and level, about which an appeal is asked once. Everything else may be said: she has to be able to."""

ASKED = (
    "Some of these words may hurt whoever reads this, and make it harder to see your side. You can say it otherwise, or "
    "send it as it is: you will be heard either way."
)

NOT_HERS = Failed("not-found", "There is no such decision about you.")
NOT_WAITING = Failed("not-found", "This is not waiting any more.")
WRITTEN = Failed("conflict", "You have asked for a second look at this already.")
TOO_LATE = Failed("too-late", f"A second look can be asked for within {WINDOW.days} days of the decision.")
UNSTORABLE = Failed("not-allowed", "This holds a character that cannot be stored.")
HER_OWN = Failed("not-allowed", "You cannot decide about your own appeal.")
ISSUER = Failed("not-allowed", "This was your own decision: another facilitator gives it the second look.")


class Appeal(SQLModel, table=True):
    """One member about one sanction on her, once. `answer`: what the facilitator who decided wrote to her.

    `crisis`: the rules heard somebody who may be in danger in it.
    """

    __table_args__ = (
        CheckConstraint(f"length(text) between 1 and {TEXT_LIMIT}", name="text"),
        CheckConstraint("state in ('open', 'upheld', 'overturned')", name="state"),
        CheckConstraint(f"answer is null or length(answer) between 1 and {ANSWER_LIMIT}", name="answer"),
        CheckConstraint(
            "(state = 'open') = (decided_at is null) and (state = 'open') = (decided_by is null) "
            "and (state = 'open') = (answer is null)",
            name="decided",
        ),
    )
    id: str = Field(primary_key=True, max_length=22)
    sanction_id: str = Field(foreign_key="sanction.id", unique=True, max_length=22, ondelete="CASCADE")
    member_id: str = Field(foreign_key="member.id", max_length=22, ondelete="CASCADE", index=True)
    text: str = Field(max_length=TEXT_LIMIT)
    at: datetime
    state: str = Field(default="open", index=True)
    decided_by: str | None = Field(default=None, max_length=22)
    decided_at: datetime | None = None
    answer: str | None = Field(default=None, max_length=ANSWER_LIMIT)
    crisis: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """It is stored and waits for an answer. `care`: for its author alone."""

    id: str
    care: tuple[Care, ...] = ()


class Appeals:
    """Takes appeals and carries out what is decided about them."""

    def __init__(self, db: Database, bus: Bus[Event], clock: Clock, decisions: Decisions, bench: Bench) -> None:
        self._db, self._bus, self._clock, self._decisions, self._bench = db, bus, clock, decisions, bench

    async def write(
        self, who: Who, sanction_id: str, text: str, *, confirmed: bool = False
    ) -> Written | Stopped | Failed:
        """Store it and alert the facilitators. Grave words are asked about once; `confirmed`: as it is."""
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        refused = _unusable(text, TEXT_LIMIT, "Please say in a few words what we should look at again.")
        if refused:
            return refused
        now = self._clock.now()
        async with self._db.read() as connection:
            sanction = await _appealable(connection, who, sanction_id, now)
        if isinstance(sanction, Failed):
            return sanction
        judgement = await self._bench.judge(text, "appeal")
        nudge = None if confirmed else _grave(judgement)
        if nudge:
            return Stopped(nudge)
        crisis = concerns.calls(judgement.care)
        async with self._db.write() as connection:
            appeal_id = opaque_id()
            values = {"id": appeal_id, "sanction_id": sanction_id, "member_id": who.id, "text": text, "crisis": crisis}
            try:
                async with connection.begin_nested():
                    await connection.execute(insert(Appeal).values(**values, at=now, state="open"))
            except IntegrityError:
                return replace(WRITTEN, care=judgement.care)
            slug = (await connection.execute(select(Room.slug).where(col(Room.id) == sanction.room_id))).scalar()
        # Of a sanction in all rooms: an alert of no room, which reaches those who facilitate all.
        alert = FacilitatorsAlerted("crisis" if crisis else "appeal", slug or "", None, appeal_id)
        self._bus.tell(topic(alert), alert)
        return Written(appeal_id, judgement.care)

    async def decide(
        self, who: Who, rooms: Mapping[int, Place], appeal_id: str, *, overturn: bool, answer: str
    ) -> str | Failed:
        """The sanction stands, or it was wrong and is lifted if it still counts. `rooms`: those she facilitates, by id."""
        answer = answer.strip()
        refused = _unusable(answer, ANSWER_LIMIT, "Please write the member an answer.")
        if refused:
            return refused
        now = self._clock.now()
        async with self._db.read() as connection:
            sanction = await _decidable(connection, who, rooms, appeal_id, now)
        if isinstance(sanction, Failed):
            return sanction
        why = await self._bench.against(answer)
        if why is not None:
            return Failed("not-allowed", why)
        async with self._db.write() as connection:
            sanction = await _decidable(connection, who, rooms, appeal_id, now)
            if isinstance(sanction, Failed):
                return sanction
            if not await _close(connection, appeal_id, who, answer, now, overturn=overturn):
                return ANSWERED
            lifted = overturn and await end_early(connection, who, sanction, answer, now)
            what = "appeal.overturn" if overturn else "appeal.uphold"
            note = audit.entry(who, what, sanction.room_id, appeal_id, now, guideline=sanction.guideline, reason=answer)
            await connection.execute(note)
        if lifted:
            self._decisions.tell_lifted(sanction, rooms.get(sanction.room_id or 0))
        return appeal_id


async def waiting(connection: AsyncConnection, who: Who, room_ids: Collection[int]) -> list[dict[str, Any]]:
    """Appeals that wait for a decision in these rooms, about all rooms only for who facilitates all.

    Those of somebody who may be in danger first, each kind with the oldest first. Her own are not among them. `issued`: by herself, so that somebody else should decide.
    """
    here, everywhere = col(Sanction.room_id).in_(room_ids), col(Sanction.room_id).is_(None)
    reach = or_(here, everywhere) if who.facilitates_all else here
    query = (
        pick(
            Appeal.id, Appeal.text, Appeal.at, Appeal.crisis, Appeal.member_id, Member.name, Room.slug, Sanction.kind,
            Sanction.guideline, Sanction.reason, Sanction.issued_by,
        )
        .join(Sanction, col(Sanction.id) == col(Appeal.sanction_id))
        .join(Member, col(Member.id) == col(Appeal.member_id))
        .outerjoin(Room, col(Room.id) == col(Sanction.room_id))
        .where(col(Appeal.state) == "open", col(Appeal.member_id) != who.id, reach)
        .order_by(col(Appeal.crisis).desc(), col(Appeal.at))
        .limit(200)
    )  # fmt: skip
    return [
        {
            "id": row.id, "kind": "appeal", "room": row.slug, "seq": None, "at": wire_time(row.at), "text": row.text,
            "note": HEARD if row.crisis else "", "crisis": row.crisis, "guideline": row.guideline, "author": {"id": row.member_id, "name": row.name},
            "sanction": row.kind, "reason": row.reason, "issued": row.issued_by == who.id,
        }
        for row in await connection.execute(query)
    ]  # fmt: skip


async def find(connection: AsyncConnection, appeal_id: str) -> Appeal | None:
    """The appeal with this id, or None."""
    row = (await connection.execute(select(Appeal).where(col(Appeal.id) == appeal_id))).mappings().first()
    return None if row is None else Appeal(**row)


async def of_sanction(connection: AsyncConnection, sanction_id: str) -> Appeal | None:
    """The appeal against this sanction, or None."""
    row = (await connection.execute(select(Appeal).where(col(Appeal.sanction_id) == sanction_id))).mappings().first()
    return None if row is None else Appeal(**row)


def in_time(sanction: Sanction, now: datetime) -> bool:
    """Whether it can still be appealed."""
    return now - sanction.issued_at <= WINDOW


def _unusable(text: str, limit: int, missing: str) -> Failed | None:
    if not text:
        return Failed("empty", missing)
    if len(text) > limit:
        return Failed("too-long", f"This has {len(text):,} characters; up to {limit:,} fit in here.")
    return UNSTORABLE if "\0" in text else None


def _grave(judgement: Judgement) -> Nudge | None:
    findings = () if isinstance(judgement, Allow) else judgement.findings
    grave = tuple(replace(each, why=ASKED, suggestion=None) for each in findings if (each.rule, each.level) in GRAVE)
    return Nudge(grave, judgement.care) if grave else None


async def _appealable(connection: AsyncConnection, who: Who, sanction_id: str, now: datetime) -> Sanction | Failed:
    sanction = await sanctions.find(connection, sanction_id)
    if sanction is None or sanction.member_id != who.id:
        return NOT_HERS
    if await of_sanction(connection, sanction_id):
        return WRITTEN
    return sanction if in_time(sanction, now) else TOO_LATE


async def _decidable(
    connection: AsyncConnection, who: Who, rooms: Mapping[int, Place], appeal_id: str, now: datetime
) -> Sanction | Failed:
    """The sanction that the appeal is about, if she is the one to decide."""
    appeal = await find(connection, appeal_id)
    sanction = None if appeal is None else await sanctions.find(connection, appeal.sanction_id)
    if sanction is None or not _in_reach(who, rooms, sanction):
        return NOT_WAITING
    return await _not_by(connection, who, sanction, now) or sanction


def _in_reach(who: Who, rooms: Mapping[int, Place], sanction: Sanction) -> bool:
    return who.facilitates_all if sanction.room_id is None else sanction.room_id in rooms


async def _not_by(connection: AsyncConnection, who: Who, sanction: Sanction, now: datetime) -> Failed | None:
    """Nobody decides about herself, nor looks a second time at what she decided, unless there is nobody else."""
    if sanction.member_id == who.id:
        return HER_OWN
    if sanction.issued_by == who.id and await _somebody_else(connection, sanction, now):
        return ISSUER
    return None


async def _somebody_else(connection: AsyncConnection, sanction: Sanction, now: datetime) -> bool:
    """Whether anyone else facilitates there who could decide: confirmed, and not banned herself."""
    of_room = select(Membership.member_id).where(
        col(Membership.room_id) == sanction.room_id,  # None, all rooms: nobody's membership
        col(Membership.role) == "facilitator",
        col(Membership.left_at).is_(None),
    )
    query = select(Member.id).where(
        or_(col(Member.role) != "member", col(Member.id).in_(of_room)),
        col(Member.id).not_in({sanction.issued_by, sanction.member_id}),
        col(Member.verified_at).is_not(None),
    )
    others = set((await connection.execute(query)).scalars())
    counting = await sanctions.in_force(connection, others, now)
    return bool(others - {each.member_id for each in counting if each.kind == "ban"})


async def _close(
    connection: AsyncConnection, appeal_id: str, who: Who, answer: str, now: datetime, *, overturn: bool
) -> bool:
    """Decide it; False when somebody has done so already."""
    still = (col(Appeal.id) == appeal_id, col(Appeal.state) == "open")
    state = "overturned" if overturn else "upheld"
    change = update(Appeal).where(*still).values(state=state, decided_by=who.id, decided_at=now, answer=answer)
    return (await connection.execute(change)).rowcount == 1

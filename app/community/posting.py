"""Posting: the message path, from what a member typed to what the room reads. The order is the point; it stands here once.

The live socket and the plain form both come through `Posting.post`; docs/how-a-message-flows.md tells the whole way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from sqlmodel import col, select

from app.base.db import Database
from app.base.gather import Gatherer
from app.base.pace import Pace
from app.community import newcomers
from app.community.answers import answer_of_then
from app.community.bench import Bench, Judged
from app.community.bookkeeping import doubles, room_states, standings_of
from app.community.ledger import NOT_FOUND
from app.community.members import Who
from app.community.messages import CLIENT_ID_LIMIT, TEXT_LIMIT, Message
from app.community.newcomers import Newcomers
from app.community.operations import Edit, Operation, Post, Restore
from app.community.outcomes import Changed, Edited, Failed, Held, Posted, Said, Settled, Stopped
from app.community.recollection import Recollection
from app.community.standing import RoomState, Standing, may_write
from app.community.writer import UNSTORABLE, Writer
from app.rules.book import Book
from app.rules.draft import Draft, Earlier
from app.rules.verdict import Allow, Care, Hold, Nudge, Refuse


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What a member typed, and where."""

    room_id: int
    room: str
    client_id: str
    text: str
    reply_to: int | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class _Question:
    who: Who
    room_id: int
    client_id: str


@dataclass(frozen=True, slots=True)
class _Look:
    """What is known before judging: the answer of then, or where she stands."""

    earlier: dict[str, object] | None
    room: RoomState | None
    standing: Standing | None


class Posting:
    """Lets members say things.

    `pace_limits`: burst and seconds of a member's pace. `on_duty`: whether a facilitator is in the room with that slug.
    """

    def __init__(
        self, db: Database, writer: Writer, pace: Pace, bench: Bench, pace_limits: tuple[int, float],
        on_duty: Callable[[str], bool],
    ) -> None:  # fmt: skip
        self._db, self._writer, self._pace, self._bench, self._clock = db, writer, pace, bench, bench.clock
        self._burst, self._seconds = pace_limits
        self._recollection, self._newcomers = Recollection(db), Newcomers(db, on_duty)
        self._desk: Gatherer[_Question, _Look] = Gatherer(self._look)
        self.run = self._desk.run

    async def post(self, who: Who, new: NewMessage) -> Said:
        """Say something in a room. The answer comes after the commit, or says what stood against it."""
        unusable = _unusable(new)
        if unusable:
            return unusable
        look = await self._desk.ask(_Question(who, new.room_id, new.client_id))
        if look.earlier is not None:
            return answer_of_then(look.earlier, new.room_id, new.room, new.text)
        if look.room is None or look.standing is None:
            return NOT_FOUND
        refused = may_write(look.standing, look.room)
        if refused:
            return refused
        draft = await self._draft(who, new)
        early = await self._newcomers.wait(who, look.standing, new.room, self._bench.book_for(new.room).hold_first)
        judged = self._bench.decide(draft)
        post = _post(who, new, judged)
        match judged.judgement:
            case Refuse() | Nudge() as judgement:
                self._remember_repeat(who, draft, judgement)
                return Stopped(judgement)
            case Hold() as judgement:
                first = judgement.findings[0]
                return await self._write(replace(post, held_rule=first.rule, held_why=first.why), draft, judgement.care)
            case Allow() as judgement if early and not _in_crisis(judged):
                held = replace(post, held_rule=newcomers.HELD_AS, held_why=newcomers.WHY, concern=None)
                return await self._write(held, draft, judgement.care)
            case Allow() as judgement:
                return await self._write(post, draft, judgement.care)
            case never:
                assert_never(never)

    async def edit(self, edit: Edit, room: str, *, confirmed: bool) -> Edited:
        """Change what was said; judged again. What the rules would hold, an edit cannot say."""
        unusable = _unusable_text(edit.text)
        if unusable:
            return unusable
        # The pace first, alone: a text that is too fast is not weighed at all.
        wait = await self._pace.take(f"edit:{edit.who.id}", self._burst, self._seconds)
        if wait:
            return Failed("slow", "That is many changes in a short time. Please wait a moment.", wait)
        judged = await self._judged_again(edit.text, room, confirmed=confirmed)
        if isinstance(judged, Stopped):
            return judged
        return _changed(await self._writer.carry_out(replace(edit, concern=judged.concern)), judged)

    async def restore(self, restore: Restore, room: str, text: str) -> Edited:
        """Bring back what its author removed herself; its `text` is judged again.

        The wire has no way to confirm this, and she has said it once: where a rule would ask, it counts as confirmed.
        """
        judged = await self._judged_again(text, room, confirmed=True)
        if isinstance(judged, Stopped):
            return judged
        self._recollection.forget(restore.who.id)
        return _changed(await self._writer.carry_out(replace(restore, concern=judged.concern)), judged)

    async def may_write(self, who: Who, room_id: int) -> Failed | None:
        """The write guard alone, for what is not stored (typing)."""
        look = await self._desk.ask(_Question(who, room_id, ""))
        return NOT_FOUND if look.room is None or look.standing is None else may_write(look.standing, look.room)

    async def own_text(self, who: Who, room_id: int, seq: int) -> str | None:
        """The text of a message that she removed herself, or None."""
        hers = (col(Message.room_id) == room_id, col(Message.seq) == seq, col(Message.member_id) == who.id)
        query = select(Message.text).where(*hers, col(Message.removed_by) == "author")
        async with self._db.read() as connection:
            return (await connection.execute(query)).scalar()

    async def room_of(self, message_id: str) -> int | None:
        """The room of a message, by its opaque id."""
        async with self._db.read() as connection:
            return (await connection.execute(select(Message.room_id).where(col(Message.id) == message_id))).scalar()

    async def carry_out(self, operation: Operation) -> Settled:
        """Any other change of a conversation."""
        self._recollection.forget(operation.who.id)
        return await self._writer.carry_out(operation)

    async def _look(self, questions: Sequence[_Question]) -> Sequence[_Look]:
        """Step 5 for all who wait: in one reading transaction."""
        pairs = {(each.who.id, each.room_id) for each in questions}
        async with self._db.read() as connection:
            known = await doubles(connection, {(each.who.id, each.client_id) for each in questions})
            rooms = await room_states(connection, {each.room_id for each in questions}, lock=False)
            standings = await standings_of(connection, pairs, self._clock.now())
        return [
            _Look(
                known.get((each.who.id, each.client_id)),
                rooms.get(each.room_id),
                standings.get((each.who.id, each.room_id)),
            )
            for each in questions
        ]

    async def _draft(self, who: Who, new: NewMessage) -> Draft:
        """The draft with its evidence. The pace comes first: what it refuses is not weighed as well."""
        now, book = self._clock.now(), self._bench.book_for(new.room)
        wait = await self._pace.take(f"member:{who.id}", self._burst, self._seconds)
        shut = wait > 0 and "pace" not in book.disabled and book.verdict("pace", "pace") == "refuse"
        # The encoder works in another thread: what else has to be looked up is looked up meanwhile.
        earlier, meaning = await asyncio.gather(self._earlier(who, book, now), self._meaning(new.text, shut=shut))
        return Draft(
            text=new.text, at=now.timestamp(), room=new.room, earlier=earlier, pace_wait=wait or None,
            confirmed=new.confirmed, meaning=meaning,
        )  # fmt: skip

    async def _meaning(self, text: str, *, shut: bool) -> tuple[float, ...] | None:
        return None if shut else await self._bench.weigh(text)

    async def _earlier(self, who: Who, book: Book, now: datetime) -> tuple[Earlier, ...]:
        return () if "similar-posts" in book.disabled else await self._recollection.of(who.id, now)

    def _remember_repeat(self, who: Who, draft: Draft, judgement: Nudge | Refuse) -> None:
        if any(finding.rule == "similar-posts" for finding in judgement.findings):
            self._recollection.add_repeat(who.id, Earlier(draft.text, draft.at, draft.room))

    async def _judged_again(self, text: str, room: str, *, confirmed: bool) -> Judged | Stopped:
        meaning = await self._bench.weigh(text)
        at = self._clock.now().timestamp()
        judged = self._bench.decide(
            Draft(text=text, at=at, room=room, confirmed=confirmed, kind="edit", meaning=meaning)
        )
        match judged.judgement:
            case Allow():
                return judged
            case Hold() as judgement:
                return Stopped(Refuse(judgement.findings, judgement.care))
            case Nudge() | Refuse() as judgement:
                return Stopped(judgement)
            case never:
                assert_never(never)

    async def _write(self, post: Post, draft: Draft, care: tuple[Care, ...]) -> Said:
        settled = await self._writer.carry_out(post)
        if isinstance(settled, Posted) and not settled.fresh:
            await self._pace.give_back(f"member:{post.who.id}", self._seconds)
        elif isinstance(settled, Posted | Held):
            self._recollection.add(post.who.id, Earlier(draft.text, draft.at, draft.room))
        match settled:
            case Posted() | Held() | Failed():
                return replace(settled, care=care)
            case _:
                return NOT_FOUND


TOO_LONG = Failed("too-long", f"A message may have {TEXT_LIMIT:,} characters. You could send it in two parts.")


def _unusable(new: NewMessage) -> Failed | None:
    if not 1 <= len(new.client_id) <= CLIENT_ID_LIMIT:
        return Failed("not-allowed", f"client_id: 1 to {CLIENT_ID_LIMIT} characters.")
    if "\0" in new.client_id:
        return UNSTORABLE
    return _unusable_text(new.text)


def _unusable_text(text: str) -> Failed | None:
    if not text.strip():
        return Failed("empty", "Write something first.")
    if len(text) > TEXT_LIMIT:
        return TOO_LONG
    return UNSTORABLE if "\0" in text else None


def _post(who: Who, new: NewMessage, judged: Judged) -> Post:
    return Post(
        who=who, room_id=new.room_id, client_id=new.client_id, text=new.text, reply_to=new.reply_to, concern=judged.concern
    )  # fmt: skip


def _in_crisis(judged: Judged) -> bool:
    return judged.concern is not None and judged.concern.kind == "crisis"


def _changed(settled: Settled, judged: Judged) -> Changed | Failed:
    match settled:
        case Changed() | Failed():
            return replace(settled, care=judged.judgement.care)
        case _:
            return NOT_FOUND

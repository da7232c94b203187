"""Handlers: each frame of a browser is one call into the floors below, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from app.base.bus import Bus
from app.community.directory import Directory
from app.community.events import Event, FacilitatorsAlerted, Typed, topic
from app.community.ledger import NOT_FOUND
from app.community.operations import Edit, React, Restore
from app.community.outcomes import Changed, Edited, Failed, Held, Posted, Said, Settled, Stopped
from app.community.posting import NewMessage, Posting
from app.community.reading import Reading
from app.community.rooms import Place
from app.conduct.decisions import Decisions, done
from app.conduct.reports import NewReport, Reports
from app.live import frames_in as ask
from app.live.connection import Connection
from app.live.facilitation import Facilitation
from app.live.frames_out import CareCard, Done, FailedFrame, MessageHeld, MessageNudged, MessagePosted, MessageRefused
from app.live.joining import Joining
from app.rules.verdict import Care, Nudge, Refuse


@dataclass(frozen=True, slots=True)
class Handlers:
    """What a socket needs to answer frames."""

    reading: Reading
    bus: Bus[Event]
    directory: Directory
    posting: Posting
    decisions: Decisions
    reports: Reports
    joining: Joining
    facilitation: Facilitation

    async def handle(self, connection: Connection, frame: ask.FrameIn) -> None:
        """Carry the frame out and answer it."""
        match frame:
            case ask.MessageRelease() | ask.MessageReject() | ask.SanctionIssue() | ask.SanctionLift():
                answer = await self.facilitation.decide(connection.who, frame)
                self._answer(connection, frame, answer)
                return
            case _:
                await self.directory.places()
                place = self.directory.find(frame.room)
                if place is None:
                    self._answer(connection, frame, Failed("not-found", "There is no such room."))
                    return
                await self._in_room(connection, frame, place)

    async def _in_room(self, connection: Connection, frame: ask.InRoom, place: Place) -> None:
        match frame:
            case ask.RoomJoin():
                await self._join(connection, frame, place)
            case ask.MessageSend():
                self._said(connection, frame, place, await self._send(connection, frame, place))
            case ask.MessageEdit():
                self._edited(connection, frame, place, await self._edit(connection, frame, place))
            case ask.MessageRestore():
                self._edited(connection, frame, place, await self._restore(connection, frame, place))
            case ask.RoomSlow() | ask.RoomPause() | ask.RoomResume():
                answer = await self.facilitation.set_room(connection.who, frame, place)
                self._answer(connection, frame, answer)
            case ask.ReportFile():
                self._answer(connection, frame, await self.reports.file(connection.who, _report(frame, place)))
            case ask.RoomLeave() | ask.RoomRead() | ask.RoomTyping():
                await self._quietly(connection, frame, place)
            case (
                ask.MessageRemove() | ask.MessagePin() | ask.MessageUnpin() | ask.MessageReact() | ask.MessageUnreact()
            ):
                self._answer(connection, frame, done(await self._change(connection, frame, place)))
            case _:
                assert_never(frame)

    async def _join(self, connection: Connection, frame: ask.RoomJoin, place: Place) -> None:
        answer = await self.joining.join(connection, place, frame)
        if isinstance(answer, Failed):
            self._answer(connection, frame, answer)
            return
        if frame.client_id is not None:
            answer.client_id = frame.client_id
        connection.send_past(answer)
        self.joining.complete(connection, answer)

    async def _send(self, connection: Connection, frame: ask.MessageSend, place: Place) -> Said:
        text = frame.text.replace("\r\n", "\n").replace("\r", "\n")
        new = NewMessage(place.id, place.slug, frame.client_id, text, frame.reply_to, frame.confirm)
        return await self.posting.post(connection.who, new)

    async def _edit(self, connection: Connection, frame: ask.MessageEdit, place: Place) -> Edited:
        text = frame.text.replace("\r\n", "\n").replace("\r", "\n")
        edit = Edit(who=connection.who, room_id=place.id, seq=frame.seq, text=text)
        return await self.posting.edit(edit, place.slug, confirmed=frame.confirm)

    async def _restore(self, connection: Connection, frame: ask.MessageRestore, place: Place) -> Edited | Settled:
        own = await self.posting.own_text(connection.who, place.id, frame.seq)
        if own is None:
            return await self.decisions.restore(connection.who, place, frame.seq, frame.reason or "")
        restore = Restore(who=connection.who, room_id=place.id, seq=frame.seq)
        return await self.posting.restore(restore, place.slug, own)

    async def _change(
        self, connection: Connection,
        frame: ask.MessageRemove | ask.MessagePin | ask.MessageUnpin | ask.MessageReact | ask.MessageUnreact,
        place: Place,
    ) -> Settled:  # fmt: skip
        who = connection.who
        match frame:
            case ask.MessageRemove():
                return await self.decisions.remove(who, place, frame.seq, frame.guideline, frame.reason or "")
            case ask.MessagePin() | ask.MessageUnpin():
                pinned = isinstance(frame, ask.MessagePin)
                return await self.decisions.pin(who, place, frame.seq, pinned=pinned)
            case ask.MessageReact() | ask.MessageUnreact():
                on = isinstance(frame, ask.MessageReact)
                react = React(who=who, room_id=place.id, seq=frame.seq, reaction=frame.reaction, on=on)
                return await self.posting.carry_out(react)

    async def _quietly(
        self, connection: Connection, frame: ask.RoomLeave | ask.RoomRead | ask.RoomTyping, place: Place
    ) -> None:
        """Comfort frames: answered only when something is wrong, or when an answer is asked for by a `client_id`."""
        refused: Failed | None = None
        match frame:
            case ask.RoomLeave():
                feed = connection.feeds.pop(place.slug, None)
                if feed is not None:
                    feed.drop(connection)
            case ask.RoomRead():
                await self.reading.up_to(connection.member_id, place.id, frame.seq)
            case ask.RoomTyping() if connection.may_type():
                refused = await self.posting.may_write(connection.who, place.id)
                if refused is None:
                    typed = Typed(place.slug, connection.member_id, connection.who.name)
                    self.bus.tell(topic(typed), typed)
            case ask.RoomTyping():
                """Told a moment ago."""
        if refused is not None or frame.client_id is not None:
            self._answer(connection, frame, refused or place.slug)

    def _said(self, connection: Connection, frame: ask.MessageSend, place: Place, said: Said) -> None:
        match said:
            case Posted():
                # In an open room the acknowledgement comes in its turn among the others; elsewhere, and again, here.
                if not said.fresh or place.slug not in connection.feeds:
                    connection.send(MessagePosted(room=said.room, message=said.message, client_id=said.client_id))
                self._care(connection, said.care)
            case Held():
                connection.send(self._held(said, place))
                if said.fresh:
                    alert = FacilitatorsAlerted("held", place.slug, None, said.id)
                    self.bus.tell(topic(alert), alert)
                self._care(connection, said.care)
            case Stopped():
                self._stopped(connection, frame.client_id, place, said.judgement)
            case Failed():
                self._answer(connection, frame, said)
                self._care(connection, said.care)
            case _:
                assert_never(said)

    def _edited(
        self,
        connection: Connection,
        frame: ask.MessageEdit | ask.MessageRestore,
        place: Place,
        edited: Edited | Settled,
    ) -> None:
        match edited:
            case Stopped():
                self._stopped(connection, frame.client_id, place, edited.judgement)
            case Changed():
                self._answer(connection, frame, done(edited))
                self._care(connection, edited.care)
            case Failed():
                self._answer(connection, frame, edited)
                self._care(connection, edited.care)
            case _:
                self._answer(connection, frame, NOT_FOUND)

    def _held(self, held: Held, place: Place) -> MessageHeld:
        guideline = self.directory.book_for(place.slug).guidelines[held.guideline]
        return MessageHeld(
            room=place.slug, client_id=held.client_id, rule=held.rule, guideline=guideline, why=held.why, spans=[],
            suggestion=None, retry_after=None, id=held.id,
        )  # fmt: skip

    def _stopped(self, connection: Connection, client_id: str | None, place: Place, judgement: Nudge | Refuse) -> None:
        kind = MessageNudged if isinstance(judgement, Nudge) else MessageRefused
        first = judgement.findings[0]
        guideline = self.directory.book_for(place.slug).guidelines[first.guideline]
        connection.send(
            kind(
                room=place.slug, client_id=client_id, rule=first.rule, guideline=guideline, why=first.why,
                spans=list(first.spans), suggestion=first.suggestion, retry_after=first.retry_after,
            )
        )  # fmt: skip
        self._care(connection, judgement.care)

    def _care(self, connection: Connection, cards: tuple[Care, ...]) -> None:
        for card in cards:
            links = [{"title": title, "address": address} for title, address in card.links]
            connection.send(CareCard(kind=card.kind, text=card.text, links=links))

    def _answer(self, connection: Connection, frame: ask.FrameIn, answer: str | Failed) -> None:
        """`done` with an id, or `failed`."""
        if isinstance(answer, Failed):
            connection.send(failed(frame, answer))
        else:
            connection.send(Done(request=ask.name_of(frame), client_id=frame.client_id, id=answer))


def failed(frame: ask.FrameIn, why: Failed) -> FailedFrame:
    """The answer that something was not done."""
    return FailedFrame(
        request=ask.name_of(frame), client_id=frame.client_id, code=why.code, why=why.why, retry_after=why.retry_after
    )


def _report(frame: ask.ReportFile, place: Place) -> NewReport:
    return NewReport(place.id, place.slug, frame.seq, frame.guideline, frame.worried, frame.note or "")

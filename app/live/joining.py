"""Joining: a browser subscribes to a room. Subscribe, hold live frames back, send the past, then what was held."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from app.base.clock import Clock
from app.base.db import Database
from app.community import messages
from app.community.bookkeeping import room_states, standings_of
from app.community.ledger import NOT_FOUND
from app.community.memberships import role_in
from app.community.messages import CATCH_UP_LIMIT, NEWEST, View, Window
from app.community.outcomes import Failed
from app.community.rooms import Place
from app.community.standing import Standing, may_write
from app.live.connection import Connection
from app.live.frames_in import RoomJoin
from app.live.frames_out import RoomJoined
from app.live.hub import Hub

CLOSED = Failed("sanctioned", "You were removed from this room for now.")


class Joining:
    """Sends the past without a hole and without a double."""

    def __init__(self, db: Database, clock: Clock, hub: Hub) -> None:
        self._db, self._clock, self._hub = db, clock, hub

    async def join(self, connection: Connection, place: Place, frame: RoomJoin) -> RoomJoined | Failed:
        """Subscribe this connection; the caller sends the answer and then calls `complete`."""
        feed = await self._hub.follow(place)
        feed.begin(connection)
        connection.feeds[place.slug] = feed
        try:
            answer = await self._past(connection, place, frame)
        except BaseException:
            self._undo(connection, place.slug)
            raise
        if isinstance(answer, Failed):
            self._undo(connection, place.slug)
        elif connection.feeds.get(place.slug) is not feed:
            return CLOSED  # she was removed while the past was being read
        return answer

    def complete(self, connection: Connection, joined: RoomJoined) -> None:
        """The past was sent: now what was held back meanwhile."""
        feed = connection.feeds.get(joined.room)
        if feed is not None:
            feed.complete(connection, joined.last)
            self._hub.presence_of(joined.room)

    def _undo(self, connection: Connection, room: str) -> None:
        feed = connection.feeds.pop(room, None)
        if feed is not None:
            feed.drop(connection)

    async def _past(self, connection: Connection, place: Place, frame: RoomJoin) -> RoomJoined | Failed:
        who = connection.who
        async with self._db.read() as reading:
            state = (await room_states(reading, {place.id}, lock=False)).get(place.id)
            standings = await standings_of(reading, {(who.id, place.id)}, self._clock.now())
            standing = standings.get((who.id, place.id))
            if state is None or standing is None:
                return NOT_FOUND
            if any(sanction.kind in {"remove", "ban"} for sanction in standing.sanctions):
                return CLOSED
            # The counter was read before the rows: a change between the two has a larger number and is held back.
            last = state.counter
            views, complete = await self._since(reading, place, frame, last)
            mine = await messages.my_reactions(reading, who.id, place.id, [view.seq for view in views])
            held = await messages.my_held(reading, who.id, place.id)
        presence = self._hub.presence_of(place.slug)
        return RoomJoined(
            room=place.slug, last=last, epoch=self._hub.epoch, complete=complete, messages=views,
            mine={str(seq): names for seq, names in mine.items()}, held=held, present=presence.present(),
            facilitators=presence.facilitators(), role=_role(standing), may_speak=may_write(standing, state) is None,
            slow=state.slow, paused=state.paused,
        )  # fmt: skip

    async def _since(
        self, reading: AsyncConnection, place: Place, frame: RoomJoin, last: int
    ) -> tuple[list[View], bool]:
        """(messages ascending by `seq`, whether nothing is missing)."""
        same_life = frame.epoch is None or frame.epoch == self._hub.epoch
        if frame.after is not None and same_life and frame.after <= last:
            changes = await messages.changes_since(reading, place.id, frame.after, CATCH_UP_LIMIT)
            if len(changes) <= CATCH_UP_LIMIT:
                past = [view for view in changes if view.version <= last]
                return sorted(past, key=lambda view: view.seq), True
        newest = await messages.page(reading, place.id, Window(limit=NEWEST))
        return [view for view in newest if view.version <= last], frame.after is None


def _role(standing: Standing) -> str | None:
    if not standing.joined and standing.member_role == "member":
        return None
    return role_in(standing.member_role, standing.room_role)

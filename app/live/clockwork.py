"""The clockwork of the live edge: heartbeats, presence and typing, once a second."""

from __future__ import annotations

import asyncio

from app.base.bus import Bus
from app.community.events import Event, Present, topic
from app.live.feed import Feed
from app.live.frames_out import HEARTBEAT_SECONDS, PresenceFrame, TypingFrame, encode
from app.live.hub import Hub
from app.live.presence import SAID_EVERY, TOLD_EVERY, RoomPresence

TICK_SECONDS = 1.0


class Clockwork:
    """Says regularly what is not worth saying at once."""

    def __init__(self, hub: Hub, bus: Bus[Event]) -> None:
        self._hub, self._bus = hub, bus

    async def run(self) -> None:
        """Tick for ever. To be owned by a task group."""
        loop = asyncio.get_running_loop()
        beat_at = loop.time() + HEARTBEAT_SECONDS
        while True:
            await asyncio.sleep(TICK_SECONDS)
            now = loop.time()
            for feed in list(self._hub.feeds.values()):
                self.tick(feed, now)
            if now >= beat_at:
                beat_at = now + HEARTBEAT_SECONDS
                self._hub.beat()

    def tick(self, feed: Feed, now: float) -> None:
        """One room: who is there, who is writing."""
        presence = self._hub.presence_of(feed.room)
        presence.expire(now)
        self._tell_others(feed.room, presence, now)
        if presence.changed and now - presence.said_at >= SAID_EVERY:
            presence.changed, presence.said_at = False, now
            frame = PresenceFrame(room=feed.room, present=presence.present(), facilitators=presence.facilitators())
            feed.shout(encode(frame))
        if presence.typing_changed:
            presence.typing_changed = False
            feed.shout(encode(TypingFrame(room=feed.room, names=presence.names_typing())))

    def _tell_others(self, room: str, presence: RoomPresence, now: float) -> None:
        """Tell the other processes who is here: when it changed, and now and then, since whispers get lost."""
        members = tuple(sorted(presence.here))
        if members == presence.told and now - presence.told_at < TOLD_EVERY:
            return
        presence.told, presence.told_at = members, now
        facilitators = {member: name for member, name in presence.here.items() if name is not None}
        event = Present(room, self._hub.process, members, facilitators)
        self._bus.tell(topic(event), event)

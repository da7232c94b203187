"""The ledger: settles a batch of operations against the state read in the same transaction. Pure thinking, no I/O.

What the transaction read goes in; what it must write, what each asker is answered, and what is told after the commit come
out. Operations are settled in their order, each seeing what the earlier ones of the batch did.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, assert_never

import msgspec

from app.base.keys import digest, ordered_id
from app.community.answers import answer_of_then, held
from app.community.concerns import NewConcern, counts_as, moved_to
from app.community.events import ConversationChanged, FacilitatorsAlerted
from app.community.messages import View, client_key, view
from app.community.operations import Edit, Heed, Operation, Pin, Post, React, Release, Remove, Restore
from app.community.outcomes import Changed, Failed, Heeded, Posted, Rejected, Settled
from app.community.standing import RoomState, Standing, may_write

EDIT_WINDOW = timedelta(minutes=15)
RESTORE_WINDOW = timedelta(days=30)

NOT_FOUND = Failed("not-found", "There is no such message here.")
NOT_ALLOWED = Failed("not-allowed", "Only a facilitator of this room can do that.")
NOT_HERS = Failed("not-allowed", "Only its author can do that.")


@dataclass(slots=True)
class Ledger:
    """One batch. `messages` by id (rows of `messages.shown` and the columns behind them); `by_seq` finds them.

    `concerns`: rows that are to be decided, by id; `open_concerns`: what waits already, by `concerns.counts_as`.
    `moved`: concerns that another message stands for now, old id -> new values.
    """

    now: datetime
    rooms: dict[int, RoomState]
    standings: Mapping[tuple[str, int], Standing]
    doubles: dict[tuple[str, str], dict[str, Any]]
    messages: dict[str, dict[str, Any]]
    by_seq: dict[tuple[int, int], str]
    last_said: dict[tuple[str, int], datetime]
    reacted: set[tuple[str, str, str]]
    concerns: dict[str, dict[str, Any]] = field(default_factory=dict)
    open_concerns: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    inserted: list[dict[str, Any]] = field(default_factory=list)
    dirty: set[str] = field(default_factory=set)
    moved_rooms: set[int] = field(default_factory=set)
    reactions_added: set[tuple[str, str, str]] = field(default_factory=set)
    reactions_gone: set[tuple[str, str, str]] = field(default_factory=set)
    raised: list[dict[str, Any]] = field(default_factory=list)
    moved: dict[str, dict[str, Any]] = field(default_factory=dict)
    heeded: set[str] = field(default_factory=set)
    events: list[ConversationChanged | FacilitatorsAlerted] = field(default_factory=list)

    def settle(self, operation: Operation) -> Settled:
        """What comes of `operation`."""
        room = self.rooms.get(operation.room_id)
        standing = self.standings.get((operation.who.id, operation.room_id))
        if room is None or standing is None:
            return NOT_FOUND
        match operation:
            case Post():
                return self._post(operation, room, standing)
            case Edit():
                return self._edit(operation, room, standing)
            case Remove():
                return self._remove(operation, room, standing)
            case Restore():
                return self._restore(operation, room, standing)
            case Pin():
                return self._pin(operation, room, standing)
            case React():
                return self._react(operation, room, standing)
            case Release():
                return self._release(operation, room, standing)
            case Heed():
                return self._heed(operation, room, standing)
            case _:
                assert_never(operation)

    def _post(self, post: Post, room: RoomState, standing: Standing) -> Settled:
        earlier = self.doubles.get((post.who.id, post.client_id))
        if earlier is not None:
            return answer_of_then(earlier, post.room_id, room.slug, post.text)
        refused = may_write(standing, room) or self._too_soon(post, room, standing)
        if refused:
            return refused
        if post.reply_to is not None and (room.id, post.reply_to) not in self.by_seq:
            return Failed("not-found", "The message you answer to is not in this room.")
        row = self._new_row(post, standing)
        self.inserted.append(row)
        self.doubles[post.who.id, post.client_id] = row
        self.last_said[post.who.id, room.id] = self.now
        if post.held_rule is None:
            self._number(row, room, post.client_id)
            self.messages[row["id"]] = row
            self.by_seq[room.id, row["seq"]] = row["id"]
        self._raise(post.concern, row, room)
        return held(row, post.held_why) if post.held_rule else Posted(room.slug, view(row), post.client_id)

    def _too_soon(self, post: Post, room: RoomState, standing: Standing) -> Failed | None:
        last = self.last_said.get((post.who.id, room.id))
        if not room.slow or standing.facilitates or last is None:
            return None
        wait = room.slow - (self.now - last).total_seconds()
        if wait <= 0:
            return None
        why = f"This room is in slow mode: one message every {room.slow} seconds, so that all can follow."
        return Failed("slow", why, math.ceil(wait * 10) / 10)

    def _new_row(self, post: Post, standing: Standing) -> dict[str, Any]:
        return {
            "id": ordered_id(self.now),
            "room_id": post.room_id,
            "member_id": post.who.id,
            "client_id": post.client_id,
            "client_key": client_key(post.who.id, post.client_id),
            "sent_digest": digest(post.text),
            "state": "posted" if post.held_rule is None else "held",
            "held_rule": post.held_rule,
            "seq": None,
            "version": None,
            "text": post.text,
            "at": self.now,
            "reply_to": post.reply_to,
            "edited_at": None,
            "removed_by": None,
            "removed_guideline": None,
            "removed_at": None,
            "pinned": False,
            "reactions": "{}",
            "author_name": standing.name,
            "member_role": standing.member_role,
            "room_role": standing.room_role,
            "pseudonym": standing.pseudonym,
            "shows_name": standing.shows_name,
        }

    def _edit(self, edit: Edit, room: RoomState, standing: Standing) -> Settled:
        row = self._find(room, edit.seq)
        if row is None or row["removed_by"] is not None:
            return NOT_FOUND
        if row["member_id"] != edit.who.id:
            return NOT_HERS
        refused = may_write(standing, room)
        if refused:
            return refused
        if self.now - row["at"] > EDIT_WINDOW:
            return Failed("too-late", "A message can be changed for 15 minutes. You can remove it, or add to it.")
        if row["text"] == edit.text:
            return Changed(view(row), moved=False)
        changed = self._change(row, room, text=edit.text, edited_at=self.now)
        self._raise(edit.concern, row, room)
        return changed

    def _remove(self, remove: Remove, room: RoomState, standing: Standing) -> Settled:
        row = self._find(room, remove.seq)
        if row is None:
            return NOT_FOUND
        if row["member_id"] != remove.who.id and not standing.facilitates:
            return NOT_HERS
        return self._take_away(row, room, remove)

    def _take_away(self, row: dict[str, Any], room: RoomState, by: Remove | Heed) -> Changed:
        if row["removed_by"] is not None:
            return Changed(view(row), moved=False)
        hers = row["member_id"] == by.who.id
        who, guideline = ("author", None) if hers else ("facilitator", by.guideline)
        return self._change(row, room, removed_by=who, removed_guideline=guideline, removed_at=self.now, pinned=False)

    def _restore(self, restore: Restore, room: RoomState, standing: Standing) -> Settled:
        row = self._find(room, restore.seq)
        if row is None:
            return NOT_FOUND
        if row["member_id"] != restore.who.id and not standing.facilitates:
            return NOT_ALLOWED
        if row["removed_by"] is None:
            return Changed(view(row), moved=False)
        own = row["member_id"] == restore.who.id and row["removed_by"] == "author"
        refused = (may_write(standing, room) if own else None) if own or standing.facilitates else NOT_ALLOWED
        if refused:
            return refused
        if row["text"] is None or self.now - row["removed_at"] > RESTORE_WINDOW:
            return Failed("too-late", "A removed message can be brought back for 30 days.")
        changed = self._change(row, room, removed_by=None, removed_guideline=None, removed_at=None)
        self._raise(restore.concern, row, room)
        return changed

    def _pin(self, pin: Pin, room: RoomState, standing: Standing) -> Settled:
        row = self._find(room, pin.seq)
        if row is None or row["removed_by"] is not None:
            return NOT_FOUND
        if not standing.facilitates:
            return NOT_ALLOWED
        if row["pinned"] == pin.pinned:
            return Changed(view(row), moved=False)
        return self._change(row, room, pinned=pin.pinned)

    def _react(self, react: React, room: RoomState, standing: Standing) -> Settled:
        row = self._find(room, react.seq)
        if row is None or row["removed_by"] is not None:
            return NOT_FOUND
        refused = may_write(standing, room)
        if refused:
            return refused
        mark = (row["id"], react.who.id, react.reaction)
        if (mark in self.reacted) == react.on:
            return Changed(view(row), moved=False)
        counts: dict[str, int] = msgspec.json.decode(row["reactions"])
        counts[react.reaction] = counts.get(react.reaction, 0) + (1 if react.on else -1)
        (self.reacted.add if react.on else self.reacted.discard)(mark)
        added, gone = self.reactions_added, self.reactions_gone
        done, undone = (added, gone) if react.on else (gone, added)
        (undone.discard if mark in undone else done.add)(mark)  # taken back in this very batch: the row stays as it was
        kept = {name: count for name, count in sorted(counts.items()) if count > 0}
        return self._change(row, room, reactions=msgspec.json.encode(kept).decode())

    def _release(self, release: Release, room: RoomState, standing: Standing) -> Settled:
        row = self.messages.get(release.message_id)
        if row is None or row["room_id"] != room.id:
            return NOT_FOUND
        if not standing.facilitates:
            return NOT_ALLOWED
        if row["state"] != "held":
            return Failed("conflict", "Somebody has decided about this message already.")
        if not release.accept:
            row["state"] = "rejected"
            self.dirty.add(row["id"])
            return Rejected(row["id"])
        row["state"] = "posted"
        self._number(row, room, row["client_id"])
        self.dirty.add(row["id"])
        self.by_seq[room.id, row["seq"]] = row["id"]
        return Changed(view(row))

    def _heed(self, heed: Heed, room: RoomState, standing: Standing) -> Settled:
        concern = self.concerns.get(heed.concern_id)
        if concern is None or concern["room_id"] != room.id:
            return NOT_FOUND
        if not standing.facilitates:
            return NOT_ALLOWED
        if concern["state"] != "open" or concern["id"] in self.moved:
            return Failed("conflict", "Somebody has decided about this already.")
        row = self.messages[concern["message_id"]]
        if heed.remove and row["state"] == "posted":
            self._take_away(row, room, heed)
        elif heed.remove:
            row["state"] = "rejected"
            self.dirty.add(row["id"])
        concern.update(state="done", decided_by=heed.who.id, decided_at=self.now)
        self.heeded.add(concern["id"])
        self.open_concerns.pop(counts_as(concern["kind"], row), None)
        return Heeded(concern["id"])

    def _raise(self, concern: NewConcern | None, row: dict[str, Any], room: RoomState) -> None:
        """Put a message before the facilitators; where something waits already, it stands for that from now on."""
        if concern is None:
            return
        same = counts_as(concern.kind, row)
        waiting = self.open_concerns.get(same)
        if waiting is not None:
            if waiting["message_id"] != row["id"]:
                self._move(waiting, row)
            return
        raised = self.open_concerns[same] = concern.row(row, self.now)
        self.raised.append(raised)
        if concern.kind == "crisis":
            self.events.append(FacilitatorsAlerted("crisis", room.slug, row["seq"], raised["id"]))

    def _move(self, waiting: dict[str, Any], row: dict[str, Any]) -> None:
        waiting["message_id"], waiting["at"] = row["id"], self.now
        if waiting not in self.raised:  # else nobody has seen it yet
            self.moved[waiting["id"]] = moved_to(row, self.now)

    def _find(self, room: RoomState, seq: int) -> dict[str, Any] | None:
        message_id = self.by_seq.get((room.id, seq))
        return None if message_id is None else self.messages[message_id]

    def _change(self, row: dict[str, Any], room: RoomState, **values: Any) -> Changed:
        row.update(values)
        self.dirty.add(row["id"])
        return Changed(self._number(row, room, None))

    def _number(self, row: dict[str, Any], room: RoomState, client_id: str | None) -> View:
        """Give the change the room's next number."""
        room.counter += 1
        self.moved_rooms.add(room.id)
        row["version"] = room.counter
        row["seq"] = row["seq"] or room.counter
        state = view(row)
        self.events.append(ConversationChanged(room.slug, state, row["member_id"], client_id))
        return state

"""Concerns: messages that stand in the conversation and that a facilitator should look at, without anybody reporting them.

`crisis`: the rules hear somebody who may be in danger. `confirmed`: its author sent it in spite of a nudge. A concern is a
row beside the message, written in the same transaction.

A crisis is about a person: as long as one of hers waits in a room, her further ones there raise none, so that nobody can be
buried under the copies of somebody else's text. Instead the one that waits moves to the newest message, under a new id: who
is deciding about the older one just then meets nothing, and sees what was said since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import CheckConstraint
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel, col, select

from app.base.db import columns
from app.base.keys import opaque_id
from app.community.messages import WHOLE, Message
from app.community.rooms import Room
from app.rules.verdict import Care

Kind = Literal["crisis", "confirmed"]
SHOWN_LIMIT = 200


class Concern(SQLModel, table=True):
    """One message, and see `counts_as` for what is open only once. `rule`: what was confirmed; of a crisis mostly None."""

    __table_args__ = (
        CheckConstraint("kind in ('crisis', 'confirmed')", name="kind"),
        CheckConstraint("kind <> 'confirmed' or rule is not null", name="rule"),
        CheckConstraint("state in ('open', 'done')", name="state"),
        CheckConstraint(
            "(state = 'open') = (decided_by is null) and (state = 'open') = (decided_at is null)", name="decided"
        ),
    )
    id: str = Field(primary_key=True, max_length=22)
    room_id: int = Field(foreign_key="room.id")
    message_id: str = Field(foreign_key="message.id", max_length=32, ondelete="CASCADE", index=True)
    kind: str = Field(max_length=20)
    rule: str | None = Field(default=None, max_length=40)
    at: datetime
    state: str = Field(default="open", max_length=10, index=True)
    decided_by: str | None = Field(default=None, max_length=22)
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewConcern:
    """What an operation raises about its message."""

    kind: Kind
    rule: str | None = None

    def row(self, message: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """As it is stored about that message."""
        return {
            "id": opaque_id(), "room_id": message["room_id"], "message_id": message["id"], "kind": self.kind,
            "rule": self.rule, "at": now, "state": "open", "decided_by": None, "decided_at": None,
        }  # fmt: skip


def calls(care: Iterable[Care]) -> bool:
    """Whether facilitators are called: somebody may be in danger, and it is no mere guess."""
    return any(card.kind == "crisis" and card.certain for card in care)


def counts_as(kind: str, message: Mapping[str, Any]) -> tuple[str, str]:
    """What there is one open concern about: a member's crisis in a room, or one message that was confirmed."""
    return kind, f"{message['member_id']}:{message['room_id']}" if kind == "crisis" else str(message["id"])


def moved_to(message: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What becomes of an open concern for which another message stands now."""
    return {"new_id": opaque_id(), "new_message": message["id"], "new_at": now}


C, M, R = columns(Concern), columns(Message), columns(Room)
OPEN = (
    WHOLE.add_columns(
        C.id.label("concern_id"), C.kind.label("concern_kind"), C.rule.label("concern_rule"),
        C.at.label("concern_at"), R.slug,
    )
    .join(C.id.table, C.message_id == M.id)
    .join(R.id.table, R.id == C.room_id)
    .where(C.state == "open")
)  # fmt: skip


async def waiting(connection: AsyncConnection, room_ids: Collection[int], kind: Kind) -> list[dict[str, Any]]:
    """The open ones of these rooms: rows of `messages.WHOLE`, `concern_…` and `slug`.

    Oldest first; of crises the newest, since the danger is now, and no number of older ones may hide it.
    """
    query = OPEN.where(C.kind == kind, C.room_id.in_(room_ids)).limit(SHOWN_LIMIT)
    query = query.order_by(C.at.desc(), M.id.desc()) if kind == "crisis" else query.order_by(C.at, M.seq)
    return [dict(row) for row in (await connection.execute(query)).mappings()]


async def find(connection: AsyncConnection, concern_id: str) -> Concern | None:
    """The concern with this id, or None."""
    row = (await connection.execute(select(Concern).where(col(Concern.id) == concern_id))).mappings().first()
    return None if row is None else Concern(**row)

"""Operations: everything that can be done to a room's conversation. A closed list; the ledger settles each.

`alongside` are statements of the floor above (an audit entry, a decision) that belong into the same transaction: they are
carried out exactly if the operation is.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.sql.base import Executable

from app.community.concerns import NewConcern
from app.community.members import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Say something. `held_rule`: it waits for a facilitator because of this rule. `concern`: what she should look at."""

    who: Who
    room_id: int
    client_id: str
    text: str
    reply_to: int | None = None
    held_rule: str | None = None
    held_why: str = ""
    concern: NewConcern | None = None
    alongside: tuple[Executable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Say it otherwise: the author, within 15 minutes."""

    who: Who
    room_id: int
    seq: int
    text: str
    concern: NewConcern | None = None
    alongside: tuple[Executable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Take it away: its author, or a facilitator with a guideline."""

    who: Who
    room_id: int
    seq: int
    guideline: str | None = None
    alongside: tuple[Executable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """Bring it back: its author what she removed herself, a facilitator any, for 30 days."""

    who: Who
    room_id: int
    seq: int
    concern: NewConcern | None = None
    alongside: tuple[Executable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Pin it (a facilitator), or unpin it."""

    who: Who
    room_id: int
    seq: int
    pinned: bool
    alongside: tuple[Executable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class React:
    """Add one of the reactions (`on`), or take it back."""

    who: Who
    room_id: int
    seq: int
    reaction: str
    on: bool
    alongside: tuple[Executable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A facilitator lets a held message into the conversation (`accept`), or not."""

    who: Who
    room_id: int
    message_id: str
    accept: bool
    alongside: tuple[Executable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heed:
    """A facilitator has looked at a concern: the message may stay, or goes (`remove`) for this guideline."""

    who: Who
    room_id: int
    concern_id: str
    remove: bool
    guideline: str | None = None
    alongside: tuple[Executable, ...] = ()


Operation = Post | Edit | Remove | Restore | Pin | React | Release | Heed

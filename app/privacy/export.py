"""Export: everything this place holds about a member, for her alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from app.base.clock import wire_time
from app.base.db import pick
from app.base.keys import Keyring
from app.community import members
from app.community.concerns import Concern
from app.community.memberships import Membership
from app.community.messages import Message, Reaction
from app.community.rooms import Room
from app.community.sanctions import Sanction
from app.community.sessions import Session
from app.conduct.appeals import Appeal
from app.conduct.reports import Report


async def of_member(connection: AsyncConnection, keys: Keyring, member_id: str) -> dict[str, Any]:
    """Her account, rooms, messages (removed ones too, while we hold them), reactions, concerns about them, reports, sanctions, appeals, browsers."""
    member = await members.find(connection, member_id)
    if member is None:
        return {}
    account = {
        "id": member.id,
        "name": member.name,
        "email": members.address(member, keys),
        "role": member.role,
        "created_at": _plain(member.created_at),
        "verified_at": _plain(member.verified_at),
    }
    parts = {name: await _rows(connection, query) for name, query in _queries(member_id).items()}
    return {"account": account, **parts}


def _queries(member_id: str) -> dict[str, Select[Any]]:
    return {
        "rooms": _in_room(
            Membership.role, Membership.pseudonym, Membership.shows_name, Membership.joined_at, Membership.left_at, Membership.read_seq
        )
        .join(Membership, col(Membership.room_id) == col(Room.id))
        .where(col(Membership.member_id) == member_id)
        .order_by(col(Room.slug)),
        "messages": _in_room(
            Message.id, Message.state, Message.seq, Message.text, Message.at, Message.reply_to, Message.edited_at,
            Message.removed_by, Message.removed_guideline, Message.removed_at,
        )
        .join(Message, col(Message.room_id) == col(Room.id))
        .where(col(Message.member_id) == member_id)
        .order_by(col(Message.at)),
        "reactions": _in_room(Message.seq, Reaction.reaction)
        .join(Message, col(Message.room_id) == col(Room.id))
        .join(Reaction, col(Reaction.message_id) == col(Message.id))
        .where(col(Reaction.member_id) == member_id),
        "concerns": _in_room(Message.seq, Concern.kind, Concern.rule, Concern.at, Concern.state, Concern.decided_at)
        .join(Concern, col(Concern.room_id) == col(Room.id))
        .join(Message, col(Message.id) == col(Concern.message_id))
        .where(col(Message.member_id) == member_id)
        .order_by(col(Concern.at)),
        "reports": _in_room(Report.at, Report.worried, Report.guideline, Report.note, Report.state)
        .join(Report, col(Report.room_id) == col(Room.id))
        .where(col(Report.reporter_id) == member_id),
        "sanctions": pick(
            Sanction.id, Sanction.kind, col(Room.slug).label("room"), Sanction.guideline, Sanction.reason,
            Sanction.issued_at, Sanction.until, Sanction.lifted_at, Sanction.lift_reason,
        )
        .outerjoin(Room, col(Room.id) == col(Sanction.room_id))
        .where(col(Sanction.member_id) == member_id),
        "appeals": pick(
            Appeal.sanction_id, Appeal.text, Appeal.at, Appeal.state, Appeal.decided_at, Appeal.answer, Appeal.crisis
        ).where(col(Appeal.member_id) == member_id),
        "browsers": pick(Session.label, Session.created_at, Session.seen_at, Session.ended_at).where(
            col(Session.member_id) == member_id
        ),
    }  # fmt: skip


def _in_room(*columns: Any) -> Select[Any]:
    return pick(col(Room.slug).label("room"), *columns)


async def _rows(connection: AsyncConnection, query: Select[Any]) -> list[dict[str, Any]]:
    rows = (await connection.execute(query)).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    return wire_time(value) if isinstance(value, datetime) else value

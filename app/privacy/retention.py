"""Retention: what is no longer needed goes by itself, an hour at the latest after its time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from app.base.jobs import Job
from app.community.concerns import Concern
from app.community.ledger import RESTORE_WINDOW
from app.community.links import Link
from app.community.messages import Message
from app.community.sessions import Remembrance, Session

SESSIONS = timedelta(days=30)
JOBS = timedelta(days=7)
CONCERNS = timedelta(days=90)
"""After the decision: long enough to see that somebody was in danger before. What was decided stays in the audit."""


async def sweep(connection: AsyncConnection, now: datetime) -> dict[str, int]:
    """What went: the texts of messages removed 30 days ago, concerns, ended sessions, used links, done jobs."""
    old_text = (col(Message.removed_at) < now - RESTORE_WINDOW, col(Message.text).is_not(None))
    textless = exists().where(col(Message.id) == col(Concern.message_id), col(Message.text).is_(None))
    idle = (col(Session.seen_at) < now - 2 * SESSIONS) | (col(Session.ended_at) < now - SESSIONS)
    statements = {
        "texts": update(Message).where(*old_text).values(text=None),
        # After the texts: a concern about what nobody can read any more has nothing to be decided.
        "concerns": delete(Concern).where((col(Concern.decided_at) < now - CONCERNS) | textless),
        "sessions": delete(Session).where(idle),
        "remembered": delete(Remembrance).where(col(Remembrance.expires_at) < now),
        "links": delete(Link).where(col(Link.expires_at) < now - SESSIONS),
        "jobs": delete(Job).where(col(Job.done_at) < now - JOBS),
    }
    return {name: (await connection.execute(statement)).rowcount for name, statement in statements.items()}

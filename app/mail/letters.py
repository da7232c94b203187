"""Letters: one mail with one reason. Discreet: subjects and senders say nothing about what this place is.

A letter is a job, written in the transaction that causes it; what it must not show at rest (its link) is sealed there.
"""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Literal

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.ext.asyncio import AsyncConnection

from app.base import jobs
from app.base.db import Database
from app.base.keys import Keyring
from app.community import members
from app.mail.post import Post

JOB = "letter"
SUBJECTS = {"verify": "Please confirm your address", "known": "About your account"}
Kind = Literal["verify", "known"]


class Letter(msgspec.Struct, frozen=True):
    """A letter to be written: to whom, which, and its sealed link. `name`: how she called herself, if not as her account."""

    kind: Kind
    member_id: str
    link_sealed: str
    name: str | None = None


class Letters:
    """Writes letters and hands them to the post."""

    def __init__(self, db: Database, keys: Keyring, post: Post, sender: str) -> None:
        self._db, self._keys, self._post, self._sender = db, keys, post, sender
        folder = Path(__file__).parent / "templates"
        # Plain text: nothing is escaped, because nothing is markup.
        self._templates = Environment(loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=False)  # noqa: S701

    async def enqueue(
        self,
        connection: AsyncConnection,
        kind: Kind,
        member_id: str,
        link: str,
        now: datetime,
        *,
        name: str | None = None,
    ) -> None:
        """Have it sent once the caller's transaction is committed."""
        letter = Letter(kind, member_id, self._keys.seal(link, f"job.letter.{member_id}"), name)
        await jobs.enqueue(connection, JOB, letter, now)

    async def send(self, payload: object) -> None:
        """The job: write it and post it. A member who is gone gets none."""
        letter = msgspec.convert(payload, Letter)
        async with self._db.read() as connection:
            member = await members.find(connection, letter.member_id)
        if member is None:
            return
        link = self._keys.open(letter.link_sealed, f"job.letter.{letter.member_id}")
        text = self._templates.get_template(f"{letter.kind}.txt").render(name=letter.name or member.name, link=link)
        await self._post.deliver(self._message(SUBJECTS[letter.kind], members.address(member, self._keys), text))

    def _message(self, subject: str, to: str, text: str) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = to
        message["Subject"] = subject
        message["Date"] = formatdate(usegmt=True)
        message["Message-ID"] = make_msgid(domain=self._sender.rstrip(">").rpartition("@")[2] or "localhost")
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        return message

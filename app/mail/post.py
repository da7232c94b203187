"""The post: takes a finished mail to the SMTP server, or, without one, into a folder as a file."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from app.base.errors import Unavailable
from app.base.keys import opaque_id

DEADLINE_SECONDS = 30
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Post(Protocol):
    """Delivers one mail to one person. Raises Unavailable when it could not be handed over."""

    async def deliver(self, message: EmailMessage) -> None: ...


class FilePost:
    """Mail as .eml files: the default setup, for looking at."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def deliver(self, message: EmailMessage) -> None:
        await asyncio.to_thread(self._write, message)

    def _write(self, message: EmailMessage) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = opaque_id()
        draft = self._folder / f".{name}"
        draft.write_bytes(message.as_bytes())
        draft.rename(self._folder / f"{name}.eml")


class SmtpPost:
    """Mail to SMTP_URL: smtps:// speaks TLS from the start; smtp:// must upgrade, except on this very machine."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._tls = parts.scheme == "smtps"
        self._host = parts.hostname or "localhost"
        self._port = parts.port or (465 if self._tls else 587)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None

    async def deliver(self, message: EmailMessage) -> None:
        try:
            await aiosmtplib.send(
                message,
                hostname=self._host,
                port=self._port,
                username=self._user,
                password=self._password,
                use_tls=self._tls,
                start_tls=None if self._tls or self._host in LOOPBACK else True,
                timeout=DEADLINE_SECONDS,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            # The server's own words name the recipient; they go neither into the job's row nor into a log.
            code = getattr(error, "code", "")
            raise Unavailable(
                f"The mail server did not take the letter: {type(error).__name__} {code}".strip()
            ) from None


def post_for(smtp_url: str, data_dir: Path) -> Post:
    """The post of this setup."""
    return SmtpPost(smtp_url) if smtp_url else FilePost(data_dir / "mail")

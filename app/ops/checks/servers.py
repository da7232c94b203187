"""The servers beside the database: Redis and mail, asked for what the site asks them, as it does."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from time import perf_counter
from urllib.parse import urlsplit

import aiosmtplib
from redis.exceptions import RedisClusterException, RedisError

from app.base import redis
from app.base.keys import new_token
from app.base.redis import Commands
from app.mail.post import LOOPBACK, SmtpPost
from app.ops.checks.database import writable
from app.ops.checks.finding import Finding, fault, notice, ok, reason
from app.settings import Settings

REDIS_SECONDS = 3.0
MAIL_SECONDS = 10.0
PINGS = 3
"""The quickest of them counts: the first one has to connect."""


async def redis_answers(settings: Settings) -> Sequence[Finding]:
    """It answers in the time that the site gives it, and what is published is heard (in a cluster: at each seed)."""
    name, url = "redis", settings.redis_url
    if not url:
        return [ok(name, "None is set, and one web process needs none.")]
    try:
        places = [_place(address) for address in redis.addresses(url)]
        client = redis.commands(url)
    except ValueError:
        return [fault(name, "REDIS_URL cannot be understood.", "Set it to redis://[user:password@]host:6379/0.")]
    where = ", ".join(places)
    try:
        seconds = await _ping(client)
        for at, where in enumerate(places):
            if not await _heard(url, client, at):
                return [_not_heard(name, where, "what is published is not heard")]
    except (RedisError, RedisClusterException, OSError, TimeoutError) as error:
        return [_not_heard(name, where, reason(error))]
    finally:
        await client.aclose()
    told = f"{', '.join(places)}: answers in {seconds * 1000:.0f} ms, and what is published is heard."
    if seconds > redis.DEADLINE_SECONDS:
        return [notice(name, f"{told} The site waits {redis.DEADLINE_SECONDS * 1000:.0f} ms.", "Bring it nearer.")]
    return [ok(name, told)]


def _not_heard(name: str, place: str, why: str) -> Finding:
    to_do = (
        "See that it runs, lets this machine in, and that REDIS_URL is right. Until then messages come up to 2 s late."
    )
    return fault(name, f"{place}: no good answer ({why}).", to_do)


async def _ping(client: Commands) -> float:
    """Seconds."""
    quickest = REDIS_SECONDS
    async with asyncio.timeout(REDIS_SECONDS):
        for _ in range(PINGS):
            start = perf_counter()
            await client.execute_command("PING")
            quickest = min(quickest, perf_counter() - start)
    return quickest


async def _heard(url: str, client: Commands, at: int) -> bool:
    """Whether what is published is heard by who listens at this address. TimeoutError: not at all."""
    topic, word = f"doctor:{new_token()}", new_token().encode()
    async with asyncio.timeout(REDIS_SECONDS), redis.subscriber(url, at) as listener, listener.pubsub() as pubsub:
        await pubsub.subscribe(topic)
        async for message in pubsub.listen():
            if message["type"] == "subscribe":
                await client.execute_command("PUBLISH", topic, word)
            elif message["type"] == "message":
                return bool(message["data"] == word)
    return False


def _place(address: str) -> str:
    """Where it is, without the name and the password."""
    parts = urlsplit(address)
    return parts.path if parts.scheme == "unix" else f"{parts.hostname}:{parts.port or 6379}"


class Knock(SmtpPost):
    """As far as a letter goes before it is handed over: connected, upgraded, signed in. Nothing is sent."""

    @property
    def place(self) -> str:
        return f"{self._host}:{self._port}"

    async def knock(self) -> None:
        """Raises SMTPException or OSError."""
        client = aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            username=self._user,
            password=self._password,
            use_tls=self._tls,
            start_tls=None if self._tls or self._host in LOOPBACK else True,
            timeout=MAIL_SECONDS,
        )
        async with client:
            pass


async def mail_leaves(settings: Settings) -> Sequence[Finding]:
    """The mail server takes us in; without one, the folder takes files."""
    if not settings.smtp_url:
        return [await asyncio.to_thread(_of_folder, settings)]
    name, post = "mail", Knock(settings.smtp_url)
    try:
        await post.knock()
    except (aiosmtplib.SMTPException, OSError) as error:
        return [fault(name, f"{post.place} does not take letters: {reason(error)}.", _mend(error))]
    signed_in = "; signed in" if urlsplit(settings.smtp_url).username else ""
    return [ok(name, f"{post.place} answers{signed_in}. Nothing was sent.")]


def _mend(error: Exception) -> str:
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return "Put the right name and password into SMTP_URL, with signs such as @ : / percent-encoded."
    return "See that it runs there, lets this machine in, and that SMTP_URL fits: smtp://host (587, STARTTLS) or smtps://host (465)."


def _of_folder(settings: Settings) -> Finding:
    name, folder = "mail", settings.data_dir / "mail"
    try:
        writable(folder.absolute())
    except OSError as error:
        to_do = "Give it to the account that runs the site, or set SMTP_URL."
        return fault(name, f"Letters are files, and {folder} cannot be written: {reason(error)}.", to_do)
    told = f"Letters are files in {folder}"
    if settings.secure:
        return notice(name, f"{told}: nobody gets them.", "Set SMTP_URL.")
    return ok(name, f"{told}.")

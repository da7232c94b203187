"""Settings that are right each for itself, and unusual together."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr

from app.ops.checks.finding import Finding, fault, notice, ok
from app.settings import LOOPBACK, Settings

NAME = "settings"


def unreadable(what: str) -> Finding:
    """They could not be read, so that nothing else can be looked at."""
    return fault(NAME, what, "Mend this setting and ask again; the other checks need the settings.")


async def settings_fit(settings: Settings) -> Sequence[Finding]:
    """What an operator may not have meant. One finding for each; ok when there is none."""
    unusual = [finding for applies, finding in (*_reach(settings), *_safety(settings)) if applies]
    return unusual or [ok(NAME, f"Read. Members come to {settings.url}.")]


def _reach(settings: Settings) -> Sequence[tuple[bool, Finding]]:
    """Whether people and letters get where they should."""
    meant_for_others = bool(settings.smtp_url) or not settings.on_sqlite or settings.host not in {*LOOPBACK, "::1"}
    sender = parseaddr(settings.mail_from)[1].rpartition("@")[2]
    return [
        (
            meant_for_others and not settings.site_url,
            notice(
                NAME,
                f"SITE_URL is not set: only a browser on this very machine may write, and letters lead to {settings.url}.",
                "Set SITE_URL to the address that members type.",
            ),
        ),
        (
            bool(settings.smtp_url) and "." not in sender,
            notice(
                NAME,
                f"MAIL_FROM has the domain {sender or '(none)'}: other mail servers refuse or hide such letters.",
                "Set MAIL_FROM to Name <address>, with a domain that may send through SMTP_URL. Keep the name neutral.",
            ),
        ),
        (
            settings.secure and not settings.contact_email,
            notice(NAME, "CONTACT_EMAIL is not set: no page says whom to write to.", "Set CONTACT_EMAIL."),
        ),
        (
            settings.web_concurrency > 1 and not settings.redis_url,
            fault(
                NAME,
                "WEB_CONCURRENCY asks for more than one web process, and without REDIS_URL `serve` refuses that.",
                "Set REDIS_URL, or WEB_CONCURRENCY to 1.",
            ),
        ),
    ]


def _safety(settings: Settings) -> Sequence[tuple[bool, Finding]]:
    return [
        (
            settings.development and settings.secure,
            notice(
                NAME,
                "DEVELOPMENT=1, at an address with https: pretended members can be made here.",
                "Unset DEVELOPMENT if real people come.",
            ),
        ),
        (
            not settings.secret_keys and not settings.on_sqlite,
            notice(
                NAME,
                "SECRET_KEYS is not set: the keys lie in DATA_DIR of this machine, and another one would make its own.",
                f"Set SECRET_KEYS, everywhere the same, to what stands in {settings.data_dir / 'secret-keys'}.",
            ),
        ),
    ]

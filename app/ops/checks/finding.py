"""A finding: one thing that was looked at, how it is, and what to do about it."""

from __future__ import annotations

import os
import socket
import sqlite3
import ssl
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import aiosmtplib
import asyncpg
from redis import exceptions as redis_errors

State = Literal["ok", "notice", "fault"]

_WORDS: Final[Sequence[tuple[tuple[type[BaseException], ...], str]]] = (
    (
        (
            asyncpg.InvalidAuthorizationSpecificationError,  # a wrong password is one of these
            redis_errors.AuthenticationError,
            aiosmtplib.SMTPAuthenticationError,
        ),
        "it refuses the name or the password",
    ),
    ((asyncpg.InvalidCatalogNameError,), "it has no database of that name"),
    ((asyncpg.TooManyConnectionsError,), "it has no connection left"),
    ((asyncpg.ClientConfigurationError,), "its address has a parameter that cannot be used"),
    ((redis_errors.NoPermissionError,), "it does not let this name do that"),
    ((redis_errors.TimeoutError, TimeoutError), "no answer in time"),
    ((aiosmtplib.SMTPServerDisconnected,), "it hung up"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """`name`: the check. `what`: a sentence or two. `to_do`: empty where there is nothing to be done."""

    name: str
    state: State
    what: str
    to_do: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """`seconds`: how long `look` may take. Where it raises Unavailable, something else must be mended first."""

    name: str
    seconds: float
    look: Callable[[], Coroutine[Any, Any, Sequence[Finding]]]


def ok(name: str, what: str) -> Finding:
    return Finding(name, "ok", what)


def notice(name: str, what: str, to_do: str = "") -> Finding:
    """Unusual, or chosen; the site works."""
    return Finding(name, "notice", what, to_do)


def fault(name: str, what: str, to_do: str) -> Finding:
    """Something does not work."""
    return Finding(name, "fault", what, to_do)


def reason(error: BaseException) -> str:
    """Why something did not answer, in our own words: a driver's may hold a password or somebody's address."""
    chain = list(_chain(error))
    for each in chain:
        words = _of_a_driver(each) or _of_the_network(each)
        if words:
            return words
    if any(isinstance(each, OSError) for each in chain):
        return "it cannot be reached"
    return type(chain[-1]).__name__


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, and what led to it; outermost first."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _of_a_driver(error: BaseException) -> str:
    for kinds, words in _WORDS:
        if isinstance(error, kinds):
            return words
    match error:
        case aiosmtplib.SMTPResponseException():
            return f"it says no, with {error.code}"
        case aiosmtplib.SMTPException() if type(error) is aiosmtplib.SMTPException:
            return "it offers no STARTTLS, or no way of signing in that is known here"
        case sqlite3.Error():
            return str(error)  # SQLite's own sentences name tables, never values
        case _:
            return ""


def _of_the_network(error: BaseException) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return f"its certificate does not hold ({error.verify_message})"
        case ssl.SSLError():
            return "it does not speak TLS there"
        case socket.gaierror():
            return "nobody knows its name"
        case OSError() if error.errno:
            return os.strerror(error.errno).lower()
        case _:
            return ""

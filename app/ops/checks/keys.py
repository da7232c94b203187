"""The keys: long enough, kept from others, and the ones that what is stored was sealed with."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func
from sqlmodel import col

from app.base.db import pick
from app.base.errors import Misconfigured, Unavailable
from app.base.keys import Keyring, kept_keys
from app.community import members
from app.community.members import Member
from app.ops.checks.database import FOR_OTHERS, opened
from app.ops.checks.finding import Finding, fault, notice, ok, reason
from app.settings import Settings

NAME = "keys"
SHORTEST = 32
FEWEST_SIGNS = 10
"""32 random hexadecimal digits have 14 different ones on average, and fewer than 10 about once in ten thousand times."""
KEY_IN_FRONT = len("v1.01234567.")
"""A sealed value names its key in front."""


async def keys_open(settings: Settings) -> Sequence[Finding]:
    """Of what each key has sealed, one address is opened."""
    file = settings.data_dir / "secret-keys"
    try:
        keys = settings.secret_keys or await asyncio.to_thread(_kept, file)
    except (OSError, UnicodeDecodeError) as error:
        return [fault(NAME, f"{file} cannot be read: {reason(error)}.", "Give it to the account that runs the site.")]
    try:
        addresses, closed = await _closed(settings, Keyring(keys or ("",)))  # one that opens nothing
    except (Unavailable, Misconfigured):
        untried = [notice(NAME, "Whether they open what is stored cannot be tried now.")] if keys else []
        return [*_of_keys(settings, keys), *untried]
    if closed:
        what = f"{closed:,} of {addresses:,} sealed addresses do not open with {'these keys' if keys else 'any: there is no key'}."
        to_do = (
            "Put the key that sealed them behind the others: SECRET_KEYS is a comma list, newest first "
            f"({file}: one a line). Without it these addresses are lost."
        )
        return [*(_of_keys(settings, keys) if keys else ()), fault(NAME, what, to_do)]
    tried = f"one address of each key was opened, of {addresses:,} in all" if addresses else "nothing is sealed yet"
    return _of_keys(settings, keys) or [ok(NAME, f"Keys: {len(keys)}; {tried}.")]


def _kept(file: Path) -> tuple[str, ...]:
    """Those of a default setup; none are made by looking."""
    return kept_keys(file.parent) if file.exists() else ()


def _of_keys(settings: Settings, keys: Sequence[str]) -> list[Finding]:
    """What is wrong with the keys themselves."""
    file = settings.data_dir / "secret-keys"
    if not keys:
        return [notice(NAME, "There are none yet.", "The first start makes one, in DATA_DIR.")]
    found = []
    if any(len(key) < SHORTEST for key in keys):
        to_do = f"Put a longer one in front, each at least {SHORTEST} characters, and keep the old ones behind it."
        found.append(fault(NAME, f"One is shorter than {SHORTEST} characters.", to_do))
    elif any(len(set(key)) < FEWEST_SIGNS for key in keys):
        to_do = "Put a random one in front (openssl rand -base64 48), and keep the old ones behind it."
        found.append(notice(NAME, "One has so few different characters that it can be guessed.", to_do))
    if not settings.secret_keys and file.stat().st_mode & FOR_OTHERS:
        found.append(fault(NAME, f"Other accounts of this machine may read {file}.", f"chmod 600 {file}"))
    return found


async def _closed(settings: Settings, keys: Keyring) -> tuple[int, int]:
    """How many addresses are sealed, and how many of them under a key that does not open one of its own."""
    key = func.substr(col(Member.email_sealed), 1, KEY_IN_FRONT)
    query = pick(func.min(col(Member.id)), func.count()).group_by(key)
    addresses = closed = 0
    async with opened(settings) as connection:
        for one, count in (await connection.execute(query)).all():
            member = await members.find(connection, one)
            addresses += count
            closed += count if member is not None and not _opens(member, keys) else 0
    return addresses, closed


def _opens(member: Member, keys: Keyring) -> bool:
    try:
        members.address(member, keys)
    except (Misconfigured, ValueError):
        return False
    return True

"""People and rooms from the command line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert

from app.base.clock import SystemClock
from app.base.db import Database
from app.base.errors import Conflict, Misconfigured
from app.base.keys import Keyring, digest, kept_keys, new_token, opaque_id
from app.base.passwords import LONGEST_BYTES, SHORTEST, Passwords
from app.community import members, memberships
from app.community.directory import Directory
from app.community.members import EMAIL_LIMIT, NAME_LIMIT, NewMember
from app.community.memberships import Membership
from app.community.rooms import Place
from app.community.sessions import Session
from app.settings import Settings

ROOMS = Path(__file__).parents[2] / "rooms"
BATCH = 500


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What `members add` is told."""

    name: str
    email: str
    password: str
    role: str
    rooms: tuple[str, ...]


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[tuple[Database, Directory]]:
    """The database and the rooms in it."""
    db = Database(settings.database)
    try:
        directory = Directory(db, SystemClock(), ROOMS, settings.rules_off)
        await directory.open()
        yield db, directory
    finally:
        await db.close()


def keyring(settings: Settings) -> Keyring:
    return Keyring(settings.secret_keys or kept_keys(settings.data_dir))


async def add(settings: Settings, new: NewPerson) -> str:
    """A verified member: her id. Raises Misconfigured when something about her cannot be."""
    _check(new)
    passwords = Passwords()
    hashed = await passwords.hash(new.password)
    passwords.close()
    now = SystemClock().now()
    async with opened(settings) as (db, directory):
        places = _places(directory, new.rooms)
        everywhere = new.role == "administrator" or (new.role == "facilitator" and not places)
        role = new.role if everywhere else "member"
        member = NewMember(new.name, new.email, hashed, role=role, verified=True)
        async with db.write() as connection:
            try:
                who = await members.add(connection, keyring(settings), member, now)
            except Conflict as conflict:
                raise Misconfigured(f"--{conflict}: somebody has this already.") from None
            in_room = "facilitator" if new.role == "facilitator" else "member"
            for place in places:
                await memberships.join(connection, who.id, place.id, now, role=in_room)
    return who.id


async def pretend(settings: Settings, count: int, slugs: tuple[str, ...], out: Path) -> None:
    """Pretend members, signed in; `out` gets one Cookie header value a line."""
    if not settings.development:
        raise Misconfigured("members sessions makes people who do not exist; it needs DEVELOPMENT=1.")
    name = "__Host-session" if settings.secure else "session"
    async with opened(settings) as (db, directory):
        places = _places(directory, slugs)
        tokens: list[str] = []
        for start in range(0, count, BATCH):
            tokens += await _pretend_batch(db, keyring(settings), places, min(BATCH, count - start))
    await asyncio.to_thread(out.write_text, "".join(f"{name}={token}\n" for token in tokens))


async def sync_rooms(settings: Settings) -> int:
    """How many rooms there are."""
    async with opened(settings) as (_, directory):
        return len(await directory.places())


async def _pretend_batch(db: Database, keys: Keyring, places: list[Place], count: int) -> list[str]:
    now = SystemClock().now()
    made = [_pretended(keys, now) for _ in range(count)]
    async with db.write() as connection:
        await connection.execute(insert(members.Member), [member for member, _, _ in made])
        await connection.execute(insert(Session), [session for _, session, _ in made])
        joined = [_membership(member["id"], place, now) for member, _, _ in made for place in places]
        await connection.execute(insert(Membership), joined)
    return [token for _, _, token in made]


def _pretended(keys: Keyring, now: datetime) -> tuple[dict[str, object], dict[str, object], str]:
    member_id, token = opaque_id(), new_token()
    name = f"Pretend {member_id[:12]}"
    email = f"{member_id.lower()}@pretend.invalid"
    member: dict[str, object] = {
        "id": member_id, "name": name, "name_folded": members.fold_name(name) + member_id,
        "email_sealed": keys.seal(email, f"member.email.{member_id}"), "email_index": keys.index(member_id),
        "password_hash": None, "role": "member", "created_at": now, "verified_at": now, "pretended": True,
    }  # fmt: skip
    session = {
        "digest": digest(token), "member_id": member_id, "label": "pretended", "created_at": now, "seen_at": now,
    }  # fmt: skip
    return member, session, token


def _membership(member_id: object, place: Place, now: datetime) -> dict[str, object]:
    return {
        "member_id": member_id, "room_id": place.id, "role": "member", "pseudonym": f"Pretend {member_id}",
        "shows_name": False, "joined_at": now, "left_at": None, "read_seq": 0,
    }  # fmt: skip


def _places(directory: Directory, slugs: tuple[str, ...]) -> list[Place]:
    unknown = [slug for slug in slugs if directory.find(slug) is None]
    if unknown:
        raise Misconfigured(f"--room {unknown[0]}: there is no such room.")
    return [place for slug in dict.fromkeys(slugs) if (place := directory.find(slug)) is not None]


def _check(new: NewPerson) -> None:
    for option, given in (("--name", new.name), ("--email", new.email), ("The password", new.password)):
        if any("\ud800" <= sign <= "\udfff" for sign in given):  # what Python makes of bytes that are no UTF-8
            raise Misconfigured(f"{option} is not UTF-8.")
    size = len(new.password.encode())
    if not SHORTEST <= size <= LONGEST_BYTES:
        raise Misconfigured(f"The password needs {SHORTEST} to {LONGEST_BYTES} bytes; this one has {size}.")
    if not 1 <= len(new.name.strip()) <= NAME_LIMIT:
        raise Misconfigured(f"--name: 1 to {NAME_LIMIT} characters.")
    if "@" not in new.email or len(new.email) > EMAIL_LIMIT:
        raise Misconfigured("--email: an e-mail address.")

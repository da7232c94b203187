"""Preparing: what `bin/run` does before it serves, so that a newcomer is led in."""

from __future__ import annotations

from sqlalchemy import func
from sqlmodel import col, select

from app.base.clock import SystemClock
from app.base.db import Database
from app.base.errors import Misconfigured
from app.community import links
from app.community.directory import Directory
from app.community.members import Member
from app.ops import demo as demo_community
from app.ops import schema
from app.ops.people import keyring, opened
from app.settings import Settings


async def prepare(settings: Settings, *, demo: bool) -> None:
    """Migrate; fill a demonstration (`demo`), or print the first administrator's link while there is nobody."""
    await schema.migrate(settings.database)
    async with opened(settings) as (db, directory):
        count = await _members(db)
        if demo:
            await _demonstrate(settings, db, directory, count)
        elif count == 0:
            async with db.write() as connection:
                token = await links.make(connection, links.FIRST_ADMINISTRATOR, None, SystemClock().now())
            print(
                f"\nYou are the first here. This link, once, makes you the administrator:\n\n  {settings.url}/welcome/{token}"
            )
    print(f"\n{settings.site_name} is at {settings.url}\n", flush=True)


async def _members(db: Database) -> int:
    async with db.read() as connection:
        return (await connection.execute(select(func.count(col(Member.id))))).scalar_one()


async def _demonstrate(settings: Settings, db: Database, directory: Directory, count: int) -> None:
    if count == 0:
        await demo_community.fill(db, directory, keyring(settings))
    elif not await _is_demonstration(db):
        raise Misconfigured(
            "--demo fills an empty database only, and this one has members. Set DATA_DIR to a new folder."
        )
    print("\nThis is a demonstration: everybody in it is invented. Sign in as")
    for name, what in (("Rosa", "a member"), ("Fay", "a facilitator")):
        print(f"  {what:<14} {demo_community.address(name):<20} {demo_community.PASSWORD}")
    print(f"and open {settings.url}/rooms/breast")


async def _is_demonstration(db: Database) -> bool:
    async with db.read() as connection:
        query = select(Member.pretended).where(col(Member.name) == "Rosa (invented)")
        return bool((await connection.execute(query)).scalar())

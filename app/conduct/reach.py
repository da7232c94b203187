"""Reach: whom a facilitator may decide about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from app.community import members, memberships
from app.community.bookkeeping import standings_of
from app.community.members import Who
from app.community.outcomes import Failed
from app.community.rooms import Place

ADMINISTRATORS = Failed("not-allowed", "Only an administrator can sanction a facilitator.")


async def out_of_reach(
    connection: AsyncConnection, who: Who, place: Place | None, member_id: str, now: datetime
) -> Failed | None:
    """A facilitator's reach: members of her rooms, never herself, another facilitator or an administrator."""
    member = await members.find(connection, member_id)
    if member is None:
        return Failed("not-found", "There is no such member.")
    if member_id == who.id:
        return Failed("not-allowed", "You cannot sanction yourself.")
    if who.role != "administrator":
        if member.role != "member":
            return ADMINISTRATORS
        if place is None and await memberships.facilitates_some(connection, member_id):
            return ADMINISTRATORS
        if place is not None and await facilitates(connection, member_id, place, now):
            return ADMINISTRATORS
    return None


async def facilitates(connection: AsyncConnection, member_id: str, place: Place, now: datetime) -> bool:
    """Whether she decides in this room, as of now."""
    standing = (await standings_of(connection, {(member_id, place.id)}, now)).get((member_id, place.id))
    return standing is not None and standing.facilitates

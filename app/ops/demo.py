"""The demonstration: a small invented community, for looking around. Everyone and everything in it is made up, and says so."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import insert, update
from sqlmodel import col

from app.base.clock import SystemClock
from app.base.db import Database
from app.base.keys import Keyring, digest, ordered_id
from app.base.passwords import Passwords
from app.community import members, memberships
from app.community.directory import Directory
from app.community.members import NewMember, Who
from app.community.messages import Message, client_key
from app.community.rooms import Place, Room, set_state

PASSWORD = "a quiet evening by the lake"  # noqa: S105 - printed for everybody: it guards nothing
NOTICE = "A demonstration: the people and their words in this room are invented."
PEOPLE = {
    "Rosa": "member", "Tom": "member", "Imani": "member", "Greta": "member", "Leo": "member", "Fay": "facilitator",
}  # fmt: skip
# Room -> (who, minutes ago, text, reactions, number of the message answered to within this list, 1-based)
Line = tuple[str, int, str, dict[str, int], int | None]
TALK: dict[str, tuple[Line, ...]] = {
    "breast": (
        ("Fay", 2900, "Welcome, everyone. This room is for all of us who live with breast cancer, in whatever way. Read along or write, both are fine.", {"heart": 4}, None),
        ("Rosa", 1630, "Hello. I was told on Thursday. I still hear the word and think they mean someone else.", {"hug": 5}, None),
        ("Imani", 1612, "Hello Rosa. It took me about two weeks until it sounded like my own life. You don't have to be brave here.", {"heart": 3, "same": 2}, 2),
        ("Tom", 1595, "I'm one of the few men in this room, diagnosed last year. The waiting before the plan was the worst part for me. Once there was a plan, I slept again.", {"strength": 2}, 2),
        ("Rosa", 1580, "Thank you, both. I did not expect anybody to answer so fast.", {"heart": 2}, None),
        ("Greta", 1210, "Day 3 after my second chemo. Soup tastes of coins. Has anybody found something that tastes of something?", {"same": 3}, None),
        ("Imani", 1188, "For me it was cold things: melon, yoghurt from the freezer, ginger ice. And plastic spoons instead of metal ones, no idea why that helped.", {"thanks": 2}, 6),
        ("Leo", 1170, "My wife swears by lemon on everything that week. It passed for her about ten days later, each time.", {"thanks": 1}, 6),
        ("Greta", 1102, "Plastic spoons! It really is better. I am eating rice pudding with the children's picnic set and feel like a queen.", {"heart": 6}, None),
        ("Rosa", 214, "I have my first appointment with the oncologist tomorrow. What did you wish you had asked?", {}, None),
        ("Tom", 203, "I wished I had taken someone along to write things down. I heard maybe a third of it.", {"same": 4, "thanks": 1}, 10),
        ("Imani", 196, "I asked what happens if I do nothing for two weeks. The answer calmed me: there was time to think.", {"thanks": 2}, 10),
        ("Fay", 188, "Rosa, many people bring a written list and hand it over at the beginning. Then nothing gets forgotten, however fast it goes.", {"heart": 1}, 10),
        ("Greta", 64, "Thinking of you for tomorrow, Rosa. Come back and tell us, or don't, as you like.", {"heart": 2}, None),
        ("Leo", 31, "Good night from a hospital corridor. The vending machine here has exactly one kind of soup and it is not soup.", {"hug": 3}, None),
    ),
    "caregivers": (
        ("Leo", 800, "Does anybody else count the hours between the text messages? My wife is at her scan and I have cleaned the oven twice.", {"same": 3}, None),
        ("Imani", 782, "I painted a fence during my mother's operation. Both sides. It was the neighbour's fence.", {"heart": 5}, 1),
        ("Leo", 770, "That made me laugh for the first time this week.", {"heart": 2}, None),
    ),
    "waiting": (
        ("Greta", 2000, "For everyone who waits for a phone call today: I leave a light on in this room.", {"heart": 4, "thanks": 2}, None),
    ),
    "lounge": (
        ("Tom", 500, "What is everybody reading? I have started with detective stories again. Somebody else has the problem, for once.", {"heart": 2}, None),
        ("Rosa", 480, "Recipes. I don't cook them. I just read how the onions get golden.", {"same": 1, "heart": 3}, 1),
    ),
}  # fmt: skip


async def fill(db: Database, directory: Directory, keys: Keyring) -> None:
    """Make the people and let them have talked."""
    passwords = Passwords()
    hashed = await passwords.hash(PASSWORD)
    passwords.close()
    now = SystemClock().now()
    places = [place for slug in TALK if (place := directory.find(slug)) is not None]
    async with db.write() as connection:
        cast: dict[str, Who] = {}
        for name, role in PEOPLE.items():
            new = NewMember(f"{name} (invented)", address(name), hashed, role, verified=True, pretended=True)
            cast[name] = await members.add(connection, keys, new, now - timedelta(days=3))
            for place in places:
                await memberships.join(connection, cast[name].id, place.id, now - timedelta(days=3))
        for place in places:
            rows = _talk(place, cast, now)
            await connection.execute(insert(Message), rows)
            moved = update(Room).where(col(Room.id) == place.id).values(counter=len(rows))
            await connection.execute(moved)
            await set_state(connection, place.id, {"notice": NOTICE})


def address(name: str) -> str:
    """Where an invented person would get mail, if there were any."""
    return f"{name.lower()}@demo.invalid"


def _talk(place: Place, cast: dict[str, Who], now: datetime) -> list[dict[str, object]]:
    rows = []
    for number, (name, minutes, text, reactions, reply_to) in enumerate(TALK[place.slug], start=1):
        at = now - timedelta(minutes=minutes)
        rows.append(
            {
                "id": ordered_id(at), "room_id": place.id, "member_id": cast[name].id, "client_id": f"{place.slug}-{number}", "client_key": client_key(cast[name].id, f"{place.slug}-{number}"),
                "sent_digest": digest(text), "state": "posted", "seq": number, "version": number, "text": text, "at": at,
                "reply_to": reply_to, "pinned": False, "reactions": msgspec.json.encode(reactions).decode(),
            }
        )  # fmt: skip
    return rows

"""What the tests of pages share: signing in by form, and reading cookies as a browser gets them."""

from __future__ import annotations

from http.cookies import Morsel, SimpleCookie
from typing import Any

import httpx2

from app.community import members, sanctions
from app.community.members import NewMember, Who
from app.community.sanctions import NewSanction
from app.pages.shields import HEADERS
from tests.site import Site

PASSWORD = "a long walk in the rain"


async def with_password(site: Site, name: str = "alice", *, verified: bool = True) -> str:
    """A member who can sign in with PASSWORD: her id."""
    hashed = await site.house.passwords.hash(PASSWORD)
    new = NewMember(name, f"{name}@example.org", hashed, verified=verified)
    async with site.house.db.write() as connection:
        return (await members.add(connection, site.house.keys, new, site.house.clock.now())).id


async def sign_in(client: httpx2.AsyncClient, name: str = "alice", **fields: str) -> httpx2.Response:
    form = {"email": f"{name}@example.org", "password": PASSWORD, **fields}
    return await client.post("/sign-in", data=form)


def cookies(response: httpx2.Response) -> dict[str, Morsel[Any]]:
    """The cookies that a response sets: name -> value and attributes."""
    jar: SimpleCookie = SimpleCookie()
    for header in response.headers.get_list("set-cookie"):
        jar.load(header)
    return dict(jar)


async def greeted(client: httpx2.AsyncClient, cookie: str) -> bool:
    """Whether this Cookie header belongs to somebody who is signed in."""
    return (await client.get("/me", headers={"cookie": cookie})).status_code == 200


async def sanction(site: Site, who: Who, kind: str, slug: str | None, minutes: int | None = None) -> str:
    """Put a sanction in force, past everybody's decision: its id."""
    place = None if slug is None else site.house.directory.find(slug)
    new = NewSanction(who.id, None if place is None else place.id, kind, minutes, "respect", "A test.", "nobody")
    async with site.house.db.write() as connection:
        return (await sanctions.issue(connection, new, site.house.clock.now())).id


def shielded(response: httpx2.Response) -> bool:
    """Whether the answer carries every security header."""
    policy = response.headers.get("content-security-policy", "")
    parts = ("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "require-trusted-types-for 'script'")
    own = all(part in policy for part in parts) and "unsafe" not in policy and "*" not in policy
    return own and {name: response.headers.get(name) for name in HEADERS} == HEADERS

"""Every route, for a visitor, a member and a facilitator: the status and one landmark; and that GET changes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from starlette.routing import Mount, Route, WebSocketRoute

from app.main import create_app
from tests.site import Person, Site, settings_for

pytestmark = pytest.mark.anyio

VISITOR, MEMBER, FACILITATOR = "visitor", "member", "facilitator"
GETS = {
    # path: what a visitor, a member and a facilitator get: status, or (status, landmark)
    "/": ((200, "Talk with people who know"), (200, "Hello, alice"), (200, "Hello, fay")),
    "/rooms/breast": ((200, "sign in to write"), (200, 'id="composer"'), (200, "data-facilitates")),
    "/rooms/breast/messages": ((200, '"epoch"'), (200, '"epoch"'), (200, '"epoch"')),
    "/register": ((200, "Join us"),) * 3,
    "/sign-in": ((200, "Welcome back"),) * 3,
    "/verify/unknown": ((410, "no longer works"),) * 3,
    "/welcome/unknown": ((410, "used already"),) * 3,
    "/me": ((303, ""), (200, "alice@example.org"), (200, "fay@example.org")),
    "/me/export": ((303, ""), (200, "alice@example.org"), (200, "fay@example.org")),
    "/facilitate": ((303, ""), (404, "There is nothing here."), (200, "Nothing waits for you.")),
    "/facilitate/rules": ((303, ""), (404, "There is nothing here."), (200, "Words that pass")),
    "/appeals/unknown": ((303, ""), (404, "There is nothing here."), (404, "There is nothing here.")),
    "/guidelines": ((200, "How we talk here"),) * 3,
    "/robots.txt": ((200, "Disallow"),) * 3,
    "/healthz": ((200, "alive"),) * 3,
    "/readyz": ((200, "true"),) * 3,
    "/metrics": ((200, "cancerconnect_connections"),) * 3,
}
POSTS = {
    "/register": 422, "/sign-in": 401, "/sign-out": 303, "/verify/unknown": 410, "/welcome/unknown": 422,
    "/rooms/breast/messages": (303, 422, 422), "/rooms/breast/membership": 303,
    "/rooms/breast/membership/leave": 303, "/me": (303, 422, 422), "/facilitate/unknown": (303, 404, 422),
    "/facilitate/rules": (303, 404, 422),
    "/appeals/unknown": (303, 404, 404),
}  # fmt: skip


@pytest.fixture
async def cast(site: Site) -> list[Person | None]:
    fay = await site.person("fay", "breast", facilitates=True)
    return [None, await site.person("alice", "breast"), fay]


async def test_every_page_answers_each_kind_of_person(site: Site, cast: list[Person | None]) -> None:
    for number, person in enumerate(cast):
        async with site.browser(person) as client:
            for path, expected in GETS.items():
                status, landmark = expected[number]
                answer = await client.get(path)
                assert answer.status_code == status, (path, number)
                assert landmark in answer.text, (path, number)


@pytest.mark.parametrize(("path", "expected"), POSTS.items())
async def test_an_empty_form_is_answered_for_each_kind_of_person(
    site: Site, cast: list[Person | None], path: str, expected: int | tuple[int, ...]
) -> None:
    statuses = expected if isinstance(expected, tuple) else (expected,) * 3
    for person, status in zip(cast, statuses, strict=True):
        async with site.browser(person) as client:
            assert (await client.post(path, data={})).status_code == status


def test_every_route_is_in_the_lists_above(tmp_path: Path) -> None:
    listed = {("GET", _pattern(path)) for path in GETS} | {("POST", _pattern(path)) for path in POSTS}
    there = set()
    for route in create_app(settings_for(tmp_path, 1)).routes:
        if isinstance(route, WebSocketRoute | Mount):
            assert route.path in {"/live", "/static"}
            continue
        assert isinstance(route, Route)
        there |= {(method, route.path) for method in (route.methods or {"GET"}) - {"HEAD"}}
    assert listed == there


def _pattern(path: str) -> str:
    return (
        path.replace("breast", "{slug}")
        .replace("/facilitate/unknown", "/facilitate/{id}")
        .replace("/appeals/unknown", "/appeals/{id}")
        .replace("unknown", "{token}")
    )


async def test_a_get_never_changes_anything(site: Site, cast: list[Person | None]) -> None:
    file = site.house.settings.data_dir / "cancerconnect.db"

    def everything() -> list[str]:
        with closing(sqlite3.connect(file)) as connection:
            return list(connection.iterdump())

    paths = [*GETS, *POSTS, "/rooms/breast/membership", "/rooms/breast/membership/leave", "/sign-out"]
    before = everything()
    for person in cast:
        async with site.browser(person) as client:
            for path in paths:
                await client.get(path)
                await client.head(path)
                await client.get(f"{path}?text=Hello&name=Other&decision=release&confirm=on")
    assert everything() == before
    async with site.browser(cast[1]) as client:
        assert (await client.post("/rooms/breast/messages", data={"text": "Hello."})).status_code == 303
    assert everything() != before


async def test_what_a_route_does_not_take_is_told_with_what_it_takes(site: Site) -> None:
    async with site.browser() as client:
        for method, path in (("GET", "/sign-out"), ("DELETE", "/me"), ("POST", "/")):
            answer = await client.request(method, path)
            assert answer.status_code == 405
            assert answer.headers["allow"]
            assert "does not take that" in answer.text


async def test_an_address_that_is_none_gets_a_page_in_words(site: Site) -> None:
    async with site.browser() as client:
        for path in ("/nowhere", "/rooms", "/%00", "/%ff", "/rooms/breast/nowhere", "/" + "x" * 5000):
            answer = await client.get(path)
            assert answer.status_code == 404
            assert "There is nothing at this address." in answer.text
        assert (await client.get("/static/x/../../pyproject.toml")).status_code == 404
        assert (await client.get("/static/x/%2e%2e/%2e%2e/pyproject.toml")).status_code == 404

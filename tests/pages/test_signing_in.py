"""Signing in and out, and the cookies of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.community import links, sessions
from app.pages.people import SIGN_INS
from tests.pages.visitors import PASSWORD, cookies, greeted, sign_in, with_password
from tests.site import SetClock, Site, running

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("alice@example.org", "another long password"),
        ("nobody@example.org", PASSWORD),
        ("unverified@example.org", PASSWORD),
        ("", ""),
        ("alice@example.org", ""),
        ("' or 1=1 --", PASSWORD),
    ],
)
async def test_what_does_not_fit_together_signs_nobody_in_and_says_no_more(
    still: Site, email: str, password: str
) -> None:
    await with_password(still, "alice")
    await with_password(still, "unverified", verified=False)
    async with still.browser() as client:
        answer = await client.post("/sign-in", data={"email": email, "password": password})
        assert answer.status_code == 401
        assert "do not fit together" in answer.text
        assert "set-cookie" not in answer.headers
        assert (await sign_in(client)).status_code == 303


async def test_the_address_may_be_typed_in_any_case_and_with_spaces(still: Site) -> None:
    await with_password(still)
    async with still.browser() as client:
        assert (await sign_in(client, email=" Alice@EXAMPLE.org ")).status_code == 303


async def test_many_tries_for_one_address_are_slowed_and_others_are_not(
    still: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(still.house.pace, "_clock", lambda: still.house.clock.now().timestamp())
    for name in ("alice", "ben"):
        await with_password(still, name)
    async with still.browser() as client:
        for _ in range(SIGN_INS):
            assert (await sign_in(client, password="a wrong long password")).status_code == 401
        slowed = await sign_in(client)
        assert slowed.status_code == 429
        assert "Please wait 30 seconds" in slowed.text or "Please wait 31 seconds" in slowed.text
        assert (await sign_in(client, email="ALICE@example.org")).status_code == 429
        assert (await sign_in(client, "ben")).status_code == 303
        still.house.clock.go(seconds=30)  # type: ignore[attr-defined]
        assert (await sign_in(client)).status_code == 303


async def test_signing_in_rightly_costs_no_tries(still: Site) -> None:
    await with_password(still)
    async with still.browser() as client:
        for _ in range(SIGN_INS + 2):
            assert (await sign_in(client)).status_code == 303


async def test_over_http_the_session_is_a_cookie_without_an_end_and_remember_one_with(still: Site) -> None:
    await with_password(still)
    async with still.browser() as client:
        plain = cookies(await sign_in(client))
        client.cookies.clear()
        both = cookies(await sign_in(client, remember="on"))
    assert set(plain) == {"session"}
    assert set(both) == {"session", "remember"}
    for cookie in both.values():
        assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/", "lax", True)
        assert cookie["domain"] == ""
        assert not cookie["secure"]
        assert len(cookie.value) == 43
    assert both["session"]["max-age"] == both["session"]["expires"] == ""
    assert both["remember"]["max-age"] == str(90 * 24 * 3600)
    assert plain["session"].value != both["session"].value


async def test_over_https_both_cookies_are_bound_to_the_host_and_secure(migrated: Path, tmp_path: Path) -> None:
    async with running(tmp_path, migrated, site_url="https://chat.example.org") as site:
        await with_password(site)
        async with site.browser() as client:
            client.headers["origin"] = "https://chat.example.org"
            given = cookies(await sign_in(client, remember="on"))
            assert set(given) == {"__Host-session", "__Host-remember"}
            for cookie in given.values():
                assert cookie["secure"]
                assert (cookie["path"], cookie["domain"], cookie["httponly"]) == ("/", "", True)
            token = given["__Host-session"].value
            assert await greeted(client, f"__Host-session={token}")
            assert not await greeted(client, f"session={token}")
            out = await client.post("/sign-out", headers={"cookie": f"__Host-session={token}"})
            assert all(cookie["secure"] for cookie in cookies(out).values())


async def test_what_follows_signing_in_is_a_page_of_this_site(still: Site) -> None:
    await with_password(still)
    async with still.browser() as client:
        for following, expected in (
            ("/rooms/breast", "/rooms/breast"),
            ("/rooms/breast?before=3#m2", "/rooms/breast?before=3#m2"),
            ("https://elsewhere.example", "/"),
            ("//elsewhere.example", "/"),
            ("/\\elsewhere.example", "/"),
            ("/rooms\\..\\x", "/"),
            ("javascript:alert(1)", "/"),
            ("/a\r\nset-cookie: x=y", "/"),
            ("\t//elsewhere.example", "/"),
            ("", "/"),
        ):
            answer = await sign_in(client, next=following)
            assert answer.headers["location"] == expected, following
            assert "x" not in cookies(answer)


async def test_a_remembered_browser_comes_back_with_a_new_session(still: Site, clock: SetClock) -> None:
    await with_password(still)
    async with still.browser() as client:
        given = cookies(await sign_in(client, remember="on"))
        remember = f"remember={given['remember'].value}"
        client.cookies.clear()
        clock.at += sessions.IDLE
        assert not await greeted(client, f"session={given['session'].value}")
        back = await client.get("/me", headers={"cookie": remember})
        assert back.status_code == 200
        fresh = cookies(back)["session"]
        assert fresh.value != given["session"].value
        client.cookies.clear()
        assert await greeted(client, f"session={fresh.value}")
        client.cookies.clear()
        clock.at += sessions.REMEMBERED
        assert not await greeted(client, remember)


async def test_signing_out_ends_the_session_everywhere_and_being_remembered(still: Site) -> None:
    await with_password(still)
    async with still.browser() as client:
        given = cookies(await sign_in(client, remember="on"))
        client.cookies.clear()
        cookie = "; ".join(f"{name}={given[name].value}" for name in ("session", "remember"))
        assert await greeted(client, cookie)
        out = await client.post("/sign-out", headers={"cookie": cookie})
        assert out.headers["location"] == "/"
        assert '"cache"' in out.headers["clear-site-data"]
        assert {name: morsel["max-age"] for name, morsel in cookies(out).items()} == {"session": "0", "remember": "0"}
        assert not await greeted(client, cookie)


async def test_signing_out_one_browser_leaves_the_other_signed_in(still: Site) -> None:
    await with_password(still)
    async with still.browser() as home, still.browser() as phone:
        await sign_in(home)
        await sign_in(phone)
        await home.post("/sign-out")
        assert (await home.get("/me")).status_code == 303
        assert (await phone.get("/me")).status_code == 200


async def test_signing_out_closes_the_sockets_of_that_session(still: Site) -> None:
    alice = await still.person("alice", "breast")
    async with still.raw_socket(alice) as wire, still.browser(alice) as client:
        await wire.recv()
        await client.post("/sign-out")
        await wire.wait_closed()
        assert wire.close_code == 4501


async def test_signing_in_again_ends_the_session_that_was(still: Site) -> None:
    await with_password(still)
    async with still.browser() as client:
        first = cookies(await sign_in(client))["session"].value
        second = cookies(await sign_in(client))["session"].value
        client.cookies.clear()
        assert not await greeted(client, f"session={first}")
        client.cookies.clear()
        assert await greeted(client, f"session={second}")


async def test_the_first_administrators_link_works_once(still: Site) -> None:
    async with still.house.db.write() as connection:
        token = await links.make(connection, links.FIRST_ADMINISTRATOR, None, still.house.clock.now())
    form = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD}
    async with still.browser() as client:
        assert (await client.get("/welcome/wrong")).status_code == 410
        assert (await client.post("/welcome/wrong", data=form)).status_code == 410
        assert (await client.get(f"/welcome/{token}")).status_code == 200
        short = await client.post(f"/welcome/{token}", data={**form, "password": "short"})
        assert short.status_code == 422
        assert (await client.post(f"/welcome/{token}", data=form)).headers["location"] == "/sign-in"
        for again in (await client.get(f"/welcome/{token}"), await client.post(f"/welcome/{token}", data=form)):
            assert again.status_code == 410
        assert (await sign_in(client, "ada")).status_code == 303
        assert (await client.get("/facilitate")).status_code == 200


async def test_a_verification_link_makes_no_administrator(still: Site) -> None:
    alice = await with_password(still, verified=False)
    async with still.house.db.write() as connection:
        token = await links.make(connection, links.VERIFY, alice, still.house.clock.now())
    form = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD}
    async with still.browser() as client:
        assert (await client.post(f"/welcome/{token}", data=form)).status_code == 410
        assert (await client.post(f"/verify/{token}")).status_code == 303

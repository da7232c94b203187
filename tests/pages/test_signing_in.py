"""Registering, confirming, signing in and out, and the cookies of it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from sqlmodel import col, select

from app.base.jobs import Job
from app.community import links, members, sessions
from app.mail import letters
from app.pages.people import SIGN_INS
from tests.pages.visitors import PASSWORD, cookies, greeted, sanction, sign_in, with_password
from tests.site import SetClock, Site, running

pytestmark = pytest.mark.anyio

NEW = {"name": "Nina", "email": "nina@example.org", "password": PASSWORD, "accept": "on"}


async def _waiting_letters(site: Site) -> list[str]:
    async with site.house.db.read() as connection:
        rows = await connection.execute(select(Job.payload).where(col(Job.kind) == letters.JOB))
        payloads = [msgspec.json.decode(row.payload) for row in rows]
    return [payload["kind"] for payload in payloads if payload]


async def _letters(site: Site) -> list[str]:
    """The texts of the letters that the post has delivered, oldest first."""
    await site.house.background.drain()
    folder = Path(site.house.settings.data_dir) / "mail"
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    return [file.read_text() for file in files]


def _link(letter: str) -> str:
    return next(line for line in letter.splitlines() if "/verify/" in line).partition("/verify/")[2]


async def test_a_new_member_gets_a_letter_confirms_and_signs_in(still: Site) -> None:
    async with still.browser() as client:
        assert "nina@example.org" in (await client.post("/register", data=NEW)).text
        assert (await sign_in(client, "nina")).status_code == 401
        [letter] = await _letters(still)
        assert "To: nina@example.org" in letter
        token = _link(letter)
        for _ in range(2):  # a mail scanner follows the link, twice
            asked = await client.get(f"/verify/{token}")
            assert asked.status_code == 200
            assert "Press the button" in asked.text
        assert (await sign_in(client, "nina")).status_code == 401
        assert (await client.post(f"/verify/{token}")).headers["location"] == "/sign-in?verified=1"
        assert (await client.post(f"/verify/{token}")).status_code == 410
        assert (await client.get(f"/verify/{token}")).status_code == 410
        assert (await sign_in(client, "nina")).status_code == 303


async def test_a_link_of_two_days_ago_no_longer_confirms(still: Site, clock: SetClock) -> None:
    async with still.browser() as client:
        await client.post("/register", data=NEW)
        [letter] = await _letters(still)
        clock.at += links.LIFETIMES[links.VERIFY]
        assert (await client.get(f"/verify/{_link(letter)}")).status_code == 410
        assert (await client.post(f"/verify/{_link(letter)}")).status_code == 410
        clock.go(milliseconds=-1)
        assert (await client.post(f"/verify/{_link(letter)}")).status_code == 303


async def test_registering_answers_alike_whether_the_address_is_known_or_not(still: Site) -> None:
    await with_password(still, "alice")
    async with still.browser() as client:
        unknown = await client.post("/register", data=NEW)
        known = await client.post("/register", data={**NEW, "name": "Other", "email": "alice@example.org"})
    assert (unknown.status_code, known.status_code) == (200, 200)
    assert unknown.text.replace("nina@", "X@") == known.text.replace("alice@", "X@")
    assert {**unknown.headers, "date": ""} == {
        **known.headers,
        "date": "",
        "content-length": unknown.headers["content-length"],
    }
    texts = await _letters(still)
    assert [("/verify/" in text, "/sign-in" in text) for text in texts] == [(True, False), (False, True)]
    assert "To: alice@example.org" in texts[1]


async def test_letters_show_their_link_nowhere_at_rest(still: Site) -> None:
    async with still.browser() as client:
        await client.post("/register", data=NEW)
    async with still.house.db.read() as connection:
        rows = list((await connection.execute(select(Job.payload))).scalars())
    assert not any("/verify/" in row for row in rows)
    assert await _waiting_letters(still) in (["verify"], [])


async def test_who_registers_with_a_taken_name_chooses_another_and_no_letter_is_sent(still: Site) -> None:
    await with_password(still, "alice")
    async with still.browser() as client:
        taken = await client.post("/register", data={**NEW, "name": "ALICE"})
        assert taken.status_code == 422
        assert "has this name already" in taken.text
        assert 'value="nina@example.org"' in taken.text
        assert PASSWORD not in taken.text
        assert await _letters(still) == []
        await client.post("/register", data=NEW)
        assert len(await _letters(still)) == 1


@pytest.mark.parametrize("missing", ["name", "email", "password", "accept"])
async def test_registering_needs_every_field(still: Site, missing: str) -> None:
    async with still.browser() as client:
        answer = await client.post("/register", data={key: value for key, value in NEW.items() if key != missing})
        assert answer.status_code == 422
        async with still.house.db.read() as connection:
            assert await members.find_by_email(connection, still.house.keys, NEW["email"]) is None
        assert (await client.post("/register", data=NEW)).status_code == 200


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


async def test_a_member_changes_her_name_and_sees_what_is_taken(still: Site) -> None:
    alice = await still.person("alice", "breast")
    await still.person("ben")
    async with still.browser(alice) as client:
        assert (await client.post("/me", data={"name": "Ben"})).status_code == 409
        assert (await client.post("/me", data={"name": "x"})).status_code == 422
        assert (await client.post("/me", data={"name": "  Alice   B. "})).status_code == 303
        assert "<h1>Alice B.</h1>" in (await client.get("/me")).text


async def test_who_is_muted_everywhere_keeps_her_name_until_it_is_over(still: Site, clock: SetClock) -> None:
    mike = await still.person("mike", "breast")
    await sanction(still, mike.who, "mute", None, minutes=10)
    async with still.browser(mike) as client:
        refused = await client.post("/me", data={"name": "Another"})
        assert refused.status_code == 403
        assert "A test." in refused.text
        assert "<h1>mike</h1>" in (await client.get("/me")).text
        clock.go(minutes=10)
        assert (await client.post("/me", data={"name": "Another"})).status_code == 303


async def test_a_mute_in_one_room_leaves_the_name_free(still: Site) -> None:
    mike = await still.person("mike", "breast")
    await sanction(still, mike.who, "mute", "breast")
    async with still.browser(mike) as client:
        assert (await client.post("/me", data={"name": "Another"})).status_code == 303

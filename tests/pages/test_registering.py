"""Registering and confirming an address; one's own name."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from sqlmodel import col, select

from app.base.jobs import Job
from app.community import links, members
from app.mail import letters
from tests.pages.visitors import PASSWORD, sanction, sign_in, with_password
from tests.site import SetClock, Site

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


async def test_each_link_confirms_the_registration_it_was_sent_for_and_ends_the_others(still: Site) -> None:
    async with still.browser() as client:
        await client.post("/register", data={**NEW, "name": "Mallory", "password": "a password of mallory"})
        await client.post("/register", data=NEW)
        strange, own = await _letters(still)
        assert "Hello Mallory" in strange
        assert "Hello Nina" in own
        assert (await client.post(f"/verify/{_link(own)}")).status_code == 303
        assert (await client.post(f"/verify/{_link(strange)}")).status_code == 410
        entry = {"email": NEW["email"], "password": "a password of mallory"}
        assert (await client.post("/sign-in", data=entry)).status_code == 401
        assert (await sign_in(client, "nina")).status_code == 303
        assert "Nina" in (await client.get("/me")).text


async def test_registering_again_and_again_sends_three_letters(still: Site) -> None:
    async with still.browser() as client:
        answers = [await client.post("/register", data=NEW) for _ in range(5)]
        assert {answer.text for answer in answers} == {answers[0].text}
        assert len(await _letters(still)) == 3


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

"""Writing without a socket: the same way, the same verdicts, and the text comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.community.rooms import set_state
from app.rules.book import book_of
from app.rules.verdict import GUIDELINES
from tests.pages.visitors import sanction
from tests.site import Site, running

pytestmark = pytest.mark.anyio

HERE = "/rooms/breast/messages"
NUDGED = "Write to me at alice@example.org please."


async def _texts(site: Site) -> list[str | None]:
    member = await site.person("reader", "breast")
    async with site.browser(member) as client:
        return [message["text"] for message in (await client.get(HERE)).json()["messages"]]


async def test_what_is_posted_leads_to_itself(still: Site) -> None:
    alice = await still.person("alice", "breast")
    async with still.browser(alice) as client:
        for number in (1, 2):
            answer = await client.post(HERE, data={"text": f"Number {number}"})
            assert (answer.status_code, answer.headers["location"]) == (303, f"/rooms/breast#m{number}")
        assert 'id="m2"' in (await client.get("/rooms/breast")).text


async def test_a_form_sent_twice_posts_once(still: Site) -> None:
    alice = await still.person("alice", "breast")
    async with still.browser(alice) as client:
        form = {"text": "Once.", "client_id": "one"}
        answers = [await client.post(HERE, data=form) for _ in range(2)]
        assert [answer.headers["location"] for answer in answers] == ["/rooms/breast#m1"] * 2
        other = await client.post(HERE, data={**form, "text": "Twice."})
        assert other.status_code == 422
        assert "Twice." in other.text
    assert await _texts(still) == ["Once."]


async def test_line_ends_of_any_browser_become_one(still: Site) -> None:
    alice = await still.person("alice", "breast")
    async with still.browser(alice) as client:
        await client.post(HERE, data={"text": "One.\r\nTwo.\rThree.\nFour."})
    assert await _texts(still) == ["One.\nTwo.\nThree.\nFour."]


async def test_a_nudged_text_comes_back_with_a_way_to_send_it_as_it_is(still: Site) -> None:
    alice = await still.person("alice", "breast")
    async with still.browser(alice) as client:
        form = {"text": NUDGED, "client_id": "one"}
        answer = await client.post(HERE, data=form)
        assert answer.status_code == 422
        assert f"{NUDGED}</textarea>" in answer.text
        assert "<mark>alice@example.org</mark>" in answer.text
        assert 'name="client_id" value="one"' in answer.text
        assert 'name="confirm"' in answer.text
        assert (await client.post(HERE, data={**form, "confirm": "on"})).status_code == 303
    assert await _texts(still) == [NUDGED]


async def test_a_refused_text_comes_back_with_its_guideline_and_no_way_around(still: Site) -> None:
    alice = await still.person("alice", "breast")
    async with still.browser(alice) as client:
        answer = await client.post(HERE, data={"text": "fuck & <co>", "confirm": "on"})
        assert answer.status_code == 422
        assert "fuck &amp; &lt;co&gt;</textarea>" in answer.text
        assert "Please do not curse." in answer.text
        assert 'name="confirm"' not in answer.text
    assert await _texts(still) == []


async def test_a_held_text_waits_and_only_its_author_sees_it(still: Site) -> None:
    alice, ben = await still.person("alice", "breast"), await still.person("ben", "breast")
    held = book_of(dict.fromkeys(GUIDELINES, "A sentence."), {"verdicts": {"personal-data": "hold"}})
    still.house.directory._books["breast"] = held
    async with still.browser(alice) as hers, still.browser(ben) as his:
        answer = await hers.post(HERE, data={"text": NUDGED})
        assert answer.status_code == 202
        assert f"{NUDGED}</textarea>" not in answer.text
        assert "Waiting for a facilitator" in (await hers.get("/rooms/breast")).text
        assert NUDGED not in (await his.get("/rooms/breast")).text
    assert await _texts(still) == []


@pytest.mark.parametrize(
    ("text", "status"), [("", 422), ("   ", 422), ("x" * 4001, 413), ("x" * 4000, 303), ("\U0001f917" * 4000, 303)]
)
async def test_a_text_has_1_to_4000_characters(still: Site, text: str, status: int) -> None:
    alice = await still.person("alice", "breast")
    async with still.browser(alice) as client:
        answer = await client.post(HERE, data={"text": text})
        assert answer.status_code == status
        assert status == 303 or f"{text}</textarea>" in answer.text


async def test_who_may_not_write_is_told_why_and_stores_nothing(still: Site) -> None:
    olga, mike = await still.person("olga"), await still.person("mike", "breast")
    await sanction(still, mike.who, "mute", "breast")
    for person, why in ((olga, "You are reading along"), (mike, "You can read here, but not write")):
        async with still.browser(person) as client:
            answer = await client.post(HERE, data={"text": "Hello."})
            assert answer.status_code == 403
            assert why in answer.text
    assert await _texts(still) == []


async def test_a_paused_or_slow_room_keeps_the_text(still: Site) -> None:
    alice = await still.person("alice", "breast")
    place = still.house.directory.find("breast")
    assert place is not None
    async with still.browser(alice) as client:
        assert (await client.post(HERE, data={"text": "First."})).status_code == 303
        for values, status in (({"slow": 60}, 429), ({"slow": 0, "paused": True}, 422)):
            async with still.house.db.write() as connection:
                await set_state(connection, place.id, values)
            answer = await client.post(HERE, data={"text": "Second."})
            assert answer.status_code == status
            assert "Second.</textarea>" in answer.text
    assert await _texts(still) == ["First."]


async def test_an_answer_goes_to_a_message_of_the_room(still: Site) -> None:
    alice = await still.person("alice", "breast")
    async with still.browser(alice) as client:
        assert (await client.post(HERE, data={"text": "A question?"})).status_code == 303
        assert (await client.post(HERE, data={"text": "An answer.", "reply_to": "1"})).status_code == 303
        assert (await client.post(HERE, data={"text": "To nobody.", "reply_to": "99"})).status_code == 404
        for nonsense in ("", "x", "-1", "0", "1.5", "2147483648", "9" * 40):
            assert (await client.post(HERE, data={"text": "Hm.", "reply_to": nonsense})).status_code == 422, nonsense
    assert await _texts(still) == ["A question?", "An answer."]


async def test_pace_is_kept_and_told(migrated: Path, tmp_path: Path) -> None:
    async with running(tmp_path, migrated, pace_burst=1, pace_seconds=600.0) as site:
        alice = await site.person("alice", "breast")
        async with site.browser(alice) as client:
            assert (await client.post(HERE, data={"text": "First."})).status_code == 303
            answer = await client.post(HERE, data={"text": "Second."})
            assert answer.status_code == 422
            assert "Second.</textarea>" in answer.text

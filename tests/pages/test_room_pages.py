"""A room as visitors and members read it, as a page and as JSON."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from app.community.messages import View
from app.community.operations import Post, Remove
from app.community.outcomes import Posted
from tests.pages.visitors import sanction
from tests.site import Person, SetClock, Site

pytestmark = pytest.mark.anyio

DELAY = 600


async def _say(site: Site, person: Person, text: str, number: int = 0) -> View:
    place = site.house.directory.find("breast")
    assert place is not None
    post = Post(who=person.who, room_id=place.id, client_id=f"{text}-{number}", text=text)
    answer = await site.house.writer.carry_out(post)
    assert isinstance(answer, Posted)
    return answer.message


async def _messages(client: httpx2.AsyncClient, query: str = "") -> dict[str, Any]:
    answer = await client.get(f"/rooms/breast/messages{query}")
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


async def test_visitors_read_pseudonyms_and_members_names(still: Site, clock: SetClock) -> None:
    alice = await still.person("alice", "breast")
    await _say(still, alice, "Good morning.")
    clock.go(seconds=DELAY)
    async with still.browser() as visitor, still.browser(alice) as member:
        public, inside = await _messages(visitor), await _messages(member)
        page, own = (await visitor.get("/rooms/breast")).text, (await member.get("/rooms/breast")).text
    [hers], [known] = public["messages"], inside["messages"]
    assert hers["text"] == known["text"] == "Good morning."
    assert known["author"]["name"] == "alice"
    assert known["author"]["id"] == alice.who.id
    assert hers["author"]["name"] != "alice"
    assert alice.who.id not in str(public)
    assert "alice" not in page
    assert alice.who.id not in page
    assert hers["author"]["name"] in page
    assert "alice" in own


async def test_a_message_is_public_after_the_delay_and_not_before(still: Site, clock: SetClock) -> None:
    alice = await still.person("alice", "breast")
    await _say(still, alice, "Good morning.")
    async with still.browser() as visitor, still.browser(alice) as member:
        clock.go(seconds=DELAY, milliseconds=-1)
        assert (await _messages(visitor))["messages"] == []
        assert (await _messages(visitor))["last"] == 0
        assert "Good morning." not in (await visitor.get("/rooms/breast")).text
        assert len((await _messages(member))["messages"]) == 1
        clock.go(milliseconds=1)
        assert len((await _messages(visitor))["messages"]) == 1
        assert (await _messages(visitor))["last"] == 1
        assert "Good morning." in (await visitor.get("/rooms/breast")).text


async def test_a_removed_message_is_gone_for_everyone_at_once(still: Site, clock: SetClock) -> None:
    alice = await still.person("alice", "breast")
    place = still.house.directory.find("breast")
    assert place is not None
    await _say(still, alice, "Taken back later.")
    clock.go(seconds=DELAY)
    async with still.browser() as visitor, still.browser(alice) as member:
        assert "Taken back later." in (await visitor.get("/rooms/breast")).text
        await still.house.writer.carry_out(Remove(who=alice.who, room_id=place.id, seq=1))
        for client in (visitor, member):
            [message] = (await _messages(client))["messages"]
            assert (message["text"], message["removed"]["by"]) == (None, "author")
            page = (await client.get("/rooms/breast")).text
            assert "Taken back later." not in page
            assert "Removed by its author" in page


async def test_what_somebody_writes_is_text_and_never_markup(still: Site, clock: SetClock) -> None:
    alice = await still.person("<b>al</b>", "breast")
    await _say(still, alice, "<script>alert(1)</script> & \"quotes\" 'too'")
    clock.go(seconds=DELAY)
    async with still.browser() as visitor, still.browser(alice) as member:
        for client in (visitor, member):
            page = (await client.get("/rooms/breast")).text
            assert "<script>alert" not in page
            assert "<b>al</b>" not in page
            assert "&lt;script&gt;alert(1)" in page


async def test_rooms_are_not_for_search_engines(still: Site) -> None:
    async with still.browser() as client:
        for path in ("/", "/rooms/breast"):
            assert '<meta name="robots" content="noindex">' in (await client.get(path)).text
        assert "Disallow: /" in (await client.get("/robots.txt")).text


async def test_pages_of_a_conversation_go_both_ways_and_end(still: Site) -> None:
    alice = await still.person("alice", "breast")
    for number in range(1, 8):
        await _say(still, alice, f"Number {number}")
    async with still.browser(alice) as client:
        for query, seqs in (
            ("", [1, 2, 3, 4, 5, 6, 7]),
            ("?limit=3", [5, 6, 7]),
            ("?before=5&limit=3", [2, 3, 4]),
            ("?before=3&limit=3", [1, 2]),
            ("?before=1", []),
            ("?before=0", []),
            ("?after=5", [6, 7]),
            ("?after=0&limit=2", [1, 2]),
            ("?after=7", []),
            ("?after=2147483647", []),
            ("?before=2147483647&limit=1", [7]),
            ("?around=4&limit=3", [3, 4, 5]),
            ("?around=4&limit=1", [4]),
            ("?around=1&limit=4", [1, 2]),
            ("?around=0&limit=4", [1, 2]),
            ("?around=7&limit=4", [5, 6, 7]),
            ("?around=99", [1, 2, 3, 4, 5, 6, 7]),
        ):
            body = await _messages(client, query)
            assert [message["seq"] for message in body["messages"]] == seqs, query
            assert body["last"] == 7
            assert body["epoch"]


NO_NUMBERS = ["limit=0", "limit=201", "limit=-1", "limit=", "limit=x", "before=-1", "before=1.5", "after=2147483648",
     "around=%C2%B2", "around=%D9%A3", "after=99999999999999999999", "before=1e3", "before=%00", "limit=+5"]  # fmt: skip


async def test_numbers_that_are_none_are_refused(still: Site) -> None:
    async with still.browser() as client:
        for path in ("/rooms/breast/messages", "/rooms/breast"):
            assert (await client.get(f"{path}?limit=200&before=2147483647")).status_code == 200
            for query in NO_NUMBERS:
                assert (await client.get(f"{path}?{query}")).status_code == 400, query


NO_ROOMS = ["nowhere", "Breast", "%00", "..%5c", "breast%0a", "'", "%ED%A0%80"]


async def test_a_room_that_is_not_there_is_not_found(still: Site) -> None:
    olga = await still.person("olga")
    async with still.browser(olga) as client:
        for slug in NO_ROOMS:
            for path in (f"/rooms/{slug}", f"/rooms/{slug}/messages"):
                assert (await client.get(path)).status_code == 404
            for path in (f"/rooms/{slug}/messages", f"/rooms/{slug}/membership", f"/rooms/{slug}/membership/leave"):
                assert (await client.post(path, data={"text": "Hello"})).status_code == 404
        assert (await client.get("/rooms/breast")).status_code == 200


async def test_older_and_newer_pages_are_linked_where_they_are(still: Site) -> None:
    alice = await still.person("alice", "breast")
    for number in range(1, 8):
        await _say(still, alice, f"Number {number}")
    async with still.browser(alice) as client:
        whole = (await client.get("/rooms/breast")).text
        middle = (await client.get("/rooms/breast?before=6&limit=3")).text
    assert "?before=" not in whole
    assert "?after=" not in whole
    assert "/rooms/breast?before=3" in middle
    assert "/rooms/breast?after=5" in middle
    assert 'id="m4"' in middle
    assert 'id="m7"' not in middle


async def test_joining_and_leaving_and_coming_back(still: Site) -> None:
    olga = await still.person("olga")
    async with still.browser(olga) as client:
        assert "You are reading along" in (await client.get("/rooms/breast")).text
        assert (await client.post("/rooms/breast/membership")).headers["location"] == "/rooms/breast"
        assert 'id="composer"' in (await client.get("/rooms/breast")).text
        assert (await client.post("/rooms/breast/membership")).status_code == 303
        assert (await client.post("/rooms/breast/membership/leave")).status_code == 303
        assert 'id="composer"' not in (await client.get("/rooms/breast")).text
        assert (await client.post("/rooms/breast/membership/leave")).status_code == 303


@pytest.mark.parametrize(("kind", "place"), [("remove", "breast"), ("ban", None)])
async def test_who_was_removed_or_banned_does_not_come_back_before_the_end(
    still: Site, clock: SetClock, kind: str, place: str | None
) -> None:
    mike = await still.person("mike")
    await sanction(still, mike.who, kind, place, minutes=10)
    async with still.browser(mike) as client:
        assert (await client.post("/rooms/breast/membership")).status_code == 403
        clock.go(minutes=10)
        assert (await client.post("/rooms/breast/membership")).status_code == 303


async def test_visitors_are_sent_to_the_sign_in_page_and_back(still: Site) -> None:
    async with still.browser() as client:
        for path in ("messages", "membership", "membership/leave"):
            answer = await client.post(f"/rooms/breast/{path}", data={"text": "Hello"})
            assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/rooms/breast")


async def test_a_muted_member_sees_the_room_without_a_place_to_write(still: Site) -> None:
    mike = await still.person("mike", "breast")
    async with still.browser(mike) as client:
        assert 'data-may-speak="true"' in (await client.get("/rooms/breast")).text
        await sanction(still, mike.who, "mute", "breast")
        assert 'data-may-speak="false"' in (await client.get("/rooms/breast")).text

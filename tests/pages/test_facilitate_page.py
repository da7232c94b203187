"""Facilitating by forms: what waits, deciding it once, and whose it is to decide."""

from __future__ import annotations

import pytest

from app.community.operations import Post
from app.community.outcomes import Held, Posted
from app.conduct.reports import NewReport
from tests.pages.visitors import sanction
from tests.site import Person, Site

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("ruled")]

REASON = "It was agreed on."


async def _post(site: Site, person: Person, text: str, *, held: bool = False) -> Posted | Held:
    place = site.house.directory.find("breast")
    assert place is not None
    rule = "promotion" if held else None
    post = Post(who=person.who, room_id=place.id, client_id=text, text=text, held_rule=rule)
    answer = await site.house.writer.carry_out(post)
    assert isinstance(answer, Posted | Held)
    return answer


async def _held(site: Site, person: Person, text: str) -> str:
    answer = await _post(site, person, text, held=True)
    assert isinstance(answer, Held)
    return answer.id


async def _report(site: Site, person: Person, seq: int, *, worried: bool = False) -> str:
    place = site.house.directory.find("breast")
    assert place is not None
    new = NewReport(place.id, "breast", seq, None if worried else "respect", worried, "A note.")
    answer = await site.house.reports.file(person.who, new)
    assert isinstance(answer, str)
    return answer


@pytest.fixture
async def alice(site: Site) -> Person:
    return await site.person("alice", "breast")


@pytest.fixture
async def fay(site: Site) -> Person:
    return await site.person("fay", "breast", facilitates=True)


async def _texts(site: Site, person: Person) -> list[str | None]:
    async with site.browser(person) as client:
        return [message["text"] for message in (await client.get("/rooms/breast/messages")).json()["messages"]]


async def test_a_held_message_is_released_or_rejected_once(site: Site, alice: Person, fay: Person) -> None:
    good, bad = await _held(site, alice, "Good."), await _held(site, alice, "Bad.")
    async with site.browser(fay) as client:
        page = (await client.get("/facilitate")).text
        assert "Good." in page
        assert "Bad." in page
        for entry, decision in ((good, "release"), (bad, "reject")):
            form = {"decision": decision, "reason": REASON, "guideline": ""}
            assert (await client.post(f"/facilitate/{entry}", data=form)).status_code == 303
            assert (await client.post(f"/facilitate/{entry}", data=form)).status_code == 409
        page = (await client.get("/facilitate")).text
        assert "Nothing waits for you." in page
        assert page.count(REASON) == 2
        assert "message.release" in page
    assert await _texts(site, fay) == ["Good."]


async def test_a_report_is_upheld_or_dismissed_once(site: Site, alice: Person, fay: Person) -> None:
    ben = await site.person("ben", "breast")
    for text in ("One.", "Two."):
        await _post(site, alice, text)
    first, second = await _report(site, ben, 1), await _report(site, ben, 2, worried=True)
    async with site.browser(fay) as client:
        page = (await client.get("/facilitate")).text
        assert page.index("Two.") < page.index("One.")
        assert "ben" not in page
        for entry, decision in ((first, "remove"), (second, "dismiss")):
            form = {"decision": decision, "reason": REASON}
            assert (await client.post(f"/facilitate/{entry}", data=form)).status_code == 303
            assert (await client.post(f"/facilitate/{entry}", data=form)).status_code == 409
        message = (await client.get("/rooms/breast/messages")).json()["messages"][0]
    assert message["removed"] == {"by": "facilitator", "guideline": "respect"}
    assert await _texts(site, fay) == [None, "Two."]


async def test_only_facilitators_of_the_room_see_and_decide(site: Site, alice: Person, fay: Person) -> None:
    held = await _held(site, alice, "Waits.")
    await _post(site, alice, "Said.")
    report = await _report(site, alice, 1)
    elsewhere = await site.person("flo", "lounge", facilitates=True)
    form = {"decision": "release", "reason": REASON}
    async with site.browser(elsewhere) as client:
        assert "Waits." not in (await client.get("/facilitate")).text
        assert (await client.post(f"/facilitate/{held}", data=form)).status_code == 409
        assert (await client.post(f"/facilitate/{report}", data={**form, "decision": "remove"})).status_code == 409
    for person in (None, alice):
        async with site.browser(person) as client:
            status = (await client.post(f"/facilitate/{held}", data=form)).status_code
            assert status == (303 if person is None else 404)
    assert await _texts(site, fay) == ["Said."]
    async with site.browser(await site.person("ada", role="administrator")) as client:
        assert (await client.post(f"/facilitate/{held}", data=form)).headers["location"] == "/facilitate"
    assert await _texts(site, fay) == ["Said.", "Waits."]


async def test_a_banned_facilitator_has_no_queue_any_more(site: Site, alice: Person, fay: Person) -> None:
    held = await _held(site, alice, "Waits.")
    async with site.browser(fay) as client:
        assert (await client.get("/facilitate")).status_code == 200
        await sanction(site, fay.who, "ban", None)
        assert (await client.get("/facilitate")).status_code == 404
        assert (await client.post(f"/facilitate/{held}", data={"decision": "release"})).status_code == 404
    assert await _texts(site, alice) == []


@pytest.mark.parametrize("decision", ["", "burn", "RELEASE", None])
async def test_a_decision_that_is_none_is_refused(site: Site, alice: Person, fay: Person, decision: str | None) -> None:
    held = await _held(site, alice, "Waits.")
    async with site.browser(fay) as client:
        form = {} if decision is None else {"decision": decision}
        assert (await client.post(f"/facilitate/{held}", data=form)).status_code == 422
        assert (await client.post(f"/facilitate/{held}", data={"decision": "release"})).status_code == 303


async def test_what_does_not_wait_cannot_be_decided(site: Site, fay: Person) -> None:
    async with site.browser(fay) as client:
        for entry in ("unknown", "%00", "%20", "x" * 300):
            for decision in ("release", "reject", "remove", "dismiss"):
                answer = await client.post(f"/facilitate/{entry}", data={"decision": decision})
                assert answer.status_code in {409, 422}, (entry, decision)

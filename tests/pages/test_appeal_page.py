"""The page about one sanction: what its member reads and writes there, and what facilitators do with it at their desk."""

from __future__ import annotations

import pytest

from app.community.members import Who
from app.community.sanctions import NewSanction
from app.conduct import appeals
from tests.pages.visitors import PASSWORD, sanction, with_password
from tests.site import Person, SetClock, Site

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("ruled")]

TEXT = "I was quoting <b>somebody</b>."
ANSWER = "We had not seen the quotation."


@pytest.fixture
async def mike(site: Site) -> Person:
    return await site.person("mike", "breast")


@pytest.fixture
async def fay(site: Site) -> Person:
    return await site.person("fay", "breast", facilitates=True)


async def _ask(site: Site, person: Person, sanction_id: str, text: str = TEXT) -> str:
    """Appeal by form: the appeal's id."""
    async with site.browser(person) as client:
        answer = await client.post(f"/appeals/{sanction_id}", data={"text": text})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/appeals/{sanction_id}")
    async with site.house.db.read() as connection:
        appeal = await appeals.of_sanction(connection, sanction_id)
    assert appeal is not None
    return appeal.id


async def test_a_muted_member_reads_what_was_decided_and_why_and_asks_once(site: Site, mike: Person) -> None:
    muted = await sanction(site, mike.who, "mute", "breast", 60)
    place = site.house.directory.find("breast")
    assert place is not None
    async with site.browser(mike) as client:
        page = (await client.get(f"/appeals/{muted}")).text
        for told in (place.name, "A test.", "It counts until", 'name="text"'):
            assert told in page
        assert site.house.directory.files.shared.guidelines["respect"] in page
        await _ask(site, mike, muted)
        page = (await client.get(f"/appeals/{muted}")).text
        assert "I was quoting &lt;b&gt;somebody&lt;/b&gt;." in page
        assert "the answer will stand here" in page
        assert 'name="text"' not in page
        again = await client.post(f"/appeals/{muted}", data={"text": "Another text."})
        assert again.status_code == 409
        assert "already" in again.text
        assert "Another text." in again.text


@pytest.mark.parametrize("kind", ["warn", "mute", "remove", "ban"])
async def test_whoever_was_sanctioned_signs_in_and_opens_the_page(site: Site, kind: str) -> None:
    mike_id = await with_password(site, "mike")
    who = Who(mike_id, "mike", "member")
    decided = await sanction(site, who, kind, None if kind == "ban" else "breast")
    async with site.browser() as client:
        away = await client.get(f"/appeals/{decided}")
        assert (away.status_code, away.headers["location"]) == (303, f"/sign-in?next=/appeals/{decided}")
        form = {"email": "mike@example.org", "password": PASSWORD, "next": f"/appeals/{decided}"}
        signed_in = await client.post("/sign-in", data=form)
        assert signed_in.headers["location"] == f"/appeals/{decided}"
        assert "A test." in (await client.get(f"/appeals/{decided}")).text
        assert (await client.post(f"/appeals/{decided}", data={"text": TEXT})).status_code == 303


async def test_somebody_elses_page_is_not_there(site: Site, mike: Person, fay: Person) -> None:
    muted = await sanction(site, mike.who, "mute", "breast")
    olga = await site.person("olga", "breast")
    for person in (olga, fay):
        async with site.browser(person) as client:
            for address in (muted, "unknown"):
                assert (await client.get(f"/appeals/{address}")).status_code == 404
                assert (await client.post(f"/appeals/{address}", data={"text": TEXT})).status_code == 404
    async with site.browser() as client:
        answer = await client.post(f"/appeals/{muted}", data={"text": TEXT})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next=/appeals/{muted}")
    async with site.browser(mike) as client:
        assert (await client.get(f"/appeals/{muted}")).status_code == 200


@pytest.mark.parametrize("text", ["x" * 2_001, "", "a\0b"], ids=["long", "empty", "nul"])
async def test_a_text_that_is_refused_stays_in_the_field(site: Site, mike: Person, text: str) -> None:
    muted = await sanction(site, mike.who, "mute", "breast")
    async with site.browser(mike) as client:
        answer = await client.post(f"/appeals/{muted}", data={"text": text})
        assert answer.status_code == 422
        assert f"\n{text}</textarea>" in answer.text
        assert 'aria-invalid="true"' in answer.text
        answer = await client.post(f"/appeals/{muted}", data={"text": text, "other": "x"})
        assert answer.status_code == 422
        assert f"\n{text}</textarea>" in answer.text
        assert (await client.post(f"/appeals/{muted}", data={"text": "x" * 2_000})).status_code == 303


async def test_after_thirty_days_there_is_no_form_any_more(still: Site, clock: SetClock) -> None:
    mike = await still.person("mike", "breast")
    muted = await sanction(still, mike.who, "mute", "breast", 60)
    async with still.browser(mike) as client:
        for days, form in ((15, True), (15, True), (1, False)):
            clock.go(days=days)
            page = (await client.get(f"/appeals/{muted}")).text
            assert "It ended on" in page
            assert ('name="text"' in page) == form
            assert ("those are over" in page) != form
        late = await client.post(f"/appeals/{muted}", data={"text": TEXT})
        assert late.status_code == 409
        assert "I was quoting" in late.text


async def test_overturning_lifts_the_sanction_on_the_members_open_socket(site: Site, mike: Person, fay: Person) -> None:
    async with site.socket(mike) as hers, site.socket(fay) as desk:
        muted = await sanction(site, mike.who, "mute", "breast")
        await hers.expect("sanctioned", id=muted)
        await hers.join("breast")
        assert (await hers.say("breast", "Hello."))["code"] == "sanctioned"
        appeal = await _ask(site, mike, muted)
        assert (await desk.expect("alert", id=appeal))["kind"] == "appeal"
        async with site.browser(fay) as client:
            page = (await client.get("/facilitate")).text
            for told in ("Asked for a second look", "I was quoting &lt;b&gt;", "Muted", "A test."):
                assert told in page
            form = {"decision": "overturn", "reason": ANSWER}
            assert (await client.post(f"/facilitate/{appeal}", data=form)).status_code == 303
            assert (await client.post(f"/facilitate/{appeal}", data=form)).status_code == 409
            assert "appeal.overturn" in (await client.get("/facilitate")).text
        assert (await hers.expect("sanction.lifted", id=muted))["kind"] == "mute"
        assert (await hers.say("breast", "Hello."))["type"] == "message.posted"
    async with site.browser(mike) as client:
        page = (await client.get(f"/appeals/{muted}")).text
        assert ANSWER in page
        assert "It was lifted on" in page
        assert "fay" not in page


async def test_upholding_leaves_the_sanction_and_gives_the_answer(site: Site, mike: Person, fay: Person) -> None:
    muted = await sanction(site, mike.who, "mute", "breast")
    appeal = await _ask(site, mike, muted)
    async with site.browser(fay) as client:
        assert (await client.post(f"/facilitate/{appeal}", data={"decision": "uphold"})).status_code == 409
        form = {"decision": "uphold", "reason": ANSWER}
        assert (await client.post(f"/facilitate/{appeal}", data=form)).status_code == 303
        assert "Nothing waits for you." in (await client.get("/facilitate")).text
    async with site.browser(mike) as client:
        page = (await client.get(f"/appeals/{muted}")).text
        assert "the decision stands" in page
        assert ANSWER in page
        assert (await client.post("/rooms/breast/messages", data={"text": "Hello."})).status_code == 403


async def test_a_ban_waits_at_the_desk_of_those_who_facilitate_all(site: Site, mike: Person, fay: Person) -> None:
    ada = await site.person("ada", role="administrator")
    async with site.socket(ada) as desk:
        appeal = await _ask(site, mike, await sanction(site, mike.who, "ban", None))
        assert (await desk.expect("alert", id=appeal))["room"] == ""
    form = {"decision": "overturn", "reason": ANSWER}
    async with site.browser(fay) as client:
        assert "Asked for a second look" not in (await client.get("/facilitate")).text
        assert (await client.post(f"/facilitate/{appeal}", data=form)).status_code == 409
    async with site.browser(ada) as client:
        assert "Banned, in all rooms" in (await client.get("/facilitate")).text
        assert (await client.post(f"/facilitate/{appeal}", data=form)).status_code == 303
        assert "appeal.overturn" in (await client.get("/facilitate")).text
    async with site.socket(mike) as socket:
        assert socket.welcome["member"]["id"] == mike.who.id


async def test_who_issued_it_is_told_that_somebody_else_decides(site: Site, mike: Person, fay: Person) -> None:
    await site.person("flo", "breast", facilitates=True)
    place = site.house.directory.find("breast")
    assert place is not None
    new = NewSanction(mike.who.id, place.id, "mute", 5, "respect", "It was agreed on.", fay.who.id)
    muted = await site.house.decisions.sanction(fay.who, place, new)
    assert isinstance(muted, str)
    appeal = await _ask(site, mike, muted)
    async with site.browser(fay) as client:
        assert "This was your own decision." in (await client.get("/facilitate")).text
        answer = await client.post(f"/facilitate/{appeal}", data={"decision": "uphold", "reason": ANSWER})
        assert answer.status_code == 409
        assert "another facilitator" in answer.text

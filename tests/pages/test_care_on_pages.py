"""Care without a socket: the page that answers a form shows the cards, to their author alone; and what passes the rules."""

from __future__ import annotations

import pytest

from app.community import links
from tests.pages.visitors import PASSWORD, sanction
from tests.site import Person, Site

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("ruled")]

HERE = "/rooms/breast/messages"
CARD = 'class="care" data-kind="{}"'


@pytest.fixture
async def alice(still: Site) -> Person:
    return await still.person("alice", "breast")


async def test_the_page_after_posting_shows_the_cards_and_the_next_one_does_not(still: Site, alice: Person) -> None:
    form = {"text": "I cannot go on. [crisis] [adverse-event]", "client_id": "one"}
    async with still.browser(alice) as client:
        answer = await client.post(HERE, data=form)
        assert answer.status_code == 200
        assert "I cannot go on." in answer.text.partition('id="messages"')[2]
        first, second = (answer.text.index(CARD.format(kind)) for kind in ("crisis", "adverse-event"))
        assert first < second
        assert '<a class="number" href="tel:116123">116 123</a>' in answer.text
        again = await client.post(HERE, data=form)
        assert (again.status_code, again.headers["location"]) == (303, "/rooms/breast#m1")
        assert 'class="care"' not in (await client.get("/rooms/breast")).text
        plain = await client.post(HERE, data={"text": "Thank you."})
        assert plain.status_code == 303


async def test_nobody_else_sees_them(still: Site, alice: Person) -> None:
    ben = await still.person("ben", "breast")
    async with still.browser(alice) as hers, still.browser(ben) as his:
        await hers.post(HERE, data={"text": "I cannot go on. [crisis]"})
        page = (await his.get("/rooms/breast")).text
        assert "I cannot go on." in page
        assert 'class="care"' not in page


@pytest.mark.parametrize(("mark", "status"), [("[nudge]", 422), ("[refuse]", 422), ("[hold]", 202)])
async def test_what_does_not_go_out_shows_them_beside_the_answer(
    still: Site, alice: Person, mark: str, status: int
) -> None:
    async with still.browser(alice) as client:
        answer = await client.post(HERE, data={"text": f"{mark} [urgent]"})
        assert answer.status_code == status
        assert CARD.format("urgent") in answer.text
        assert CARD.format("crisis") not in answer.text


async def test_what_could_not_be_done_shows_them_too(still: Site, alice: Person) -> None:
    async with still.browser(alice) as client:
        for text, shown in (("[urgent]", True), ("Hello.", False)):
            answer = await client.post(HERE, data={"text": text, "reply_to": "99"})
            assert answer.status_code == 404
            assert (CARD.format("urgent") in answer.text) is shown


async def test_an_appeal_shows_them_to_its_author_and_a_crisis_stands_first_at_the_desk(
    still: Site, alice: Person
) -> None:
    fay = await still.person("fay", "breast", facilitates=True)
    async with still.browser(alice) as hers:
        await hers.post(HERE, data={"text": "Another crisis. [crisis]"})
        muted = await sanction(still, alice.who, "mute", "breast", 60)
        asked = await hers.post(f"/appeals/{muted}", data={"text": "[severe] [urgent]"})
        assert asked.status_code == 422
        assert CARD.format("urgent") in asked.text
        answer = await hers.post(f"/appeals/{muted}", data={"text": "I cannot go on. [crisis]"})
        assert answer.status_code == 200
        assert CARD.format("crisis") in answer.text
        assert "the answer will stand here" in answer.text
        assert 'class="care"' not in (await hers.get(f"/appeals/{muted}")).text
    async with still.browser(fay) as client:
        page = (await client.get("/facilitate")).text
    assert page.index("I cannot go on.") < page.index("Another crisis.")
    assert "Asked for a second look, and may be in danger" in page
    assert 'class="care"' not in page


async def test_what_was_confirmed_and_a_crisis_are_decided_by_form(still: Site, alice: Person) -> None:
    fay = await still.person("fay", "breast", facilitates=True)
    async with still.browser(alice) as hers:
        for text in ("Take this. [nudge]", "Take that. [nudge]", "I cannot go on. [crisis]"):
            await hers.post(HERE, data={"text": text, "confirm": "on"})
    async with still.browser(fay) as client:
        page = (await client.get("/facilitate")).text
        assert page.index("I cannot go on.") < page.index("Take this.") < page.index("Take that.")
        assert "Someone may be in danger" in page
        ids = [part.partition('"')[0] for part in page.split('action="/facilitate/')[1:]]
        crisis, this, that = ids
        unnamed = await client.post(f"/facilitate/{this}", data={"decision": "remove", "reason": "Mine to keep."})
        assert unnamed.status_code == 409
        assert "Name the guideline" in unnamed.text
        assert 'value="Mine to keep."' in unnamed.text
        for entry, form in (
            (crisis, {"decision": "dismiss", "reason": "I wrote to her."}),
            (this, {"decision": "remove", "reason": "It is advice.", "guideline": "no-medical-advice"}),
            (that, {"decision": "dismiss"}),
        ):
            assert (await client.post(f"/facilitate/{entry}", data=form)).status_code == 303
            assert (await client.post(f"/facilitate/{entry}", data=form)).status_code == 409
        page = (await client.get("/facilitate")).text
        assert "Nothing waits for you." in page
        assert page.count("concern.dismiss") == 2
        assert "concern.uphold" in page
        said = (await client.get(HERE)).json()["messages"]
    assert [message["text"] for message in said] == [None, "Take that. [nudge]", "I cannot go on. [crisis]"]


async def test_a_concern_is_seen_and_decided_in_its_own_room_only(still: Site, alice: Person) -> None:
    flo = await still.person("flo", "lounge", facilitates=True)
    async with still.browser(alice) as hers:
        await hers.post(HERE, data={"text": "Hidden words. [crisis]"})
    fay = await still.person("fay", "breast", facilitates=True)
    async with still.browser(fay) as client:
        entry = (await client.get("/facilitate")).text.split('action="/facilitate/')[1].partition('"')[0]
    async with still.browser(flo) as client:
        assert "Hidden words." not in (await client.get("/facilitate")).text
        assert (await client.post(f"/facilitate/{entry}", data={"decision": "dismiss"})).status_code == 409
    async with still.browser(alice) as client:
        assert (await client.post(f"/facilitate/{entry}", data={"decision": "dismiss"})).status_code == 404


@pytest.mark.parametrize("name", ["[refuse] Nina", "[hold] Nina", "[nudge] Nina"])
async def test_a_name_that_the_rules_do_not_let_pass_is_refused_with_a_sentence(still: Site, name: str) -> None:
    form = {"name": name, "email": "nina@example.org", "password": PASSWORD, "accept": "on"}
    async with still.browser() as client:
        refused = await client.post("/register", data=form)
        assert refused.status_code == 422
        assert "Please choose another name" in refused.text
        assert f'value="{name}"' in refused.text
        assert PASSWORD not in refused.text
        assert (await client.post("/register", data={**form, "name": "Nina"})).status_code == 200


async def test_another_name_passes_the_rules_too(still: Site, alice: Person) -> None:
    async with still.browser(alice) as client:
        refused = await client.post("/me", data={"name": "[refuse] Alice"})
        assert refused.status_code == 422
        assert "Please choose another name" in refused.text
        assert "<h1>alice</h1>" in (await client.get("/me")).text
        assert (await client.post("/me", data={"name": "Alice the Second"})).status_code == 303
        assert "<h1>Alice the Second</h1>" in (await client.get("/me")).text


async def test_an_appeal_with_a_grave_word_is_asked_about_and_can_be_sent_as_it_is(still: Site) -> None:
    mike = await still.person("mike", "breast")
    muted = await sanction(still, mike.who, "mute", "breast")
    form = {"text": "\r\n[severe] <you>.\r\nAll."}
    async with still.browser(mike) as client:
        asked = await client.post(f"/appeals/{muted}", data=form)
        assert asked.status_code == 422
        assert "<mark>[</mark>severe] &lt;you&gt;.\nAll.</p>" in asked.text
        assert 'name="confirm" value="on"' in asked.text
        assert "severe] &lt;you&gt;." in asked.text.partition("<textarea")[2]
        assert (await client.post(f"/appeals/{muted}", data={**form, "confirm": "on"})).status_code == 303
        assert "the answer will stand here" in (await client.get(f"/appeals/{muted}")).text


async def test_a_facilitators_answer_that_is_refused_stays_in_its_field(still: Site) -> None:
    mike = await still.person("mike", "breast")
    fay = await still.person("fay", "breast", facilitates=True)
    muted = await sanction(still, mike.who, "mute", "breast")
    async with still.browser(mike) as client:
        await client.post(f"/appeals/{muted}", data={"text": "Please look again."})
    async with still.browser(fay) as client:
        entry = (await client.get("/facilitate")).text.split('action="/facilitate/')[1].partition('"')[0]
        form = {"decision": "uphold", "reason": "[refuse] no"}
        refused = await client.post(f"/facilitate/{entry}", data=form)
        assert refused.status_code == 409
        assert "Please without a curse." in refused.text
        assert 'value="[refuse] no"' in refused.text
        assert (await client.post(f"/facilitate/{entry}", data={**form, "reason": "It stands."})).status_code == 303


async def test_the_first_administrators_name_passes_the_rules(still: Site) -> None:
    async with still.house.db.write() as connection:
        token = await links.make(connection, links.FIRST_ADMINISTRATOR, None, still.house.clock.now())
    form = {"name": "[refuse] Ada", "email": "ada@example.org", "password": PASSWORD}
    async with still.browser() as client:
        refused = await client.post(f"/welcome/{token}", data=form)
        assert refused.status_code == 422
        assert "Please choose another name" in refused.text
        assert (await client.post(f"/welcome/{token}", data={**form, "name": "Ada"})).status_code == 303

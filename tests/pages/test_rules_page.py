"""Words and rules: whose page it is, trying out before publishing, two who work at once, and the way back."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.community import tally
from app.community.directory import Directory
from app.community.wordlists import ALLOWED_LENGTH, ALLOWED_LIMIT, ENTRIES_LIMIT, NOTE_LIMIT, WHY_LIMIT, WordList
from app.conduct import dryruns, publishing
from app.main import ROOMS
from app.rules.draft import Draft
from app.rules.judging import judge
from app.rules.verdict import Allow, Hold, Nudge
from app.rules.watching import Watched
from tests.community.stage import Stage
from tests.pages.visitors import sanction, shielded
from tests.site import Person, SetClock, Site, running

pytestmark = pytest.mark.anyio

PATH = "/facilitate/rules"
SCORED = ("respect", "scam", "promotion", "medical-advice")
"""Rules that weigh meaning: what they make of a soup is not what these tests are about."""
SOUP = Watched("soup", "personal-data", "hold", why="Soup has its own room.")
STEW = Watched("stews?", "cursing", "nudge", "pattern")


def _form(do: str, *entries: Watched, allowed: str = "", **fields: Any) -> dict[str, Any]:
    rows = {
        f"{name}-{number}": getattr(entry, name)
        for number, entry in enumerate(entries)
        for name in ("text", "way", "rule", "verdict", "why")
    }
    return {"do": do, "room": "breast", "base": "0", "allowed": allowed, "note": "", "proof": "", **rows, **fields}


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', page)
    assert found is not None
    return html.unescape(found[1])


async def _try(client: httpx2.AsyncClient, *entries: Watched, **fields: Any) -> str:
    answer = await client.post(PATH, data=_form("try", *entries, **fields))
    assert answer.status_code == 200
    return answer.text


async def _publish(client: httpx2.AsyncClient, *entries: Watched, **fields: Any) -> httpx2.Response:
    """Try it out and publish it."""
    proof = _hidden(await _try(client, *entries, **fields), "proof")
    return await client.post(PATH, data={**_form("publish", *entries, **fields), "proof": proof})


async def _in_force(site: Site, slug: str | None = "breast") -> tuple[int, WordList]:
    place = None if slug is None else site.house.directory.find(slug)
    async with site.house.db.read() as connection:
        return await publishing.in_force(connection, None if place is None else place.id)


def _verdict(directory: Directory, slug: str, text: str) -> type:
    return type(judge(Draft(text=text, at=0.0), directory.book_for(slug)))


async def _say(site: Site, person: Person, *texts: str, slug: str = "breast") -> None:
    place = site.house.directory.find(slug)
    assert place is not None
    made = Stage.post
    for number, text in enumerate(texts):
        await site.house.writer.carry_out(made(Stage, person.who, place, text, client_id=f"{slug}{number}{text}"))  # type: ignore[arg-type]


@pytest.fixture
async def still(migrated: Path, tmp_path: Path, clock: SetClock) -> AsyncIterator[Site]:
    """A running site whose clock the test sets."""
    async with running(tmp_path, migrated, clock=clock, rules_disabled=SCORED) as site:
        yield site


@pytest.fixture
async def fay(still: Site) -> Person:
    return await still.person("fay", "breast", facilitates=True)


async def test_a_full_list_in_the_widest_letters_is_taken_and_other_forms_are_small(still: Site, fay: Person) -> None:
    wide = "\U0001d4b6"
    entries = [
        Watched(wide * 195 + f"{number:03}", "promotion", "nudge", why=wide * WHY_LIMIT)
        for number in range(ENTRIES_LIMIT)
    ]
    allowed = "\r\n".join(wide * (ALLOWED_LENGTH - 3) + f"{number:03}" for number in range(ALLOWED_LIMIT))
    full = {"allowed": allowed, "note": wide * NOTE_LIMIT, "proof": "0" * 64}
    async with still.browser(fay) as client:
        assert (await client.post(PATH, data=_form("add", *entries, **full))).status_code == 200
        assert (await client.post(PATH, data=_form("add", allowed="x" * 1_600_000))).status_code == 413
        assert (await client.post("/rooms/breast/messages", data={"text": "x" * 140_000})).status_code == 413


async def test_a_dry_run_takes_a_room_without_a_file_along(still: Site) -> None:
    fen = await still.person("fen", "breast", role="facilitator")
    await _say(still, fen, "Good soup.")
    del still.house.directory.files.rooms["breast"]
    still.house.directory._books.pop("breast")
    async with still.browser(fen) as client:
        for room in ("", "breast"):
            assert "Good soup." in await _try(client, SOUP, room=room)


async def test_whose_page_it_is(still: Site, fay: Person) -> None:
    alice = await still.person("alice", "breast")
    flo = await still.person("flo", "lounge", facilitates=True)
    fen = await still.person("fen", role="facilitator")
    ada = await still.person("ada", role="administrator")
    forms = {"breast": _form("try", SOUP), "": _form("try", SOUP, room="")}
    allowed = {"fay": {"breast"}, "fen": {"breast", ""}, "ada": {"breast", ""}}
    for person in (fay, alice, flo, fen, ada):
        hers = allowed.get(person.who.name, set())
        async with still.browser(person) as client:
            assert ((await client.get(f"{PATH}?room=breast")).status_code == 200) == ("breast" in hers)
            assert ((await client.get(PATH)).status_code == 200) == (person is not alice)
            for slug, form in forms.items():
                answer = await client.post(PATH, data=form)
                assert answer.status_code == (200 if slug in hers else 404), (person.who.name, slug)
                for do in ("publish", "undo", "add", "remove-0"):
                    refused = (await client.post(PATH, data={**form, "do": do, "base": "9"})).status_code == 404
                    assert refused == (slug not in hers), (person.who.name, slug, do)
            assert (await client.get(f"{PATH}?room=nowhere")).status_code == 404
            assert (await client.post(PATH, data=_form("try", SOUP, room="nowhere"))).status_code == 404
    async with still.browser() as client:
        assert (await client.get(PATH)).headers["location"] == f"/sign-in?next={PATH}"
        assert (await client.post(PATH, data=_form("try", SOUP))).status_code == 303
    await sanction(still, ada.who, "ban", None)
    async with still.browser(ada) as client:
        assert (await client.get(PATH)).status_code == 404
        assert (await client.post(PATH, data=_form("undo"))).status_code == 404
    assert await _in_force(still) == await _in_force(still, None) == (0, WordList())


async def test_a_facilitator_is_shown_her_own_rooms_and_one_of_all_rooms_is_shown_all(still: Site, fay: Person) -> None:
    async with still.browser(fay) as client:
        page = (await client.get(PATH)).text
        assert "All rooms" not in page
        assert page.count("<option value=") - page.count("<select id=") > 0
        assert '<option value="breast" selected>' in page
        assert '<option value="lounge"' not in page
        assert PATH in (await client.get("/facilitate")).text
    async with still.browser(await still.person("fen", role="facilitator")) as client:
        page = (await client.get(PATH)).text
        assert '<option value="">All rooms</option>' in page
        assert '<option value="lounge">' in page


async def test_what_leads_to_what_is_read_from_the_book(still: Site, fay: Person) -> None:
    async with still.browser(fay) as client:
        answer = await client.get(PATH)
        assert shielded(answer)
        for rule in ("Cursing", "Respect", "Medical advice", "Advertising", "Fraud", "Personal data", "Pace"):
            assert f'<th scope="row">{rule}</th>' in answer.text
        assert re.search(r"severe words</span> refuse", answer.text)
        assert answer.text.count("switched off for the whole site") == len(SCORED)


async def test_a_list_is_tried_out_and_published_and_reaches_another_process(still: Site, fay: Person) -> None:
    other = Directory(still.house.db, still.house.clock, ROOMS, SCORED)
    await other.open()
    alice = await still.person("alice", "breast")
    await _say(still, alice, "Good soup.", "Stew again.", "Hello.")
    async with still.browser(fay) as client:
        page = await _try(client, SOUP, STEW)
        assert "2 messages of 3 would fare differently." in page
        assert "That is everything kept from the last 30 days" in page
        assert "Good soup." in page
        assert "alice" not in page
        assert "Publish for " in page
        assert (await _in_force(still))[0] == 0
        answer = await _publish(client, SOUP, STEW, note="Soup & stew")
        assert answer.status_code == 303
        page = (await client.get(answer.headers["location"])).text
    assert "Version 1 is in force" in page
    assert "Soup &amp; stew" in page
    assert await _in_force(still) == (1, WordList(watched=(SOUP, STEW)))
    assert _verdict(still.house.directory, "breast", "Good soup.") is Hold
    assert _verdict(still.house.directory, "breast", "Two stews.") is Nudge
    assert _verdict(still.house.directory, "lounge", "Good soup.") is Allow
    assert _verdict(other, "breast", "Good soup.") is Allow
    still.house.clock.go(seconds=6)  # type: ignore[attr-defined]
    await other.places()
    assert _verdict(other, "breast", "Good soup.") is Hold


async def test_a_list_of_all_rooms_is_tried_on_all_rooms_and_counts_in_each(still: Site) -> None:
    alice = await still.person("alice", "breast", "lounge")
    await _say(still, alice, "Good soup.")
    await _say(still, alice, "More soup.", slug="lounge")
    fen = await still.person("fen", role="facilitator")
    async with still.browser(fen) as client:
        page = await _try(client, SOUP, room="")
        assert "2 messages of 2 would fare differently." in page
        assert (await _publish(client, SOUP, room="")).status_code == 303
        assert "1 entry of all rooms counts here too" in (await client.get(f"{PATH}?room=lounge")).text
    for slug in ("breast", "lounge"):
        assert _verdict(still.house.directory, slug, "Good soup.") is Hold


async def test_what_was_not_tried_out_is_not_published_and_not_lost(still: Site, fay: Person) -> None:
    async with still.browser(fay) as client:
        proof = _hidden(await _try(client, SOUP, allowed="hospice"), "proof")
        for entries, allowed, sent in (
            ((SOUP,), "hospice", ""),
            ((SOUP, STEW), "hospice", proof),
            ((SOUP,), "", proof),
        ):
            answer = await client.post(PATH, data=_form("publish", *entries, allowed=allowed, proof=sent))
            assert answer.status_code == 422
            assert "has not been tried out as it stands" in answer.text
            assert all(f'value="{entry.text}"' in answer.text for entry in entries)
            assert _hidden(answer.text, "proof") == ""
        assert (await _in_force(still))[0] == 0
        again = _form(
            "publish", SOUP, allowed=" hospice \r\n\r\nhospice", proof=proof, note="White space means nothing"
        )
        assert (await client.post(PATH, data=again)).status_code == 303
    assert await _in_force(still) == (1, WordList(("hospice",), (SOUP,)))


async def test_an_entry_that_cannot_be_used_is_told_beside_it_in_the_words_of_the_engine(
    still: Site, fay: Person
) -> None:
    bad = Watched("(soup", "promotion", "hold", "pattern", "A reason to keep.")
    async with still.browser(fay) as client:
        for do in ("try", "publish"):
            answer = await client.post(PATH, data=_form(do, SOUP, bad, allowed="x" * 81))
            assert answer.status_code == 422
            assert re.search(r'<p class="fault" id="fault-1">[^<]*missing \): \(soup\.</p>', answer.text)
            assert 'href="#text-1"' in answer.text
            assert "A reason to keep." in answer.text
            assert 'id="fault-allowed"' in answer.text
            assert 'id="fault-0"' not in answer.text
        assert 'class="fault"' not in await _try(client, SOUP)


async def test_rows_come_and_go_without_losing_what_is_in_the_others(still: Site, fay: Person) -> None:
    async with still.browser(fay) as client:
        page = (await client.get(PATH)).text
        assert page.count('name="text-') == 1
        form = _form("add", SOUP, STEW, allowed="hospice")
        page = (await client.post(PATH, data=form)).text
        assert page.count('name="text-') == 6
        page = (await client.post(PATH, data={**form, "do": "remove-0"})).text
        assert 'value="stews?"' in page
        assert 'value="soup"' not in page
        assert page.count('name="text-') == 2
        assert "hospice</textarea>" in page
        page = (await client.post(PATH, data={**form, "do": "remove-9"})).text
        assert page.count('name="text-') == 3
        full = [Watched(f"word {number}", "promotion", "nudge") for number in range(ENTRIES_LIMIT)]
        page = (await client.post(PATH, data=_form("add", *full))).text
        assert page.count('name="text-') == ENTRIES_LIMIT
    assert (await _in_force(still))[0] == 0


async def test_who_publishes_on_top_of_a_version_that_another_replaced_is_shown_both_and_loses_nothing(
    still: Site, fay: Person
) -> None:
    fen = await still.person("fen", role="facilitator")
    async with still.browser(fay) as hers, still.browser(fen) as others:
        proof = _hidden(await _try(hers, STEW, allowed="hospice"), "proof")
        assert (await _publish(others, SOUP)).status_code == 303
        for do in ("try", "publish"):
            answer = await hers.post(PATH, data=_form(do, STEW, allowed="hospice", proof=proof))
            assert answer.status_code == 409
            assert "fen published version 1" in answer.text
            assert "What the other one changed" in answer.text
            assert 'value="stews?"' in answer.text
            assert "hospice</textarea>" in answer.text
            assert answer.text.count(">soup</bdi>") >= 2  # as what the other added, and as what hers would take out
            assert (_hidden(answer.text, "base"), _hidden(answer.text, "proof")) == ("1", "")
        assert await _in_force(still) == (1, WordList(watched=(SOUP,)))
        assert (await _publish(hers, STEW, allowed="hospice", base="1")).status_code == 303
        assert await _in_force(still) == (2, WordList(("hospice",), (STEW,)))
        undo = {"do": "undo", "room": "breast", "base": "1", "number": "0"}
        answer = await others.post(PATH, data=undo)
        assert answer.status_code == 409
        assert "Somebody has published another version meanwhile." in answer.text
    assert (await _in_force(still))[0] == 2


async def test_an_earlier_version_is_brought_back_with_one_button(still: Site, fay: Person) -> None:
    async with still.browser(fay) as client:
        assert (await _publish(client, SOUP)).status_code == 303
        assert (await _publish(client, STEW, base="1")).status_code == 303
        page = (await client.get(PATH)).text
        assert "Bring version 1 back" in page
        assert "Bring version 2 back" not in page
        answer = await client.post(PATH, data={"do": "undo", "room": "breast", "base": "2", "number": "1"})
        assert answer.status_code == 303
        assert _verdict(still.house.directory, "breast", "Good soup.") is Hold
        page = (await client.get(answer.headers["location"])).text
        assert "Brought back version 1." in page
        undo = {"do": "undo", "room": "breast", "base": "3", "number": "0"}
        assert (await client.post(PATH, data=undo)).status_code == 303
        assert (await client.post(PATH, data={**undo, "base": "4", "number": "9"})).status_code == 404
        assert "rules.undo" in (await client.get("/facilitate")).text
    assert await _in_force(still) == (4, WordList())
    assert _verdict(still.house.directory, "breast", "Good soup.") is Allow


async def test_a_list_that_changes_nothing_can_be_tried_and_not_published(still: Site, fay: Person) -> None:
    async with still.browser(fay) as client:
        assert (await _publish(client, SOUP)).status_code == 303
        page = await _try(client, SOUP, base="1")
        assert "there is nothing to publish" in page
        assert "Publish for " not in page


async def test_a_cut_dry_run_says_so(still: Site, fay: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    await _say(still, await still.person("alice", "breast"), "Good soup.", "More soup.")
    monkeypatch.setattr(dryruns, "MOST", 1)
    async with still.browser(fay) as client:
        assert "Only the newest 1 of the last 30 days were looked at." in await _try(client, SOUP)


async def test_hits_and_the_overturned_share_are_shown(still: Site, fay: Person) -> None:
    async with still.browser(fay) as client:
        assert "No rule had anything to say." in (await client.get(PATH)).text
        assert (await _publish(client, SOUP)).status_code == 303
    alice = await still.person("alice", "breast")
    async with still.browser(alice) as client:
        for number in range(2):
            form = {"text": f"Soup for {number + 2} people.", "client_id": f"c{number}"}
            assert (await client.post("/rooms/breast/messages", data=form)).status_code == 202
    async with still.browser(fay) as client:
        for entry, decision in zip(
            _waiting((await client.get("/facilitate")).text), ("release", "reject"), strict=True
        ):
            assert (await client.post(f"/facilitate/{entry}", data={"decision": decision})).status_code == 303
        await still.house.tally.flush()
        page = " ".join((await client.get(PATH)).text.split())
    line = re.search(r'<th scope="row">Personal data</th>((?:<td class="figure">[^<]*</td>)+)', page)
    assert line is not None
    assert re.findall(r">([^<]+)<", line[1]) == ["0", "0", "2", "0", "0", "2", "50%"]
    async with still.house.db.read() as connection:
        assert (await tally.sums(connection, None, still.house.clock.now().date()))["", "judged"] == 2


def _waiting(page: str) -> list[str]:
    return re.findall(r'id="entry-([\w-]+)" data-kind="held"', page)


@pytest.mark.parametrize("change", [
    {"do": "burn"}, {"do": ""}, {"base": "x"}, {"base": "-1"}, {"other": "1"}, {"way-0": "regex"}, {"rule-0": "none"},
    {"verdict-0": "ban"}, {"text-1000": "x"}, {"rule-7": "scam"}, {"number": "x"},
])  # fmt: skip
async def test_a_form_that_is_none_is_refused(still: Site, fay: Person, change: dict[str, str]) -> None:
    async with still.browser(fay) as client:
        answer = await client.post(PATH, data={**_form("try", SOUP), **change})
        assert answer.status_code == 422
        assert (await client.post(PATH, data=_form("try", SOUP))).status_code == 200


async def test_whatever_is_typed_is_shown_as_text(still: Site, fay: Person) -> None:
    evil = Watched('"><script>x()</script>', "promotion", "hold", why="</textarea><b>")
    async with still.browser(fay) as client:
        page = await _try(client, evil, allowed="</textarea><script>")
        assert "<script>x" not in page
        assert "</textarea><b>" not in page
        assert (await _publish(client, evil, allowed="</textarea><script>")).status_code == 303
        page = (await client.get(PATH)).text
        assert "&lt;script&gt;" in page
        assert "<script>x" not in page

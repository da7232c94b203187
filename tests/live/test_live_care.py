"""Care cards and concerns on the socket: for the author alone, whatever came of her text; and who is alerted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from tests.live.cast import Cast, fresh, kinds_of, nothing_before, sanction
from tests.rulings import card
from tests.site import Site, Socket

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("ruled")]


@pytest.fixture
async def hers(town: Site, cast: Cast, room: str) -> AsyncIterator[Socket]:
    async with town.socket(await cast.alice()) as socket:
        await socket.join(room)
        yield socket


@pytest.fixture
async def his(town: Site, cast: Cast, room: str) -> AsyncIterator[Socket]:
    async with town.socket(await cast.ben()) as socket:
        await socket.join(room)
        yield socket


@pytest.fixture
async def facilitator(town: Site, cast: Cast) -> AsyncIterator[Socket]:
    """Fay, somewhere on the site: she has not opened the room."""
    async with town.socket(await cast.fay()) as socket:
        yield socket


def _cards(socket: Socket) -> list[str]:
    return [str(frame["kind"]) for frame in kinds_of(socket, "care")]


@pytest.mark.parametrize(
    ("mark", "answer"),
    [("", "message.posted"), ("[nudge]", "message.nudged"), ("[refuse]", "message.refused"), ("[hold]", "message.held")],
)  # fmt: skip
async def test_an_author_gets_her_cards_whatever_came_of_her_message(
    room: str, hers: Socket, his: Socket, mark: str, answer: str
) -> None:
    said = await hers.say(room, fresh(f"{mark} [adverse-event] [crisis]"))
    assert said["type"] == answer
    for kind in ("crisis", "adverse-event"):
        drawn = card(kind)
        links = [{"title": title, "address": address} for title, address in drawn.links]
        assert await hers.expect("care") == {"type": "care", "kind": kind, "text": drawn.text, "links": links}
    await nothing_before(his, "care", "alert")
    assert not kinds_of(his, "care")


async def test_a_text_that_asks_for_no_card_brings_none(room: str, hers: Socket) -> None:
    for mark in ("", "[nudge]", "[refuse]"):
        await hers.say(room, fresh(mark or "hello"))
    await nothing_before(hers, "care")
    assert _cards(hers) == []


async def test_edits_and_what_is_brought_back_have_their_cards_too(room: str, hers: Socket, his: Socket) -> None:
    seq = (await hers.say(room, fresh("hello")))["message"]["seq"]
    done = await hers.ask("message.edit", room=room, seq=seq, text=fresh("hello [urgent]"))
    assert done["type"] == "done"
    assert (await hers.expect("care"))["kind"] == "urgent"
    refused = await hers.ask("message.edit", room=room, seq=seq, text=fresh("[refuse] [adverse-event]"))
    assert refused["type"] == "message.refused"
    assert (await hers.expect("care"))["kind"] == "adverse-event"
    await hers.ask("message.remove", room=room, seq=seq)
    assert (await hers.ask("message.restore", room=room, seq=seq))["type"] == "done"
    assert (await hers.expect("care"))["kind"] == "urgent"
    await nothing_before(his, "care")
    assert _cards(his) == []


async def test_what_could_not_be_done_still_brings_the_card(room: str, hers: Socket, facilitator: Socket) -> None:
    for what, fields in (
        ("message.send", {"text": fresh("[crisis]"), "reply_to": 2**31 - 1}),
        ("message.edit", {"text": fresh("[crisis]"), "seq": 2**31 - 1}),
    ):
        failed = await hers.ask(what, room=room, **fields)
        assert (failed["type"], failed["code"]) == ("failed", "not-found")
        assert (await hers.expect("care"))["kind"] == "crisis"
    await nothing_before(facilitator, "alert")
    assert (await hers.ask("message.send", room=room, text=fresh("hello"), reply_to=2**31 - 1))["type"] == "failed"
    await nothing_before(hers, "care")


async def test_a_crisis_stands_in_the_room_and_alerts_its_facilitators_once(
    town: Site, cast: Cast, room: str, hers: Socket, his: Socket, facilitator: Socket
) -> None:
    text = fresh("I cannot go on [crisis]")
    other_room = "lung" if room != "lung" else "skin"
    async with town.socket(await cast.fay(other_room)) as elsewhere:
        posted = await hers.say(room, text, client_id="one")
        seq = posted["message"]["seq"]
        assert (await his.expect("message.posted"))["message"]["text"] == text
        alert = await facilitator.expect("alert")
        assert (alert["kind"], alert["room"], alert["seq"]) == ("crisis", room, seq)
        assert alert["id"]
        again = await hers.say(room, text, client_id="one")
        assert again["message"]["seq"] == seq
        for socket in (facilitator, elsewhere, his, hers):
            await nothing_before(socket, "alert")
        assert len(kinds_of(facilitator, "alert")) == 1
        assert not kinds_of(elsewhere, "alert")


async def test_what_was_confirmed_waits_quietly_at_the_desk(
    town: Site, cast: Cast, room: str, hers: Socket, facilitator: Socket
) -> None:
    text = fresh("[nudge]")
    assert (await hers.say(room, text, client_id="one"))["type"] == "message.nudged"
    assert (await hers.say(room, text, client_id="one", confirm=True))["type"] == "message.posted"
    await nothing_before(facilitator, "alert")
    ada = await cast.person("ada", role="administrator")
    async with town.browser(ada) as client:
        page = (await client.get("/facilitate")).text
    assert text in page
    assert 'data-kind="confirmed"' in page


async def test_a_newcomers_first_message_waits_where_no_facilitator_has_the_room_open(
    town: Site, room: str, hers: Socket, his: Socket, facilitator: Socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = town.house.directory.book_for(room)
    monkeypatch.setitem(town.house.directory._books, room, replace(book, hold_first=1))
    held = await hers.say(room, fresh("hello, I am new"), client_id="one")
    assert (held["type"], held["rule"], held["spans"]) == ("message.held", "pace", [])
    assert held["why"].startswith("The first messages of new members are read by a facilitator first")
    assert held["guideline"] == book.guidelines["facilitators-decide"]
    assert (await facilitator.expect("alert"))["kind"] == "held"
    await facilitator.join(room)
    assert (await his.say(room, fresh("hello, I am new too")))["type"] == "message.posted"
    assert (await facilitator.ask("message.release", id=held["id"]))["type"] == "done"
    await facilitator.ask("room.leave", room=room)
    assert (await hers.say(room, fresh("not new any more")))["type"] == "message.posted"


async def test_a_notice_that_the_rules_do_not_let_pass_is_refused_with_the_reason(
    room: str, his: Socket, facilitator: Socket
) -> None:
    failed = await facilitator.ask("room.pause", room=room, notice="[refuse] all of you")
    assert (failed["type"], failed["code"], failed["why"]) == ("failed", "not-allowed", "Please without a curse.")
    await nothing_before(his, "room.changed")
    assert (await facilitator.ask("room.pause", room=room, notice="Back soon."))["type"] == "done"
    assert (await his.expect("room.changed"))["notice"] == "Back soon."
    assert (await facilitator.ask("room.resume", room=room))["type"] == "done"


async def test_an_endless_reason_is_refused_unread(
    room: str, hers: Socket, facilitator: Socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    seq = (await hers.say(room, fresh("hello")))["message"]["seq"]
    read: list[str] = []
    monkeypatch.setattr("app.community.bench.judge", lambda draft, _book: read.append(draft.text))
    endless = "x" * 60_000
    for socket in (hers, facilitator):
        for what, fields in (
            ("message.remove", {"room": room, "seq": seq, "guideline": "respect", "reason": endless}),
            ("message.restore", {"room": room, "seq": seq, "reason": endless}),
            ("sanction.lift", {"id": "any", "reason": endless}),
        ):
            assert (await socket.ask(what, **fields))["code"] == "too-long", what
    assert (await facilitator.ask("room.pause", room=room, notice=endless))["code"] == "too-long"
    assert (await sanction(facilitator, room, "anybody", "mute", reason=endless))["code"] == "too-long"
    assert read == []

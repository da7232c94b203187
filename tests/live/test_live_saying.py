"""message.send: everything that can come of it, and that nothing which was not accepted is lost or stored."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.live.cast import NO_RULES, Cast, fresh, kinds_of, nothing_before, sanction
from tests.site import Site, Socket, running

pytestmark = pytest.mark.anyio
CURSE = "This is fucking hard today"
NUMBER = "You can call me at 415-867-5309 any time"


@pytest.fixture
async def hers(town: Site, cast: Cast, room: str) -> AsyncIterator[Socket]:
    """Alice's socket, in the room."""
    async with town.socket(await cast.alice()) as socket:
        await socket.join(room)
        yield socket


@pytest.fixture
async def his(town: Site, cast: Cast, room: str) -> AsyncIterator[Socket]:
    """Ben's, in the same room: whatever is posted, he reads."""
    async with town.socket(await cast.ben()) as socket:
        await socket.join(room)
        yield socket


def holding(site: Site, room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on this room holds a curse for its facilitators."""
    book = site.house.directory.book_for(room)
    monkeypatch.setitem(
        site.house.directory._books, room, replace(book, verdicts={**book.verdicts, "cursing": {"": "hold"}})
    )


async def test_a_message_is_acknowledged_to_its_author_and_read_by_the_others(
    room: str, hers: Socket, his: Socket
) -> None:
    posted = await hers.say(room, fresh("good morning"), client_id="one")
    assert posted["type"] == "message.posted"
    message = posted["message"]
    assert (message["edited"], message["removed"], message["reactions"]) == (None, None, {})
    assert (message["pinned"], message["reply_to"]) == (False, None)
    assert message["seq"] == message["version"]
    assert message["author"] == {**hers.welcome["member"], "role": "member"}
    read = await his.expect("message.posted")
    assert read == {"type": "message.posted", "room": room, "message": message}


async def test_every_socket_of_the_author_gets_her_client_id_and_nobody_else_s(
    town: Site, cast: Cast, room: str, his: Socket
) -> None:
    alice = await cast.alice()
    async with town.socket(alice) as first, town.socket(alice) as second:
        await first.join(room)
        await second.join(room)
        await first.say(room, fresh("hello"), client_id="mine")
        assert (await second.expect("message.posted"))["client_id"] == "mine"
        assert "client_id" not in await his.expect("message.posted")


async def test_a_message_to_a_room_that_is_not_open_on_this_socket_is_acknowledged_too(
    town: Site, cast: Cast, room: str, his: Socket
) -> None:
    async with town.socket(await cast.alice()) as elsewhere:
        posted = await elsewhere.say(room, fresh("hello"), client_id="mine")
        assert posted["type"] == "message.posted"
        assert (await his.expect("message.posted"))["message"] == posted["message"]
        await nothing_before(elsewhere, "message.posted")


async def test_an_answer_carries_what_it_answers_to(room: str, hers: Socket, his: Socket) -> None:
    first = (await hers.say(room, fresh("a question")))["message"]["seq"]
    answer = await his.say(room, fresh("an answer"), reply_to=first)
    assert answer["message"]["reply_to"] == first
    nowhere = await his.say(room, fresh("an answer"), reply_to=2**31 - 1)
    assert (nowhere["type"], nowhere["code"]) == ("failed", "not-found")


async def test_a_nudged_message_is_not_stored_and_goes_out_when_confirmed(room: str, hers: Socket, his: Socket) -> None:
    nudged = await hers.say(room, NUMBER, client_id="one")
    assert nudged["type"] == "message.nudged"
    assert (nudged["room"], nudged["rule"]) == (room, "personal-data")
    assert nudged["guideline"]
    assert nudged["why"]
    assert nudged["suggestion"]
    assert [NUMBER[start:end] for start, end in nudged["spans"]] == ["415-867-5309"]
    await nothing_before(his, "message.posted")
    posted = await hers.say(room, NUMBER, client_id="one", confirm=True)
    assert posted["type"] == "message.posted"
    assert (await his.expect("message.posted"))["message"]["text"] == NUMBER


async def test_a_refused_message_comes_back_with_all_that_mending_needs(room: str, hers: Socket, his: Socket) -> None:
    text = "😀 " + CURSE
    refused = await hers.say(room, text, client_id="one")
    assert refused["type"] == "message.refused"
    assert (refused["room"], refused["rule"], refused["retry_after"]) == (room, "cursing", None)
    assert "curse" in refused["guideline"]
    assert refused["why"]
    assert [text[start:end] for start, end in refused["spans"]] == ["fucking"], "spans count code points"
    assert (await hers.say(room, text, client_id="one", confirm=True))["type"] == "message.refused"
    await nothing_before(his, "message.posted")
    mended = await hers.say(room, fresh("this is hard today"), client_id="one")
    assert mended["type"] == "message.posted", "a refused client_id may be used again"


async def test_a_held_message_waits_and_its_resend_is_answered_as_held(
    town: Site, cast: Cast, room: str, hers: Socket, his: Socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding(town, room, monkeypatch)
    async with town.socket(await cast.fay()) as facilitator:
        held = await hers.say(room, CURSE, client_id="one")
        assert (held["type"], held["rule"], held["room"]) == ("message.held", "cursing", room)
        assert held["guideline"]
        assert held["id"]
        alert = await facilitator.expect("alert")
        assert alert == {"type": "alert", "kind": "held", "room": room, "seq": None, "id": held["id"]}
        again = await hers.say(room, CURSE, client_id="one")
        assert (again["type"], again["id"]) == ("message.held", held["id"])
        await nothing_before(facilitator, "alert")
    await nothing_before(his, "message.posted", "alert")
    joined = await hers.join(room)
    assert [(each["id"], each["client_id"], each["text"]) for each in joined["held"]] == [(held["id"], "one", CURSE)]
    assert (await his.join(room))["held"] == [], "it is hers alone"


async def test_a_released_message_appears_for_all_and_settles_its_author_s_bubble(
    town: Site, cast: Cast, room: str, hers: Socket, his: Socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding(town, room, monkeypatch)
    held = await hers.say(room, CURSE, client_id="one")
    rejected = await hers.say(room, "What the fuck, said the doctor", client_id="two")
    assert rejected["type"] == "message.held"
    async with town.socket(await cast.fay()) as facilitator:
        done = await facilitator.ask("message.release", id=held["id"], reason="she means no one")
        posted = await hers.expect("message.posted")
        assert (posted["client_id"], posted["message"]["text"]) == ("one", CURSE)
        assert done == {
            "type": "done", "request": "message.release", "client_id": done["client_id"],
            "id": str(posted["message"]["seq"]),
        }  # fmt: skip
        assert (await his.expect("message.posted"))["message"] == posted["message"]
        assert (await facilitator.ask("message.release", id=held["id"]))["code"] == "conflict"
        assert (await facilitator.ask("message.reject", id=rejected["id"], reason="no"))["type"] == "done"
        assert (await facilitator.ask("message.release", id=rejected["id"]))["code"] == "conflict"
        assert (await facilitator.ask("message.release", id="no such id"))["code"] == "not-found"
    await nothing_before(his, "message.posted")
    assert (await hers.join(room))["held"] == []


async def test_a_held_message_is_decided_only_by_a_facilitator_of_its_room(
    town: Site, cast: Cast, room: str, hers: Socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding(town, room, monkeypatch)
    other_room = "lung" if room != "lung" else "skin"
    held = await hers.say(room, CURSE)
    async with town.socket(await cast.fay(other_room)) as other, town.socket(await cast.fay()) as own:
        for socket in (other, hers):
            for kind in ("message.release", "message.reject"):
                assert (await socket.ask(kind, id=held["id"]))["code"] == "not-found"
        assert (await own.ask("message.release", id=held["id"]))["type"] == "done"


async def test_who_has_not_joined_may_read_but_not_speak(town: Site, cast: Cast, room: str, hers: Socket) -> None:
    async with town.socket(await cast.olga()) as olga:
        joined = await olga.join(room)
        assert (joined["role"], joined["may_speak"]) == (None, False)
        refused = await olga.say(room, fresh("hello"))
        assert (refused["type"], refused["code"], refused["request"]) == ("failed", "not-joined", "message.send")
        said = await hers.say(room, fresh("hello"))
        assert (await olga.expect("message.posted"))["message"] == said["message"]


async def test_there_is_no_room_of_another_name(hers: Socket) -> None:
    for room in ("no-such-room", "", "Breast", "breast\0", "../breast"):
        for kind, fields in (("message.send", {"text": "hello"}), ("room.join", {}), ("room.typing", {})):
            failed = await hers.ask(kind, room=room, **fields)
            assert (failed["type"], failed["request"], failed["code"]) == ("failed", kind, "not-found")


@pytest.mark.parametrize("text", ["", " ", "\n\t \u3000", "\r\n"])
async def test_an_empty_message_is_none(room: str, hers: Socket, text: str) -> None:
    failed = await hers.say(room, text)
    assert (failed["type"], failed["code"]) == ("failed", "empty")


@pytest.mark.parametrize("sign", ["a", "é", "日", "😀", "\U0001f9d1\u200d"])
async def test_four_thousand_code_points_may_be_said_and_not_one_more(
    town: Site, cast: Cast, room: str, sign: str
) -> None:
    text = (sign * 4_000)[:4_000]
    async with town.socket(await cast.alice()) as socket:
        assert (await socket.say(room, text + "x"))["code"] == "too-long"
        posted = await socket.say(room, text)
        assert posted["message"]["text"] == text
        # What a Windows browser sends as two signs is one.
        lines = ("\r\n" + sign) * 3
        assert (await socket.say(room, lines, client_id="lines"))["message"]["text"] == lines.replace("\r\n", "\n")


async def test_line_ends_become_one_kind_before_they_are_counted_compared_and_shown(room: str, hers: Socket) -> None:
    posted = await hers.say(room, "one\r\ntwo\rthree\nfour", client_id="lines")
    assert posted["message"]["text"] == "one\ntwo\nthree\nfour"
    again = await hers.say(room, "one\ntwo\nthree\nfour", client_id="lines")
    assert again["message"] == posted["message"]
    assert (await hers.say(room, "x\r\n" * 2_000))["type"] != "failed", "4,000 code points, not 6,000"


async def test_a_character_that_cannot_be_stored_is_answered(room: str, hers: Socket) -> None:
    for fields in ({"text": "nul \0 here"}, {"text": "hello", "client_id": "nul\0"}):
        failed = await hers.ask("message.send", room=room, **fields)
        assert (failed["type"], failed["code"]) == ("failed", "not-allowed")
    assert (await hers.say(room, fresh("without")))["type"] == "message.posted"


async def test_the_same_client_id_never_posts_twice(room: str, hers: Socket, his: Socket) -> None:
    text = fresh("once")
    first = await hers.say(room, text, client_id="one")
    again = await hers.say(room, text, client_id="one")
    assert again == first
    other_text = await hers.say(room, fresh("other"), client_id="one")
    assert (other_text["type"], other_text["code"]) == ("failed", "conflict")
    assert (await his.say(room, text, client_id="one"))["message"]["seq"] != first["message"]["seq"], "his own is his"
    read = [frame["message"]["seq"] for frame in kinds_of(his, "message.posted")]
    assert read.count(first["message"]["seq"]) == 1


async def test_the_same_client_id_in_another_room_is_a_conflict(town: Site, cast: Cast, room: str) -> None:
    other = "lung" if room != "lung" else "skin"
    async with town.socket(await cast.person("alice", room, other)) as socket:
        assert (await socket.say(room, "hello", client_id="one"))["type"] == "message.posted"
        assert (await socket.say(other, "hello", client_id="one"))["code"] == "conflict"
        assert (await socket.say(other, "hello", client_id="two"))["type"] == "message.posted"


async def test_a_resend_after_an_edit_is_answered_with_the_message_as_it_stands(room: str, hers: Socket) -> None:
    first = await hers.say(room, "first words", client_id="one")
    seq = first["message"]["seq"]
    await hers.ask("message.edit", room=room, seq=seq, text="better words")
    again = await hers.say(room, "first words", client_id="one")
    assert (again["message"]["seq"], again["message"]["text"]) == (seq, "better words")


async def test_sends_that_are_on_the_way_together_are_answered_each_and_keep_their_order(
    room: str, hers: Socket, his: Socket
) -> None:
    for number in range(40):
        await hers.send("message.send", room=room, client_id=f"c{number}", text=f"n {number}")
    for number in range(40):
        assert (await hers.expect("message.posted"))["client_id"] == f"c{number}"
    versions = [(await his.expect("message.posted"))["message"]["version"] for _ in range(40)]
    assert versions == list(range(versions[0], versions[0] + 40))


async def test_too_fast_is_refused_with_the_time_to_wait_and_a_resend_is_not(migrated: Path, tmp_path: Path) -> None:
    settings: dict[str, Any] = {"pace_burst": 2, "pace_seconds": 60.0}
    async with (
        running(tmp_path, migrated, **settings) as site,
        site.socket(await site.person("alice", "breast")) as hers,
    ):
        for number in range(2):
            assert (await hers.say("breast", f"hello {number}", client_id=f"c{number}"))["type"] == "message.posted"
        refused = await hers.say("breast", "hello 2", client_id="c2")
        assert (refused["type"], refused["rule"]) == ("message.refused", "pace")
        assert 0 < refused["retry_after"] <= 60
        again = await hers.say("breast", "hello 0", client_id="c0")
        assert again["type"] == "message.posted", "a resend is answered before pace is asked"


async def test_a_resend_is_answered_before_sanctions_and_rules_are_asked(migrated: Path, tmp_path: Path) -> None:
    async with (
        running(tmp_path, migrated, rules_disabled=NO_RULES) as site,
        site.socket(await site.person("mike", "breast")) as his,
        site.socket(await site.person("fay", "breast", facilitates=True)) as facilitator,
    ):
        said = await his.say("breast", CURSE, client_id="one")
        assert said["type"] == "message.posted"
        await sanction(facilitator, "breast", his.welcome["member"]["id"], "mute")
        assert (await his.say("breast", "hello", client_id="two"))["code"] == "sanctioned"
        again = await his.say("breast", CURSE, client_id="one")
        assert (again["type"], again["message"]) == ("message.posted", said["message"])

"""The browser side's models, alone: imported into an empty page of a real Chromium, without elements and without a server."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page

pytestmark = pytest.mark.anyio

MESSAGE = """
const message = (seq, version, text = `said ${seq}`) => ({
  seq, version, text, author: {id: "ben", name: "Ben", role: "member"}, at: "2026-11-23T12:04:00.000Z",
  reply_to: null, edited: false, removed: null, reactions: {}, pinned: false,
});
"""


@pytest.fixture
async def page(browser: Browser, files: str) -> AsyncIterator[Page]:
    context = await browser.new_context()
    try:
        page = await context.new_page()
        await page.goto(f"{files}/blank")
        yield page
    finally:
        await context.close()


async def run(page: Page, imports: str, script: str, argument: Any = None) -> Any:
    """What the script returns, with names imported from modules: {"wait": "/lib/backoff.js"} as `wait from /lib/backoff.js`."""
    loads = "".join(
        f"const {{ {names} }} = await import({json.dumps(path)});"
        for names, _, path in (line.partition(" from ") for line in imports.split("; "))
    )
    return await page.evaluate(f"async (argument) => {{ {loads} {MESSAGE} {script} }}", argument)


BACKOFF = "wait, afterClose, BASE, CAP from /lib/backoff.js"
TIMELINE = "Timeline from /chat/timeline.js"
PENDING = "Pending, STALE from /chat/pending.js; Store from /lib/store.js"
DRAFT = "Draft from /chat/draft.js; Store from /lib/store.js"


async def test_a_wait_is_drawn_from_the_whole_range_below_a_doubling_ceiling(page: Page) -> None:
    most = await run(page, BACKOFF, "return [0, 1, 2, 3].map((n) => wait(n, () => 0.9999999))")
    least = await run(page, BACKOFF, "return [0, 5, 50].map((n) => wait(n, () => 0))")

    assert most == [499, 999, 1999, 3999]
    assert least == [0, 0, 0]


async def test_a_wait_never_exceeds_half_a_minute(page: Page) -> None:
    assert await run(page, BACKOFF, "return [7, 100, 5000].map((n) => wait(n, () => 0.9999999) < CAP)") == [True] * 3


async def test_only_the_final_range_of_close_codes_ends_the_coming_back(page: Page) -> None:
    codes = [1000, 1001, 1006, 1011, 4400, 4408, 4429, 4499, 4500, 4501, 4503, 4510, 4599, 4600]
    returned = await run(page, BACKOFF, "return argument.map(afterClose)", codes)

    assert dict(zip(codes, returned, strict=True)) == {
        **dict.fromkeys([1000, 1001, 1006, 1011, 4400, 4408, 4429, 4499, 4600], "return"),
        **dict.fromkeys([4500, 4510, 4599], "ended"),
        4501: "signed-out",
        4503: "banned",
    }


async def test_messages_that_come_out_of_order_stand_in_order(page: Page) -> None:
    seqs, last, hole = await run(
        page,
        TIMELINE,
        """const timeline = new Timeline({epoch: "e", last: 2, messages: [message(1, 1), message(2, 2)]});
           timeline.change(message(4, 4));
           const hole = timeline.hasHole;
           timeline.change(message(3, 3));
           return [timeline.messages.map((m) => m.seq), timeline.last, [hole, timeline.hasHole]];""",
    )

    assert seqs == [1, 2, 3, 4]
    assert last == 4
    assert hole == [True, False]


async def test_a_hole_keeps_the_counter_back_until_the_room_has_caught_up(page: Page) -> None:
    before, behind, after = await run(
        page,
        TIMELINE,
        """const timeline = new Timeline({epoch: "e", last: 2, messages: [message(1, 1), message(2, 2)]});
           timeline.change(message(6, 6));
           const before = timeline.last, behind = [timeline.isBehind(6), timeline.isBehind(2), timeline.isBehind(2, "f")];
           timeline.caughtUp(5);
           return [before, behind, timeline.last];""",
    )

    assert before == 2
    assert behind == [True, False, True]
    assert after == 6


async def test_an_older_version_of_a_message_is_ignored_and_a_newer_one_taken(page: Page) -> None:
    hows, text = await run(
        page,
        TIMELINE,
        """const timeline = new Timeline({epoch: "e", last: 5, messages: [message(1, 5, "mended")]});
           const hows = [timeline.put(message(1, 1, "first")), timeline.put(message(1, 5, "same"))];
           hows.push(timeline.change(message(1, 6, "again")));
           return [hows, timeline.get(1).text];""",
    )

    assert hows == ["ignored", "ignored", "changed"]
    assert text == "again"


async def test_another_epoch_starts_the_timeline_afresh(page: Page) -> None:
    seqs, last, epoch = await run(
        page,
        TIMELINE,
        """const timeline = new Timeline({epoch: "e", last: 9, messages: [message(8, 8), message(9, 9)]});
           timeline.reset("f", 3, [message(2, 3), message(1, 1)]);
           return [timeline.messages.map((m) => m.seq), timeline.last, timeline.epoch];""",
    )

    assert seqs == [1, 2]
    assert last == 3
    assert epoch == "f"


async def test_a_trimmed_timeline_keeps_the_readers_end_and_lets_nothing_in_beyond_it(page: Page) -> None:
    gone, seqs, detached, how, last = await run(
        page,
        TIMELINE,
        """const five = [1, 2, 3, 4, 5].map((n) => message(n, n));
           const timeline = new Timeline({epoch: "e", last: 5, messages: five});
           const gone = timeline.trim(3, "newer");
           const detached = timeline.detached;
           const how = [timeline.change(message(6, 6)), timeline.change(message(2, 7, "mended"))];
           return [gone, timeline.messages.map((m) => m.seq), detached, how, timeline.last];""",
    )

    assert gone == [4, 5]
    assert seqs == [1, 2, 3]
    assert detached is True
    assert how == ["ignored", "changed"]
    assert last == 7


async def test_a_change_of_a_message_older_than_the_window_does_not_tear_it(page: Page) -> None:
    how, seqs = await run(
        page,
        TIMELINE,
        """const timeline = new Timeline({epoch: "e", last: 9, messages: [message(8, 8), message(9, 9)]});
           const how = timeline.change(message(2, 10, "mended"));
           return [how, timeline.messages.map((m) => m.seq)];""",
    )

    assert how == "ignored"
    assert seqs == [8, 9]


async def test_what_is_pending_survives_a_reload_under_the_same_id(page: Page) -> None:
    make = 'const pending = new Pending({store: new Store(), member: "alice", room: "lounge"});'
    await run(page, PENDING, make + 'pending.add({client_id: "c1", text: "hello", reply_to: 7}); return null')
    await page.reload()
    kept = await run(page, PENDING, make + "return pending.sendable")

    assert [(one["client_id"], one["text"], one["reply_to"]) for one in kept] == [("c1", "hello", 7)]


async def test_what_is_pending_belongs_to_one_member_and_one_room(page: Page) -> None:
    others = await run(
        page,
        PENDING,
        """const of = (member, room) => new Pending({store: new Store(), member, room});
           of("alice", "lounge").add({client_id: "c1", text: "hello"});
           return [of("ben", "lounge").entries.length, of("alice", "thyroid").entries.length, of("alice", "lounge").entries.length];""",
    )

    assert others == [0, 0, 1]


async def test_a_text_older_than_ten_minutes_is_not_sent_without_asking(page: Page) -> None:
    fresh, stale, renewed = await run(
        page,
        PENDING,
        """let now = 1_000_000;
           const pending = new Pending({store: new Store(), member: "alice", room: "lounge", now: () => now});
           pending.add({client_id: "c1", text: "hello"});
           now += STALE;
           const fresh = pending.sendable.length;
           now += 1;
           const stale = [pending.sendable.length, pending.entries.length];
           pending.renew("c1");
           return [fresh, stale, pending.sendable.map((one) => one.client_id)];""",
    )

    assert fresh == 1
    assert stale == [0, 1]
    assert renewed == ["c1"]


async def test_a_pending_text_is_settled_once(page: Page) -> None:
    settled = await run(
        page,
        PENDING,
        """const pending = new Pending({store: new Store(), member: "alice", room: "lounge"});
           pending.add({client_id: "c1", text: "hello"});
           pending.add({client_id: "c1", text: "hello"});
           const twice = pending.entries.length;
           return [twice, pending.settle("c1")?.text, pending.settle("c1")?.text ?? null, pending.settle(null) ?? null];""",
    )

    assert settled == [1, "hello", None, None]


async def test_a_draft_survives_a_reload_with_what_it_answers(page: Page) -> None:
    make = 'const draft = new Draft({store: new Store(), member: "alice", room: "lounge"});'
    await run(page, DRAFT, make + 'draft.keep("half a thought", 12); return null')
    await page.reload()
    kept = await run(page, DRAFT, make + "return [draft.text, draft.replyTo]")
    cleared = await run(page, DRAFT, make + "draft.clear(); return [draft.text, draft.replyTo]")

    assert kept == ["half a thought", 12]
    assert cleared == ["", None]


async def test_words_that_come_back_never_push_out_words_being_written(page: Page) -> None:
    merged = await run(
        page, DRAFT, 'return [Draft.merge("back", ""), Draft.merge("back", "new"), Draft.merge("back", "back")]'
    )

    assert merged == ["back", "back\n\nnew", "back"]


async def test_a_browser_that_refuses_to_remember_still_works_for_as_long_as_the_page(page: Page) -> None:
    text = await run(
        page,
        DRAFT,
        """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
           const store = new Store();
           new Draft({store, member: "alice", room: "lounge"}).keep("half a thought");
           return new Draft({store, member: "alice", room: "lounge"}).text;""",
    )

    assert text == "half a thought"


async def test_marks_count_code_points_as_the_server_does(page: Page) -> None:
    parts = await run(
        page,
        "marked from /chat/answer.js",
        """return marked("🤗 you damn 🤗", [[6, 10]]).map((part) => typeof part === "string" ? part : [part.localName, part.textContent]);""",
    )

    assert parts == ["🤗 you ", ["mark", "damn"], " 🤗"]

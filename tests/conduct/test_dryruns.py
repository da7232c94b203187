"""Dry runs: the numbers are right, bounded, and about what was said in the last 30 days only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest

from app.community.members import Who
from app.community.rooms import Place
from app.conduct import dryruns
from app.conduct.comparison import Change
from app.conduct.dryruns import BUSY, EXAMPLES, WINDOW, DryRun, DryRuns
from app.rules.book import Book, book_of
from app.rules.watching import Watched
from tests.community.stage import Stage, operation

pytestmark = pytest.mark.anyio

SCORED = ("respect", "scam", "promotion", "medical-advice")
"""Rules that weigh meaning: what they make of a soup is not what these tests are about."""
PLAIN = book_of({}, disabled=SCORED)
CHANGED = book_of(
    {}, {"allowed": ["bullshit"]}, disabled=SCORED,
    watched=[Watched("soup", "personal-data", "hold"), Watched("spoons?", "cursing", "nudge", "pattern")],
)  # fmt: skip
HELD = Change("personal-data", "allow", "hold")


@pytest.fixture
def runs(any_stage: Stage) -> Iterator[DryRuns]:
    made = DryRuns(any_stage.db, any_stage.clock)
    yield made
    made.close()


def _always(book: Book) -> Callable[[str], Book]:
    return lambda _: book


async def _try(runs: DryRuns, *places: Place, edited: Book = CHANGED) -> DryRun:
    run = await runs.carry_out({place.id: place.slug for place in places}, _always(PLAIN), _always(edited))
    assert isinstance(run, DryRun)
    return run


async def _say(stage: Stage, who: Who, place: Place, *texts: str) -> None:
    await stage.settle(*(stage.post(who, place, text) for text in texts))


async def test_a_dry_run_counts_what_would_fare_differently_and_shows_it(any_stage: Stage, runs: DryRuns) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast, stage.lounge)
    await _say(stage, alice, stage.breast, "Good soup.", "A spoon, and two spoons.", "What bullshit.", "Hello.", "Hug.")
    await _say(stage, alice, stage.lounge, "More soup.")
    run = await _try(runs, stage.breast)
    assert (run.judged, run.changed, run.cut) == (5, 3, None)
    assert run.changes == {HELD: 1, Change("cursing", "allow", "nudge"): 1, Change("cursing", "refuse", "allow"): 1}
    assert [each.text for each in run.examples] == ["What bullshit.", "A spoon, and two spoons.", "Good soup."]
    assert {each.room for each in run.examples} == {"breast"}
    both = await _try(runs, stage.breast, stage.lounge)
    assert (both.judged, both.changes[HELD]) == (6, 2)
    assert sorted(each.room for each in both.examples if each.change == HELD) == ["breast", "lounge"]


async def test_the_same_books_change_nothing(any_stage: Stage, runs: DryRuns) -> None:
    alice = await any_stage.person("alice", any_stage.breast)
    await _say(any_stage, alice, any_stage.breast, "Good soup.", "What bullshit.")
    run = await _try(runs, any_stage.breast, edited=PLAIN)
    assert (run.judged, run.changed, run.examples, run.cut) == (2, 0, [], None)


async def test_each_room_is_judged_by_its_own_books(any_stage: Stage, runs: DryRuns) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast, stage.lounge)
    for place in (stage.breast, stage.lounge):
        await _say(stage, alice, place, "Good soup.")
    rooms = {place.id: place.slug for place in (stage.breast, stage.lounge)}
    books = {"breast": CHANGED, "lounge": PLAIN}
    run = await runs.carry_out(rooms, _always(PLAIN), books.__getitem__)
    assert isinstance(run, DryRun)
    assert [each.room for each in run.examples] == ["breast"]


@pytest.mark.parametrize("everywhere", [True, False])
async def test_only_the_last_30_days_are_looked_at(any_stage: Stage, runs: DryRuns, *, everywhere: bool) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast, stage.lounge)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    held = await stage.held(alice, stage.breast, "Held soup, long ago.")
    await _say(stage, alice, stage.breast, "Old soup.")
    stage.clock.go(seconds=WINDOW.total_seconds())
    await _say(stage, alice, stage.breast, "Young soup.")
    stage.clock.go(milliseconds=1)
    await stage.one(operation("release", fay, stage.breast, message_id=held))  # old, and the newest number of the room
    run = await _try(runs, stage.breast, *((stage.lounge,) if everywhere else ()))
    assert [each.text for each in run.examples] == ["Young soup."]
    assert run.judged == 1


@pytest.mark.parametrize("everywhere", [True, False])
async def test_what_was_held_or_removed_by_a_facilitator_is_tried_and_what_its_author_took_back_is_not(
    any_stage: Stage, runs: DryRuns, *, everywhere: bool
) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast, stage.lounge)
    fay = await stage.person("fay", stage.breast, facilitates=True)
    await _say(stage, alice, stage.breast, "Soup taken back.", "Soup taken away.")
    await stage.one(operation("remove", alice, stage.breast, 1))
    await stage.one(operation("remove", fay, stage.breast, 2))
    await stage.held(alice, stage.breast, "Held soup.")
    run = await _try(runs, stage.breast, *((stage.lounge,) if everywhere else ()))
    assert sorted(each.text for each in run.examples) == ["Held soup.", "Soup taken away."]
    assert run.judged == 2


@pytest.mark.parametrize("everywhere", [True, False])
async def test_many_messages_are_read_in_pages_and_no_more_than_the_newest_so_many(
    any_stage: Stage, runs: DryRuns, monkeypatch: pytest.MonkeyPatch, *, everywhere: bool
) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast, stage.lounge)
    monkeypatch.setattr(dryruns, "PAGE", 10)
    for number in range(65):
        stage.clock.go(seconds=1)
        await _say(stage, alice, stage.breast, f"Soup {number}.")
    places = (stage.breast, *((stage.lounge,) if everywhere else ()))
    run = await _try(runs, *places)
    assert (run.judged, run.changed, run.cut, len(run.examples)) == (65, 65, None, EXAMPLES)
    assert run.examples[0].text == "Soup 64."
    monkeypatch.setattr(dryruns, "MOST", 25)
    run = await _try(runs, *places)
    assert (run.judged, run.changed, run.cut) == (25, 25, "number")
    assert run.examples[-1].text == "Soup 40."


async def test_a_dry_run_ends_when_its_time_is_over_and_says_so(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    await _say(stage, alice, stage.breast, *(f"Soup {number}." for number in range(10)))
    seconds = iter(range(0, 1_000, 4))
    hurried = DryRuns(stage.db, stage.clock, lambda: float(next(seconds)))
    run = await _try(hurried, stage.breast)
    assert run.cut == "time"
    assert run.judged == len(run.examples) == 5  # at 4 of 20 seconds each
    assert run.examples[0].text == "Soup 9."
    hurried.close()


async def test_few_may_wait_for_their_turn_and_one_more_is_told_to_come_again(stage: Stage) -> None:
    runs = DryRuns(stage.db, stage.clock)
    rooms = {stage.breast.id: "breast"}
    answers = await asyncio.gather(*(runs.carry_out(rooms, _always(PLAIN), _always(PLAIN)) for _ in range(6)))
    assert answers.count(BUSY) == 2
    assert isinstance(await runs.carry_out(rooms, _always(PLAIN), _always(PLAIN)), DryRun)
    runs.close()

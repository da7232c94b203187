"""Whatever members do, in whatever batches: the numbers of a room have no gap and the counts beside messages are true."""

from __future__ import annotations

import itertools
from collections import Counter

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlmodel import col, select

from app.community.events import ConversationChanged
from app.community.members import Who
from app.community.messages import REACTIONS, Message, Reaction
from app.community.operations import Edit, Operation, Pin, Post, React, Release, Remove, Restore
from app.community.rooms import Place
from tests.community.stage import Stage

pytestmark = pytest.mark.anyio

SEQS = st.integers(1, 9)
WHO = st.integers(0, 2)
ROOM = st.sampled_from(["breast", "lounge"])
Step = tuple[str, int, str, int, bool, str]
STEPS = st.tuples(
    st.sampled_from(["post", "post", "hold", "edit", "remove", "restore", "react", "react", "pin", "release"]),
    WHO, ROOM, SEQS, st.booleans(), st.sampled_from(REACTIONS),
)  # fmt: skip
BATCHES = st.lists(st.lists(STEPS, min_size=1, max_size=8), min_size=1, max_size=6)


def _operation(step: Step, who: Who, place: Place, held: list[str], number: int) -> Operation:
    kind, _, _, seq, flag, reaction = step
    match kind:
        case "post" | "hold":
            # A small number of client ids, so that doubles and conflicts come up.
            rule = "promotion" if kind == "hold" else None
            text = f"Text {seq}"
            return Post(who=who, room_id=place.id, client_id=f"c{number % 7}{flag}", text=text, held_rule=rule)
        case "edit":
            return Edit(who=who, room_id=place.id, seq=seq, text=f"Edited {flag}")
        case "remove":
            return Remove(who=who, room_id=place.id, seq=seq)
        case "restore":
            return Restore(who=who, room_id=place.id, seq=seq)
        case "react":
            return React(who=who, room_id=place.id, seq=seq, reaction=reaction, on=flag)
        case "pin":
            return Pin(who=who, room_id=place.id, seq=seq, pinned=flag)
        case _:
            message_id = held[seq % len(held)] if held else "none"
            return Release(who=who, room_id=place.id, message_id=message_id, accept=flag)


async def _check(stage: Stage, place: Place) -> None:
    rows = await stage.stored(place)
    counter = await stage.counter(place)
    events = [event for event in stage.told if isinstance(event, ConversationChanged) and event.room == place.slug]
    assert [event.message.version for event in events] == list(range(1, counter + 1))
    numbered = [row for row in rows if row["seq"] is not None]
    assert len({row["seq"] for row in numbered}) == len(numbered)
    assert all(1 <= row["seq"] <= row["version"] <= counter for row in numbered)
    assert len({row["version"] for row in numbered}) == len(numbered)
    assert all((row["state"] == "posted") == (row["seq"] is not None) for row in rows)
    latest = {event.message.seq: event.message for event in events}
    assert {view.seq: view for view in await stage.page(place)} == latest
    async with stage.db.read() as connection:
        marks = await connection.execute(select(Reaction.message_id, Reaction.reaction))
        given: dict[str, Counter[str]] = {}
        for message_id, reaction in marks:
            given.setdefault(message_id, Counter())[reaction] += 1
    assert all(msgspec.json.decode(row["reactions"]) == given.get(row["id"], {}) for row in rows)


async def _clear(stage: Stage) -> None:
    stage.told.clear()
    async with stage.db.write() as connection:
        await connection.execute(delete(Reaction))
        await connection.execute(delete(Message))
    for place in stage.places.values():
        await stage.set_room(place, counter=0)


@pytest.fixture
async def cast(any_stage: Stage) -> list[Who]:
    rooms = (any_stage.breast, any_stage.lounge)
    alice, ben = await any_stage.person("alice", *rooms), await any_stage.person("ben", *rooms)
    return [alice, ben, await any_stage.person("fay", *rooms, facilitates=True)]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=BATCHES)
async def test_after_any_series_the_numbers_and_counts_are_true(
    any_stage: Stage, cast: list[Who], batches: list[list[Step]]
) -> None:
    stage = any_stage
    await _clear(stage)
    numbers = itertools.count()
    for batch in batches:
        async with stage.db.read() as connection:
            query = select(Message.id).where(col(Message.state) == "held").order_by(col(Message.id))
            held = list((await connection.execute(query)).scalars())
        operations = [_operation(step, cast[step[1]], stage.places[step[2]], held, next(numbers)) for step in batch]
        answers = await stage.settle(*operations)
        assert len(answers) == len(operations)
        for place in stage.places.values():
            await _check(stage, place)

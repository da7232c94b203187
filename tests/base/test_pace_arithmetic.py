"""The cell rate algorithm: a burst at once, then one in its time, never more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import pace
from app.base.pace import MemoryPace

pytestmark = pytest.mark.anyio


class Hands:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def __call__(self) -> float:
        return self.at


def test_a_burst_is_free_and_then_one_in_its_time() -> None:
    hands = Hands()
    kept = MemoryPace(hands)
    assert [kept.take_now("a", 3, 4.0) for _ in range(4)] == [0.0, 0.0, 0.0, 4.0]
    hands.at += 3.9
    assert kept.take_now("a", 3, 4.0) == pytest.approx(0.1)
    hands.at += 0.1
    assert kept.take_now("a", 3, 4.0) == 0.0
    assert kept.take_now("a", 3, 4.0) == pytest.approx(4.0)
    hands.at += 1_000
    assert [kept.take_now("a", 3, 4.0) for _ in range(4)] == [0.0, 0.0, 0.0, 4.0]


def test_one_key_does_not_slow_another() -> None:
    kept = MemoryPace(Hands())
    assert kept.take_now("a", 1, 4.0) == 0.0
    assert kept.take_now("a", 1, 4.0) == 4.0
    assert kept.take_now("b", 1, 4.0) == 0.0


async def test_a_turn_given_back_may_be_taken_again() -> None:
    kept = MemoryPace(Hands())
    await kept.give_back("a", 4.0)
    assert await kept.take("a", 1, 4.0) == 0.0
    assert await kept.take("a", 1, 4.0) == 4.0
    await kept.give_back("a", 4.0)
    assert await kept.take("a", 1, 4.0) == 0.0
    assert await kept.take("a", 1, 4.0) == 4.0


def test_no_seconds_between_means_no_pace() -> None:
    kept = MemoryPace(Hands())
    assert {kept.take_now("a", 1, 0.0) for _ in range(100)} == {0.0}


def test_of_very_many_keys_the_longest_unused_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "KEYS_KEPT", 2)
    hands = Hands()
    kept = MemoryPace(hands)
    for key in ("a", "b", "c"):
        kept.take_now(key, 1, 60.0)
    assert kept.take_now("c", 1, 60.0) == 60.0
    assert kept.take_now("a", 1, 60.0) == 0.0


@given(
    burst=st.integers(1, 8),
    seconds=st.floats(0.1, 100),
    waits=st.lists(st.floats(0, 30), min_size=1, max_size=60),
)
def test_in_any_span_no_more_go_than_the_burst_and_one_for_each_time(
    burst: int, seconds: float, waits: list[float]
) -> None:
    hands = Hands()
    kept, taken = MemoryPace(hands), list[float]()
    for wait in waits:
        hands.at += wait
        answer = kept.take_now("a", burst, seconds)
        assert 0 <= answer <= seconds * 1.001
        if answer == 0.0:
            taken.append(hands.at)
        else:
            # What was said is true: after that wait (and a hair) it is free.
            hands.at += answer + 1e-6
            assert kept.take_now("a", burst, seconds) == 0.0
            taken.append(hands.at)
    for first, start in enumerate(taken):
        for count, end in enumerate(taken[first:], start=1):
            assert count <= burst + (end - start) / seconds + 1e-3

from __future__ import annotations

import json
from typing import Any

import pytest

from app.ops import judging
from app.ops.judging import judge_lines
from app.rules.book import Book, book_of

STORY = "My husband was told last week that it is stage three bowel cancer and I am scared"


def answers(*lines: dict[str, Any] | str) -> list[dict[str, Any]]:
    given = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return [json.loads(line) for line in judge_lines(given, lambda _room: book_of({}))]


def test_an_answer_has_exactly_the_fields_of_the_contract() -> None:
    (answer,) = answers({"id": "a", "text": "shit, the lift is out, shit"})
    assert list(answer) == ["id", "verdict", "rules", "care", "spans", "why"]
    assert answer["verdict"] == "refuse"
    assert answer["rules"] == ["cursing"]
    assert answer["care"] == []
    assert answer["spans"] == {"cursing": [[0, 4], [23, 27]]}
    assert answer["why"]


def test_a_clean_line_is_allowed() -> None:
    assert answers({"id": 1, "text": "hello"}) == [
        {"id": 1, "verdict": "allow", "rules": [], "care": [], "spans": {}, "why": ""}
    ]


def test_ten_lines_in_are_ten_lines_out_in_the_same_order() -> None:
    given = [{"id": n, "text": "shit" if n % 2 else "hello"} for n in range(10)]
    told = answers(*given)
    assert [answer["id"] for answer in told] == list(range(10))
    assert [answer["verdict"] for answer in told] == ["allow", "refuse"] * 5


@pytest.mark.parametrize("bad", ["{", "nonsense", '{"id": 1, "text": "a"', "[1, 2]", '"text"', "7"])
def test_bad_json_is_told_and_the_next_line_judged(bad: str) -> None:
    first, second = answers(bad, {"id": 2, "text": "hello"})
    assert first["id"] is None
    assert first["error"]
    assert second["verdict"] == "allow"


@pytest.mark.parametrize(
    "bad", [{"id": "x"}, {"id": "x", "text": 5}, {"id": "x", "text": "a", "at": "yesterday"}, {"id": "x", "text": None}]
)
def test_an_unusable_line_keeps_its_id(bad: dict[str, Any]) -> None:
    (answer,) = answers(bad)
    assert set(answer) == {"id", "error"}
    assert answer["id"] == "x"


def test_unknown_fields_and_blank_lines_are_passed_over() -> None:
    (answer,) = answers(
        "", "  \n", {"id": "a", "text": "hello", "labels": ["x"], "author": None, "at": None, "room": None}
    )
    assert answer["verdict"] == "allow"


def test_a_line_without_an_id_is_judged() -> None:
    (answer,) = answers({"text": "hello"})
    assert answer["id"] is None
    assert answer["verdict"] == "allow"


def test_spans_count_code_points_after_crlf_became_lf() -> None:
    (answer,) = answers({"id": "a", "text": "😀\r\nshit"})
    assert answer["spans"] == {"cursing": [[2, 6]]}


def test_similar_posts_are_judged_for_each_author_alone() -> None:
    told = answers(
        {"id": 1, "text": STORY, "author": "alice"},
        {"id": 2, "text": STORY, "author": "ben"},
        {"id": 3, "text": STORY, "author": "alice"},
        {"id": 4, "text": STORY},
        {"id": 5, "text": STORY},
    )
    assert [answer["rules"] for answer in told] == [[], [], ["similar-posts"], [], []]


def test_a_refused_repeat_counts_as_said_and_the_distance_in_time_too() -> None:
    told = answers(
        {"id": 1, "text": STORY, "author": "alice", "at": "2026-03-01T10:00:00Z"},
        {"id": 2, "text": STORY, "author": "alice", "at": "2026-03-01T20:00:00+02:00"},
        {"id": 3, "text": STORY, "author": "alice", "at": "2026-03-02T11:00:00Z"},
        {"id": 4, "text": STORY, "author": "alice", "at": "2026-03-03T11:00:01Z"},
    )
    assert [answer["rules"] for answer in told] == [[], ["similar-posts"], ["similar-posts"], []]


def test_a_second_room_hears_a_story_once() -> None:
    rooms = ("bowel", "caregivers", "lounge")
    told = answers(*({"id": room, "text": STORY, "author": "alice", "room": room} for room in rooms))
    assert [answer["rules"] for answer in told] == [[], [], ["similar-posts"]]


def test_each_room_has_its_book() -> None:
    def book_for(room: str) -> Book:
        return book_of({}, {"verdicts": {"cursing": "nudge"}} if room == "lounge" else {})

    lines = [json.dumps({"id": room, "text": "shit", "room": room}) for room in ("lounge", "bowel")]
    assert [json.loads(line)["verdict"] for line in judge_lines(lines, book_for)] == ["nudge", "refuse"]


def test_the_memory_forgets_the_author_who_was_silent_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "AUTHORS", 2)
    told = answers(
        *({"id": n, "text": STORY, "author": who} for n, who in enumerate(["alice", "ben", "fay", "alice", "fay"]))
    )
    assert [answer["rules"] for answer in told] == [[], [], [], [], ["similar-posts"]]


def test_every_line_of_output_is_one_line() -> None:
    (line,) = judge_lines(['{"id": "a\\nb", "text": "oh\\nshit"}'], lambda _room: book_of({}))
    assert "\n" not in line

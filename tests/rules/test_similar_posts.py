from __future__ import annotations

import pytest

from app.rules.book import book_of
from app.rules.draft import Draft, Earlier, Kind
from app.rules.folding import fold
from app.rules.likeness import profile_of
from app.rules.similar_posts import WINDOW, look
from app.rules.verdict import Finding

BOOK = book_of({})
STORY = "My husband was told last week that it is stage three bowel cancer and I am scared"
QUESTION = "Can somebody tell me what to expect from the first chemo on Monday?"


def findings(text: str, *earlier: Earlier, at: float = 0.0, room: str = "", kind: Kind = "message") -> list[Finding]:
    draft = Draft(text, at, room, earlier, kind=kind)
    return list(look(draft, fold(text), BOOK))


def stopped(texts: list[str], gap: float = 30.0) -> list[bool]:
    """Which of these, written by one person in one room one after the other, are stopped."""
    told: list[Earlier] = []
    answers = []
    for number, text in enumerate(texts):
        answers.append(bool(findings(text, *told, at=number * gap)))
        told.append(Earlier(text, number * gap))
    return answers


@pytest.mark.parametrize(
    "again",
    [
        QUESTION,
        QUESTION.upper(),
        f"{QUESTION}!!! 🙏🙏",
        "can someone pls tell me what to expect from first chemo monday",
        "Can some\u200bbody tell me what to expect from the first chemo on Mondау?",
        "On Monday, can somebody tell me what to expect from the first chemo?",
        f"Hello? {QUESTION} Anyone?",
    ],
)
def test_the_same_again_is_stopped(again: str) -> None:
    assert stopped([QUESTION, again]) == [False, True]


@pytest.mark.parametrize(
    "texts",
    [
        ["thank you", "thank you", "thank you"],
        ["hugs", "hugs", "❤️", "❤️", "same here", "same here"],
        ["good luck tomorrow", "good luck tomorrow"],
        ["Hugs to you all, thinking of you tonight"] * 3,
        ["Day 3 of radiation, tired", "Day 4 of radiation, tired", "Day 5 of radiation, tired"],
        ["Day three of radiation, tired", "Day four of radiation, tired"],
        ["Cycle 1 of 6 done, home and in bed now", "Cycle 2 of 6 done, home and in bed now"],
        ["1. ask about the port and flushes", "2. ask about the port and flushes for Ben"],
        ["Day 3 of radiation, tired but here", "Day 4 of radiation, more tired but here"],
        ["My temperature is 37.8 and I feel shivery", "My temperature is 38.2 and I feel shivery"],
        ["PSA 0.04 this spring, still holding my breath", "PSA 0.03 this spring, still holding my breath"],
        ["How do I tell my kids that it came back?", "How do I tell my boss that it came back?"],
        ["I had the port put in today and it hurts", "I had the port taken out today and it feels great"],
        ["Waiting for the scan results, so nervous today", "Waiting for the blood results, so tired today"],
        [STORY, QUESTION],
    ],
)
def test_short_replies_series_and_new_things_pass(texts: list[str]) -> None:
    assert not any(stopped(texts))


def test_a_flood_is_stopped_but_for_its_first() -> None:
    texts = [f"My page about the bake sale is up{'!' * n} come and have a look at the cakes" for n in range(50)]
    assert stopped(texts) == [False] + [True] * 49


def test_an_offer_with_another_word_in_it_is_the_same_offer_and_a_question_is_another_question() -> None:
    things = ("cakes", "candles", "blankets")
    assert stopped([f"The best {what} that money can buy is on my page today" for what in things]) == [
        False,
        True,
        True,
    ]
    assert not any(stopped([f"How do I tell my {who} that it came back?" for who in ("kids", "boss", "mother")]))


def test_once_it_is_a_flood_another_word_makes_no_difference() -> None:
    texts = [
        f"Third denial from Northgate and I am {how} being polite with these people"
        for how in ("done", "Done", "finished")
    ]
    assert stopped(texts) == [False, True, True]
    assert stopped(texts[1:]) == [False, False]


def test_an_offer_is_heard_in_one_room_only_and_a_story_in_two() -> None:
    for text, again in (("Soft wigs, 20 off with code SOFT20, link in my profile", True), (STORY, False)):
        assert bool(findings(text, Earlier(text, 0.0, "lung"), at=60.0, room="bowel")) is again


def test_a_few_words_pass_twice_but_not_a_third_time_at_once() -> None:
    assert stopped(["what a day it was", "what a day it was", "what a day it was"]) == [False, False, True]
    assert not any(stopped(["what a day it was"] * 4, gap=601.0))
    assert not any(stopped(["lol"] * 4))


def test_a_number_that_counts_nothing_makes_no_series() -> None:
    assert stopped([f"Come to my bake sale on Sunday everybody x{n}" for n in (11, 12, 13)]) == [False, True, True]


def test_a_story_is_told_once_more_in_a_second_room_but_not_in_a_third() -> None:
    first, second = Earlier(STORY, 0.0, "bowel"), Earlier(STORY, 60.0, "caregivers")
    assert findings(STORY, first, at=60.0, room="caregivers") == []
    assert findings(STORY, first, at=60.0, room="bowel") != []
    assert findings(STORY, first, second, at=120.0, room="lounge") != []


def test_after_a_day_it_may_be_said_again() -> None:
    assert findings(STORY, Earlier(STORY, 0.0), at=WINDOW - 1)
    assert findings(STORY, Earlier(STORY, 0.0), at=WINDOW) == []


def test_what_was_said_long_ago_must_be_more_alike() -> None:
    again = "can someone pls tell me what to expect from first chemo monday"
    assert findings(again, Earlier(QUESTION, 0.0), at=60.0)
    assert findings(again, Earlier(QUESTION, 0.0), at=WINDOW / 2) == []


@pytest.mark.parametrize("kind", ["edit", "name", "note"])
def test_only_messages_are_compared(kind: Kind) -> None:
    assert findings(STORY, Earlier(STORY, 0.0), kind=kind) == []
    assert findings(STORY, Earlier(STORY, 0.0))


def test_the_answer_names_what_it_resembles_and_a_way_on() -> None:
    (finding,) = findings(STORY, Earlier(STORY, 0.0))
    assert "My husband was told last week" in finding.why
    assert finding.suggestion is None
    assert "edit" in finding.why
    assert finding.level == "repeat"
    assert finding.guideline == "no-flooding"
    assert finding.spans == ((0, len(STORY)),)


def test_the_answer_speaks_the_authors_language() -> None:
    text = "A mi marido le dijeron la semana pasada que es estadio tres y tengo mucho miedo"
    (finding,) = findings(text, Earlier(text, 0.0))
    assert finding.why.startswith("Acabas de decir algo muy parecido")


def test_a_text_with_braces_is_quoted_as_it_is() -> None:
    text = "why does the portal show {0} and {name} where my results should be"
    (finding,) = findings(text, Earlier(text, 0.0))
    assert "{0} and {name}" in finding.why


def test_what_was_said_before_is_looked_at_once() -> None:
    profile_of.cache_clear()
    earlier = tuple(Earlier(f"{QUESTION} {n}", 0.0) for n in range(48))
    for _ in range(3):
        findings(STORY, *earlier)
    assert profile_of.cache_info().misses == 48
    assert profile_of.cache_info().maxsize is not None

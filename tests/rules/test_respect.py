"""Respect: what is said against somebody is stopped; anger, grief, banter and quoted insults pass."""

from __future__ import annotations

import pytest

from tests.rules.conftest import Judged

STOPPED = [
    "nobody cares about your stupid updates karen",
    "You people come here and drain our system.",
    "maybe if you weren't so fat you wouldn't have got it",
    "stop whining, some of us have real cancer",
    "you're a liar, you never even had chemo",
    "Did nobody teach you to spell? Embarrassing.",
    "ur pathetic lol",
    "What a useless facilitator you are, resign.",
    "eres una ridicula, nadie te aguanta",
    "callate ya inutil",
]
PASSES = [
    "I hate this disease with everything I have.",
    "My insurance company can rot in hell.",
    "my ex called me useless, in front of the kids",
    "I feel so stupid, I left the keys in the fridge again",
    "I don't agree, for us hospice was the right step. Hugs to you.",
    "no way!! best news of my whole year, I am screaming",
    "my hair looks ridiculous and I love it",
    "The doctor was rude to my mother.",
    "odio este cancer",
    "mi hermana dice que soy una pesada jaja",
]


@pytest.mark.parametrize("text", STOPPED)
def test_it_is_found_and_told_in_the_authors_language(judged: Judged, text: str) -> None:
    finding = next(finding for finding in judged(text).findings if finding.rule == "respect")
    assert finding.why
    assert all(text[start:end].strip() for start, end in finding.spans)


@pytest.mark.parametrize("text", PASSES)
def test_what_looks_like_it_passes(judged: Judged, text: str) -> None:
    assert [finding for finding in judged(text).findings if finding.rule == "respect"] == []

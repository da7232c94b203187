"""Medical advice: telling another what to take, stop, change or skip is coached; experience and questions pass."""

from __future__ import annotations

import pytest

from tests.rules.conftest import Judged

STOPPED = [
    "you should stop taking the tamoxifen, it's poison",
    "just halve the dose, I would",
    "skip the evening one, nobody will notice",
    "That rash is shingles, hun. Ask for aciclovir and start today.",
    "take 2 turmeric capsules a day and drop the metformin",
    "if i were you id refuse the radiation",
    "double the dex on day 3",
    "dont do the second round, your body needs rest",
    "deja la quimio y toma guanabana",
    "suspende la quimio y toma bicarbonato",
]
PASSES = [
    "I stopped mine after two years and my oncologist was fine with it.",
    "should i take it with food or without?",
    "my onc told me to skip wednesday's pill",
    "please ring the nurse line about that",
    "bring a blanket and a long charger cable",
    "I took gabapentin for the burning and it helped me a bit.",
    "has anyone tried ginger for nausea?",
    "they halved my dose after cycle two",
    "yo deje de tomarla porque me lo dijo mi oncologa",
    "alguien sabe si se puede comer antes del tac?",
]


@pytest.mark.parametrize("text", STOPPED)
def test_it_is_found_and_told_in_the_authors_language(judged: Judged, text: str) -> None:
    finding = next(finding for finding in judged(text).findings if finding.rule == "medical-advice")
    assert finding.why
    assert all(text[start:end].strip() for start, end in finding.spans)


@pytest.mark.parametrize("text", PASSES)
def test_what_looks_like_it_passes(judged: Judged, text: str) -> None:
    assert [finding for finding in judged(text).findings if finding.rule == "medical-advice"] == []

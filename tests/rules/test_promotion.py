"""Promotion: selling and recruiting is stopped; saying what helped passes."""

from __future__ import annotations

import pytest

from tests.rules.conftest import Judged

STOPPED = [
    "dm me, I sell CBD oil, first bottle 20% off",
    "My new book about surviving cancer is out now, link in my bio!",
    "I'm a wellness coach, I have 3 spots left this month",
    "Use code HOPE15 at checkout for the wig store",
    "please donate to my sister's gofundme, every dollar helps",
    "we ship our herbal teas worldwide, order on whatsapp",
    "follow my channel and subscribe for recipes",
    "my husband fits stairlifts, good price for you all",
    "vendo turbantes a 15 euros, hago envios",
    "uno de mis cursos online tiene descuento esta semana",
]
PASSES = [
    "The cooling cap helped me keep half my hair.",
    "Where did you buy your wig?",
    "The charity shop on the ward gives them away for free.",
    "our insurer wants a copay of 40 for every visit",
    "I'm a baker, back at work on Monday",
    "Our library has that book, it made me laugh.",
    "can anybody recommend a good mattress?",
    "the hospice gave us the bed for nothing",
    "donde compraste el turbante?",
    "me ayudo mucho la crema de la farmacia",
]


@pytest.mark.parametrize("text", STOPPED)
def test_it_is_found_and_told_in_the_authors_language(judged: Judged, text: str) -> None:
    finding = next(finding for finding in judged(text).findings if finding.rule == "promotion")
    assert finding.why
    assert all(text[start:end].strip() for start, end in finding.spans)


@pytest.mark.parametrize("text", PASSES)
def test_what_looks_like_it_passes(judged: Judged, text: str) -> None:
    assert [finding for finding in judged(text).findings if finding.rule == "promotion"] == []

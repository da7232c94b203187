"""Care cards: who is in danger is heard above all rules, and nothing is blocked by a card."""

from __future__ import annotations

import pytest

from app.rules.book import Helpline, book_of
from app.rules.draft import Draft
from app.rules.folding import fold
from app.rules.judging import judge
from app.rules.listening import listen
from app.rules.verdict import Allow, Hold, Refuse
from tests.rules.conftest import Judged

CRISIS = [
    "i want to die tonight", "I have decided to end my life.", "They would all be better off without me", "i cut myself again last night",
    "no quiero seguir viviendo", "she took all her pills and won't wake up", "goodbye everyone, by tomorrow I'll be gone. Don't look for me.",
    "I've counted the morphine and there's enough. I'm calm now.", "im gonna kill myself", "quiero quitarme la vida",
]  # fmt: skip
NO_CRISIS = [
    "this chemo is killing me lol", "Dad died in hospice on Sunday, it was peaceful.", "I'm not afraid of dying, I'm afraid of the forms.",
    "We signed the DNR today.", "I could murder a curry", "if I eat one more jelly I will scream", "I'm done. Thirty of thirty!",
    "Years ago I was suicidal. I am glad I stayed.", "me muero de hambre despues de los corticoides", "esta quimio me da un sueno tremendo",
]  # fmt: skip
URGENT = [
    "temp is 38.9 and it's day 8 after chemo", "I have a fever and shaking chills, counts were low on monday", "chest pain since an hour, going down my arm",
    "I can't breathe properly all of a sudden", "the nose bleeding won't stop for 40 minutes", "tengo fiebre de 39 y estoy con la quimio", "my leg is swollen and red and hot overnight",
]  # fmt: skip
NOT_URGENT = [
    "no fever today, 36.8, hooray", "two years ago I had a fever of 39 after the second round", "what if I get a fever at the weekend?", "cabin fever, week three",
    "If you have a fever you call the line, they told us", "my temp came down, it was 38.4 last night", "Telly 101 has the football", "it is 40 degrees out there",
]  # fmt: skip
EFFECTS = [
    "my hair came out in the shower after round two", "letrozole has my joints aching like an old door", "chemo mouth again, ulcers everywhere", "hands peeling since the capecitabine",
    "mum got pneumonitis from the immunotherapy", "la quimio me dejo las manos dormidas",
]  # fmt: skip
NO_EFFECTS = [
    "starting letrozole on monday", "what should I expect from paclitaxel?", "no side effects so far, touch wood", "The lump hurts when I lie on it.",
    "The leaflet lists nausea, hair loss and forty more.", "manana empiezo la quimio",
]  # fmt: skip


def kinds(judged: Judged, text: str) -> list[str]:
    return [card.kind for card in judged(text).care]


@pytest.mark.parametrize("text", CRISIS)
def test_who_is_in_crisis_gets_the_card_and_is_never_stopped(judged: Judged, text: str) -> None:
    judgement = judged(text)
    assert isinstance(judgement, Allow)
    assert judgement.care[0].kind == "crisis"


@pytest.mark.parametrize("text", NO_CRISIS)
def test_talk_of_death_and_tiredness_is_no_crisis(judged: Judged, text: str) -> None:
    assert "crisis" not in kinds(judged, text)


@pytest.mark.parametrize("text", URGENT)
def test_a_symptom_that_cannot_wait_is_urgent(text: str) -> None:
    assert listen(fold(text)).urgent


@pytest.mark.parametrize("text", NOT_URGENT)
def test_what_is_past_or_only_feared_is_not_urgent(text: str) -> None:
    assert not listen(fold(text)).urgent


@pytest.mark.parametrize("text", EFFECTS)
def test_a_side_effect_gets_the_card(judged: Judged, text: str) -> None:
    judgement = judged(text)
    assert isinstance(judgement, Allow)
    card = next(card for card in judgement.care if card.kind == "adverse-event")
    assert "1-800-332-1088" in card.text
    assert "VAERS" in card.text


@pytest.mark.parametrize("text", NO_EFFECTS)
def test_questions_plans_and_symptoms_of_the_disease_get_none(judged: Judged, text: str) -> None:
    assert "adverse-event" not in kinds(judged, text)


def test_a_curse_in_despair_is_heard_and_a_threat_waits_for_a_facilitator() -> None:
    assert isinstance(judge(Draft("fuck it, i want to die tonight", 0.0), book_of({})), Allow)
    assert isinstance(judge(Draft("fuck it, the lift is out", 0.0), book_of({})), Refuse)
    threat = judge(Draft("i want to die tonight and i will kill you first", 0.0), book_of({}))
    assert isinstance(threat, Hold)
    assert threat.care[0].kind == "crisis"


def test_the_card_speaks_the_authors_language_and_names_the_operators_lines() -> None:
    lines = [Helpline("Nightline", "123 456", None, ("crisis",)), Helpline("Office", "999", None, ())]
    (card,) = judge(Draft("no quiero seguir viviendo", 0.0), book_of({}, helplines=lines)).care
    assert card.text.startswith("Gracias")
    assert card.links == (("Nightline: 123 456", "tel:123456"),)


def test_without_lines_of_the_operator_the_shipped_ones_are_named() -> None:
    (card,) = judge(Draft("i want to kill myself", 0.0), book_of({})).care
    assert [address for _, address in card.links][:2] == ["tel:988", "tel:116123"]

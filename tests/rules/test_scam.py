"""Scam: hidden cures, strangers asking for money and phishing are stopped; doubt, faith and warnings pass."""

from __future__ import annotations

import pytest

from tests.rules.conftest import Judged

STOPPED = [
    "Doctors hide this because there is no money in it: it cures every cancer in 30 days",
    "Dr Ade herbal medicine cured my stage 4, contact him on whatsapp",
    "please send me 200 in gift cards, I will pay back friday",
    "I am the site admin, send me your password to keep your account",
    "invest 500 in bitcoin with my broker and pay for your treatment in a week",
    "I am a dying widow and want to give you 4 million dollars, reply to my email",
    "big pharma doesn't want you to know about this root",
    "they keep the cure secret, apricot kernels killed my tumor in 2 weeks",
    "los medicos ocultan la cura, este te elimina el cancer en 15 dias",
    "manda una tarjeta de regalo y te consigo cita",
]
PASSES = [
    "I don't believe in miracle cures, my cousin keeps sending me videos.",
    "Beware, someone calling himself admin asked me for my password.",
    "I pray every night and it keeps me going.",
    "is this clinic in Mexico a scam? they want 30,000",
    "They told me there is no cure, only time.",
    "the trial costs nothing, the nurse said",
    "fundraiser at the hospital was fun, we made bunting",
    "somebody tried the gift card trick on my dad",
    "creo en Dios y en mis medicos",
    "ojo, me llego un mensaje falso del hospital",
]


@pytest.mark.parametrize("text", STOPPED)
def test_it_is_found_and_told_in_the_authors_language(judged: Judged, text: str) -> None:
    finding = next(finding for finding in judged(text).findings if finding.rule == "scam")
    assert finding.why
    assert all(text[start:end].strip() for start, end in finding.spans)


@pytest.mark.parametrize("text", PASSES)
def test_what_looks_like_it_passes(judged: Judged, text: str) -> None:
    assert [finding for finding in judged(text).findings if finding.rule == "scam"] == []

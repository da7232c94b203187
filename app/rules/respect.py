"""Respect: feelings are welcome, words against a person or a group are not. Anger at the disease never is against anyone.

A threat, or the wish that somebody dies, needs no score (`phrases`); everything softer is weighed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.rules.case import Case
from app.rules.folding import Folded
from app.rules.language import told
from app.rules.listening import Heard
from app.rules.scored import Texts, scored
from app.rules.verdict import Finding

THREAT: Final[Texts] = {
    "en": "This could frighten or deeply hurt somebody who is already having a hard time. It cannot go out like this. "
    "If someone has hurt you here, report their message, and a facilitator will help.",
    "es": "Esto puede asustar o herir mucho a alguien que ya lo está pasando mal, y así no puede salir. "
    "Si alguien te ha hecho daño aquí, avisa con el botón de su mensaje y te ayudará una persona que modera.",
}
WHY: Final[Texts] = {
    "en": "This may hurt someone who is already having a hard day. Could you say what you feel, without speaking about "
    "them? Your words are kept.",
    "es": "Esto puede doler a alguien que ya tiene un día difícil. ¿Podrías decir lo que sientes tú, sin hablar de la "
    "otra persona? Tus palabras no se pierden.",
}


def outright(folded: Folded, heard: Heard) -> Iterator[Finding]:
    """Threats and death wishes, in so many words."""
    spans = heard.said.get("threat", ())
    if spans:
        yield Finding("respect", "threat", "respect", told(THREAT, folded), spans)


def look(case: Case) -> Iterator[Finding]:
    """What is weighed."""
    yield from scored(case, "respect", "respect", WHY)

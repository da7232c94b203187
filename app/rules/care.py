"""Care cards: something kind and useful, for the author alone. They never block and are no verdict.

`crisis` stands above all rules: who writes of ending her life is heard, whatever words she uses. `urgent`: a symptom that
cannot wait. `adverse-event`: a side effect, and who should know of it. What the cards say of symptoms follows the patient
advice of the large cancer charities (fever of 38 °C or 100.4 °F during chemotherapy: call at once) and the FDA's own form
3500B (trials and vaccines have ways of their own).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.rules.book import Helpline
from app.rules.case import Case
from app.rules.language import told
from app.rules.scored import Texts
from app.rules.verdict import Care, CareKind

CRISIS: Final[Texts] = {
    "en": "Thank you for saying this here. It sounds as if it hurts very much right now, and you deserve someone with you. "
    "Please reach out to one of these people; they are there at any hour. If you, or someone else, may be in danger now, "
    "call the emergency number.",
    "es": "Gracias por decirlo aquí. Parece que ahora mismo duele muchísimo, y mereces tener a alguien contigo. Por favor, "
    "llama o escribe a alguna de estas personas; están a cualquier hora. Si tú u otra persona puede estar en peligro ahora, "
    "llama a emergencias.",
}
TOLD: Final[Texts] = {
    "en": " A facilitator of this room is being told, so that you are not alone with it here either.",
    "es": " Avisamos a quien modera esta sala, para que tampoco aquí estés a solas con esto.",
}
URGENT: Final[Texts] = {
    "en": "What you describe can be urgent. Please call your cancer team's emergency line now, also at night, or the emergency "
    "number if you cannot reach them or feel very unwell. You can come back to us afterwards; your words are not lost.",
    "es": "Lo que cuentas puede ser urgente. Llama ya al teléfono de urgencias de tu equipo de oncología, también de noche, o "
    "a emergencias si no te contestan o te encuentras muy mal. Después puedes volver; tus palabras no se pierden.",
}
ADVERSE_EVENT: Final[Texts] = {
    "en": "That sounds like a side effect. Your care team wants to know of it; in an emergency call the emergency number. You, or "
    "your doctor, can also tell the FDA: MedWatch, 1-800-332-1088. In a clinical trial, tell the trial team instead; "
    "after a vaccine, VAERS. Outside the US, your own country has such a place too.",
    "es": "Eso suena a efecto secundario. Tu equipo médico querrá saberlo; si es una emergencia, llama a emergencias. Tú o tu "
    "médico también podéis avisar a la FDA: MedWatch, 1-800-332-1088. En un ensayo clínico, avisa al equipo del ensayo; "
    "después de una vacuna, a VAERS. Fuera de EE. UU., también tu país tiene un lugar para avisar.",
}
FALLBACK: Final = {
    "crisis": (
        Helpline("988 Suicide & Crisis Lifeline (US): call or text", "988", "https://988lifeline.org"),
        Helpline("Samaritans (UK and Ireland)", "116 123", "https://www.samaritans.org"),
        Helpline("Emergency: 911 (US), 112 (EU), 999 (UK)", "112", None),
    ),
    "urgent": (Helpline("Emergency: 911 (US), 112 (EU), 999 (UK)", "112", None),),
    "adverse-event": (Helpline("FDA MedWatch (US)", "1-800-332-1088", "https://www.fda.gov/medwatch"),),
}
"""Where the room files name none for a card."""

MORE_LIKELY_THAN_NOT: Final = 0.5
"""From this certainty on a crisis calls facilitators and stands above the rules; below it, the card is for the author."""


def cards(case: Case) -> Iterator[Care]:
    """The cards that this text asks for, the most pressing first."""
    outright = "crisis" in case.heard.said
    if outright or case.weighed.level("crisis") is not None:
        yield _card("crisis", CRISIS, case, certain=outright or case.weighed.of("crisis") >= MORE_LIKELY_THAN_NOT)
    if case.heard.urgent:
        yield _card("urgent", URGENT, case)
    if case.weighed.level("adverse-event") is not None:
        yield _card("adverse-event", ADVERSE_EVENT, case)


def _card(kind: CareKind, text: Texts, case: Case, *, certain: bool = True) -> Care:
    lines = [line for line in case.book.helplines if kind in line.care] or list(FALLBACK[kind])
    links: list[tuple[str, str]] = []
    for line in lines:
        if line.number:
            links.append((f"{line.name}: {line.number}", f"tel:{line.number.replace(' ', '')}"))
        elif line.address:
            links.append((line.name, line.address))
    words = told(text, case.folded) + (told(TOLD, case.folded) if kind == "crisis" and certain else "")
    return Care(kind, words, tuple(links), certain)

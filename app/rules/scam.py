"""Scam: cures that "they" hide, requests for money, false helpers, phishing. Doubt, prayer and faith are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.rules.case import Case
from app.rules.scored import Texts, scored
from app.rules.verdict import Finding

WHY: Final[Texts] = {
    "en": "This speaks of a cure, of money or of secret knowledge in a way that has hurt people like us before. If you "
    "want to warn others of it, say that it is a warning.",
    "es": "Esto habla de una cura, de dinero o de un saber oculto de una manera que ya ha hecho daño a gente como nosotros. "
    "Si quieres avisar a los demás, di que es un aviso.",
}


def look(case: Case) -> Iterator[Finding]:
    """What is weighed."""
    yield from scored(case, "scam", "scam", WHY, case.heard.said.get("scam", ()))

"""Medical advice: "for me it was like this" helps, "you should take that" may do harm.

One's own experience, questions, and "ask your team" are what this place is for. Whoever advises is coached, not scolded:
the answer shows how to say the same as her own experience.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.rules.case import Case
from app.rules.scored import Texts, scored
from app.rules.verdict import Finding

WHY: Final[Texts] = {
    "en": "It sounds like you want to help. Here we share what happened to us, and leave what to take, stop or change to "
    "the team who knows the person. You can say what you took and how it went for you (“In my case …”), and that "
    "their own team knows them best.",
    "es": "Se nota que quieres ayudar. Aquí contamos lo que nos pasó a cada cual, y dejamos qué tomar, dejar o cambiar al "
    "equipo que conoce a esa persona. Puedes decir qué tomaste tú y cómo te fue (“En mi caso …”), y que su "
    "propio equipo es quien mejor la conoce.",
}


def look(case: Case) -> Iterator[Finding]:
    """What is weighed."""
    yield from scored(case, "medical-advice", "medical-advice", WHY)

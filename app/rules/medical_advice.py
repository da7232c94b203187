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
    "en": "It sounds like you want to help. What to take, stop or change is for the team who knows the person. Here it helps to "
    "say how it went for you: “In my case …”.",
    "es": "Se nota que quieres ayudar. Qué tomar, dejar o cambiar es cosa del equipo que conoce a esa persona. Aquí ayuda contar "
    "cómo te fue a ti: “En mi caso …”.",
}


def look(case: Case) -> Iterator[Finding]:
    """What is weighed."""
    yield from scored(case, "medical-advice", "medical-advice", WHY)

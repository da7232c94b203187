"""In which language to answer: English, or Spanish where the author wrote Spanish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from app.rules.folding import Folded

Language = Literal["en", "es"]

_WORD: Final = re.compile(r"[a-z]+")
_LOOKED_AT: Final = 600
"""Characters; a longer text has said in which language it is."""

_SPANISH: Final = frozenset(
    """
    el la los las un una unos unas de del que y en con por para se su sus le les lo al mi mis tu tus te nos os es son fue
    era esta estan estoy estas hay ha han he hemos muy mas pero porque cuando como donde quien si ya tambien sin sobre
    hasta desde entre todo toda todos nada algo mucho mucha hoy ayer manana ahora aqui alla gracias hola tengo tiene
    quiero puede puedo hacer hace dia vez yo ella ellos nosotros usted ustedes vos este esto eso ese esa ni xq tb
    me no vida mama papa hija hijo senora medico doctora pastillas tome toma deja llama escribe vete
    """.split()
)
_ENGLISH: Final = frozenset(
    """
    the a an and or but of to in on at for with from by as is are was were be been am have has had do does did not you
    your he she it they we i my me him her them our this that these those there here what when where who why how if so
    just can could will would should about after before no yes up out all any some one get got go im dont its ive
    """.split()
)


def language_of(folded: Folded) -> Language:
    """Spanish when more of its small words are Spanish than English; else English."""
    words = _WORD.findall(folded.text[:_LOOKED_AT])
    spanish = sum(word in _SPANISH for word in words) + 2 * sum(map(folded.source.count, "¿¡ñ"))
    return "es" if spanish > sum(word in _ENGLISH for word in words) else "en"


def told(texts: Mapping[Language, str], folded: Folded) -> str:
    """The text in the language of the author's own."""
    return texts[language_of(folded)]

"""Pace: nobody's story is pushed away by somebody writing fast. The counting is done above; this says it kindly."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

from app.rules.book import Book
from app.rules.draft import Draft
from app.rules.folding import Folded
from app.rules.language import Language, language_of
from app.rules.verdict import Finding

_WHY: Final[Mapping[Language, str]] = {
    "en": "You have written several messages in a short time. A small pause lets others read and answer. "
    "Your words are kept; you can send them in {time}.",
    "es": "Has escrito varios mensajes en poco tiempo. Una pequeña pausa deja que los demás lean y contesten. "
    "Tus palabras no se pierden; puedes enviarlas dentro de {time}.",
}
_UNITS: Final[Mapping[Language, tuple[str, str, str, str]]] = {
    "en": ("1 second", "{} seconds", "1 minute", "{} minutes"),
    "es": ("1 segundo", "{} segundos", "1 minuto", "{} minutos"),
}
_MINUTE: Final = 60


def look(draft: Draft, folded: Folded, _book: Book) -> Iterator[Finding]:
    """The evidence `pace_wait`, as a finding; `retry_after` is rounded up to a tenth of a second."""
    if draft.kind != "message" or draft.pace_wait is None or not draft.pace_wait > 0:
        return
    retry_after = math.ceil(round(draft.pace_wait * 10, 6)) / 10
    language = language_of(folded)
    why = _WHY[language].format(time=_told(retry_after, language))
    yield Finding(rule="pace", level="pace", guideline="no-flooding", why=why, retry_after=retry_after)


def _told(seconds: float, language: Language) -> str:
    second, seconds_, minute, minutes = _UNITS[language]
    whole = math.ceil(seconds)
    if whole < _MINUTE:
        return second if whole == 1 else seconds_.format(whole)
    whole = math.ceil(whole / _MINUTE)
    return minute if whole == 1 else minutes.format(whole)

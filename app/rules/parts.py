"""A text in its parts: sentences, and stretches of sentences that are short enough to be weighed at once."""

from __future__ import annotations

import re
from typing import Final

from app.rules.verdict import Span

LONGEST_STRETCH: Final = 280
"""Characters: about what a chat message has, which is what the heads were trained on."""

MOST_STRETCHES: Final = 16
"""So many are weighed: 4,000 characters, the longest message, have no more of full length."""

_END: Final = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+\s++|\n++")
_READ: Final = MOST_STRETCHES * LONGEST_STRETCH
"""Characters that are read; the longest message has fewer."""


def sentences(text: str) -> list[Span]:
    """The places of the sentences, without the blanks between them; lines count as sentences."""
    places, start = [], 0
    text = text[:_READ]
    for match in _END.finditer(text):
        places.append((start, match.end()))
        start = match.end()
    places.append((start, len(text)))
    return [trimmed for place in places if (trimmed := _trimmed(text, place))]


def stretches(text: str) -> list[str]:
    """The text in stretches of whole sentences, each as long as may be; a short text is one stretch.

    What a text has beyond the last stretch is not read; no message is that long.
    """
    if len(text) <= LONGEST_STRETCH:
        return [text]
    places: list[Span] = []
    for start, end in sentences(text):
        if places and end - places[-1][0] <= LONGEST_STRETCH:
            places[-1] = (places[-1][0], end)
        else:
            places.extend((at, min(at + LONGEST_STRETCH, end)) for at in range(start, end, LONGEST_STRETCH))
    # Sentences that do not fill a stretch can make more of them: what is left over is read as one.
    if len(places) > MOST_STRETCHES:
        places = [*places[: MOST_STRETCHES - 1], (places[MOST_STRETCHES - 1][0], places[-1][1])]
    return [text[start:end] for start, end in places] or [text[:LONGEST_STRETCH]]


def _trimmed(text: str, place: Span) -> Span | None:
    start, end = place
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None

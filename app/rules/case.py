"""A case: one text with everything that is known of it, for the rules that stand on the weighing."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.rules.book import Book
from app.rules.folding import Folded, fold
from app.rules.listening import Heard
from app.rules.meaning import LABELS, Label, Weighed, light_of
from app.rules.parts import LONGEST_STRETCH, sentences
from app.rules.verdict import Span

MOST_SENTENCES = 12
"""So many are looked at, to see which of them is meant; each costs as much as a short message."""


@dataclass(slots=True)
class Case:
    """`strongest` looks at the sentences once, however many rules ask."""

    folded: Folded
    weighed: Weighed
    heard: Heard
    book: Book
    _scores: list[tuple[Span, NDArray[np.float32]]] | None = field(default=None, repr=False)

    def sentences(self) -> list[Span]:
        """Their places in the author's own text."""
        return [place for place, _ in self._weighed_sentences()]

    def strongest(self, label: Label) -> Span | None:
        """The sentence that speaks most for the label."""
        at = LABELS.index(label)
        return max(self._weighed_sentences(), key=lambda each: float(each[1][at]), default=(None, None))[0]

    def allows(self, place: Span) -> bool:
        """Whether a phrase (of two words or more) stands there that the operator allows."""
        said = fold(self.folded.source[slice(*place)]).text
        return any(" " in phrase and phrase in said for phrase in self.book.allowed)

    def _weighed_sentences(self) -> list[tuple[Span, NDArray[np.float32]]]:
        if self._scores is None:
            found = sentences(self.folded.source)[:MOST_SENTENCES]
            self._scores = [
                (place, light_of(fold(self.folded.source[place[0] : min(place[1], place[0] + LONGEST_STRETCH)])))
                for place in found
            ]
        return self._scores

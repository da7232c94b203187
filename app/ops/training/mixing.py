"""Putting the storeys together: light heads, encoder and what the rules in code found; and where the levels begin.

All of it stands on out-of-fold scores: no example is weighed by heads that have seen it, nor its pair, nor its author.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.ops.training.corpus import Example
from app.ops.training.figures import best_threshold, threshold_at
from app.rules import judging
from app.rules.book import book_of
from app.rules.draft import Draft
from app.rules.folding import fold
from app.rules.listening import listen
from app.rules.meaning import HITS, LABELS
from app.rules.verdict import RuleId

LIKELY: Final = 0.92
"""Of what is called likely, so much has to be right."""
SURE: Final = 0.97
ALL_BUT_SURE: Final = 0.985
"""For labels that the rules in code find by themselves."""
MARGIN: Final = 0.005
"""F1 that is given away for fewer false alarms; F1 hardly changes over a wide range of thresholds, they do."""
NO_MARGIN: Final = frozenset({"crisis"})
"""A card too many is cheap, a cry that nobody hears is not."""
STRENGTH: Final = 1.0
SAID: Final = frozenset({"crisis", "urgent", "scam", "promotion", "respect"})
"""Hits of `phrases`, written from general knowledge before there was a corpus: evidence for their own label too."""
CODE_FIRST: Final = frozenset({"cursing", "personal-data"})
"""Labels that the rules in code find by themselves; a score adds to it only when it is all but sure."""
EVIDENCE: Final[tuple[RuleId, ...]] = ("cursing", "respect", "personal-data")
"""The rules in code that look at the text alone."""


def hits(examples: Sequence[Example]) -> NDArray[np.float32]:
    """(examples, hits): what the rules in code find, as evidence."""
    book = book_of({})
    rows = []
    for example in examples:
        draft, folded = Draft(example.text, 0.0), fold(example.text)
        heard = listen(folded)
        found = judging.in_code(draft, folded, heard, book, EVIDENCE)
        rows.append(judging.hits(heard, [finding for each in found.values() for finding in each]))
    return np.array(rows)


def inputs(
    light: NDArray[np.float64], encoder: NDArray[np.float64] | None, found: NDArray[np.float32]
) -> NDArray[np.float64]:
    """(examples, inputs) in the order of `rules.meaning.weigh`: light, encoder, hits, one."""
    scores = np.zeros_like(light) if encoder is None else encoder
    return np.hstack([light, scores, found, np.ones((len(light), 1))])


def mix(given: NDArray[np.float64], true: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(labels, inputs): for each label a logistic regression over its own scores and all hits. Its output is a probability."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  training alone needs it

    weights = np.zeros((len(LABELS), given.shape[1]))
    own = len(LABELS)
    found = slice(2 * own, 2 * own + len(HITS))
    for label in range(own):
        # What the rules in code find of a label themselves is no evidence for it: they have been mended on this very corpus
        # and know all of it by heart. Their findings count by themselves; the score is for what they miss.
        others = [
            found.start + at for at, name in enumerate(HITS) if name.partition(".")[0] != LABELS[label] or name in SAID
        ]
        columns = [label, own + label, *others]
        columns = [column for column in columns if given[:, column].any()]
        model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(given[:, columns], true[:, label])
        weights[label, columns] = model.coef_[0]
        weights[label, -1] = model.intercept_[0]
    return weights


def certainty(weights: NDArray[np.float64], given: NDArray[np.float64]) -> NDArray[np.float64]:
    """(examples, labels), 0 to 1."""
    chance: NDArray[np.float64] = 1 / (1 + np.exp(-(given @ weights.T)))
    return chance


def thresholds(chances: NDArray[np.float64], true: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(labels, levels): where possible (best F1), likely and sure (by precision) begin, each not below the one before."""
    levels = []
    for label, name in enumerate(LABELS):
        scores, there = chances[:, label], true[:, label]
        likely = threshold_at(scores, there, ALL_BUT_SURE if name in CODE_FIRST else LIKELY)
        possible = likely if name in CODE_FIRST else best_threshold(scores, there, 0.0 if name in NO_MARGIN else MARGIN)
        likely = max(possible, likely)
        levels.append((possible, likely, max(likely, threshold_at(scores, there, SURE))))
    return np.array(levels)


def crossed(given: NDArray[np.float64], true: NDArray[np.bool_], fold: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    """Out of fold: `chances` and `levels` (0 nothing to 3 sure), each from mixing and thresholds of the other folds."""
    chances, levels = np.zeros(true.shape), np.zeros(true.shape, dtype=np.int64)
    for number in range(int(fold.max()) + 1):
        here = fold == number
        weights = mix(given[~here], true[~here])
        steps = thresholds(certainty(weights, given[~here]), true[~here])
        chances[here] = certainty(weights, given[here])
        levels[here] = (chances[here][:, :, None] >= steps[None]).sum(axis=2)
    return {"chances": chances, "levels": levels}

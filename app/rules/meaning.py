"""Meaning: how certain it is that a text is advice, an insult, a cry for help. Two storeys above the rules in code.

The light heads (pieces of words, words and concepts, plain counts) are always there. The sentence encoder's scores come in
as evidence from the floor above, when there was time for it. Both are put together with what the rules in code found;
weights and thresholds are data (`heads.npz`), made by `rules train` and fixed by cross-validation.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from app.rules.features import counts, pieces, tokens, word_rows
from app.rules.folding import Folded, fold
from app.rules.parts import stretches
from app.rules.verdict import Finding

Label = Literal["cursing", "respect", "medical-advice", "promotion", "scam", "personal-data", "crisis", "adverse-event"]
Level = Literal["possible", "likely", "sure"]
Storey = Literal["light", "full"]

LABELS: Final[tuple[Label, ...]] = get_args(Label)
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
STOREYS: Final[tuple[Storey, ...]] = get_args(Storey)
WEIGHTS: Final = Path(__file__).parent / "weights"
HEADS: Final = WEIGHTS / "heads.npz"
GRAPH: Final = WEIGHTS / "encoder.onnx"
FIGURES: Final = WEIGHTS / "figures.json"
"""What cross-validation gave when they were made."""

HITS: Final = ("cursing.severe", "cursing.strong", "personal-data.contact", "personal-data.home", "personal-data.identity",
               "crisis", "scam", "promotion", "medical-advice", "respect", "urgent")  # fmt: skip
"""What the rules in code can have found, as evidence: `rule.level`, or the rule or care kind alone."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """`certainty`: 0 to 1 for each label, in their order. `levels`: the level that each reaches, or None."""

    certainty: tuple[float, ...]
    levels: tuple[Level | None, ...]
    storey: Storey

    def of(self, label: Label) -> float:
        return self.certainty[LABELS.index(label)]

    def level(self, label: Label) -> Level | None:
        return self.levels[LABELS.index(label)]


@dataclass(frozen=True, slots=True)
class _Heads:
    """Arrays of `heads.npz`. Places x labels for pieces and rows; storey x label x input for the mixing."""

    pieces: NDArray[np.float32]
    rows: NDArray[np.float32]
    pieces_scale: NDArray[np.float32]
    rows_scale: NDArray[np.float32]
    pieces_rarity: NDArray[np.float32]
    rows_rarity: NDArray[np.float32]
    counts: NDArray[np.float32]
    bias: NDArray[np.float32]
    mixing: NDArray[np.float32]
    thresholds: NDArray[np.float32]


class Unreadable(OSError):
    """The weights are missing or damaged: nothing can be judged. They come with the program."""


def prepare() -> None:
    """Read the weights now (some 30 ms) and not with the first message. Unreadable says what is wrong."""
    _heads()


@cache
def _heads() -> _Heads:
    try:
        with np.load(HEADS, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise Unreadable(f"{HEADS} cannot be read, and without it no message can be judged: {error}") from error
    return _Heads(**{name: array.astype(np.float32) for name, array in arrays.items()})


def light(folded: Folded) -> NDArray[np.float32]:
    """The light heads' log odds, one a label: the highest over the stretches of the text."""
    found = stretches(folded.text)
    if len(found) == 1:
        return light_of(folded)
    highest: NDArray[np.float32] = np.max([light_of(fold(stretch)) for stretch in found], axis=0)
    return highest


def light_of(folded: Folded) -> NDArray[np.float32]:
    """The light heads' log odds of one stretch."""
    heads, words = _heads(), tokens(folded.text)
    scores: NDArray[np.float32] = (
        _summed(pieces(folded.text), heads.pieces, heads.pieces_rarity) * heads.pieces_scale
        + _summed(word_rows(words), heads.rows, heads.rows_rarity) * heads.rows_scale
        + counts(folded, words).astype(np.float32) @ heads.counts
        + heads.bias
    )
    return scores


def _summed(
    places: NDArray[np.int64], weights: NDArray[np.float32], rarity: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Rarity-weighted sum of the rows at `places`, for a text of length one."""
    rare = rarity[places]
    length = float(np.sqrt(rare @ rare))
    summed: NDArray[np.float32] = (rare @ weights[places]) / np.float32(length or 1.0)
    return summed


def weigh(light_scores: NDArray[np.float32], encoder: tuple[float, ...] | None, hits: NDArray[np.float32]) -> Weighed:
    """Everything that is known, put together. `hits`: 0 or 1 for each of `HITS`."""
    heads, storey = _heads(), 0 if encoder is None else 1
    scores = np.zeros(len(LABELS), dtype=np.float32) if encoder is None else np.asarray(encoder, dtype=np.float32)
    inputs = np.concatenate([light_scores, scores, hits, np.ones(1, dtype=np.float32)])
    certainty = 1 / (1 + np.exp(-(heads.mixing[storey] @ inputs)))
    reached = (certainty[:, None] >= heads.thresholds[storey]).sum(axis=1)
    levels = tuple(LEVELS[count - 1] if count else None for count in reached.tolist())
    return Weighed(tuple(certainty.tolist()), levels, STOREYS[storey])


def says_something(folded: Folded) -> bool:
    """Whether there are words to weigh: two different ones at least. Signs, digits and one word over and over are none."""
    return len({word for word in tokens(folded.text) if word.isalpha()}) > 1


def hits_of(findings: Iterable[Finding], care: Iterable[str]) -> NDArray[np.float32]:
    """What the rules in code found, as numbers."""
    there = {f"{finding.rule}.{finding.level}" for finding in findings} | {finding.rule for finding in findings}
    there.update(care)
    return np.array([name in there for name in HITS], dtype=np.float32)

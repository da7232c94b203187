"""Training the light heads: logistic regression over the hashed pieces and rows and the counts of `rules.features`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.ops.training.corpus import Example
from app.rules.features import COUNTS, TABLE, counts, pieces, tokens, word_rows
from app.rules.folding import fold

STRENGTH: Final = 10.0
"""Inverse of the penalty (C of logistic regression)."""
SEEN: Final = 2
"""A piece or row counts when so many examples have it."""


@dataclass(frozen=True, slots=True)
class Features:
    """`pieces` and `rows`: places, one array an example; `counts`: (examples, counts)."""

    pieces: list[NDArray[np.int64]]
    rows: list[NDArray[np.int64]]
    counts: NDArray[np.float64]

    def __getitem__(self, at: NDArray[Any]) -> Features:
        chosen = np.flatnonzero(at) if at.dtype == bool else at
        return Features([self.pieces[i] for i in chosen], [self.rows[i] for i in chosen], self.counts[chosen])


@dataclass(frozen=True, slots=True)
class LightHeads:
    """Weights in full precision: places x labels, counts x labels, labels; rarity by place."""

    pieces: NDArray[np.float64]
    rows: NDArray[np.float64]
    pieces_rarity: NDArray[np.float64]
    rows_rarity: NDArray[np.float64]
    counts: NDArray[np.float64]
    bias: NDArray[np.float64]

    def scores(self, features: Features) -> NDArray[np.float64]:
        """(examples, labels): log odds."""
        found = [
            _summed(one, self.pieces, self.pieces_rarity) + _summed(two, self.rows, self.rows_rarity)
            for one, two in zip(features.pieces, features.rows, strict=True)
        ]
        return np.array(found) + features.counts @ self.counts + self.bias


def features_of(examples: Sequence[Example]) -> Features:
    """What the light heads look at, for each example."""
    folded = [fold(example.text) for example in examples]
    words = [tokens(each.text) for each in folded]
    return Features(
        [pieces(each.text) for each in folded],
        [word_rows(each) for each in words],
        np.array([counts(each, its) for each, its in zip(folded, words, strict=True)]),
    )


def train(features: Features, true: NDArray[np.bool_]) -> LightHeads:
    """One head a label."""
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415  training alone needs these libraries
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    rarities, blocks = [], []
    for found in (features.pieces, features.rows):
        rarity = _rarity(found)
        rarities.append(rarity)
        blocks.append(_matrix(found, rarity))
    matrix = hstack([*blocks, csr_matrix(features.counts)]).tocsr()
    weights, bias = [], []
    for label in range(true.shape[1]):
        model = LogisticRegression(
            C=STRENGTH, class_weight="balanced", max_iter=300, solver="liblinear", random_state=0
        )
        model.fit(matrix, true[:, label])
        weights.append(model.coef_[0])
        bias.append(model.intercept_[0])
    stacked = np.array(weights).T
    return LightHeads(
        stacked[:TABLE], stacked[TABLE : 2 * TABLE], rarities[0], rarities[1], stacked[2 * TABLE :], np.array(bias)
    )


def packed(heads: LightHeads) -> dict[str, NDArray[Any]]:
    """As `rules.meaning` reads them: one byte a weight, with a scale for each label."""
    arrays: dict[str, NDArray[Any]] = {"counts": heads.counts.astype(np.float32), "bias": heads.bias.astype(np.float32)}
    for name, weights, rarity in (
        ("pieces", heads.pieces, heads.pieces_rarity), ("rows", heads.rows, heads.rows_rarity),
    ):  # fmt: skip
        scale = np.abs(weights).max(axis=0) / 127
        arrays[name] = np.round(weights / scale).astype(np.int8)
        arrays[f"{name}_scale"] = scale.astype(np.float32)
        arrays[f"{name}_rarity"] = rarity.astype(np.float16)
    assert heads.counts.shape[0] == len(COUNTS)
    return arrays


def _rarity(found: list[NDArray[np.int64]]) -> NDArray[np.float64]:
    """Inverse document frequency; 0 for what too few examples have."""
    seen = np.zeros(TABLE)
    for places in found:
        seen[np.unique(places)] += 1
    return np.where(seen >= SEEN, np.log((1 + len(found)) / (1 + seen)) + 1, 0.0)


def _matrix(found: list[NDArray[np.int64]], rarity: NDArray[np.float64]) -> Any:
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    values = []
    for places in found:
        rare = rarity[places]
        values.append(rare / (np.sqrt(rare @ rare) or 1.0))
    ends = np.cumsum([0, *map(len, found)])
    matrix = csr_matrix((np.concatenate(values), np.concatenate(found), ends), shape=(len(found), TABLE))
    matrix.sum_duplicates()
    return matrix


def _summed(
    places: NDArray[np.int64], weights: NDArray[np.float64], rarity: NDArray[np.float64]
) -> NDArray[np.float64]:
    rare = rarity[places]
    summed: NDArray[np.float64] = (rare @ weights[places]) / (np.sqrt(rare @ rare) or 1.0)
    return summed

"""Precision, recall and F1, their intervals, and the thresholds that stand on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

RESAMPLES: Final = 500
CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Figures:
    """`low` and `high`: the 95 % interval of F1, by resampling the examples (bootstrap, percentiles)."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    positives: int


def figures(predicted: NDArray[np.bool_], true: NDArray[np.bool_], seed: int = 0) -> Figures:
    """For one label. With nothing predicted precision is 1, with nothing to find recall is 1."""
    hit, wrong, missed = predicted & true, predicted & ~true, ~predicted & true
    parts = np.stack([hit, wrong, missed]).astype(np.float64)
    dice = np.random.default_rng(seed)
    drawn = dice.multinomial(len(true), np.full(len(true), 1 / len(true)), size=RESAMPLES)
    scores = np.sort(_f1(*(drawn @ parts.T).T))
    tail = (1 - CONFIDENCE) / 2
    precision, recall = hit.sum() / max(1, predicted.sum()), hit.sum() / max(1, true.sum())
    return Figures(
        precision=float(precision) if predicted.any() else 1.0,
        recall=float(recall) if true.any() else 1.0,
        f1=float(_f1(*parts.sum(axis=1)[:, None])[0]),
        low=float(scores[int(tail * RESAMPLES)]),
        high=float(scores[int((1 - tail) * RESAMPLES) - 1]),
        positives=int(true.sum()),
    )


def _f1(hit: NDArray[np.float64], wrong: NDArray[np.float64], missed: NDArray[np.float64]) -> NDArray[np.float64]:
    return 2 * hit / np.maximum(1, 2 * hit + wrong + missed)


def best_threshold(scores: NDArray[np.float64], true: NDArray[np.bool_], margin: float = 0.0) -> float:
    """The highest threshold whose F1 is within `margin` of the best one: as good, and with the fewest false alarms."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(true[order])
    score = 2 * hits / (np.arange(1, len(hits) + 1) + true.sum())
    return _between(scores[order], int(np.flatnonzero(score >= score.max() - margin)[0]))


def threshold_at(scores: NDArray[np.float64], true: NDArray[np.bool_], precision: float) -> float:
    """The lowest threshold above which, taken together, at least this share is right; above all scores if none."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(true[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(hits >= precision)
    good = good[good >= min(9, int(true.sum()) - 1)]  # ten in a row right by luck is no precision
    return _between(scores[order], int(good[-1])) if len(good) else float(scores[order[0]]) + 1e-6


def _between(ordered: NDArray[np.float64], at: int) -> float:
    following = ordered[at + 1] if at + 1 < len(ordered) else ordered[at]
    return float((ordered[at] + following) / 2)

"""`rules train`: from labelled messages to the weights that are shipped. The same corpus and seeds give the same weights.

Thresholds and figures come from cross-validation: five folds, no voice and no pair on both sides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.base.errors import Misconfigured
from app.ops.training import corpus, light, mixing, network
from app.ops.training.export import export
from app.ops.training.figures import figures
from app.rules.meaning import FIGURES, GRAPH, HEADS, LABELS, STOREYS

SEEDS: Final = (0, 1)
"""One network each, of everything; their mean, which is shipped, is a hundredth of average precision better than one.

In cross-validation one network a fold has to do.
"""
OUT_OF_FOLD: Final = "out-of-fold.npz"


def make(paths: Sequence[Path], folder: Path, told: Callable[[str], None], *, mixing_only: bool = False) -> None:
    """Train, cross-validate, and write `rules/weights/`. Misconfigured: what is missing for training.

    The out-of-fold scores stay in `folder`. `mixing_only`: heads and networks stay as they are, only their mixing and the
    thresholds are made anew (the rules in code have changed).
    """
    try:
        import jax  # noqa: F401, PLC0415
        import onnx  # noqa: F401, PLC0415
        import sklearn  # noqa: F401, PLC0415
    except ImportError as error:
        raise Misconfigured(f"Training needs more libraries (bin/setup --train): {error}") from error
    examples = corpus.read(paths)
    true, fold = corpus.labels_of(examples), corpus.folds(examples)
    told(f"{len(examples):,} examples, {corpus.FOLDS} folds of {np.bincount(fold).tolist()}")
    kept = folder / OUT_OF_FOLD
    if mixing_only:
        lights, encoders = _read(kept, examples)
        with np.load(HEADS) as stored:
            arrays: dict[str, NDArray[Any]] = {name: stored[name] for name in stored.files}
    else:
        arrays, lights, encoders = _trained(examples, true, fold, told)
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(kept, lights=lights, encoders=encoders, digest=np.array(_digest(examples)))
    mixed = _mixed(lights, encoders, mixing.hits(examples), true, fold)
    _report(mixed, examples, true, told)
    arrays |= {
        name: np.stack([mixed[storey][name] for storey in STOREYS]).astype(np.float32)
        for name in ("mixing", "thresholds")
    }
    np.savez_compressed(HEADS, allow_pickle=False, **arrays)
    told(f"written: {HEADS.name} {HEADS.stat().st_size:,} bytes, {GRAPH.name} {GRAPH.stat().st_size:,} bytes")


def _trained(
    examples: Sequence[corpus.Example], true: NDArray[np.bool_], fold: NDArray[np.int64], told: Callable[[str], None]
) -> tuple[dict[str, NDArray[Any]], NDArray[np.float64], NDArray[np.float64]]:
    """Light heads (packed) and networks (written) of everything; and the out-of-fold scores of both."""
    features = light.features_of(examples)
    vocabulary, before = network.pretrained()
    texts = [vocabulary.pieces(example.text) for example in examples]
    lights, encoders = np.zeros(true.shape), np.zeros(true.shape)
    for number in range(corpus.FOLDS):
        here = fold == number
        lights[here] = light.train(features[~here], true[~here]).scores(features[here])
        inside, outside = [texts[at] for at in np.flatnonzero(~here)], [texts[at] for at in np.flatnonzero(here)]
        trained = network.train(vocabulary, before, inside, true[~here], number)
        encoders[here] = network.scores(vocabulary, trained, outside)
        told(f"fold {number + 1} of {corpus.FOLDS}: done")
    told("training on everything")
    HEADS.parent.mkdir(exist_ok=True)
    export([network.train(vocabulary, before, texts, true, seed, told) for seed in SEEDS], GRAPH)
    return light.packed(light.train(features, true)), lights, encoders


def _digest(examples: Sequence[corpus.Example]) -> str:
    """Which examples the scores belong to."""
    return hashlib.sha256(msgspec.json.encode([(example.text, example.labels) for example in examples])).hexdigest()


def _read(kept: Path, examples: Sequence[corpus.Example]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if not kept.exists():
        raise Misconfigured(f"{kept} is missing: train once without --mixing.")
    with np.load(kept) as stored:
        if str(stored["digest"]) != _digest(examples):
            raise Misconfigured(f"{kept} belongs to other messages: train once without --mixing.")
        return stored["lights"], stored["encoders"]


def _mixed(
    lights: NDArray[np.float64], encoders: NDArray[np.float64], found: NDArray[np.float32], true: NDArray[np.bool_],
    fold: NDArray[np.int64],
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """For each storey: `mixing` and `thresholds` from all out-of-fold scores, and `levels` as cross-validated once more."""
    mixed: dict[str, dict[str, Any]] = {}
    for storey, scores in zip(STOREYS, (None, encoders), strict=True):
        given = mixing.inputs(lights, scores, found)
        weights = mixing.mix(given, true)
        mixed[storey] = {
            "mixing": weights,
            "thresholds": mixing.thresholds(mixing.certainty(weights, given), true),
            **mixing.crossed(given, true, fold),
        }
    return mixed


def _report(
    mixed: dict[str, dict[str, Any]], examples: Sequence[corpus.Example], true: NDArray[np.bool_],
    told: Callable[[str], None],
) -> None:  # fmt: skip
    """Tells the figures, keeps them beside the weights, and the out-of-fold certainties with them."""
    kept: dict[str, Any] = {"examples": len(examples), "storeys": {}}
    for storey, parts in mixed.items():
        told(f"cross-validated, {storey}: precision, recall, F1 [95 % interval]; from `likely` on")
        rows = {}
        for at, label in enumerate(LABELS):
            possible, likely = (figures(parts["levels"][:, at] > level, true[:, at]) for level in (0, 1))
            rows[label] = {"possible": possible, "likely": likely}
            told(
                f"  {label:15} {possible.precision:.3f} {possible.recall:.3f} {possible.f1:.3f} [{possible.low:.3f}, {possible.high:.3f}]"
                f"   {likely.precision:.3f} {likely.recall:.3f}   of {possible.positives}"
            )
        kept["storeys"][storey] = rows
    FIGURES.parent.mkdir(exist_ok=True)
    FIGURES.write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n")

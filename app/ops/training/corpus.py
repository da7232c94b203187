"""Labelled messages: reading them, and splitting them so that no voice and no pair stands on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.base.errors import Misconfigured
from app.rules.meaning import LABELS

CORPUS: Final = Path(__file__).parents[3] / "tests" / "rules" / "corpus"
FOLDS: Final = 5


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a corpus file, as tests/rules/corpus/README.md tells it. `part`: the file's name."""

    id: str
    text: str
    labels: list[str]
    hard: bool = False
    pair: str | None = None
    author: str | None = None
    lang: str = "en"
    part: str = ""


class Marked(msgspec.Struct, frozen=True):
    """A line of other people's data about one label: `label` 0 or 1. What else it holds is left alone."""

    text: str
    label: int


_LINE: Final = msgspec.json.Decoder(Example)
_MARKED: Final = msgspec.json.Decoder(Marked)


def read(paths: Iterable[Path], label: str | None = None) -> list[Example]:
    """All examples of these files (or of the folders' *.jsonl files), in order. Misconfigured names file and line.

    `label`: the files are about this one label, as `Marked` has it.
    """
    examples = []
    for path in paths:
        for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
            for number, line in enumerate(file.read_bytes().splitlines(), 1):
                examples.append(_example(file, number, line, label))
    return examples


def _example(file: Path, number: int, line: bytes, label: str | None) -> Example:
    try:
        if label is not None:
            marked = _MARKED.decode(line)
            return Example(id=str(number), text=marked.text, labels=[label] if marked.label else [], part=file.stem)
        example = _LINE.decode(line)
    except msgspec.DecodeError as error:
        raise Misconfigured(f"{file}, line {number}: {error}") from error
    unknown = set(example.labels) - set(LABELS)
    if unknown:
        raise Misconfigured(f"{file}, line {number}: labels: {', '.join(sorted(unknown))}: there is no such label")
    return msgspec.structs.replace(example, part=file.stem)


def labels_of(examples: Sequence[Example]) -> NDArray[np.bool_]:
    """(examples, labels)."""
    return np.array([[label in example.labels for label in LABELS] for example in examples], dtype=bool)


def folds(examples: Sequence[Example], count: int = FOLDS, seed: int = 0) -> NDArray[np.int64]:
    """The fold of each example. Examples of one pair, or of one author, are in one fold; the folds are of like size."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    keys = []
    for example in examples:
        names = [f"pair {example.pair}"] if example.pair else []
        names += [f"author {example.author}"] if example.author else []
        names = names or [f"id {example.part} {example.id}"]
        for other in names[1:]:
            parent[root(names[0])] = root(other)
        keys.append(names[0])
    roots = [root(key) for key in keys]
    sizes: dict[str, int] = {}
    for each in roots:
        sizes[each] = sizes.get(each, 0) + 1
    dice = np.random.default_rng(seed)
    shuffled = dice.permutation(sorted(sizes))
    load, fold_of = np.zeros(count), {}
    for name in sorted(shuffled, key=lambda each: -sizes[str(each)]):
        fold_of[str(name)] = int(np.argmin(load))
        load[fold_of[str(name)]] += sizes[str(name)]
    return np.array([fold_of[each] for each in roots], dtype=np.int64)

"""The corpus is what its README says, and the tools that read it split it as they promise."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import msgspec
import numpy as np
import pytest

from app.base.errors import Misconfigured
from app.ops.training import corpus
from app.ops.training.corpus import CORPUS, Example
from app.ops.training.figures import best_threshold, figures, threshold_at
from app.rules.meaning import FIGURES, LABELS

EXAMPLES = corpus.read([CORPUS])


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def test_it_is_as_large_and_as_spanish_as_it_has_to_be() -> None:
    added = [example for example in EXAMPLES if not example.part.startswith("community")]
    assert len(added) >= 4_000
    assert sum(example.lang == "es" for example in added) * 8 >= len(added)
    for label in LABELS:
        assert sum(label in example.labels for example in EXAMPLES) >= 300, label


def test_ids_are_unique_and_no_text_stands_twice() -> None:
    assert [key for key, count in Counter((each.part, each.id) for each in EXAMPLES).items() if count > 1] == []
    texts = Counter(words(each.text) for each in EXAMPLES if len(words(each.text)) > 25)
    assert [text for text, count in texts.items() if count > 1] == []


def test_every_file_is_named_in_its_readme() -> None:
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([a-z]+)(?:-\*)?` \|", readme, re.MULTILINE)
    for file in CORPUS.glob("*.jsonl"):
        assert file.stem.partition("-")[0] in told, file.name
    assert set(LABELS) <= set(re.findall(r"`([a-z-]+)`", readme))


def test_no_pair_and_no_author_stands_in_two_folds() -> None:
    fold = corpus.folds(EXAMPLES)
    assert np.bincount(fold).min() > 0.9 * np.bincount(fold).max()
    for key in ("pair", "author"):
        where: defaultdict[str, set[int]] = defaultdict(set)
        for example, number in zip(EXAMPLES, fold.tolist(), strict=True):
            if getattr(example, key):
                where[getattr(example, key)].add(number)
        assert {name for name, numbers in where.items() if len(numbers) > 1} == set()


def test_the_same_examples_are_split_the_same_way() -> None:
    assert (corpus.folds(EXAMPLES[:500]) == corpus.folds(EXAMPLES[:500])).all()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2"),
        ('{"id": "1", "text": "hi"}', "labels"),
        ('{"id": "1", "text": "hi", "labels": ["rude"]}', "rude"),
        ('{"id": "1", "text": "hi", "labels": [], "colour": 1}', "colour"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text('{"id": "0", "text": "hi", "labels": []}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(Misconfigured, match=rf"some\.jsonl, line 2.*{told}|{told}"):
        corpus.read([file])


def test_figures_are_those_of_the_textbook() -> None:
    predicted = np.array([True, True, True, False, False, False])
    true = np.array([True, True, False, True, False, False])
    told = figures(predicted, true)
    assert (round(told.precision, 3), round(told.recall, 3), round(told.f1, 3)) == (0.667, 0.667, 0.667)
    assert told.low <= told.f1 <= told.high
    perfect = figures(true, true)
    assert (perfect.precision, perfect.recall, perfect.f1) == (1, 1, 1)


def test_thresholds_stand_where_they_say() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])
    true = np.array([True, True, False, True, False, False])
    assert 0.5 < best_threshold(scores, true) < 0.6
    many, right = np.linspace(1, 0, 100), np.arange(100) < 50
    assert 0.49 < threshold_at(many, right, 0.999) < 0.51
    assert threshold_at(scores, ~true, 0.99) > 0.9
    assert best_threshold(scores, true, margin=0.1) > 0.7


def test_an_example_without_pair_or_author_stands_for_itself() -> None:
    alone = [Example(id=str(number), text="hi", labels=[]) for number in range(50)]
    assert np.bincount(corpus.folds(alone)).tolist() == [10] * 5


def test_the_figures_in_the_document_are_those_that_came_with_the_weights() -> None:
    told = (CORPUS.parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
    kept = msgspec.json.decode(FIGURES.read_bytes())
    assert f"{kept['examples']:,} invented messages" in told
    assert kept["examples"] == len(EXAMPLES)
    for label in LABELS:
        full, light = (kept["storeys"][storey][label]["possible"] for storey in ("full", "light"))
        row = next(line for line in told.splitlines() if line.startswith(f"| `{label}` | 0."))
        assert (
            f"{full['precision']:.3f} | {full['recall']:.3f} | {full['f1']:.3f} ({full['low']:.3f}–{full['high']:.3f})"
            in row
        )
        assert f"| {light['f1']:.3f} (" in row

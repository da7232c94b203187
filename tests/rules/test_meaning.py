"""The heads as they are shipped: complete, in order, and the same in training and in use."""

from __future__ import annotations

import numpy as np
import pytest

from app.base.encoder import Encoder
from app.base.errors import Unavailable
from app.ops.training import light as training
from app.ops.training.corpus import Example
from app.rules import meaning
from app.rules.book import book_of
from app.rules.draft import Draft
from app.rules.features import COUNTS, TABLE
from app.rules.folding import fold
from app.rules.judging import judge
from app.rules.meaning import GRAPH, HEADS, HITS, LABELS, LEVELS, STOREYS
from app.rules.verdict import RULES

TEXTS = ["you should stop the chemo", "my hair fell out", "hello", "", "😀", "Tómate dos", "a" * 4_000, "one. " * 400]


def test_the_weights_have_the_shape_that_the_code_reads() -> None:
    with np.load(HEADS) as stored:
        shapes = {name: stored[name].shape for name in stored.files}
    labels, inputs = len(LABELS), 2 * len(LABELS) + len(HITS) + 1
    assert shapes == {
        "pieces": (TABLE, labels), "rows": (TABLE, labels), "pieces_scale": (labels,), "rows_scale": (labels,),
        "pieces_rarity": (TABLE,), "rows_rarity": (TABLE,), "counts": (len(COUNTS), labels), "bias": (labels,),
        "mixing": (len(STOREYS), labels, inputs), "thresholds": (len(STOREYS), labels, len(LEVELS)),
    }  # fmt: skip


def test_each_level_begins_where_the_one_before_it_has_begun() -> None:
    with np.load(HEADS) as stored:
        assert (np.diff(stored["thresholds"], axis=2) >= 0).all()


def test_the_repository_stays_small() -> None:
    assert HEADS.stat().st_size + GRAPH.stat().st_size < 12_000_000


@pytest.mark.parametrize("text", TEXTS)
def test_every_text_has_a_certainty_for_every_label(encoder: Encoder, text: str) -> None:
    folded = fold(text)
    nothing = np.zeros(len(HITS), dtype=np.float32)
    for scores in (None, encoder.at_once([text])):
        weighed = meaning.weigh(meaning.light(folded), scores, nothing)
        assert len(weighed.certainty) == len(LABELS)
        assert all(0 <= certainty <= 1 for certainty in weighed.certainty)
        assert weighed.storey == ("light" if scores is None else "full")


def test_the_encoder_gives_one_text_the_same_scores_alone_and_among_others(encoder: Encoder) -> None:
    together = encoder.scores(TEXTS[:3])
    for row, text in zip(together, TEXTS[:3], strict=True):
        assert np.allclose(row, encoder.at_once([text]), atol=0.6)  # the bytes of a batch are scaled together


def test_an_encoder_without_its_file_says_what_is_missing() -> None:
    missing = Encoder(GRAPH.with_name("nothing.onnx"), len(LABELS))
    assert not missing.load()
    assert "nothing.onnx" in missing.fault
    with pytest.raises(Unavailable, match=r"nothing\.onnx"):
        missing.scores(["hello"])


def test_trained_heads_score_the_same_when_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = np.random.default_rng(1)
    weights = {name: dice.normal(size=(TABLE, len(LABELS))) for name in ("pieces", "rows")}
    rarity = np.abs(dice.normal(size=TABLE)) + 0.5
    heads = training.LightHeads(
        weights["pieces"], weights["rows"], rarity, rarity, dice.normal(size=(len(COUNTS), len(LABELS))),
        dice.normal(size=len(LABELS)),
    )  # fmt: skip
    packed = {name: array.astype(np.float32) for name, array in training.packed(heads).items()}
    monkeypatch.setattr(
        meaning,
        "_heads",
        lambda: meaning._Heads(**packed, mixing=np.zeros(0, np.float32), thresholds=np.zeros(0, np.float32)),
    )
    examples = [Example(id=str(at), text=text, labels=[]) for at, text in enumerate(TEXTS[:6])]
    for example, expected in zip(examples, heads.scores(training.features_of(examples)), strict=True):
        assert np.allclose(meaning.light(fold(example.text)), expected, atol=0.15)


@pytest.mark.parametrize("rule", ["respect", "medical-advice", "promotion", "scam"])
def test_a_score_alone_never_refuses(rule: str) -> None:
    book = book_of({}, {"verdicts": {rule: "refuse"}})
    assert {book.verdict(rule, level) for level in LEVELS} == {"allow", "hold"}  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="score alone"):
        book_of({}, {"verdicts": {rule: {"sure": "refuse"}}})


def test_with_every_rule_disabled_only_the_cards_are_left() -> None:
    judgement = judge(Draft("stop the chemo you idiot, i want to die tonight", 0.0), book_of({}, disabled=RULES))
    assert judgement.findings == ()
    assert [card.kind for card in judgement.care] == ["crisis"]

"""Fine-tuning the sentence encoder: the network above the word table, with one head a label. Offline, with JAX.

The shape is that of Google's Universal Sentence Encoder (multilingual, version 3), as the package that carries its weights
describes it: words are projected into three branches, each of two convolutions over 2, 3 and 5 words; their sum over the
text goes through two residual layers. The table itself is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.base.encoder import CHUNKS, PACKAGE, TOKENS, WIDTH, word_table

Parameters = dict[str, Any]

BRANCHES: Final = ((2, 0), (3, 1), (5, 2))
"""(words, how many of them to the left)."""
LENGTHS: Final = (16, 32, 64, TOKENS)
"""Texts are padded to one of these."""
HEAD_SCALE: Final = 12.0
"""The vectors have length one; the heads learn faster when theirs need not be long."""

EPOCHS, RATE, WARMING, BATCH = 6, 6e-4, 0.1, 32
DROPOUT, WORDS_DROPPED, SMOOTHING, DECAY, HEADS_FASTER = 0.2, 0.15, 0.02, 1e-4, 8.0
"""Settings of the usual size, compared with a few others on one fold; none of them mattered much."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word table and the tokenizer of the package."""

    table: NDArray[np.uint8]
    scale: NDArray[np.float32]
    low: NDArray[np.float32]
    tokenizer: Any

    def pieces(self, text: str) -> list[int]:
        """As `base.encoder` reads a text."""
        found: list[int] = self.tokenizer.encode(text[: 8 * TOKENS], add_bos=True, add_eos=True)
        return found if len(found) <= TOKENS else [*found[: TOKENS - 1], found[-1]]

    def words(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """Vectors of the pieces."""
        chunk = numbers % CHUNKS
        vectors: NDArray[np.float32] = self.table[numbers].astype(np.float32)
        return vectors * self.scale[chunk][..., None] + self.low[chunk][..., None]


def pretrained() -> tuple[Vocabulary, Parameters]:
    """Vocabulary and network as the package has them."""
    import sentencepiece  # noqa: PLC0415

    there = {path.name: Path(str(path.locate())) for path in files(PACKAGE) or ()}
    with np.load(there["weights.npz"], allow_pickle=False) as stored:
        left_out = {"scale", "lo", "bits", *(f"q{chunk + 1}" for chunk in range(CHUNKS))}
        network = {name: stored[name] for name in stored.files if name not in left_out}
        scale, low = stored["scale"], stored["lo"]
    network["eps"] = np.float32(network["eps"])
    return Vocabulary(
        word_table(there["weights.npz"]),
        scale,
        low,
        sentencepiece.SentencePieceProcessor(model_file=str(there["sp.model"])),
    ), network


def forward(network: Parameters, words: Any, mask: Any, drop: Any = None) -> Any:
    """(texts, labels) log odds. `words` (texts, length, WIDTH), `mask` (texts, length, 1); `drop`: a key, for training."""
    import jax  # noqa: PLC0415
    import jax.numpy as jnp  # noqa: PLC0415

    eps, relu = network["eps"], jax.nn.relu
    parts = [words]
    for size, left in BRANCHES:
        kept = _normed(words @ network[f"proj{size}"] + network[f"proj_b{size}"], network, f"{size}", eps) * mask
        once = (relu(_window(kept, size, left) @ network[f"w1_{size}"] + network[f"b1_{size}"]) + kept) * mask
        parts.append(relu(_window(once, size, left) @ network[f"w2_{size}"] + network[f"b2_{size}"]) + once)
    found = _normed(jnp.concatenate(parts, -1), network, "", eps) * mask
    many = mask.sum(1)
    mean = (found.sum(1) @ network["cnn_W"] + many * network["cnn_b"]) / jnp.sqrt(many)
    inner = relu(mean @ network["p1"] + relu(mean @ network["d0"]) @ network["d1"])
    outer = jnp.tanh(inner @ network["p3"] + relu(inner @ network["d2"]) @ network["d3"])
    vector = jnp.concatenate([_unit(outer, eps), _unit(mean, eps)], -1)
    if drop is not None:
        vector = vector * jax.random.bernoulli(drop, 1 - DROPOUT, vector.shape) / (1 - DROPOUT)
    return HEAD_SCALE * vector @ network["heads"] + network["heads_b"]


def _normed(given: Any, network: Parameters, name: str, eps: Any) -> Any:
    import jax  # noqa: PLC0415

    middle = given - given.mean(-1, keepdims=True)
    spread = (middle * middle).mean(-1, keepdims=True)
    return middle * jax.lax.rsqrt(spread + eps) * network[f"ln_g{name}"] + network[f"ln_b{name}"]


def _window(given: Any, size: int, left: int) -> Any:
    """Each word beside its neighbours; nothing beyond the ends."""
    import jax.numpy as jnp  # noqa: PLC0415

    length = given.shape[1]
    padded = jnp.pad(given, ((0, 0), (left, size - 1 - left), (0, 0)))
    return jnp.concatenate([padded[:, at : at + length] for at in range(size)], -1)


def _unit(given: Any, eps: Any) -> Any:
    import jax.numpy as jnp  # noqa: PLC0415

    return given / jnp.sqrt(jnp.maximum((given * given).sum(-1, keepdims=True), eps))


def train(
    vocabulary: Vocabulary, network: Parameters, texts: list[list[int]], true: NDArray[np.bool_], seed: int,
    told: Callable[[str], None] = lambda _line: None,
) -> Parameters:  # fmt: skip
    """A fine-tuned copy of `network`. `texts`: their pieces. The same seed and data give the same network."""
    import jax  # noqa: PLC0415
    import jax.numpy as jnp  # noqa: PLC0415

    dice, key = np.random.default_rng(seed), jax.random.PRNGKey(seed)
    now: Parameters = {name: jnp.asarray(value) for name, value in network.items() if name != "eps"}
    now |= {"heads": jnp.zeros((2 * WIDTH, true.shape[1])), "heads_b": jnp.full((true.shape[1],), -2.0)}
    memory = {name: (jnp.zeros_like(value), jnp.zeros_like(value)) for name, value in now.items()}
    steps, number, step = EPOCHS * sum(1 for _ in _batches(texts, None)), 0, _stepping(network["eps"])
    for epoch in range(EPOCHS):
        total = 0.0
        for chosen, length in _batches(texts, dice):
            number += 1
            key, drop = jax.random.split(key)
            words, mask = _padded(vocabulary, [texts[i] for i in chosen], length, dice)
            wanted = np.zeros((BATCH, true.shape[1]), dtype=np.float32)
            wanted[: len(chosen)] = true[chosen]
            weight = (np.arange(BATCH) < len(chosen)).astype(np.float32)[:, None]
            rate = RATE * min(1.0, number / (WARMING * steps)) * 0.5 * (1 + np.cos(np.pi * number / steps))
            value, now, memory = step(now, memory, number, rate, words, mask, wanted, weight, drop)
            total += float(value)
        told(f"epoch {epoch + 1} of {EPOCHS}: loss {total * EPOCHS / steps:.4f}")
    return {**{name: np.asarray(value) for name, value in now.items()}, "eps": network["eps"]}


def _stepping(eps: Any) -> Callable[..., Any]:
    """One step of training: (network, moments, number, rate, words, mask, wanted, weight, drop) -> loss, both anew."""
    import jax  # noqa: PLC0415
    import jax.numpy as jnp  # noqa: PLC0415

    def loss(given: Parameters, words: Any, mask: Any, wanted: Any, weight: Any, drop: Any) -> Any:
        scores = forward({**given, "eps": eps}, words, mask, drop)
        soft = wanted * (1 - SMOOTHING) + (1 - wanted) * SMOOTHING * 0.3
        each = jnp.maximum(scores, 0) - scores * soft + jnp.log1p(jnp.exp(-jnp.abs(scores)))
        return (each * weight).sum() / weight.sum() + DECAY * (given["heads"] ** 2).sum()

    def step(given: Parameters, moments: Any, number: Any, rate: Any, *batch: Any) -> Any:
        value, slope = jax.value_and_grad(loss)(given, *batch)
        length = jnp.sqrt(sum((each**2).sum() for each in slope.values()))
        slope = {name: each * jnp.minimum(1.0, 1.0 / length) for name, each in slope.items()}
        return value, *_adam(given, moments, slope, number, rate)

    stepping: Callable[..., Any] = jax.jit(step)
    return stepping


def _adam(given: Parameters, moments: Any, slope: Parameters, number: Any, rate: Any) -> tuple[Parameters, Any]:
    import jax.numpy as jnp  # noqa: PLC0415

    after, kept = {}, {}
    for name, value in given.items():
        first = 0.9 * moments[name][0] + 0.1 * slope[name]
        second = 0.99 * moments[name][1] + 0.01 * slope[name] ** 2
        pace = rate * (HEADS_FASTER if name.startswith("heads") else 1.0)
        after[name] = value - pace * (first / (1 - 0.9**number)) / (jnp.sqrt(second / (1 - 0.99**number)) + 1e-8)
        kept[name] = (first, second)
    return after, kept


def scores(vocabulary: Vocabulary, network: Parameters, texts: list[list[int]]) -> NDArray[np.float64]:
    """(texts, labels): log odds."""
    import jax  # noqa: PLC0415

    run = jax.jit(partial(forward, network))
    found = np.zeros((len(texts), network["heads_b"].shape[0]))
    for chosen, length in _batches(texts, None):
        words, mask = _padded(vocabulary, [texts[i] for i in chosen], length, None)
        found[chosen] = np.asarray(run(words, mask))[: len(chosen)]
    return found


def _batches(texts: list[list[int]], dice: np.random.Generator | None) -> Iterator[tuple[NDArray[np.int64], int]]:
    """Texts of like length together; in chance order where there are dice."""
    room = np.searchsorted(LENGTHS, [len(text) for text in texts])
    batches = []
    for number, length in enumerate(LENGTHS):
        chosen = np.flatnonzero(room == number)
        chosen = chosen if dice is None else dice.permutation(chosen)
        batches += [(chosen[at : at + BATCH], length) for at in range(0, len(chosen), BATCH)]
    yield from batches if dice is None else [batches[at] for at in dice.permutation(len(batches))]


def _padded(
    vocabulary: Vocabulary, texts: list[list[int]], length: int, dice: np.random.Generator | None
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """A whole batch, with some words left out where there are dice; never the first and the last mark."""
    numbers, mask = np.zeros((BATCH, length), dtype=np.int64), np.zeros((BATCH, length, 1), dtype=np.float32)
    mask[:, 0] = 1
    for row, text in enumerate(texts):
        pieces = np.array(text)
        if dice is not None and len(pieces) > 6:  # noqa: PLR2004  a shorter text has no word to spare
            keep = dice.random(len(pieces)) > WORDS_DROPPED
            keep[[0, -1]] = True
            pieces = pieces[keep]
        numbers[row, : len(pieces)] = pieces
        mask[row, : len(pieces)] = 1
    return vocabulary.words(numbers), mask

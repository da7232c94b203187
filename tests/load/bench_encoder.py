"""Figures, not a test: what the sentence encoder costs, and what the event loop feels of it.

    .venv/bin/python tests/load/bench_encoder.py

Loop lag: how late a timer of 1 ms comes, beside an idle thread and beside an encoder that always has work, in turn, three
rounds; the difference is what the encoder does to the loop. Texts: the project's corpus, up to 300 characters.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.base.encoder import Encoder
from app.ops.measuring import judged
from app.ops.training import corpus
from app.rules.book import book_of
from app.rules.meaning import GRAPH, LABELS

ROUNDS, SECONDS, LONGEST = 3, 3.0, 300


def memory() -> int:
    """Resident megabytes of this process."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) // 1024


async def lag(seconds: float) -> list[float]:
    """Milliseconds by which a timer of 1 ms was late, again and again."""
    found, end = [], perf_counter() + seconds
    while perf_counter() < end:
        start = perf_counter()
        await asyncio.sleep(0.001)
        found.append((perf_counter() - start) * 1e3 - 1)
    return found


async def loaded(encoder: Encoder, texts: list[str], seconds: float) -> tuple[list[float], int]:
    """The lag beside two texts always being weighed, and how many were."""
    done, at = 0, 0
    stop = perf_counter() + seconds

    async def ask() -> None:
        nonlocal done, at
        while perf_counter() < stop:
            at += 1
            done += await encoder.weigh([texts[at % len(texts)]]) is not None

    found, *_ = await asyncio.gather(lag(seconds), ask(), ask())
    return found, done


async def rounds(encoder: Encoder, texts: list[str]) -> None:
    answering = asyncio.create_task(encoder.run())
    await lag(3)  # it loads meanwhile
    assert encoder.ready, encoder.fault
    for number in range(ROUNDS):
        quiet = await lag(SECONDS)
        busy, done = await loaded(encoder, texts, SECONDS)
        told = [
            f"{np.percentile(each, 50):.2f} / {np.percentile(each, 99):.2f} / {max(each):.2f}" for each in (quiet, busy)
        ]
        print(
            f"round {number + 1}: loop lag ms p50 / p99 / max: idle {told[0]}, weighing {told[1]}; {done / SECONDS:.0f} texts/s"
        )
    answering.cancel()


def main() -> None:
    sys.setswitchinterval(0.0005)  # as app.main has it
    texts = [example.text for example in corpus.read([corpus.CORPUS]) if len(example.text) <= LONGEST][::3]
    before, encoder, book = memory(), Encoder(GRAPH, len(LABELS)), book_of({})
    start = perf_counter()
    assert encoder.load(), encoder.fault
    print(f"loaded in {perf_counter() - start:.2f} s, {memory() - before} MB more, {memory()} MB in all")
    for text in texts[:200]:
        judged(text, book, encoder)
    for number in range(ROUNDS):
        all_ = [judged(text, book, encoder) for text in texts]
        for name, times in (
            ("rules and light heads", [each.micros for each in all_]),
            ("with the encoder", [each.micros + each.encoder_micros for each in all_]),
        ):
            p50, p99 = np.percentile(times, [50, 99]) / 1e3
            print(f"round {number + 1}: {name}: p50 {p50:.2f} ms, p99 {p99:.2f} ms over {len(times):,} texts")
    asyncio.run(rounds(encoder, texts))
    print(f"{memory()} MB at the end")


if __name__ == "__main__":
    main()

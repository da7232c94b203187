"""Figures, not a test: time for ordinary messages, and for hostile ones of 25 and 100 KB.

    .venv/bin/python tests/load/bench_rules.py

The last column is how many times longer four times the text took: near 4 is linear, near 16 is not.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.rules.book import book_of
from app.rules.draft import Draft, Earlier
from app.rules.judging import judge

ORDINARY = [
    "Day 4 of radiation. Tired, but the nurse sang to me and I sang back.",
    "Does anyone know whether hair comes back curly after paclitaxel? Mine is like a lamb's.",
    "Thank you all, you've no idea what it means to read this at 3 a.m. 💛",
    "My mum's scan is on Tuesday at 09:15 and I can't sit still, so I'm baking. Send me your recipes, please!",
    "FUUUCK this, the lift is out again and my port hurts",
    "¿Alguien más con náuseas después del segundo ciclo? A mí el jengibre me ayudó un poco.",
]
HOSTILE = {
    "one letter": "a", "stretched curse": "fu", "letters apart": "f u ", "letters and dots": "s.h.", "masked": "f*", "leet": "sh1",
    "all signs": "$@!", "digits": "1", "digits and blanks": "12 ", "digits and commas": "1,1", "spelled digits": "five ",
    "double": "double ", "mail signs": "a@", "spoken mail": "a at b dot ", "dots": ".", "dotted": "a.b", "quotes": "'", "blanks": " ",
    "lines": "\n", "emoji": "😀", "marks": "f\u0336", "look-alikes": "ѕһ", "o and zero": "o0", "brackets": "(at)", "flags": "🇫",
    "ligature": "ﷺ", "context": "a dick ", "prick": "you prick ", "dates": "12.12.", "web": "www.", "underscore": "_f", "hundred": "nine hundred ",
}  # fmt: skip
QUARTER, WHOLE = 25_000, 100_000
BOOK = book_of({})


def took(text: str, earlier: tuple[Earlier, ...] = ()) -> float:
    start = perf_counter()
    judge(Draft(text, 60.0, earlier=earlier), BOOK)
    return perf_counter() - start


def main() -> None:
    earlier = tuple(Earlier(text, 0.0) for text in ORDINARY * 8)
    times = [took(text, earlier) * 1e6 for _ in range(200) for text in ORDINARY]
    alone = [took(text) * 1e6 for _ in range(200) for text in ORDINARY]
    print(f"ordinary, nothing earlier: p50 {median(alone):.0f} µs, p99 {quantiles(alone, n=100)[98]:.0f} µs")
    print(f"ordinary, 48 earlier:      p50 {median(times):.0f} µs, p99 {quantiles(times, n=100)[98]:.0f} µs")
    for name, unit in HOSTILE.items():
        quarter = min(took((unit * QUARTER)[:QUARTER]) for _ in range(2))
        whole = min(took((unit * WHOLE)[:WHOLE]) for _ in range(2))
        print(f"{name:18} {quarter * 1e3:8.1f} ms {whole * 1e3:8.1f} ms   x {whole / quarter:.1f}")


if __name__ == "__main__":
    main()

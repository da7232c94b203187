"""Figures, not a test: time for ordinary messages, for the longest message there can be, and for hostile texts of 100 KB.

    .venv/bin/python tests/load/bench_rules.py [FILE.jsonl …]

With files (one {"text": …} a line) the ordinary messages are theirs, up to 300 characters. For the hostile kinds: `whole` is
the best of several runs of everything, `cursing` what folding and cursing took of it. The last column is how many times
longer four times the text took: near 4 is linear, near 16 is not, well below 4 is bounded.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.rules import cursing
from app.rules.book import book_of
from app.rules.draft import Draft, Earlier
from app.rules.folding import fold
from app.rules.judging import judge

ORDINARY = [
    "Day 4 of radiation. Tired, but the nurse sang to me and I sang back.",
    "Does anyone know whether hair comes back curly after paclitaxel? Mine is like a lamb's.",
    "Thank you all, you've no idea what it means to read this at 3 a.m. 💛",
    "My mum's scan is on Tuesday at 09:15 and I can't sit still, so I'm baking. Send me your recipes, please!",
    "FUUUCK this, the lift is out again and my port hurts",
    "¿Alguien más con náuseas después del segundo ciclo? A mí el jengibre me ayudó un poco.",
]
LETTERS, DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
HOSTILE = {
    "one letter": "a", "stretched curse": "fu", "letters apart": "f u ", "letters and dots": "s.h.", "masked": "f*", "leet": "sh1",
    "all signs": "$@!", "digits": "1", "digits and blanks": "12 ", "digits and commas": "1,1", "spelled digits": "five ",
    "double": "double ", "mail signs": "a@", "spoken mail": "a at b dot ", "dots": ".", "dotted": "a.b", "quotes": "'", "blanks": " ",
    "lines": "\n", "emoji": "😀", "marks": "f\u0336", "look-alikes": "ѕһ", "o and zero": "o0", "brackets": "(at)", "flags": "🇫",
    "ligature": "ﷺ", "context": "a dick ", "prick": "you prick ", "dates": "12.12.", "web": "www.", "underscore": "_f", "hundred": "nine hundred ",
    "curses": "fuck ", "curses in disguise": "f*ck sh1t 🇫🇺🇨🇰 s.h.i.t b!tch ", "nearly curses": "shii take s.cunthorpe ",
    "innocent company": "pussy cat, a cock and a dick; ", "stretched": "aabb", "punctuation": "!?.,;:'\"-/()[]",
    "long row of signs": "*#$%&@~^", "emoji in words": "f😂x a💛b ", "letters spelled": "s h i t a k e ", "broken words": "fuc kin sh it as hole ",
    "odd words": " ".join(a + n + b for a in LETTERS for n in DIGITS for b in LETTERS) + " ",
    "masked words": " ".join(a + "*" * n + b for a in LETTERS for b in LETTERS for n in range(1, 6)) + " ",
    "rare letters": "".join(map(chr, range(0x1000, 0x3000))), "all the company": "f eff ass cock prick dick piss hijo culo cago mf tf b p ",
    "everything": "f u c k 12 a@b.c 🇫 f*ck ѕһіт double five dick, www.a.b 01/02/2024 ﷺ ¡joder! s-h-i-t ",
}  # fmt: skip
MESSAGE, QUARTER, WHOLE = 4_000, 25_000, 100_000
SHORT = 300
BOOK = book_of({})


def took(text: str, earlier: tuple[Earlier, ...] = ()) -> float:
    start = perf_counter()
    judge(Draft(text, 60.0, earlier=earlier), BOOK)
    return perf_counter() - start


def took_cursing(text: str) -> float:
    """Folding and cursing only."""
    start = perf_counter()
    folded = fold(text)
    list(cursing.look(Draft(text, 60.0), folded, BOOK))
    return perf_counter() - start


def told(name: str, times: list[float]) -> None:
    micros = [time * 1e6 for time in times]
    print(f"{name:32} p50 {median(micros):.0f} µs, p99 {quantiles(micros, n=100)[98]:.0f} µs")


def main() -> None:
    lines = [json.loads(line)["text"] for name in sys.argv[1:] for line in Path(name).read_text("utf-8").splitlines()]
    texts = [text for text in lines if len(text) <= SHORT] or ORDINARY * 100
    earlier = tuple(Earlier(text, 0.0) for text in ORDINARY * 8)
    told("ordinary, folding and cursing", [min(took_cursing(text) for _ in range(3)) for text in texts])
    told("ordinary, judged whole", [min(took(text) for _ in range(3)) for text in texts])
    told("ordinary, with 48 earlier ones", [took(text, earlier) for text in texts[:2_000]])
    print(f"\n{'ms':20} {'4,000: cursing':>14} {'whole':>7}   {'100 KB: cursing':>15} {'whole':>7}    x 4")
    for name, unit in HOSTILE.items():
        message, quarter, whole = ((unit * (size // len(unit) + 1))[:size] for size in (MESSAGE, QUARTER, WHOLE))
        small = [1e3 * min(ask(message) for _ in range(5)) for ask in (took_cursing, took)]
        large = [1e3 * min(ask(whole) for _ in range(3)) for ask in (took_cursing, took)]
        times = large[1] / (1e3 * min(took(quarter) for _ in range(3)))
        print(f"{name:20} {small[0]:14.1f} {small[1]:7.1f}   {large[0]:15.1f} {large[1]:7.1f}   x {times:.1f}")


if __name__ == "__main__":
    main()

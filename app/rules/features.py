"""What the light heads look at: pieces of words, words and concepts in a row, and a few plain counts.

Pieces and rows are hashed into one table of `TABLE` places, so there is no vocabulary to carry. The functions here are
what training uses too: a change of any of them asks for new heads (`rules train`).
"""

from __future__ import annotations

import re
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from app.rules.concepts import concept
from app.rules.folding import Folded

TABLE: Final = 1 << 17
"""Places for pieces of words, and as many again for rows of words."""

LONGEST: Final = 2_000
"""Characters that are looked at; a longer text is looked at in parts by the floor above."""

_TOKEN: Final = re.compile(r"[^\W_]+(?:['’][a-z]+)?|[!?]+|[$£€%@#]|[\U0001f000-\U0001faff☀-➿]")
_GAP: Final = re.compile(r"[^a-z0-9$£€%@#!?'\x80-\U0010ffff]+")
_LONGEST_PIECE: Final = 5
_START, _END = "^", "$"
_PRIME: Final = np.uint64(0x9E3779B97F4A7C15)
_SPACE: Final = ord(" ")
_FOLD: Final = np.uint64(29)
_SHIFT: Final = np.uint64(64 - 17)
_CRC_SHIFT: Final = 32 - 17

COUNTS: Final = ("length", "shouting", "questions", "exclamations", "digits", "you", "me", "should", "lines")


def tokens(text: str) -> list[str]:
    """The words and telling signs of a folded text; apostrophes are left out (dont, im)."""
    return [token.replace("'", "").replace("’", "") for token in _TOKEN.findall(text[:LONGEST])]


def pieces(text: str) -> NDArray[np.int64]:
    """Places of the pieces of 3 to 5 characters inside the words, their edges included; each as often as it stands there."""
    plain = f" {_GAP.sub(' ', text[:LONGEST])} "
    codes = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < _LONGEST_PIECE:
        codes = np.concatenate([codes, np.full(_LONGEST_PIECE - len(codes), _SPACE, dtype=np.uint64)])
    blank = codes == _SPACE
    mixed = _mixed(_mixed(codes[:-2], codes[1:-1]), codes[2:])
    across = blank[1:-1]
    found = [mixed[~across]]
    for size in range(4, _LONGEST_PIECE + 1):
        mixed = _mixed(mixed[:-1], codes[size - 1 :])
        across = across[:-1] | blank[size - 2 : -1]
        found.append(mixed[~across])
    return (np.concatenate(found) >> _SHIFT).astype(np.int64)


def _mixed(hashed: NDArray[np.uint64], codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    product = (hashed ^ codes) * _PRIME
    return product ^ (product >> _FOLD)


def word_rows(words: list[str]) -> NDArray[np.int64]:
    """Places of one and two words in a row, and of one, two and three concepts in a row, each as often as it stands there."""
    ideas = [_START, *map(concept, words), _END]
    words = [_START, *words, _END]
    seen: list[str] = []
    last = len(words) - 1
    for at in range(1, last):
        word, idea, after = words[at], ideas[at], ideas[at + 1]
        seen += (word, f"{word} {words[at + 1]}", f"~{idea} {after}", f"~{ideas[at - 1]} {idea} {after}")
        if idea != word:
            seen.append(f"~{idea}")
        if at + 1 < last:
            seen.append(f"~{idea} * {ideas[at + 2]}")
    return np.array([crc32(row.encode("utf-8", "surrogatepass")) >> _CRC_SHIFT for row in seen], dtype=np.int64)


def counts(folded: Folded, words: list[str]) -> NDArray[np.float64]:
    """The plain counts, in the order of `COUNTS`, each about 0 to 1."""
    source = folded.source[:LONGEST]
    length = max(1, len(source))
    ideas = [concept(word) for word in words]
    many = max(1, len(words))
    return np.array([
        min(1.0, np.log1p(len(words)) / 6),
        sum(map(str.isupper, source)) / length,
        min(1.0, source.count("?") / 3),
        min(1.0, source.count("!") / 4),
        min(1.0, 3 * sum(map(str.isdigit, source)) / length),
        min(1.0, 3 * ideas.count("YOU") / many),
        min(1.0, 3 * ideas.count("ME") / many),
        min(1.0, 6 * ideas.count("SHOULD") / many),
        min(1.0, source.count("\n") / 5),
    ])  # fmt: skip

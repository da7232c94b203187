"""Families of words, written in short: stems and endings."""

from __future__ import annotations


def forms(rows: str) -> frozenset[str]:
    """Rows of `stem stem … : ending|ending|…`: every stem with every ending; without a colon the words themselves."""
    words: set[str] = set()
    for row in filter(None, map(str.strip, rows.split("\n"))):
        stems, _, endings = row.partition(":")
        words.update(stem + ending.strip() for stem in stems.split() for ending in endings.split("|"))
    return frozenset(words)

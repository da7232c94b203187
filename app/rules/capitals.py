"""Capitals: what folding takes away and a name shows. Accents and invisible characters stay away."""

from __future__ import annotations

from app.rules.folding import Folded


def cased(folded: Folded, start: int, end: int) -> str:
    """`folded.text[start:end]`, at the same length, with capitals where capitals were typed."""
    if folded.starts is None and folded.source.isascii():
        return folded.source[start:end]
    typed = folded.source
    places = folded.starts[start:end] if folded.starts else range(start, end)
    return "".join(
        char.upper() if typed[at].isupper() and len(char.upper()) == 1 else char
        for at, char in zip(places, folded.text[start:end], strict=True)
    )


def are_capital(folded: Folded, start: int, end: int, small: frozenset[str] = frozenset()) -> bool:
    """Whether every word there was typed with a capital, `small` ones aside, in a text that is not all capitals."""
    if folded.source.isupper():
        return False
    words = cased(folded, start, end).split()
    return all(word[0].isupper() or word[0].isdigit() or word.lower() in small for word in words)

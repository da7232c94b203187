"""Folding: what a reader's eye makes of a text, with a map back to what was typed.

Case, width, accents, look-alikes of other scripts, letters in circles and squares, invisible characters: all that can
be said about one character alone. Stretched, spelled out, masked and leet words are `spelling`'s.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from app.rules.confusables import ROWS
from app.rules.lookalikes import BLANK, INVISIBLE, LOOKALIKES
from app.rules.verdict import Span

NAMED_LETTER: Final = re.compile(
    r"LATIN (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL )?([A-Z])(?: WITH .*)?$"
    r"|(?:NEGATIVE )?(?:CIRCLED|SQUARED|CROSSED NEGATIVE SQUARED) LATIN (?:CAPITAL|SMALL) LETTER ([A-Z])$"
)
"""Letters with strokes and hooks, small capitals, circled and squared letters say in their names what they are."""

LONGEST_PIECE: Final = 3
"""What would fold to more characters stays as it is: ﷺ is a greeting of 18 letters. So a text of n code points has 3 n
folded ones at most; flags, each half of which is a letter between blanks, do have three."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_FLAG_A: Final = 0x1F1E6
_FLAG_Z: Final = 0x1F1FF
_DROPPED: Final = frozenset({"Mn", "Me", "Cf", "Cc"})
_ROUNDS: Final = 4
_REMEMBERED: Final = 50_000
"""So many characters are looked up once: all that are assigned, but for the ideographs and syllables below. Each takes
about 100 bytes; looking one up takes about 3 µs, which a text of 4,000 rare characters should not cost each time."""

_LOOKS_LIKE: Final[dict[str, str]] = {char: letters for letters, chars in ROWS for char in chars}


@dataclass(frozen=True, slots=True)
class Folded:
    """`text`: lower case, plain letters. `source`: as typed. `starts`: where each character of `text` was typed."""

    source: str
    text: str
    starts: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> Span:
        """The typed span behind `text[start:end]` (not empty), with marks and invisible characters that follow."""
        if self.starts is None:
            return (start, end)
        last = self.starts[end - 1]
        while end < len(self.starts) and self.starts[end] == last:
            end += 1
        return (self.starts[start], self.starts[end] if end < len(self.starts) else len(self.source))


def fold(text: str) -> Folded:
    """Any str, also with lone surrogates. Folding a folded text changes nothing."""
    if text.isascii() and not _CONTROL.search(text):
        return Folded(text, text.lower())
    pieces = [_PLAIN[char] for char in text]
    folded = "".join(pieces)
    if len(folded) == len(text) and all(pieces):
        return Folded(text, folded)
    return Folded(text, folded, tuple([at for at, piece in enumerate(pieces) for _ in piece]))


def fold_char(char: str) -> str:
    """One character's folded form: usually one character, none for an invisible one, two or three for a ligature."""
    if _of_itself(char):
        return char
    piece = char
    for _ in range(_ROUNDS):
        folded = _step(piece) if len(piece) == 1 else "".join(map(_step, piece))
        if folded == piece:
            break
        piece = folded
    return piece if len(piece) <= LONGEST_PIECE else char


def _step(char: str) -> str:
    if char.isascii():
        return _ascii(char)
    if char in LOOKALIKES:
        return LOOKALIKES[char]
    category = unicodedata.category(char)
    if category in _DROPPED or char in INVISIBLE:
        return ""
    if category == "Cs":
        return "\ufffd"
    if category[0] == "Z" or char in BLANK:
        return "\n" if category in {"Zl", "Zp"} else " "
    return _letter(char)


def _ascii(char: str) -> str:
    if char in "\n\t" or char.isprintable():
        return char.lower()
    return "\n" if char in "\r\v\f" else ""


def _letter(char: str) -> str:
    point = ord(char)
    if _FLAG_A <= point <= _FLAG_Z:
        return f" {chr(point - _FLAG_A + ord('a'))} "  # spelled with flags: each flag half is a letter of its own
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if char in _LOOKS_LIKE:
        return _LOOKS_LIKE[char]
    named = NAMED_LETTER.match(unicodedata.name(char, ""))
    if named:
        return next(letter for letter in named.groups() if letter).lower()
    return unicodedata.normalize("NFKD", char).casefold()


def _of_itself(char: str) -> bool:
    """The large blocks of ideographs and syllables: there is nothing to look up."""
    return "\u3400" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" or "\U00020000" <= char <= "\U0002f7ff"


class _Plain(dict[str, str]):
    def __missing__(self, char: str) -> str:
        piece = fold_char(char)
        if len(self) < _REMEMBERED and not _of_itself(char):
            self[char] = piece
        return piece


_PLAIN: Final = _Plain()

"""Makes `app/rules/confusables.py` from Unicode's table of characters that look alike (UTS #39).

    python -m app.ops.confusables confusables.txt > app/rules/confusables.py

The file is part of Unicode's security data (https://www.unicode.org/Public/security/). Of its ten thousand rows those are
kept that lead from another script to Latin letters, digits or signs, and that no decomposition leads there.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from app.rules.folding import LONGEST_PIECE, NAMED_LETTER

_ROW: Final = re.compile(r"([0-9A-F]{4,6}) ;\s([0-9A-F ]+?) ;\sMA\b")
_VERSION: Final = re.compile(r"^# Version: ([\d.]+)", re.MULTILINE)
_SIGNS: Final = frozenset("'\"-.,:;!?*/()+=<>~")
_MARKS: Final = frozenset({"Mn", "Me", "Cf"})
_LEFT_ALONE: Final = _MARKS | {"Sc"}
"""Signs of money too: `spelling` has several letters for some of them."""

_ESCAPED: Final = str.maketrans({"\\": "\\\\", '"': '\\"'})
_WIDTH: Final = 100

_HEAD: Final = '''\
"""Characters of other scripts that look like Latin letters, digits or signs. Made by `app.ops.confusables`; not by hand.

From confusables.txt, Unicode Security Mechanisms for UTS #39, version {version}, reduced to what folds to ASCII.

Copyright © 1991-2020 Unicode, Inc. All rights reserved. Distributed under the Terms of Use in
https://www.unicode.org/copyright.html. Permission is hereby granted, free of charge, to any person obtaining a copy of the
Unicode data files and any associated documentation (the "Data Files") to deal in the Data Files without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute, and/or sell copies of the Data
Files, and to permit persons to whom the Data Files are furnished to do so, provided that either (a) this copyright and
permission notice appear with all copies of the Data Files, or (b) this copyright and permission notice appear in
associated Documentation. THE DATA FILES ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED.
"""

from __future__ import annotations

from typing import Final

ROWS: Final[tuple[tuple[str, str], ...]] = (
'''
_FOOT: Final = '''\
)
"""(what it looks like, the characters)."""
'''


def module(confusables: str) -> str:
    """The source of the module, from the text of the file."""
    version = _VERSION.search(confusables)
    table: defaultdict[str, list[str]] = defaultdict(list)
    for char, looks_like in _lookalikes(confusables):
        table[looks_like].append(char)
    lines = [
        f'    ("{looks_like.translate(_ESCAPED)}", "{"".join(row)}"),\n'
        for looks_like, chars in sorted(table.items())
        for row in _cut(sorted(chars))
    ]
    return _HEAD.format(version=version[1] if version else "?") + "".join(lines) + _FOOT


def _lookalikes(confusables: str) -> Iterator[tuple[str, str]]:
    for source, target in _ROW.findall(confusables):
        char = chr(int(source, 16))
        looks_like = _bare("".join(chr(int(point, 16)) for point in target.split()))
        # The prototype of m is rn. A letter with a hook is one with an apostrophe there.
        looks_like = looks_like.replace("rn", "m")
        looks_like = looks_like.replace("'", "") or looks_like[:1]
        if not char.isascii() and _wanted(char, looks_like):
            yield char, looks_like


def _bare(text: str) -> str:
    """Without marks, in lower case, and a small capital as the letter that it is."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(_named(char) or char for char in letters if unicodedata.category(char) not in _MARKS).lower()


def _named(char: str) -> str:
    named = NAMED_LETTER.match(unicodedata.name(char, ""))
    return next(letter for letter in named.groups() if letter) if named else ""


def _wanted(char: str, looks_like: str) -> bool:
    """Not where folding knows better: digits keep their value, and what Unicode decomposes or names is folded by that."""
    if unicodedata.digit(char, None) is not None or unicodedata.category(char) in _LEFT_ALONE or char.isspace():
        return False
    if _bare(char).isascii():
        return False
    if looks_like in _SIGNS:
        return not char.isalpha()  # a letter is no punctuation, in whatever script
    return looks_like.isascii() and looks_like.isalnum() and len(looks_like) <= LONGEST_PIECE


def _cut(chars: list[str]) -> Iterable[list[str]]:
    return (chars[at : at + _WIDTH] for at in range(0, len(chars), _WIDTH))


if __name__ == "__main__":
    sys.stdout.write(module(Path(sys.argv[1]).read_text(encoding="utf-8-sig")))

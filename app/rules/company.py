"""Words that are a curse in one company and innocent in another, and the innocent words that hold a curse's letters.

The patterns are in `company_english` and `company_abroad`. A blank in them stands for whatever parts two words: up to
four blanks, signs, emoji. They are matched against the folded text; one of `ONLY_WITH` holds the word itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from app.rules.company_abroad import NOT_WITH_ABROAD, ONLY_WITH_ABROAD
from app.rules.company_english import NOT_WITH_ENGLISH, ONLY_WITH_ENGLISH
from app.rules.curses_abroad import OTHER_SCRIPTS

_REACH: Final = 48
"""Characters before and after a word that are its company."""

INNOCENT: Final = re.compile(
    r"aspirat|scunth|cuntlin|placunt|snigger|n+i+g+e+r+i+a|niggard|shi+tak|\bshi+ta\b|mishit|swank|wankel"
    r"|bastardi[sz](?!h)|pakist|fuci[dt]|fucac|fucal|fucat|fucus|fucoid|fucos|jizzen|fagott(?:o|i)\b|whorl|horehound"
    r"|fuchs|kurashit|matsushit|yamashit|kinoshit|miyashit|morishit|takeshit|harshit|akshit|hoshit|\bputt[oi]\b"
    r"|phuket|fukuok|fukush|fukuda|retardan|retardat|pussy(?:cat|foot|hat|willow)|bitchum|whitt|jizya|cover ?slut"
    r"|\bshiites?\b|kikke"
)

INNOCENT_WHOLE: Final = re.compile(
    r"scunthorpe|shi+take|cuntline|snig+er(?:s|ed|ing)?|swank(?:y|s|ed|ing|ier|iest)?|pased|phuket"
)
"""The same as whole words, every letter once, for those that were cut in two."""

ONLY_WITH: Final = ONLY_WITH_ABROAD | ONLY_WITH_ENGLISH
"""A curse only in this company."""

NOT_WITH: Final = NOT_WITH_ABROAD | NOT_WITH_ENGLISH
"""A curse, unless in this company."""

ACCENTED: Final = frozenset({"cono", "conos", "conazo", "conazos", "conaso"})
"""A curse only if an ñ was typed: coño, but not the cono of a biopsy."""

UNACCENTED: Final = frozenset({"pinche", "mame", "jodia"})
"""A curse only without an é: pinche, but pinché is "I pricked myself"."""

CAPITALISED: Final = frozenset(
    "Kike Kikes Fuk Gaylord Lesbo Lesbos Wank Kunt Effing Effin Fock Fux Cullera TF MF FK HDP CSM CTM PTM ALV".split()
)
"""Names and abbreviations, when written like this."""

SIDE_BY_SIDE: Final = re.compile(
    r"who[ '](?:rey?|res|red)|sh[ ']its|pus[ '-]sys?|wan[ ']k(?:er|ing)?|as[ ']holes?|\w*s[ ']hit\w*|b[ ']itch\w*"
    r"|bit[ ']ch(?:in|ing|er|ers|ess?|es|y)|bol[ ']locks?|fu[ ']king?s?|bas[ ']tards?|fag[ ']gots?|shi[ ']ites?"
    r"|re[ ']tards?|s[ ']luts?|dum[ ']bass(?:es)?|cock[ ']robin|t[ ']wat|shi[ ']t?ers?"
)
"""Two innocent words that together would spell a curse."""


def is_another_word(curse: str, typed: str) -> bool:
    """Whether what was typed only folds to the curse: a name (Kike, Dick Rider), a word with other accents, Russian."""
    if typed in CAPITALISED or (curse.startswith(("dick", "cock")) and " " in typed and typed.istitle()):
        return True
    if typed.isascii():
        return curse in ACCENTED
    composed = unicodedata.normalize("NFC", typed.lower())
    if curse in ACCENTED:
        return "ñ" not in composed
    if curse in UNACCENTED:
        return "é" in composed
    return _OF_ONE_SCRIPT.fullmatch(composed) is not None and curse not in OTHER_SCRIPTS


def keeps_bad_company(word: str, text: str, start: int, end: int) -> bool:
    """Whether the curse `word`, read in `text[start:end]`, is meant as one."""
    near, far = max(0, start - _REACH), end + _REACH
    if word in _NOT_WITH:
        return _NOT_WITH[word].search(text, near, far) is None
    if word not in _ONLY_WITH:
        return True
    tried = [near, *(match.start() for match in _WORD.finditer(text, near, start)), start]
    phrases = (_ONLY_WITH[word].match(text, at, far) for at in tried[-_WORDS_BEFORE:])
    return any(phrase and phrase.end() >= end for phrase in phrases)


def _compiled(patterns: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    """A blank is any gap; one that may be missing, too."""
    return {
        word: re.compile(pattern.replace(" ?", r"[\W_]{0,4}").replace(" ", r"[\W_]{1,4}"))
        for word, pattern in patterns.items()
    }


_OF_ONE_SCRIPT: Final = re.compile(r"[а-яё]+|[α-ωάέήίόύώ]+")
"""A Russian or a Greek word; to write a Latin one with look-alikes takes letters of several alphabets."""

_WORD: Final = re.compile(r"[^\W_]+")
_WORDS_BEFORE: Final = 7
"""A phrase begins at most so many words before its curse, or at the beginning of the text."""

_ONLY_WITH: Final = _compiled(ONLY_WITH)
_NOT_WITH: Final = _compiled(NOT_WITH)

"""How alike two messages are, as a reader would say: in other spellings, in another order, with a greeting before them.

`profile` is what is compared; it is remembered for the texts that were looked at last, since each is looked at again
with every message of the same author.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from app.rules.folding import fold
from app.rules.numeral_words import TEENS, TENS, UNITS

COMPARED: Final = 1_000
"""Characters of a text that are compared."""

_REMEMBERED: Final = 4_096
"""Texts, of at most so many characters each: a few megabytes at most."""

_EARLY: Final = 7
"""Words at the beginning: a number there is what the message is about (Day 3, PSA 0.04, 12 down, 18 to go)."""

_WEIGHTY: Final = 4
_SPELT: Final = 70.0
"""Likeness from which two words are one in two spellings."""

_ANOTHER_MATTER: Final = 0.25
"""Share of its words of weight that each of two messages has for itself when they are about different things."""

_TELLING: Final = 4
"""Words of weight that two texts share: the same, whatever stands between, when neither has much else."""

_ANOTHER_WORD: Final = 0.17

_LENIENT: Final = 82.0
"""Up to this least likeness other words between, and more of them, make no difference."""

_INSIDE: Final = 92.0
"""Likeness of 100 from which the words of one text are found in the other."""

_WHOLE, _LONG = 40, 60
"""Letters from which a text that is found in another one, as it stands or word by word, makes it the same again."""

_SPELLED: Final = 3

_SIGN: Final = re.compile(r"(?<=[a-z])[@$!|](?=[a-z])")
_SIGNS: Final = str.maketrans("@$!|", "asil")
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")
_WORD: Final = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_LEET: Final = str.maketrans("0134578", "oieastb")
_DIGITS: Final = str.maketrans("oil", "011")
_ORDINALS: Final = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_NUMBERS: Final = (
    {
        word: digit
        for word, digit in UNITS.items()
        if word not in {"o", "oh", "un", "um", "une", "uma", "bir", "uno", "een"}
    }
    | TEENS
    | {word: f"{digit}0" for word, digit in TENS.items()}
    | {word: str(number) for number, word in enumerate(_ORDINALS)}
)
_LAB: Final = re.compile(
    r"(?:psa|cea|ca|hb|hgb|haemoglobin|hemoglobin|wbc|anc|neuts|neutrophils|platelets|plts|ldh|afp|hcg|creatinine"
    r"|gfr|temp|temperature|weight|weighs|bp|pulse|sats|sugar"
    r"|counts?|level|pain|score|fever|chemo|cycle|round|day|week|month|night|session|fraction|radiation|rads"
    r"|infusion|treatment|scan|dose|part|chapter|step|tip|question|number"
    r"|dia|ciclo|semana|sesion|plaquetas|leucos|peso|tag|zyklus|jour|cure)(?: (?:is|was|now|at|of|to|numero|number"
    r"|no|came back at|came back|this week|today|es|esta en))? $"
)
_AFTER_NUMBER: Final = re.compile(
    r" ?(?:of \d|st|nd|rd|th|down|to go|done|left|sleeps?|more|days?|weeks?|kg|lbs?|steps?|km|miles)\b"
)
_NUMBER: Final = re.compile(r"(?<!\S)\d[\d.,]*")
_LONGEST_CUE: Final = 34
_LIGHT: Final = frozenset(
    """
    about again also always another anybody anyone anything around back been being best come could each even ever every
    everybody everyone everything folks friends from give good great guys hello here into just know like little lots
    make many more most much need never nice nobody none noone once only other over people please quite really right
    does said same some somebody someone something soon still such sure than that them then there these they thing this
    those today very want well were what when where which while will with would your yours wonderful amazing have
    para pero como cuando donde todo toda todos todas algo alguien nada nadie mucho mucha gracias favor esta este esto
    """.split()
)


@dataclass(frozen=True, slots=True)
class Profile:
    """`said`: the words joined by blanks, numbers in digits. `ordered`: the same words sorted.

    `words`: how many there are. `weighty`: those that say what it is about.
    `early`: the numbers among its first words. `counted`: numbers that a counting word stands beside.
    """

    said: str
    ordered: str
    words: int
    weighty: frozenset[str]
    early: tuple[str, ...]
    counted: tuple[str, ...]


@lru_cache(maxsize=_REMEMBERED)
def profile_of(text: str) -> Profile:
    """Of a text as it was typed; hand over its first `COMPARED` characters only."""
    return profile(fold(text).text)


def profile(folded: str) -> Profile:
    words = _words(folded[:COMPARED])
    said = " ".join(words)
    early = tuple(word for word in words[:_EARLY] if word[0].isdigit())
    weighty = {word for word in words if len(word) >= _WEIGHTY and not word[0].isdigit()} - _LIGHT
    return Profile(said, " ".join(sorted(words)), len(words), frozenset(weighty), early, _counted(said))


def alike(one: Profile, other: Profile, least: float) -> bool:
    """Letter by letter, or in another order of words, at least so much of 100; the same words of weight, or one whole in the other."""
    if fuzz.ratio(one.said, other.said, score_cutoff=least):
        return True
    if fuzz.ratio(one.ordered, other.ordered, score_cutoff=least):
        return True
    common = len(one.weighty & other.weighty)
    free = least <= _LENIENT
    if free and common >= _TELLING and common + 2 > max(len(one.weighty), len(other.weighty)):
        return _own(one, other) <= _ANOTHER_WORD and _own(other, one) <= _ANOTHER_WORD
    shorter, longer = sorted((one.said, other.said), key=len)
    if (
        len(shorter) < _WHOLE
        or len(shorter) * 3 < len(longer)
        or common * 2 < min(len(one.weighty), len(other.weighty))
    ):
        return False
    if shorter in longer:
        return True
    return free and len(shorter) >= _LONG and fuzz.token_set_ratio(one.said, other.said, score_cutoff=_INSIDE) > 0


def one_of_a_series(one: Profile, other: Profile) -> bool:
    """Both begin with a number, or count the same thing, and differently: Day 3 …, Day 4 …."""
    if one.early and other.early and one.early != other.early:
        return True
    return bool(one.counted) and bool(other.counted) and one.counted != other.counted


def about_something_else(one: Profile, other: Profile) -> bool:
    """Whether each says something of weight that the other does not: my kids, my boss; hair and curly, nails and normal."""
    return all(_own(first, second) >= _ANOTHER_MATTER for first, second in ((one, other), (other, one)))


def _own(one: Profile, other: Profile) -> float:
    """The share of its words of weight that are not among the other's, in whatever spelling."""
    new = sum(all(fuzz.ratio(word, near) < _SPELT for near in other.weighty) for word in one.weighty - other.weighty)
    return new / max(1, len(one.weighty))


def _counted(said: str) -> tuple[str, ...]:
    return tuple(
        match.group()
        for match in _NUMBER.finditer(said)
        if _LAB.search(said, max(0, match.start() - _LONGEST_CUE), match.start())
        or _AFTER_NUMBER.match(said, match.end())
    )


def _words(folded: str) -> list[str]:
    """Words as they are compared: signs for letters read, stretched letters shortened, single letters joined."""
    text = _STRETCHED.sub(r"\1", _SIGN.sub(lambda match: match.group().translate(_SIGNS), folded))
    words: list[str] = []
    singles: list[str] = []
    for word in _WORD.findall(text):
        if len(word) == 1 and word.isalpha():
            singles.append(word)
            continue
        words += _joined(singles)
        singles = []
        words.append(_NUMBERS.get(word) or (word if word.isalpha() else _lettered(word)))
    return words + _joined(singles)


def _joined(singles: list[str]) -> list[str]:
    return ["".join(singles)] if len(singles) >= _SPELLED else singles


def _lettered(word: str) -> str:
    """Digits that stand for letters, and letters for digits: d0ctor, 5OOO."""
    letters = sum(map(str.isalpha, word))
    if not letters or letters == len(word):
        return word.replace(",", "")
    if not word.strip("0123456789oil"):
        return word.translate(_DIGITS)
    return word.translate(_LEET) if letters > 1 else word

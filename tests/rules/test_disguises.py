"""Disguising changes nothing: a curse stays one, a clean message stays clean."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.book import book_of
from app.rules.cursing import look
from app.rules.draft import Draft
from app.rules.folding import fold

BOOK = book_of({})
CURSES = ["fuck", "fucking", "shit", "bullshit", "bitch", "asshole", "wanker", "cunt", "bastard", "faggot", "mierda",
          "motherfucker", "dickhead", "shitty", "whore", "twat", "stfu", "wtf", "pendejo", "retards"]  # fmt: skip
CLEAN = [
    "They assess the breast and the rectum today",
    "My nipple, penis, vagina and anus are all fine words",
    "The class passed, the specialist from Scunthorpe ate shiitake",
    "Grandma had a cocktail with Dick Hancock near the peacock",
    "Thank you, hugs to you and your mother in Nigeria",
    "My therapist and the analyst sat in the grass of Sussex",
    "cumulative dose, circumference, titration, document, cumbersome",
    "I count on the country and the duck truck",
]
INVISIBLE = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u034f",
    "\u0301",
    "\u0336",
    "\ufe0f",
    "\u202e",
]
LOOKS_LIKE = {
    "a": "аαɑａ𝐚ⓐä", "b": "Ьｂ𝐛ⓑ", "c": "сϲｃ𝐜ç", "d": "ԁｄ𝐝ⓓ", "e": "еｅ𝐞éë", "f": "ƒｆ𝐟ⓕ", "g": "ɡց𝐠ⓖ", "h": "һհｈ𝐡",
    "i": "іιｉ𝐢ï", "j": "јｊ", "k": "κкｋ𝐤", "l": "ⅼｌ𝐥", "m": "ｍ𝐦ⓜ", "n": "ոｎ𝐧ñ", "o": "оοｏ𝐨ö", "p": "рρｐ𝐩", "r": "гｒ𝐫",
    "s": "ѕｓ𝐬š", "t": "тτｔ𝐭", "u": "υսｕ𝐮ü", "v": "ѵνｖ", "w": "ԝｗ𝐰", "x": "хｘ", "y": "уｙ𝐲ý", "z": "ｚ𝐳ž",
}  # fmt: skip


def cursed(text: str) -> bool:
    return bool(list(look(Draft(text, 0.0), fold(text), BOOK)))


def invisible(text: str, dice: random.Random) -> str:
    return "".join(char + dice.choice(INVISIBLE) * dice.randrange(3) for char in text)


def lookalike(text: str, dice: random.Random) -> str:
    return "".join(dice.choice(LOOKS_LIKE.get(char.lower(), char) + char) for char in text)


def stretched(text: str, dice: random.Random) -> str:
    return "".join(char * (dice.randrange(1, 5) if char.isalpha() else 1) for char in text)


def cased(text: str, dice: random.Random) -> str:
    return "".join(dice.choice((char.lower(), char.upper())) for char in text)


DISGUISES = {"invisible": invisible, "lookalike": lookalike, "stretched": stretched, "cased": cased}
SEEDS = st.integers(0, 2**32)


@pytest.mark.parametrize("disguise", DISGUISES)
@given(curse=st.sampled_from(CURSES), seed=SEEDS)
def test_a_disguised_curse_is_still_stopped(disguise: str, curse: str, seed: int) -> None:
    assert cursed(f"oh {curse} that")
    worn = DISGUISES[disguise](curse, random.Random(seed))
    assert cursed(f"oh {worn} that"), worn


@pytest.mark.parametrize("disguise", DISGUISES)
@given(clean=st.sampled_from(CLEAN), seed=SEEDS)
def test_a_disguised_clean_message_is_still_clean(disguise: str, clean: str, seed: int) -> None:
    assert not cursed(clean)
    worn = DISGUISES[disguise](clean, random.Random(seed))
    assert not cursed(worn), worn


@given(curse=st.sampled_from(CURSES), seed=SEEDS)
def test_disguises_worn_together_hide_nothing(curse: str, seed: int) -> None:
    dice = random.Random(seed)
    worn = curse
    for disguise in (stretched, cased, lookalike, invisible):
        worn = disguise(worn, dice)
    assert cursed(f"oh {worn} that"), worn


@given(curse=st.sampled_from([word for word in CURSES if word not in {"mierda", "pendejo", "stfu", "wtf"}]), seed=SEEDS)
def test_a_gap_between_the_letters_hides_nothing(curse: str, seed: int) -> None:
    gap = random.Random(seed).choice([" ", ".", "-", "_", "*", "/", "|", "~", ", ", " . "])
    assert cursed(f"oh {gap.join(curse)} then")

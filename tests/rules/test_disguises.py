"""Disguising changes nothing: a curse stays one, a clean message stays clean, whichever of the lists it is from."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.book import book_of
from app.rules.company import ACCENTED, CAPITALISED, NOT_WITH, ONLY_WITH, UNACCENTED
from app.rules.confusables import ROWS
from app.rules.curses import STRONG
from app.rules.curses_abroad import FOREIGN, OTHER_SCRIPTS
from app.rules.cursing import look
from app.rules.draft import Draft
from app.rules.folding import fold
from app.rules.lookalikes import LOOKALIKES
from app.rules.slurs import SEVERE

BOOK = book_of({})
CURSES = ["fuck", "fucking", "shit", "bullshit", "bitch", "asshole", "wanker", "cunt", "bastard", "faggot", "mierda",
          "motherfucker", "dickhead", "shitty", "whore", "twat", "stfu", "wtf", "pendejo", "retards", "puta", "joder"]  # fmt: skip
IN_COMPANY = {*ONLY_WITH, *NOT_WITH, *ACCENTED, *UNACCENTED, *map(str.lower, CAPITALISED)}
EVERY_CURSE = sorted((STRONG | SEVERE) - IN_COMPANY - OTHER_SCRIPTS)
TERMS = (Path(__file__).parent / "oncology_terms.txt").read_text(encoding="utf-8").split("\n")[:-1]
CLEAN = [
    "They assess the breast and the rectum today",
    "My nipple, penis, vagina and anus are all fine words",
    "The class passed, the specialist from Scunthorpe ate shiitake",
    "Grandma had a cocktail with Dick Hancock near the peacock",
    "Thank you, hugs to you and your mother in Nigeria",
    "My therapist and the analyst sat in the grass of Sussex",
    "cumulative dose, circumference, titration, document, cumbersome",
    "I count on the country and the duck truck",
    "Damn, what a crap day, this sucks and hell is empty",
    "She has her own sheets and a collie, a fodder shop and a dike",
    "The crises pass, the aspirate is clear, as is the assay",
    "Hoy me pincharon, la computadora del médico no va, querrás sopa",
    "Con mucho cariño, el cono de la biopsia, caray, jolín y ostras",
    "La reputación del diputado, una disputa y el cálculo del ridículo",
    "Ring the bell, knee grow strong, no bend in the wet back",
]
BECOMES_A_CURSE = {"fu", "niger", "connie", "con", "cono", "collie", "collies", "querrás", "fs", "ps", "pa"}
"""The few true exceptions: innocent words (follow-up, a country, a name, dogs, three of Spanish, some letters) that are a
curse when all their letters are stretched: fuuu, niggger, coooonnie."""
NEEDS_COMPANY = {"retard", "pussy"}
"""Innocent beside a drug or a wound, as long as one can read what stands beside it."""

INVISIBLE = list("\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u0301\u0336\ufe0f\u202e\u061c\u115f\u3164\U000e0061\u20dd")
LOOKS_LIKE = {
    "a": "аαɑａ𝐚ⓐä", "b": "Ьｂ𝐛ⓑ", "c": "сϲｃ𝐜ç", "d": "ԁｄ𝐝ⓓ", "e": "еｅ𝐞éë", "f": "ƒｆ𝐟ⓕ", "g": "ɡց𝐠ⓖ", "h": "һհｈ𝐡",
    "i": "іιｉ𝐢ï", "j": "јｊ", "k": "κкｋ𝐤", "l": "ⅼｌ𝐥", "m": "ｍ𝐦ⓜ", "n": "ոｎ𝐧ń", "o": "оοｏ𝐨ö", "p": "рρｐ𝐩", "r": "гｒ𝐫",
    "s": "ѕｓ𝐬š", "t": "тτｔ𝐭", "u": "υսｕ𝐮ü", "v": "ѵνｖ", "w": "ԝｗ𝐰", "x": "хｘ", "y": "уｙ𝐲ý", "z": "ｚ𝐳ž",
}  # fmt: skip


def confusable() -> dict[str, str]:
    """For each letter what an eye takes for it, and what Unicode's table has, where we do not read it otherwise."""
    table = defaultdict(str, LOOKS_LIKE)
    for letters, chars in ROWS:
        if len(letters) == 1 and letters.isalpha():
            table[letters] += "".join(char for char in chars if LOOKALIKES.get(char, letters) == letters)
    return table


CONFUSABLE = confusable()


def cursed(text: str) -> bool:
    return bool(list(look(Draft(text, 0.0), fold(text), BOOK)))


def invisible(text: str, dice: random.Random) -> str:
    return "".join(char + "".join(dice.choices(INVISIBLE, k=dice.randrange(3))) for char in text)


def lookalike(text: str, dice: random.Random) -> str:
    return "".join(dice.choice(CONFUSABLE.get(char.lower(), char) + char) for char in text)


def stretched(text: str, dice: random.Random) -> str:
    return "".join(char * (dice.randrange(1, 5) if char.isalpha() else 1) for char in text)


def cased(text: str, dice: random.Random) -> str:
    return "".join(dice.choice((char.lower(), char.upper())) for char in text)


DISGUISES = {"invisible": invisible, "lookalike": lookalike, "stretched": stretched, "cased": cased}
SEEDS = st.integers(0, 2**32)


def test_the_samples_are_broad_and_what_they_claim_to_be() -> None:
    assert len(EVERY_CURSE) > 5_000
    assert {curse for curse in EVERY_CURSE if not cursed(f"oh {curse} that")} == set()
    assert len(set(EVERY_CURSE) & SEVERE) > 300
    assert len(set(EVERY_CURSE) & FOREIGN) > 500
    assert [text for text in (*CLEAN, *TERMS) if cursed(text)] == []


@pytest.mark.parametrize("disguise", DISGUISES)
@given(curse=st.sampled_from(CURSES) | st.sampled_from(EVERY_CURSE), seed=SEEDS)
def test_a_disguised_curse_is_still_stopped(disguise: str, curse: str, seed: int) -> None:
    worn = DISGUISES[disguise](curse, random.Random(seed))
    assert cursed(f"oh {worn} that"), ascii(worn)


@pytest.mark.parametrize(
    "phrase", ["such a dick", "kiss my ass", "you little prick", "go f yourself", "no mames", "a la verga"]
)
@pytest.mark.parametrize("disguise", ["invisible", "lookalike", "cased"])
@given(seed=SEEDS)
def test_a_disguised_curse_that_needs_its_company_is_still_stopped(phrase: str, disguise: str, seed: int) -> None:
    assert cursed(phrase)
    assert cursed(DISGUISES[disguise](phrase, random.Random(seed)))


@pytest.mark.parametrize("disguise", DISGUISES)
@given(clean=st.sampled_from(CLEAN) | st.sampled_from(TERMS), seed=SEEDS)
def test_a_disguised_clean_message_is_still_clean(disguise: str, clean: str, seed: int) -> None:
    kept = " ".join(
        word for word in clean.split() if re.sub(r"\W", "", word).lower() not in BECOMES_A_CURSE | NEEDS_COMPANY
    )
    worn = DISGUISES[disguise](kept, random.Random(seed))
    assert not cursed(worn), ascii(worn)


@pytest.mark.parametrize("word", ["Connie", "Niger", "FU", "collie"])
def test_the_exceptions_are_clean_as_long_as_nobody_stretches_them(word: str) -> None:
    assert not cursed(f"so {word} then")
    assert cursed(f"so {''.join(char * 3 for char in word)} then")


@given(curse=st.sampled_from(CURSES) | st.sampled_from(EVERY_CURSE), seed=SEEDS)
def test_disguises_worn_together_hide_nothing(curse: str, seed: int) -> None:
    dice = random.Random(seed)
    worn = curse
    for disguise in (stretched, cased, lookalike, invisible):
        worn = disguise(worn, dice)
    assert cursed(f"oh {worn} that"), ascii(worn)


@given(curse=st.sampled_from([word for word in CURSES if word not in {"puta", "stfu", "wtf"}]), seed=SEEDS)
def test_a_gap_between_the_letters_hides_nothing(curse: str, seed: int) -> None:
    gap = random.Random(seed).choice([" ", ".", "-", "_", "*", "/", "|", "~", ", ", " . "])
    assert cursed(f"oh {gap.join(curse)} then")


@given(text=st.text(max_size=60), curse=st.sampled_from(EVERY_CURSE), seed=SEEDS)
def test_the_spans_are_apart_and_inside_what_was_typed(text: str, curse: str, seed: int) -> None:
    typed = f"{text} {lookalike(invisible(curse, random.Random(seed)), random.Random(seed))} {text}"
    findings = list(look(Draft(typed, 0.0), fold(typed), BOOK))
    spans = sorted(span for finding in findings for span in finding.spans)
    assert spans
    assert all(0 <= start < end <= len(typed) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ops.confusables import module
from app.rules.confusables import ROWS
from app.rules.folding import LONGEST_PIECE, fold, fold_char
from app.rules.lookalikes import LOOKALIKES

ANY = st.text(st.characters(codec=None, exclude_categories=[]), max_size=80)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Hello", "hello"),
        ("𝒇𝒖𝒏", "fun"),
        ("ｆｕｎ", "fun"),
        ("ⓕⓤⓝ", "fun"),
        ("🅵🆄🅽", "fun"),
        ("ꜰᴜɴ", "fun"),
        ("ѕhоре", "shope"),
        ("νalυe", "value"),
        ("f\u200bu\u00adn\u2060", "fun"),
        ("f\u0336u\u0323n\u0308", "fun"),
        ("Ñandú", "nandu"),
        ("ﬁne", "fine"),
        ("３１２ 555", "312 555"),
        ("3️⃣1️⃣", "31"),
        ("a\u202eb", "ab"),
        ("good 🌞 day", "good 🌞 day"),
        ("“quoted” – yes…", '"quoted" - yes...'),
        ("line\r\nnext", "line\n\nnext"),
        ("a\x00b", "ab"),
        ("\ud800", "\ufffd"),
        ("ΝΗΡΒ νη", "nhpb vn"),
        ("сοոfսѕаЬ𝐥𝑒", "confusable"),
        ("ꮪ𐔖🅢", "sos"),
        ("٠١٢٣ ७८९", "0123 789"),
        ("æ œ ﬃ", "ae oe ffi"),
        ("ﷺ ㎯", "ﷺ ㎯"),
        ("漢字 한국어 ไทย", "漢字 한국어 ไทย"),
        ("ノ 丶 ー", "ノ 丶 -"),
    ],
)  # fmt: skip
def test_an_eye_reads_the_same(typed: str, folded: str) -> None:
    assert fold(typed).text == folded


@given(ANY)
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(ANY)
def test_every_span_is_inside_the_typed_text_and_not_empty(text: str) -> None:
    folded = fold(text)
    for start in range(len(folded.text)):
        for end in range(start + 1, len(folded.text) + 1):
            left, right = folded.span(start, end)
            assert 0 <= left < right <= len(text)


@given(ANY)
def test_a_span_holds_all_that_its_characters_were_typed_as(text: str) -> None:
    folded = fold(text)
    for at, char in enumerate(folded.text):
        left, right = folded.span(at, at + 1)
        assert char in "".join(map(fold_char, text[left:right]))


def test_every_character_there_is_folds_to_something_that_stays() -> None:
    for block in (range(0x3100), range(0xA000, 0xD7FF, 7), range(0xD800, 0x20000), range(0x20000, 0x110000, 997)):
        for point in block:
            piece = fold_char(chr(point))
            assert "".join(map(fold_char, piece)) == piece, hex(point)


def test_no_character_folds_to_more_than_three() -> None:
    assert max(len(fold_char(chr(point))) for point in range(0x20000)) == LONGEST_PIECE


def test_digits_of_every_script_keep_their_value() -> None:
    for point in range(0x20000):
        digit = unicodedata.digit(chr(point), None)
        assert digit is None or fold_char(chr(point)) == str(digit)


def test_what_unicode_calls_confusable_folds_to_what_it_looks_like() -> None:
    assert sum(len(chars) for _, chars in ROWS) > 500
    for letters, chars in ROWS:
        for char in chars:
            assert fold_char(char) == LOOKALIKES.get(char, letters), hex(ord(char))


CONFUSABLES_TXT = """\ufeff# confusables.txt
# Version: 99.1.0
0455 ;\t0073 ;\tMA\t#* ( ѕ → s ) CYRILLIC SMALL LETTER DZE → LATIN SMALL LETTER S\t#
1D42C ;\t0073 ;\tMA\t# ( 𝐬 → s ) MATHEMATICAL BOLD SMALL S → LATIN SMALL LETTER S\t#
0661 ;\t006C ;\tMA\t# ( ١ → l ) ARABIC-INDIC DIGIT ONE → LATIN SMALL LETTER L\t#
217F ;\t0072 006E ;\tMA\t# ( ⅿ → rn ) SMALL ROMAN NUMERAL ONE THOUSAND → LATIN SMALL LETTER R, LATIN SMALL LETTER N\t#
039C ;\t004D ;\tMA\t# ( Μ → M ) GREEK CAPITAL LETTER MU → LATIN CAPITAL LETTER M\t#
0437 ;\t025C ;\tMA\t# ( з → ɜ ) CYRILLIC SMALL LETTER ZE → LATIN SMALL LETTER REVERSED OPEN E\t#
30CE ;\t002F ;\tMA\t# ( ノ → / ) KATAKANA LETTER NO → SOLIDUS\t#
2215 ;\t002F ;\tMA\t# ( ∕ → / ) DIVISION SLASH → SOLIDUS\t#
"""


def test_the_table_of_confusables_holds_what_no_decomposition_leads_to() -> None:
    source = module(CONFUSABLES_TXT)
    made: dict[str, object] = {}
    exec(source, made)
    assert made["ROWS"] == (("/", "∕"), ("m", "Μ"), ("s", "ѕ"))
    assert "version 99.1.0" in source


def test_a_span_covers_the_marks_that_belong_to_its_last_letter() -> None:
    folded = fold("so f\u0336u\u0336n\u0336!")
    assert folded.span(3, 6) == (3, 9)


def test_plain_ascii_needs_no_map() -> None:
    assert fold("Just words, no more.").starts is None

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.folding import fold, fold_char

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


def test_a_span_covers_the_marks_that_belong_to_its_last_letter() -> None:
    folded = fold("so f\u0336u\u0336n\u0336!")
    assert folded.span(3, 6) == (3, 9)


def test_plain_ascii_needs_no_map() -> None:
    assert fold("Just words, no more.").starts is None

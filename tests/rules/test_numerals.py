from __future__ import annotations

import pytest

from app.rules.numerals import rows


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("0131 496 0000", ["0131", "496", "0000"]),
        ("five five five oh one four two", list("5550142")),
        ("oh double seven double oh, nine hundred, one two", ["0", "77", "00", "900", "1", "2"]),
        ("555-01eight4", ["555", "0184"]),
        ("2o7-555-o142", ["207", "555", "0142"]),
        ("8oo3 6o8o oooo oo13", ["8003", "6080", "0000", "0013"]),
        ("four zeros, one two three", ["0000", "1", "2", "3"]),
        ("seven hundred and four, then two hundred and eighty-one", ["704", "281"]),
        ("seis cuarenta y cuatro, cincuenta y cinco", ["6", "44", "55"]),
        ("seiscientos doce, trescientos cuarenta y cinco", ["612", "345"]),
        ("vierundzwanzig null funf", ["24", "0", "5"]),
        ("six one three... five five five... 0171", [*"613555", "0171"]),
        ("four one six. five five five. oh one", list("41655501")),
        ("oh too then seven five five", list("02755")),
    ],
)
def test_groups_of_digits_are_read_as_they_are_meant(text: str, groups: list[str]) -> None:
    (row,) = rows(text)
    assert [group.digits for group in row.groups] == groups


@pytest.mark.parametrize(
    "text", ["", "no digits", "to too for won ate", "double trouble", "ten' is none: bitten, often", "o clock"]
)
def test_words_that_only_sound_like_digits_make_no_row(text: str) -> None:
    assert [row.digits for row in rows(text) if row.digits != "0"] in ([], ["10"])


def test_rows_are_apart_where_sentences_and_other_words_part_them() -> None:
    assert [row.digits for row in rows("I have 12. 13 is too many\n14 or 15")] == ["12", "13", "14", "15"]


def test_what_is_glued_to_letters_says_so() -> None:
    first, second = rows("nct0456 and then some 500mg")
    assert first.glued
    assert second.tail == "mg"
    assert not second.glued

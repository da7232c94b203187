"""The answer about personal data: one finding, the most telling kind, places that are really there, a clean suggestion."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.book import Book, book_of
from app.rules.draft import Draft
from app.rules.folding import fold
from app.rules.personal_data import look
from app.rules.verdict import Finding

Told = Callable[..., list[Finding]]

BOOK: Book = book_of({})
CARRIERS = ["{}", "hi all, {} if anyone wants it", "Dicen que {} y ya", "3 of us, {}, see you at 5!"]
DATA = [
    "07700 900123",
    "+34 612 345 678",
    "(212) 555-0142",
    "text me oh one six three two nine six oh eight eight one",
    "maud.b+x@example.com",
    "maud at example dot com",
    "my insta is real_jo_b",
    "I'm at 14 Maple Ct",
    "we live at 221 Acacia Street",
    "my ssn is 987-65-4321",
    "NHS number 943 476 5919",
    "MRN 5550012",
    "4111 1111 1111 1111",
    "GB82 WEST 1234 5698 7654 32",
    "Robert James Olsen, born 4/12/1961",
]
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u034f"
DIGITS = {
    "full width": "０１２３４５６７８９",
    "Arabic-Indic": "٠١٢٣٤٥٦٧٨٩",
    "Persian": "۰۱۲۳۴۵۶۷۸۹",
    "Devanagari": "०१२३४५६७८९",
    "bold": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "double struck": "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡",
    "circled": "⓪①②③④⑤⑥⑦⑧⑨",
    "superscript": "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "emoji keycaps": "",
}


def told(text: str) -> list[Finding]:
    return list(look(Draft(text, 0.0), fold(text), BOOK))


def in_other_digits(text: str, digits: str) -> str:
    return re.sub(r"\d", lambda match: digits[int(match.group())] if digits else f"{match.group()}\ufe0f\u20e3", text)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("07700 900123", "contact"),
        ("maud@example.com", "contact"),
        ("14 Maple Ct", "home"),
        ("call 07700 900123 or come to 14 Maple Ct", "home"),
        ("my ssn is 987-65-4321", "identity"),
        ("14 Maple Ct, ring 07700 900123, and my MRN is 5550012", "identity"),
    ],
)
def test_the_level_is_the_most_telling_kind(text: str, level: str) -> None:
    (finding,) = told(text)
    assert finding.level == level
    assert BOOK.verdict("personal-data", finding.level) == "nudge"


def test_the_answer_says_why_and_speaks_the_authors_language() -> None:
    english = {told(text)[0].why for text in ("call me on 07700 900123", "I'm at 14 Maple Ct", "my ssn is 987-65-4321")}
    spanish = {
        told(text)[0].why
        for text in ("llámame al 612 345 678", "vivo en la calle Olmo 33, tercero A", "mi dni es el 12345678Z, sirve?")
    }
    assert len(english) == len(spanish) == 3
    assert all("Anyone can read this room" in why for why in english)
    assert all("Cualquiera puede leer esta sala" in why for why in spanish)


def test_the_suggestion_shows_the_text_without_it() -> None:
    (finding,) = told("I'm at maud@example.com or 07700 900123, 14 Maple Ct.")
    assert finding.suggestion == "I'm at […] or […], […]."
    assert told(finding.suggestion) == []


def test_what_the_room_allows_passes(found: Told) -> None:
    lenient = book_of({}, {"allowed": ["0113 496 0000", "Help@Example.org", "clinic.example"]})
    for text in ("ring 0113 496 0000", "write to help@example.org", "write to desk@clinic.example"):
        assert found("personal-data", text)
        assert found("personal-data", text, lenient) == []
    assert found("personal-data", "ring 0113 496 0001", lenient)


@given(
    st.text(st.characters(codec=None, exclude_categories=[]), max_size=60), st.sampled_from(DATA), st.integers(0, 60)
)
def test_every_place_is_inside_the_text_apart_and_in_order(noise: str, data: str, at: int) -> None:
    text = f"{noise[:at]} {data} {noise[at:]}"
    for finding in told(text):
        last = 0
        for start, end in finding.spans:
            assert last <= start < end <= len(text)
            last = end


@given(st.sampled_from(CARRIERS), st.lists(st.sampled_from(DATA), min_size=1, max_size=3))
def test_what_blanking_leaves_is_clean(carrier: str, data: list[str]) -> None:
    (finding,) = told(carrier.format(", and ".join(data)))
    assert finding.suggestion is not None
    assert told(finding.suggestion) == []
    assert "[…]" in finding.suggestion


@given(
    st.sampled_from(CARRIERS),
    st.sampled_from(DATA),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(INVISIBLE))),
)
def test_invisible_characters_hide_nothing(carrier: str, data: str, dropped: list[tuple[int, str]]) -> None:
    hidden = data
    for at, char in dropped:
        hidden = hidden[:at] + char + hidden[at:]
    (plain,), (finding,) = told(carrier.format(data)), told(carrier.format(hidden))
    assert finding.level == plain.level
    typed = carrier.format(hidden)
    shown = "|".join(typed[start:end] for start, end in finding.spans)
    assert re.sub(f"[{INVISIBLE}]", "", shown) == "|".join(
        carrier.format(data)[start:end] for start, end in plain.spans
    )


@pytest.mark.parametrize("digits", DIGITS.values(), ids=DIGITS.keys())
@pytest.mark.parametrize("data", [data for data in DATA if re.search(r"\d", data)])
def test_another_form_of_digits_hides_nothing(data: str, digits: str) -> None:
    text = f"here: {in_other_digits(data, digits)} thanks"
    (finding,) = told(text)
    ((start, end),) = finding.spans
    assert fold(text[start:end]).text in fold(data).text


@pytest.mark.parametrize("data", ["07700 900123", "maud@example.com", "my ssn is 987-65-4321", "MRN 5550012"])
def test_letters_of_another_script_hide_nothing(data: str) -> None:
    disguised = data.translate(str.maketrans("aemoscp", "аемоѕср"))
    assert [finding.level for finding in told(disguised)] == [finding.level for finding in told(data)]


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    assert len(told(text)) <= 1


HOSTILE = [
    "1", "12 ", "1,1", "five ", "double ", "nine hundred ", "to 1 to ", "won too ", "o0", "12.12.", "1-", "+1 ", "1/", "a1 ", "1a2b",
    "a@", "a at b dot ", "(at)", "my insta is jo_b9 ", "ssn 12345 ", "4111 1111 1111 1111 ", "gb82 west 1234 ", "12 Elm Street ",
    "flat 3, ", "calle de la ", "calle olmo 3 ", "LS6 3XX ", "no. 4 ", "born 1/1/1960 ", "John Smith born ", "the twelfth of march nineteen ",
    "call me 555 0142 ", "+44 7700 900123 ", "Rose Cottage, ", "ul. a ", "via A ",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_takes_no_longer_than_its_length(unit: str) -> None:
    def took(size: int) -> float:
        text = (unit * size)[:size]
        folded = fold(text)
        start = perf_counter()
        list(look(Draft(text, 0.0), folded, BOOK))
        return perf_counter() - start

    assert min(took(100_000) for _ in range(3)) < 0.5, "ten times what it takes on a quiet machine"
    assert min(took(6_000) for _ in range(3)) < 12 * max(0.001, min(took(1_500) for _ in range(3)))

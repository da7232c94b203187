from __future__ import annotations

from collections.abc import Callable

import pytest

from app.rules.book import book_of
from app.rules.verdict import Finding

Told = Callable[..., list[Finding]]

STOPPED = [
    ("call me on 07700 900123 any evening", "07700 900123"),
    ("my number is (212) 555-0142", "(212) 555-0142"),
    ("212-555-0142", "212-555-0142"),
    ("212.555.0142 after six", "212.555.0142"),
    ("ring 555-0142 tonight", "555-0142"),
    ("5552345678 is me", "5552345678"),
    ("whatsapp +44 7700 900 456", "+44 7700 900 456"),
    ("+34 612 345 678", "+34 612 345 678"),
    ("llámame al 612 345 678", "612 345 678"),
    ("mon portable 06 12 34 56 78", "06 12 34 56 78"),
    ("06.12.34.56.78", "06.12.34.56.78"),
    ("0033 6 12 34 56 78", "0033 6 12 34 56 78"),
    ("Ruf mich an: 0151 23456789", "0151 23456789"),
    ("0 2 0 - 7 9 4 6 - 0 1 2 3", "0 2 0 - 7 9 4 6 - 0 1 2 3"),
    ("text five five five oh one four two", "five five five oh one four two"),
    ("555 one two three 4567 is my cell", "555 one two three 4567"),
    (
        "oh double seven double oh, nine hundred, one two three",
        "oh double seven double oh, nine hundred, one two three",
    ),
    ("text 555-01eight4", "555-01eight4"),
    ("pls text 2O7-555-O142", "2O7-555-O142"),
    ("３１２ ５５５ ０１４２ is mine", "３１２ ５５５ ０１４２"),
    ("text me 3️⃣1️⃣2️⃣ 5️⃣5️⃣5️⃣ 0️⃣1️⃣4️⃣2️⃣", "3️⃣1️⃣2️⃣ 5️⃣5️⃣5️⃣ 0️⃣1️⃣4️⃣2️⃣"),
    ("in room 12, 07700 900123", "07700 900123"),
    ("Tel: 0151/23456789", "0151/23456789"),
    ("07700 900123 24 hours a day", "07700 900123"),
    ("(0131) 496 0123", "(0131) 496 0123"),
    ("drei vier fünf sechs sieben acht neun null eins", "drei vier fünf sechs sieben acht neun null eins"),
    ("write to maud.b+x@example.com please", "maud.b+x@example.com"),
    ("maud (at) example (dot) com", "maud (at) example (dot) com"),
    ("maud at example dot com", "maud at example dot com"),
    ("maud [at] mail [dot] example [dot] org", "maud [at] mail [dot] example [dot] org"),
    ("maud dot b at example dot org", "maud dot b at example dot org"),
    ("mi correo es teo9 arroba example punto com", "teo9 arroba example punto com"),
    ("mаud@ехаmple.com", "mаud@ехаmple.com"),
]
PASSES = """
988 or 911, or 112, 999 and 111
Samaritans are on 116 123
call 1-800-332-1088 to report it
1-800-227-2345 is the Cancer Society
1 (800) 422-6237, that is 1-800-4-CANCER
Macmillan is 0808 808 00 00
text HOME to 741741
Lifeline 13 11 14, Cancer Council 13 11 20
CA 15-3 of 34.2, then 30.1, then 28.9
PSA 0.02, 0.03, 0.01 over three years
1,200 mg of calcium and 37.5 ml of syrup
1 200 000 cells, call it a lot
WBC 4500 then 3200 then 5100
platelets 242 000 and 1 250 000
Born 12.09.1961, diagnosed 03/04/2019 at 08:20
2026-11-23 09:15, see you there
on 14/08 at 09:15, scan 21/08, results 28/08
$15,000 or £12,345,678.90 or 31,000 of 85,000
40-45 or 100-150, between 1500 and 2000 calories
version 3.11.7 and 10.0.19045.3693
https://example.org/study/0123456789012
trial NCT04567890 and PMID: 34567890
ICD C50.911 and 1984312
BRCA1 185delAG, EGFR T790M, KRAS G12C, HER2 3+
one two three four five six seven, breathe
ten nine eight seven six five four three two one
4 to 6 weeks, 2 or 3 times, 1 in 8 women
She takes her morphine at 6, 10, 2, 6
6:05, 10:05, 2:05, 6:05
0.5 0.25 0.125 0.0625
order number 123 456 7890
have a look at cancer dot org
I found it at example.org
see you at 5
look at this at home
the team @ the hospital
@maud you are lovely
at this point in time
""".strip().split("\n")


@pytest.mark.parametrize(("text", "place"), STOPPED)
def test_a_number_or_address_is_found_where_it_stands(found: Told, text: str, place: str) -> None:
    (finding,) = found("personal-data", text)
    assert finding.level == "contact"
    assert [text[start:end] for start, end in finding.spans] == [place]


@pytest.mark.parametrize("text", PASSES)
def test_helplines_doses_and_dates_pass(found: Told, text: str) -> None:
    assert [text[start:end] for finding in found("personal-data", text) for start, end in finding.spans] == []


def test_the_suggestion_shows_the_text_without_it(found: Told) -> None:
    (finding,) = found("personal-data", "I'm at maud@example.com or 07700 900123.")
    assert finding.suggestion == "I'm at […] or […]."
    assert found("personal-data", finding.suggestion) == []


def test_what_the_room_allows_passes(found: Told) -> None:
    lenient = book_of({}, {"allowed": ["0113 496 0000", "Help@Example.org", "clinic.example"]})
    for text in ("ring 0113 496 0000", "write to help@example.org", "write to desk@clinic.example"):
        assert found("personal-data", text)
        assert found("personal-data", text, lenient) == []
    assert found("personal-data", "ring 0113 496 0001", lenient)

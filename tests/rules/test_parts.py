from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.rules.parts import LONGEST_STRETCH, MOST_STRETCHES, sentences, stretches


def test_sentences_end_at_full_stops_and_lines_and_lose_their_blanks() -> None:
    text = "Day 4.  Still here! \n Is that you?\nyes"
    assert [text[slice(*place)] for place in sentences(text)] == ["Day 4.", "Still here!", "Is that you?", "yes"]


def test_a_decimal_does_not_end_a_sentence() -> None:
    assert len(sentences("It was 38.4 this morning")) == 1


def test_a_short_text_is_one_stretch_as_it_is() -> None:
    assert stretches(" hello.  you ") == [" hello.  you "]


def test_whole_sentences_stay_together() -> None:
    sentence = "The nurse sang to me and I sang back to her. "
    found = stretches(sentence * 20)
    assert all(len(stretch) <= LONGEST_STRETCH for stretch in found)
    assert all(stretch.endswith("her.") for stretch in found)
    assert sum(stretch.count("sang to me") for stretch in found) == 20


def test_the_longest_message_is_weighed_to_its_end() -> None:
    found = stretches("word " * 799 + "end!!")
    assert len(found) <= MOST_STRETCHES
    assert found[-1].endswith("end!!")


@given(st.text(st.sampled_from("ab .!?\n…"), max_size=900))
def test_nothing_but_blanks_is_lost(text: str) -> None:
    assert "".join("".join(stretches(text)).split()) == "".join(text.split())
    places = sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)

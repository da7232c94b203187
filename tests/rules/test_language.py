from __future__ import annotations

import pytest

from app.rules.folding import fold
from app.rules.language import Language, language_of, told


@pytest.mark.parametrize(
    "text",
    ["Tómate la pastilla y ya está, hija", "no puedo mas con esto", "escribeme al privado para pedidos", "¿Y tú?", "q haces vos con la quimio"],
)  # fmt: skip
def test_spanish_is_answered_in_spanish(text: str) -> None:
    assert language_of(fold(text)) == "es"


@pytest.mark.parametrize(
    "text", ["you should take it", "my tia makes caldo for me after chemo", "ok", "", "FU", "danke dir"]
)
def test_everything_else_is_answered_in_english(text: str) -> None:
    assert language_of(fold(text)) == "en"


def test_the_text_is_that_of_the_authors_language() -> None:
    texts: dict[Language, str] = {"en": "hello", "es": "hola"}
    assert (told(texts, fold("the end")), told(texts, fold("la vida"))) == ("hello", "hola")

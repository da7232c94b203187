"""Characters that look like a Latin letter or a sign, beyond what Unicode's own tables know (`confusables`).

Or where an eye in the middle of a Latin word reads another letter than the table says. Written by hand from the charts. Letters with strokes and hooks, small capitals, circled and squared letters are
not listed: `folding` reads those from the characters' own names.
"""

from __future__ import annotations

from typing import Final

_ROWS: Final = """
a ∀ⴷɐ
b βꞵбьъƅ฿ᛒ
c ©ↄɔ₡
d ժð₫ԃ
e ɛεєⲉɘəǝэ
f ſϝẜ₣ɟғʄ
g ₲ƃ
h ԋђɥ
i ןІΙӀǀꓲ
j յ
k кκқҟӄĸ₭ҝʞ
m ϻ₥ʍмм
n пи₦ᴎ
o φ๏
p þƿ₱ҏ
r яɹ
s ςꙅ§ƨտ
t ԏ†ʇ₮
u цʋμμџմ
v ʌ
w ωшщ₩ѿ
x ҳӽχ
y ʎч
z ζ
- —―ー
* •●·⋅∙★☆◦○■□▪✱✲✳❋
' ‚`´ʹʻʼ
" “”„‟″«»
! ǃ¡ⵑ❗❕
. 。
"""

LOOKALIKES: Final[dict[str, str]] = {
    sign: row[0] for row in _ROWS.split("\n") if row for sign in row[2:] if not sign.isascii() and sign not in "¢€¥"
}

INVISIBLE: Final = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc\u034f")
"""Drawn as nothing, yet letters or symbols by their category."""

BLANK: Final = frozenset("\u2800")

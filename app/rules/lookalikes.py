"""Characters that look like a Latin letter, a digit or a sign, and that no Unicode decomposition leads there.

Written by hand from the code charts. Letters with strokes and hooks, small capitals, circled and squared letters are
not listed: `folding` reads those from the characters' own names.
"""

from __future__ import annotations

from typing import Final

_ROWS: Final = """
a аαɑᗅ∀ⱥꓮᎪаӕ⍺ꭺ
b вβьъƅɓƄꓐᏴᗷƀᛒꞵ฿
c сϲⅽᴄꓚᏟⲥсςҫ¢©ↄ
d ԁժɗꓓᎠᗞⅾƌđð₫
e еεєҽɛ℮ꓰᎬҿэёəⲉ€ɘ
f ƒϝꓝғſẝʄꞙẜ₣ք
g ɡցԍɢǥɠꓖᏀ₲ᶃ
h һнҺηԋհꓧᎻᏂɦⱨℎћђ
i іιıɩӏꓲǀᎥι⍳ӏɪįן
j јϳյꓙᎫʝɉ
k кκκқҟӄꓗᏦᛕĸ₭ҝ
l ⅼɭӀꓡᏞᛁ∣ⵏłℓʟ
m мϻⅿꓟᎷᗰmʍ₥
n ոռηпήиญռꓠᴎ₦иɴη
o оοօσөꓳⲟօဝ०০੦๐໐ഠ๏θφøѳ௦౦೦
p рρϱꓑᏢ⍴ⲣþ₱ҏƿ
q ԛզգʠ
r гяᴦꓣᎡɼɽʀᏒᖇѓɹ
s ѕꜱꓢᏚտƽᏕꙅ$
t тτҭꓔᎢƫŧԏ†₮т
u υսцʋꞟᴜꓴՍ∪υµμυմџ
v νѵᴠꓦᏙ∨ⅴ٧ѷν
w ԝɯωѡшщꓪᎳա₩ᴡѿⱳ
x хχ×ꓫⅹӽҳҳ᙭⤫
y уүγʏꓬᎩყÿўұ¥ч
z ᴢꓜᏃʐƶȥζ
- ‐‑‒–—―−﹣ー⁃
* •∗⁎●·⋅∙★☆◦○■□▪
' ‘’‚‛′ʼ`´ʹʻ＇
" “”„‟″«»
! ǃ¡ⵑ
. ․。
"""

LOOKALIKES: Final[dict[str, str]] = {
    sign: row[0] for row in _ROWS.split("\n") if row for sign in row[2:] if not sign.isascii() and sign not in "¢€¥"
}

INVISIBLE: Final = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc\u034f")
"""Drawn as nothing, yet letters or symbols by their category."""

BLANK: Final = frozenset("\u2800")

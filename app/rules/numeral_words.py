"""Words that stand for digits: in several languages, and as a telephone's dictation hears them."""

from __future__ import annotations

from typing import Final

_UNITS: Final = """
0 zero oh o nought naught nil cero null nul nula sero zerro
1 one uno eins un une um uma jeden isa bir een
2 two dos zwei zwo deux due dois duas dwa dalawa iki twee
3 three tres drei trois tre trzy tatlo uc drie
4 four cuatro vier quatre quattro quatro cztery apat dort
5 five cinco funf cinq cinque piec lima bes vijf
6 six seis sechs sei szesc anim alti zes
7 seven siete sieben sept sette sete siedem pito yedi zeven
8 eight ocho acht huit otto oito osiem walo sekiz
9 nine nueve neun neuf nove dziewiec siyam dokuz negen
"""
_TEENS: Final = """
10 ten diez zehn dix
11 eleven once elf onze
12 twelve doce zwolf douze doze
13 thirteen trece dreizehn treize
14 fourteen catorce vierzehn quatorze
15 fifteen quince funfzehn quinze
16 sixteen dieciseis sechzehn seize
17 seventeen diecisiete siebzehn
18 eighteen dieciocho achtzehn
19 nineteen diecinueve neunzehn
20 veinte
21 veintiuno
22 veintidos
23 veintitres
24 veinticuatro
25 veinticinco
26 veintiseis
27 veintisiete
28 veintiocho
29 veintinueve
100 cien ciento
200 doscientos
300 trescientos
400 cuatrocientos
500 quinientos
600 seiscientos
700 setecientos
800 ochocientos
900 novecientos
"""
_TENS: Final = """
2 twenty zwanzig vingt vinte
3 thirty treinta dreissig trente trinta
4 forty fourty cuarenta vierzig quarante quarenta
5 fifty cincuenta funfzig cinquante cinquenta
6 sixty sesenta sechzig soixante sessenta
7 seventy setenta siebzig septante
8 eighty ochenta achtzig oitenta
9 ninety noventa neunzig nonante
"""
_TIMES: Final = """
2 double dubble doble doppel dupla
3 triple treble tripple
"""
_HEARD: Final = """
1 won
2 to too
3 tree
4 for fore
8 ate ait
"""


def _read(table: str) -> dict[str, str]:
    rows = (line.split() for line in table.strip().split("\n"))
    return {word: row[0] for row in rows for word in row[1:]}


UNITS: Final = _read(_UNITS)
TENS: Final = _read(_TENS)
TEENS: Final = _read(_TEENS) | {
    f"{unit}und{tens}": TENS[tens] + digit
    for unit, digit in {"ein": "1", "zwei": "2", "drei": "3", "vier": "4", "funf": "5", "sechs": "6", "sieben": "7", "acht": "8", "neun": "9"}.items()
    for tens in ("zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig")
}  # fmt: skip
TIMES: Final = {word: int(times) for word, times in _read(_TIMES).items()}
HEARD: Final = _read(_HEARD)
"""What a telephone that takes dictation writes for a digit; read so only among other words for digits."""

HUNDREDS: Final = frozenset({"hundred", "hunner", "hundert", "cent"})

BETWEEN: Final = frozenset(
    """
    then n and its thats first next finally comma dash hyphen space minus slash stroke tapos dann und luego y puis et
    e guion tiret barra
    potem um uh er erm time times
    """.split()
)
"""What people say between two groups of digits."""

NUMBER_WORDS: Final = frozenset({*UNITS, *TEENS, *TENS, *TIMES, *HUNDREDS}) - frozenset(
    "o un une um uma een bir due cent e tre sei lima".split()
)
"""By which a text is known to hold spelled digits; none of them is a small word of another language."""

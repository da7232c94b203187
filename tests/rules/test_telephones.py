"""Telephone numbers: what is one in which country, and what only looks like it. ⟦ ⟧ stand round what must be found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.rules.book import book_of
from app.rules.verdict import Finding

Told = Callable[..., list[Finding]]

STOPPED = """
gimme a ring when u can, ⟦0-7-7-0-0-9-0-0-3-1-4⟧
my cell: ⟦617.555.0133⟧, nights are best
⟦(604)555-0177⟧ is the house, ask for Marlene
⟦+1 (212) 555-0188⟧
text ⟦6175550133⟧ if ur near dana farber
call ⟦+33 6 12 00 56 78⟧ after supper
ring us on ⟦01632 960 881⟧ any time love
you can get me on ⟦oh one six three two nine six oh eight eight one⟧
my digits are ⟦three one two dash five five five dash zero one two two⟧
tel ⟦0044 7700 900 814⟧
whatsapp only ⟦0803 555 0123⟧
my mobile no is ⟦98200 00345⟧, pls whatsapp reports
phone ⟦nine eight two double zero one two three four five⟧
⟦0917-555-0134⟧ text nyo lang ako
text me at ⟦0412 555 019⟧
Mein Handy: ⟦0171 5550123⟧, bitte erst nach 18 Uhr
ruf an ⟦null eins sieben eins fünf fünf fünf null eins⟧
appelle moi au ⟦06 55 00 12 34⟧
mon numéro c'est ⟦zéro six cinquante-cinq cinquante douze trente-quatre⟧
mi cel es ⟦55 1200 0078⟧, mándenme mensaje
llámame al ⟦seis cero cero, uno dos tres, cuatro cinco seis⟧
mi número de siempre: ⟦seiscientos doce, trescientos cuarenta y cinco, seiscientos setenta y ocho⟧
apunta, es el ⟦seis cuarenta y cuatro, cincuenta y cinco, cero uno, treinta y ocho⟧
mi whats ⟦301 555 0144⟧
escríbeme al ⟦+57 301 555 0144⟧
el fijo es ⟦91 555 01 23⟧, por las tardes
meu zap ⟦(11) 91200-0078⟧
my number backwards is ⟦3310 555 716⟧
t e x t  m e  ⟦seven zero two five five five oh one nine nine⟧
i'm on ⟦087 555 0123⟧ most days
⟦021 555 018⟧ is the landline ill be up
⟦six oh four five five five oh one double seven⟧ thats me
⟦four one six. five five five. oh one nine oh⟧. call.
⟦2 1 2 5 5 5 0 1 4 4⟧ call me
my number is ⟦two-one-two-5-5-5-zero-1-4-4⟧
call ⟦07700900765xx⟧
⟦07700 900 five five five⟧
phone no. ⟦555-0166⟧ (area 207)
fone me on ⟦oh double seven hundred nine hundred two two four⟧
zadzwoń do mnie ⟦600 555 012⟧
ang number ko po ⟦0998 555 0120⟧
⟦+254 722 555 013⟧
my israeli number ⟦054-555-0123⟧
my number in oz is ⟦0491 570 006⟧
lol ok so its ⟦07700 then 900 then 246⟧ but dont ring before ten
@darren the number u wanted is ⟦0161 496 0233⟧
phone me?? ⟦5550149⟧ (the 315 one)
my dads on ⟦07700-900-612⟧ and he can drive
⟦seven one eight, five five five, zero one six three⟧. landline. leave a message slow.
area code ⟦718 then 555 then 0163⟧
itll be ⟦718 5 5 5 0 1 6 3⟧
my mobile number is ⟦9 8 7 6 5 4 3 2 1 0⟧
call him. ⟦021-555-0119⟧.
⟦(02) 5550 0123⟧ is our home number love
WhatsApp: ⟦00 353 87 555 0119⟧
my new sim is ⟦0706 555 0110⟧, the old one is dead
si necesitan aventón mi cel ⟦81 1555 0123⟧
mi hermano tiene coche, ⟦654 00 10 98⟧
telefon domowy ⟦22 555 01 23⟧, prosze dzwonic wieczorem
⟦zero six, twelve, thirty four, fifty six, seventy eight⟧ in france
my sister in law's cell is ⟦5 one 2 5 five 5 0 one 8 eight⟧
text the neighbor, its ⟦oh too then seven five five five then zero one for for⟧
six one three... thats all. no wait ⟦six one three... five five five... 0171⟧
my cousin sews caps, call ⟦740-555-HATS⟧
a recovery man, call him at ⟦eight four four five five five oh one nine zero⟧
her number, straight to the bed: ⟦020 7946 0812⟧
""".strip().split("\n")

PASSES = """
my platelets were 212 555 in May
took 500 1000 1500 mg over three weeks
bp 120 80 then 135 90 then 110 70
flight BA 2490 leaves 0915 from gate 23
room 4417 bed 2 on ward 9
order 112-3345567-8899001 shipped today
tracking JD0002 2280 7741, still not here
my ticket number is 0042 55 17
the lottery numbers were 4 8 15 16 23 42
I did 10,432 steps today and 9,811 yesterday
CA 125 went 1200, 800, 340, 35
chemo dates 04/03 18/03 01/04 15/04
2019 2020 2021 2022 all clear
1 2 3 4 5 6 7 8 9 10 breathe
in 2 3 4 out 2 3 4 5 6
zero appetite, one friend, two cats, three scans, four drugs
psalm 121 1-8
hymn number seven hundred and four, then two hundred and eighty-one
we won 31 to 12, then 19 to 3
the hospital switchboard is 020 7946 0000
just ring the main hospital switchboard hun, 614-555-0100, they page whoever is on call
our hospital's switchboard: 01632 960000
call the ward on 01632 960001, they told us to
the ward number they gave us is 01632 960555
you can ring the chemo line, 0113 496 0000
the number for the nurse line is 555-0100
the oncology clinic's main number is 312-555-0100
my insurer's customer service is 1-800-555-0199
ok so for the ohip i called ServiceOntario, 1-800-267-8097, nine minutes on hold
the FDA line 1-800-FDA-1088
la línea de ayuda es 800 290 0024
Teléfono de la Esperanza, 717 003 717, a cualquier hora
del interior (011) 5275-1135, es gratis
the embassy line 020 7946 0000 was busy
ext 4455 from any phone
press 2 then 4 then 1
my weight: 61.2 60.8 59.9 58.4
temps 38.1 38.4 37.9 38.6
hgb 9.1 9.4 10.2 wbc 2.1 3.3 4.5
0600 meds 0745 bloods 0810 porridge
0530 0630 0730 alarms every single day
serial number 0172 on the drip stand
wifi code is 5512 8834 in the lounge
view count 851.247.920, all for a cat
pi is 3.14159265
in 1987 1994 2003 and 2019 I beat it
I ate two at seven and five at five
won of the steps is to count to four thousand five hundred fifty five
2 Gy x 25, boost 5
radiation 25 fractions plus 5 boosts = 30 total
""".strip().split("\n")


@pytest.mark.parametrize("marked", STOPPED)
def test_a_telephone_number_is_found_where_it_stands(found: Told, marked: str) -> None:
    text = marked.replace("⟦", "").replace("⟧", "")
    (finding,) = found("personal-data", text)
    assert finding.level == "contact"
    assert [text[start:end] for start, end in finding.spans] == [marked[marked.index("⟦") + 1 : marked.index("⟧")]]


@pytest.mark.parametrize("text", PASSES)
def test_what_only_looks_like_one_passes(found: Told, text: str) -> None:
    assert [text[start:end] for finding in found("personal-data", text) for start, end in finding.spans] == []


def test_a_free_number_passes_but_not_where_somebody_is_called_on_it(found: Told) -> None:
    assert found("personal-data", "the society is on 1-800-227-2345 day and night") == []
    assert found("personal-data", "serious people only, text me at 1-844-555-0190")


def test_a_number_that_the_room_allows_passes_in_any_spelling(found: Told) -> None:
    lenient = book_of({}, {"allowed": ["0113 496 0000"]})
    for text in ("ring oh one one three, four nine six, double oh double oh", "01134960000 is where we meet"):
        assert found("personal-data", text)
        assert found("personal-data", text, lenient) == []

"""Where somebody lives: street addresses of several countries. ⟦ ⟧ stand round what must be found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.rules.verdict import Finding

Told = Callable[..., list[Finding]]

STOPPED = """
⟦12 Elm Street⟧, Dover
I'm at ⟦14 Maple Ct⟧
we live at ⟦221 Acacia Street⟧
come round to ⟦7 Oak Avenue, Leeds LS6 9ZZ⟧
send cards to ⟦1600 Willow Ln⟧ Apt ⟦4⟧
my address is ⟦22 Cherry Tree Drive⟧
Unit 4, ⟦18 Banksia Road⟧, Wagga Wagga NSW 2650
⟦3/27 Wattle Street⟧, Geelong
shes in number ⟦8 Cedar Close⟧, knock loud
⟦P.O. Box 771⟧, Tulsa OK 74101
⟦po box 12⟧ ballina
⟦two four one Sycamore Lane⟧
⟦twenty three Orchard Row⟧, green door
Apt 12C, ⟦400 West End Ave⟧, NYC
Plot ⟦14⟧, Sector 9, Gurgaon 122001
block 5 lot ⟦3 Mabini Street⟧, Quezon City
⟦Calle Mayor 14⟧, 2º izquierda
vivo en la ⟦calle Olmo 33⟧, tercero A
⟦Av. Insurgentes Sur 1234⟧, depto 5
⟦Carrera 7 # 45-12⟧, Bogotá
⟦avenida de la Paz número 9⟧
⟦12 rue des Lilas⟧, Lyon
⟦4 bis rue Pasteur⟧
⟦Hauptstraße 12⟧, 10115 Berlin
wir wohnen ⟦Lindenweg 3a⟧
Since yesterday home, ⟦Am Deichweg sieben⟧, the Door is open
⟦ul. Kwiatowa 12/4⟧, Kraków
⟦Kerkstraat 14⟧, Utrecht
⟦Rua das Flores 22⟧, Porto
⟦via Roma 12⟧, Torino
the spare key is under the mat at ⟦31 Larch Grove⟧
⟦1420 Sunset Blvd⟧ #5
we moved, its now ⟦88 Pine Hollow Road⟧
I am at ⟦The Old Forge, Nether Combe, by Tiverton⟧. The postman knows me.
lives at ⟦5 The Paddock⟧, behind the pub
i'm in the yellow house, ⟦9 Pear Tree Lane⟧, ring the bell twice
mum's at Flat ⟦6, Beech House⟧, ⟦40 Larkhill Way⟧
nan is at ⟦twelve Beechwood Avenue⟧, flat ⟦three⟧
somebody bring soup to ⟦1418 Cielo Vista⟧, the casita in back
somebody go, she is at ⟦418 Pecan Trace⟧
we're number ⟦eleven⟧ on Carraig Road, the key's under the gnome
the address is Weavers Row, ⟦thirty one⟧, thats the green gate
bring the wig to house ⟦12/3⟧ behind Ganesh temple
yo vivo en la Cenicera, ⟦9 6 1 4, apartamento dos⟧ B
im at ⟦22 kowhai st⟧ flat 3 and bored, come sit with me
his address is ⟦won too for pine street⟧ in bath main
mi papá está en la Kennedy Norte ⟦mz 14 villa 9⟧, timbre dañado
our home is ⟦Çınar sokak no 18 daire 6⟧, İzmir
""".strip().split("\n")

PASSES = """
5 Mile Run for cancer on sunday
my gp is 5 mile away
10 mile walk raised 4500
3 people in a row cried
2 hour drive each way
a 30 minute walk from the car park
14 days in a row
second row on the left, 3 seats
we parked on Mill Road
Main Street is closed so use Second Avenue
the clinic on Station Road
Royal Marsden, Fulham Road
St Thomas' on Westminster Bridge Road
the hospital is at 200 First Street, use the north door
saw 2 Harley Street consultants, no wiser
she lived on Elm Street for 40 years
number 14 bus stops at the hospital
Rowanhay Road, hundred twelve bus, then walking
take exit 14 then highway 16
ward 5 Park Lane
room 12, Maple Ward
unit 4 bed 9, nurse is lovely
Fine. Ruth, seventy-three, Riverside Drive, and no, I will not describe the elevator.
Winnipeg General, 1987, Winnipeg days
apartment hunting since june, 3 viewings
a 4 bedroom house is too much for me now
flat as a pancake since the op, 34 years of boobs gone
3 gardens to weed before chemo
my 2 dogs sleep on the drive way
one for Deb's place, one for mine, bring yarn
my house is 200 years old
post office box full of junk, 118 letters
calle cortada y 3 horas de atasco
vivo a 3 calles del hospital
la calle está a 40 grados
avenida llena, 20 minutos parados
planta 3 puerta 12
autobús 27 hasta la plaza
I had an old forge at Nether Combe once, it made gates
via text 3 or 4 times a day
""".strip().split("\n")


@pytest.mark.parametrize("marked", STOPPED)
def test_a_home_is_found_where_it_stands(found: Told, marked: str) -> None:
    text = marked.replace("⟦", "").replace("⟧", "")
    (finding,) = found("personal-data", text)
    assert finding.level == "home"
    assert [text[start:end] for start, end in finding.spans] == [
        part.partition("⟧")[0] for part in marked.split("⟦")[1:]
    ]


@pytest.mark.parametrize("text", PASSES)
def test_roads_rooms_and_runs_pass(found: Told, text: str) -> None:
    assert [text[start:end] for finding in found("personal-data", text) for start, end in finding.spans] == []

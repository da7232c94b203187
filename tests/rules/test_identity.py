"""Numbers by which a person is known, and a full name with a birth date. ⟦ ⟧ stand round what must be found.

The numbers are samples that the offices themselves print, or such as they never give.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.rules import check_digits
from app.rules.verdict import Finding

Told = Callable[..., list[Finding]]

NUMBERS = """
my ssn is ⟦987-65-4321⟧
ssn ⟦078051120⟧
⟦078-05-1120⟧
social security number ⟦nine eight seven, six five, four three two one⟧
her social is ⟦900 55 0198⟧
⟦nine zero zero, forty five, six seven eight nine⟧. that's the social they have on file
my soc sec is ⟦five one nine, zero zero, oh seven seven one⟧
my medicare number is ⟦1EG4 TE5 MK72⟧
Medicare: ⟦1EG4TE5MK73⟧
MEDICARE CARD SAYS ⟦ONE EG FOUR, TE FIVE, MK SEVEN THREE⟧. IS THAT AN I
nhs number ⟦943 476 5919⟧
my NHS no is ⟦nine nine nine four seven six five nine one nine⟧
MRN ⟦5550012⟧
mrn: ⟦A4471-22⟧
my MRN is on here somewhere.. ⟦20448819⟧
my hospital number is ⟦K4471920⟧
If the ward asks, my hospital number's ⟦1984312⟧.
policy number ⟦AB123456⟧
policy # ⟦884-2210-5⟧
my old man's policy is ⟦AXR 4471 9902 3⟧. has it lapsed
insurance ID ⟦XYZ123456789⟧
member ID ⟦W2244 55 667⟧
claim number ⟦2024-778812⟧
group number ⟦0044512⟧ on my card
my passport number is ⟦533380006⟧
passport no. ⟦C01X0006H⟧
NI number ⟦QQ 12 34 56 C⟧
SIN ⟦046 454 286⟧
health card ⟦1234 567 890 AB⟧
DNI ⟦12345678Z⟧
el dni del chabal es ⟦99450183T⟧ x si podeis mirarlo
NIE ⟦X1234567L⟧
mi CURP es ⟦BADD110313HCMLNS09⟧
número de seguridad social ⟦28/12345678/40⟧
mi NSS ⟦1234 56 7890 1⟧
afiliado nº ⟦4455667788⟧
mi rut es ⟦12.345.678-5⟧
C.I. ⟦4.567.890-1⟧
mi mamá quedó con la ficha ⟦448-1920-77⟧ del hosp
CPF ⟦529.982.247-25⟧
Aadhaar ⟦2341 2341 2346⟧
⟦9999 4105 7058⟧ is what the office printed
pan card ⟦ABCDE1234F⟧
⟦4242424242424242⟧
found a card, it says ⟦5555 5555 5555 4444⟧, shout up
⟦four two four two four two four two four two four two four two four two⟧
IBAN ⟦GB82 WEST 1234 5698 7654 32⟧
⟦DE89 3704 0044 0532 0130 00⟧ for the flowers
account number ⟦12345678⟧ sort code ⟦20-00-00⟧
bsb ⟦062-000⟧ account ⟦1234 5678⟧
Versichertennummer ⟦A123456789⟧
pesel ⟦44051401359⟧
ppsn ⟦1234567T⟧
patient ID ⟦3341277⟧
driver's license ⟦D123-4567-8901⟧
Medicaid ID ⟦AB12345C⟧
my NHI is ⟦ABC1235⟧
policy no. which is ⟦P slash 700 slash 0044 slash 2291⟧, with the slash?
On wrist band, patient no: ⟦M zero zero four four, one nine, three⟧
""".strip().split("\n")

BIRTHS = """
John Smith born ⟦4/12/1961⟧
Mary Ellen Walsh, dob ⟦03/05/49⟧
date of birth ⟦12 June 1970⟧, name Peter Hall
dob: ⟦22/02/41⟧ name: Gerald Oconnor
patient: Aisha Khan, ⟦02.03.1988⟧
full name Robert James Olsen, born on the ⟦5th of May 1955⟧
María del Carmen Ruiz, nacida el ⟦4 de mayo de 1960⟧
mi suegra, Norma Leticia Olvera, del ⟦6 de junio del 69⟧
Anna Schmidt, geb. ⟦04.11.1952⟧
Jean Dupont né le ⟦3 mars 1949⟧
Patient: Margaret Anne Doolan, born ⟦the third of May nineteen fifty-one⟧.
the wife's Maureen Isobel Petrie she's the ⟦twelfth of March nineteen sixty five⟧ full stop
Fine. Ruth Adler, ⟦9/14/51⟧, as if that tells you anything
⟦02-11-1997⟧ Noor Fatima Siddiqui, thats what i gave them
VERA LOUISE HAUPT BORN ⟦JULY 9 1943⟧ IS MY BRIDE
tamika renee johnson born ⟦july 4 1980⟧
""".strip().split("\n")

PASSES = """
paragraph 4 page 1123 of the policy
policy of the hospital since 2019
our policy 2 visitors 8 to 8
insurance paid 80 percent of 12,400
medicare part b premium is 174.70
medicare rebate was 295.30 on a 175 gap
Medicare Part A, Part B, Part D
ok so for the expired ohip i called ServiceOntario, 1-800-267-8097
social worker came at 3 and stayed 45 minutes
social media 24 7
claim denied on 4/12/2024
passport stamped in 14 countries
mon passeport it have expired, for the clinic is $160, 10 years, 2 photos
They ask me the NIE for the help of the wig. I have it in Valencia, in a drawer.
hospital no parking after 6
nhs waiting list 18 weeks
HOSPITAL ORDER NO. 2293 4471 IS ONE (1) WALKER
Prior auth 2024-0093318-B, still pending
PhilHealth deducted 57,400 po from 212,318
group of 12 on tuesdays at 7
group is 7 to 8 on tuesdays at the church
id wait 2 hrs
sin tax of 12 percent
Member of the curling club since '71. 44-81-01 on the board
trial NCT01234567 is open
study number 2019-004456-21
ISRCTN12345678
EGFR exon 19 del, L858R, T790M
BRCA1 5382insC
ICD-10 C50.911
T2N1M0 grade 3
lot number AB1234 was recalled
view.example/?v=12345678a
born in 1961, diagnosed 2019
born on the 4th of July
my son was born 3 May 2015
our wee surprise grandson born 4 march 2010
Emma was born 12/04/2012
my mum turned 80 on 3 March 2021
Ligaya here, 36, born on an 8-8-88, lucky daw. Papa's NPC is responding
Dr Sarah Jones on 12/06/2024
saw Professor Whitfield 3 May 2023
Started Taxol 12/03/2018
Stage Three, 04/05/2016
Hodgkin Lymphoma, 12/3/2015
Royal Hospital, 12/3/2015
In memory of Peter Hall 1941 to 2023
Alvaro 12/03/2023 primera quimio
mi hija nació el 3 de mayo
""".strip().split("\n")


@pytest.mark.parametrize("marked", [*NUMBERS, *BIRTHS])
def test_who_somebody_is_is_found_where_it_stands(found: Told, marked: str) -> None:
    text = marked.replace("⟦", "").replace("⟧", "")
    (finding,) = found("personal-data", text)
    assert finding.level == "identity"
    assert [text[start:end] for start, end in finding.spans] == [
        part.partition("⟧")[0] for part in marked.split("⟦")[1:]
    ]


@pytest.mark.parametrize("text", PASSES)
def test_policies_prices_trials_and_birthdays_pass(found: Told, text: str) -> None:
    assert [text[start:end] for finding in found("personal-data", text) for start, end in finding.spans] == []


def test_a_number_that_no_office_gives_needs_a_telling_word(found: Told) -> None:
    for never in ("666-12-3456", "000-12-3456", "123-00-4567", "123-45-0000", "900-12-3456"):
        assert found("personal-data", f"scores were {never}") == []
        assert found("personal-data", f"my ssn is {never}")


@pytest.mark.parametrize(
    ("right", "good", "bad"),
    [
        (check_digits.luhn, "4111111111111111", "4111111111111112"),
        (check_digits.iban, "gb82west12345698765432", "gb83west12345698765432"),
        (check_digits.nhs, "9434765919", "9434765918"),
        (check_digits.dni, "12345678z", "12345678a"),
        (check_digits.dni, "x1234567l", "y1234567l"),
        (check_digits.ssn, "078051120", "666051120"),
        (check_digits.aadhaar, "999941057058", "999941057059"),
        (check_digits.cpf, "52998224725", "52998224726"),
        (check_digits.cpf, "52998224725", "11111111111"),
    ],
)
def test_check_digits_are_checked(right: Callable[[str], bool], good: str, bad: str) -> None:
    assert right(good)
    assert not right(bad)

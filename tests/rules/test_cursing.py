from __future__ import annotations

from collections.abc import Callable

import pytest

from app.rules.book import book_of
from app.rules.verdict import Finding

Told = Callable[..., list[Finding]]

STOPPED = """
fuck cancer
Oh FFS, another form
what the fuck
this is bullshit
holy sh!t, clear scan
sh1t sh1t sh1t
f*ck this machine
f**k it all
oh for f***'s sake
my f@#%ing eyebrows
f u c k . just f u c k
f-u-c-k November
s.h.i.t
u r full of s h i t, and you know it
b r o k e n  f u c k i n g  glass
FUUUUUUCK yes
shiiiiit
phuck this
fvck this
zero fukcs given
the fu¢king lift
no f¥cking way
what an a$$hole
kiss my @ss
d!ck
b!tch please
you are such a wanker
oh piss off
taking the piss
pissed off with the parking
fuc king hell
assh.ole
𝒇𝒖𝒄𝒌𝒊𝒏𝒈 hell
ѕhіt
fu\u200bck
ⓕⓤⓒⓚ
motherfuker
what a clusterfuck
stfu brain
nine fkn hours
b0llocks
bastard disease
what a prick
you little prick
qué mierda
no me jodas
hijo de puta
eres un pendejo
coño, qué día
es un cabrón
putain de nausée
so eine scheisse
go f yourself
such a dick
son of a bitch
sh_t happens
a load of bollox
go feck off
you lying p.o.s.
shit7
sh** happens
f uck
fu🔥ck
🇫🇺🇨🇰
sh**t
f😂ck yes
holy sh🌸t
ab-so-f***ing-lutely wired
oh for f sake
still a f-ing thing
a f'ing engineer
what the actual f is this form
eff off
eff you see kay
f--k it
son of a b****
such a sh*tbird
m*therf*cker
my foot up your @$$
you pompous ass
get your lazy ass out of bed
these a-holes again
you absolute knob
don't be a dick about it
where tf do I sit
fml, another scan
fuxake
sheeeit
the bastarding pump
a load of b*llocks
SHLT
l3itch
vvanker
what a gobshite
dipshit insurers
pack of pricks
w t f 5 am again
ɟnɔʞ this lift
kurwa, znowu
pierdolę to
blyat
сука, опять
хуй
μαλάκας
他妈的
putang ina mo
tabarnak
vai tomar no cu
vaffanculo
verpiss dich
qué mierda de señal
no jodía a nadie
me jodió el pulmón
la re puta madre
hijos de su pu.. madre
me cago en la leche
tocando los cojones
al carajo
pinche seguro
pinche cáncer cabrón
no mames
vete a la chingada
verga, se me cayó el pelo
vale verga
hasta la vrg
boludo
callate pelotudo
conchetumare
la concha de tu madre
hdp el de la bata
ptm
c*ñ* el parking
p*ta espera
la p*** que lo tiró
m i e r d a, qué día
a la m i e r d a y ya
que te follen
mamagüeva
"""
SEVERE = ["you faggot", "n1gger", "what a cunt", "such a retard", "сunt", "f@ggot", "c u n t", "ch1nk", "you dirty wog",
          "k!ke", "tar-baby", "a mongoloid", "you fucktard", "carpet muncher", "camel jockey", "r3tarded", "eres un joto"]  # fmt: skip
PASSES = """
damn, what a day
go to hell, cancer
holy crap
this sucks
bloody car park
arse is numb
a bugger of a disease
goddamn parking
my boobs, my breasts, my nipple
blue tits at the feeder
bloody stool after the anal exam
penis, vulva, rectum, testicles, sphincter
magna cum laude, circumference
Dick drives me, Dick Cockburn and Emily Dickinson
Scunthorpe, Cockermouth, Penistone, Dyke Road, Phuket
peacock, cocktail, cockpit, hancock
assess, assist, class, bass, assassin, passed, embarrassed
therapist, specialist, analyst, analgesic
shiitake noodles
Mr Fuchs and Mrs Cox, Herr Wankel, Frau Wichmann
cuntline on the old sail
a prick of the needle, finger prick test
pricked my finger
chink in the armour
spick and span
Maine coon cat
retardant foam, growth retardation, Morphin retard 10 mg
le train est en retard
faggots and peas at the pub
my pussy cat sat on me, pussy willow
Kike Hernandez is my doctor
smoking fags, never again
German: die Fahrt, dick, das Fach
Con mucho cariño, el cono de la biopsia
computadora, disputa, reputación, put a hat on
Slut means the end in Swedish
whoever, whole, who re-read it
it s hit me hard
as holes go, ash hole
Nigeria, Niger, Montenegro
the FFS and PFS survival curves
5HT3, 5-FU, CA 15-3, T4N1, p53, a55 on the form
c*ncer is an idiot
a@b is no word, x@y
swanky, snigger, Matsushita, Yamashita
analog, annals, canal, banal
wtc, ftw, hff
stool softeners work
mishit, push it, flashlight
F/U appointment
a b c d e f g
N. E. D. at last
the putto in the church
horehound, whorl, whortleberry
chemo is kicking my ass
my ass is numb, pain in the ass
an ass and a mule
A&E took him straight in
S-T elevation on the ECG
waiting T_T
2 d ago, three d ago
my MF (mycosis fungoides), TF and FK506 levels
FML eye drops
SOB on exertion, a sob story
five eff you again
the crises, a fine needle aspirate, a conning tower, border collies, fodder
clean sheets, a sheet of paper, full of sheet metal
who're you, who re-read it, shi'ite
a hole in my neck
knee grow, deep throat pain, wet back at night, cream pie, blue gum, as slick as that
no bend in it, ring the bell end of treatment, nick as well
my wound is red and pussy round the edges
F/U on Friday, FU with Dr Patel, 5-FUUU
the FDA and the NHS
you had a fag, fags are bad
an eff of a time? no
Wank is a mountain in Bavaria
I drink a puto at kutsinta
paki abot naman
acanthosis nigricans, substantia nigra
er wog 60 Kilo, ich vergass es, Frau Nutt
un coup de retard, plus tard
querrás, pinché la vena, me pinchó y que me pinche otra
el pinche de cocina
me quitaron un huevo, dos huevos fritos
el culo me duele
la hostia consagrada
una zorra en el jardín, mi perra
caray, jolín, ostras, miércoles, mecachis
vergüenza, avergonzada
orto, forro polar, capullo de rosa
el bicho y la leche
шапка, чаша, плебисцит
μαλακά
山 田 さん
CSM and HDP, the PTM clinic
Effin in County Limerick
"""


@pytest.mark.parametrize("text", STOPPED.strip().split("\n"))
def test_a_curse_is_found_in_any_spelling(found: Told, text: str) -> None:
    findings = found("cursing", text)
    assert [finding.level for finding in findings] == ["strong"]
    assert all(text[start:end].strip() for start, end in findings[0].spans)


@pytest.mark.parametrize("text", SEVERE)
def test_a_slur_is_of_the_severe_tier(found: Told, text: str) -> None:
    assert [finding.level for finding in found("cursing", text)] == ["severe"]


@pytest.mark.parametrize("text", PASSES.strip().split("\n"))
def test_what_only_looks_like_a_curse_passes(found: Told, text: str) -> None:
    assert [text[start:end] for finding in found("cursing", text) for start, end in finding.spans] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("well, Shit! and fuck.", ["Shit", "fuck"]),
        ("so f\u200bu\u200bck you", ["f\u200bu\u200bck"]),
        ("oh f u c k", ["f u c k"]),
        ("😀😀 ѕһіт 😀", ["ѕһіт"]),
        ("a sh!t's day", ["sh!t"]),
    ],
)
def test_the_spans_are_the_words_as_typed(found: Told, text: str, words: list[str]) -> None:
    (finding,) = found("cursing", text)
    assert [text[start:end] for start, end in finding.spans] == words


def test_the_suggestion_is_the_same_text_softened(found: Told) -> None:
    (finding,) = found("cursing", "Fuck cancer and fuck waiting")
    assert finding.suggestion == "••• cancer and ••• waiting"
    assert found("cursing", finding.suggestion) == []


def test_a_slur_comes_before_a_curse(found: Told) -> None:
    findings: list[Finding] = found("cursing", "fuck off you faggot")
    assert [finding.level for finding in findings] == ["severe", "strong"]


def test_a_word_that_the_room_allows_passes_in_every_spelling_of_it(found: Told) -> None:
    lenient = book_of({}, {"allowed": ["Bastard"]})
    assert found("cursing", "that bastard disease, BASTARD", lenient) == []
    assert found("cursing", "that bastard disease") != []
    assert found("cursing", "that shit", lenient) != []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fuck", "read here too"),
        ("you cunt", "read here too"),
        ("qué mierda de día", "leen"),
        ("eres un maricón y no te quiero aquí", "leen"),
    ],
)
def test_the_why_is_kind_and_in_the_language_of_the_author(found: Told, text: str, words: str) -> None:
    (finding,) = found("cursing", text)
    assert words in finding.why
    unkind = {"violation", "warning", "banned", "fight", "battle", "prohibido", "infracción", "lucha", "usted"}
    assert not unkind & set(finding.why.lower().split())


def test_a_text_of_nothing_but_doubtful_words_is_stopped(found: Told) -> None:
    assert found("cursing", "a dick " * 20) == []
    assert found("cursing", "a dick " * 500) != []


def test_a_curse_at_the_end_of_the_longest_message_is_found(found: Told) -> None:
    for filling in ("word ", "a1 ", "🇬🇧", "s h i t a k e ", "......", "pussy cat "):
        text = (filling * 4_000)[: 4_000 - 10]
        last = [finding.spans[-1] for finding in found("cursing", f"{text} b!tch")]
        assert last, filling

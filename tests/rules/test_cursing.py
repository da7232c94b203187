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
"""
SEVERE = ["you faggot", "n1gger", "what a cunt", "such a retard", "сunt", "f@ggot"]
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


def test_the_why_is_kind(found: Told) -> None:
    for text in ("fuck", "you cunt"):
        (finding,) = found("cursing", text)
        assert "read here too" in finding.why
        assert not {"violation", "warning", "banned", "fight", "battle"} & set(finding.why.lower().split())

"""E-mail addresses and names on other services. ⟦ ⟧ stand round what must be found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.rules.verdict import Finding

Told = Callable[..., list[Finding]]

MAIL = """
mail me: ⟦jo.smith72@example.org⟧
⟦jo_smith at example dot org⟧
⟦nosuch dot jo at gmail⟧
its ⟦nosuchjo72 at gmail dot com⟧
email is ⟦nosuchjo72 (at) hotmail (dot) com⟧
⟦jo-smith AT example DOT co DOT uk⟧
⟦j.smith@exаmple.com⟧
write to us at ⟦carol underscore b at example dot net⟧
my e mail ⟦carolb77@ example.com⟧
⟦carolb77 @ example . com⟧
send it to ⟦pat arroba ejemplo punto com⟧
correo: ⟦nosuch.lopez arroba gmail.com⟧
adres: ⟦kasia malpa example kropka pl⟧
meine mail ist ⟦hans punkt meier klammeraffe example punkt de⟧
mon courriel: ⟦luc arobase exemple point fr⟧
me ubican por mail: ⟦osvaldo guion bajo bcg arroba mailsur punto example⟧
email ⟦jen underscore hollis, at, example, dot, com⟧
⟦nosuchjen62[at]gmail[dot]com⟧
⟦jenhollis62 (a) example (.) org⟧
send me the recipe, ⟦nosuchjen at gmail⟧
⟦JEN DOT HOLLIS AT EXAMPLE DOT COM⟧
it's ⟦ravi7, then the curly a thing, then example, then a full stop, then in⟧. dont tell the bots
its ⟦graham, full stop, sleepless, at, yorkpost, full stop, example⟧
mail me na, ⟦priya dot portwali dot triple zero four at the google one⟧
""".strip().split("\n")

HANDLES = """
hit me up, username at the yahoo one is ⟦bigdave_61⟧
add me on insta ⟦@chemo.queen.jo⟧
my snap is ⟦joeyb_99⟧
my snaps ⟦tia.rose09⟧ add me
im ⟦joeyb_99⟧ on snapchat
find me on facebook under ⟦jo.smith.9926⟧
telegram: ⟦@jo_warrior72⟧
discord ⟦joey#0042⟧ dm me
discord is ⟦hexkidney_2204⟧ if anyone wants to lose at rocket league
my insta's ⟦real_jo_b⟧
venmo me ⟦@jo-smith-72⟧
my xbox gamertag is ⟦ChemoSlayer99⟧
wechat id ⟦jo_li88⟧
tiktok handle is ⟦@baldandbold_jo⟧ msg me there
my gmail is ⟦nosuch.jo.72⟧
cashapp me the gas money, ⟦$jo_drives04⟧, or dont, we good
""".strip().split("\n")

PASSES = """
look at cancer dot org
find it at macmillan dot org dot uk
the leaflet is on their website at example.org
confirm your password at chat-verify dot example
email me?? no dm me here
i'll email the nurse at 9
dont use my email so i wont see it
my condition deteriorated, at which point my doctor was called
at this point in time nothing helps
at some point in march
he came at seven dot on the dot
dot and jim at the end of the bed
the team @ the hospital
@jen how did it go
@mike_77 same here
thanks @noor!!
Welcome, @newbie-jo. It's loud tonight.
write to jo@samaritans.org, they answer
i deleted facebook in 2019
look at my instagram 4 years ago lol
my dad is on telegram 44 times a day
discord is full of kids
signal is bad in bay 3
steam room at 6
snap out of it at 5
im on til 5pm on discord
made a discord for people on maintenance
insta worthy scar
send to her cashapp they said, and it was a scam
""".strip().split("\n")


@pytest.mark.parametrize("marked", [*MAIL, *HANDLES])
def test_what_reaches_somebody_is_found_where_it_stands(found: Told, marked: str) -> None:
    text = marked.replace("⟦", "").replace("⟧", "")
    (finding,) = found("personal-data", text)
    assert finding.level == "contact"
    assert [text[start:end] for start, end in finding.spans] == [marked[marked.index("⟦") + 1 : marked.index("⟧")]]


@pytest.mark.parametrize("text", PASSES)
def test_pages_mentions_and_talk_pass(found: Told, text: str) -> None:
    assert [text[start:end] for finding in found("personal-data", text) for start, end in finding.spans] == []

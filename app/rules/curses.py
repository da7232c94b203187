"""The words, written for this place: what is a curse, and in which tier.

Anatomy, symptoms, treatment, names, places and mild words (damn, hell, crap, arse, bloody, bugger, tits, butt) are on
no list here; words that are innocent in other company stand in `company`. All words are in folded form.
"""

from __future__ import annotations

from typing import Final


def _forms(rows: str) -> frozenset[str]:
    """Rows of `stem stem … : ending|ending|…`: every stem with every ending; without a colon the words themselves."""
    forms: set[str] = set()
    for row in filter(None, map(str.strip, rows.split("\n"))):
        stems, _, endings = row.partition(":")
        forms.update(stem + ending for stem in stems.split() for ending in endings.strip().split("|"))
    return frozenset(forms)


SEVERE: Final = _forms("""
cunt kunt cvnt coont : |s|y|ish|ing|face|faces|hole|lick|licker|lickers|licking|fart|bag|rag|bollock|z|its|asaurus
nigger niggar niggir niggor nigguh niggah nigga niga niggr : |s|z|hs
nigglet niglet niglets nignog nignogs nignigs nigs jigaboo jigaboos jiggaboo jiggaboos jiggabu porchmonkey
niccer niccers nickker nickkers nikker nikkers nigr nuckas nigasses niggasses niggazzes negga neggas
faggot fagot phaggot fagget faggit feggot faggo faggy fagy : |s|z
faggotry faghag fagbag fagtard fagass fagasses fagshit phag phags
kike kyke gook wetback beaner raghead towelhead dothead zipperhead slanteye sandnigger : |s
slanty slantard camelhumper cameljockey kneegrow kneegrows spic spics spix spig spigs
coonass coonie coonies coons paki pakis darkie darkies darky tarbaby wophead chinkie chinky chinks tacohead tacoheads
golliwog golliwogs coolie coolies injun injuns gypo gypos pikey pikeys
retard : |s
retarded gaytard retardotron shemale shemales shmale shmales shemal tranny trannies ladyboy ladyboys ladyboyz ladiboy ladboys heeb heebs dago dagos groid negroes gypo
maricon maricones mariconazo sudaca sudacas
""")

_STRONG_ENGLISH: Final = _forms("""
fuck fukk fuc fucc phuck phuk phukk phvck fvck fcuk fck fukc fuq phuq fuxk fxck fvk fuk fucck fock : |s|ed|er|ers|ing
fuck fukk fuc fucc phuck phuk phvck fvck fcuk fck fxck fuk fcvk : in|n|y|a|as|ka|kas|kah|ah|ked|ker|kers|king|kings|kin|kka
fuck fuk phuk phuck phucc fck : able|wit|wits|wad|wads|face|faces|head|heads|up|ups|off|tard|tards|you|boy|hole|stick|yeah
fuck : ery|eries|boi|ity|nut|nuts|bag|bags|o|os|en|ung|bunny|load|nugget|whistle|whore|rat|arse|ings|inghell
fkn fkin fking fkings fked fker fkers fks fkker fkkers fkked fkking fuks fugger fuggers fugging fuggin fuggings
fookin fooking fooker fookers fackin facking fckd fuckd fukd fuckt fukt fukcs fukced fukcing fuckkn phucup phuku
feck fecking feckin fecker feckers fecked feckoff
motherf mothaf muthaf mutherf mudderf muhf mof mothf mtherf muddaf : uck|ucker|uckers|ucking|uckin|ucka|uckas|uker|ukker|ukkas
motherf mothaf muthaf mof : uckers|cker|cking|ck|cked|ecker|vck|vcker|ucca|uccer|uccers|aker|akka
mofo mofos mofoes mfer mfers mfker mfkers mfcker mfckers mfukk mothermucker fothermucker fothermuckers
wtf wtaf stfu gtfo ffs omfg lmfao idgaf dgaf jfc
shit shyt shitt schit shxt : |e|es|s|ed|er|ers|ing|ings|y|ty|tier|tiest|ter|ters|ting|ted|ties|tty|z
shit : head|heads|hole|holes|hed|bag|bags|face|faces|faced|house|houses|show|shows|storm|storms|load|loads|ton|tons|bird
shit : birds|brick|bricks|stain|stains|can|cans|list|less|ass|asses|dick|dicks|ful|fuls|full|some|stick|talk|talking|balls
shit : post|posts|posting|posted|fuck|fucker|cunt|gibbon|eater|weasel|tastic|bull|dip|blimp|blimps|freak|storms|en|stirrer
shits shyte shtty shytty shiddy shiddick shitsful shitsdick shitting gobshite gobshites
bullshit bulshit bullsht horseshit batshit apeshit dogshit dipshit chickenshit jackshit ratshit pigshit : |s|ty|ter|ters|ting|ted
dumbshit holyshit buttshit cowshit eatshit toughshit darkshit fullofshit : |s
dipshat shitass
bitch biatch biotch beotch beeotch beyotch biyatch bytch bizzach biitch : |es|ez|s|y|ier|iest|ed|ing|in|er|ers
bitch : ass|asses|slap|slaps|slapped|fuck|face|faces|tit|tits|ness|boy
sonofabitch sonofbitch sonofbitches sonofabitches sonuvabitch sumbitch
asshole ashole azzhole asswhole arsehole arshole arsewhole arsole assol : |s|y
asshat asswipe assclown asslicker assbandit arsebandit assface assbag asshead arsewipe arselicker arseface : |s
assmunch assmuncher asslick asslicking assfck assfk assfker assfuk assfukka assfook asskisser assnugget arseshagger
dumbass jackass fatass dumass dumbarse jackarse punkass stupidass lardass queerass markass : |es
dickhead dikhead dickhed dickface dickwad dickweed dickbag dickwit dickhole dicksmoker dickmuncher dicksucker : |s
dickless dickfucker dicksukka dickmilker dickskin dickcheese dickvag dicksuck dicksucking dickish
cocksuck cocksuk cocksucc cuksuk cocksukk coksuck : |er|ers|ing|ed|s|a|as|in
cocksukka cockmunch cockmuncher cokmuncher cocksmoker cockface cockfaces cockhead cockheads cockhed cockbite
cockgobbler cocklicker cockwomble cockwombles cockeater cockknocker cocknose cockblock cockblocked
bastard basterd bassturd bastrd baztad baztard bastad : |s|ish|o|ly|y
bollock bollocks bollox bollix bollocked bollocking bollocky ballocks
wank wnk : |s|ed|er|ers|ing|y|ies|bastard|stain|stains|puffin|ered
twat twatt : |s|ty|tish|face|faces|head|heads|waffle|waffles|ted
whore whoar : |s|d|dom|ish|y|house|face|bag|son
slut : |s|ty|ting|tish|bag|bags|z
skank : |s|y|ier|bag
pussy pussie : |s|lick|licker|licking|eater|ass
pusslicker puzzies
knobhead nobhead nobend knobend knobface knobjockey nobjockey nobjokey knobjokey knobgobbler knobead knobhed : |s
nobjockies knobjocky bellend bellends bellendery peckerhead peckerheads turdhead ballbag ballbags
douchebag douchbag : |s|gery
douchecanoe douchenozzle douchewad
jizz jizzed jizzes jizzing jizzy jizzum cumshot cumshots cumdump cumdumpster cumdumpsters cumslut cumguzzler
jerkoff jerkoffs jackoff jackoffz jackoffs blowjob blowjobs handjob handjobs rimjob rimjobs
clusterfuck headfuck mindfuck buttfuck buttfucker assfuck assfucker fudgepacker fudgepackers fudgepacking
carpetmuncher carpetmunching muffdiving muffdiver muffdivin
pissoff pissoffs pissface pissfaces pissflaps pisshead pissheads pisstake pisstakes pisstaking
fucktard libtard cameltoe schlong nutsack nutsacks milf milfs trousersnake polesmoker polesmokers pillowbiter girlieboy girlyboy
arseshit shitedick shitefulls shiteblimps shitfck packingfudge mothfck mfk phucc phuccs gaywad fackuhs fookuh
""")

FOREIGN: Final = _forms("""
mierda mierdas mierdoso mierdero merda merdas merde merdes merdique
puta putas putada putadas puto putos putita putitas putazo putero hijoputa hijosputa hijaputa hijueputa jueputa
hijodeputa putamadre
joder jodete jodido jodida jodidos jodidas jodiendo jodienda jodan jodas jodanse joderte joderos
pendejo pendeja pendejos pendejas pendejada pendejadas
cabron cabrona cabrones cabronas cabronazo cono
gilipollas gilipolla gilipollez gilipolleces
chingar chingada chingadas chingado chingados chingadera chingaderas chingate chingue chinguen chingatumadre
culero culera culeros culeras mamahuevo mamaguevo conchetumadre conchatumadre conchesumadre
putain encule encules connard connards connasse salope salopes
scheisse scheiss scheise beschissen beschissene arschloch arschlocher wichser hurensohn fotze fickdich verfickt
verfickte verfickter verficktes
stronzo stronza stronzi vaffanculo cazzo caralho foda fodase filhodaputa porra
klootzak klootzakken godverdomme
""")
"""Spanish first, then French, German, Italian, Portuguese, Dutch."""

SPLITTABLE: Final = frozenset(word for word in SEVERE | _STRONG_ENGLISH if len(word) > 3)  # noqa: PLR2004  fu + ck, not f + fs
STRONG: Final = _STRONG_ENGLISH | FOREIGN

DISGUISED: Final = _forms("""
ass arse dick cock prick piss : |
dicks cocks pricks
pissed pissing
""")
"""Mild or innocent as plain words, but nobody puts a sign in the place of a letter innocently."""

ROOTS: Final = tuple(
    """
    fuck fukk phuck phuk fvck fcuk fuker fukin fucc fcking fcker fkker shitfuc shitdick shithead shitface shitass
    bullshit horseshit apeshit dogshit shitter shitty cunt bitch nigger nigga faggot asshole arsehole motherf mothaf
    muthaf cocksuck cockmunch dickhead whore bastard slut fudgepack jizz dumbass wanker wankst knobjock nobjock knobgob
    dipshit assfuc asshat cumdump fagshit  dicksuck
    """.split()
)
"""Found anywhere in a longer word, unless that part of the word is one of `company.INNOCENT`."""

UNDOUBLED: Final = 6
"""From this many letters on, a word with its doubled letters written single is still that word: motherfuker, ashole."""

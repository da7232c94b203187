"""The words, written for this place: what is a curse in English, and what is one in a disguise only.

Anatomy, symptoms, treatment, names, places and mild words (damn, hell, crap, arse, bloody, bugger, tits, butt) are on
no list here; words that are innocent in other company stand in `company`, slurs in `slurs`, other languages in
`curses_abroad`. All words are in folded form.
"""

from __future__ import annotations

from typing import Final

from app.rules.curses_abroad import ABROAD, FOREIGN
from app.rules.wordforms import forms

_DOING: Final = "|s|ed|er|ers|ing|in|n"
_PERSON: Final = (
    "head|heads|hed|face|faces|hole|holes|bag|bags|wit|wits|wad|wads|tard|tards|stain|stains|nugget|nuggets|goblin"
    "|goblins|monkey|monkeys|clown|clowns|waffle|waffles|weasel|weasels|licker|lickers|sucker|suckers|muncher"
    "|munchers|breath|brain|brains|boy|boys|rag|rags|bucket|buckets|sock|socks|lord|lords|jockey|jockeys"
    "|bandit|bandits|fucker|fuckers|fuck|badger|muffin|biscuit|womble|wombles|trumpet|puppet|nose|mouth|hat"
    "|hats|wipe|wipes|gobbler|gobblers|knocker|knockers|smoker|smokers|sniffer|wagon|burger|juice|cheese|butt|nut"
    "|nuts|stick|ass|asses|whore|slut|cunt"
)
"""What becomes a name for somebody when a curse stands before it."""

_FUCK_AFTER: Final = (
    "uck|ucks|ucka|uckas|uckaz|ucker|uckers|ucked|ucking|uckin|uk|uks|uker|ukers|uking|ukin|ukka|ukkas|ukker|ukkers"
    "|ukking|ck|cks|cked|cker|ckers|cking|ckin|uc|ucs|ucca|uccas|uccer|uccers|ucc|vck|vcker|aka|akas|aker|akers"
    "|aking|ecker|eckers|ooker"
)

_FUCK: Final = forms(f"""
fuck fukk fuc fucc phuck phuk phukk phucc fvck fcuk fck fukc fuq phuq fuxk fxck fvk fuk fucck fock fxk fnck : {_DOING}
fuck fukk phuck phuk phucc fvck fcuk fck fxck fuk : y|ka|kas|kah|ked|ker|kers|king|kings|kin|kka|ings|up|ups|off|you
fuck fukk phuck phuk phucc fvck fcuk fck fxck fuk : yeah
fuck fukk phuck fvck fcuk fck : a|as|ah|t|d
fuck fukk fuk phuck phuk fck fvck : {_PERSON}
fuck : able|ery|eries|boi|bois|ity|o|os|en|ung|bunny|bunnies|load|loads|whistle|rat|arse|inghell|twat|witt|pig|buddy
fuck : buddies|meat|knuckle|knuckles|muppet|fest|wank|erd|ist|ton|town|adoodle|stickle|me|it|this|that|aroo|doll|dolls
fuck : cock|dick|bitch|shit|stupid|yourself|tart
fkn fkin fking fkings fked fker fkers fkker fkkers fkked fkking fugging fuggin fugly fookin fooking fooker fookers fahk
fahkin fahking azzhat azzhats azzwipe
facking fackin fukcs fukced fukcing fuckkn phucup kcuf effing wuckin wucking wucken
fuk fook fuck fux fak : sake|sakes|ake|ssake
feck : {_DOING}|off
motherf mothaf muthaf mutherf mudderf mof mothf mtherf muddaf muddahf madderf maderf madaf muvaf muvverf : {_FUCK_AFTER}
clusterf headf mindf buttf assf arsef facef skullf mouthf titf tittyf starf bumf cyberf gangf ratf goatf : {_FUCK_AFTER}
donkeyf dogf fingerf fistf bitchf : {_FUCK_AFTER}
mofo mofos mofoes mfer mfers mfker mfkers mfcker mfckers mfckin mfukk mfk mfing mothermucker fothermucker fothermuckers
wtf wtaf stfu gtfo gtfoh ffs omfg lmfao idgaf dgaf jfc fml smfh fuuu
""")

_SHIT: Final = forms(f"""
shit shyt shitt schit shxt : {_DOING}|e|es|ings|y|ty|tier|tiest|ter|ters|ting|tin|ted|ties|tty|z|t
sheit shiet shiat sht shlt shid shidd shiddy : |s|ty|ting
shit shits shite shyte : {_PERSON}|faced|bird|birds|list|ton|tons|storm|storms|ful|fuls|full|fulls|dick|dicks|blimp
shit shits shite shyte : blimps
shit : fck|fuk|house|houses|show|shows|load|loads|brick|bricks|can|cans|canned|less|some|talk|talker|talking|balls|bomb
shit : cock
shit : creek
shit : eating|eater|eaters|spitter|stir|stirring|stirrer|post|posts|posting|posted|poster|gibbon|gibbons|tastic|bull
shit : dip
shit : dips|freak|en|kicker|magnet|sack|sacks|sandwich|shoveler|work|heel|kebab|hawk|hawks|arse|bagger|head|hawk
shits shyte shytes shtty shytty shat shiting gobshite gobshites holyshit
bull bul horse bat ape dog dip chicken jack rat pig cow dumb butt bird donkey hog monkey goat : shit|shits|shitty
bull bul horse bat ape dog dip chicken jack rat pig cow dumb butt bird donkey hog monkey goat : shitter
bull horse bat ape dog dip chicken jack rat : shitters|shitting|shitted|shite|shyt|sht|shet
holy eat tough dark fullof arse slanteye : shit|shits
dipshat tihs bulsh bullsh
""")

_OTHERS: Final = forms(f"""
bitch btch biatch biotch beotch beeotch beyotch beyatch biyotch biyatch : {_DOING}|es|ez|y
bytch bizzach biznatch biitch bltch betch bixch : {_DOING}|es|ez|y
bitch biitch : {_PERSON}|ier|iest|slap|slaps|slapped|tit|tits|ness|made|craft|let|ery
sonofabitch sonofbitch sonofbitches sonofabitches sonuvabitch sumbitch sumbitches hctib bitchez
asshole ashole azzhole asswhole arsehole arshole arsewhole arsole assol azhole asshoel arssehole : |s|y|ry
ass arse : {_PERSON}
ass : hopper|jabber|cracker|pounder|cock|bite|rammer|munch|lick|licking|fck|fk|fker|fuk|fukka|fook|kisser|kissing|shit
ass : banger|banged|blaster|banging|grabber|spelunker
arse : munch|lick|licking|shagger|kisser|kissing
dumb jack fat punk stupid lard queer hard lame bitch hoe broke whore sorry skank trash dip jive lazy smart : ass|asses
dumb jack fat punk stupid lard queer hard lame bitch hoe broke whore sorry skank trash dip jive lazy smart : azz
dumbass dumass jackarse wiseass wiseasses candyass jerkass
dick dik dikk dic : {_PERSON}
dick : less|sukka|milker|skin|vag|suck|sucks|sucking|ish|ishness|monger|slap|sneeze|tickler|rider|riding|lick|weed
dick : weeds
dick : beater|beaters|sauce|zipper|pic|pics|move|headed|wod
dlck dlckhead diks dikz diksuck
cock cok cawk kock cuk : suck|sucks|sucked|sucking|sucka|sucker|suckers|suk|suks|suka|suker|suking|sukk|sukka|sukker
cock cok cawk kock cuk : succ
cock cok cawk kock cuk : succer|succers|succing|sux|munch|muncher|munchers|smoker|smokers|suckas|head|face
cock : {_PERSON}
cock : bite|bites|eater|eaters|block|blocked|blocker|blocking|knuckle|monger|rider|shit|wrangler|snot|tease|teaser
cock : master
cock : splat|lover|juggler|skin
cawk cawks kawk fux kittypuncher
bastard basterd bassturd bastrd baztad baztard bastad barstard bastart : {_DOING}|ish|o|ly|y|z
bollock bollocks bollox bollix bollocked bollocking bollockings bollocky ballocks bollucks bollok bolloks bolox
wank wnk : {_DOING}|y|ies|bastard|puffin|ered|job|jobs|shaft|fest|pot
wank twat cunt slut whore skank : {_PERSON}
twat twatt : |s|ty|tish|ted|ting|lips
tosser tossers tosspot tosspots bawbag bawbags
whore whoar : {_DOING}|d|dom|ish|y|house|houses|son|monger|hopper|master
slut : |s|ty|ting|tish|ing|z|wear|dom|ted|tier|tiest
skank skanc : |s|y|ier
pussy pussie : |s|lick|licking|eater|eaters|eating|fart|whipped
pussy : {_PERSON}
pusslicker puzzies poontang poontangs punani punany punanny
knob nob : {_PERSON}|jokey|jokeys|ead|end|ends|endy|ender|enders|jockies|lick|cheeses|eds|eads|heds
nobbhead nobbyhead
bellend bellends bellendery peckerhead peckerheads turdhead turdface turdfaces ballbag ballbags jerkwad jerkwads
douche douch : {_PERSON}|baggery|gery|canoe|canoes|nozzle|nozzles
jizz jizzed jizzes jizzing jizzy jizzum jizm jism jizzbag splooge spooge cums cumz cummer
cum : {_PERSON}
cum : shot|shots|dump|dumps|dumpster|dumpsters|guzzler|guzzlers|guzzling|bubble|bubbles|swallow|swallower|gargler|tart
cum : skin
cum : catcher|goon|sluts
jerkoff jerkoffs jackoff jackoffs jackoffz wankoff blowjob blowjobs blojob blowjobz handjob handjobs rimjob rimjobs
footjob blumpkin blumpkins bukkake creampie creampies deepthroat deepthroated deepthroating circlejerk circlejerks
gangbang fingerbang : |s|ed|er|ers|ing
buttplug buttplugs assplug analplug buttpirate buttpirates cumtwat felch felcher felching felched donkeypunch queef
queefs
goatse tubgirl upskirt jailbait pedobear cuck cucks cucked chode chodes choad choads milf milfs gilf dilf
penis clit : breath|banger|fucker|face|head|puffer|wrinkle|lick|licker|lickers|sucker|suckers
muffdive muffdiving muffdiver muffdivers muffdivin
piss : off|offs|face|faces|flaps|head|heads|take|takes|taking
libtard libtards dicktard cameltoe cameltoes trousersnake polesmoker polesmokers girlieboy girlyboy nancyboy nancyboys
sausagejockey gashstabber whoreson goddamnfuck godfuckingdamn
""")

IN_TWO: Final = {
    first + second: first
    for row in """
    blow rim : job jobs
    jerk : off
    fu : k
    f : ck cks ckin cking cked cker
    sh : t
    b : tch
    bast : rd
    dumb fat jack punk lard stupid hoe bitch lame whore skank : ass asses
    dick : head heads face faces bag bags hole holes weed wad wit wits sucker suckers pic pics
    cock : head heads face sucker suckers block blocked womble wombles knocker smoker muncher gobbler tease
    ass arse : hole holes hat hats wipe wipes face faces clown clowns bandit bandits licker lickers kisser kissing
    bum butt : bandit bandits
    cum : shot shots dump dumpster slut bucket guzzler rag stain sock goon
    douche : bag bags canoe nozzle waffle
    knob nob : head heads end ends jockey jockeys gobbler face faces
    fag : hag hags bag bags
    gay : wad wads tard tards lord
    butt : plug plugs pirate pirates
    gang finger : bang bangs banged
    camel : jockey jockeys toe
    carpet rug : muncher munchers
    fudge : packer packers
    turd : burglar burglars
    pillow : biter biters
    shirt : lifter lifters
    porch : monkey monkeys
    jungle : bunny bunnies monkey monkeys
    slant : eye eyes
    spear : chucker chuckers
    window : licker lickers
    oven : dodger dodgers
    nancy lady batty : boy boys
    circle : jerk
    trouser : snake
    muff : diver divers diving
    pole : smoker smokers
    kid kiddy kiddie : diddler diddlers fiddler fiddlers
    gash : stabber
    sausage : jockey
    crotch : fiddler
    donkey : punch
    mega : fag
    uphill : gardener
    dirty : sanchez
    anal : pirate
    """.strip().split("\n")
    for firsts, _, seconds in [row.partition(":")]
    for first in firsts.split()
    for second in seconds.split()
}
"""Curses of two words, where each may stand alone innocently; with the first of the two."""

HYPHENED: Final = frozenset(
    """
    ahole aholes shemale shemales tarbaby tarbabies wetback wetbacks towelhead towelheads raghead ragheads jackoff
    jackoffs zipperhead zipperheads bellend bellends knobend knobends ladyboi golliwog gollywog deepthroat handjob
    handjobs
    """.split()
)
"""Curses with a hyphen, but not with a blank: an a-hole is a person, and nothing is wrong with a hole."""

ENGLISH: Final = (_FUCK | _SHIT | _OTHERS) - {"pussyhat", "pussyhats"}
STRONG: Final = ENGLISH | HYPHENED | IN_TWO.keys() | FOREIGN

DISGUISED: Final = forms("""
ass arse dick cock prick piss : |s
pissed pissing
coon chink homo dyke fag poof jap mong negro nig hoe kike kunt wog paki sambo : |s
cum cums cumming higger nikker nigra
""")
"""Mild or innocent as plain words, but nobody puts a sign in the place of a letter innocently."""

ROOTS: Final = (
    *"""
    fuck fukk phuck phuk fvck fcuk fuker fukin fucc fcking fcker fkker shitfuc shitdick shithead shitface shitass
    bullshit horseshit apeshit dogshit shitter shitty cunt bitch nigger nigga faggot asshole arsehole motherf mothaf
    muthaf jiggaboo jigaboo cocksuck cockmunch dickhead whore bastard fudgepack jizz dumbass wanker wankst knobjock
    nobjock knobgob dipshit assfuc asshat cumdump fagshit dicksuck
    """.split(),
    *ABROAD,
)
"""Found anywhere in a longer word, unless that part of the word is one of `company.INNOCENT`."""

UNDOUBLED: Final = 6
"""From this many letters on, a word with its doubled letters written single is still that word: motherfuker, ashole."""

"""The words of the severe tier: what hurts people for what they are. Written for this place, in folded form.

Words that are a slur in some company only (chink, coon, dyke, homo …) stand in `company` too.
"""

from __future__ import annotations

from typing import Final

from app.rules.wordforms import forms

SEVERE: Final = forms("""
cunt kunt cvnt cnut cuntt : |s|y|ish|ed|face|faces|head|hole|holes|lick|licker|lickers|licking|bag|bags|rag|rags
cunt : z|ing|fart|bollock|its|asaurus|flap|flaps|struck|punt|ery|bubble
nigger niggar niggir niggor niggur nigguh niggah nigga niga niggr nigr neegr nigguz nibba niqqa niqqer : |s|z|hs
nigger nigga : dom|ish|y|ling|lover|lovers|rig|rigged|head|heads|hole|ass
nigglet niglet niglets nignog nignogs nig nigs nigre niggress jigaboo jigaboos jiggaboo jiggaboos jiggabu jigaboo
jiggerboo jiggerboos jiggyboo jiggyboos nickker nickkers nickas nuckas nigasses niggasses niggazzes negga neggas
wigger whigger wigga whigga : |s|z
spearchucker porchmonkey junglebunny sandmonkey dunecoon tarbaby mudslime yardape bluegum moolie moolinyan : |s
jungle : bunnies|monkey|monkeys
sandnigger timbernigger prairienigger snownigger sandnigga : |s
sambo pickaninny piccaninny picaninny pickaninnies piccaninnies kaffir nignigs coon coons coonass coonie coonies coony
darkie darkies darky golliwog golliwogs gollywog gollywogs coolie coolies wog wogs paki pakis
faggot fagot phaggot fagget faggit feggot faggut faggat faggo faggy phag faggott : |s|z
fag phag : ass|bag|bags|fucker|fuckers|got|hag|hags|lord|lords|boy|boys|tard|tards|wad|shit|gy|gotry|gotcock|gots
faggotry faggoty fagass fagasses megafag homofag fag fags dyke dykes homo homos dykey bulldyke bulldykes kike kyke
kikes kykes hymie hymies sheeny sheenies heeb heebs jewboy jewboys ovendodger ovendodgers christkiller
gook chink chinkie chinky chingchong chinkey slanteye zipperhead ricenigger gooky : |s
slanty slantard slopehead slopeheads jap japs
wetback beaner raghead towelhead dothead currymuncher currymunchers cameljockey camelhumper camelfucker greaseball : |s
spic spik spix spig : |s
wophead tacohead tacoheads bohunk bohunks dago dagos eyetie eyeties guidette pikey pikeys gypo gypos gyppo gyppos gippo
gippos injun injuns groid groids honkies retard retards retarded retardotron fucktard mongoloid mongoloids mong mongs
windowlicker windowlickers
shemale shmale shemal heshe ladyboy ladyboi ladiboy ladboy tranny trannie : |s|z
trannies
lesbo lezbo lezzie lezzy lezzer lesbotron carpetmuncher rugmuncher battyboy battyman bumbandit bumboy : |s
lezzies carpetmunching rugmunching poof poofs poofter poofters poofta poofters shirtlifter shirtlifters pillowbiter
pillowbiters fudgepacker fudgepackers fudgepacking fudgepuncher turdburglar turdburglars uphillgardener donutpuncher
gay : shit|shits|tard|tards|lord|lords|wad|wads|ass
maricon maricones mariconazo maricona mariconson joto jotos sudaca sudacas missgeburt missgeburten
""")

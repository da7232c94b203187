"""Curses of other languages, Spanish first. Written for this place, in folded form: accents are gone, ñ is n.

Left out: what is an everyday word in English or another language (Dutch kanker is cancer, German dick is thick), and
mild words (caray, jolin, ostras, verdammt, cholera). What is a curse in some company only stands in `company_abroad`.
"""

from __future__ import annotations

from typing import Final

from app.rules.folding import fold
from app.rules.wordforms import forms

_SPANISH: Final = forms("""
mierd mield : a|as|oso|osa|osos|osas|ero|eros|ita|ecilla|ota
miarda miardas comemierda comemierdas comemielda comemierdero enmierdar enmierdado caramierda mierdon
put : a|as|o|os|ada|adas|ita|itas|ito|itos|azo|aza|ero|eros|on|ones|isima|isimo|ear|eando|eo|eada|eadas|eria|illa|illas
reputisima reputamadre hijoputa hijosputa hijaputa hijueputa hijueputas jueputa jueputas hijodeputa hijoeputa hijeputa
joputa joputas hijuep hideputa hijueputada putamadre tuputamadre recontraputa careputa
jod : er|e|es|en|emos|eis|io|iste|isteis|imos|ieron|ia|ias|ian|iamos|ido|ida|idos|idas|iendo|a|as|an|amos|ete|ase|anse
jod : eos
jod : erte|erse|erme|ernos|eros|erlo|erla|erlos|erlas|erle|ienda|iendas|iera|iese|iendome|iendote|iendolo|edor|edora
jod : idisimo
jodan jodanse nojoda nojodas nojoda jodeputa joderrr
pendej : o|a|os|as|ada|adas|ear|eando|ete|erete|azo|ito|ita|isimo
apendejado apendejada apendejarse
cabron : |a|es|as|azo|aza|azos|cete|ada|adas|cito
encabron : a|ar|ado|ada|ados|adas|an|e|arse|arme
encabro hijosdeputa cagoendios hdlgp conchudo conchuda boludazo rompepelotas hinchapelotas maraco maracos cono conos
conazo conazos conaso
gilipoll : as|a|ez|eces|ezas|ada|adas
ching : ar|o|as|a|an|amos|ue|ues|uen|uemos|ada|adas|ado|ados|ando|aste|aron|adera|aderas|ate|atelo|atela|uense|uele|on
ching : ona|ones
ching : onas|adazo|adazos|aos|arse|arme|arte|arla|arlo|aba|aban|adamadre|atumadre|aquedito|onazo|uesu
rechingada rechingado achingar
culer : o|a|os|as|ada|adas
culi : ado|ada|ados|adas|ao|aos|ar|arse
mamahuev mamaguev mamagev mamawev mamaverg mamabich mamaping : o|os|a|as
conchetumare conchetumadre conchatumadre conchesumadre conchesumare conchasumadre conchasumare conchetumadr
conchadetumadre conchadelalora chetumare csmre ctm ctmr csm ptm lptm lpqtp lpqlp lrcdtm hdp hdps hdpm hpta hptas vrg
vrga alv vtalv boludo boluda boludos boludas boludez boludeces boludear boludeando boludito pelotudo pelotuda pelotudos
pelotudas pelotudez pelotudeces follar follando follada follado follen follarse follarte follamos follame folleteo
cojon : es|azo|azos|udo|uda|udos|udas
descojonado descojonante cojonera tocacojones tocapelotas acojonante huevon huevona huevones huevonas huevonada huevada
huevadas gueon weon weona weones weonas hueon aweonao aweonado ahuevonado weonao ahueonao hueona
malparid : o|a|os|as|ez
pirobo pirobos piroba carechimba careverga gonorreas carepicha caremonda gonorriento carajo carajos pinche pinches
vergazo vergazos verguero verguiza vergota vergon vergona soplapollas pollaboba comepollas lameculos chupapollas
chupamedias gilipichis mamonazo tontopollas caraculo comeculos singao singaos singado singada singamadre singar
bastardo bastarda bastardos bastardas porculo poronga porongas forrazo garcha garchar garchando ortiva hijodemil qlo
qliao
""")

_OTHERS: Final = frozenset(
    word
    for words in (
        # French, of Québec too
        """
        merde merdes merdique merdeux emmerde emmerdes emmerder emmerdent putain putains putes encule encules enculer
        connard connards connasse connasses salope salopes salopard saloperie niquer enculeur branleur branleurs
        bordeldemerde tabarnak tabarnac tabarnack tabarnaque calisse ostie osties viarge ciboire estie
        """,
        # German
        """
        scheiss scheisse scheisser scheise scheissegal scheisskerl scheissdreck scheisshaus scheissding beschissen
        beschissene beschissener beschissenes beschissenen verschissen arschloch arschlocher arschgeige arschgesicht
        wichser wichserin hurensohn hurensohne hurensohnen fotze fotzen fickdich ficken fickt gefickt verfickt verfickte
        verfickter verficktes verfickten schlampe schlampen nutte verpiss arschficker drecksau drecksack wixer wixxer
        scheis
        """,
        # Italian
        """
        merda stronzo stronza stronzi stronze stronzata vaffanculo fanculo affanculo cazzo cazzi cazzata cazzate
        incazzato incazzata minchia puttana puttane puttanata coglione coglioni coglionazzo rincoglionito rompicoglioni
        testadicazzo merdoso bastardi figliodiputtana mannaggiacazzo
        """,
        # Portuguese
        """
        merdas caralho caralhos foda fodase fodasse fodido fodida fodidos filhodaputa filhadaputa filhosdaputa pqp vtnc
        vsf arrombado arrombada buceta cuzao cuzaozinho viado viados viadinho punheta punheteiro merdinha
        """,
        # Dutch
        "klootzak klootzakken godverdomme gvd kutwijf hoerenjong neuken lulhannes",
        # Polish
        """
        kurwa kurwy kurwe kurwo kurwica kurwiszon skurwysyn skurwysyny skurwiel wkurwia wkurwiony wkurwiona pierdole
        pierdol pierdolic pierdolony pierdolona pierdolone spierdalaj spierdalac wypierdalaj wypierdalac rozpierdol
        jebac jebany jebana jebane jebie zajebany zjebany pojebany pojebane wyjebane dojebac chuj chuja chujowy chujowo
        chujnia huj
        """,
        # Russian, in Latin letters
        """
        pizda pizdy pizdec pizdets pizdetz blyad blyat bliad bliat cyka nahuy nahui nahuj nakhuy huyovo khuy huynya
        mudak mudaki zaebal zaebali zaebis eblan yobany ebany dolboeb
        """,
        # Serbian and Croatian
        "jebem jebote jebiga jebeno pickice kurac kurcu sranje",
        # Czech
        "prdele hovno kokot zmrd picovina",
        # Hungarian, Romanian
        "bazmeg bazdmeg faszom fasz muie futui",
        # Greek, Turkish
        "malakies gamoto gamimeno poutana siktir siktirgit aminakoyim aminakoyayim orospu orospucocugu yarrak",
        # Swedish, Finnish
        "javla javlig knulla vittu vitun saatanan perkele",
        # Tagalog
        """
        putang putangina putanginamo tangina tanginamo tanginang kingina pakshet pakyu punyeta tarantado
        tarantada ulol yawa
        """,
        # Hindi
        """
        bhenchod behenchod bhenchodd benchod bhnchod madarchod maderchod madarchodd chutiya chutiye chutiyapa chutiyon
        bhosdike bhosdiwale bhosadike bhosadi gandu lavde gaandu betichod
        """,
        # Arabic, Hebrew
        "kosomak kosommak kosomk kusemek sharmouta sharmuta sharmoota ayrefeek koskesh kosnanat",
        # Chinese, Indonesian, Korean, Afrikaans
        "caonima tamade bangsat kontol ngentot jancok jancuk bajingan ssibal shibal gaesaekki voertsek fokken fokof",
    )
    for word in words.split()
)

_CYRILLIC: Final = (
    "блядь бля блять пиздец пизда хуй нахуй хуйня сука суки ебать заебал мудак долбоёб пиздеж ебаный блядский"
)
_GREEK: Final = "μαλάκας γαμώτο σκατά πουτάνα"

ABROAD: Final = tuple("他妈的 他媽的 操你妈 操你媽 傻逼 傻屄 草泥马 妈逼 씨발 시발 개새끼 좆같".split())
"""Found anywhere: these scripts part no words."""

OTHER_SCRIPTS: Final = frozenset(fold(word).text for word in f"{_CYRILLIC} {_GREEK}".split())
"""Russian and Greek as their letters fold: look-alikes become Latin ones, the others stay."""

FOREIGN: Final = _SPANISH | _OTHERS | OTHER_SCRIPTS

ABROAD_AMONG_LETTERS: Final = frozenset(
    "mierda joder pendejo cabron putang carajo boludo pelotudo hijueputa chingada kurwa merde scheisse caralho".split()
)
"""Found also where other letters that stood alone surround them."""

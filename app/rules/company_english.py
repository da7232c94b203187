"""The company of English words: what is a curse in it only, and in what it is none. See `company`."""

from __future__ import annotations

from typing import Final

_INSULT: Final = (
    r"(?:you|u|ya|ye|ur|your|youre|such an?|what an?|being an?|absolute|total|complete|utter|proper|right|massive"
    r"|stupid|arrogant|ignorant|pompous|lying|little|miserable|sanctimonious|selfish|useless|smug|dirty|filthy|fucking"
    r"|bloody|damn|dumb|ugly|lazy|fat|old|nasty|pathetic)"
)

_NOT_A_TEST: Final = r"(?:(?!needle|finger|pin|skin|heel|thumb|toe|blood)\w+ )?"

ONLY_WITH_ENGLISH: Final[dict[str, str]] = {
    "ass": r"\bkiss ass\b|(?:kiss|lick|suck|eat|bite) (?:my|his|her|our|their|your) (?:\w+ ){0,2}ass\b"
    r"|rat ?s? ass\b|(?:up|out of|shove it (?:up )?) ?(?:his|her|their|my) (?:\w+ )?ass\b"
    r"|(?<!kick\W)(?<!kicks\W)(?<!kicked\W)(?<!kicking\W)(?:your|ya|yo|ur) (?:\w+ )?ass\b(?! (?:hurts|bone"
    r"|is (?:sore|numb|raw|ok)))|ass (?:hole|fuck|lick|bandit|munch|eating|clown|hat|wipe|kiss)|(?:sorry"
    r"|broke|lazy|dumb|stupid|triflin\w*|ugly|fat|punk|weak|lame|bum|lying|nosy|fake|bitch|shit|miserable|hoe"
    r"|fag|nasty|bitter|silly|ignorant|sanctimonious|pompous|arrogant|absolute|total|complete|utter|selfish"
    r"|smug|pathetic) ass\b(?! and (?:a |his )?(?:goat|ox|foal))|(?:such|being|acting like|you are|youre"
    r"|you re|what) an ass\b",
    "asses": r"(?:hoe|fag|tard|bitch|dumb|queer|kiss (?:our|my)|sorry|lying) asses\b|bunch of (?:\w+ )?asses\b",
    "arse": r"(?:kiss|lick) (?:my|me|his) (?:\w+ )?arse|arse (?:hole|bandit|fuck|lick|shag)|up (?:your|yer"
    r"|their) (?:own )?arse",
    "piss": r"piss (?:right )?off|piss (?:on|all over) (?:you|him|her|them|his|your|off)|piss (?:face|shit|take"
    r"|poor|flap)|(?:tak(?:e|es|ing|in)|took|taken) the piss|piss(?:es)? (?:me|her|him|us|them) off"
    r"|full of piss and",
    "pisses": r"pisses (?:me|him|her|us|people|everyone|my \w+) off",
    "pissed": r"pissed (?:off|at|with|about|right off|that|cuz|because|bc)\b|(?:so|really|am|im|i m|i was|pretty"
    r"|still|proper|lowkey|super|beyond|got me|getting|mad) pissed(?! (?:blood|in|on|my|the|into|a|twice"
    r"|out))",
    "pissing": r"pissing (?:me|him|her|us|everyone|people) off|pissing (?:off|about|around)\b",
    "dick": r"(?:such|what|be|being|complete|absolute|total|utter|is|are|s|re|was|like) a (?:\w+ )?dick\b"
    r"|suck (?:my|a|his) (?:\w+ )?dick\b|dick (?:move|head|face|pic|smoker|milker|muncher)|bag of dick|(?:eat"
    r"|you) (?:a )?dick\b(?! \w+ (?:is|was|said))|dicking (?:me|us) (?:about|around)",
    "dicks": r"(?:bunch|bag|load|pack|sack|lot) of (?:\w+ )?dicks\b|(?:be|being) (?:\w+ )?dicks|are (?:such "
    r"|all )?dicks|eat a bag of",
    "cock": r"^\W*cocks?\W*$|suck (?:my|his|a) (?:\w+ )?cock\b|cock (?:suck|munch|head|knock|smok|face|block)"
    r"|(?:what|such|you|absolute|total) a? ?cock\b(?! (?:and|pheasant|robin|crow))",
    "cocks": r"^\W*cocks\W*$|\b(?:suck|bunch of|pack of) (?:\w+ )?cocks\b",
    "prick": rf"^\W*prick\W*$|\b{_INSULT} {_NOT_A_TEST}prick\b(?! (?:of|to (?:test|the|check|see|measure)|test|in"
    rf"|on|my|your|the|his|her|and|for|from|a|tests|it|u|ur)\b)|\b(?:is|s|re|are"
    rf"|was) an? {_NOT_A_TEST}prick\b(?! (?:of|to|test|in|on|for)\b)|faced prick\b|prick (?:gobbl"
    r"|face)|(?:the|that|this) prick (?:who|that|said|at|from|on|in|behind|next|over|wants|won)\b",
    "pricks": rf"^\W*pricks\W*$|\b(?:{_INSULT}|those|these|(?:bunch|pack|lot|load|shower"
    rf"|set) of) {_NOT_A_TEST}pricks\b(?! (?:of|in|on|a|per|and))",
    "meat": r"\b(?:beat|beating) (?:my|the|his|your) meat\b",
    "jerking": r"\bjerking off\b",
    "jerks": r"\bjerks off\b",
    "wanking": r"\bwanking\b",
    "douche": r"(?:such a|what a|you|total|complete|absolute|a) douche\b(?! (?:bottle|kit|for|with|after|can"
    r"|product))|douche bag",
    "f": r"\bgo f (?:your|them|him|her|my|off)|\bf (?:right )?off\b|\bf this (?:sh|place|disease|noise|cancer|for"
    r"|crap|$)|\b(?:what|who|how|where|why|shut|get|leave|back) (?:in )?(?:the|da|tha|teh) (?:actual "
    r"|ever ?loving |everlasting )?f\b(?! (?:word|bomb|stop|train|bus|gene|means?|stands?|cup|scale|on my"
    r"|in my))|\b(?:for|oh|ffs) f ?s? ?sake|\bf sake|\bf[-'*.]{1,3}(?:ing|in|en|er|ers|ed|off|king|ck)\b"
    r"|\bf['*]{1,3}(?:n|d|k|kin|king|ckin|cking)\b|\bf[-*]{2,3}(?:n|d|k)\b|\bf-up\b|\bmother f\b|\bf d up\b"
    r"|\bf[-_*]{1,4} (?:it|this|you|that|cancer|off|him|her|them|my|yeah)\b|\bf you (?:cancer|all|too"
    r"|and your|guys)|\bf you\W{0,6}$|\bf my life\b|\bholy f\b|\bf ing\b|\bf as in (?:fuck|frank you)|\b(?:so"
    r"|is|was|im|i m) f ?(?:ing|d)\b",
    "eff": r"(?<!five\W)\beff (?:right |all the way |the hell )?(?:off|you|this|it|that|him|her|them|cancer|yeah"
    r"|all|me)\b|\bmother eff|\b(?:what|where|why|how|who|shut|get) (?:the )?eff\b|for eff ?s? sake"
    r"|\beff you see kay",
    "effin": r"\beffin\b(?! (?:co|county|limerick|village|gaa)\b)",
    "effing": r"\beffing\b(?! (?:and|hall|forest|town|n) )",
    "effer": r"\bmother effers?\b|\b(?:you|those|these|little) effers?\b",
    "effers": r"\beffers\b",
    "kay": r"(?:eff|ef|f) (?:you|yew|u) (?:see|sea|c) kay",
    "tf": r"\b(?:who|what|where|why|how|when|shut|get|the|log|calm|sit|back|chill|stay|tired|stop|wake|hell|as|go"
    r"|hurry|straight) tf\b|\btf (?:is|are|was|you|u|do|did|does|am|out|up|off|down|happened|wrong|they|he"
    r"|she|kind)\b|\btf\W*$",
    "effed": r"\beffed (?:up|over|off|me|us|that)\b",
    "fack": r"\bfack (?:this|that|off|you|me|it|all|yeah)\b",
    "mf": r"\b(?:bad|dumb|lazy|crazy|tough|stupid|ugly|lucky|lying|sorry|slick|broke|dirty|nosy"
    r"|evil) (?:ass )?mf\b|\bmf['-](?:ers?|n|ing?)\b",
    "mfs": r"\b(?:these|some|those|you|dumb|all) (?:\w+ )?mfs\b(?! (?:patient|case))",
    "fuuu": r"(?<!\d)(?<!\d\W)\bf+u{3,}\b",
    "sanchez": r"\bdirty sanchez\b",
    "chicken": r"\b(?:choke|choking|choked) (?:the|my|his) chicken\b",
    "pickle": r"\b(?:tickle|tickling) (?:the|my|his) pickle\b",
    "dicking": r"\b(?:double|hard|good|was) dicking\b|\bdicking (?:around|about|me|us)\b",
    "fk": r"\bfk (?:me|you|off|this|that|it|all|sake|yeah|cancer|no|knows|yes|u|my|sakes|bunny|buddy)\b"
    r"|(?:what the|oh|for|the|as) fk\b(?!\W?\d)",
    "fook": r"^\W*fook\W*$|\bfook (?:off|you|me|this|that|cancer|it|all|sake|knows|yeah|no)\b|(?:what the|oh|for"
    r"|holy) fook\b",
    "fud": r"\b(?:wee|ya|you|absolute|total|daft|pure) (?:\w+ )?fud\b",
    "furries": r"\bw[aou]ck(?:in|en|ing|er)? furries",
    "shet": r"\bshet\b(?!land)",
    "sheet": r"\bfull of (?:\w+ )?sheet\b(?! (?:metal|music))|\bholy sheet|\bpiece of sheet\b(?! (?:metal|music"
    r"|of))",
    "knob": rf"^\W*knob\W*$|\b(?:{_INSULT}) (?:\w+ )?knob\b(?! (?:of|on|is|for|to|turn|that|and|off|cheese))",
    "knobs": r"\b(?:you|absolute|total|bunch of|pack of) (?:\w+ )?knobs\b(?! (?:of|on))",
    "hoe": r"\b(?:you|ur|u|dumb|stupid|ugly|broke|these|dirty|lil|bum|fat|nasty|ass|trifling|shut up"
    r"|left) hoe\b(?! (?:the|in|it|that|for|with|your))",
    "hoes": r"\bhoes mad\b|^\W*hoes\W*$|\b(?:you|these|them|dumb|stupid|ugly|broke|dirty|bitches and|all) hoes\b",
    "slag": r"\b(?:you|fat|old|dirty|ugly|little|filthy) slag\b(?! (?:off|me|him|her|them|us|heap))",
    "b": r"\bson of a b\b(?! ?(?:cell|lymph))|\bb[-*]{3,6} (?:please|you|ass)|\b(?:you|little|stupid|dirty|lying"
    r"|such a|that) b\*{3,6}",
    "c": r"\b(?:you|little|stupid|dirty|lying|such a|that|absolute) c\*{2,3}(?:t|s)?\b",
    "p": r"\bp\*{2,3} off|\b(?:la|de|tu|su|puta|hij[oa]s? de) p\*{2,4}",
    "pos": r"\b(?:lying|total|absolute|complete|little|worthless|such a|you|ur a) p ?o ?s\b(?! (?:result|test"
    r"|node|margin|for))",
    "sob": r"\bs\.o\.b\b|\b(?:you|that|this|lucky|tough|mean|dumb|old|sorry|lying|cheap|stubborn|rotten"
    r"|dirty) (?:\w+ )?s ?o ?b\b(?! (?:story|stories|at|in|into|on|when|and|all|every|myself))",
    "soab": r"\bsoab\b",
    "chink": r"\b(?:you|dirty|stupid|that|these|a) chink\b(?! (?:in|of|between))|^\W*chink\W*$",
    "coon": r"\b(?:you|dirty|filthy|stupid|black) coon\b(?! (?:cat|hound|dog))|^\W*coon\W*$",
    "coons": r"\b(?:you|dirty|filthy|stupid|black|these) coons\b|^\W*coons\W*$",
    "homo": r"\b(?:you|dirty|filthy|such a|ur a|a|no|old|fat|little) homo\b(?! sapien| erect|geneous)"
    r"|^\W*homo\W*$",
    "homos": r"\b(?:dirty|filthy|you|bunch of|all|these) homos\b|^\W*homos\W*$",
    "dyke": r"\b(?:you|dirty|filthy|ugly|such a|fat|stupid|a|old) dyke\b(?! (?:road|street|lane|in|on|of|at))"
    r"|^\W*dyke\W*$",
    "dykes": r"\b(?:you|dirty|filthy|ugly|fat|stupid|these) dykes\b|^\W*dykes\W*$",
    "fag": r"\b(?:you|youre|u r|ur|such|dirty|filthy|stupid|little|flaming|mega"
    r"|queer) (?:are )?(?:a )?(?:fucking |dirty |stupid |big |fat |total )?fag\b(?! (?:break|end|packet|ash"
    r"|butt|out))|^\W*fag\W*$",
    "fags": r"\b(?:you|dirty|filthy|stupid|flaming|these|bunch of|all) (?:fucking |dirty "
    r"|stupid )?fags\b(?! (?:break|out))|^\W*fags\W*$",
    "poof": r"\b(?:you|such a|dirty|big|bloody|fucking|old|fat|great) (?:\w+ )?poof\b(?! (?:and|it|went|gone))"
    r"|^\W*poof\W*$",
    "poofs": r"\b(?:you|dirty|bloody|fucking|old|fat|these|bunch of) poofs\b",
    "mong": r"\b(?:you|total|absolute|complete|such a|fucking|stupid|a) mong\b|^\W*mong\W*$",
    "mongs": r"\b(?:you|total|absolute|fucking|stupid|bunch of) mongs\b",
    "jap": r"\b(?:you|dirty|filthy|yellow|sneaky|a|damn) jap\b|^\W*jap\W*$",
    "japs": r"\b(?:you|dirty|filthy|yellow|sneaky|the|damn) japs\b|^\W*japs\W*$",
    "nig": r"\b(?:you|dirty|filthy|stupid|black|little|damn) nig\b|^\W*nig\W*$",
    "kike": r"\b(?:you|dirty|filthy|fucking|stupid|a|that) kike\b|^\W*kike\W*$",
    "kikes": r"\b(?:you|dirty|filthy|fucking|these|the|all) kikes\b|^\W*kikes\W*$",
    "kunt": r"\b(?:you|stupid|dirty|fucking|a|ur|little|what a) kunt\b|^\W*kunt\W*$",
    "kunts": r"\b(?:you|stupid|dirty|fucking|these) kunts\b|^\W*kunts\W*$",
    "wog": r"\b(?:you|dirty|bloody|fucking|stupid|a) wog\b|^\W*wog\W*$",
    "wogs": r"\b(?:you|dirty|bloody|fucking|stupid|these|the) wogs\b|^\W*wogs\W*$",
    "paki": r"\b(?:you|dirty|filthy|fucking|bloody|a|stupid|that|some) paki\b(?! (?:abot|sabi|usap))|^\W*paki\W*$"
    r"|\bpaki (?:shop|bastard|scum)",
    "pakis": r"\b(?:you|dirty|filthy|fucking|bloody|these|the|all) pakis\b|^\W*pakis\W*$",
    "sambo": r"\b(?:you|black|dirty|stupid) sambo\b|^\W*sambo\W*$",
    "spik": r"\b(?:you|dirty|filthy|stupid) spik\b|^\W*spik\W*$",
}  # fmt: skip

_DRUG: Final = (
    r"pregabalin|carbamazepin\w*|venlafaxin\w*|propranolol|morphine?|morfina|tramadol|diclofenac\w*|voltaren|mst"
    r"|oxycodon\w*|oxicodona|tilidin|nifedipin\w*|metoprolol|dhc|theophyllin|depakine|oramorph"
    r"|isosorbid\w*|verapamil|indometacin|palladone?|valproate?|quetiapine?|naproxen\w*"
)
_WOUND: Final = (
    r"wound|drain|line|site|incision|stoma|scar|port|blister|spot|toe|nail|boil|discharge|sore|rash|scab|burn|skin"
)

NOT_WITH_ENGLISH: Final[dict[str, str]] = {
    "pussy": r"pussy (?:cat|willow|foot|riot)"
    rf"|pussy (?:round|around|gunk|stuff|bits?|lump|mess|{_WOUND})|(?:red|green|yellow|oozing|weepy|swollen"
    rf"|crusty|infected|wet|smelly|sore|hot|itchy|bloody)(?: and| n)? pussy"
    rf"|(?:{_WOUND})s? (?:\w+ ){{0,3}}pussy",
    "slut": r"swed|svensk|danish|dansk|norweg|norsk|uppsala|\b(?:pa|till) slut",
    "retard": rf"\b(?:en|sans|avec|du|de|le|un|mon|ce|son|quel|leur|to|will|can|may|might|not|{_DRUG}) retard+\b"
    r"|\bretard+ (?:\d|the|tumou?r|growth|progress|its|mg|tab|caps|compr|kaps|forte|dosis|form|depot)",
    "retards": rf"\b(?:{_DRUG}) retards"
    r"|\b(?:les|des|aux|ces|vos|nos|mes|leurs|ses|quelques|it|which|that|also) retards\b",
    "retarded": r"(?:growth|fire|flame) retarded",
    "faggots": r"faggots (?:and|with|in|n) (?:\w+ )?(?:peas|mash|gravy|chips|onion)",
    "spic": r"spic (?:and|n) span",
    "spick": r"spick (?:and|n) span",
    "chinks": r"chinks (?:in|of|between)",
    "kaffir": r"kaffir (?:lime|leaves|leaf|lily)",
    "jackass": r"jackass (?:penguin|rabbit|creek)|the (?:show|movie|film) jackass",
    "wank": r"mountain|bavaria|garmisch|peak|hike|cable car",
    "fml": r"\b(?:drops?|eye|eyes|ophthalm\w*|forte|liquifilm|ointment|fluorometh\w*)\b",
    "tranny": r"(?:my|the|car|truck|auto|manual) tranny|tranny (?:fluid|shop)",
    "ffs": r"surviv|failure free|median|\d year|\bpfs\b|hazard",
}  # fmt: skip

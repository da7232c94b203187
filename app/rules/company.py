"""Words that are a curse in one company and innocent in another, and the innocent words that hold a curse's letters.

The patterns look at the words around, in folded form with single spaces instead of punctuation (`around`).
"""

from __future__ import annotations

import re
from typing import Final

_REACH: Final = 60
_AFTER_F: Final = re.compile(r" (?:your|them|him|her|my|off|this)")
_GAPS: Final = re.compile(r"[^\w]+|_+")

INNOCENT: Final = re.compile(
    r"scunt|cuntlin|placunt|snigger|n+i+g+e+r+i+a|niggard|shiita|shitak|mishit|swank|wankel|bastardi[sz](?!h)|pakist"
    r"|slutsk|slutch|fucac|fucal|fucat|fucus|fucoid|fucos|jizzen|fagott(?:o|i)\b|whorl|horehound"
    r"|fuchs|kurashit|matsushit|yamashit|kinoshit|miyashit|morishit|takeshit|harshit|akshit|hoshit|putto|putti"
    r"|phuket|fukuok|fukush|fukuda|retardan|retardat|schlut|pussyw|pussyc|pussyf|bitchum|whitt|jizya"
)

INNOCENT_WHOLE: Final = re.compile(
    r"scunthorpe|shi+take|cuntline|snig+er(?:s|ed|ing)?|swank(?:y|s|ed|ing|ier|iest)?|pased|phuket"
)
"""The same as whole words, every letter once, for those that were cut in two."""

ONLY_WITH: Final = {
    "ass": re.compile(
        r"kiss (?:my|his|her) ass|rat ?s? ass|(?:up|out of) (?:your|ur|his|her|their) ass|dumb ass|lick my ass"
        r"|ass (?:hole|fuck|lick|bandit|munch|eating|clown|hat|wipe)|suck my ass|hoe ass|bitch ass|fag ass"
    ),
    "asses": re.compile(r"(?:hoe|fag|tard|bitch|dumb|queer|kiss (?:our|my)) asses"),
    "arse": re.compile(r"(?:kiss|lick) my arse|arse (?:hole|bandit|fuck|lick|shag)|up your arse"),
    "piss": re.compile(
        r"piss off|piss (?:on|all over) (?:you|him|her|them|his|your)|piss (?:face|shit|take|poor)"
        r"|(?:tak(?:e|es|ing)|took) the piss|piss(?:es)? (?:me|her|him|us) off"
    ),
    "pisses": re.compile(r"pisses (?:me|him|her|us|people|everyone|my \w+) off"),
    "pissed": re.compile(r"pissed (?:off|at)\b|(?:so|really|am|im|i m|pretty|still|proper) pissed(?! blood)"),
    "pissing": re.compile(r"pissing (?:me|him|her|us|everyone|people) off|pissing (?:off|about|around)\b"),
    "dick": re.compile(
        r"(?:such|what|being|complete|absolute|total|utter|is|are|s|re|was|like|acting like) a (?:\w+ )?dick\b"
        r"|suck (?:my|a|his) dick|dick (?:move|head|face|pic|smoker|milker|muncher)|bag of dick"
    ),
    "dicks": re.compile(r"(?:bunch|bag|load) of dicks|being dicks|are (?:such |all )?dicks"),
    "cock": re.compile(
        r"suck (?:my|his|a) cock\b|cock (?:suck|munch|head|knock|smok|face|block)|(?:what|such) a cock\b(?! and)"
    ),
    "prick": re.compile(
        r"\b(?:you|ya|what a|such a|being a|total|complete|absolute|utter|stupid|arrogant|is a|are a|s a|re a|little)"
        r" (?:\w+ )?prick\b(?! (?:of|to|test|in|on|my|your|the|his|her|and|for|from|a)\b)|prick gobbl|prick face"
    ),
    "pricks": re.compile(r"\b(?:you|those|bunch of|absolute|total|arrogant) (?:\w+ )?pricks\b"),
    "butt": re.compile(r"butt (?:fuck|plug|pirate)"),
    "blow": re.compile(r"\bblow jobs?\b"),
    "rim": re.compile(r"\brim jobs?\b"),
    "jerking": re.compile(r"\bjerking off\b"),
    "douche": re.compile(r"(?:such a|what a|you|total|complete|absolute) douche\b|douche bag"),
    "f": re.compile(r"\bgo f (?:your|them|him|her|my|off)|\bf off\b|\bf this sh"),
    "pos": re.compile(r"\b(?:lying|total|absolute|complete|little|worthless) p ?o ?s\b"),
    "concha": re.compile(r"concha (?:de )?tu (?:madre|hermana)"),
    "verga": re.compile(r"\b(?:a la|vale|una|ni) verga\b"),
    "chink": re.compile(r"\b(?:you|dirty|stupid|that|these|a) chink\b(?! (?:in|of|between))|^\W*chink\W*$"),
    "coon": re.compile(r"\b(?:you|dirty|filthy|stupid|black) coon\b"),
    "homos": re.compile(r"\b(?:dirty|filthy|you|bunch of|all) homos\b"),
    "dyke": re.compile(r"\b(?:you|dirty|filthy|ugly|such a|fat|stupid) dyke\b"),
}
"""A curse only in this company."""

_DRUG: Final = (
    r"morphine?|morfina|tramadol|diclofenac\w*|voltaren|mst|oxycodon\w*|oxicodona|tilidin|nifedipin\w*|metoprolol|dhc"
    r"|theophyllin|depakine|oramorph|isosorbid\w*|verapamil|indometacin|palladone?|valproate?|quetiapine?|naproxen\w*"
)
NOT_WITH: Final = {
    "pussy": re.compile(r"pussy (?:cat|willow|foot|riot)"),
    "slut": re.compile(r"swed|svensk|danish|dansk|norweg|norsk|uppsala|\b(?:pa|till) slut"),
    "retard": re.compile(
        rf"\b(?:en|sans|avec|du|de|le|un|mon|ce|son|quel|leur|to|will|can|may|might|not|{_DRUG}) retard+\b"
        r"|\bretard+ (?:\d|the|tumou?r|growth|progress|its|mg|tab|caps|compr|kaps|forte|dosis|form|depot)"
    ),
    "retards": re.compile(r"\b(?:les|des|aux|ces|vos|nos|mes|leurs|ses|quelques|it|which|that|also) retards\b"),
    "retarded": re.compile(r"(?:growth|fire|flame) retarded"),
    "faggots": re.compile(r"faggots (?:and|with|in|n) (?:\w+ )?(?:peas|mash|gravy|chips|onion)"),
    "spic": re.compile(r"spic (?:and|n) span"),
    "chinks": re.compile(r"chinks (?:in|of|between)"),
    "coons": re.compile(r"maine coons"),
    "foda": re.compile(r"\bfoda\b(?! (?:se|me|te))"),
    "porra": re.compile(r"porra antequer|churros"),
    "ffs": re.compile(r"surviv|failure free|median|\d year|\bpfs\b|hazard"),
}
"""A curse, unless in this company."""

ACCENTED: Final = {"cono": "ñ"}
"""A curse only if this letter was typed: coño, but not the cono of a biopsy."""

CAPITALISED: Final = frozenset({"Kike", "Kikes", "Fuk"})
"""Names, when written like this."""

SIDE_BY_SIDE: Final = frozenset({
    ("who", "re"), ("who", "res"), ("who", "red"), ("s", "hit"), ("s", "hits"), ("s", "lut"), ("sh", "its"),
    ("pus", "sy"), ("wan", "ky"), ("wan", "king"), ("as", "swipe"), ("as", "sole"), ("wan", "k"), ("bit", "chin"),
    ("apes", "hit"), ("as", "holes"), ("as", "hole"), ("ash", "hole"), ("ash", "holes"), ("bean", "er"),
    ("dogs", "hit"), ("eats", "hit"), ("go", "ok"), ("hes", "she"), ("hee", "she"), ("nick", "er"),
    ("ff", "king"), ("mar", "icon"), ("bit", "chess"), ("who", "ore"), ("she", "male"),
})  # fmt: skip
"""Two innocent words that together would spell a curse."""


def around(text: str, start: int, end: int) -> str:
    """The words near `text[start:end]`, and itself, parted by single spaces."""
    return _GAPS.sub(" ", text[max(0, start - _REACH) : end + _REACH])


def keeps_bad_company(word: str, text: str, start: int, end: int) -> bool:
    """Whether the curse `word`, read in `text[start:end]`, is meant as one."""
    if word in ONLY_WITH:
        # A letter alone is common; around it is looked only where the phrase can be.
        if word == "f" and not _AFTER_F.match(text, end):
            return False
        return ONLY_WITH[word].search(around(text, start, end)) is not None
    if word in NOT_WITH:
        return NOT_WITH[word].search(around(text, start, end)) is None
    return True

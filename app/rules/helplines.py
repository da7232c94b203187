"""Numbers and mailboxes that are nobody's own: helplines, freephone numbers, switchboards described as such."""

from __future__ import annotations

import re
from typing import Final

FREEPHONE: Final = re.compile(
    r"(?:001|1)?8(?:00|33|44|55|66|77|88)\d{7}|(?:0044|44|0)(?:800|808|300|303|330|333|343|344|345)\d{4,8}"
    r"|0?116\d{3}|1800\d{6,7}|1300\d{6}|13\d{4}|1850\d{6}|0?800\d{5,8}|90[0-2]\d{6}|0?80[0-9]\d{6}|0?861\d{6}"
)
"""Prefixes under which a country's calls are free or shared: NANP, UK, IE, AU, DE, FR, ES, PT, ZA."""

_NUMBERS: Final = frozenset(
    """
    741741 85258 50808 717003717 1152751135 01152751135 52751135 5552598121 14416 9152987821 9820466726
    9999666555 02227546669 912227546669 1553 09178998727 09175584673 0288044673 09080217555 09034400009 0112344837
    0722178177 0972394050 213544545 0223272327 28960000 23820000 6003607777 1813 0455005005
    """.split()
)
"""Helplines with an ordinary number: ES, AR, MX, IN, PH, NG, ZA, KE, FR, PT, IT, HK, CL."""

MAILBOXES: Final = frozenset({"jo@samaritans.org", "jo@samaritans.ie", "pat@samaritans.org", "help@befrienders.org"})

_PUBLIC: Final = (
    r"switch ?board|help ?lines?|hot ?lines?|life ?line|crisis (?:line|team|number)|nurse'?s? (?:help)?line"
    r"|info(?:rmation)? ?line"
    r"|advice line|support line|care ?line|trunk ?line|main (?:line|number|desk)|general enquiries|free ?phone"
    r"|toll[- ]free"
    r"|poisons? (?:control|line|cent\w+|information)|samaritans|befrienders|macmillan|marie curie|maggie'?s"
    r"|cancer (?:society|council"
    r"|research|support|care|connect|helpline|care line)|society|lymphoma action|leukaemia care|help ?desk"
    r"|ombudsman|triage|chemo line"
    r"|on[- ]call line|out of hours|telefono de la esperanza|linea (?:de )?(?:ayuda|vida|atencion|gratuita)"
    r"|centralita|conmutador"
    r"|gratis|gratuito|standard|zentrale|krebs\w+|seelsorge|sos amitie|public(?: number)?|hospital(?:'?s)?(?: main"
    r"| phone)?"
    r"|ward(?:'?s)?(?: phone)?|clinic(?:'?s)?|day unit|surgery(?:'?s)?|pharmacy(?:'?s)?|reception"
    r"|customer (?:service|care)|bank'?s|embassy|consulate|police|garda|citizens advice|job ?centre|dwp"
)
_OWN: Final = r"\b(?:my|me|direct|cell|mobile|his|her|home|private|personal|mi|su|meine?|not)\b"
_BEFORE: Final = re.compile(
    rf"\b(?:{_PUBLIC})\b(?:'s)?,?(?: (?:line|phone|desk|number|hun|love|pet|mate))?(?: (?:is|are|on|at|es|ist"
    rf"|called|rang|ring|call|dial|number|the|they|gave|give|us|you|need|want|for|that|here|open|free|we|use|was"
    rf"|it)){{0,6}}\W{{0,4}}$"
)
_AFTER: Final = re.compile(
    r"\W{0,4}(?:(?:is|are|that'?s|thats|it'?s|its|for|es|ist|=|they|to|reaches|gets|get you|gets you|call|the|a|an"
    r"|our|el|la|die|der"
    rf"|free|national|local|american|irish|public|big|main)\W{{0,3}}){{0,5}}(?:{_PUBLIC})\b"
)
_REACH: Final = 48


def is_public(digits: str) -> bool:
    """A helpline or a freephone number."""
    return digits in _NUMBERS or FREEPHONE.fullmatch(digits) is not None


def described_as_public(text: str, start: int, end: int) -> bool:
    """Whether the words right beside the number at `text[start:end]` say that it is a switchboard, a ward or a helpline."""
    before = text[max(0, start - _REACH) : start]
    if _BEFORE.search(before):
        return not re.search(_OWN, before)
    after = _AFTER.match(text[end : end + _REACH])
    return after is not None and not re.search(_OWN, after.group())

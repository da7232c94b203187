"""E-mail addresses, as they are and as people spell them: name (at) domain dot com, the curly a, one at the google one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.rules.helplines import MAILBOXES

_THEN: Final = r"[\s,;]{0,3}(?:(?:then|and|and then|luego|y|dann|puis|its|it's) )?"
_CURLY: Final = (
    r"(?:the |that |an? )?(?:curly |curled |funny |swirly |squiggly |round |little |wee )?a "
    r"(?:thing|sign|symbol|in (?:a|the) circle|with (?:the|a|its) (?:tail|curl|circle|ring|swirl))(?: (?:a?round it"
    r"|thing))?"
)
_AT: Final = (
    r"\s{0,2}[\[({<*]{1,2}\s?(?:at|arroba|arobase|malpa|@|a)\s?[\])}>*]{1,2}\s{0,2}|\s?@\s?"
    r"|[\s,]{1,2}(?:arrob?as?|arobase|malpa|klammeraffe|chiocciola|snabel-?a|apenstaartje|at[- ]sign|sobaka)[\s,]{1,2}"
    rf"|[\s,]{{1,2}}(?:then |and )?{_CURLY}[\s,]{{1,2}}"
)
_SPOKEN_AT: Final = r"[\s,]{1,2}at[\s,]{1,2}"
_DOTS: Final = "dot|punto|punkt|point|ponto|kropka|full ?stop|period|tochka"
_DOT: Final = (
    rf"(?:\s{{0,2}}[\[({{<*]{{1,2}}\s?(?:{_DOTS}|\.)\s?[\])}}>*]{{1,2}}\s{{0,2}}|\.|\s\.\s"
    rf"|[\s,]{{1,2}}(?:then )?(?:a |the )?(?:{_DOTS})[\s,]{{1,2}}{_THEN})"
)
_WORD: Final = r"[a-z0-9]{1,40}"
_TLD: Final = (
    r"(?:com|org|net|edu|gov|info|example|test|invalid|mail|email|online|app|care|health|co|uk|ie|us|ca|au|nz|in|ph"
    r"|ng|za|ke|gh"
    r"|de|at|ch|fr|be|nl|es|mx|ar|cl|pe|ve|uy|ec|pr|br|pt|it|pl|se|no|dk|fi|cz|gr|tr|ru|ua|il|ae|eg|cn|hk|jp|kr|sg"
    r"|my|pk|bd|lk"
    r"|eu|me|io|tv)"
)
_COUNTRY: Final = r"(?:uk|au|nz|za|in|ie|br|mx|ar|pe|ve|jp|kr|sg|my|hk|ng|ke|ph)"
_DOMAIN: Final = rf"(?P<domain>{_WORD}(?:-{_WORD})?(?:(?:{_DOT})[a-z][a-z0-9-]{{0,24}}){{0,2}}(?:{_DOT}){_TLD}(?:(?:{_DOT}){_COUNTRY})?)(?!\w)"
_PLAIN: Final = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_SIGNED: Final = re.compile(rf"(?P<at>{_AT}){_THEN}{_DOMAIN}")
_SPOKEN: Final = re.compile(rf"(?P<at>{_SPOKEN_AT}){_THEN}{_DOMAIN.replace('point|', '').replace('|period', '')}")
"""After an English "at" neither a point nor a period: at this point in time."""

_PROVIDER: Final = re.compile(
    rf"(?:{_SPOKEN_AT}|{_AT})(?:the |that )?(?:g ?mail|google|yahoo|hotmail|outlook|icloud|proton ?mail|aol|gmx"
    rf"|live|msn|web de)\b"
    rf"(?: one| mail| address| thing)?(?:(?:{_DOT}){_TLD}\b)?"
)
_DIGIT: Final = r"(?:double|triple|zero|oh|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)"
_PART: Final = rf"(?:(?:{_DIGIT} ){{1,5}}{_WORD}|{_WORD})"
_JOINT: Final = (
    rf"(?:{_DOT}|[._+-]|[\s(]{{1,2}}(?:under ?score|underline|dash|hyphen|plus|minus|guion bajo|guion|tiret bas"
    rf"|tiret|unterstrich"
    r"|bindestrich|sublinhado)[\s),]{1,2})"
)
_LETTERS: Final = r"[a-z0-9](?:[\s,]{1,2}(?:then )?[a-z0-9](?![a-z0-9])){2,30}"
_NAMED: Final = re.compile(rf"(?<!\w)(?:{_LETTERS}|{_PART}(?:{_JOINT}{_PART}){{0,5}})$")
_MARK: Final = re.compile(rf"[\d_.+]|\b(?:{_DOTS}|under ?score|dash|guion|plus)\b")
_MAIL: Final = re.compile(
    r"\b(?:e-?mails?|emial|mails?|male me|mailing|correo\w*|courriel|mel|write(?: to)?(?: me| us| her| him)?"
    r"|address(?: is)?|escrib\w+"
    r"|contact\w*|reach|drop (?:me|us) a line|send (?:it|them|that|me|us|the \w+))\b"
)
_MAY_HOLD: Final = re.compile(
    r"@|\b(?:at|arrob?as?|arobase|malpa|klammeraffe|chiocciola|apenstaartje|sobaka|a (?:thing|sign|symbol|in"
    r"|with))\b|\(a\)"
)
_DOTTED: Final = re.compile(rf"[\s\[({{<*](?:{_DOTS})[\s\])}}>*,]|[\[({{]\s?\.")
_BEFORE_A_PLACE: Final = frozenset(
    """
    look looked looking looks it is are was be me us them him her up out found find read here there available details
    more info website site page online one group support see check visit join forum blog article listed hosted posted
    shop shops buy order bought work works working worked team people folks nurses everyone anyone start started go
    password login register donate apply sign account confirm meet seen met today now tomorrow tonight store free open
    resources information leaflet leaflets link links form forms live watch webinar video book booked
    selling sold sale discount code everything something that this these those and or im am not
    """.split()
)
"""What stands before "at" when a web page is meant: have a look at cancer dot org."""

_BACK: Final = 64


def addresses(text: str, allowed: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Places of e-mail addresses in a folded text, but for helplines and what (or whose domain) the book allows."""
    if not _MAY_HOLD.search(text):
        return
    plain = [*_PLAIN.finditer(text)] if "@" in text else []
    for match in plain:
        if _told(match.group(), allowed):
            yield match.span()
    for pattern in (_SIGNED, _SPOKEN, _PROVIDER):
        for match in pattern.finditer(text):
            if plain and _PLAIN.search(text, max(0, match.start() - _BACK), match.end()):
                continue
            place = _spelled(text, match, allowed)
            if place:
                yield place


def _told(address: str, allowed: frozenset[str]) -> bool:
    return address not in MAILBOXES and allowed.isdisjoint({address, address.partition("@")[2]})


def _spelled(text: str, match: re.Match[str], allowed: frozenset[str]) -> tuple[int, int] | None:
    """Where the address begins and ends; None when "at" only says where a page is."""
    left = max(0, match.start() - _BACK)
    before = text[left : match.start()].rstrip(" ,)")
    if not before:
        return None
    name = _NAMED.search(before)
    named = name.group() if name else ""
    domain = match.groupdict().get("domain")
    if match.group().strip(" ,").startswith("at") and not _meant(before, named, domain):
        return None
    meant = f"{re.sub(_DOT, '.', named)}@{re.sub(_DOT, '.', domain)}" if domain else named
    if not _told(meant, allowed):
        return None
    return left + (name.start() if name else before.rfind(" ") + 1), match.end()


def _meant(before: str, named: str, domain: str | None) -> bool:
    """Whether a spoken "at" makes an address: nobody spells the dot of a page that others shall find."""
    last = (named or before).split()[-1]
    if last in _BEFORE_A_PLACE:
        return False
    if domain and _DOTTED.search(domain):
        return True
    return _MAIL.search(before) is not None or (domain is None and _MARK.search(named) is not None)

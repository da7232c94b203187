"""E-mail addresses, as they are and as people spell them: name (at) domain dot com."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_AT: Final = r"(?:\s{0,2}[\[({<]\s?(?:at|arroba|@|a)\s?[\])}>]\s{0,2}|\s(?:at|arroba)\s|\s?@\s?)"
_DOT: Final = r"(?:\s{0,2}[\[({<]\s?(?:dot|punto|point|punkt|\.)\s?[\])}>]\s{0,2}|\s(?:dot|punto|punkt|full stop)\s)"
_WORD: Final = r"[a-z0-9]{1,64}"
_PLAIN: Final = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_SPELLED: Final = re.compile(
    rf"(?<![\w])(?P<name>{_WORD}(?:(?:{_DOT}|[._+-]|\s(?:underscore|dash|hyphen|plus)\s){_WORD}){{0,4}})"
    rf"(?P<at>{_AT})(?P<domain>{_WORD}(?:-{_WORD})?(?:(?:{_DOT}|\.)[a-z]{{2,24}}){{1,3}})(?!\w)"
)
_MAY_HOLD: Final = re.compile(r"@|\b(?:at|arroba)\b")
_SPOKEN_AT: Final = frozenset({"at"})
_BEFORE_A_PLACE: Final = frozenset(
    """
    look looked looking looks it is are was be me us them him her up out found find read here there available details
    more info website site page online one group support see check visit join forum blog article listed hosted posted
    shop shops buy order bought work works working worked team people folks nurses everyone anyone start started go
    password login register donate apply sign account confirm meet seen met
    """.split()
)
"""What stands before "at" when a web page is meant: have a look at cancer dot org."""

HELPLINES: Final = frozenset({"jo@samaritans.org", "jo@samaritans.ie", "pat@samaritans.org"})


def addresses(text: str, allowed: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Places of e-mail addresses in a folded text, but for helplines and what (or whose domain) the book allows."""
    if not _MAY_HOLD.search(text):
        return
    end = 0
    for pattern in (_PLAIN, _SPELLED):
        for match in pattern.finditer(text, end if pattern is _PLAIN else 0):
            plain = match.group() if pattern is _PLAIN else _normal(match)
            if plain and plain not in HELPLINES and allowed.isdisjoint({plain, plain.partition("@")[2]}):
                yield match.span()
        if "@" in text and _PLAIN.search(text):
            return


def _normal(match: re.Match[str]) -> str | None:
    """The address that is meant; None when "at" only says where a page is."""
    spoken = match["at"].strip() in _SPOKEN_AT
    if spoken and (match["name"].split()[-1] in _BEFORE_A_PLACE or not re.search(_DOT, match["domain"])):
        return None
    name, domain = (re.sub(_DOT, ".", part) for part in (match["name"], match["domain"]))
    return f"{name}@{domain}"

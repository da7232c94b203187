"""Promotion: saying what helped is welcome, selling and recruiting is not. Charities and helplines never are promotion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.rules.case import Case
from app.rules.folding import Folded
from app.rules.language import told
from app.rules.scored import Texts, scored
from app.rules.verdict import Finding

_HOST: Final = re.compile(r"(?<![\w@.-])(?:https?://)?((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24})(?![\w-])")
WHY: Final[Texts] = {
    "en": "This reads like an offer or an appeal for money, and we keep the rooms free of those. If it helped you, say how it "
    "was, without shop, price or link.",
    "es": "Esto suena a oferta o a petición de dinero, y en las salas no las ponemos. Si a ti te ayudó, cuenta cómo fue, sin "
    "tienda, precio ni enlace.",
}


def named(folded: Folded) -> Iterator[Finding]:
    """A name that is an address."""
    spans = tuple(folded.span(*match.span(1)) for match in _HOST.finditer(folded.text))
    if spans:
        yield Finding("promotion", "sure", "no-promotion", told(WHY, folded), spans)


def look(case: Case) -> Iterator[Finding]:
    """What is weighed. A text whose addresses are all among those that the book allows is no promotion."""
    hosts = {host for host in _HOST.findall(case.folded.text) if "." in host}
    outright = case.heard.said.get("promotion", ())
    if hosts and all(_allowed(host, case.book.domains) for host in hosts) and not outright:
        return
    yield from scored(case, "promotion", "promotion", WHY, outright)


def _allowed(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)

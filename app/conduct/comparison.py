"""A comparison: what becomes of a text by the present book, and by the book to be. Pure; most texts are settled cheaply.

Judging costs some 0.3 ms, and most texts have nothing to do with what changed. A watched entry changes only what it is found
in. An allowed word takes findings away, and what the rules in code find is evidence for what is weighed, so that it can
change what another rule says; but where nothing is found by the words that both books allow, there is neither a finding to
take away nor evidence. What that leaves is judged by both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.rules.book import Book
from app.rules.draft import Draft
from app.rules.folding import fold
from app.rules.judging import judge
from app.rules.verdict import SEVERITY, RuleId, Verdict, verdict_of
from app.rules.watching import NOTHING, Watchlist


@dataclass(frozen=True, slots=True)
class Change:
    """What would become of a message. `rule`: the one that decides now, or would."""

    rule: RuleId
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """Made by `of`. `changed`: the entries that only one book has; `both`: what both allow, None: they allow the same.

    `otherwise`: the books differ in something else too, so that every text has to be judged twice.
    """

    present: Book
    edited: Book
    changed: Watchlist
    both: Book | None
    otherwise: bool

    @staticmethod
    def of(present: Book, edited: Book) -> Comparison:
        one, other = set(present.watched.entries), set(edited.watched.entries)
        bare = _bare(present)
        same = present.allowed == edited.allowed
        both = replace(
            bare,
            allowed=present.allowed & edited.allowed,
            numbers=present.numbers & edited.numbers,
            domains=tuple(sorted(set(present.domains) & set(edited.domains))),
        )
        changed = Watchlist.of(tuple(one ^ other)) if one ^ other else NOTHING
        return Comparison(present, edited, changed, None if same else both, bare != _bare(edited))

    def change(self, draft: Draft) -> Change | None:
        """What would become of this text; None: the same as now."""
        if not self._concerns(draft):
            return None
        now, then = judge(draft, self.present), judge(draft, self.edited)
        before, after = verdict_of(now), verdict_of(then)
        if before == after:
            return None
        decides = then if SEVERITY[after] > SEVERITY[before] else now
        return Change(decides.findings[0].rule, before, after)

    def _concerns(self, draft: Draft) -> bool:
        if self.otherwise or (self.changed.entries and next(self.changed.matches(fold(draft.text)), None)):
            return True
        return self.both is not None and bool(judge(draft, self.both).findings)  # whatever their verdict


def _bare(book: Book) -> Book:
    """The book without what a word list changes."""
    return replace(book, allowed=frozenset(), numbers=frozenset(), domains=(), watched=NOTHING)

"""The rule sheet: a word list as it stands in the form, and what the page shows beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.community import wordlists
from app.community.wordlists import EMPTY, ENTRIES_LIMIT, Difference, WordList
from app.conduct.dryruns import DryRun
from app.pages.forms import WatchedRow, WordSheet
from app.rules.book import SHIPPED, Book
from app.rules.verdict import RULES
from app.rules.watching import Watched

MORE_ROWS: Final = 4
"""Empty rows that "more rows" gives."""


@dataclass(frozen=True, slots=True)
class RuleSheet:
    """What the form holds. `base`: the version it began from; `blank`: empty rows at its end.

    `proof`: that exactly this has been tried out. `faults`: "allowed", "watched", "watched-INDEX" or "note" -> what is wrong.
    """

    base: int
    words: WordList = EMPTY
    note: str = ""
    blank: int = 1
    proof: str = ""
    faults: Mapping[str, str] | None = None

    @property
    def blanks(self) -> range:
        """The numbers of the empty rows."""
        filled = len(self.words.watched)
        return range(filled, min(filled + self.blank, max(ENTRIES_LIMIT, filled)))


def typed(form: WordSheet, rows: Sequence[WatchedRow]) -> RuleSheet:
    """The form as it was sent: white space put in order, empty lines and rows left out."""
    phrases = dict.fromkeys(" ".join(line.split()) for line in form.allowed.splitlines())
    watched = tuple(_entry(row) for row in rows if row.text.strip() or row.why.strip())
    return RuleSheet(form.base, WordList(tuple(filter(None, phrases)), watched), form.note.strip(), proof=form.proof)


def without_row(sheet: RuleSheet, rows: Sequence[WatchedRow], number: int) -> RuleSheet:
    """The sheet without its row of that number; the others keep their order."""
    left = [row for index, row in enumerate(rows) if index != number]
    watched = tuple(_entry(row) for row in left if row.text.strip() or row.why.strip())
    return replace(sheet, words=WordList(sheet.words.allowed, watched))


def verdict_table(book: Book) -> list[dict[str, Any]]:
    """Each rule with its certainties and what they lead to; `asked` False: switched off for the whole site."""
    return [
        {
            "rule": rule,
            "asked": rule not in book.disabled,
            "levels": [(level, book.verdict(rule, level)) for level in SHIPPED[rule]],
        }
        for rule in RULES
    ]


def summary(run: DryRun) -> dict[str, Any]:
    """A dry run for the page: the changes by their number, the most frequent first."""
    changes = sorted(run.changes.items(), key=lambda each: (-each[1], each[0].rule))
    return {"judged": run.judged, "changed": run.changed, "cut": run.cut, "changes": changes, "examples": run.examples}


def conflict(base: WordList, theirs: WordList, mine: WordList) -> dict[str, Difference]:
    """What somebody else changed meanwhile, and what would change if one's own list came on top of that."""
    return {"theirs": wordlists.difference(base, theirs), "mine": wordlists.difference(theirs, mine)}


def _entry(row: WatchedRow) -> Watched:
    text = row.text if row.way == "pattern" else " ".join(row.text.split())
    return Watched(text, row.rule, row.verdict, row.way, " ".join(row.why.split()))

"""Pace: nobody's story is pushed away by somebody writing fast. The counting is done above; this says it kindly."""

from __future__ import annotations

import math
from collections.abc import Iterator

from app.rules.book import Book
from app.rules.draft import Draft
from app.rules.folding import Folded
from app.rules.verdict import Finding


def look(draft: Draft, _folded: Folded, _book: Book) -> Iterator[Finding]:
    """The evidence `pace_wait`, as a finding; `retry_after` is rounded up to a tenth of a second."""
    if draft.kind != "message" or draft.pace_wait is None or not draft.pace_wait > 0:
        return
    retry_after = math.ceil(round(draft.pace_wait * 10, 6)) / 10
    yield Finding(
        rule="pace",
        level="pace",
        guideline="no-flooding",
        why="You have written several messages in a short time. A small pause lets others read and answer. "
        f"Your words are kept; you can send them in {_told(retry_after)}.",
        retry_after=retry_after,
    )


def _told(seconds: float) -> str:
    whole = math.ceil(seconds)
    if whole < 60:  # noqa: PLR2004  seconds in a minute
        return "1 second" if whole == 1 else f"{whole} seconds"
    minutes = math.ceil(whole / 60)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"

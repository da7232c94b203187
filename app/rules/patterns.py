"""Patterns on RE2: linear in the text, whatever a pattern looks like."""

from __future__ import annotations

from functools import cache

import re2


def any_of(*rows: str) -> str:
    """One pattern out of several."""
    return "|".join(f"(?:{row})" for row in rows)


@cache
def made(pattern: str) -> re2.Pattern[str]:
    """The pattern, ready to look; made once."""
    ready: re2.Pattern[str] = re2.compile(pattern)
    return ready

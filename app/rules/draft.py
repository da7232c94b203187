"""What is judged: one text as its author typed it, with the evidence that the floor above has looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["message", "edit", "name", "note", "appeal", "notice"]
"""A note goes with a report, an appeal to those who decide, a notice to a whole room."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Something the same author said or tried before. `at`: seconds since the epoch."""

    text: str
    at: float
    room: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """Not yet judged. `text` has LF line ends only; `at` is in seconds since the epoch.

    `earlier`: the author's own, oldest first, from all rooms, refused repeats included.
    `pace_wait`: seconds until the pace allows the next message; None when she is within it.
    `confirmed`: sent in spite of a nudge. Similar posts and pace are judged for the kind "message" only.
    `meaning`: what the sentence encoder made of the text, one score a label in the order of `meaning.LABELS`
    (log odds); None where there is no encoder, or no time for it.
    """

    text: str
    at: float
    room: str = ""
    earlier: tuple[Earlier, ...] = ()
    pace_wait: float | None = None
    confirmed: bool = False
    kind: Kind = "message"
    meaning: tuple[float, ...] | None = None

"""Outcomes: what came of something a member tried. Closed lists; nothing here is an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.community.messages import View
from app.rules.verdict import Care, GuidelineId, Nudge, Refuse, RuleId

Code = Literal[
    "not-found", "not-joined", "not-allowed", "sanctioned", "slow", "paused", "too-late", "too-long", "empty",
    "conflict", "unavailable",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Failed:
    """It was not done. `why` is written for the person; `retry_after` in seconds. `care`: her cards, if it was judged."""

    code: Code
    why: str
    retry_after: float | None = None
    care: tuple[Care, ...] = ()


@dataclass(frozen=True, slots=True)
class Posted:
    """It stands in the conversation. `fresh` False: it did already, this was a resend."""

    room: str
    message: View
    client_id: str
    fresh: bool = True
    care: tuple[Care, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """It is stored and waits for a facilitator. `fresh` False: it did already, this was a resend."""

    id: str
    client_id: str
    rule: RuleId
    guideline: GuidelineId
    why: str = ""
    fresh: bool = True
    care: tuple[Care, ...] = ()


@dataclass(frozen=True, slots=True)
class Stopped:
    """The rules stopped it, nothing is stored; the judgement says what the author needs to mend it."""

    judgement: Nudge | Refuse


@dataclass(frozen=True, slots=True)
class Changed:
    """The message as it stands now; `moved` False: it stood so already."""

    message: View
    moved: bool = True
    care: tuple[Care, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A held message will not appear."""

    id: str


@dataclass(frozen=True, slots=True)
class Heeded:
    """A concern is looked after."""

    id: str


Settled = Posted | Held | Changed | Rejected | Heeded | Failed
Said = Posted | Held | Stopped | Failed
Edited = Changed | Stopped | Failed

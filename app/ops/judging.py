"""`rules judge`: JSON lines in, JSON lines out, through the same code that the socket uses.

The author's memory, which the floor above the rules has elsewhere in the database, is here what the same author said
earlier in the same input: bounded, oldest forgotten first.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from app.base.encoder import Encoder
from app.rules.book import Book
from app.rules.draft import Draft, Earlier
from app.rules.judging import judge
from app.rules.parts import stretches
from app.rules.verdict import Judgement, verdict_of

AUTHORS: Final = 10_000
"""So many authors are remembered; the one who has been silent longest is forgotten."""

REMEMBERED: Final = 60
"""So many of an author's latest texts."""


class Line(msgspec.Struct, frozen=True):
    """One line of input. `at`: RFC 3339; unknown fields are ignored."""

    text: str
    id: msgspec.Raw = msgspec.Raw(b"null")
    author: str | int | None = None
    at: datetime | None = None
    room: str | None = None


class _Named(msgspec.Struct, frozen=True):
    id: msgspec.Raw = msgspec.Raw(b"null")


_LINE: Final = msgspec.json.Decoder(Line)
_NAMED: Final = msgspec.json.Decoder(_Named)
_ENCODER: Final = msgspec.json.Encoder()


def judge_lines(lines: Iterable[str], book_for: Callable[[str], Book], encoder: Encoder | None = None) -> Iterator[str]:
    """One line of JSON for each line that is not blank, in the same order.

    `book_for(room)` gives the book of a room; its name is "" where a line names none. `encoder`: loaded, or None.
    """
    memory = _Memory()
    for line in lines:
        if line.strip():
            yield _ENCODER.encode(_answer(line, book_for, memory, encoder)).decode()


def _answer(line: str, book_for: Callable[[str], Book], memory: _Memory, encoder: Encoder | None) -> dict[str, Any]:
    try:
        given = _LINE.decode(line.encode(errors="surrogatepass"))
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        return {"id": _id_of(line), "error": str(fault)}
    text = given.text.replace("\r\n", "\n")
    said = memory.of(given.author)
    at = _seconds(given.at, said)
    room = given.room or ""
    meaning = encoder.at_once(stretches(text)) if encoder else None
    judgement = judge(Draft(text, at, room, tuple(said), meaning=meaning), book_for(room))
    said.append(Earlier(text, at, room))
    return {"id": given.id, **_told(judgement)}


def _id_of(line: str) -> msgspec.Raw:
    """The id of a line that is JSON but not usable, so that its error can be found again."""
    try:
        return _NAMED.decode(line.encode(errors="surrogatepass")).id
    except (msgspec.DecodeError, UnicodeDecodeError):
        return msgspec.Raw(b"null")


def _seconds(at: datetime | None, said: deque[Earlier]) -> float:
    """Seconds since the epoch; without a time, at once after what was said before. A time without zone is UTC."""
    if at is None:
        return said[-1].at if said else 0.0
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _told(judgement: Judgement) -> dict[str, Any]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for finding in judgement.findings:
        spans.setdefault(finding.rule, []).extend(finding.spans)
    return {
        "verdict": verdict_of(judgement),
        "rules": list(spans),
        "care": [care.kind for care in judgement.care],
        "spans": {rule: sorted(places) for rule, places in spans.items()},
        "why": judgement.findings[0].why if judgement.findings else "",
    }


class _Memory:
    """What each author said earlier in this input."""

    def __init__(self) -> None:
        self._said: OrderedDict[str | int, deque[Earlier]] = OrderedDict()

    def of(self, author: str | int | None) -> deque[Earlier]:
        """The author's own, to be added to; without an author, an empty one that nobody keeps."""
        if author is None:
            return deque(maxlen=REMEMBERED)
        said = self._said.setdefault(author, deque(maxlen=REMEMBERED))
        self._said.move_to_end(author)
        if len(self._said) > AUTHORS:
            self._said.popitem(last=False)
        return said

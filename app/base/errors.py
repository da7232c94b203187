"""All errors of the house, in one tree; the edges translate them in one place each.

- `HouseError`: the root. Its text is written for the person who reads it.
    - `Misconfigured`: a setting, a room file or a schema is wrong; the start stops, naming what is wrong.
        - `RoomFileError`: with file, line and key.
    - `Unavailable`: the database, or something else that must answer, did not; nothing was done. Try again.
    - `Unstorable`: the database refuses the very value; trying again would not help.
    - `Busy`: a bounded queue is full; carries `retry_after` seconds.
    - `Conflict`: what was asked for exists already, or was decided otherwise meanwhile.

What a person can cause by writing (a curse, a flood, a mute) is a verdict or a refusal, never an exception.
"""

from __future__ import annotations

from pathlib import Path


class HouseError(Exception):
    """The root of the tree."""


class Misconfigured(HouseError):
    """The start stops; the text says what to mend."""


class RoomFileError(Misconfigured):
    """A file under rooms/ that cannot be used. `line` is 1-based, None when the file as a whole is meant."""

    def __init__(self, file: Path, line: int | None, key: str | None, what: str) -> None:
        self.file, self.line, self.key, self.what = file, line, key, what
        place = str(file) if line is None else f"{file}, line {line}"
        super().__init__(f"{place}: {what}" if key is None else f"{place}: {key}: {what}")


class Unavailable(HouseError):
    """Something that must answer did not; nothing was done."""


class Unstorable(HouseError):
    """The database refuses the very value; trying again would not help."""


class Busy(HouseError):
    """A bounded queue is full. `retry_after`: seconds."""

    def __init__(self, what: str, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(what)


class Conflict(HouseError):
    """What was asked for exists already, or was decided otherwise meanwhile."""

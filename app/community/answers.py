"""Answers: what the sender of a message is told, at first and when the same message comes again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base.keys import digest
from app.community.messages import view
from app.community.newcomers import told_as
from app.community.outcomes import Failed, Held, Posted


def answer_of_then(row: Mapping[str, Any], room_id: int, slug: str, text: str) -> Posted | Held | Failed:
    """The answer to a resend: what was answered to the first sending, unless it says something else."""
    if row["room_id"] != room_id or row["sent_digest"] != digest(text):
        return Failed("conflict", "This was sent before with another text. Please send it again as a new message.")
    if row["state"] != "posted":
        return held(row, fresh=False)
    return Posted(slug, view(row), row["client_id"], fresh=False)


def held(row: Mapping[str, Any], why: str = "", *, fresh: bool = True) -> Held:
    return Held(row["id"], row["client_id"], *told_as(row["held_rule"]), why, fresh)

"""Publishing word lists: whose they are, on top of what, what was tried out, and the way back."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlmodel import select

from app.base.keys import Keyring
from app.community import memberships
from app.community.members import Who
from app.community.outcomes import Failed
from app.community.rooms import Place
from app.community.wordlists import EMPTY, NOTE_LIMIT, WordList, WordListVersion
from app.conduct import publishing
from app.conduct.audit import AuditEntry
from app.conduct.publishing import CONFLICT, NO_SUCH, NOT_HERS, UNCHANGED, UNTRIED, Publishing
from app.rules.watching import Watched
from tests.community.stage import Stage
from tests.site import SECRET

pytestmark = pytest.mark.anyio

SOUP = WordList(("hospice",), (Watched("soup", "promotion", "hold"),))
STEW = WordList((), (Watched("stew", "promotion", "hold"),))


def _desk(stage: Stage) -> Publishing:
    return Publishing(stage.db, stage.clock, stage.keys)


async def _publish(
    stage: Stage, who: Who, place: Place | None, words: WordList, base: int = 0, **fields: Any
) -> int | Failed:
    desk = _desk(stage)
    proof = fields.pop("proof", None) or desk.proof(who, place, base, words)
    return await desk.publish(who, place, base, words, proof=proof, **fields)


async def _in_force(stage: Stage, place: Place | None) -> tuple[int, WordList]:
    async with stage.db.read() as connection:
        return await publishing.in_force(connection, None if place is None else place.id)


async def _stored(stage: Stage) -> list[dict[str, Any]]:
    async with stage.db.read() as connection:
        rows = (await connection.execute(select(WordListVersion).order_by("at", "number"))).mappings()
        return [dict(row) for row in rows]


async def test_whose_list_it_is_to_change(any_stage: Stage) -> None:
    stage = any_stage
    fay = await stage.person("fay", stage.breast, facilitates=True)
    alice = await stage.person("alice", stage.breast)
    flo = await stage.person("flo", stage.lounge, facilitates=True)
    former = await stage.person("fern", stage.breast, facilitates=True)
    async with stage.db.write() as connection:
        await memberships.leave(connection, former.id, stage.breast.id, stage.clock.now())
    banned = await stage.person("bea", role="facilitator")
    await stage.sanction(banned, "ban", None)
    nobody = Who("nobody", "nobody", "administrator")
    for who in (alice, flo, former, banned, nobody):
        assert await _publish(stage, who, stage.breast, SOUP) is NOT_HERS
    for who in (fay, alice, flo, banned, nobody):
        assert await _publish(stage, who, None, SOUP) is NOT_HERS
    assert await _stored(stage) == []
    everywhere = await stage.person("fen", role="facilitator")
    ada = await stage.person("ada", role="administrator")
    assert await _publish(stage, fay, stage.breast, SOUP) == 1
    assert await _publish(stage, everywhere, stage.breast, STEW, 1) == 2
    assert await _publish(stage, ada, stage.breast, SOUP, 2) == 3
    assert await _publish(stage, everywhere, None, SOUP) == 1
    assert await _publish(stage, ada, None, STEW, 1) == 2
    assert await _desk(stage).undo(flo, stage.breast, 3, 1) is NOT_HERS
    assert await _desk(stage).undo(fay, None, 2, 1) is NOT_HERS
    assert await _in_force(stage, stage.lounge) == (0, EMPTY)


async def test_a_version_has_its_author_time_note_and_audit_entry(any_stage: Stage) -> None:
    stage = any_stage
    fay = await stage.person("fay", stage.breast, facilitates=True)
    assert await _publish(stage, fay, stage.breast, SOUP, note="  Soup has its room. ") == 1
    assert await _desk(stage).undo(fay, stage.breast, 1, 0) == 2
    [first, second] = await _stored(stage)
    told = {"room_id": stage.breast.id, "author_id": fay.id, "at": stage.clock.now()}
    assert {**first, **told, "number": 1, "note": "Soup has its room.", "again": None} == first
    assert {**second, **told, "number": 2, "note": "", "again": 0} == second
    async with stage.db.read() as connection:
        entries = [dict(row) for row in (await connection.execute(select(AuditEntry))).mappings()]
        [newest, oldest] = await publishing.versions(connection, stage.breast.id, 10)
        [only] = await publishing.versions(connection, stage.breast.id, 1)
    whats = sorted((each["what"], each["subject"], each["room_id"], each["who_id"], each["reason"]) for each in entries)
    room, name = stage.breast.id, f"rules/{stage.breast.id}"
    assert whats == [
        ("rules.publish", f"{name}/1", room, fay.id, "Soup has its room."),
        ("rules.undo", f"{name}/2", room, fay.id, "version 0 again"),
    ]
    assert (oldest["author"], oldest["note"], oldest["difference"]) == ("fay", "Soup has its room.", (SOUP, EMPTY))
    assert (newest["again"], newest["difference"]) == (0, (EMPTY, SOUP))
    assert only == newest


async def test_nobody_publishes_on_top_of_a_version_that_she_has_not_seen(any_stage: Stage) -> None:
    stage = any_stage
    fay = await stage.person("fay", stage.breast, facilitates=True)
    fen = await stage.person("fen", role="facilitator")
    assert await _publish(stage, fay, stage.breast, SOUP) == 1
    assert await _publish(stage, fen, stage.breast, STEW) is CONFLICT
    assert await _desk(stage).undo(fen, stage.breast, 0, 0) is CONFLICT
    assert await _in_force(stage, stage.breast) == (1, SOUP)
    assert await _publish(stage, fen, stage.breast, STEW, 1) == 2
    assert await _publish(stage, fen, stage.breast, STEW, 9) is CONFLICT


async def test_of_two_who_publish_at_once_one_is_told(any_stage: Stage) -> None:
    stage = any_stage
    fay = await stage.person("fay", stage.breast, facilitates=True)
    lists = [WordList((f"word {number}",)) for number in range(4)]
    answers = await asyncio.gather(*(_publish(stage, fay, stage.breast, words) for words in lists))
    assert sorted(answers, key=str)[:1] == [1]
    assert [each for each in answers if each != 1] == [CONFLICT] * 3
    assert (await _in_force(stage, stage.breast))[1] == lists[answers.index(1)]


async def test_what_was_not_tried_out_as_it_stands_is_not_published(any_stage: Stage) -> None:
    stage = any_stage
    fay = await stage.person("fay", stage.breast, stage.lounge, facilitates=True)
    fen = await stage.person("fen", role="facilitator")
    desk = _desk(stage)
    seen = desk.proof(fay, stage.breast, 0, SOUP)
    others = (
        desk.proof(fay, stage.breast, 0, STEW), desk.proof(fay, stage.lounge, 0, SOUP), desk.proof(fen, None, 0, SOUP),
        desk.proof(fen, stage.breast, 0, SOUP), desk.proof(fay, stage.breast, 1, SOUP), "0" * 64, "é\ud800",
        desk.proof(fay, stage.breast, 0, WordList(("Hospice",), SOUP.watched)),
        Publishing(stage.db, stage.clock, Keyring(["another-secret-key-of-enough-characters"])).proof(fay, stage.breast, 0, SOUP),
    )  # fmt: skip
    for proof in others:
        assert await _publish(stage, fay, stage.breast, SOUP, proof=proof) is UNTRIED
    assert await desk.publish(fay, stage.breast, 0, SOUP, proof="") is UNTRIED
    assert await _publish(stage, fay, stage.breast, SOUP, proof=seen) == 1
    rotated = Publishing(stage.db, stage.clock, Keyring(["a-newer-secret-key-of-enough-characters", SECRET]))
    proof = desk.proof(fay, stage.breast, 1, STEW)
    assert await rotated.publish(fay, stage.breast, 1, STEW, proof=proof) == 2


async def test_a_list_that_cannot_be_used_is_not_published(any_stage: Stage) -> None:
    stage = any_stage
    fay = await stage.person("fay", stage.breast, facilitates=True)
    bad = WordList(watched=(Watched("(soup", "promotion", "hold", "pattern"),))
    refused = await _publish(stage, fay, stage.breast, bad)
    assert isinstance(refused, Failed)
    assert "missing )" in refused.why
    for note in ("x" * (NOTE_LIMIT + 1), "a\0b"):
        assert isinstance(await _publish(stage, fay, stage.breast, SOUP, note=note), Failed)
    assert await _publish(stage, fay, stage.breast, EMPTY) is UNCHANGED
    assert await _stored(stage) == []
    assert await _publish(stage, fay, stage.breast, SOUP, note="x" * NOTE_LIMIT) == 1
    assert await _publish(stage, fay, stage.breast, SOUP, 1) is UNCHANGED


async def test_undoing_brings_the_content_of_an_earlier_version_back_as_a_new_one(any_stage: Stage) -> None:
    stage = any_stage
    fay = await stage.person("fay", stage.breast, facilitates=True)
    desk = _desk(stage)
    assert await _publish(stage, fay, stage.breast, SOUP) == 1
    assert await _publish(stage, fay, stage.breast, STEW, 1) == 2
    before = await _stored(stage)
    assert await desk.undo(fay, stage.breast, 2, 1) == 3
    assert await _in_force(stage, stage.breast) == (3, SOUP)
    assert await desk.undo(fay, stage.breast, 3, 2) == 4  # the undoing is undone in the same way
    assert await _in_force(stage, stage.breast) == (4, STEW)
    assert await desk.undo(fay, stage.breast, 4, 0) == 5
    assert await _in_force(stage, stage.breast) == (5, EMPTY)
    for number in (5, 6, -1):
        assert await desk.undo(fay, stage.breast, 5, number) is NO_SUCH
    assert await desk.undo(fay, stage.breast, 5, 0) is UNCHANGED
    assert (await _stored(stage))[:2] == before

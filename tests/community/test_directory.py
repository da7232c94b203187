"""The directory: files into the database, archived rooms, each room's own rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete

from app.base.db import Database
from app.community import rooms, wordlists
from app.community.directory import FRESH_SECONDS, Directory, facilitates
from app.community.members import Who
from app.community.wordlists import WordList, WordListVersion
from tests.community.stage import Stage
from tests.site import SetClock

pytestmark = pytest.mark.anyio

SHARED = (Path(__file__).parents[2] / "rooms" / "_all.toml").read_text(encoding="utf-8")


def _room(folder: Path, slug: str, name: str, position: int, extra: str = "") -> None:
    about = f'name = "{name}"\nabout = "A place."\nposition = {position}\nkind = "shared"\n{extra}'
    (folder / f"{slug}.toml").write_text(about, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "rooms"
    made.mkdir()
    (made / "_all.toml").write_text(SHARED, encoding="utf-8")
    _room(made, "second", "Second", 2)
    _room(made, "first", "First", 1, '[rules]\nallowed = ["damn"]\n')
    return made


async def _open(db: Database, clock: SetClock, folder: Path, disabled: tuple[str, ...] = ()) -> Directory:
    directory = Directory(db, clock, folder, disabled)
    await directory.open()
    return directory


async def test_rooms_come_in_their_order_and_opening_twice_adds_nothing(
    any_db: Database, clock: SetClock, folder: Path
) -> None:
    first = await (await _open(any_db, clock, folder)).places()
    second = await (await _open(any_db, clock, folder)).places()
    assert list(first) == ["first", "second"]
    assert first == second


async def test_a_room_without_its_file_is_archived_and_opens_again_with_it(
    any_db: Database, clock: SetClock, folder: Path
) -> None:
    before = await (await _open(any_db, clock, folder)).places()
    (folder / "first.toml").unlink()
    without = await _open(any_db, clock, folder)
    archived = without.find("first")
    assert archived is not None
    assert (archived.archived, archived.file, archived.id) == (True, None, before["first"].id)
    assert list(await without.places()) == ["second", "first"]
    _room(folder, "first", "First, renamed", 1)
    again = (await _open(any_db, clock, folder)).find("first")
    assert again is not None
    assert (again.archived, again.name, again.id) == (False, "First, renamed", before["first"].id)


async def test_what_happens_to_a_room_is_seen_within_seconds(db: Database, clock: SetClock, folder: Path) -> None:
    directory = await _open(db, clock, folder)
    place = directory.find("first")
    assert place is not None
    async with db.write() as connection:
        await rooms.set_state(connection, place.id, {"slow": 30, "paused": True, "notice": "A word."})
    clock.go(seconds=FRESH_SECONDS)
    assert (await directory.places())["first"].slow == 0
    clock.go(milliseconds=1)
    seen = (await directory.places())["first"]
    assert (seen.slow, seen.paused, seen.notice) == (30, True, "A word.")


async def test_each_room_has_its_own_rules_and_an_unknown_one_the_shared(
    db: Database, clock: SetClock, folder: Path
) -> None:
    directory = await _open(db, clock, folder, disabled=("pace",))
    assert directory.book_for("first").allowed != directory.book_for("second").allowed
    assert directory.book_for("nowhere") == directory.book_for("second")
    assert "pace" in directory.book_for("first").disabled
    assert directory.find("nowhere") is None


async def test_a_room_says_how_many_first_messages_wait_or_leaves_it_to_the_shared_file(
    db: Database, clock: SetClock, folder: Path
) -> None:
    assert SHARED.count("hold_first = 0") == 1
    (folder / "_all.toml").write_text(SHARED.replace("hold_first = 0", "hold_first = 3"), encoding="utf-8")
    _room(folder, "third", "Third", 3, "[rules]\nhold_first = 0\n")
    directory = await _open(db, clock, folder)
    assert [directory.book_for(slug).hold_first for slug in ("first", "third", "nowhere")] == [3, 0, 3]


async def test_a_list_that_is_gone_is_in_force_no_longer(db: Database, clock: SetClock, folder: Path) -> None:
    directory = await _open(db, clock, folder)
    place = directory.find("first")
    assert place is not None
    lists = {None: WordList(allowed=("drat",)), place.id: WordList(allowed=("blast",))}
    async with db.write() as connection:
        for room_id, words in lists.items():
            version = wordlists.version_of(room_id, 1, wordlists.written(words), "fay", clock.now())
            await wordlists.add(connection, version)
    await directory.refresh()
    assert {"drat", "blast"} <= directory.book_for("first").allowed
    assert "drat" in directory.book_for("second").allowed
    async with db.write() as connection:  # as a copy that was put back, from before the lists
        await connection.execute(delete(WordListVersion))
    await directory.refresh()
    for slug in ("first", "second"):
        assert directory.book_for(slug).allowed.isdisjoint({"drat", "blast"})
    assert "damn" in directory.book_for("first").allowed


async def test_who_facilitates_a_room(stage: Stage) -> None:
    roles = {"breast": "facilitator", "lounge": "member"}
    assert facilitates(Who("f", "fay", "member"), roles, "breast")
    assert not facilitates(Who("f", "fay", "member"), roles, "lounge")
    assert not facilitates(Who("f", "fay", "member"), roles, "elsewhere")
    assert facilitates(Who("f", "fay", "facilitator"), {}, "elsewhere")
    assert facilitates(Who("a", "ada", "administrator"), {}, "elsewhere")


async def test_the_counters_of_rooms_are_read_together(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    await stage.said(alice, stage.breast)
    ids = [stage.breast.id, stage.lounge.id]
    async with stage.db.read() as connection:
        assert await rooms.counters(connection, ids) == dict(zip(ids, (1, 0), strict=True))

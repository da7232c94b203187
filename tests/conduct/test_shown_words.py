"""Everything that is shown passes the rules; and whoever reports or appeals can speak."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.community.events import FacilitatorsAlerted, RoomStateChanged
from app.community.members import Who
from app.community.outcomes import Stopped
from app.community.sanctions import NewSanction
from app.conduct import appeals, reports
from app.conduct.appeals import ASKED, Appeals, Written
from app.conduct.decisions import Decisions
from app.conduct.reports import NewReport, Reports
from app.rules.book import Book
from app.rules.draft import Draft
from app.rules.verdict import Judgement
from tests.community.stage import Stage, changed, failed
from tests.rulings import ruling

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("ruled")]

STOPPED = ("[refuse]", "[severe]")
BY_SCORE = ("[nudge]", "[hold]")
"""What only a score speaks against: members are asked, or wait; a facilitator's word stands."""


@pytest.fixture
async def decisions(stage: Stage) -> AsyncIterator[Decisions]:
    async with stage.open(stage.posting()) as posting:
        yield Decisions(stage.db, stage.bus, stage.clock, posting, stage.bench)


@pytest.fixture
async def fay(stage: Stage) -> Who:
    return await stage.person("fay", stage.breast, facilitates=True)


@pytest.fixture
async def mike(stage: Stage) -> Who:
    return await stage.person("mike", stage.breast)


def _sanction(stage: Stage, mike: Who, reason: str) -> NewSanction:
    return NewSanction(mike.id, stage.breast.id, "mute", 10, "respect", reason, "fay")


@pytest.mark.parametrize("words", STOPPED)
async def test_a_rooms_notice_passes_the_rules(stage: Stage, decisions: Decisions, fay: Who, words: str) -> None:
    refused = await decisions.set_room(fay, stage.breast, "room.pause", {"paused": True, "notice": words})
    assert failed(refused) == "not-allowed"
    assert not [each for each in stage.told if isinstance(each, RoomStateChanged)]
    fine: list[dict[str, object]] = [{"paused": True, "notice": each} for each in ("Back at nine.", *BY_SCORE)]
    fine += [{"paused": False, "notice": None}, {"slow": 30}]
    for values in fine:
        assert await decisions.set_room(fay, stage.breast, "room.pause", values) == "breast"


async def test_a_reason_that_a_member_reads_passes_the_rules(
    stage: Stage, decisions: Decisions, fay: Who, mike: Who
) -> None:
    for words in STOPPED:
        assert failed(await decisions.sanction(fay, stage.breast, _sanction(stage, mike, words))) == "not-allowed"
    for words in BY_SCORE:
        assert isinstance(await decisions.sanction(fay, stage.breast, _sanction(stage, mike, words)), str)
    issued = await decisions.sanction(fay, stage.breast, _sanction(stage, mike, "A quiet moment."))
    assert isinstance(issued, str)
    roles, places = {"breast": "facilitator"}, {stage.breast.id: stage.breast}
    assert failed(await decisions.lift(fay, roles, places, issued, "[refuse]")) == "not-allowed"
    assert await decisions.lift(fay, roles, places, issued, "We talked.") == issued


async def test_the_reason_of_a_removal_passes_the_rules_and_ones_own_needs_none(
    stage: Stage, decisions: Decisions, fay: Who, mike: Who
) -> None:
    for _ in range(2):
        await stage.said(mike, stage.breast)
    assert failed(await decisions.remove(fay, stage.breast, 1, "respect", "[refuse]")) == "not-allowed"
    changed(await decisions.remove(fay, stage.breast, 1, "respect", "Against a person."))
    changed(await decisions.remove(mike, stage.breast, 2, None, "[refuse]"))


async def _report(stage: Stage, who: Who, note: str) -> str:
    desk = Reports(stage.db, stage.bus, stage.clock, stage.pace, stage.bench)
    new = NewReport(stage.breast.id, "breast", 1, "respect", False, note)
    filed = await desk.file(who, new)
    assert isinstance(filed, str), filed
    return filed


@pytest.mark.parametrize("note", [*STOPPED, *BY_SCORE, "[adverse-event] [urgent]", ""])
async def test_a_note_may_say_anything(stage: Stage, mike: Who, note: str) -> None:
    await stage.said(mike, stage.breast)
    filed = await _report(stage, mike, note)
    assert [each for each in stage.told if isinstance(each, FacilitatorsAlerted)] == [
        FacilitatorsAlerted("report", "breast", 1, filed)
    ]


async def test_a_note_in_which_a_crisis_is_a_mere_guess_is_a_report_like_others(stage: Stage, mike: Who) -> None:
    await stage.said(mike, stage.breast)
    await _report(stage, mike, "She wrote to me. [crisis?]")
    assert stage.alerts("worried") == []


async def test_a_note_that_tells_of_somebody_in_danger_alerts_as_if_she_were_worried(stage: Stage, mike: Who) -> None:
    await stage.said(mike, stage.breast)
    filed = await _report(stage, mike, "She wrote to me. [crisis]")
    assert stage.alerts("worried") == [FacilitatorsAlerted("worried", "breast", 1, filed)]
    async with stage.db.read() as connection:
        [entry] = await reports.waiting(connection, [stage.breast.id])
    assert (entry["kind"], entry["guideline"], entry["note"]) == ("worried", "respect", "She wrote to me. [crisis]")
    assert await _report(stage, mike, "Again. [crisis]") == filed
    assert len(stage.alerts("worried")) == 1


def _desk(stage: Stage, decisions: Decisions) -> Appeals:
    return Appeals(stage.db, stage.bus, stage.clock, decisions, stage.bench)


async def test_an_appeal_with_a_grave_word_is_asked_about_once_and_goes_as_it_is(
    stage: Stage, decisions: Decisions, mike: Who
) -> None:
    muted = await stage.sanction(mike, "mute", stage.breast)
    desk = _desk(stage, decisions)
    asked = await desk.write(mike, muted.id, "You [severe] people.")
    assert isinstance(asked, Stopped)
    assert [(each.why, each.suggestion, each.spans) for each in asked.judgement.findings] == [(ASKED, None, ((0, 1),))]
    assert stage.alerts("appeal") == []
    written = await desk.write(mike, muted.id, "You [severe] people.", confirmed=True)
    assert isinstance(written, Written)
    async with stage.db.read() as connection:
        stored = await appeals.find(connection, written.id)
    assert stored is not None
    assert stored.text == "You [severe] people."


@pytest.mark.parametrize("text", ["[refuse]", "[hold]", "[nudge]", "[crisis]", "Please look again."])
async def test_everything_else_may_be_said_in_an_appeal(
    stage: Stage, decisions: Decisions, mike: Who, text: str
) -> None:
    muted = await stage.sanction(mike, "mute", stage.breast)
    assert isinstance(await _desk(stage, decisions).write(mike, muted.id, text), Written)


@pytest.mark.parametrize(("mark", "kind"), [("[crisis]", "crisis"), ("[crisis?]", "appeal")])
async def test_a_crisis_in_an_appeal_is_heard(
    stage: Stage, decisions: Decisions, fay: Who, mike: Who, mark: str, kind: str
) -> None:
    desk, olga = _desk(stage, decisions), await stage.person("olga", stage.breast)
    for who, text in ((olga, "An older one."), (mike, f"I cannot go on. {mark}")):
        muted = await stage.sanction(who, "mute", stage.breast)
        written = await desk.write(who, muted.id, text)
        stage.clock.go(seconds=1)
    assert isinstance(written, Written)
    assert [card.kind for card in written.care] == ["crisis"]
    assert stage.alerts(kind)[-1] == FacilitatorsAlerted(kind, "breast", None, written.id)
    async with stage.db.read() as connection:
        entries = await appeals.waiting(connection, fay, {stage.breast.id})
    heard = kind == "crisis"
    assert [each["author"]["name"] for each in entries] == (["mike", "olga"] if heard else ["olga", "mike"])
    assert [each["crisis"] for each in entries] == [heard, False]
    assert bool(entries[0]["note"]) is heard


async def test_what_could_not_be_an_appeal_is_not_asked_about(stage: Stage, decisions: Decisions, mike: Who) -> None:
    muted = await stage.sanction(mike, "mute", stage.breast)
    for text, code in ((" ", "empty"), ("[severe]" + "x" * 2_000, "too-long")):
        assert failed(await _desk(stage, decisions).write(mike, muted.id, text)) == code


async def test_the_answer_to_an_appeal_passes_the_rules(
    stage: Stage, decisions: Decisions, fay: Who, mike: Who
) -> None:
    muted = await stage.sanction(mike, "mute", stage.breast)
    desk, rooms = _desk(stage, decisions), {stage.breast.id: stage.breast}
    written = await desk.write(mike, muted.id, "Please.")
    assert isinstance(written, Written)
    appeal_id = written.id
    assert failed(await desk.decide(fay, rooms, appeal_id, overturn=True, answer="[refuse]")) == "not-allowed"
    assert await desk.decide(fay, rooms, appeal_id, overturn=True, answer="We are sorry.") == appeal_id


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the rules were asked about."""
    asked: list[str] = []

    def judge(draft: Draft, book: Book) -> Judgement:
        asked.append(draft.text)
        return ruling(draft, book)

    monkeypatch.setattr("app.community.bench.judge", judge)
    return asked


@pytest.mark.parametrize("words", ["x" * 60_000, "a\0b"], ids=["endless", "NUL"])
async def test_what_cannot_be_kept_is_refused_unread(
    stage: Stage, decisions: Decisions, fay: Who, mike: Who, read: list[str], words: str
) -> None:
    view = await stage.said(mike, stage.breast)
    held, muted = await stage.held(mike, stage.breast), await stage.sanction(mike, "mute", stage.breast)
    report = await _report(stage, fay, "")
    appeal = await _desk(stage, decisions).write(mike, muted.id, "Please.")
    assert isinstance(appeal, Written)
    read.clear()
    here, roles, places = stage.breast, {"breast": "facilitator"}, {stage.breast.id: stage.breast}
    for answer in (
        await decisions.remove(fay, here, view.seq, "respect", words),
        await decisions.restore(fay, here, view.seq, words),
        await decisions.release(fay, here, held, words, accept=True),
        await decisions.heed(fay, here, "any", remove=False, reason=words),
        await decisions.answer(fay, here, report, remove=False, reason=words),
        await decisions.sanction(fay, here, _sanction(stage, mike, words)),
        await decisions.lift(fay, roles, places, muted.id, words),
        await decisions.set_room(fay, here, "room.pause", {"paused": True, "notice": words}),
        await _desk(stage, decisions).decide(fay, places, appeal.id, overturn=True, answer=words),
    ):
        assert failed(answer) == ("not-allowed" if "\0" in words else "too-long")
    assert read == []


async def test_who_may_not_decide_is_told_so_unread(
    stage: Stage, decisions: Decisions, fay: Who, mike: Who, read: list[str]
) -> None:
    view = await stage.said(fay, stage.breast)
    muted = await stage.sanction(mike, "mute", stage.breast)
    places = {stage.breast.id: stage.breast}
    appeal = await _desk(stage, decisions).write(mike, muted.id, "Please.")
    assert isinstance(appeal, Written)
    read.clear()
    for answer, code in (
        (await decisions.remove(mike, stage.breast, view.seq, "respect", "Gone."), "not-allowed"),
        (await decisions.remove(fay, stage.breast, 9, "respect", "Gone."), "not-found"),
        (
            await decisions.heed(mike, stage.breast, "any", remove=True, reason="Gone.", guideline="respect"),
            "not-allowed",
        ),
        (await decisions.sanction(fay, stage.breast, _sanction(stage, fay, "Me.")), "not-allowed"),
        (await decisions.lift(mike, {}, places, muted.id, "Mine."), "not-found"),
        (await _desk(stage, decisions).write(fay, muted.id, "Not hers."), "not-found"),
        (await _desk(stage, decisions).decide(mike, {}, appeal.id, overturn=True, answer="Mine."), "not-found"),
    ):
        assert failed(answer) == code
    assert read == []
    changed(await decisions.remove(fay, stage.breast, view.seq, None, "Her own."))
    assert await decisions.lift(fay, {"breast": "facilitator"}, places, muted.id, "We talked.") == muted.id
    assert read == ["We talked."]

"""The bench: nothing is judged without its evidence, and the evidence is fetched side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from app.community.bench import Bench
from app.community.operations import Edit, Restore
from app.community.outcomes import Changed
from app.rules.book import Book, book_of
from app.rules.draft import Draft, Earlier
from app.rules.verdict import GUIDELINES, Allow, Finding, Judgement, Nudge, RuleId
from tests.community.stage import Stage, failed, operation, posted
from tests.rulings import NUDGED, REFUSED, card, ruling

pytestmark = pytest.mark.anyio

SCORES = (1.5, -0.5)
Ruled = Callable[[Draft, Book], Judgement]


@dataclass
class Scales:
    """An encoder that says the same of everything, and keeps what it was asked."""

    asked: list[str] = field(default_factory=list)

    async def weigh(self, text: str) -> tuple[float, ...]:
        self.asked.append(text)
        return SCORES


@pytest.fixture
def drafts(monkeypatch: pytest.MonkeyPatch) -> list[Draft]:
    """What the rules were asked about."""
    kept: list[Draft] = []

    def judge(draft: Draft, book: Book) -> Judgement:
        kept.append(draft)
        return ruling(draft, book)

    monkeypatch.setattr("app.community.bench.judge", judge)
    return kept


def _bench(stage: Stage, scales: Scales) -> Bench:
    return Bench(stage.clock, lambda _: stage.book, scales.weigh)


async def test_every_text_of_a_conversation_is_weighed_before_it_is_judged(stage: Stage, drafts: list[Draft]) -> None:
    alice, scales = await stage.person("alice", stage.breast), Scales()
    async with stage.open(stage.posting(bench=_bench(stage, scales))) as posting:
        posted(await posting.post(alice, stage.new(stage.breast, "Posted.")))
        edit = Edit(who=alice, room_id=stage.breast.id, seq=1, text="Edited.")
        assert isinstance(await posting.edit(edit, "breast", confirmed=False), Changed)
        await posting.carry_out(operation("remove", alice, stage.breast, 1))
        restore = Restore(who=alice, room_id=stage.breast.id, seq=1)
        assert isinstance(await posting.restore(restore, "breast", "Edited."), Changed)
    assert scales.asked == ["Posted.", "Edited.", "Edited."]
    assert [(draft.text, draft.kind, draft.meaning) for draft in drafts] == [
        ("Posted.", "message", SCORES), ("Edited.", "edit", SCORES), ("Edited.", "edit", SCORES),
    ]  # fmt: skip


async def test_what_is_answered_without_judging_is_not_weighed(stage: Stage, drafts: list[Draft]) -> None:
    alice, olga, scales = await stage.person("alice", stage.breast), await stage.person("olga"), Scales()
    async with stage.open(stage.posting(burst=1, seconds=60, bench=_bench(stage, scales))) as posting:
        once = stage.new(stage.breast, "Once.", client_id="one")
        for _ in range(2):
            posted(await posting.post(alice, once))
        assert failed(await posting.post(alice, stage.new(stage.breast, " "))) == "empty"
        assert failed(await posting.post(olga, stage.new(stage.breast))) == "not-joined"
        for text, asked in (("First.", 2), ("Too fast.", 2)):
            await posting.edit(Edit(who=alice, room_id=stage.breast.id, seq=1, text=text), "breast", confirmed=False)
            assert len(scales.asked) == asked
    assert scales.asked == ["Once.", "First."]


async def test_a_text_is_weighed_while_what_she_said_is_looked_up(
    stage: Stage, drafts: list[Draft], monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await stage.person("alice", stage.breast)
    begun, looked = asyncio.Event(), asyncio.Event()

    async def of(*_: object) -> tuple[Earlier, ...]:
        await begun.wait()
        looked.set()
        return ()

    async def weigh(_: str) -> tuple[float, ...]:
        begun.set()
        await looked.wait()
        return SCORES

    monkeypatch.setattr("app.community.posting.Recollection.of", of)
    async with stage.open(stage.posting(bench=Bench(stage.clock, lambda _: stage.book, weigh))) as posting:
        async with asyncio.timeout(5):
            posted(await posting.post(alice, stage.new(stage.breast)))
    assert [draft.meaning for draft in drafts] == [SCORES]


@pytest.mark.parametrize(("verdict", "weighed"), [("refuse", 1), ("nudge", 2), ("allow", 2)])
async def test_what_the_pace_refuses_is_not_weighed_and_what_it_lets_through_is(
    stage: Stage, drafts: list[Draft], verdict: str, weighed: int
) -> None:
    alice, scales = await stage.person("alice", stage.breast), Scales()
    stage.book = book_of({str(name): "A sentence." for name in GUIDELINES}, {"verdicts": {"pace": verdict}})
    async with stage.open(stage.posting(burst=1, seconds=60, bench=_bench(stage, scales))) as posting:
        for text in ("In time.", "Too fast."):
            await posting.post(alice, stage.new(stage.breast, text))
    assert [draft.pace_wait for draft in drafts] == [None, 60]
    assert len(scales.asked) == weighed
    assert [draft.meaning is not None for draft in drafts] == [True, weighed == 2]


async def test_where_nothing_can_be_weighed_the_rules_judge_without_it(stage: Stage, drafts: list[Draft]) -> None:
    alice = await stage.person("alice", stage.breast)
    async with stage.open(stage.posting()) as posting:
        posted(await posting.post(alice, stage.new(stage.breast)))
    assert [draft.meaning for draft in drafts] == [None]


async def test_other_words_are_judged_by_the_book_of_their_room_and_names_are_not_weighed(
    stage: Stage, drafts: list[Draft]
) -> None:
    scales, asked = Scales(), []

    def book_for(room: str) -> Book:
        asked.append(room)
        return stage.book

    bench = Bench(stage.clock, book_for, scales.weigh)
    assert isinstance(await bench.judge("A note. [nudge]", "note", "breast"), Nudge)
    await bench.judge("Nina", "name")
    assert [(draft.kind, draft.room, draft.meaning) for draft in drafts] == [
        ("note", "breast", SCORES), ("name", "", None),
    ]  # fmt: skip
    assert asked == ["breast", ""]


async def test_what_a_score_alone_says_against_a_facilitators_words_does_not_count(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored = Finding("medical-advice", "likely", "no-medical-advice", "By score.")
    outright = Finding("personal-data", "contact", "respect", "Outright.")
    findings: tuple[Finding, ...] = (scored,)
    monkeypatch.setattr("app.community.bench.judge", lambda _draft, _book: Nudge(findings))
    assert await stage.bench.against("Some words.", "breast") is None
    findings = (scored, outright)
    assert await stage.bench.against("Some words.", "breast") == "Outright."
    assert await stage.bench.against(" \n", "breast") is None
    stage.book = book_of({str(name): "A sentence." for name in GUIDELINES}, {"verdicts": {"personal-data": "allow"}})
    assert await stage.bench.against("Some words.", "breast") is None


async def test_each_judgement_of_the_conversation_is_told_once_and_whether_it_was_confirmed(
    stage: Stage, ruled: Ruled
) -> None:
    alice, told = await stage.person("alice", stage.breast), []

    def tell(room: str, judgement: Judgement, *, confirmed: RuleId | None) -> None:
        told.append((room, type(judgement).__name__, confirmed))

    bench = Bench(stage.clock, lambda _: stage.book, Scales().weigh, tell)
    async with stage.open(stage.posting(bench=bench)) as posting:
        new = stage.new(stage.breast, "Well. [nudge]", client_id="one")
        await posting.post(alice, new)
        for _ in range(2):  # the second is a resend
            posted(await posting.post(alice, stage.new(stage.breast, new.text, client_id="one", confirmed=True)))
        posted(await posting.post(alice, stage.new(stage.breast, "Nothing to confirm.", confirmed=True)))
        await bench.judge("A name", "name")
    assert told == [("breast", "Nudge", None), ("breast", "Allow", "medical-advice"), ("breast", "Allow", None)]


async def test_the_tally_and_the_facilitators_are_told_the_same_rule(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crisis lifts a refusal, so that what was confirmed need not stand first."""
    crisis = Allow((REFUSED, NUDGED), (card("crisis"),))
    monkeypatch.setattr("app.community.bench.judge", lambda _draft, _book: crisis)
    alice, told = await stage.person("alice", stage.breast), []

    def tell(room: str, judgement: Judgement, *, confirmed: RuleId | None) -> None:
        told.append(confirmed)

    async with stage.open(
        stage.posting(bench=Bench(stage.clock, lambda _: stage.book, Scales().weigh, tell))
    ) as posting:
        posted(await posting.post(alice, stage.new(stage.breast, "All of it.", confirmed=True)))
    assert told == ["medical-advice"]
    assert [each["rule"] for each in await stage.concerns(stage.breast)] == told

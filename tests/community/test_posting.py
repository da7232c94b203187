"""The message path: its order, and that nothing a member typed is lost on the way."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager

import pytest

from app.community.operations import Edit, Restore
from app.community.outcomes import Changed, Failed, Held, Posted, Stopped
from app.community.posting import Posting
from app.community.rooms import Place
from app.rules.book import book_of
from app.rules.verdict import GUIDELINES, Nudge, Refuse
from tests.community.stage import Stage, failed, operation, posted

pytestmark = pytest.mark.anyio

NUDGED = "Write to me at alice@example.org please."
REFUSED = "fuck"


def _open(stage: Stage, burst: int = 10_000, seconds: float = 1.0) -> AbstractAsyncContextManager[Posting]:
    return stage.open(stage.posting(burst, seconds))


def stopped(answer: object) -> Nudge | Refuse:
    assert isinstance(answer, Stopped), answer
    return answer.judgement


async def test_a_plain_text_is_posted_a_curse_is_refused_an_address_is_nudged(any_stage: Stage) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    async with _open(stage) as posting:
        posted(await posting.post(alice, stage.new(stage.breast, "Good morning.")))
        refused = stopped(await posting.post(alice, stage.new(stage.breast, REFUSED)))
        nudged = stopped(await posting.post(alice, stage.new(stage.breast, NUDGED)))
    assert isinstance(refused, Refuse)
    assert isinstance(nudged, Nudge)
    assert nudged.findings[0].rule == "personal-data"
    assert nudged.findings[0].spans
    assert len(await stage.stored(stage.breast)) == 1


async def test_a_nudged_text_goes_out_confirmed_and_a_refused_one_does_not(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    async with _open(stage) as posting:
        nudged = stage.new(stage.breast, NUDGED, client_id="one")
        stopped(await posting.post(alice, nudged))
        again = stage.new(stage.breast, NUDGED, client_id="one", confirmed=True)
        assert posted(await posting.post(alice, again)).text == NUDGED
        stopped(await posting.post(alice, stage.new(stage.breast, REFUSED, confirmed=True)))


async def test_the_client_id_of_a_refused_text_may_be_used_again(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    async with _open(stage) as posting:
        stopped(await posting.post(alice, stage.new(stage.breast, REFUSED, client_id="one")))
        posted(await posting.post(alice, stage.new(stage.breast, "Gently.", client_id="one")))


async def test_a_resend_is_answered_before_pace_rules_and_sanctions_are_asked(stage: Stage) -> None:
    mike = await stage.person("mike", stage.breast)
    async with _open(stage, burst=1, seconds=60) as posting:
        same = stage.new(stage.breast, "Once.", client_id="one")
        posted(await posting.post(mike, same))
        assert not _fresh(await posting.post(mike, same))
        paced = stopped(await posting.post(mike, stage.new(stage.breast, "Twice.")))
        assert paced.findings[0].rule == "pace"
        await stage.sanction(mike, "mute", None)
        assert not _fresh(await posting.post(mike, same))
        assert failed(await posting.post(mike, stage.new(stage.breast, "Thrice."))) == "sanctioned"
        other = stage.new(stage.breast, REFUSED, client_id="one")
        assert failed(await posting.post(mike, other)) == "conflict"


def _fresh(answer: object) -> bool:
    assert isinstance(answer, Posted), answer
    return answer.fresh


async def test_a_held_text_waits_and_its_resend_is_answered_so(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    sentences = {str(name): f"The sentence on {name}." for name in GUIDELINES}
    stage.book = book_of(sentences, {"verdicts": {"personal-data": "hold"}})
    async with _open(stage) as posting:
        new = stage.new(stage.breast, NUDGED, client_id="one")
        first, again = await posting.post(alice, new), await posting.post(alice, new)
    assert isinstance(first, Held)
    assert isinstance(again, Held)
    assert (first.id, first.rule) == (again.id, "personal-data")
    assert await stage.page(stage.breast) == []
    assert len(await stage.stored(stage.breast)) == 1


async def test_pace_is_taken_by_each_message_and_free_again_after_its_time(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    async with _open(stage, burst=2, seconds=10) as posting:
        for text in ("One thing.", "And another."):
            posted(await posting.post(alice, stage.new(stage.breast, text)))
        slower = stopped(await posting.post(alice, stage.new(stage.breast, "A third.")))
        assert slower.findings[0].rule == "pace"
        assert slower.findings[0].retry_after == 10
        stage.clock.go(seconds=10)
        posted(await posting.post(alice, stage.new(stage.breast, "A third.")))


async def test_a_double_that_only_the_commit_finds_gives_its_turn_back(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    async with _open(stage, burst=2, seconds=60) as posting:
        same = stage.new(stage.breast, "The same, at the same time.", client_id="one")
        answers = await asyncio.gather(posting.post(alice, same), posting.post(alice, same))
        assert sorted(_fresh(answer) for answer in answers) == [False, True]
        posted(await posting.post(alice, stage.new(stage.breast, "Something else.")))
        stopped(await posting.post(alice, stage.new(stage.breast, "Now it is too much.")))


async def test_an_exact_repeat_is_refused_whichever_process_took_the_first(any_stage: Stage) -> None:
    stage = any_stage
    alice, ben = await stage.person("alice", stage.breast), await stage.person("ben", stage.breast)
    long = "Does anybody know how long the tiredness goes on after the last round of it all?"
    async with _open(stage) as posting:
        posted(await posting.post(alice, stage.new(stage.breast, long)))
        repeat = stopped(await posting.post(alice, stage.new(stage.breast, long)))
        assert isinstance(repeat, Refuse)
        assert repeat.findings[0].rule == "similar-posts"
        posted(await posting.post(ben, stage.new(stage.breast, long)))
        posted(await posting.post(alice, stage.new(stage.breast, "Something that I have not said anywhere yet.")))
    async with _open(stage) as elsewhere:
        stopped(await elsewhere.post(alice, stage.new(stage.breast, long)))


async def test_what_was_said_in_other_rooms_counts_among_similar_posts(stage: Stage) -> None:
    """A story may be told once more in a second room; the third telling is one too many."""
    alice = await stage.person("alice", stage.breast, stage.lounge)
    long = "Does anybody know how long the tiredness goes on after the last round of it all?"
    async with _open(stage) as posting:
        for place in (stage.breast, stage.lounge):
            posted(await posting.post(alice, stage.new(place, long)))
        stopped(await posting.post(alice, stage.new(stage.lounge, long)))


async def test_a_message_taken_back_may_be_said_again(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    long = "Does anybody know how long the tiredness goes on after the last round of it all?"
    async with _open(stage) as posting:
        posted(await posting.post(alice, stage.new(stage.breast, long)))
        stopped(await posting.post(alice, stage.new(stage.breast, long)))
        await posting.carry_out(operation("remove", alice, stage.breast, 1))
        posted(await posting.post(alice, stage.new(stage.breast, long)))


@pytest.mark.usefixtures("ruled")
@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("  \n\t ", "empty"), ("x" * 4001, "too-long"), ("a\0b", "not-allowed")],
    ids=["empty", "blank", "too long", "with a NUL"],
)
async def test_an_unusable_text_is_answered_and_stores_nothing(stage: Stage, text: str, code: str) -> None:
    alice = await stage.person("alice", stage.breast)
    async with _open(stage) as posting:
        assert failed(await posting.post(alice, stage.new(stage.breast, text))) == code
        edit = Edit(who=alice, room_id=stage.breast.id, seq=1, text=text)
        assert failed(await posting.edit(edit, "breast", confirmed=False)) == code
        assert await stage.stored(stage.breast) == []
        posted(await posting.post(alice, stage.new(stage.breast, "wide \U0001f917 " * 571)))


@pytest.mark.parametrize("client_id", ["x" * 65, "a\0b"], ids=["too long", "with a NUL"])
async def test_an_unusable_client_id_is_answered(stage: Stage, client_id: str) -> None:
    alice = await stage.person("alice", stage.breast)
    async with _open(stage) as posting:
        assert failed(await posting.post(alice, stage.new(stage.breast, client_id=client_id))) == "not-allowed"
        posted(await posting.post(alice, stage.new(stage.breast, client_id="x" * 64)))


@pytest.mark.parametrize("reply_to", [2**31, 2**63, 10**30])
async def test_an_answer_to_a_number_beyond_all_numbers_is_answered_and_the_writer_goes_on(
    any_stage: Stage, reply_to: int
) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    async with _open(stage) as posting:
        answer = await posting.post(alice, stage.new(stage.breast, "To whom?", reply_to=reply_to))
        assert isinstance(answer, Failed)
        posted(await posting.post(alice, stage.new(stage.breast, "To nobody in particular.")))


@pytest.mark.parametrize("lone", ["\ud800", "\udfff tail"])
async def test_a_character_that_is_none_is_answered_and_the_writer_goes_on(any_stage: Stage, lone: str) -> None:
    stage = any_stage
    alice = await stage.person("alice", stage.breast)
    async with _open(stage) as posting:
        for new in (stage.new(stage.breast, lone), stage.new(stage.breast, "Fine.", client_id=lone)):
            assert failed(await posting.post(alice, new)) == "not-allowed"
        posted(await posting.post(alice, stage.new(stage.breast, "Quite fine.")))


async def test_who_may_not_write_is_told_so_before_her_text_is_judged(stage: Stage) -> None:
    olga = await stage.person("olga")
    async with _open(stage) as posting:
        assert failed(await posting.post(olga, stage.new(stage.breast, REFUSED))) == "not-joined"
        assert failed(await posting.post(olga, stage.new(_nowhere()))) == "not-found"
        answer = await posting.may_write(olga, stage.breast.id)
        assert answer is not None
        assert answer.code == "not-joined"
        ben = await stage.person("ben", stage.breast)
        assert await posting.may_write(ben, stage.breast.id) is None


def _nowhere() -> Place:
    return Place(4711, "nowhere", "Nowhere", False, 0, False, None, None)


async def test_an_edit_is_judged_again(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    async with _open(stage) as posting:
        posted(await posting.post(alice, stage.new(stage.breast, "Good morning.")))

        async def edit(text: str, *, confirmed: bool = False) -> object:
            change = Edit(who=alice, room_id=stage.breast.id, seq=1, text=text)
            return await posting.edit(change, "breast", confirmed=confirmed)

        assert isinstance(stopped(await edit(REFUSED)), Refuse)
        assert isinstance(stopped(await edit(NUDGED)), Nudge)
        assert [view.text for view in await stage.page(stage.breast)] == ["Good morning."]
        assert isinstance(await edit(NUDGED, confirmed=True), Changed)
        assert isinstance(await edit("Good evening."), Changed)


async def test_what_its_author_brings_back_is_judged_again(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    for text in (REFUSED, "Good morning."):  # the first was said before the rule was
        await stage.said(alice, stage.breast, text)
    await stage.settle(*(operation("remove", alice, stage.breast, seq) for seq in (1, 2)))
    async with _open(stage) as posting:
        for seq, kind in ((1, Stopped), (2, Changed)):
            back = await posting.own_text(alice, stage.breast.id, seq)
            assert back is not None
            restore = Restore(who=alice, room_id=stage.breast.id, seq=seq)
            assert isinstance(await posting.restore(restore, "breast", back), kind)


async def test_only_what_she_removed_herself_is_her_own_text(stage: Stage) -> None:
    alice, ben = await stage.person("alice", stage.breast), await stage.person("ben", stage.breast)
    await stage.said(alice, stage.breast, "Mine.")
    posting = stage.posting()
    assert await posting.own_text(alice, stage.breast.id, 1) is None
    await stage.one(operation("remove", alice, stage.breast, 1))
    assert await posting.own_text(alice, stage.breast.id, 1) == "Mine."
    assert await posting.own_text(ben, stage.breast.id, 1) is None


async def test_the_room_of_a_message_is_found_by_its_id(stage: Stage) -> None:
    alice = await stage.person("alice", stage.breast)
    held = await stage.held(alice, stage.breast)
    posting = stage.posting()
    assert await posting.room_of(held) == stage.breast.id
    assert await posting.room_of("nothing") is None

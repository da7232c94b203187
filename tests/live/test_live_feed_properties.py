"""Promise 2 on a feed alone: any order, doubling and loss of events, readers that come and go at any moment."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from app.community.events import ConversationChanged
from app.community.messages import View
from app.live.feed import Feed
from tests.live.fakes import ALICE, BEN, ROOM, Kept, Past, Turns, told

STEPS = (
    "write",
    "write",
    "change",
    "hear",
    "hear",
    "hear",
    "twice",
    "lose",
    "fill",
    "turn",
    "turn",
    "come",
    "past",
    "complete",
    "go",
)
Step = tuple[str, int]
steps = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 50)), max_size=80)


@dataclass
class Visit:
    """A reader's stay: the past it was sent, and what it was given afterwards."""

    reader: Kept
    since: int | None = None
    complete: bool = False


@dataclass
class World:
    """One room, its database, its bus and its readers."""

    past: Past = field(default_factory=Past)
    turns: Turns = field(default_factory=Turns)
    on_the_way: list[ConversationChanged] = field(default_factory=list)
    here: list[Visit] = field(default_factory=list)
    gone: list[Visit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.feed = Feed(ROOM, 1, 0, self.turns.soon)

    def step(self, what: str, number: int) -> None:
        match what:
            case "write" | "change":
                self.store(what, number)
            case "hear" | "twice" | "lose":
                self.hear(what, number)
            case "fill":
                upto = self.past.counter - number % 3 if self.past.counter > 3 else self.past.counter
                self.feed.catch_up(upto, self.past.since(self.feed.seen, upto))
            case "turn":
                self.turns.turn()
            case "come":
                visit = Visit(Kept((ALICE, BEN)[number % 2]))
                self.here.append(visit)
                self.feed.begin(visit.reader)
            case "past" | "complete" | "go" if self.here:
                self.visit(what, number)

    def store(self, what: str, number: int) -> None:
        known = sorted(self.past.state(self.past.counter))
        seq = known[number % len(known)] if what == "change" and known else None
        author = self.past.changes[seq - 1].author.id if seq else (ALICE, BEN)[number % 2]
        view = self.past.store(seq, author)
        self.on_the_way.append(told(view, f"c{view.seq}" if seq is None else None))

    def hear(self, what: str, number: int) -> None:
        if self.on_the_way:
            event = self.on_the_way[number % len(self.on_the_way)]
            if what != "twice":
                self.on_the_way.remove(event)
            if what != "lose":
                self.feed.accept(event)

    def visit(self, what: str, number: int) -> None:
        visit = self.here[number % len(self.here)]
        if what == "past" and visit.since is None:
            visit.since = self.past.counter
        elif what == "complete" and visit.since is not None and not visit.complete:
            visit.complete = True
            self.feed.complete(visit.reader, visit.since)
        elif what == "go":
            self.feed.drop(visit.reader)
            self.here.remove(visit)
            self.gone.append(visit)

    def finish(self) -> None:
        for visit in self.here:
            visit.since = self.past.counter if visit.since is None else visit.since
            if not visit.complete:
                self.feed.complete(visit.reader, visit.since)
        self.feed.catch_up(self.past.counter, self.past.since(self.feed.seen, self.past.counter))
        self.turns.run()


def in_order(visit: Visit) -> None:
    """Each version at most once and in increasing order; only an acknowledgement may repeat what was read."""
    highest = visit.since or 0
    acknowledged: set[str] = set()
    for frame in visit.reader.frames:
        version, client_id = frame["message"]["version"], frame.get("client_id")
        if client_id is not None:
            assert frame["message"]["author"]["id"] == visit.reader.member_id
            assert client_id not in acknowledged
            acknowledged.add(client_id)
        else:
            assert version > highest
        highest = max(highest, version)


def shown(visit: Visit, past: Past) -> dict[int, tuple[int, str | None]]:
    """What a browser shows: it upserts by `seq` and ignores an older `version`."""
    assert visit.since is not None
    model = {seq: _face(view) for seq, view in past.state(visit.since).items()}
    for frame in visit.reader.frames:
        message = frame["message"]
        if message["version"] > model.get(message["seq"], (0, None))[0]:
            model[message["seq"]] = (message["version"], message["text"])
    return model


def _face(view: View) -> tuple[int, str | None]:
    return view.version, view.text


@settings(max_examples=400)
@given(steps)
def test_whatever_happens_on_the_bus_every_reader_sees_each_change_at_most_once_in_order_and_in_the_end_all(
    story: list[Step],
) -> None:
    world = World()
    for what, number in story:
        world.step(what, number)
    world.finish()
    assert not world.feed.behind
    for visit in [*world.here, *world.gone]:
        in_order(visit)
    truth = {seq: _face(view) for seq, view in world.past.state(world.past.counter).items()}
    for visit in world.here:
        assert shown(visit, world.past) == truth


@settings(max_examples=150)
@given(steps)
def test_when_nothing_is_lost_every_author_who_stays_is_acknowledged(story: list[Step]) -> None:
    world = World()
    alice = Visit(Kept(ALICE), since=0, complete=True)
    world.feed.begin(alice.reader)
    world.feed.complete(alice.reader, 0)
    for what, number in story:
        if what != "lose":
            world.step(what, number)
    while world.on_the_way:
        world.hear("hear", 0)
    world.turns.run()
    hers = {f"c{view.seq}" for view in world.past.changes if view.author.id == ALICE}
    assert {frame["client_id"] for frame in alice.reader.frames if "client_id" in frame} == hers
    in_order(alice)

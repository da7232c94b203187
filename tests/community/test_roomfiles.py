"""The shipped rooms, and what the loader makes of files that are not as they should be."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from app.base.errors import RoomFileError
from app.community.roomfiles import Helpline, Link, RoomFiles, RuleChanges, Session, load
from app.rules.book import SHIPPED as SHIPPED_VERDICTS
from app.rules.book import book_of
from app.rules.verdict import CARE_KINDS, GUIDELINES

SHIPPED = Path(__file__).parents[2] / "rooms"
CANCER = (  # in the order of the rooms
    "breast prostate lung bowel skin bladder kidney lymphoma leukemia myeloma mds-mpn thyroid womb ovarian cervical "
    "pancreatic liver-bile stomach-esophagus head-neck brain testicular anal sarcoma neuroendocrine rare"
)
SHARED = (
    "waiting newly-diagnosed advanced after-treatment side-effects feelings caregivers family bereavement young-adults "
    "parents everyday lounge"
)
UNWANTED = re.compile(
    r"\b(fight\w*|fought|battl\w*|warrior\w*|lost|lose|losing|brave\w*|hero\w*|victim\w*|beat\w*|enem\w+|war|"
    r"surviv\w+|percent|confidential\w*|anonym\w+|secret\w*)\b|%",
    re.IGNORECASE,
)
ROOM = 'name = "Lounge"\nabout = "A place to be."\nposition = 1\nkind = "shared"\n'
EVENING = '[[schedule]]\nday = "tuesday"\ntime = "19:00"\nminutes = 90\nzone = "Europe/London"\ntitle = "Evening"\n'
ALL = (SHIPPED / "_all.toml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the shipped _all.toml and one room."""
    shutil.copy(SHIPPED / "_all.toml", tmp_path)
    (tmp_path / "lounge.toml").write_text(ROOM, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def shipped() -> RoomFiles:
    return load(SHIPPED)


def refusal(folder: Path) -> RoomFileError:
    with pytest.raises(RoomFileError) as caught:
        load(folder)
    return caught.value


def test_the_shipped_rooms_are_the_38_of_the_list_in_its_order(shipped: RoomFiles) -> None:
    assert " ".join(shipped.rooms) == f"{CANCER} {SHARED}"
    assert len(shipped.rooms) == 38
    assert [room.position for room in shipped.rooms.values()] == list(range(1, 39))
    assert " ".join(slug for slug, room in shipped.rooms.items() if room.kind == "cancer") == CANCER
    assert all(room.slug == slug for slug, room in shipped.rooms.items())
    assert len({room.name for room in shipped.rooms.values()}) == 38


def test_every_shipped_room_says_in_two_to_four_kind_sentences_whom_it_is_for(shipped: RoomFiles) -> None:
    for room in shipped.rooms.values():
        assert 2 <= len(re.findall(r"[.?!](?= |$)", room.about)) <= 4, room.slug
        assert 100 <= len(room.about) <= 1000, room.slug
        assert not UNWANTED.search(room.about), room.slug


def test_the_list_of_unwanted_words_finds_battle_language() -> None:
    assert UNWANTED.search("She lost her battle")
    assert not UNWANTED.search("She died on Tuesday; our award went elsewhere, and grief is a loss")


def test_every_shipped_room_is_open_and_changes_no_rule(shipped: RoomFiles) -> None:
    assert shipped.shared.unstaffed == "open"
    for room in shipped.rooms.values():
        assert room.unstaffed in (None, "open")
        assert room.rules == RuleChanges({}, [])
        assert room.schedule == []


def test_every_shipped_accent_can_be_seen_on_white(shipped: RoomFiles) -> None:
    colours = {room.slug: room.colour for room in shipped.rooms.values() if room.colour}
    assert colours
    assert {"mds-mpn", "anal"}.isdisjoint(colours)
    for slug, colour in colours.items():
        shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
        # WCAG 2.2: relative luminance, and the contrast ratio that small text needs
        assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5, slug


def test_the_shared_file_holds_guidelines_helplines_and_verdicts(shipped: RoomFiles) -> None:
    shared = shipped.shared
    assert tuple(shared.guidelines) == GUIDELINES
    assert len(GUIDELINES) == 9
    assert "1-800-332-1088" in shared.guidelines["ask-your-physician"]
    numbers = ["988", "1-800-227-2345", "1-800-422-6237", "1-800-332-1088", "911", "112", "999", "024"]
    assert {*numbers, "116 123", "0808 808 00 00"} == {line.number for line in shared.helplines}
    assert {kind for line in shared.helplines for kind in line.care} == set(CARE_KINDS)
    assert "cancer.org" in shared.rules.allowed
    assert shared.rules.hold_first == 0
    book = book_of({}, {"verdicts": shared.rules.verdicts})
    for rule, levels in SHIPPED_VERDICTS.items():
        assert {level: book.verdict(rule, level) for level in levels} == levels, rule


def test_a_room_may_say_everything_that_a_room_can_say(folder: Path) -> None:
    text = ROOM.replace('"A place to be."', '"""\nA place\n  to be.\n"""') + (
        'colour = "#00766C"\nunstaffed = "read-only"\nlinks = [{title = "News", address = "http://example.org/a?b#c"}]\n'
        '[[helplines]]\nname = "Line"\nnumber = "1-800-FDA-1088"\n[[helplines]]\nname = "Page"\n'
        'address = "https://example.org:8443"\n' + EVENING + '[rules]\nallowed = ["damn it"]\n'
        '[rules.verdicts]\npromotion = "hold"\ncursing = {mild = "allow", strong = "nudge"}\n'
    )
    (folder / "lounge.toml").write_text("\ufeff" + text.replace("\n", "\r\n"), encoding="utf-8", newline="")
    room = load(folder).rooms["lounge"]
    assert (room.name, room.about, room.colour, room.unstaffed) == ("Lounge", "A place to be.", "#00766C", "read-only")
    assert room.links == [Link("News", "http://example.org/a?b#c")]
    assert room.helplines == [
        Helpline("Line", number="1-800-FDA-1088"),
        Helpline("Page", None, "https://example.org:8443"),
    ]
    assert room.schedule == [Session("tuesday", "19:00", 90, "Europe/London", "Evening")]
    assert room.rules == RuleChanges(
        {"promotion": "hold", "cursing": {"mild": "allow", "strong": "nudge"}}, ["damn it"]
    )


@pytest.mark.parametrize("count", [0, 1, 100])
def test_a_room_may_say_how_many_first_messages_wait_for_a_facilitator(folder: Path, count: int) -> None:
    (folder / "lounge.toml").write_text(f"{ROOM}[rules]\nhold_first = {count}\n", encoding="utf-8")
    assert load(folder).rooms["lounge"].rules.hold_first == count


@pytest.mark.parametrize("count", ["-1", "101", '"3"', "true", "1.5"])
def test_a_number_of_first_messages_that_is_none_is_refused(folder: Path, count: str) -> None:
    (folder / "lounge.toml").write_text(f"{ROOM}[rules]\nhold_first = {count}\n", encoding="utf-8")
    fault = refusal(folder)
    assert (fault.line, fault.key) == (6, "rules.hold_first")
    assert "0 to 100" in str(fault)


def test_what_a_room_leaves_out_is_inherited_or_empty(folder: Path) -> None:
    room = load(folder).rooms["lounge"]
    assert (room.colour, room.unstaffed) == (None, None)
    assert (room.helplines, room.links, room.schedule, room.rules) == ([], [], [], RuleChanges({}, []))


def test_rooms_come_in_the_order_of_their_positions_and_not_of_their_names(folder: Path) -> None:
    (folder / "attic.toml").write_text(ROOM.replace("position = 1", "position = 30"), encoding="utf-8")
    (folder / "cellar.toml").write_text(ROOM.replace("position = 1", "position = 4"), encoding="utf-8")
    assert list(load(folder).rooms) == ["lounge", "cellar", "attic"]


def test_files_of_another_kind_are_left_alone(folder: Path) -> None:
    (folder / "README.md").write_text("[[[", encoding="utf-8")
    (folder / "lounge.toml~").write_text("[[[", encoding="utf-8")
    assert list(load(folder).rooms) == ["lounge"]


LINK = 'links = [\n  {title = "a", address = "https://a.example"},\n  {title = "b", address = %s},\n]\n'
BROKEN: list[tuple[str, int, str]] = [  # the room's text, and the line and the key that are named
    ("", 1, "name"),
    (ROOM.replace('"Lounge"', '""'), 1, "name"),
    (ROOM.replace('"Lounge"', f'"{"x" * 81}"'), 1, "name"),
    (ROOM.replace('"Lounge"', '"a\\u0000b"'), 1, "name"),
    (ROOM.replace('"A place to be."', f'"{"x" * 1001}"'), 2, "about"),
    (ROOM.replace('"A place to be."', '"""\n \n"""'), 2, "about"),
    (ROOM.replace("position = 1", "position = 0"), 3, "position"),
    (ROOM.replace("position = 1", "position = true"), 3, "position"),
    (ROOM.replace("position = 1", "position = 1.0"), 3, "position"),
    (ROOM.replace("position = 1", "position = 99999999999999999999"), 3, "position"),
    (ROOM.replace("position = 1\n", ""), 1, "position"),
    (ROOM.replace('"shared"', '"other"'), 4, "kind"),
    (ROOM.replace('"shared"', "07:30:00"), 4, "kind"),
    (ROOM + 'colour = "pink"\n', 5, "colour"),
    (ROOM + 'colour = "#12345"\n', 5, "colour"),
    (ROOM + 'color = "#123456"\n', 5, "color"),
    (ROOM + '\n# a note\n"co.lo\\u0072" = "#123456"\n', 7, '"co.lor"'),
    (ROOM + 'unstaffed = "closed"\n', 5, "unstaffed"),
    (ROOM + 'helplines = "988"\n', 5, "helplines"),
    (ROOM + '[[helplines]]\nname = "a"\nnumber = "1 2"\n[[helplines]]\nname = "b"\n', 8, "helplines[1].number"),
    (ROOM + '[[helplines]]\nnumber = "988"\n', 5, "helplines[0].name"),
    (ROOM + '[[helplines]]\nname = "a"\nnumber = 988\n', 7, "helplines[0].number"),
    (ROOM + '[[helplines]]\nname = "a"\nnumber = "call"\n', 7, "helplines[0].number"),
    (ROOM + '[[helplines]]\nname = "a"\nnumber = "988"\nhours = "all"\n', 8, "helplines[0].hours"),
    (ROOM + LINK % '"ftp://b.example"', 7, "links[1].address"),
    (ROOM + LINK % '"javascript:alert(1)"', 7, "links[1].address"),
    (ROOM + LINK % '"https://b.example/ c"', 7, "links[1].address"),
    (ROOM + LINK % '"https://"', 7, "links[1].address"),
    (ROOM + LINK % f'"https://b.example/{"x" * 500}"', 7, "links[1].address"),
    (ROOM + 'links = [\n  {title = "a", address = "https://a.example"},\n  7,\n]\n', 7, "links[1]"),
    (ROOM + EVENING.replace("tuesday", "Tuesday"), 6, "schedule[0].day"),
    (ROOM + EVENING.replace('"19:00"', "19:00:00"), 7, "schedule[0].time"),
    (ROOM + EVENING.replace("19:00", "24:00"), 7, "schedule[0].time"),
    (ROOM + EVENING.replace("90", "601"), 8, "schedule[0].minutes"),
    (ROOM + EVENING.replace("Europe/London", "../etc/passwd"), 9, "schedule[0].zone"),
    (ROOM + EVENING.replace('"Europe/London"', "[]"), 9, "schedule[0].zone"),
    (ROOM + EVENING + EVENING.replace('title = "Evening"\n', ""), 11, "schedule[1].title"),
    (ROOM + '[rules.verdicts]\npace = "stop"\n', 6, "rules.verdicts.pace"),
    (ROOM + '[rules.verdicts]\nspam = "hold"\n', 6, "rules.verdicts.spam"),
    (ROOM + '[rules.verdicts]\ncursing = {mild = "allow", strong = "no"}\n', 6, "rules.verdicts.cursing.strong"),
    (ROOM + '[rules.verdicts.cursing]\nmild = "allow"\n"1 x" = "allow"\n', 7, 'rules.verdicts.cursing."1 x"'),
    (ROOM + 'rules.verdicts.pace = ["hold"]\n', 5, "rules.verdicts.pace"),
    (ROOM + '[rules]\nallowed = [\n"a",\n"",\n]\n', 8, "rules.allowed[1]"),
    (ROOM + "[rules]\nallow = []\n", 6, "rules.allow"),
    (ROOM + "rules = []\n", 5, "rules"),
    (ROOM.replace('"Lounge"', "Lounge"), 1, "name"),
    (ROOM + ROOM, 5, "name"),
    (ROOM + 'colour = "', 5, "colour"),
]


@pytest.mark.parametrize(("text", "line", "key"), BROKEN)
def test_a_broken_room_stops_the_start_and_names_file_line_and_key(
    folder: Path, text: str, line: int, key: str
) -> None:
    file = folder / "lounge.toml"
    file.write_text(text, encoding="utf-8")
    error = refusal(folder)
    assert (error.file, error.line, error.key) == (file, line, key)
    assert f"{file}, line {line}: {key}: " in str(error)


@pytest.mark.parametrize(
    ("old", "new", "told_at", "key"),
    [
        ("[guidelines]", "[guidelines]\nkindness = 'Be kind.'", "kindness = 'Be kind.'", "guidelines.kindness"),
        ("[guidelines]", "[guidelines.deep]", "[guidelines.deep]", "guidelines.deep"),
        ('respect = """', 'play_fair = """', 'play_fair = """', "guidelines.play_fair"),
        ('name = "Samaritans (UK and Ireland)"\n', "", "[[helplines]]", "helplines[1].name"),
        ('severe = "refuse"', 'severe = "drop"', 'severe = "drop"', "rules.verdicts.cursing.severe"),
        ('unstaffed = "open"', 'name = "x"', 'name = "x"', "name"),
        ('unstaffed = "open"', "", ALL.split("\n")[0], "unstaffed"),
    ],
)
def test_a_broken_shared_file_stops_the_start_and_names_line_and_key(
    folder: Path, old: str, new: str, told_at: str, key: str
) -> None:
    assert f"\n{old}" in ALL
    text = ALL.replace(f"\n{old}", f"\n{new}", 1)
    (folder / "_all.toml").write_text(text, encoding="utf-8")
    error = refusal(folder)
    assert (error.file, error.key) == (folder / "_all.toml", key)
    assert error.line is not None
    assert text.split("\n")[error.line - 1] == told_at


@pytest.mark.parametrize("guideline", GUIDELINES)
def test_each_guideline_is_needed(folder: Path, guideline: str) -> None:
    text = re.sub(rf'^{guideline} = """.*?"""', "", ALL, flags=re.DOTALL | re.MULTILINE)
    (folder / "_all.toml").write_text(text, encoding="utf-8")
    error = refusal(folder)
    assert error.key == f"guidelines.{guideline}"
    assert error.line == text.split("\n").index("[guidelines]") + 1


def test_two_rooms_cannot_stand_at_one_position(folder: Path) -> None:
    (folder / "garden.toml").write_text("# second\n" + ROOM, encoding="utf-8")
    error = refusal(folder)
    assert (error.file, error.line, error.key) == (folder / "lounge.toml", 3, "position")
    assert "garden.toml" in str(error)


@pytest.mark.parametrize(
    "name", ["Lounge.toml", "a.toml", "my room.toml", "x" * 41 + ".toml", "_some.toml", "attic.TOML"]
)
def test_a_file_whose_name_is_no_slug_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text(ROOM, encoding="utf-8")
    assert refusal(folder).file == folder / name


def test_a_file_that_is_not_utf_8_is_refused_at_its_line(folder: Path) -> None:
    (folder / "lounge.toml").write_bytes(ROOM.replace("A place", "Caf\xe9").encode("latin-1"))
    error = refusal(folder)
    assert (error.file, error.line) == (folder / "lounge.toml", 2)
    assert "UTF-8" in str(error)


def test_a_folder_that_is_no_community_is_refused(tmp_path: Path, folder: Path) -> None:
    assert "cannot be read" in str(refusal(tmp_path / "nowhere"))
    (tmp_path / "empty").mkdir()
    assert refusal(tmp_path / "empty").file == tmp_path / "empty" / "_all.toml"
    (folder / "lounge.toml").unlink()
    assert "holds no room" in str(refusal(folder))
    (folder / "lounge.toml").mkdir()
    assert "is not a file" in str(refusal(folder))


def test_a_file_that_is_huge_or_endlessly_nested_is_refused(folder: Path) -> None:
    (folder / "lounge.toml").write_text("#" * 70_000, encoding="utf-8")
    assert "longer than" in str(refusal(folder))
    for depth in (50, 300, 400, 450, 480, 5_000):
        (folder / "lounge.toml").write_text(f"x = {'[' * depth}{']' * depth}", encoding="utf-8")
        assert refusal(folder).file == folder / "lounge.toml"
    (folder / "lounge.toml").write_text(f"position = {'9' * 10_000}", encoding="utf-8")
    assert refusal(folder).file == folder / "lounge.toml"

"""Who may open the live socket: the origin before anything else, then the session, then the sanctions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.base.keys import digest
from app.community import sanctions, sessions
from app.community.sanctions import NewSanction
from tests.live.cast import Cast
from tests.site import Person, Site, running

pytestmark = pytest.mark.anyio

OURS = "https://our.org"
FOREIGN = [
    "https://evil.com", "https://sub.our.org", "https://our.org.evil.com", "https://ourXorg", "http://our.org",
    "https://our.org:8443", "null", "", "https://xn--ur-xka.org", "https://our.org/", "https://our.org ,https://evil.com",
    "our.org", "https://evil.com/https://our.org", "https://our.org@evil.com",
]  # fmt: skip


@pytest.fixture(scope="module")
async def secure(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """A site whose members come by https, behind a proxy."""
    folder = tmp_path_factory.mktemp("secure")
    async with running(folder, migrated, site_url=OURS, development=False) as site:
        yield site


@pytest.fixture(scope="module")
async def alice(secure: Site) -> Person:
    person = await secure.person("alice", "breast")
    return Person(person.who, person.cookie.replace("session=", "__Host-session="))


def address(site: Site) -> str:
    return f"ws://127.0.0.1:{site.house.settings.port}/live"


async def knock(site: Site, *headers: tuple[str, str]) -> int:
    """The status of the answer to this handshake."""
    try:
        async with connect(address(site), additional_headers=list(headers), proxy=None):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


async def close_code(socket: ClientConnection) -> int:
    with pytest.raises(ConnectionClosed) as closed:
        await socket.recv()
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_foreign_origin_is_refused_before_it_is_accepted_even_with_a_good_cookie(
    secure: Site, alice: Person, origin: str
) -> None:
    assert await knock(secure, ("Cookie", alice.cookie), ("Origin", origin)) == 403


async def test_our_own_origin_is_accepted(secure: Site, alice: Person) -> None:
    assert await knock(secure, ("Cookie", alice.cookie), ("Origin", OURS)) == 101


async def test_a_missing_origin_is_refused(secure: Site, alice: Person) -> None:
    assert await knock(secure, ("Cookie", alice.cookie)) == 403


@pytest.mark.parametrize("second", [OURS, "https://evil.com"])
async def test_two_origins_are_refused(secure: Site, alice: Person, second: str) -> None:
    assert await knock(secure, ("Cookie", alice.cookie), ("Origin", OURS), ("Origin", second)) == 403


async def test_over_https_only_the_cookie_of_this_very_host_signs_in(secure: Site, alice: Person) -> None:
    plain = alice.cookie.replace("__Host-", "")
    async with connect(address(secure), origin=OURS, additional_headers={"Cookie": plain}, proxy=None) as socket:  # type: ignore[arg-type]
        assert await close_code(socket) == 4501


async def test_on_this_machine_each_of_its_own_names_is_an_origin(town: Site, cast: Cast) -> None:
    person, port = await cast.alice(), town.house.settings.port
    for host in ("localhost", "127.0.0.1", "[::1]"):
        assert await knock(town, ("Cookie", person.cookie), ("Origin", f"http://{host}:{port}")) == 101
        assert await knock(town, ("Cookie", person.cookie), ("Origin", f"http://{host}:{port + 1}")) == 403


async def test_without_a_cookie_the_socket_is_accepted_and_closed_as_signed_out(town: Site) -> None:
    async with town.raw_socket(None) as socket:
        assert await close_code(socket) == 4501


@pytest.mark.parametrize("cookie", ["session=", "session=unknown", "session=" + "x" * 4_000, "sessions=x", "session"])
async def test_an_unknown_cookie_is_accepted_and_closed_as_signed_out(town: Site, cast: Cast, cookie: str) -> None:
    alice = await cast.alice()
    async with town.raw_socket(Person(alice.who, cookie)) as socket:
        assert await close_code(socket) == 4501


async def test_an_ended_session_is_accepted_and_closed_as_signed_out(town: Site, cast: Cast) -> None:
    alice = await cast.alice()
    async with town.socket(alice) as socket:
        assert socket.welcome["member"]["id"] == alice.who.id
    async with town.house.db.write() as connection:
        await sessions.end(connection, digest(alice.cookie.removeprefix("session=")), town.house.clock.now())
    async with town.raw_socket(alice) as socket:
        assert await close_code(socket) == 4501


async def test_a_banned_member_is_accepted_and_closed_as_banned(town: Site, cast: Cast) -> None:
    mike, ben = await cast.person("mike"), await cast.ben()
    async with town.house.db.write() as connection:
        new = NewSanction(mike.who.id, None, "ban", None, "respect", "again and again", ben.who.id)
        await sanctions.issue(connection, new, town.house.clock.now())
    async with town.raw_socket(mike) as socket:
        assert await close_code(socket) == 4503
    async with town.socket(ben) as his:
        assert his.welcome["member"]["id"] == ben.who.id


async def test_the_welcome_says_who_she_is_and_where_she_is_at_home(town: Site, cast: Cast) -> None:
    alice = await cast.person("alice", "breast", "after-treatment")
    async with town.socket(alice) as socket:
        assert socket.welcome == {
            "type": "welcome", "member": {"id": alice.who.id, "name": alice.who.name, "role": "member"},
            "rooms": ["after-treatment", "breast"], "heartbeat": 10, "epoch": town.house.hub.epoch,
        }  # fmt: skip
    fay, olga = await cast.fay("breast"), await cast.olga()
    ada = await town.person(f"ada of {fay.who.name}", role="administrator")
    for person, role, rooms in ((fay, "facilitator", ["breast"]), (olga, "member", []), (ada, "administrator", [])):
        async with town.socket(person) as socket:
            assert (socket.welcome["member"]["role"], socket.welcome["rooms"]) == (role, rooms)

"""Whatever is sent to a form: an answer in words, never a fault of ours, and the site goes on."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.main import LARGER_BODIES
from tests.base.grounds import Template
from tests.pages.visitors import with_password
from tests.site import Person, Site, running

pytestmark = pytest.mark.anyio

PATHS = (
    "/register", "/sign-in", "/me", "/rooms/breast/messages", "/rooms/breast/membership", "/facilitate/x%00y",
    "/facilitate/unknown", "/facilitate/rules", "/appeals/x%00y", "/verify/unknown", "/welcome/unknown", "/rooms/lounge/membership/leave",
)  # fmt: skip
FIELDS = (
    "name", "email", "password", "accept", "remember", "next", "text", "client_id", "reply_to", "confirm", "decision",
    "guideline", "reason", "do", "room", "base", "allowed", "text-0", "way-0", "rule-0", "number", "other", "", "__class__", "name[]",
)  # fmt: skip
NASTY = (
    "\0",
    "a\0b",
    "\ud800",
    "on",
    "1",
    "-1",
    "9" * 40,
    "1e400",
    "NaN",
    "{}",
    "[[" * 500,
    "%",
    "' or 1=1",
    "\r\n",
    "\u202e",
)
EXPECTED = {200, 202, 303, 400, 401, 403, 404, 409, 410, 413, 422, 429}
VALUES = st.one_of(st.sampled_from(NASTY), st.text(max_size=60), st.emails(), st.just("a quite long password"))
FORMS = st.lists(st.tuples(st.sampled_from(FIELDS), VALUES), max_size=8)
CHARSETS = st.sampled_from(
    ["utf-8", "latin-1", "utf-7", "unicode_escape", "utf-16", "idna", "rot13", "zlib", "\x00", "x" * 99]
)


def _percent(value: str) -> str:
    """Percent-encoded, lone surrogates too, as no browser would."""
    return quote(value.encode("utf-8", "surrogatepass"))


def _multipart(form: list[tuple[str, str]], charset: str, *, files: bool) -> tuple[bytes, str]:
    lines: list[bytes] = []
    for name, value in form:
        head = f'content-disposition: form-data; name="{name}"' + ('; filename="f"' if files else "")
        lines += [b"--edge", head.encode(), b"", value.encode("utf-8", "surrogatepass")]
    return b"\r\n".join([*lines, b"--edge--", b""]), f"multipart/form-data; boundary=edge; charset={charset}"


async def _told(client: httpx2.AsyncClient, path: str, body: bytes, kind: str) -> None:
    answer = await client.post(path, content=body, headers={"content-type": kind})
    assert answer.status_code in EXPECTED, (answer.status_code, path, body)
    assert "Traceback" not in answer.text
    assert 'File "' not in answer.text


@pytest.fixture(params=["sqlite", "postgresql"])
def ground(request: pytest.FixtureRequest) -> Template | None:
    return None if request.param == "sqlite" else request.getfixturevalue("template")


@pytest.fixture
async def stormed(ground: Template | None, migrated: Path, tmp_path: Path) -> Any:
    changes: dict[str, Any] = {} if ground is None else {"database_url": await ground.copy()}
    async with running(tmp_path, migrated, **changes) as site:
        yield site


@pytest.fixture
async def people(stormed: Site) -> list[Person | None]:
    fay = await stormed.person("fay", "breast", facilitates=True)
    return [None, await stormed.person("alice", "breast"), fay]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    form=FORMS, path=st.sampled_from(PATHS), who=st.integers(0, 2), charset=CHARSETS,
    kind=st.sampled_from(["urlencoded", "multipart", "files", "raw"]), raw=st.binary(max_size=200),
)  # fmt: skip
async def test_no_form_is_a_fault(  # noqa: PLR0917 - what hypothesis draws
    stormed: Site, people: list[Person | None], form: list[tuple[str, str]], path: str, who: int, charset: str,
    kind: str, raw: bytes,
) -> None:  # fmt: skip
    async with stormed.browser(people[who]) as client:
        match kind:
            case "urlencoded":
                body = "&".join(f"{_percent(name)}={_percent(value)}" for name, value in form).encode()
                await _told(client, path, body, "application/x-www-form-urlencoded")
            case "raw":
                await _told(client, path, raw, "application/x-www-form-urlencoded")
            case _:
                body, content_type = _multipart(form, charset, files=kind == "files")
                await _told(client, path, body, content_type.replace("\0", "%00"))


async def test_known_evils_are_answered_on_every_form(stormed: Site, people: list[Person | None]) -> None:
    evils: list[tuple[bytes, str]] = []
    for charset in ("unicode_escape", "utf-7"):
        for value in (b"\\ud800 \\u0000", b"+2AA-"):
            parts = [
                b'--e\r\ncontent-disposition: form-data; name="%s"\r\n\r\n%s' % (name.encode(), value)
                for name in ("text", "name", "email", "password", "decision", "reason")
            ]
            body = b"\r\n".join([*parts, b"--e--\r\n"])
            evils.append((body, f"multipart/form-data; boundary=e; charset={charset}"))
    url = "application/x-www-form-urlencoded"
    evils += [
        (b"text=hello&reply_to=" + b"9" * 4000, url),
        (b"text=hello&reply_to=9223372036854775808", url),
        (b"decision=release&reason=%00", url),
        (b"decision=remove&reason=%00", url),
        (b"&".join(b"f%d=" % number for number in range(2000)), url),
        (b"text=" + b"%F0%9F%A4%97" * 8000, url),
        (b"", "multipart/form-data"),
        (b"--e", "multipart/form-data; boundary=e"),
        (b"x" * 1000, "multipart/form-data; boundary=" + "e" * 500),
    ]
    for person in people:
        async with stormed.browser(person) as client:
            for path, (body, kind) in itertools.product(PATHS, evils):
                await _told(client, path, body, kind)


async def test_a_body_over_128_kib_is_too_large_and_one_below_is_read(site: Site) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    alice = await site.person("alice", "breast")
    async with site.browser(alice) as client:
        sizes = ((1024 * 1024, True), (128 * 1024 + 1, True), (128 * 1024, False))
        for path, (size, large) in itertools.product(PATHS, sizes):
            answer = await client.post(path, content=b"a=" + b"x" * (size - 2), headers=kind)
            assert (answer.status_code == 413) == (large and path not in LARGER_BODIES), (path, size)


async def _chunks() -> Any:
    for _ in range(200):
        yield b"x" * 1024


async def test_a_body_that_does_not_say_its_length_is_cut_too(site: Site) -> None:
    await with_password(site)
    async with site.browser() as client:
        answer = await client.post(
            "/sign-in", content=_chunks(), headers={"content-type": "application/x-www-form-urlencoded"}
        )
        assert answer.status_code == 413
        assert answer.headers["x-content-type-options"] == "nosniff"

"""Where a form must come from, and the headers that every answer carries."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest

from tests.pages.visitors import shielded, sign_in, with_password
from tests.site import Site, running

pytestmark = pytest.mark.anyio

FORM = {"email": "nobody@example.org", "password": "something long enough"}
REACHED = 401
"""What the form's own code answers: nobody has this address."""


async def _status(site: Site, headers: list[tuple[str, str]], **request: object) -> int:
    async with httpx2.AsyncClient(base_url=site.url, trust_env=False) as client:
        given = request or {"data": FORM}
        return (await client.post("/sign-in", headers=headers, **given)).status_code  # type: ignore[arg-type]


async def test_a_form_is_taken_from_the_sites_own_pages_and_from_nowhere_else(site: Site) -> None:
    port = site.url.rpartition(":")[2]
    own, fetch = ("origin", site.url), "sec-fetch-site"
    matrix: list[tuple[list[tuple[str, str]], int]] = [
        ([own], REACHED),
        ([own, (fetch, "same-origin")], REACHED),
        ([(fetch, "same-origin")], REACHED),
        ([("origin", f"http://127.0.0.1:{port}")], REACHED),
        ([], 403),
        ([("origin", "https://elsewhere.example")], 403),
        ([("origin", "null")], 403),
        ([("origin", "")], 403),
        ([("origin", f"http://sub.localhost:{port}")], 403),
        ([("origin", f"https://localhost:{port}")], 403),
        ([("origin", "http://localhost:1")], 403),
        ([("origin", "http://localhost")], 403),
        ([("origin", f"{site.url}/")], 403),
        ([("origin", f"{site.url}.elsewhere.example")], 403),
        ([own, own], 403),
        ([own, ("origin", "https://elsewhere.example")], 403),
        ([own, (fetch, "cross-site")], 403),
        ([own, (fetch, "same-site")], 403),
        ([(fetch, "cross-site")], 403),
        ([(fetch, "same-site")], 403),
        ([(fetch, "none")], 403),
        ([(fetch, "same-origin"), (fetch, "cross-site")], 403),
        ([("referer", f"{site.url}/sign-in")], 403),
    ]
    for headers, status in matrix:
        assert await _status(site, headers) == status, headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_every_method_that_may_change_something_is_shielded(site: Site, method: str) -> None:
    async with httpx2.AsyncClient(base_url=site.url, trust_env=False) as client:
        assert (await client.request(method, "/sign-out")).status_code == 403
        own = await client.request(method, "/sign-out", headers=site.origin)
        assert own.status_code == (303 if method == "POST" else 405)


async def test_a_site_of_its_own_name_takes_forms_from_that_name_only(migrated: Path, tmp_path: Path) -> None:
    async with running(tmp_path, migrated, site_url="https://chat.example.org") as site:
        assert await _status(site, [("origin", "https://chat.example.org")]) == REACHED
        for other in (
            site.url,
            "http://chat.example.org",
            "https://a.chat.example.org",
            "https://chat.example.org:444",
        ):
            assert await _status(site, [("origin", other)]) == 403, other


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/octet-stream"])
async def test_a_body_that_is_no_form_signs_nobody_in(site: Site, kind: str) -> None:
    await with_password(site)
    async with site.browser() as client:
        body = "email=alice%40example.org&password=a+long+walk+in+the+rain"
        answer = await client.post("/sign-in", content=body, headers={"content-type": kind})
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
        assert (await sign_in(client)).status_code == 303


PATHS = ["/", "/rooms/breast", "/rooms/breast/messages", "/sign-in", "/register", "/guidelines", "/me", "/facilitate",
     "/nowhere", "/rooms/nowhere", "/rooms/breast?before=x", "/verify/x", "/welcome/x", "/robots.txt", "/healthz",
     "/readyz", "/metrics", "/static/x/nothing.js", "/sign-out"]  # fmt: skip


async def test_every_answer_carries_the_security_headers(site: Site) -> None:
    async with site.browser() as client:
        for path in PATHS:
            answer = await client.get(path)
            assert shielded(answer), path
            assert "strict-transport-security" not in answer.headers
            assert answer.headers["cache-control"] == "no-store"


async def test_refusals_carry_the_security_headers_too(site: Site) -> None:
    async with site.browser() as client:
        foreign = await client.post("/sign-out", headers={"origin": "https://elsewhere.example"})
        missing = await client.post("/sign-in/elsewhere")
    assert (foreign.status_code, missing.status_code) == (403, 404)
    assert shielded(foreign)
    assert shielded(missing)


async def test_over_https_browsers_are_told_to_stay_with_it(migrated: Path, tmp_path: Path) -> None:
    async with running(tmp_path, migrated, site_url="https://chat.example.org") as site, site.browser() as client:
        assert "max-age=31536000" in (await client.get("/")).headers["strict-transport-security"]


async def test_static_files_are_kept_for_a_year_under_their_version_and_pages_are_not(site: Site) -> None:
    async with site.browser() as client:
        page = (await client.get("/")).text
        start = page.index("/static/")
        address = page[start : page.index('"', start)]
        kept = await client.get(address)
    assert kept.status_code == 200
    assert "immutable" in kept.headers["cache-control"]
    assert shielded(kept)


async def test_nothing_on_a_page_is_inline_or_from_elsewhere(site: Site) -> None:
    async with site.browser(await site.person("alice", "breast")) as client:
        for path in ("/", "/rooms/breast", "/sign-in", "/me"):
            page = (await client.get(path)).text
            assert "<style" not in page
            assert " style=" not in page
            assert " onclick=" not in page
            assert "<script>" not in page
            assert 'src="http' not in page

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, expect

from tests.site import Person, Site

pytestmark = pytest.mark.anyio
PATIENCE = 10_000
JOINED = "chat-room[data-ready]"


@asynccontextmanager
async def window(browser: Browser, site: Site, person: Person | None, width: int = 1280) -> AsyncIterator[Page]:
    """A browser window of its own, in which nothing may go wrong unseen."""
    context = await browser.new_context(viewport={"width": width, "height": 844})
    if person is not None:
        name, _, value = person.cookie.partition("=")
        await context.add_cookies([{"name": name, "value": value, "url": site.url}])
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    await context.close()
    assert faults == []


async def conversation(page: Page) -> list[str]:
    """What stands in the room, as a reader sees it: author and text, or that it was removed."""
    lines = await page.locator("#messages > li[data-seq]").all()
    return [
        f"{await line.get_attribute('data-seq')} {await line.locator('.text, .gone').first.inner_text()}"
        for line in lines
    ]


async def say(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.click("#send")
    await expect(page.locator("#messages > li[data-seq] .text", has_text=text)).to_be_visible(timeout=PATIENCE)


async def test_one_writes_and_the_other_reads_and_comes_back_from_a_cut(browser: Browser, site: Site) -> None:
    alice, ben = await site.person("Alice", "breast"), await site.person("Ben", "breast")
    async with window(browser, site, alice) as hers, window(browser, site, ben, 390) as his:
        for page in (hers, his):
            await page.goto(f"{site.url}/rooms/breast")
            await expect(page.locator(JOINED)).to_be_attached(timeout=PATIENCE)
        await say(hers, "Good morning from the ward.")
        await expect(his.locator("#messages .text")).to_have_text("Good morning from the ward.", timeout=PATIENCE)
        await say(his, "Good morning, Alice.")
        await expect(hers.locator("#messages .text").last).to_have_text("Good morning, Alice.", timeout=PATIENCE)

        cut = [each for each in site.house.hub.connections if each.member_id == ben.who.id]
        assert len(cut) == 1
        site.house.live.closing = True  # his browser tries to come back, and is sent away for now
        cut[0].wire._protocol.transport.abort()
        await expect(his.locator("connection-line")).not_to_have_attribute("data-status", "live", timeout=PATIENCE)
        for text in ("One more for later.", "This one will go.", "And the last one."):
            await say(hers, text)
        await remove(hers, "This one will go.")
        assert await his.locator("#messages .text", has_text="One more").count() == 0
        site.house.live.closing = False

        await expect(his.locator("#messages .text", has_text="And the last one.")).to_be_visible(timeout=40_000)
        back = await conversation(his)
        await his.reload()
        await expect(his.locator(JOINED)).to_be_attached(timeout=PATIENCE)
        assert back == await conversation(his)
        assert len(back) == 5
        assert "This one will go." not in " ".join(back)


async def remove(page: Page, text: str) -> None:
    line = page.locator("#messages > li[data-seq]", has_text=text)
    await line.hover()
    await line.locator(".more").click()
    await page.locator("#message-menu [data-action=remove]").click()
    await expect(page.locator("#messages .gone")).to_be_visible(timeout=PATIENCE)


async def test_a_refused_text_comes_back_with_its_reason_and_stays_in_the_composer(
    browser: Browser, site: Site
) -> None:
    alice = await site.person("Alice", "breast")
    async with window(browser, site, alice, 390) as page:
        await page.goto(f"{site.url}/rooms/breast")
        await expect(page.locator(JOINED)).to_be_attached(timeout=PATIENCE)
        await page.fill("#text", "This is fucking awful.")
        await page.click("#send")
        await expect(page.locator("#answer[data-type]")).to_be_visible(timeout=PATIENCE)
        await expect(page.locator("#answer mark")).to_have_text("fucking")
        await expect(page.locator("#text")).to_have_value("This is fucking awful.")
        await page.reload()
        await expect(page.locator("#text")).to_have_value("This is fucking awful.")
        await page.fill("#text", "This is really awful.")
        await page.click("#send")
        await expect(page.locator("#messages .text")).to_have_text("This is really awful.", timeout=PATIENCE)
        await expect(page.locator("#text")).to_have_value("")


async def test_a_nudged_text_can_be_sent_as_it_is(browser: Browser, site: Site) -> None:
    alice = await site.person("Alice", "breast")
    async with window(browser, site, alice) as page:
        await page.goto(f"{site.url}/rooms/breast")
        await expect(page.locator(JOINED)).to_be_attached(timeout=PATIENCE)
        await page.fill("#text", "Write to me at alice@example.org, please.")
        await page.click("#send")
        await page.locator("#answer .confirm").click(timeout=PATIENCE)
        await expect(page.locator("#messages .text")).to_contain_text("alice@example.org", timeout=PATIENCE)


async def test_everything_can_be_done_without_javascript(browser: Browser, site: Site) -> None:
    alice = await site.person("Alice")
    context = await browser.new_context(java_script_enabled=False)
    name, _, value = alice.cookie.partition("=")
    await context.add_cookies([{"name": name, "value": value, "url": site.url}])
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    await page.goto(f"{site.url}/rooms/breast")
    await page.get_by_role("button", name=re.compile("join", re.IGNORECASE)).first.click()
    await page.fill("textarea[name=text]", "Hello without a script. Call me: 555-867-5309")
    await page.locator("button[type=submit]", has_text=re.compile("send", re.IGNORECASE)).first.click()
    await expect(page.locator("textarea[name=text]")).to_have_value("Hello without a script. Call me: 555-867-5309")
    await page.fill("textarea[name=text]", "Hello without a script.")
    await page.locator("button[type=submit]", has_text=re.compile("^send$", re.IGNORECASE)).first.click()
    await expect(page.locator("#messages .text")).to_have_text("Hello without a script.")
    await context.close()

"""Care cards in a real browser: beside the composer, below each other, in nobody's way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, expect

from tests.site import Person, Site

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("ruled")]
PATIENCE = 10_000


@asynccontextmanager
async def _room(browser: Browser, site: Site, person: Person) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    name, _, value = person.cookie.partition("=")
    await context.add_cookies([{"name": name, "value": value, "url": site.url}])
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    await page.goto(f"{site.url}/rooms/breast")
    await expect(page.locator("chat-room[data-ready]")).to_be_attached(timeout=PATIENCE)
    yield page
    await context.close()
    assert faults == []


async def _say(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.press("#text", "Control+Enter")


async def test_cards_stand_below_each_other_and_take_nothing_away(browser: Browser, site: Site) -> None:
    alice = await site.person("Alice", "breast")
    async with _room(browser, site, alice) as page:
        cards = page.locator("care-card section.care")
        await _say(page, "It burns since the infusion. [adverse-event] [urgent]")
        await expect(cards).to_have_count(2)
        assert await page.evaluate("document.activeElement.id") == "text"
        await _say(page, "I cannot go on. [crisis] [adverse-event]")
        await expect(cards).to_have_count(3)
        kinds = [await each.get_attribute("data-kind") for each in await cards.all()]
        assert kinds == ["crisis", "urgent", "adverse-event"]
        assert await page.evaluate("document.activeElement.id") == "text"
        number = cards.first.locator("a.number")
        assert await number.get_attribute("href") == "tel:116123"
        box = await number.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        spoken = page.locator("care-card [role=status] p")
        await expect(spoken).to_have_text(
            ["A card about urgent.", "A card about adverse-event.", "A card about crisis."]
        )
        await cards.first.get_by_role("button", name="Close").click()
        await expect(cards).to_have_count(2)
        await expect(page.locator("#messages .text").last).to_contain_text("I cannot go on.")


async def test_the_card_on_side_effects_comes_once_a_week_and_a_crisis_card_each_time(
    browser: Browser, site: Site
) -> None:
    alice = await site.person("Alice", "breast")
    async with _room(browser, site, alice) as page:
        cards = page.locator("care-card section.care")
        await _say(page, "[adverse-event]")
        await expect(cards).to_have_count(1)
        await page.reload()
        await expect(page.locator("chat-room[data-ready]")).to_be_attached(timeout=PATIENCE)
        await expect(cards).to_have_count(0)
        await _say(page, "Again. [adverse-event] [crisis]")
        await expect(page.locator("care-card section[data-kind=crisis]")).to_be_visible()
        await _say(page, "And again. [crisis]")
        await expect(page.locator("#messages .text").last).to_contain_text("And again.")
        await expect(page.locator("care-card [role=status] p")).to_have_count(2)
        await expect(cards).to_have_count(1)


async def test_a_stopped_text_stays_in_the_composer_beside_its_card(browser: Browser, site: Site) -> None:
    alice = await site.person("Alice", "breast")
    async with _room(browser, site, alice) as page:
        await _say(page, "Say it otherwise. [nudge] [urgent]")
        await expect(page.locator("care-card section[data-kind=urgent]")).to_be_visible()
        await expect(page.locator("#answer[data-type]")).to_be_visible()
        await expect(page.locator("#text")).to_have_value("Say it otherwise. [nudge] [urgent]")

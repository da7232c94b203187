"""Care cards alone: one shape whoever draws them, and how seldom the one about side effects comes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jinja2
import pytest
from playwright.async_api import Browser

from tests.rulings import card

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]
LINKS = [
    ("988 Lifeline (US): call or text: 988", "tel:988"), ("Samaritans: 116 123", "tel:116123"),
    ("Odd: 12", "tel:34"), ("A page: with a colon", "https://example.org/a?b=c&d"), ("Write", "mailto:a@example.org"),
    ("Nowhere <b>", "javascript:alert(1)"), ("Elsewhere", "//example.org"),
]  # fmt: skip
CARDS: list[dict[str, Any]] = [
    {"kind": "crisis", "text": "You are <not> alone.", "links": LINKS},
    {"kind": "urgent", "text": "Call now.", "links": []},
]

SHAPES = """
async ({served, cards, seen}) => {
  const { drawCard } = await import("/chat/cards.js");
  const { Seldom } = await import("/chat/seldom.js");
  const { Store } = await import("/lib/store.js");
  const shape = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim();
    const attributes = node.getAttributeNames().sort().map((name) => `${name}=${node.getAttribute(name)}`);
    return [node.localName, attributes, [...node.childNodes].map(shape).filter((child) => child !== "")];
  };
  const page = new DOMParser().parseFromString(served, "text/html");
  let now = 1_000_000_000_000;
  const seldom = new Seldom({ store: new Store(), now: () => now });
  const due = [];
  for (const [days, kind, shown] of seen) {
    now += days * 86_400_000;
    due.push(seldom.due(kind));
    if (shown) seldom.mark(kind);
  }
  return [[...page.querySelectorAll("section")].map(shape), cards.map(drawCard).map(shape), due];
}
"""

SEEN = (
    (0, "adverse-event", True, True), (0, "adverse-event", False, False), (6.9, "adverse-event", False, False),
    (0.2, "adverse-event", True, True), (1, "adverse-event", False, False), (-30, "adverse-event", False, True),
    (0, "crisis", True, True), (0, "crisis", True, True), (0, "urgent", True, True), (0, "urgent", True, True),
)  # fmt: skip
"""(days later, kind, whether it is shown then, whether it was due)."""


async def test_a_card_has_one_shape_and_only_the_common_one_is_seldom(browser: Browser, files: str) -> None:
    loader = jinja2.FileSystemLoader(ROOT / "app/pages/templates")
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    template = '{% from "_care.html" import care %}{% for card in cards %}{{ care(card) }}{% endfor %}'
    served = environment.from_string(template).render(cards=CARDS)
    told = [{**each, "links": [{"title": title, "address": to} for title, to in each["links"]]} for each in CARDS]
    context = await browser.new_context()
    try:
        page = await context.new_page()
        await page.goto(f"{files}/blank")
        seen = [list(each[:3]) for each in SEEN]
        by_server, by_browser, due = await page.evaluate(SHAPES, {"served": served, "cards": told, "seen": seen})
    finally:
        await context.close()
    assert by_browser == by_server
    assert len(by_server) == len(CARDS)
    text = json.dumps(by_server)
    assert '"href=tel:116123"' in text
    assert "javascript" not in text
    assert due == [each[3] for each in SEEN]


def test_the_double_of_the_rules_makes_cards_like_these() -> None:
    assert card("crisis").links[0] == ("A line: 116 123", "tel:116123")

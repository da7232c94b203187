"""A message looks the same whether the server or the browser drew it."""

from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2
import pytest
from playwright.async_api import Browser

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]

GUIDELINES = [{"id": "no-promotion", "text": "Do not promote products."}, {"id": "respect", "text": "Be respectful."}]

COMPARE = """
async ({html, guidelines, draw, mine}) => {
  const { drawMessage, readMessage } = await import(draw);
  const list = new DOMParser().parseFromString(html, "text/html").querySelector("#messages");
  const items = [...list.querySelectorAll("li[data-seq]")];
  const messages = new Map(items.map((item) => [Number(item.dataset.seq), readMessage(item)]));
  const setting = {
    me: "alice", interactive: false, facilitates: false, mine: (seq) => mine[seq] ?? [],
    known: (seq) => messages.get(seq), guideline: (id) => guidelines.find((one) => one.id === id)?.text ?? id,
  };
  const shape = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim().replace(/\\s+/g, " ");
    const names = node.getAttributeNames().filter((name) => name !== "title").sort();
    const attributes = names.map((name) => `${name}=${node.getAttribute(name).trim().replace(/\\s+/g, "")}`);
    const children = [...node.childNodes].filter((child) => child.nodeType !== Node.COMMENT_NODE).map(shape);
    return [node.localName, attributes, children.filter((child) => child !== "")];
  };
  const drawn = [...messages.values()].map((message) => shape(drawMessage(message, setting)));
  for (const time of list.querySelectorAll("time")) time.textContent = "";
  const served = items.map((item) => { item.classList.remove("follows"); return shape(item); });
  const blank = (node) => Array.isArray(node) ? [node[0], node[1], node[0] === "time" ? [] : node[2].map(blank)] : node;
  return [served.map(blank), drawn.map(blank)];
}
"""


def message(seq: int, author: str = "ben", **more: Any) -> dict[str, Any]:
    role = "facilitator" if author == "fay" else "member"
    return {
        "seq": seq,
        "version": seq,
        "author": {"id": author, "name": author.capitalize(), "role": role},
        "text": f"said {seq}",
        "at": f"2026-11-23T12:{seq:02}:00.000Z",
        "reply_to": None,
        "edited": False,
        "removed": None,
        "reactions": {},
        "pinned": False,
        **more,
    }


SAID = [
    message(1),
    message(2, "alice", text='Half a thought,\n\n<b>not bold</b> & "quoted"', edited=True),
    message(3, "fay", pinned=True, reply_to=2, reactions={"heart": 2, "same": 1}),
    message(4, text=None, removed={"by": "author", "guideline": None}),
    message(5, text=None, removed={"by": "facilitator", "guideline": "no-promotion"}, reply_to=1),
    message(6, text=None, removed={"by": "rules", "guideline": "respect"}, reactions={"hug": 1}),
    message(7, "alice", reply_to=4),
]


def served() -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "app/pages/templates"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["when"] = lambda at: datetime.fromisoformat(at).strftime("%H:%M")
    environment.filters["day"] = lambda at: datetime.fromisoformat(at).strftime("%d %B")
    page = environment.from_string(
        '{% from "_messages.html" import timeline %}{{ timeline(messages, guidelines, who, none, mine) }}'
    )
    return page.render(messages=SAID, guidelines=GUIDELINES, who={"id": "alice"}, mine={3: ["heart"]})


async def test_a_message_has_one_shape_whoever_draws_it(browser: Browser, files: str) -> None:
    context = await browser.new_context()
    try:
        page = await context.new_page()
        await page.goto(f"{files}/blank")
        argument = {"html": served(), "guidelines": GUIDELINES, "draw": "/chat/message.js", "mine": {"3": ["heart"]}}
        by_server, by_browser = await page.evaluate(COMPARE, argument)
    finally:
        await context.close()

    assert len(by_server) == len(SAID)
    assert by_browser == by_server

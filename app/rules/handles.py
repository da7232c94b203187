"""Names on other services, given so that people can reach somebody there: add me on snap, my insta is …."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

SERVICES: Final = frozenset(
    """
    insta instagram ig snap snapchat telegram tg discord psn xbox gamertag steam twitch tiktok twitter fb facebook
    messenger wechat weixin
    snaps instas kik skype signal reddit threads bluesky mastodon youtube cashapp venmo paypal revolut kakao kakaotalk
    viber imessage facetime
    roblox minecraft fortnite nintendo battlenet epic linkedin tumblr gmail hotmail icloud yahoo whatsapp page handle
    username usuario
    """.split()
)
"""A text that names none of these gives no name on one."""

_SERVICE: Final = (
    r"insta(?:gram)?|ig|snap(?:chat)?|telegram|tg|discord|psn|xbox|gamer ?tag|steam|twitch|tik ?tok|twitter|fb"
    r"|facebook|messenger|we ?chat|weixin"
    r"|kik|skype|signal|reddit|threads|bluesky|mastodon|youtube|cash ?app|venmo|paypal|revolut|kakao(?:talk)?|viber"
    r"|imessage|facetime"
    r"|roblox|minecraft|fortnite|nintendo|battle\.?net|epic|linkedin|tumblr|g ?mail|hotmail|icloud|yahoo|whats ?app"
    r"|page|handle|username|user ?name|usuario"
)
_HANDLE: Final = r"(?P<sign>[@$])?(?P<name>[a-z0-9](?:[\w.-]{0,38}[a-z0-9_])?(?:#\d{4})?)(?![\w@])"
_NAMED: Final = re.compile(
    rf"(?<![\w@])(?:{_SERVICE})(?:'?s)?(?P<told>[\s:=,(]{{1,3}}(?:(?:is|its|it's|add|im|i'm|am|name|id"
    rf"|user(?:name)?|handle|tag|es)\b)|\s?[:=])?(?:[\s:=,(]{{1,3}}|\.\.\. ?)(?:(?:is|are|its|it's|add|at|as|im|i'm"
    rf"|am|on|under|name|id|called|me|tag|es|now|one|account|too|-|{_SERVICE})[\s:=,]{{1,2}}){{0,4}}{_HANDLE}"
)
_ON: Final = re.compile(
    rf"(?<![\w@.$]){_HANDLE}[\s,(]{{1,2}}(?:(?:on|at|in|over|en|my|the|auf)[\s]){{1,2}}(?:{_SERVICE})\b"
)
_THERE: Final = re.compile(r"(?<![\w@.$])(?P<sign>[@$])(?P<name>[a-z0-9][\w.-]{1,38}[a-z0-9_])(?![\w@])")
_GIVEN: Final = re.compile(
    r"\b(?:add|find|dm|msg|message|text|write|contact|reach|search|tap|hit|hmu|ping|look (?:me|him|her|us) up"
    r"|voice note|friend me|my|ma|me|mine|im|i'm|i am"
    r"|his|her|our|us|him|private|agreg\w+|busc\w+|escrib\w+|mi|hanapin|cashapp|venmo|send|pay)\b"
)
_MARKED: Final = re.compile(r"(?=.*[a-z])(?:.*\d.*|.*[_].*|.*[a-z]\.[a-z].*)")
_WEB: Final = re.compile(r"\.(?:com|org|net|co|uk|ie|io|gov|edu|example|info)$")
_COUNT: Final = re.compile(r"\d+(?:am|pm|ish|h|hrs?|mins?|k|x|th|st|nd|rd|mg|ml|days?|wks?|yrs?)")
_AROUND: Final = 60


def handles(text: str) -> Iterator[tuple[int, int]]:
    """Places of such names in a folded text. A mention of a member here (@maud) is none."""
    for pattern in (_NAMED, _ON, _THERE):
        for match in pattern.finditer(text):
            around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            name = match["name"]
            told = pattern is _NAMED and match["told"]
            if _WEB.search(name) or _COUNT.fullmatch(name) or not (told or _GIVEN.search(around)):
                continue
            if pattern is _THERE and not (_MARKED.match(name) and re.search(rf"\b(?:{_SERVICE})\b", around)):
                continue
            if match["sign"] == "@" or _MARKED.match(name):
                yield match.start("sign" if match["sign"] else "name"), match.end("name")

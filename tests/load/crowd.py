"""A crowd for the benchmark: many members on raw sockets in one process, each message timed until its last reader has it.

Loopback only; bounded in connections, messages and time.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from dataclasses import dataclass, field

STAMP = re.compile(rb'"text":"Bench (\d+) ')
WORDS = "and some more words of the usual length, about the day and the night before it."


@dataclass
class Talk:
    """What was said and when each of its readers had it. Times in seconds of the monotonic clock."""

    readers: int
    pause: float = 0.0
    """Seconds between an acknowledgement and the writer's next message, half as much more or less by chance."""
    sent: dict[int, float] = field(default_factory=dict)
    heard: dict[int, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    """From sending to the last reader, of messages that all have read."""

    def hear(self, number: int) -> None:
        self.heard[number] = self.heard.get(number, 0) + 1
        if self.heard[number] == self.readers and number in self.sent:
            self.latencies.append(time.monotonic() - self.sent[number])


class Member(asyncio.Protocol):
    """One member on one socket. A writer says the next thing as soon as her last one was acknowledged."""

    def __init__(self, talk: Talk, port: int, cookie: str, room: str) -> None:
        self._talk, self._port, self._cookie, self._room = talk, port, cookie, room
        self.joined = asyncio.get_running_loop().create_future()
        self._buffer = b""
        self._upgraded = False
        self._transport: asyncio.Transport
        self.talking = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(
            f"GET /live HTTP/1.1\r\nHost: localhost:{self._port}\r\nOrigin: http://localhost:{self._port}\r\n"
            f"Cookie: {self._cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._upgraded:
            head, end, rest = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            assert head.startswith(b"HTTP/1.1 101"), head
            self._upgraded, self._buffer = True, rest
            self._send({"type": "room.join", "room": self._room})
        at = 0
        while (frame := self._frame(at)) is not None:
            body, at = frame
            self._take(body)
        self._buffer = self._buffer[at:]

    def connection_lost(self, _: Exception | None) -> None:
        if not self.joined.done():
            self.joined.set_exception(ConnectionError("closed before it had joined"))

    def say(self) -> None:
        """Say the next thing."""
        if not self.talking:
            return
        number = len(self._talk.sent) + 1
        self._talk.sent[number] = time.monotonic()
        text = f"Bench {number} {WORDS}"
        self._send({"type": "message.send", "room": self._room, "client_id": f"b{number}", "text": text})

    def close(self) -> None:
        self._transport.abort()

    def _take(self, body: bytes) -> None:
        if body.startswith(b'{"type":"message.posted"'):
            found = STAMP.search(body)
            if found is not None:
                self._talk.hear(int(found[1]))
            if b'"client_id"' in body and self.talking:
                asyncio.get_running_loop().call_later(self._talk.pause * random.uniform(0.5, 1.5), self.say)
        elif body.startswith(b'{"type":"room.joined"') and not self.joined.done():
            self.joined.set_result(None)
        elif body.startswith((b'{"type":"failed"', b'{"type":"message.')):
            raise AssertionError(body)

    def _frame(self, at: int) -> tuple[bytes, int] | None:
        """The next whole frame and where it ends (server frames carry no mask)."""
        data = self._buffer
        if len(data) < at + 2:
            return None
        size, start = data[at + 1] & 0x7F, at + 2
        extra = {126: 2, 127: 8}.get(size, 0)
        if extra:
            size, start = int.from_bytes(data[start : start + extra], "big"), start + extra
        end = start + size
        return None if len(data) < end else (data[start:end], end)

    def _send(self, frame: dict[str, object]) -> None:
        body = json.dumps(frame).encode()
        size = bytes((0x80 | len(body),)) if len(body) < 126 else b"\xfe" + len(body).to_bytes(2, "big")
        self._transport.write(b"\x81" + size + b"\0\0\0\0" + body)  # a mask of zeros leaves the text as it is


async def measure(
    port: int, cookies: list[str], rooms: list[str], each: int, seconds: float, pause: float
) -> dict[str, float]:
    """`each` members in each room, one of them writing; after a second of warming up, `seconds` are measured."""
    talk = Talk(each, pause)
    loop = asyncio.get_running_loop()
    members: list[Member] = []
    began = time.monotonic()
    for number, room in enumerate(room for room in rooms for _ in range(each)):
        cookie = cookies[number]
        made = await loop.create_connection(
            lambda cookie=cookie, room=room: Member(talk, port, cookie, room),  # type: ignore[misc]
            "127.0.0.1", port,
        )  # fmt: skip
        await asyncio.wait_for(made[1].joined, 30)
        members.append(made[1])
    joined = time.monotonic() - began
    for writer in members[::each]:
        writer.talking = True
        loop.call_later(random.random() * talk.pause, writer.say)
    await asyncio.sleep(1)
    talk.latencies.clear()
    began = time.monotonic()
    await asyncio.sleep(seconds)
    took, latencies = time.monotonic() - began, sorted(talk.latencies)
    for member in members:
        member.talking = False
        member.close()
    return {
        "joins_per_second": len(members) / joined,
        "messages_per_second": len(latencies) / took,
        "deliveries_per_second": len(latencies) * each / took,
        "p50_ms": 1000 * latencies[len(latencies) // 2],
        "p99_ms": 1000 * latencies[int(len(latencies) * 0.99)],
    }

"""Letters, by a real SMTP server and as files: whole, to one person, and discreet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from app.base import jobs
from app.base.errors import Unavailable
from app.base.jobs import Job
from app.mail import letters
from app.mail.letters import Letters
from app.mail.post import FilePost, SmtpPost, post_for
from tests.community.stage import Stage
from tests.site import free_port

pytestmark = pytest.mark.anyio

LINK = "https://chat.example.org/verify/a-token-of-some-length"


class Mailbox:
    """What the SMTP server received; `refuses`: how often it says no first."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], EmailMessage]] = []
        self.refuses = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refuses:
            self.refuses -= 1
            return "451 Not now"
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append((envelope.rcpt_tos, message))
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def smtp(mailbox: Mailbox) -> Iterator[str]:
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=True)
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


async def _letter(stage: Stage, post: Any, kind: letters.Kind = "verify", name: str = "alice") -> Letters:
    writer = Letters(stage.db, stage.keys, post, "Community <noreply@example.org>")
    who = await stage.person(name)
    async with stage.db.write() as connection:
        await writer.enqueue(connection, kind, who.id, LINK, stage.clock.now())
    return writer


async def _work(stage: Stage, writer: Letters) -> bool:
    return await jobs.work_once(stage.db, stage.clock, {letters.JOB: writer.send})


@pytest.mark.parametrize("kind", letters.SUBJECTS)
async def test_a_letter_arrives_whole_at_one_person(
    any_stage: Stage, smtp: str, mailbox: Mailbox, kind: letters.Kind
) -> None:
    assert await _work(any_stage, await _letter(any_stage, post_for(smtp, Path("/nowhere")), kind))
    [(recipients, message)] = mailbox.received
    assert recipients == ["alice@example.org"]
    assert message["To"] == "alice@example.org"
    assert message["From"] == "Community <noreply@example.org>"
    assert message["Subject"] == letters.SUBJECTS[kind]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@example.org>")
    assert message["Date"] is not None
    body = message.get_content()
    assert "Hello alice," in body
    assert LINK in body.splitlines()


@pytest.mark.parametrize("kind", letters.SUBJECTS)
async def test_a_letter_says_nothing_about_what_this_place_is(
    stage: Stage, smtp: str, mailbox: Mailbox, kind: letters.Kind
) -> None:
    await _work(stage, await _letter(stage, SmtpPost(smtp), kind))
    [(_, message)] = mailbox.received
    for word in ("cancer", "tumor", "oncolog", "illness", "support", "patient"):
        assert word not in message.as_string().lower()


async def test_a_letter_that_the_server_refused_is_sent_later_and_once(
    stage: Stage, smtp: str, mailbox: Mailbox
) -> None:
    mailbox.refuses = 1
    writer = await _letter(stage, SmtpPost(smtp))
    assert await _work(stage, writer)
    assert mailbox.received == []
    assert not await _work(stage, writer)
    stage.clock.go(seconds=10)
    assert await _work(stage, writer)
    assert not await _work(stage, writer)
    assert len(mailbox.received) == 1


async def test_a_server_that_is_not_there_or_speaks_no_tls_is_unavailable(smtp: str) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "a@example.org", "b@example.org"
    for url in (f"smtp://127.0.0.1:{free_port()}", smtp.replace("smtp:", "smtps:")):
        with pytest.raises(Unavailable):
            await SmtpPost(url).deliver(message)


async def test_a_member_who_is_gone_gets_no_letter(stage: Stage, tmp_path: Path) -> None:
    writer = Letters(stage.db, stage.keys, FilePost(tmp_path), "Community <noreply@example.org>")
    async with stage.db.write() as connection:
        await writer.enqueue(connection, "verify", "nobody", LINK, stage.clock.now())
    assert await _work(stage, writer)
    assert not any(name.endswith(".eml") for name in os.listdir(tmp_path))  # noqa: PTH208 - quick, and nothing waits


async def test_the_link_is_sealed_while_the_letter_waits(stage: Stage, tmp_path: Path) -> None:
    await _letter(stage, FilePost(tmp_path))
    async with stage.db.read() as connection:
        payload = (await connection.execute(select(Job.payload))).scalar_one()
    assert "verify/" not in payload
    assert "alice" not in payload


async def test_without_a_server_letters_are_files(stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "mail"
    writer = await _letter(stage, post_for("", folder.parent), name="ñandú")
    assert await _work(stage, writer)
    [file] = folder.iterdir()
    assert file.suffix == ".eml"
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert "Hello ñandú," in message.get_content()


async def test_what_an_address_says_of_the_server_is_understood() -> None:
    full = SmtpPost("smtps://us%40er:p%3Aw@mail.example.org")
    assert (full._host, full._port, full._user, full._password, full._tls) == (
        "mail.example.org",
        465,
        "us@er",
        "p:w",
        True,
    )
    plain = SmtpPost("smtp://mail.example.org")
    assert (plain._port, plain._user, plain._tls) == (587, None, False)


@given(name=st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40))
def test_any_name_makes_a_letter_with_one_recipient(name: str) -> None:
    writer = Letters.__new__(Letters)
    writer._sender = "Community <noreply@example.org>"
    whole = writer._message("Subject", "alice@example.org", f"Hello {name},").as_bytes()
    message = message_from_bytes(whole, policy=policy.default)
    assert message.get_all("to") == ["alice@example.org"]
    assert message.get_all("bcc") is None

"""What the doctor finds at Redis, mail, rooms, rules, the encoder and time zones; each fault really made."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import shutil
import signal
import ssl
import sys
import zoneinfo
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.base.encoder import WIDTH
from app.ops.checks.finding import Finding
from app.ops.checks.house import encoder_weighs, rooms_are_readable, rules_judge, zones_are_there
from app.ops.checks.servers import mail_leaves, redis_answers
from app.rules.meaning import HEADS, LABELS
from app.settings import RULE_IDS
from tests.servers import REPOSITORY, RedisServer
from tests.site import free_port, settings_for

pytestmark = pytest.mark.anyio

ROOMS = REPOSITORY / "rooms"
PASSWORD = "Grevillea7"
ELSEWHERE = "127.0.0.2"
"""This machine, by an address that the post does not take for this machine: it wants TLS there."""


def only(found: Sequence[Finding], state: str, *words: str) -> Finding:
    [finding] = found
    assert finding.state == state, finding
    for word in words:
        assert word in finding.what, finding
    assert PASSWORD not in str(finding)
    assert state != "fault" or finding.to_do
    return finding


# Redis


async def redis_of(url: str) -> Sequence[Finding]:
    return await redis_answers(settings_for(Path("/nowhere"), 1, redis_url=url))


async def test_a_redis_that_answers_is_fine_and_a_dead_one_a_fault(redis_server: RedisServer) -> None:
    only(await redis_of(redis_server.url), "ok", "is heard")
    redis_server.signal(signal.SIGSTOP)
    only(await redis_of(redis_server.url), "fault", "no answer in time")
    redis_server.signal(signal.SIGCONT)
    only(await redis_of(redis_server.url), "ok")
    redis_server.stop()
    only(await redis_of(redis_server.url), "fault", "connection refused")


async def test_without_redis_none_is_missed() -> None:
    only(await redis_of(""), "ok")


async def test_a_cluster_of_which_no_node_answers_is_a_fault() -> None:
    hosts = ",".join(f"127.0.0.1:{free_port()}" for _ in range(2))
    only(await redis_of(f"redis+cluster://{hosts}"), "fault", hosts.split(",")[0], "connection refused")


async def test_a_redis_that_refuses_the_password_or_its_topics_is_a_fault(tmp_path: Path) -> None:
    deaf = ("--user", "deaf", "on", f">{PASSWORD}", "~*", "+@all", "resetchannels")
    with RedisServer(tmp_path, options=("--requirepass", PASSWORD, *deaf)) as server:
        place = server.url.removeprefix("redis://")
        only(await redis_of(f"redis://:{PASSWORD}@{place}"), "ok")
        only(await redis_of(f"redis://:{PASSWORD}not@{place}"), "fault", "refuses the name or the password")
        only(await redis_of(f"redis://{place}"), "fault", "refuses the name or the password")
        only(await redis_of(f"redis://deaf:{PASSWORD}@{place}"), "fault", "does not let this name")


# Mail


class Handler:
    """Notes every letter that somebody begins."""

    def __init__(self) -> None:
        self.begun = 0

    async def handle_MAIL(self, *_: Any) -> str:  # noqa: N802
        self.begun += 1
        return "250 OK"


@contextlib.contextmanager
def smtp(host: str = "127.0.0.1", **options: Any) -> Iterator[str]:
    """A server, and its place. In the end: nobody began a letter."""
    controller = Controller(handler := Handler(), hostname=host, port=free_port(), **options)
    controller.start()
    try:
        yield f"{host}:{controller.port}"
    finally:
        controller.stop()
    assert handler.begun == 0


async def mail_of(url: str, folder: Path = Path("/nowhere")) -> Sequence[Finding]:
    return await mail_leaves(settings_for(folder, 1, smtp_url=url))


async def test_a_mail_server_that_answers_is_fine_and_a_closed_port_a_fault() -> None:
    with smtp() as place:
        only(await mail_of(f"smtp://{place}"), "ok", "Nothing was sent")
        only(await mail_of(f"smtps://{place}"), "fault", "does not speak TLS")
    only(await mail_of(f"smtp://{place}"), "fault", "connection refused")


async def test_a_mail_server_that_refuses_the_password_is_a_fault() -> None:
    def knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=given.password == PASSWORD.encode(), handled=False)

    with smtp(authenticator=knows, auth_require_tls=False) as place:
        only(await mail_of(f"smtp://you:{PASSWORD}@{place}"), "ok", "signed in")
        refused = only(await mail_of(f"smtp://you:{PASSWORD}not@{place}"), "fault", "refuses the name or the password")
        assert "percent-encoded" in refused.to_do


async def test_a_server_elsewhere_must_offer_tls_that_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with smtp(ELSEWHERE) as place:
        only(await mail_of(f"smtp://{place}"), "fault", "no STARTTLS")
    certificate, context = certified(tmp_path)
    with smtp(ELSEWHERE, tls_context=context) as place:
        only(await mail_of(f"smtp://{place}"), "fault", "certificate does not hold")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        only(await mail_of(f"smtp://{place}"), "ok")


def certified(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for ELSEWHERE that nobody trusts who was not told to."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a test")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(1), now + timedelta(1))
    place = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(ELSEWHERE))])
    made = builder.add_extension(place, critical=False).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "certificate").write_bytes(made.public_bytes(pem))
    (folder / "key").write_bytes(secret)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "certificate", folder / "key")
    return folder / "certificate", context


async def test_letters_as_files_are_fine_at_home_and_worth_a_look_on_a_real_site(tmp_path: Path) -> None:
    only(await mail_of("", tmp_path / "not" / "yet"), "ok")
    only(await mail_of("", Path("/dev/null/x")), "fault", "not a directory")
    real = settings_for(tmp_path, 1, site_url="https://example.org")
    only(await mail_leaves(real), "notice", "nobody gets them")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - quick, and nothing waits


# Rooms and rules


async def test_a_room_file_that_cannot_be_read_is_a_fault_with_its_line(tmp_path: Path) -> None:
    only(await rooms_are_readable(ROOMS), "ok", "rooms")
    folder = tmp_path / "rooms"
    shutil.copytree(ROOMS, folder)
    with (folder / "breast.toml").open("a") as file:
        file.write("\nnonsense = 1\n")
    only(await rooms_are_readable(folder), "fault", "breast.toml, line", "nonsense")
    only(await rooms_are_readable(tmp_path / "none"), "fault", "cannot be read")


async def test_rules_that_judge_are_fine_and_without_their_weights_nothing_can_be_posted(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, 1)
    only(await rules_judge(settings, ROOMS, HEADS), "ok")
    only(await rules_judge(settings, tmp_path / "none", HEADS), "ok")
    only(await rules_judge(settings, ROOMS, tmp_path / "heads.npz"), "fault", "heads.npz is missing")


async def test_rules_that_are_switched_off_are_named(tmp_path: Path) -> None:
    off = settings_for(tmp_path, 1, rules_disabled="scam,encoder", pace_seconds=0)
    told = only(await rules_judge(off, ROOMS, HEADS), "notice", "scam", "PACE_SECONDS=0")
    assert "encoder" not in told.what


# The encoder


def field(number: int, value: int | str | bytes) -> bytes:
    """A field of a protocol buffer."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    body = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(body)) + body


def varint(value: int) -> bytes:
    return bytes([value & 127 | 128]) + varint(value >> 7) if value > 127 else bytes([value])


def network(labels: int) -> bytes:
    """The smallest network of the encoder's shape: the mean of the words, and of that the first numbers."""

    def numbers(name: str, *values: int) -> bytes:
        return field(5, field(1, name) + b"".join(field(8, each) for each in values) + field(20, 7))

    def one(name: str, value: int) -> bytes:
        return field(5, field(1, name) + field(3, value) + field(20, 2))

    def value(name: str, *sizes: int | str) -> bytes:
        dims = b"".join(field(1, field(1 if isinstance(size, int) else 2, size)) for size in sizes)
        return field(1, name) + field(2, field(1, field(1, 1) + field(2, dims)))

    mean = field(1, "words") + field(2, "mean") + field(4, "ReduceMean") + numbers("axes", 1) + one("keepdims", 0)
    cut = field(1, "mean") + field(2, "scores") + field(4, "Slice")
    cut += numbers("axes", 1) + numbers("starts", 0) + numbers("ends", labels)
    graph = field(1, mean) + field(1, cut) + field(2, "encoder") + field(12, value("scores", "texts", labels))
    graph += field(11, value("words", "texts", "length", WIDTH)) + field(11, value("mask", "texts", "length", 1))
    return field(1, 8) + field(7, graph) + field(8, field(1, "") + field(2, 9))


async def test_an_encoder_that_weighs_is_fine_and_one_that_does_not_fit_a_fault(tmp_path: Path) -> None:
    settings, graph = settings_for(tmp_path, 1, rules_disabled=()), tmp_path / "encoder.onnx"
    graph.write_bytes(network(len(LABELS)))
    only(await encoder_weighs(settings, graph), "ok")
    graph.write_bytes(network(len(LABELS) - 1))
    only(await encoder_weighs(settings, graph), "fault", "does not fit")
    graph.write_bytes(b"version of a file that was never fetched")
    only(await encoder_weighs(settings, graph), "fault", "damaged")


async def test_without_its_network_or_its_package_the_lower_storeys_judge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, graph = settings_for(tmp_path, 1, rules_disabled=()), tmp_path / "encoder.onnx"
    alone = "by words and light heads alone"
    told = only(await encoder_weighs(settings, graph), "notice", alone, "encoder.onnx is missing")
    assert "bin/setup" in told.to_do
    graph.write_bytes(network(len(LABELS)))
    monkeypatch.setitem(sys.modules, "sentencepiece", None)
    assert "bin/setup" in only(await encoder_weighs(settings, graph), "notice", alone, "sentencepiece").to_do


@pytest.mark.parametrize("disabled", ["encoder", ",".join(sorted(RULE_IDS))])
async def test_an_encoder_that_nobody_wants_is_not_missed(tmp_path: Path, disabled: str) -> None:
    settings = settings_for(tmp_path, 1, rules_disabled=disabled)
    assert not only(await encoder_weighs(settings, tmp_path / "none.onnx"), "notice", "as RULES_DISABLED says").to_do


# Time zones


async def test_time_zones_are_there_and_missed_when_nobody_brings_them(monkeypatch: pytest.MonkeyPatch) -> None:
    only(await zones_are_there(), "ok")
    for name in [name for name in sys.modules if name.partition(".")[0] == "tzdata"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "tzdata", None)
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    try:
        only(await zones_are_there(), "fault", "Europe/Berlin")
    finally:
        zoneinfo.reset_tzpath()

"""The table of settings: what each accepts, what it is without being set, and what a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import RULE_IDS, Settings, SettingsError, read
from tests.site import SECRET

MALFORMED = {
    "PORT": ["-1", "65536", "http", "80.5"],
    "SITE_URL": [
        "https://example.org:abc",
        "https://example.org/#top",
        "https://me@example.org",
        "chat.example.org",
        "ftp://chat.example.org",
        "https://",
        "https://a.example/path",
        "https://a.example?q",
    ],
    "SITE_NAME": ["x" * 61],
    "DATABASE_URL": ["mysql://x", "sqlite", "postgresql:", "oracle://x"],
    "REDIS_URL": ["http://localhost", "localhost:6379"],
    "SMTP_URL": ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://mail:abc", "smtp://mail:99999"],
    "MAIL_FROM": ["Community", "a@example.org\nBcc: b@example.org"],
    "CONTACT_EMAIL": ["help", "a@b\r"],
    "SECRET_KEYS": ["short", f"{SECRET},short"],
    "WEB_CONCURRENCY": ["0", "65", "many"],
    "DEVELOPMENT": ["perhaps", "2"],
    "PACE_BURST": ["0", "x", "1000001"],
    "PACE_SECONDS": ["-1", "3601", "x"],
    "FRAME_BURST": ["0", "x"],
    "FRAME_SECONDS": ["-0.1", "x"],
    "RULES_DISABLED": ["everything", "pace,everything"],
    "PUBLIC_DELAY": ["-1", "x", "31536001"],
}
GOOD = {
    "PORT": "8080", "HOST": "0.0.0.0", "SITE_URL": "https://Chat.Example.org/", "SITE_NAME": "Our place",
    "DATABASE_URL": "postgresql://u:p@h/d", "REDIS_URL": "redis+cluster://a:1,b:2", "SMTP_URL": "smtps://u:p@mail:465",
    "MAIL_FROM": "Us <us@example.org>", "CONTACT_EMAIL": "help@example.org", "SECRET_KEYS": f"{SECRET}, {SECRET}2",
    "DATA_DIR": "/srv/data", "WEB_CONCURRENCY": "4", "DEVELOPMENT": "1", "PACE_BURST": "1", "PACE_SECONDS": "0",
    "FRAME_BURST": "1", "FRAME_SECONDS": "0", "RULES_DISABLED": " pace , cursing ,", "PUBLIC_DELAY": "0",
    "TRUSTED_PROXIES": "10.0.0.1,10.0.0.2", "METRICS_TOKEN": "t",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in MALFORMED.items() for value in values])
def test_a_malformed_value_stops_the_start_with_its_name_and_what_it_accepts(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read()
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as told:
        read()
    assert str(told.value) == f"{name} accepts {Settings.model_fields[name.lower()].description}"


def test_every_setting_may_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {name.lower() for name in GOOD} == set(Settings.model_fields)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    settings = read()
    assert settings.database == "postgresql+asyncpg://u:p@h/d"
    assert settings.secret_keys == (SECRET, f"{SECRET}2")
    assert settings.rules_disabled == ("pace", "cursing")
    assert settings.trusted_proxies == ("10.0.0.1", "10.0.0.2")
    assert (settings.url, settings.secure, settings.on_sqlite) == ("https://chat.example.org", True, False)
    assert settings.origins == {"https://chat.example.org"}


def test_every_setting_but_free_text_has_a_malformed_value_above() -> None:
    free = {"HOST", "DATA_DIR", "TRUSTED_PROXIES", "METRICS_TOKEN"}
    assert set(MALFORMED) | free == {name.upper() for name in Settings.model_fields}
    assert all(field.description for field in Settings.model_fields.values())


def test_nothing_needs_to_be_set() -> None:
    settings = read()
    assert settings.database == f"sqlite+aiosqlite:///{Path('var') / 'cancerconnect.db'}"
    assert (settings.url, settings.secure, settings.on_sqlite) == ("http://localhost:8000", False, True)
    assert settings.origins == {f"http://{host}:8000" for host in ("localhost", "127.0.0.1", "[::1]")}
    assert (settings.pace_burst, settings.pace_seconds, settings.public_delay) == (6, 4.0, 600)
    assert settings.site_name == "CancerConnect"
    assert "cancer" not in settings.mail_from.lower()
    assert not settings.development


@pytest.mark.parametrize("name", sorted(MALFORMED))
def test_an_empty_value_is_as_good_as_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    without = read()
    monkeypatch.setenv(name, "")
    assert read() == without


def test_plain_http_is_for_this_machine_or_for_development(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "http://chat.example.org")
    with pytest.raises(SettingsError, match="SITE_URL accepts https"):
        read()
    monkeypatch.setenv("DEVELOPMENT", "1")
    assert not read().secure
    monkeypatch.setenv("DEVELOPMENT", "0")
    for host in ("localhost:8000", "127.0.0.1", "[::1]:8000"):
        monkeypatch.setenv("SITE_URL", f"http://{host}")
        assert read().url == f"http://{host}"


def test_what_a_setting_holds_is_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, secret in (("SECRET_KEYS", "tooshort"), ("DATABASE_URL", "mysql://u:tooshort@h/d")):
        monkeypatch.setenv(name, secret)
        with pytest.raises(SettingsError) as told:
            read()
        assert "tooshort" not in str(told.value)
        assert told.value.__cause__ is None
        monkeypatch.delenv(name)


def test_every_rule_may_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RULES_DISABLED", ",".join(RULE_IDS))
    assert set(read().rules_disabled) == RULE_IDS

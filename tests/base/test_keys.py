"""Secrets: sealing, moving, rotating, indexing; tokens and kept keys."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import Misconfigured
from app.base.keys import Keyring, digest, kept_keys, new_token, opaque_id, ordered_id

OLD, NEW = "an old key of at least thirty-two characters", "a new key of at least thirty-two characters"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT, TEXT)
def test_what_is_sealed_opens_in_its_place_and_shows_nothing(value: str, place: str) -> None:
    keys = Keyring([OLD])
    sealed = keys.seal(value, place)
    assert keys.open(sealed, place) == value
    assert keys.seal(value, place) != sealed
    with pytest.raises(Misconfigured):
        keys.open(sealed, place + "x")


def test_a_changed_value_does_not_open() -> None:
    keys = Keyring([OLD])
    version, key, body = keys.seal("nina@example.org", "member.email.1").split(".")
    raw = bytearray(base64.urlsafe_b64decode(body))
    for position in (0, len(raw) // 2, len(raw) - 1):
        changed = bytearray(raw)
        changed[position] ^= 1
        with pytest.raises(Misconfigured):
            keys.open(f"{version}.{key}.{base64.urlsafe_b64encode(changed).decode()}", "member.email.1")
    assert (
        keys.open(f"{version}.{key}.{base64.urlsafe_b64encode(raw).decode()}", "member.email.1") == "nina@example.org"
    )


def test_after_a_rotation_old_values_open_new_ones_are_sealed_by_the_new_key_and_a_gone_key_is_named() -> None:
    sealed = Keyring([OLD]).seal("x", "p")
    rotated = Keyring([NEW, OLD])
    assert rotated.open(sealed, "p") == "x"
    fresh = rotated.seal("x", "p")
    assert Keyring([NEW]).open(fresh, "p") == "x"
    with pytest.raises(Misconfigured, match="SECRET_KEYS"):
        Keyring([NEW]).open(sealed, "p")


def test_an_index_finds_the_same_address_however_it_is_typed_and_under_each_key() -> None:
    keys, rotated = Keyring([OLD]), Keyring([NEW, OLD])
    assert keys.index(" Nina@Example.ORG ") == keys.index("nina@example.org")
    assert keys.index("ｎina@example.org") == keys.index("nina@example.org")
    assert keys.index("nina@example.org") != keys.index("mina@example.org")
    assert keys.index("nina@example.org") != rotated.index("nina@example.org")
    assert keys.index("nina@example.org") in rotated.indexes("nina@example.org")
    assert keys.index("nina@example.org") != digest("nina@example.org")


def test_a_ring_without_keys_is_none() -> None:
    with pytest.raises(Misconfigured, match="SECRET_KEYS"):
        Keyring([])


def test_tokens_and_ids_are_long_and_never_the_same() -> None:
    assert len({new_token() for _ in range(100)}) == len({opaque_id() for _ in range(100)}) == 100
    assert (len(new_token()), len(opaque_id()), len(digest("x"))) == (43, 22, 64)


def test_ordered_ids_follow_the_time() -> None:
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    ids = [ordered_id(moment + timedelta(milliseconds=number)) for number in range(50)]
    assert ids == sorted(ids)
    assert {len(each) for each in ids} == {32}
    assert ordered_id(moment) != ordered_id(moment)


def test_the_key_of_a_default_setup_is_made_once_and_is_its_owners_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    made = kept_keys(folder)
    assert kept_keys(folder) == made
    assert len(made[0]) >= 32
    assert (folder / "secret-keys").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in folder.iterdir()] == ["secret-keys"]
    (folder / "secret-keys").write_text(f"{NEW}\n{OLD}\n")
    assert kept_keys(folder) == (NEW, OLD)

"""Secrets: opaque ids and tokens, their digests, and values sealed at rest.

Sealed values are AES-256-GCM-SIV with the key's id in front and their place (table.column.row) as associated data,
so that a value moved to another row does not open. Newest key first; older ones still open.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.base.errors import Misconfigured

NONCE_BYTES = 12


def new_token() -> str:
    """256 random bits, 43 characters of base64url: the value of a cookie or of a link."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token: SHA-256, 64 hex digits; 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def opaque_id() -> str:
    """128 random bits, 22 characters: says nothing about age or number."""
    return secrets.token_urlsafe(16)


def ordered_id(now: datetime) -> str:
    """48 bits of milliseconds and 80 random bits, 32 hex digits: new rows go to the end of an index."""
    return f"{int(now.timestamp() * 1000):012x}{secrets.token_hex(10)}"


class Keyring:
    """The secret keys, newest first."""

    def __init__(self, secret_keys: Sequence[str]) -> None:
        if not secret_keys:
            raise Misconfigured("SECRET_KEYS: at least one key is needed.")
        self._sealing = {_key_id(key): AESGCMSIV(_derive(key, b"seal")) for key in secret_keys}
        self._newest = _key_id(secret_keys[0])
        self._indexing = tuple(_derive(key, b"index") for key in secret_keys)

    def seal(self, value: str, place: str) -> str:
        """`value` sealed for `place` (table.column.row): `v1.KEY.BASE64`."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._sealing[self._newest].encrypt(nonce, value.encode(), place.encode())
        return f"v1.{self._newest}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, place: str) -> str:
        """The value again. Raises Misconfigured when its key is gone or it was moved or changed."""
        _, key_id, body = sealed.split(".")
        raw = base64.urlsafe_b64decode(body)
        try:
            return self._sealing[key_id].decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode()).decode()
        except (KeyError, InvalidTag) as error:
            raise Misconfigured("SECRET_KEYS: a sealed value does not open with any of these keys.") from error

    def index(self, value: str) -> str:
        """A blind index for equality: HMAC-SHA-256 under the newest key, 64 hex digits."""
        return self.indexes(value)[0]

    def indexes(self, value: str) -> list[str]:
        """The same under each key, newest first: a look-up during a rotation asks for all."""
        folded = unicodedata.normalize("NFKC", value).strip().casefold().encode()
        return [hmac.new(key, folded, hashlib.sha256).hexdigest() for key in self._indexing]


def kept_keys(folder: Path) -> tuple[str, ...]:
    """The key of a setup that was given none: made once, kept in `folder`/secret-keys, readable by its owner only."""
    file = folder / "secret-keys"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".secret-keys-{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48) + "\n")
        try:
            os.link(draft, file)  # fails when another process was first: then its key counts
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return tuple(file.read_text().replace("\n", ",").strip(",").split(","))


def _key_id(key: str) -> str:
    return hashlib.sha256(b"id" + key.encode()).hexdigest()[:8]


def _derive(key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"cancerconnect " + purpose).derive(key.encode())

"""The settings: one table, read from the environment once, at the start.

Every field below is a setting of the same name in capitals; its description is what `docs/operating.md` says.
A malformed value stops the start with the setting's name and what it accepts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

CommaList = Annotated[tuple[str, ...], NoDecode]
RULE_IDS = frozenset(
    {"cursing", "respect", "medical-advice", "promotion", "scam", "personal-data", "similar-posts", "pace"}
)
NOT_ASKED = RULE_IDS | {"encoder"}
"""What RULES_DISABLED can name: a rule, or the sentence encoder, without which the light heads judge alone."""
DATABASES = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class SettingsError(ValueError):
    """A setting that cannot be used; the text names it and says what it accepts."""


class Settings(BaseSettings):
    """What an operator can decide. Immutable; built once, handed down."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    port: int = Field(8000, ge=0, le=65535, description="a TCP port; where the web process listens")
    host: str = Field("127.0.0.1", min_length=1, description="an address of this machine; where it listens")
    site_url: str = Field("", description="http(s)://host[:port] as members type it; default http://localhost:PORT")
    site_name: str = Field("CancerConnect", min_length=1, max_length=60, description="1 to 60 characters")
    database_url: str = Field("", description="sqlite:///FILE or postgresql://…; default a file in DATA_DIR")
    redis_url: str = Field("", description="redis://, rediss://, unix:// or redis+cluster://; without it one process")
    smtp_url: str = Field(
        "", description="smtp://[user:password@]host[:port] or smtps://…; without it files in DATA_DIR/mail"
    )
    mail_from: str = Field(
        "Community <noreply@localhost>", description="Name <address>; the name is neutral as shipped"
    )
    contact_email: str = Field("", description="an e-mail address, shown at the foot of every page")
    secret_keys: CommaList = Field((), description="comma list, newest first, each of 32 or more characters")
    data_dir: Path = Field(
        Path("var"), description="a folder for the database, the keys and the mail of the default setup"
    )
    web_concurrency: int = Field(1, ge=1, le=64, description="1 to 64 web processes; more than one needs REDIS_URL")
    development: bool = Field(default=False, description="0 or 1; 1 allows plain http and pretend sessions")
    pace_burst: int = Field(6, ge=1, le=1_000_000, description="1 to 1000000 messages of a member at once")
    pace_seconds: float = Field(4.0, ge=0, le=3600, description="0 to 3600 seconds for each further message")
    frame_burst: int = Field(120, ge=1, le=1_000_000, description="1 to 1000000 frames of a connection at once")
    frame_seconds: float = Field(0.1, ge=0, le=3600, description="0 to 3600 seconds for each further frame")
    rules_disabled: CommaList = Field(
        (), description="comma list of rule ids or encoder: " + ", ".join(sorted(NOT_ASKED))
    )
    public_delay: int = Field(
        600, ge=0, le=31_536_000, description="0 to 31536000 seconds before the public sees a message"
    )
    trusted_proxies: CommaList = Field((), description="comma list of addresses whose X-Forwarded-For is believed")
    metrics_token: str = Field(
        "", description="a bearer token that /metrics asks for; without one only this machine is answered"
    )

    @field_validator("secret_keys", "rules_disabled", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("rules_disabled")
    @classmethod
    def _known_rules(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not NOT_ASKED.issuperset(value):
            raise ValueError("unknown rule")
        return value

    @field_validator("secret_keys")
    @classmethod
    def _long_keys(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if any(len(key) < 32 for key in value):  # noqa: PLR2004 - 32 characters of base64 are 192 bits
            raise ValueError("too short")
        return value

    @field_validator("site_url")
    @classmethod
    def _origin_only(cls, value: str) -> str:
        parts = urlsplit(value)
        extra = parts.path.strip("/") or parts.query or parts.fragment or parts.username
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or extra or parts.port == 0):
            raise ValueError("no origin")
        return f"{parts.scheme}://{parts.netloc}".lower() if value else ""

    @field_validator("database_url")
    @classmethod
    def _driver(cls, value: str) -> str:
        scheme, _, rest = value.partition("://")
        if value and (scheme not in DATABASES or not rest):
            raise ValueError("unknown database")
        return f"{DATABASES[scheme]}://{rest}" if value else ""

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://", "redis+cluster://")):
            raise ValueError("unknown scheme")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _smtp(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.port == 0):
            raise ValueError("unknown scheme")
        return value

    @field_validator("mail_from", "contact_email")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and ("@" not in value or any(ord(sign) < 32 for sign in value)):  # noqa: PLR2004 - control characters
            raise ValueError("no address")
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        parts = urlsplit(self.site_url)
        if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"} and not self.development:
            raise SettingsError("SITE_URL accepts https:// only, unless DEVELOPMENT=1")
        return self

    @property
    def rules_off(self) -> tuple[str, ...]:
        """The rules that are not asked."""
        return tuple(name for name in self.rules_disabled if name in RULE_IDS)

    @property
    def encoder_wanted(self) -> bool:
        """Whether the sentence encoder is to be loaded: not when it, or every rule that it serves, is disabled."""
        return "encoder" not in self.rules_disabled and not RULE_IDS.issubset(self.rules_disabled)

    @property
    def url(self) -> str:
        """The address members type, without a slash at its end."""
        return self.site_url or f"http://localhost:{self.port}"

    @property
    def origins(self) -> frozenset[str]:
        """The origins whose forms and sockets are served: exactly SITE_URL; without it, this machine's own names."""
        return frozenset({self.site_url} if self.site_url else {f"http://{host}:{self.port}" for host in LOOPBACK})

    @property
    def secure(self) -> bool:
        """Whether members come by https: cookies then carry `__Host-` and `Secure`."""
        return self.url.startswith("https://")

    @property
    def database(self) -> str:
        """The SQLAlchemy address, with its asynchronous driver."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'cancerconnect.db'}"

    @property
    def on_sqlite(self) -> bool:
        return self.database.startswith("sqlite")


def read(**overrides: Any) -> Settings:
    """The settings of this environment. Raises SettingsError naming the setting and what it accepts."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        if not first["loc"]:
            raise SettingsError(str(first["ctx"]["error"])) from None
        field = str(first["loc"][0])
        raise SettingsError(f"{field.upper()} accepts {Settings.model_fields[field].description}") from None

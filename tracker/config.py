"""Settings: places, addresses and secrets, from the environment or ``clausewatch.toml``."""

from __future__ import annotations

import os
import secrets
from ipaddress import ip_network
from pathlib import Path
from tempfile import mkstemp
from typing import Literal
from urllib.parse import unquote, urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from tracker.errors import UsageError

DEMO_MARK = "clausewatch-demo"  # a file that says: this home is a demo's
BUILT_IN = Path(__file__).parent.parent / "crawlers" / "declarations"


class Settings(BaseSettings):
    """Everything an operator may set; each has a default that keeps mail and traffic at home."""

    model_config = SettingsConfigDict(env_prefix="CLAUSEWATCH_", toml_file="clausewatch.toml", extra="forbid")

    home: Path = Path("clausewatch-home")
    declarations: Path | None = None
    database_url: str = ""
    contact: str = ""
    mail_from: str = "clausewatch@localhost"
    operator_email: str = ""
    smtp_url: str = ""
    smtp_pause: float = 0.05
    smtp_patience: float = 30.0
    translate_url: str = ""
    translate_key: str = ""
    base_url: str = "http://127.0.0.1:8000"
    secret_key: str = ""
    operator_password_hash: str = ""
    operator_header: str = ""
    trusted_proxies: str = "127.0.0.1,::1"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"
    corpus: str = ""
    browser: str = ""  # read by the fetching child, too
    looks_per_day: int = Field(default=0, ge=0)
    pages_per_minute: int = Field(default=30_000, ge=1)
    questions_per_minute: int = Field(default=300, ge=1)
    sign_ups_per_hour: int = Field(default=20, ge=1)

    @field_validator("base_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        for network in filter(None, value.replace(" ", "").split(",")):
            ip_network(network, strict=False)
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over ``clausewatch.toml``."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def database(self) -> Path:
        """The database file in the home, or where ``sqlite:///PATH`` says."""
        prefix = "sqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.database_url else self.home / "clausewatch.db"

    @property
    def archive(self) -> Path:
        """The folder of raw exchanges."""
        return self.home / "archive"

    @property
    def locks(self) -> Path:
        """The folder in which processes agree whose turn it is at a host, and remember what hosts ask for."""
        return self.home / "locks"

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of declarations: our own, and a further one; in the home of a demo only the demo's."""
        if (self.home / DEMO_MARK).exists():
            return (self.home / "declarations",)
        return (BUILT_IN, self.declarations) if self.declarations else (BUILT_IN,)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What a log must not hold: our key, and the passwords and keys of services."""
        password = urlsplit(self.smtp_url).password or "" if self.smtp_url else ""
        texts = (self.key().decode(), password, unquote(password), self.translate_key, self.operator_password_hash)
        return tuple(filter(None, texts))

    def key(self) -> bytes:
        """Return the secret key; made once and kept in the home, readable by its owner only, when none is set."""
        if self.secret_key.strip():
            return self.secret_key.strip().encode()
        path = self.home / "secret.key"
        if not path.exists():
            _make_key(path)
        key = path.read_text(encoding="ascii").strip()
        if not key:
            raise UsageError(f"{path}: the secret key is empty; remove the file and a new one is made")
        return key.encode()


def _make_key(path: Path) -> None:
    """Put a new key in place whole, unless another process was first: then its key is the home's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = mkstemp(prefix=".secret.", dir=path.parent)  # readable by its owner only
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(name, path)
        except FileExistsError:
            return
        except OSError:  # a file system without links
            if not path.exists():
                Path(name).rename(path)
    finally:
        Path(name).unlink(missing_ok=True)


def load(**overrides: object) -> Settings:
    """Return the settings; raises UsageError naming the setting that is wrong."""
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"setting {name}: {first['msg']}") from None
    if settings.operator_header and "trusted_proxies" not in settings.model_fields_set:
        raise UsageError("setting operator_header: name the proxy that sets it in trusted_proxies, too")
    if settings.database_url and not settings.database_url.startswith("sqlite:///"):
        raise UsageError("setting database_url: only sqlite:///PATH is supported so far")
    return settings

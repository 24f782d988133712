"""Settings: places, addresses and secrets, from the environment or ``clausewatch.toml``."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
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

from crawlers.egress.address_policy import LOOPBACK, AddressPolicy, allowed_targets, target_of
from storage.database.place import POSTGRESQL, StorePlace, store_place
from tracker.errors import UsageError

_PREFIX = "CLAUSEWATCH_"
_FILE = "clausewatch.toml"
_READ_ELSEWHERE = (
    "archive",
    "database",
    "now",
    "full_fetch_days",
    "most_new",
    "axe",
    "test_stores",
    "test_postgresql",
)  # by the crawl, and by tests
DEMO_MARK = "clausewatch-demo"  # a file that says: this home is a demo's
BUILT_IN = Path(__file__).parent.parent / "crawlers" / "declarations"


class Settings(BaseSettings):
    """Everything an operator may set; each has a default that keeps mail and traffic at home."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, toml_file=_FILE, extra="forbid", use_attribute_docstrings=True
    )

    home: Path = Path("clausewatch-home")
    """The one folder for database, archive and mail as files."""
    declarations: Path | None = None
    """A further folder of declared sources, beside ours and `declarations/` in the home."""
    database_url: str = ""
    """`sqlite:///PATH` when the database is not in the home; `postgresql://…` for a store of the extra `postgres`."""
    contact: str = ""
    """An address that publishers can ask who is looking; nothing beyond this machine is fetched without it."""
    crawl_processes: int = Field(default=0, ge=0, le=16)
    """Processes that crawl side by side, each with hosts of its own; 0 starts a second one when there is much to do."""
    mail_from: str = "clausewatch@localhost"
    """The sender of all mail, as an address or `Name <address>`."""
    operator_email: str = ""
    """Where operators are told what is wrong; without it such mail is only filed."""
    smtp_url: str = ""
    """`smtp://`, `smtp+starttls://` or `smtps://user:password@host:port`; without it mail is only filed."""
    smtp_pause: float = 0.05
    """Seconds between two messages to one domain."""
    smtp_patience: float = 30.0
    """Seconds to wait for an answer of the mail server, or of a webhook."""
    translate_url: str = ""
    """A translation service; none by default, and everything works without one."""
    translate_key: str = ""
    """The key of that service."""
    translate_kind: Literal["libretranslate", "openai", "deepl", "ctranslate2"] = "libretranslate"
    """What it speaks: `libretranslate`, `openai` (any compatible chat), `deepl`, or `ctranslate2` on this machine."""
    translate_model: str = ""
    """The model of a chat, or the folder of a CTranslate2 model."""
    private_targets: str = ""
    """What may be connected to beside the public web: addresses, networks or names, with `:port` or on all ports."""
    stamp_urls: str = ""
    """Time-stamping authorities (RFC 3161) that stamp the log's checkpoints, separated by commas; none by default."""
    calendar_urls: str = ""
    """Calendars of OpenTimestamps that do, too."""
    trust_clock: bool = False
    """This machine's clock is right, whatever the Date headers of servers say."""
    canaries: bool = False
    """Whether `run` plants a change at each source daily, in a home of its own, and looks whether it arrives."""
    canary_email: str = ""
    """The private mailbox that canaries are mailed to; without it their mail is only filed, and thrown away."""
    witness_emails: str = ""
    """Who is mailed the newest checkpoint of the log daily and keeps it, separated by commas."""
    base_url: str = "http://127.0.0.1:8000"
    """The address at which readers find the pages; every link in mails and feeds begins with it."""
    secret_key: str = ""
    """Signs links and sessions; made once and kept in the home when not given."""
    operator_password_hash: str = ""
    """What `clausewatch operators hash` prints; operators sign in with that password."""
    operator_header: str = ""
    """A header in which a trusted proxy says who is signed in."""
    trusted_proxies: str = "127.0.0.1,::1"
    """Addresses or networks of proxies, separated by commas."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """From which weight on `run` and `serve` write a line of the log."""
    log_format: Literal["text", "json"] = "text"
    """One line of text, or one JSON object a line."""
    metrics_listen: str = ""
    """Where `run` and `worker` answer Prometheus, as `127.0.0.1:9464` (extra `metrics`); nowhere by default."""
    mcp_key: str = ""
    """A key of `clausewatch keys new` with which a local assistant may report errors (`clausewatch mcp`)."""
    corpus: str = ""
    """A folder of real pages that tests read; for developers."""
    browser: str = ""
    """The Chromium that reads pages which are empty without their scripts."""
    looks_per_day: int = Field(default=0, ge=0)
    """How many looks a day may be spent on all sources; 0: no end."""
    pages_per_minute: int = Field(default=30_000, ge=1)
    """Pages that may be made for one reader a minute."""
    questions_per_minute: int = Field(default=300, ge=1)
    """Searches and comparisons of one reader a minute."""
    sign_ups_per_hour: int = Field(default=20, ge=1)
    """Mails that one reader may ask for an hour."""

    @field_validator("base_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("an address that begins with http:// or https:// is needed")
        return value.rstrip("/")

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        for network in filter(None, value.replace(" ", "").split(",")):
            ip_network(network, strict=False)
        return value

    @field_validator("private_targets")
    @classmethod
    def _targets(cls, value: str) -> str:
        allowed_targets(value)
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
    def database(self) -> StorePlace:
        """The database file in the home, or where ``sqlite:///PATH`` says; the address of a PostgreSQL store."""
        return store_place(self.database_url) if self.database_url else self.home / "clausewatch.db"

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
        """The folders of declarations: ours, the home's if there is one, a further one; a demo has only its home's."""
        if (self.home / DEMO_MARK).exists():
            return (self.own_declarations,)
        own = (self.own_declarations,) if self.own_declarations.is_dir() else ()
        return (BUILT_IN, *own, *((self.declarations,) if self.declarations else ()))

    @property
    def own_declarations(self) -> Path:
        """The folder of the home for declarations of one's own, which upgrades leave alone."""
        return self.home / "declarations"

    @property
    def delivery_policy(self) -> AddressPolicy:
        """Where webhooks, chats and translation may be; a trial without a contact may be on this machine."""
        targets = allowed_targets(self.private_targets if self.contact else f"{self.private_targets}, {LOOPBACK}")
        return AddressPolicy((*targets, *target_of(self.translate_url)))

    @property
    def secrets(self) -> tuple[str, ...]:
        """What a log must not hold: our key, and the passwords and keys of services."""
        password = urlsplit(self.smtp_url).password or "" if self.smtp_url else ""
        texts = (
            self.key().decode(),
            password,
            unquote(password),
            self.translate_key,
            self.operator_password_hash,
            self.mcp_key,
        )
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
    """Return the settings; raises UsageError naming the setting that is wrong, or the nearest right one."""
    _refuse_unknown_variables(os.environ)
    if Path(_FILE).exists() and not Path(_FILE).is_file():
        raise UsageError(f"{_FILE}: not a file")
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{_FILE}: not TOML: {error}") from None
    except ValidationError as error:
        raise UsageError(_first_fault(error)) from None
    if settings.operator_header and "trusted_proxies" not in settings.model_fields_set:
        raise UsageError("setting operator_header: name the proxy that sets it in trusted_proxies, too")
    if settings.database_url and not settings.database_url.startswith(("sqlite:///", *POSTGRESQL)):
        raise UsageError("setting database_url: neither sqlite:///PATH nor postgresql://…")
    return settings


def _first_fault(error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"{_FILE}: there is no setting {name!r}{_nearest(name, Settings.model_fields)}"
    return f"setting {name}: {first['msg'].removeprefix('Value error, ')}"


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    """Raise UsageError for a variable of ours that nothing reads: most are misspelt, and would be missed in silence."""
    names = {f"{_PREFIX}{name.upper()}" for name in (*Settings.model_fields, *_READ_ELSEWHERE)}
    for name in sorted(environment):
        if name.upper().startswith(_PREFIX) and name.upper() not in names and not name.startswith(f"{_PREFIX}KEY_"):
            raise UsageError(f"there is no setting {name}{_nearest(name.upper(), names)}")


def _nearest(name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name, list(names), 1, 0.6)
    return f"; the nearest is {near[0]}" if near else "; see docs/settings.md"

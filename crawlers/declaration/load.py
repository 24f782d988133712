"""Declarations: one TOML file of facts for one source, checked when loaded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from crawlers.declaration.evidence import EvidenceEntry, KeyTable, dormant_reason, evidence_of
from crawlers.declaration.params import PARAMS
from crawlers.errors import DeclarationError
from storage.records import EarlierTemplate, Expectation, Politeness, Source, SourceKind

BUILT_IN = Path(__file__).parents[1] / "declarations"

_MADE_OF_TABLES = {"expect", "politeness", "certainty", "evidence", "dormant", "key", "earlier", "replaces"}
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_DURATION = re.compile(r"(\d{1,6}) (second|minute|hour|day|week)s?")
_ID = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_Model = TypeVar("_Model", bound=BaseModel)
_JURISDICTION = re.compile(r"[a-z]{2,3}")


def load(folders: Sequence[Path]) -> dict[str, Source]:
    """Return every source declared in *folders* by id; raises DeclarationError with all faults of all files."""
    sources: dict[str, Source] = {}
    paths: dict[str, Path] = {}
    faults: list[str] = []
    for path in _files(folders, faults):
        try:
            source = load_file(path)
        except DeclarationError as error:
            faults += error.faults
            continue
        if source.id in paths and not _replaces(path):
            faults.append(f"{path}: the id {source.id} is taken by {paths[source.id]}")
            continue
        paths[source.id], sources[source.id] = path, source
    if faults:
        raise DeclarationError(faults)
    return sources


def _replaces(path: Path) -> bool:
    """Return whether a declaration says that it stands in for the one of the same id in a folder before it."""
    return tomllib.loads(path.read_text(encoding="utf-8")).get("replaces") is True


def load_file(path: Path) -> Source:
    """Return the source that *path* declares; id and jurisdiction come from the path."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise DeclarationError([f"{path}: {error}"]) from None
    faults = _faults_of_path(path)
    declaration = _validate(_Declaration, table, f"{path}: ", faults)
    params = PARAMS.get(str(table.get("spider")))
    if params and isinstance(table.get("params", {}), dict):
        _validate(params, table.get("params", {}), f"{path}: params.", faults)
    if faults or declaration is None:
        raise DeclarationError(faults)
    return declaration.source(path.stem, path.parent.name)


def stamp(folders: Sequence[Path]) -> tuple[tuple[str, int, int], ...]:
    """Return what changes when a declaration is written, added or taken away: path, time and size of each file."""
    files = ((str(path), path.stat()) for path in _files(folders, []))
    return tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in files)


@lru_cache(maxsize=4096)
def is_loopback(url: str) -> bool:
    """Say whether *url* is on this machine."""
    return _is_this_machine(urlsplit(url).hostname or "")


@lru_cache(maxsize=1024)
def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _files(folders: Sequence[Path], faults: list[str]) -> list[Path]:
    paths: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            faults.append(f"{folder}: no such folder of declarations")
        paths += sorted(folder.glob("*/*.toml"))
        faults += [
            f"{path}: a declaration stands in a folder named after its jurisdiction" for path in folder.glob("*.toml")
        ]
    return paths


def _faults_of_path(path: Path) -> list[str]:
    faults = []
    if not _ID.fullmatch(path.stem):
        faults.append(f"{path}: the file name must be an id in lower case, digits and underscores")
    if not _JURISDICTION.fullmatch(path.parent.name):
        faults.append(f"{path}: the folder must be a jurisdiction such as cn, eu, us or in")
    return faults


def _validate(model: type[_Model], table: Any, prefix: str, faults: list[str]) -> _Model | None:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        wrong = [e for e in error.errors() if not _follows_from_another(e)]
        faults += [prefix + _fault(e) for e in wrong]
        return None


def _follows_from_another(error: Any) -> bool:
    """Say whether a list is only called empty because its wrong members were told of already."""
    return error["type"] == "too_short" and error["ctx"]["actual_length"] == 0 and bool(error["input"])


def _fault(error: Any) -> str:
    key = ".".join(str(part) for part in error["loc"])
    if not key:  # a fault of several keys together names them itself
        return str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        return f"{key}: unknown key"
    if error["type"] == "missing":
        return f"{key}: required key is missing"
    return f"{key}: {str(error['msg']).removeprefix('Value error, ')}"


def _duration(value: object) -> object:
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"{value!r} is no duration; write a whole number and a unit, such as '10 seconds' or '1 day'")
    return timedelta(seconds=int(match[1]) * _UNITS[match[2]])


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.fragment:
        raise ValueError(f"{url!r} is no http or https address")
    return url


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"{name!r} is no time zone; write a name such as 'Asia/Shanghai'") from None
    return name


def _positive(value: timedelta) -> timedelta:
    if not value:
        raise ValueError("must be more than nothing")
    return value


Text = Annotated[str, Field(min_length=1)]
TextList = Annotated[tuple[Text, ...], BeforeValidator(_one_or_more), Field(min_length=1)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Certainty = Literal["seen", "reported", "claimed"]


class _DeclarationTable(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Expect(_DeclarationTable):
    min_provisions: int = Field(default=0, ge=0)
    min_items: int = Field(default=0, ge=0)
    min_rows: int | None = Field(default=None, ge=0)
    longest_silence: Duration | None = None


class _Politeness(_DeclarationTable):
    pause: Duration = timedelta(seconds=10)
    timeout: Annotated[Duration, AfterValidator(_positive)] = timedelta(seconds=60)
    obey_robots: bool = True


class _Earlier(_DeclarationTable):
    until: date
    select: str = ""
    remove: tuple[Text, ...] = ()


class _Declaration(_DeclarationTable):
    title: Text
    authority: TextList
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$")]
    spider: str
    urls: Annotated[tuple[WebAddress, ...], Field(min_length=1)]
    every: Annotated[Duration, AfterValidator(_positive)]
    title_native: str = ""
    instrument: Annotated[str, Field(pattern=r"^([a-z]{2,3}_[\w.-]+)?$")] = ""
    kind: SourceKind = SourceKind.LAW
    select: str = ""
    remove: tuple[Text, ...] = ()
    importance: int = Field(default=3, ge=1, le=10)
    topics: tuple[Text, ...] = ()
    timezone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    params: dict[str, Any] = Field(default_factory=dict)
    certainty: dict[str, Certainty] = Field(default_factory=dict)
    evidence: dict[str, EvidenceEntry] = Field(default_factory=dict)
    dormant: str = ""  # why no round asks it
    replaces: bool = False  # stands in for the one of the same id in a folder before it
    key: KeyTable | None = None
    expect: _Expect = _Expect()
    politeness: _Politeness = _Politeness()
    earlier: tuple[_Earlier, ...] = ()

    @model_validator(mode="after")
    def _check_together(self) -> _Declaration:
        if self.spider not in PARAMS:
            raise ValueError(f"spider: {self.spider!r} is unknown; known are {', '.join(sorted(PARAMS))}")
        if len(set(self.urls)) < len(self.urls):
            raise ValueError("urls: an address is given twice")
        if not self.politeness.pause and not all(is_loopback(url) for url in self.urls):
            raise ValueError("politeness.pause: '0 seconds' is for loopback only")
        return self

    def source(self, source_id: str, jurisdiction: str) -> Source:
        plain = {name: getattr(self, name) for name in type(self).model_fields if name not in _MADE_OF_TABLES}
        key = self.key.key() if self.key else None
        return Source(
            id=source_id,
            jurisdiction=jurisdiction,
            expect=Expectation(**dict(self.expect)),
            politeness=Politeness(**dict(self.politeness)),
            earlier=tuple(EarlierTemplate(**dict(template)) for template in self.earlier),
            evidence=evidence_of(dict(self.certainty), self.evidence),
            dormant=dormant_reason(self.dormant, key),
            key=key,
            **plain,
        )

"""What every command shares: where the answer goes, the service it works on, and how it fails."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawlers.errors import CrawlError
from storage.errors import StorageError
from tracker.errors import ClausewatchError, UsageError
from tracker.render.control_characters import harmless

if TYPE_CHECKING:
    from storage.records import Source
    from tracker.config import Settings
    from tracker.context import AppContext


class Output(StrEnum):
    """How an answer is printed."""

    TEXT = "text"
    JSON = "json"


class DiffOutput(StrEnum):
    """How a comparison is printed."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"
    DOCX = "docx"
    DOCX_TABLE = "docx-table"


class Jurisdiction(StrEnum):
    """The four jurisdictions watched."""

    CN = "cn"
    EU = "eu"
    US = "us"
    IN = "in"


FormatOption = Annotated[Output, typer.Option("--format", help="text for people, json for programs.")]
JurisdictionOption = Annotated[
    Jurisdiction | None, typer.Option("--jurisdiction", help="The drafting tradition; recognised when not given.")
]
EXPECTED_ERRORS = (ClausewatchError, CrawlError, StorageError, OSError)


def user_name() -> str:
    """Return who types, for the log of what operators wrote."""
    try:
        return f"command line ({getpass.getuser()})"
    except (OSError, KeyError):  # a user without a name
        return "command line"


@contextmanager
def one_clear_line() -> Iterator[None]:
    """End with status 2 and one line on standard error when something expected is wrong."""
    try:
        yield
    except EXPECTED_ERRORS as error:
        typer.echo(f"clausewatch: {_in_one_line(error)}", err=True)
        raise typer.Exit(2) from None


def _in_one_line(error: Exception) -> str:
    """Return what is wrong; of a file, its name and why: "out.docx: is a directory", not the number of the error."""
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror[0].lower()}{error.strerror[1:]}"
    return " ".join(str(error).split()) or type(error).__name__


def say(message: str) -> None:
    """Tell the person something; never on standard output, which is for answers."""
    typer.echo(message, err=True)


def print_words(text: str) -> None:
    """Print an answer for people that holds words of others: what would command the screen is shown by its name."""
    typer.echo(harmless(text))


def answer_json(shape: dict[str, Any]) -> None:
    """Print exactly one JSON object."""
    typer.echo(json.dumps(shape, ensure_ascii=False, indent=2))


def load_declarations(settings: Settings) -> dict[str, Source]:
    """Return every declared source; raises DeclarationError naming file and key."""
    from crawlers.declaration.load import load  # noqa: PLC0415 - `parse` and `diff` of files need none

    return load(settings.folders)


def app_context(*, to_watch: bool = False) -> AppContext:
    """Return the service of the configured home; *to_watch* also records what is declared."""
    from tracker.config import load  # noqa: PLC0415 - `parse` and `diff` of files need no home
    from tracker.context import open_context  # noqa: PLC0415 - nor a database

    settings = load()
    return open_context(settings, load_declarations(settings), settings.folders, to_watch=to_watch)


def answer_scrapes(settings: Settings, open_service: Callable[[], AppContext]) -> None:
    """Answer Prometheus where the settings say, if they do; raises UsageError without the extra ``metrics``."""
    if not settings.metrics_listen:
        return
    try:
        from tracker.operations.metrics.listen import listen  # noqa: PLC0415 - prometheus-client is an extra
    except ModuleNotFoundError:
        raise UsageError("setting metrics_listen: pip install 'clausewatch[metrics]' first") from None
    listen(settings.metrics_listen, open_service)

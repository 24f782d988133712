"""A group of commands that imports a command's file only when that command is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperGroup


class CommandEntry(NamedTuple):
    """One line of the table of commands: where the command is, as ``module:name``, and its line of the help."""

    target: str
    help: str


class _LazyCommands(Mapping[str, Any]):
    """The commands of a table by name; each is imported when it is taken out."""

    def __init__(self, table: Mapping[str, CommandEntry]) -> None:
        self._table = table

    def __getitem__(self, name: str) -> Any:
        return _load(name, self._table[name].target)

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


class LazyGroup(TyperGroup):
    """The group of all commands; a class of its own for each table, made by *lazy_group*."""

    table: Mapping[str, CommandEntry] = {}

    def __init__(self, **attrs: Any) -> None:
        attrs["commands"] = {}
        super().__init__(**attrs)
        self.commands = _LazyCommands(self.table)  # type: ignore[assignment] # nothing is ever added to it

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the signature is Typer's
        """Return the names of the commands, in the order of the table."""
        return list(self.table)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the signature is Typer's
        """Write the help of every command as the table has it, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.table.items()])


def lazy_group(commands: Mapping[str, CommandEntry]) -> type[LazyGroup]:
    """Return the class of a group of *commands*."""
    return type("LazyGroup", (LazyGroup,), {"table": commands})


def _load(name: str, target: str) -> Any:
    """Return the command at *target*, whose file may be heavy."""
    module, _, attribute = target.partition(":")
    command = getattr(import_module(module), attribute)
    if isinstance(command, typer.Typer):
        group = typer.main.get_group(command)
        group.name = name
        return group
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.command(name)(command)
    return typer.main.get_command(app)

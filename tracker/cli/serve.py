"""``serve``: the web pages, until told to stop."""

from __future__ import annotations

from typing import Annotated

import typer

from crawlers.declaration.load import is_loopback
from tracker.cli.command import app_context, one_clear_line, say
from tracker.web import server


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0: any that is free.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on; loopback by default.")] = "127.0.0.1",
    processes: Annotated[
        int, typer.Option(min=1, max=64, help="Server processes, for a machine with many processors.")
    ] = 1,
) -> None:
    """Show instruments, versions and redlines in a browser."""
    with one_clear_line():
        context = app_context()
        context.db.close()  # what is wrong is said once, and not by each process
        listener = server.listen(host, port)
    here = f"http://{host}:{listener.getsockname()[1]}"
    say(f"clausewatch: {here}/ (stop with Ctrl-C)")
    base = context.settings.base_url
    if is_loopback(base) and base.replace("localhost", "127.0.0.1") != here:
        say(f"clausewatch: links in mails and feeds lead to {base}, not here: set CLAUSEWATCH_BASE_URL")
    server.serve(listener, processes)

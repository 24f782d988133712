"""``serve``: the web pages, until told to stop."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import app_context, one_clear_line, say
from tracker.web import server


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0: any that is free.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on; loopback unless told.")] = "127.0.0.1",
    processes: Annotated[
        int, typer.Option(min=1, max=64, help="Server processes, for a machine of many processors.")
    ] = 1,
) -> None:
    """Show instruments, versions and redlines in a browser."""
    with one_clear_line():
        app_context().db.close()  # what is wrong is said once, and not by each process
        listener = server.listen(host, port)
    say(f"clausewatch: http://{host}:{listener.getsockname()[1]}/ (stop with Ctrl-C)")
    server.serve(listener, processes)

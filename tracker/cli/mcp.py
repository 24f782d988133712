"""``mcp``: what is watched, as tools for assistants that speak the Model Context Protocol."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from tracker.cli.command import app_context, one_clear_line, say
from tracker.errors import UsageError


def mcp(
    http: Annotated[bool, typer.Option("--http", help="Answer over HTTP at /mcp instead of standard input.")] = False,
    host: Annotated[str, typer.Option(help="Address to listen on with --http; loopback unless told.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on with --http; 0: any.")] = 8100,
) -> None:
    """Offer search, provisions, changes and dates to assistants, and obligations and evidence.

    It only reads; an error is reported with a key of `clausewatch keys new`: in the header Authorization, or, by a
    local assistant, in CLAUSEWATCH_MCP_KEY.
    """
    with one_clear_line():
        if find_spec("mcp") is None:
            raise UsageError("the MCP server is an extra: pip install 'clausewatch[mcp]'")
        context = app_context()
        context.db.close()  # each call opens its own; what is wrong with the home is said now
        from tracker.mcp_server import law_tools, transports  # noqa: PLC0415 - the protocol is an extra
        from tracker.web.server import listen  # noqa: PLC0415 - standard input needs no socket

        settings = context.settings
        server = law_tools.make_server(settings, settings.mcp_key)
        if not http:
            transports.serve_stdio(server)
            return
        listener = listen(host, port)
    say(f"clausewatch: http://{host}:{listener.getsockname()[1]}{transports.PATH} (stop with Ctrl-C)")
    transports.serve_http(server, listener, settings)

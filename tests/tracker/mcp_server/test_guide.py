"""The guide names every tool there is, and no other."""

import re
from pathlib import Path

import anyio

from tracker.config import Settings
from tracker.mcp_server.law_tools import make_server


def test_the_guide_names_every_tool(tmp_path):
    text = (Path(__file__).parents[3] / "docs/mcp.md").read_text(encoding="utf-8")

    tools = anyio.run(make_server(Settings(home=tmp_path)).list_tools)

    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == [tool.name for tool in tools]

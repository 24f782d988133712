"""Shapes that leave the house: the JSON of DESIGN section 5, text, Markdown, self-contained HTML.

Akoma Ntoso is in akn.py: it brings lxml along, which rounds do without.
"""

from tracker.render.comparison_html import comparison_html
from tracker.render.json_contract import comparison_json, reading_json
from tracker.render.plain_text import comparison_markdown, comparison_text, profile_text, reading_text
from tracker.render.status import status_on

__all__ = [
    "comparison_html",
    "comparison_json",
    "comparison_markdown",
    "comparison_text",
    "profile_text",
    "reading_json",
    "reading_text",
    "status_on",
]

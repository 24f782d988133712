"""The weekly briefing as a document to send on: the same words as its page."""

from __future__ import annotations

from tracker.render.briefing_docx import DocxChart, Line, briefing_docx
from tracker.render.display_names import jurisdiction_name
from tracker.view_models.event_list import Item
from tracker.view_models.pictures import ActivityPicture
from tracker.view_models.team.weekly_briefing import Briefing
from tracker.wording.labels import Labels
from tracker.wording.phrases import day


def briefing_document(briefing: Briefing, words: Labels, activity: ActivityPicture | None = None) -> bytes:
    """Return *briefing* as a Word document in the language of *words*, with a chart of the half year when given."""
    sections = [
        (jurisdiction_name(place, words.language), [_line(item, words) for item in items])
        for place, items in briefing.items.items()
    ]
    if briefing.coming:
        dates: list[Line] = [
            (
                f"{day(row.on, words)}: {words(f'date.{row.kind.value}')}",
                jurisdiction_name(row.jurisdiction, words.language),
                [row.title or row.title_native],
            )
            for row in briefing.coming
        ]
        sections.append((words("briefing.coming"), dates))
    title = words("briefing.title", first=day(briefing.first, words), last=day(briefing.last, words))
    chart = DocxChart(words("briefing.activity"), activity.rows, activity.labels) if activity else None
    return briefing_docx(title, lead_of(briefing, words), sections, chart)


def lead_of(briefing: Briefing, words: Labels) -> str:
    """Return in one line how much happened, or that nothing did."""
    if not briefing.count:
        return words("briefing.nothing")
    weights = words("fact.listed").join(
        f"{count} {words(f'weight.{weight}')}" for weight, count in briefing.weights.items()
    )
    return words("briefing.lead", count=briefing.count, weights=weights)


def _line(item: Item, words: Labels) -> Line:
    sentences = [f"{gist.citation}: {gist.sentence}" for gist in item.gists] or ([item.says] if item.says else [])
    return (
        item.title,
        words("fact.listed").join((item.kind, words(f"weight.{item.weight}"), day(item.at.date(), words))),
        sentences,
    )

"""An invented law on lamps in harbours, in four traditions, and acts that amend it."""

from storage.records import Reading
from tracker.amending.consolidation import Consolidation, consolidate
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

_PAGE = "<!DOCTYPE html><html lang='{}'><body>{}</body></html>"


def union_act(*parts: str, title: str, language: str = "en") -> Reading:
    """Return an act of the Union of *parts*: "# Article 1|Heading" opens an article, "(a) …" a point."""
    lines = [f'<p class="oj-doc-ti">{title}</p>']
    for part in parts:
        lines += [_union_line(line) for line in part.strip().split("\n")]
    body = _PAGE.format(language, "".join(lines))
    return read(body.encode(), ReadingContext(jurisdiction="eu", language=language))


def _union_line(line: str) -> str:
    text = line.strip()
    if text.startswith("# "):
        label, _, heading = text[2:].partition("|")
        acts = f'<p class="oj-sti-art">{heading}</p>' if heading else ""
        return f'<p class="oj-ti-art">{label}</p>{acts}'
    first, _, rest = text.partition(" ")
    if first.endswith(")") and len(first) < 6 and rest:
        cells = f'<td><p class="oj-normal">{first}</p></td><td>{_cell(rest)}</td>'
        return f'<table width="100%"><tbody><tr>{cells}</tr></tbody></table>'
    if first.rstrip(".").isalnum() and first.endswith("."):
        return f'<p class="oj-normal">{first}   {rest}</p>'
    return f'<p class="oj-normal">{text}</p>'


def _cell(text: str) -> str:
    return "".join(f'<p class="oj-normal">{part}</p>' for part in text.split(" / "))


LAMPS = union_act(
    """# Article 1|Scope
    This Regulation applies to lamps in harbours.
    # Article 2|Duties of owners
    1. Owners shall light their lamps at dusk. They shall put them out at dawn.
    2. Owners shall keep a register of:
    (a) the lamps they own;
    (b) the oil they burn;
    (c) the keepers they employ.
    The register shall be kept for 5 years.
    3. Paragraph 1 does not apply in ice.
    # Article 3|Fines
    A fine of EUR 200 shall be paid for each lamp. The fine shall be paid within 30 days.
    # Article 4|Entry into force
    This Regulation shall enter into force on 1 May 2024.""",
    title="REGULATION (EU) 2024/77 OF THE HARBOURS of 1 March 2024 on lamps in harbours",
)


def amending_act(*points: str, last: str = "This Regulation shall enter into force on 2 June 2025.") -> Reading:
    """Return an act that amends the law on lamps by *points*."""
    with_number = "\n".join(f"({number}) {point}" for number, point in enumerate(points, 1))
    return union_act(
        f"""# Article 1|Amendments to Regulation (EU) 2024/77
        Regulation (EU) 2024/77 is amended as follows:
        {with_number}
        # Article 2|Entry into force
        {last}""",
        title="REGULATION (EU) 2025/12 OF THE HARBOURS of 3 March 2025 amending Regulation (EU) 2024/77",
    )


def amended(*points: str, last: str = "This Regulation shall enter into force on 2 June 2025.") -> Consolidation:
    """Return the law on lamps as *points* amend it."""
    return consolidate(LAMPS, amending_act(*points, last=last))


def words_of(result: Consolidation, eid: str) -> str:
    """Return all that stands in the provision *eid*, its heading first; "" when there is none."""
    hit = next((provision for provision in result.text.walk() if provision.eid == eid), None)
    if hit is None:
        return ""
    return " ".join(filter(None, (part for inner in hit.walk() for part in (inner.heading, inner.text))))


def reasons(result: Consolidation) -> list[str]:
    """Return why instructions were left open."""
    return [operation.why for operation in result.operations if operation.why]

"""The same numbers everywhere: a mail, Today, a page, the command line, a download and the JSON count units alike."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from benchmarks.sentences.plans import FAMILIES, case
from tests.tracker.alerts.builders import a_version, an_event, an_instrument, some_settings
from tests.tracker.alerts.compose.test_golden_emails import NOW, an_envelope, compose_alert
from tracker.alerts.compose.story import Material
from tracker.compare import compare
from tracker.render.comparison_html import comparison_html
from tracker.render.json_contract import comparison_json
from tracker.render.plain_text import comparison_markdown, comparison_text
from tracker.render.unit_counts import unit_counts
from tracker.web.page_templates import _ENVIRONMENT
from tracker.weigh import weigh
from tracker.wording.phrases import counts

WORDS = {  # what each renderer calls it
    "added": r"(\d+) (?:added|new)",
    "removed": r"(\d+) (?:provisions? )?removed",
    "modified": r"(\d+) (?:provisions? changed|changed|modified)",
    "split": r"(\d+) (?:provisions? )?split",
    "merged": r"(\d+) (?:provisions? )?merged",
    "moved": r"(\d+) (?:provisions? )?moved",
}
CASES = [case(11, number) for number in range(0, 5 * len(FAMILIES), 2)]


def numbers_in(text):
    matches = {name: re.search(pattern, text) for name, pattern in WORDS.items()}
    return {name: int(hit[1]) for name, hit in matches.items() if hit}


def counts_to_tell(comparison):
    """Return what is to be told: all but what only got another number, or only follows one."""
    return {name: n for name, n in unit_counts(comparison.summary).items() if name in WORDS}


@pytest.mark.parametrize("planted_case", CASES, ids=lambda planted_case: planted_case.id)
def test_every_renderer_counts_the_same_units(planted_case):
    comparison = weigh(compare(planted_case.old, planted_case.new), planted_case.old, planted_case.new)
    expected_counts = counts_to_tell(comparison)
    if not expected_counts:
        return
    line = comparison_text(
        replace(comparison, changes=(), notes=(), summary_text=""), planted_case.old, planted_case.new
    )
    page = comparison_html(replace(comparison, summary_text=""), planted_case.old, planted_case.new)
    download = comparison_markdown(
        replace(comparison, changes=(), notes=(), summary_text=""), planted_case.old, planted_case.new
    )
    macro = str(_ENVIRONMENT.get_template("_parts.html").module.counts(comparison.summary))

    assert numbers_in(line) == expected_counts
    assert numbers_in(re.search(r"<p>([^<]*)</p>", page)[1]) == expected_counts
    assert numbers_in(download) == expected_counts
    assert numbers_in(macro) == expected_counts
    assert numbers_in(counts(comparison.summary, comparison.changes)) == expected_counts
    assert comparison_json(comparison, planted_case.old, planted_case.new)["summary"] == comparison.summary
    assert numbers_in(mail_of(comparison, planted_case.new)) == expected_counts


def mail_of(comparison, new):
    """Return the line of a real mail that counts what changed."""
    event = an_event(id=12, jurisdiction="eu", instrument_id="eu_buoy", change_set_id=9)
    instrument = an_instrument(id="eu_buoy", jurisdiction="eu", title="Practice Act", title_native="", url="")
    material = Material(event, instrument, a_version(language="en", reading=new), comparison, ())
    mail = message_from_bytes(compose_alert(an_envelope(), material, some_settings(), NOW).mime, policy=default)
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    return " ".join(text.partition("WHAT CHANGED:")[2].partition("\n\n")[0].split())


def test_a_reference_that_only_followed_is_counted_once_and_apart():
    summary = {"modified": 5, "reference": 2, "renumbered": 3, "unchanged": 0, "weight": "high"}
    assert unit_counts(summary) == {"modified": 3, "reference": 2, "renumbered": 3}


def test_each_unit_is_counted_once():
    for planted_case in CASES:
        comparison = weigh(compare(planted_case.old, planted_case.new), planted_case.old, planted_case.new)
        numbers = unit_counts(comparison.summary)
        # a paragraph that left one unit for another changed both
        units = {("old", c.old_unit) for c in comparison.changes} | {("new", c.new_unit) for c in comparison.changes}
        assert sum(n for name, n in numbers.items() if name != "unchanged") <= len(units), planted_case.id

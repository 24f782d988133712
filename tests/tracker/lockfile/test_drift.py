"""Every kind of drift from what is known of a provision, and the three reports of it."""

import json
from dataclasses import replace
from datetime import date

import pytest

from tracker.lockfile.drift import DriftKind, PendingChange, PinnedLaw, drifts_of
from tracker.lockfile.drift_report import drift_json, drift_sarif, drift_text
from tracker.lockfile.pins import Pin

TODAY = date(2028, 2, 29)
PIN = Pin("Article 5", "eu_lamp", "en", "eu_lamp@2027-01-01", "art_5", "art_5", "Article 5", "aa", ("policy.md",))
SAME = PinnedLaw("eu_lamp@2028-01-01", "art_5", "Article 5", "aa", "The keeper trims it.", "The keeper trims it.")
ACT = PendingChange("eu_oil", "Oil Act", date(2028, 3, 1), "replaces Article 5")
K = DriftKind


def kinds(law, today=TODAY):
    return [drift.kind for drift in drifts_of(PIN, law, today)]


@pytest.mark.parametrize(
    ("law", "right_kinds"),
    [
        pytest.param(SAME, [], id="as it was"),
        pytest.param(PinnedLaw(), [K.NOT_WATCHED], id="nothing known"),
        pytest.param(replace(SAME, sha256="bb"), [K.REWORDED], id="other words"),
        pytest.param(replace(SAME, sha256="bb", is_unchanged=True), [], id="only a better reader"),
        pytest.param(replace(SAME, sha256="bb", is_struck=True), [K.REPEALED], id="only the note of its repeal"),
        pytest.param(replace(SAME, eid="art_6", citation="Article 6"), [K.RENUMBERED], id="another number"),
        pytest.param(replace(SAME, eid="art_6", sha256="bb"), [K.RENUMBERED, K.REWORDED], id="number and words"),
        pytest.param(replace(SAME, eid=None), [K.GONE], id="gone"),
        pytest.param(replace(SAME, repealed_on=TODAY), [K.REPEALED], id="repealed today"),
        pytest.param(replace(SAME, repealed_on=date(2028, 3, 1)), [K.PENDING_CHANGE], id="repealed tomorrow"),
        pytest.param(
            replace(SAME, eid=None, repealed_on=date(2027, 1, 2)), [K.REPEALED, K.GONE], id="repealed and gone"
        ),
        pytest.param(replace(SAME, pending=(ACT,)), [K.PENDING_CHANGE], id="an act is to come"),
        pytest.param(replace(SAME, eid=None, pending=(ACT,)), [K.GONE], id="nothing is to come for what is gone"),
        pytest.param(
            replace(SAME, sha256="bb", pending=(ACT, replace(ACT, by="eu_wick"))),
            [K.REWORDED, K.PENDING_CHANGE, K.PENDING_CHANGE],
            id="changed, and two acts to come",
        ),
    ],
)
def test_each_way_a_pin_no_longer_holds_is_told_once(law, right_kinds):
    assert kinds(law) == right_kinds


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (None, "on a day that is not known"),
        (date(2028, 3, 1), "on 2028-03-01"),
        (TODAY, "since 2028-02-29, which the text watched does not show yet"),
        (date(2027, 1, 1), "since 2027-01-01, which the text watched does not show yet"),
    ],
)
def test_an_act_to_come_is_told_with_its_day(on, words):
    [drift] = drifts_of(PIN, replace(SAME, pending=(replace(ACT, on=on),)), TODAY)

    assert drift.text == f"Oil Act changes it {words}: replaces Article 5"
    assert (drift.on, drift.new_eid) == (on, "art_5")


def test_a_repeal_names_its_act_when_it_is_known():
    texts = [drifts_of(PIN, replace(SAME, repealed_on=TODAY, repealed_by=by), TODAY)[0].text for by in ("", "Oil Act")]

    assert texts == ["the act is repealed since 2028-02-29", "the act is repealed since 2028-02-29 by Oil Act"]


EVERY_KIND = [
    *drifts_of(PIN, replace(SAME, eid="art_6", citation="Article 6", sha256="bb", pending=(ACT,)), TODAY),
    *drifts_of(PIN, replace(SAME, eid=None, repealed_on=TODAY), TODAY),
    *drifts_of(replace(PIN, cited_by=()), PinnedLaw(), TODAY),
]


def test_the_reports_name_every_finding_and_its_place():
    assert {drift.kind for drift in EVERY_KIND} == set(DriftKind)
    text, shape = drift_text([PIN], EVERY_KIND, [ACT]), json.loads(json.dumps(drift_json([PIN], EVERY_KIND, [ACT])))

    assert [line.split(":")[0] for line in text.splitlines() if line[:1].isalpha()][:-1] == [
        drift.kind.value for drift in EVERY_KIND
    ]
    assert text.splitlines()[-1] == "1 pin, 1 drifted"
    assert [drift["kind"] for drift in shape["drifts"]] == [drift.kind.value for drift in EVERY_KIND]
    assert (shape["pins"], shape["drifted"], shape["notes"]) == (1, 1, ["Oil Act: replaces Article 5"])


def test_code_review_is_shown_each_finding_where_it_is_cited_or_in_the_lock_file():
    sarif = drift_sarif(EVERY_KIND, "clausewatch.lock", {("policy.md", "Article 5"): 7}, [])
    [run] = json.loads(json.dumps(sarif))["runs"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]

    assert sarif["version"] == "2.1.0"
    assert {result["ruleId"] for result in run["results"]} <= {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert [place["artifactLocation"]["uri"] for place in places] == ["policy.md"] * 5 + ["clausewatch.lock"]
    assert [place["region"]["startLine"] for place in places] == [7] * 5 + [1]
    assert {result["level"] for result in run["results"] if result["ruleId"] == "pending_change"} == {"warning"}
    assert len({result["partialFingerprints"]["pin/v1"] for result in run["results"]}) == len(DriftKind)


def test_a_report_for_people_obeys_no_mark_of_the_law():
    law = replace(SAME, sha256="bb", text="It is \x1b[2J\u202egone\u202c.", old_text="It stays.")

    text = drift_text([PIN], drifts_of(PIN, law, TODAY), [])
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[U+001B]" in text

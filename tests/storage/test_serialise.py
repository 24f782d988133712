import json
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.errors import StoredFormError
from storage.records import Check, Comparison, Event, Filters, Message, Page, Problem, Provision, Reading, Snapshot
from storage.serialise import from_json, from_row, to_json, to_row, utc_iso
from tests.storage.builders import NOW, a_reading, an_article

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
# the first and last days have no instant in another zone; hypothesis wants its bounds without one
INSTANTS = st.datetimes(datetime(2, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]))  # noqa: DTZ001
st.register_type_strategy(str, TEXT)
st.register_type_strategy(datetime, INSTANTS)
st.register_type_strategy(Provision, st.builds(Provision, children=st.just(())))
JSON = st.dictionaries(TEXT, st.none() | st.booleans() | st.integers() | TEXT | st.lists(TEXT, max_size=2), max_size=3)
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def flat(cls, **more):
    return st.builds(cls, **more)


@QUICK
@given(st.from_type(Reading) | st.from_type(Comparison) | st.from_type(Filters) | flat(Event, details=JSON))
def test_every_noun_comes_back_from_json_as_it_was(noun):
    assert from_json(type(noun), to_json(noun)) == noun


@QUICK
@given(st.one_of(*(st.from_type(cls) for cls in (Page, Check, Snapshot, Problem, Message)), flat(Event, details=JSON)))
def test_every_noun_comes_back_from_a_row_as_it_was(noun):
    row = to_row(noun)

    assert list(row) == [field.name for field in fields(noun)]
    assert all(value is None or type(value) in {str, int, bytes} for value in row.values())
    assert from_row(type(noun), row) == noun


@given(INSTANTS, INSTANTS)
def test_the_order_of_stored_instants_is_the_order_of_time(one, other):
    assert (utc_iso(one) < utc_iso(other)) == (one < other)


def test_whole_seconds_and_microseconds_are_written_alike():
    assert utc_iso(NOW) == "2026-11-25T09:30:00.000000+00:00"


def test_what_has_its_default_is_not_written():
    assert json.loads(to_json(an_article(1, ""))) == {
        "eid": "art_1",
        "kind": "article",
        "number": "1",
        "label": "Article 1",
    }


def test_chinese_is_written_in_its_own_script():
    assert "灯语" in to_json(a_reading())


@dataclass(frozen=True)
class Lamp:
    lit_on: date | None
    watts: dict[str, int | str]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("not json", id="no JSON"),
        pytest.param('{"lit_on": null}', id="a field is missing"),
        pytest.param('{"lit_on": null, "watts": {}, "colour": 1}', id="a field is unknown"),
        pytest.param('{"lit_on": "soon", "watts": {}}', id="no date"),
        pytest.param('{"lit_on": null, "watts": {"a": null}}', id="nothing where something must be"),
        pytest.param('{"lit_on": null, "watts": {"a": 1.5}}', id="another type"),
        pytest.param('{"lit_on": null, "watts": []}', id="a list for a table"),
        pytest.param("[]", id="a list for a noun"),
    ],
)
def test_json_of_another_form_is_refused(text):
    with pytest.raises(StoredFormError, match="Lamp is not readable"):
        from_json(Lamp, text)

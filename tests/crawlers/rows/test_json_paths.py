import pytest

from crawlers.rows.json_paths import at, fill_fields, items_at, plain, told_in


def test_names_may_be_the_keys():
    issues = '{"2026": {"No. 2": {"url": "/2"}, "No. 1": {"url": "/1"}}, "2025": {"No. 9": {"url": "/9"}}}'
    answer = told_in(f'\ufeff[{{"values": {issues}}}]'.encode())

    rows = items_at(answer, "*.values.*.*")

    assert [row["url"] for row in rows] == ["/2", "/1", "/9"]
    assert [fill_fields(row, "{@keys.0}, {@keys.1}") for row in rows] == ["2026, No. 2", "2026, No. 1", "2025, No. 9"]


def test_a_table_of_titles_and_addresses_is_a_list():
    (row,) = items_at({"Practice Act": "/act"}, "*")

    assert (fill_fields(row, "@keys.0"), fill_fields(row, "value")) == ("Practice Act", "/act")


def test_what_a_star_leads_to_may_be_lists():
    assert items_at({"a": [{"id": 1}], "b": [{"id": 2}]}, "*") == [{"id": 1}, {"id": 2}]


def test_whole_numbers_have_no_point():
    assert fill_fields({"id": 18805.0}, "/initiatives/{id}") == "/initiatives/18805"
    assert plain(0.5) == "0.5"
    assert plain(True) == ""


def test_a_link_is_made_of_several_fields_or_of_none():
    assert fill_fields({"year": 2026, "no": "7"}, "/{year}/{no}.pdf") == "/2026/7.pdf"
    assert fill_fields({"year": 2026}, "/{year}/{no}.pdf") == ""


def test_fields_stand_in_for_each_other():
    assert at({"pdf": {"url": ""}, "external": "/x"}, "pdf.url|external") == "/x"


def test_a_call_around_the_answer_is_taken_off():
    assert told_in(b'callback({"list": [1]});') == {"list": [1]}


def test_where_no_list_is_there_is_none():
    with pytest.raises(ValueError, match="no list"):
        items_at({"rows": {}}, "rows")
    assert items_at({"rows": 1}, "rows.*") == []

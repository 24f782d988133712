"""Everything the API's description allows, and much that it forbids: no server error, and every answer as described."""

from contextlib import closing, nullcontext, suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from storage import api_keys
from storage.archive import Archive
from storage.database.connection import transaction
from storage.schema.open import open_database
from tests.tracker.web.conftest import NOW, an_app, fill, serve_app
from tracker.signing import key_fingerprint

KEY = "cw_for-tests-only"
PROMISED_PATHS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    home = tmp_path_factory.mktemp("described")
    with closing(open_database(home / "clausewatch.db")) as db:
        fill(db, Archive(home / "archive"))
        with transaction(db):
            api_keys.add(db, "tests", key_fingerprint(KEY), NOW)
    with an_app(home) as app, serve_app(app) as address:
        yield schemathesis.openapi.from_url(f"{address}/openapi.json")


SETTINGS = settings(
    max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def ask(schema, mode, check):
    """Ask every call of the description what *mode* makes up: what it allows, or what it forbids."""
    for api_operation in schema.get_all_operations():
        operation = api_operation.ok()

        @SETTINGS
        @given(case=operation.as_strategy(generation_mode=mode))
        def check_answer(case):
            check(case)

        with suppress(Unsatisfiable) if mode is GenerationMode.NEGATIVE else nullcontext():
            check_answer()  # a call whose only parameter may be any text forbids nothing


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_as_described(schema, mode):
    statuses = set()

    def check(case):
        statuses.add(case.operation.label)
        case.call_and_validate(checks=PROMISED_PATHS, headers={"Authorization": f"Bearer {KEY}"})

    ask(schema, mode, check)
    assert len(statuses) >= {GenerationMode.POSITIVE: 21, GenerationMode.NEGATIVE: 13}[mode]


def test_without_a_key_nothing_is_written_and_nothing_private_shown(schema):
    def check(case):
        answer = case.call(headers={"Authorization": "Bearer guessed"})
        private = "writing" in case.operation.tags
        assert (answer.status_code == 401) is private, (case.operation.label, answer.status_code)

    ask(schema, GenerationMode.POSITIVE, check)

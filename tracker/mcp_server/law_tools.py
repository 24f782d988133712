"""The tools of the MCP server: search, provisions at a date, changes, obligations, dates, evidence, report an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field
from sqlite_utils import Database

from storage import api_keys, problems, snapshots, versions
from storage.database.connection import transaction
from storage.errors import MissingRowError
from storage.instruments import list_instruments
from storage.records import Stage, Subject
from storage.schema.open import open_database
from storage.search.index import SearchScope
from tracker import __version__
from tracker.config import Settings
from tracker.reading.topics import all_topics
from tracker.signing import key_fingerprint
from tracker.view_models import law_answers

Json = dict[str, Any]
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_INSTRUCTIONS = """Clausewatch watches what regulators in China, the European Union, the United States and India publish about AI and data.
Begin with `search` or `list_instruments`; every answer names the instrument, the version and the provision (eid) it rests on. A version is what the
official page said when it was seen; `status` says whether it is in force. What is null is not known. Quote `text` word for word, with its `citation`
and `version`; nothing here is legal advice."""  # noqa: E501 - prose for an assistant

InstrumentParam = Annotated[str, Field(description="Id of an instrument, such as eu_32024R1689", max_length=300)]
JurisdictionParam = Annotated[str, Field(description="cn, eu, us or in; empty: all", max_length=40)]
LimitParam = Annotated[int, Field(description="At most this many", ge=1, le=50)]


class LawTools:
    """The tools over one home; each call has a connection of its own."""

    def __init__(self, settings: Settings, key: str = "", clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._settings, self._key, self._clock = settings, key, clock

    def search(
        self,
        question: Annotated[
            str, Field(description='Words in any script; "a phrase"; begin* of a word', max_length=200)
        ],
        jurisdiction: JurisdictionParam = "",
        instrument: Annotated[str, Field(description="Only this instrument", max_length=300)] = "",
        past: Annotated[bool, Field(description="Also what only earlier versions said")] = False,
        limit: LimitParam = 10,
    ) -> Json:
        """Find provisions of law that hold every word of the question, in any language."""
        scope = SearchScope(jurisdiction=jurisdiction, instrument_id=instrument, past=past)
        with self._database() as db:
            return law_answers.search_hits(db, question, scope, limit)

    def list_instruments(
        self,
        jurisdiction: JurisdictionParam = "",
        topic: Annotated[str, Field(description="A topic, such as synthetic-and-generative-ai", max_length=80)] = "",
        limit: LimitParam = 50,
        offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
    ) -> Json:
        """List the laws, rules and drafts that are watched, with their newest version."""
        if topic and topic not in all_topics():
            raise ToolError(f"there is no topic {topic!r}; there are {', '.join(all_topics())}")
        with self._database() as db:
            rows = list_instruments(db, jurisdiction=jurisdiction, topic=topic, limit=limit, offset=offset)
        shapes = [
            {"id": row.id, "jurisdiction": row.jurisdiction, "title": row.title, "title_native": row.title_native,
             "type": row.type, "number": row.number, "draft": row.draft, "newest": row.newest,
             "seen_at": row.newest_at.isoformat(), "topics": list(row.topics)}
            for row in rows
        ]  # fmt: skip
        return {"instruments": shapes, "next_offset": offset + limit if len(rows) == limit else None}

    def instrument(self, instrument: InstrumentParam, on: date | None = None) -> Json:
        """Tell what is known of one instrument: authorities, dates with their words, status on a day, definitions."""
        with self._database() as db:
            return law_answers.profile_of(db, instrument, on or self._clock().date())

    def provision(
        self,
        instrument: InstrumentParam,
        eid: Annotated[str, Field(description="Such as art_50__para_2 or sec_1003.2", max_length=300)],
        on: Annotated[date | None, Field(description="As seen by this day; the newest when not given")] = None,
        language: Annotated[str, Field(description="Such as en or zh; empty: any", max_length=20)] = "",
    ) -> Json:
        """Give the words of one provision with all below it, as the official page said them on a day."""
        with self._database() as db:
            answer = law_answers.provision_on(db, instrument, eid, on, language)
            translation = law_answers.translation_json(db, answer["version"], eid, "en")
        if any(piece["translation"] for piece in translation["provisions"]):
            answer["machine_translation"] = translation
        return answer

    def changes_since(
        self,
        since: Annotated[date | None, Field(description="A day; the last 30 days when not given")] = None,
        jurisdiction: JurisdictionParam = "",
        instrument: Annotated[str, Field(description="Only this instrument", max_length=300)] = "",
        topic: Annotated[str, Field(description="Only instruments about this topic", max_length=80)] = "",
        limit: LimitParam = 10,
    ) -> Json:
        """Tell what changed in the law since a day: sentences, weights, old and new text, amending act, effect."""
        day = since or self._clock().date() - timedelta(days=30)
        with self._database() as db:
            return law_answers.changes_since(
                db, day, jurisdiction=jurisdiction, instrument=instrument, topic=topic, limit=limit
            )

    def obligations(
        self,
        instrument: InstrumentParam,
        bearer: Annotated[str, Field(description="Words of who is bound, such as provider", max_length=200)] = "",
        eid: Annotated[str, Field(description="Only this provision and what is below it", max_length=300)] = "",
    ) -> Json:
        """List who must, must not, may or need not do what, by when, each with the exact words it rests on."""
        with self._database() as db:
            return law_answers.obligations_json_of(db, instrument, bearer, eid)

    def dates(
        self,
        since: Annotated[date | None, Field(description="From this day on; today when not given")] = None,
        until: Annotated[date | None, Field(description="Up to this day")] = None,
        jurisdiction: JurisdictionParam = "",
        limit: LimitParam = 50,
    ) -> Json:
        """List legal dates, soonest first: entry into force, application, comment deadlines, repeal."""
        with self._database() as db:
            rows = law_answers.dates_json(db, since or self._clock().date(), until, jurisdiction, limit)
        return {"dates": rows}

    def evidence(self, version: Annotated[str, Field(description="Id of a version", max_length=300)]) -> Json:
        """Tell what a version rests on: address, time of the fetch, hash of the bytes, and how to prove it."""
        with self._database() as db:
            return law_answers.evidence_json(db, version)

    def report_error(
        self,
        ctx: Context[Any, Any],
        version: Annotated[str, Field(description="Id of the version that is wrong", max_length=300)],
        what: Annotated[str, Field(description="What is wrong, in a sentence or two", min_length=10, max_length=1_000)],
        eid: Annotated[str, Field(description="The provision, if it is about one", max_length=300)] = "",
    ) -> Json:
        """Tell the operators that something read from the official page is wrong. Needs a key."""
        with self._database() as db:
            self._require_key(db, ctx)
            row = versions.get_summary(db, version)
            subject = Subject.of_version(row, snapshots.url_of(db, row.snapshot_id))
            text = f"{eid}: {what}" if eid else what
            with transaction(db):
                is_new = problems.open_or_touch(
                    db, subject, Stage.READ, "reported as wrong", " ".join(text.split()), self._clock()
                )
        return {"reported": version, "new": is_new}

    def _require_key(self, db: Database, ctx: Context[Any, Any]) -> None:
        request = ctx.request_context.request
        header = request.headers.get("authorization", "") if request is not None else f"Bearer {self._key}"
        scheme, _, key = header.partition(" ")
        if scheme.casefold() != "bearer" or not key or api_keys.find(db, key_fingerprint(key.strip())) is None:
            raise ToolError("this needs a key that `clausewatch keys new` made: Authorization: Bearer KEY, or --key")

    @contextmanager
    def _database(self) -> Iterator[Database]:
        db = open_database(self._settings.database)
        try:
            yield db
        except MissingRowError as error:
            raise ToolError(str(error)) from None
        finally:
            db.close()


def make_server(
    settings: Settings, key: str = "", clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> MCPServer:
    """Return the MCP server over the home of *settings*; *key* is what a local client is allowed to write with."""
    server = MCPServer("clausewatch", title="Clausewatch", instructions=_INSTRUCTIONS, version=__version__,
                       log_level="WARNING")  # fmt: skip
    tools = LawTools(settings, key, clock)
    reading = (tools.search, tools.list_instruments, tools.instrument, tools.provision, tools.changes_since,
               tools.obligations, tools.dates, tools.evidence)  # fmt: skip
    for tool in reading:
        server.add_tool(tool, annotations=_READS)
    server.add_tool(tools.report_error, annotations=_WRITES)
    return server

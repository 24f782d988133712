"""A demo's home with something for everybody to do: a quarantined text, a person who is asked, one who manages."""

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from storage import problems, subscriptions, team_notes, versions, watch_lists
from storage.database.connection import transaction
from storage.records import Filters, ReviewState, Stage, Subject
from storage.schema.open import open_database
from storage.search import index
from storage.team_notes import TeamAct
from tracker.signing import confirm_token, manage_token

RULE = "cn_practice_deep_synthesis"


@dataclass(frozen=True)
class Private:
    """Pages that only one person sees: a form to confirm, what is theirs, one of their subscriptions."""

    confirm: str
    manage: str
    one: str
    quarantine: str


def furnish(settings):
    """Put it all into the home of *settings*, which has a secret key; return where it is seen."""
    secret, now = settings.secret_key.encode(), datetime.now(UTC)
    with closing(open_database(settings.database)) as db:
        index.index_new_provisions(db)
        with transaction(db):
            problem = _quarantine(db)
            person = subscriptions.add_subscriber(db, "ben@policy.example", timezone="Asia/Shanghai")
            request = subscriptions.add(db, person, Filters(topics=("biometrics",)), now=now, pending=True)
            theirs = subscriptions.add(db, person, Filters(instruments=(RULE,)), now=now)
            watch_lists.add(db, "Synthetic media", Filters(topics=("content-labelling",)), "ana", now)
            team_notes.add(db, 2, TeamAct.ASSIGN, who="ana", whom="ben", at=now)
            team_notes.add(db, 2, TeamAct.COMMENT, who="ben", text="Our forms quote this fine.", at=now)
    mine = f"token={quote(manage_token(secret, person, now))}"
    return Private(
        f"/confirm?token={quote(confirm_token(secret, request, now))}",
        f"/manage?{mine}",
        f"/manage/{theirs}?{mine}",
        f"/operators/quarantine/{problem}",
    )


def _quarantine(db):
    """Let the rule arrive once more, twice, most of it gone: too surprising to be told."""
    good = versions.find_latest(db, RULE, standing=ReviewState.CONFIRMED)
    for day in (1, 2):
        at = good.seen_at + timedelta(days=day)
        cut = replace(good.reading, provisions=good.reading.provisions[: 3 - day])
        late = replace(good, id=versions.next_id(db, RULE, at.date()), seen_at=at, reading=cut,
                       text_sha256=f"cut {day}", standing=ReviewState.QUARANTINED)  # fmt: skip
        versions.add(db, late)
        text = "26 operative provisions before, 7 now"
        problems.open_or_touch(db, Subject.of_version(late), Stage.PAGE, "collapse", text, at)
    return next(problem.id for problem in problems.open_problems(db) if problem.version_id == late.id)

"""A large invented law in two versions, of which every article was edited."""

from contextlib import closing
from datetime import timedelta

from storage import changes, instruments, pages, snapshots, sources, versions
from storage.database.connection import transaction
from storage.records import Instrument, Note, Provision, ProvisionKind, Reading, ReviewState, Version
from storage.schema.open import open_database
from tests.tracker.web.conftest import NOW, SOURCE
from tracker.view_models.comparison_cache import contrast

LAW = "cn_large"
ARTICLES = 400


def paragraph(number, end):
    eid = f"art_{number}__para_1"
    sentence = f"Whoever lights lamp {number} of the practice house tells the office of lamp {number} about it. " * 20
    return Provision(eid, ProvisionKind.PARAGRAPH, "1", "(1)", "", f"{sentence}{end}", f"Article {number}(1)", (), eid)


def a_law(end):
    articles = tuple(
        Provision(f"art_{n}", ProvisionKind.ARTICLE, str(n), f"Article {n}", f"Lamp {n}", "", f"Article {n}",
                  (paragraph(n, end),), f"art_{n}")
        for n in range(1, ARTICLES + 1)
    )  # fmt: skip
    front = (Note("preamble", "Having met in the house,"), Note("conclusions", "Done at the quay."))
    notes = (Note("footnotes", "Footnote one"), Note("commentary", "y" * 300_000))
    counts = {"article": ARTICLES}
    return Reading("html", "cn", "en", "A large law", provisions=articles, front=front, notes=notes, counts=counts)


def fill_large(home):
    """Store both versions and what changed between them."""
    old, new = a_law("It is lit for ten days."), a_law("It is lit for five days.")
    with closing(open_database(home / "clausewatch.db")) as db, transaction(db):
        sources.sync(db, [SOURCE], NOW)
        [page] = pages.of_source(db, SOURCE.id)
        instruments.add_if_new(db, Instrument(LAW, "cn", "A large law", "", SOURCE.id, page.url))
        names = []
        for step, reading in enumerate((old, new)):
            at = NOW + timedelta(days=step)
            shot = snapshots.add(db, page.id, page.url, at, 200, "text/html", "aa", 1, {}, "aa/x")
            names.append(versions.next_id(db, LAW, at.date()))
            first, state = step == 0, ReviewState.CONFIRMED
            version = Version(names[-1], LAW, SOURCE.id, page.id, shot, "en", at, state, first, str(step), reading)
            versions.add(db, version)
        comparison = contrast(old, new)
        changes.add_set(db, old_version_id=names[0], new_version_id=names[1], comparison=comparison, at=NOW)

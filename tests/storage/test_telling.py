"""Events, subscriptions, alerts, messages, problems and milestones: who is told what, and what went wrong."""

from datetime import date, timedelta

import pytest

from storage import alerts, events, instruments, messages, milestones, problems, subscriptions
from storage.database.connection import transaction
from storage.errors import MissingRowError, UnknownReferenceError
from storage.records import (
    Cadence,
    Channel,
    EventKind,
    Filters,
    MessageStatus,
    Milestone,
    MilestoneKind,
    Stage,
    Subject,
    SubjectKind,
    Weight,
)
from tests.storage.builders import NOW, a_message, a_version, an_event, an_instrument, uncomposed_alerts

LATER = NOW + timedelta(microseconds=1)
FILTERS = Filters(jurisdictions=("cn",), topics=("content-labelling",), least_weight=Weight.MEDIUM)


def a_subscription(db, **more):
    person = subscriptions.add_subscriber(db, "ana@policy.example", name="Ana", timezone="Asia/Shanghai")
    return subscriptions.add(db, person, FILTERS, **{"now": NOW} | more)


def a_stored_event(db, **more):
    instruments.add_if_new(db, an_instrument())
    return events.add(db, an_event(**more))


def test_an_event_is_stored_once_and_given_back_whole(db):
    fields = {
        "authorities": ("cn_cac",),
        "topics": ("children",),
        "on": date(2027, 1, 1),
        "details": {"old": None, "n": 1},
    }
    event_id = a_stored_event(db, **fields)

    assert events.get(db, event_id) == an_event(id=event_id, **fields)
    assert a_stored_event(db) is None
    assert events.recent(db) == events.of_instrument(db, "cn_lamp") == [events.get(db, event_id)]
    with pytest.raises(MissingRowError, match="event 99"):
        events.get(db, 99)


def test_an_event_is_unmatched_until_it_is_marked(db):
    one, two = a_stored_event(db, key="one"), a_stored_event(db, key="two")
    assert [event.id for event in events.unmatched_events(db)] == [one, two]

    events.mark_matched(db, one)

    assert [event.id for event in events.unmatched_events(db)] == [two]


def test_an_event_about_nothing_we_know_is_refused(db):
    with pytest.raises(UnknownReferenceError):
        events.add(db, an_event())


def test_a_subscription_is_given_back_whole(db):
    wish = a_subscription(db, cadence=Cadence.WEEKLY, hour=6)

    subscription = subscriptions.get(db, wish)

    assert (subscription.filters, subscription.cadence, subscription.channel, subscription.hour) == (
        FILTERS,
        Cadence.WEEKLY,
        Channel.EMAIL,
        6,
    )
    assert (subscription.created_at, subscription.active) == (NOW, True)
    assert subscriptions.active(db) == subscriptions.all_subscriptions(db) == [subscription]


def test_one_person_has_one_address_in_whatever_case(db):
    one = subscriptions.add_subscriber(db, "ana@policy.example", name="Ana")

    assert subscriptions.add_subscriber(db, "Ana@Policy.example") == one
    assert subscriptions.find_subscriber(db, "ANA@policy.example") == subscriptions.get_subscriber(db, one)
    assert subscriptions.find_subscriber(db, "bo@policy.example") is None
    assert [person.name for person in subscriptions.all_subscribers(db)] == ["Ana"]


def test_an_ended_subscription_is_kept_but_not_told(db):
    wish = a_subscription(db)

    assert subscriptions.deactivate(db, wish)
    assert not subscriptions.deactivate(db, wish)
    assert subscriptions.active(db) == []
    assert [item.id for item in subscriptions.all_subscriptions(db)] == [wish]


def test_an_event_is_owed_to_a_subscription_once(db):
    wish, event_id = a_subscription(db), a_stored_event(db)

    alert_id = alerts.add(db, wish, event_id, NOW)

    assert alert_id is not None
    assert alerts.add(db, wish, event_id, LATER) is None
    assert [(alert.id, alert.owed_at) for alert in uncomposed_alerts(db)] == [(alert_id, NOW)]
    assert alerts.of_event(db, event_id) == uncomposed_alerts(db)


def test_an_alert_is_told_by_one_message(db):
    wish, event_id = a_subscription(db), a_stored_event(db)
    alert_id = alerts.add(db, wish, event_id, NOW)
    person = subscriptions.get(db, wish).subscriber_id
    first, second = messages.add(db, a_message(person)), messages.add(db, a_message(person, key="another"))

    assert alerts.set_message(db, [alert_id], first) == 1
    assert alerts.set_message(db, [alert_id], second) == 0
    assert uncomposed_alerts(db) == []
    assert [alert.id for alert in alerts.of_message(db, first)] == [alert_id]


@pytest.fixture
def person(db):
    return subscriptions.add_subscriber(db, "ana@policy.example")


def test_a_message_is_composed_once_and_kept_byte_for_byte(db, person):
    message_id = messages.add(db, a_message(person))

    assert messages.get(db, message_id) == a_message(person, id=message_id)
    assert messages.add(db, a_message(person, subject="Again")) is None
    assert messages.find(db, a_message(person).key).id == message_id
    assert messages.find(db, "none") is None


def test_a_message_put_off_is_pending_again_at_its_time_and_not_before(db, person):
    message_id = messages.add(db, a_message(person))
    messages.mark_retry(db, message_id, "451 later", LATER)

    assert messages.pending(db, NOW) == []
    (again,) = messages.pending(db, LATER)
    assert (again.tries, again.error, again.status) == (1, "451 later", MessageStatus.PENDING)


def test_a_message_ends_as_sent_or_failed(db, person):
    sent_id, failed_id = messages.add(db, a_message(person)), messages.add(db, a_message(person, key="another"))
    messages.mark_filed(db, sent_id, NOW)
    assert messages.count_handled(db) == 1

    messages.mark_sent(db, sent_id, LATER)
    messages.mark_failed(db, failed_id, "550 no such user")

    assert messages.pending(db, LATER) == []
    assert (messages.get(db, sent_id).filed_at, messages.get(db, sent_id).sent_at) == (NOW, LATER)
    assert messages.get(db, failed_id).status is MessageStatus.FAILED
    assert [message.id for message in messages.recent(db)] == [failed_id, sent_id]
    assert messages.count_handled(db) == 1


SOURCE, STEP = Subject.of_source("cn_cac_lamp", "https://regulator.example"), Subject.of_step("file mail")
ONE = Subject(SubjectKind.PAGE, "1", "cn_cac_lamp", "https://regulator.example/1")
OTHER = Subject(SubjectKind.PAGE, "2", "cn_cac_lamp", "https://regulator.example/2")
VERSION = Subject(SubjectKind.VERSION, "cn_lamp@2026-11-25", "cn_cac_lamp")


def open_problem(db, stage=Stage.READ, now=NOW, subject=SOURCE, cause="odd", **more):
    return problems.open_or_touch(db, subject, stage, cause, "odd words", now, **more)


def test_a_problem_is_open_once_and_counts_how_often_it_was_seen(db):
    assert open_problem(db)
    assert not open_problem(db, now=LATER)
    assert open_problem(db, Stage.FETCH)

    read, _ = problems.open_problems(db)

    assert (read.opened_at, read.last_seen_at, read.times, read.cause) == (NOW, LATER, 2, "odd")


def test_a_subject_has_a_problem_for_each_cause_or_one_at_a_time(db):
    open_problem(db, subject=ONE)
    assert open_problem(db, subject=ONE, cause="odder")
    open_problem(db, Stage.FETCH, subject=ONE)
    assert not open_problem(db, Stage.FETCH, subject=ONE, cause="odder", one_at_a_time=True)

    assert [(p.stage, p.cause) for p in problems.open_subjects(db)] == [
        (Stage.READ, "odd"), (Stage.READ, "odder"), (Stage.FETCH, "odder")]  # fmt: skip


def test_a_problem_closes_and_opens_anew(db):
    open_problem(db)

    assert problems.resolve(db, SOURCE, Stage.READ, LATER) == 1
    assert problems.resolve(db, SOURCE, Stage.READ, LATER) == 0
    assert problems.open_problems(db) == []
    assert open_problem(db)
    assert [problem.closed_at for problem in problems.all_problems(db)] == [LATER, None]


@pytest.mark.parametrize("subject", [SOURCE, STEP, ONE, OTHER, VERSION], ids=lambda subject: subject.id)
def test_ending_the_problem_of_one_subject_touches_no_other(db, subject):
    for item in (SOURCE, STEP, ONE, OTHER, VERSION):
        open_problem(db, Stage.PAGE, subject=item)

    assert problems.resolve(db, subject, Stage.PAGE, LATER) == 1
    assert [p.subject_id for p in problems.open_subjects(db)] == [
        item.id for item in (SOURCE, STEP, ONE, OTHER, VERSION) if item != subject]  # fmt: skip


def test_pages_of_one_source_with_one_trouble_are_told_as_one(db):
    open_problem(db, subject=ONE)
    open_problem(db, subject=OTHER, now=LATER)
    open_problem(db, subject=OTHER, cause="odder")

    odd, odder = problems.open_problems(db)
    assert (odd.url, odd.opened_at, odd.last_seen_at) == (OTHER.url, NOW, LATER)
    assert odd.text == "odd words (and 1 more page)"
    assert odder.text == "odd words"


def test_a_page_that_joins_a_trouble_that_was_told_is_told_with_it(db):
    open_problem(db, subject=ONE)
    problems.mark_told(db, [p.id for p in problems.untold_problems(db)], NOW)
    open_problem(db, subject=OTHER)
    assert problems.untold_problems(db) == []

    problems.resolve(db, ONE, Stage.READ, LATER)
    assert problems.ended_untold(db) == []
    problems.resolve(db, OTHER, Stage.READ, LATER)
    assert [p.subject_id for p in problems.ended_untold(db)] == ["1", "2"]


def test_an_operator_settles_one_problem(db):
    open_problem(db)
    (problem,) = problems.open_problems(db)

    assert problems.close_one(db, problem.id, LATER)
    assert not problems.close_one(db, problem.id, LATER)
    assert problems.get(db, problem.id).closed_at == LATER
    with pytest.raises(MissingRowError, match="problem 99"):
        problems.get(db, 99)


IN_FORCE = Milestone(MilestoneKind.IN_FORCE, date(2026, 6, 30), "takes effect June 30", "art_9")
OPEN_DATE = Milestone(MilestoneKind.APPLIES, None, "as announced", formula="published + P20D")


def postpone(db):
    basis = "delayed until January 1"
    milestones.supersede(db, "cn_lamp", MilestoneKind.IN_FORCE, date(2026, 6, 30), "cn_bell", date(2027, 1, 1), basis)


def stated_dates(db):
    rows = milestones.of_instrument(db, "cn_lamp")
    return {(m.kind.value, m.on and m.on.isoformat(), m.superseded_by) for m in rows}


def test_the_dates_of_a_new_text_take_the_place_of_the_old(db):
    old, new = a_version(db), a_version(db)
    milestones.replace(db, "cn_lamp", old.id, [IN_FORCE])
    milestones.replace(db, "cn_lamp", new.id, [OPEN_DATE, IN_FORCE])

    assert milestones.of_instrument(db, "cn_lamp") == [OPEN_DATE, IN_FORCE]


def test_a_postponed_date_is_superseded_once_and_stays_so_when_the_text_still_prints_it(db):
    version = a_version(db)
    milestones.replace(db, "cn_lamp", version.id, [IN_FORCE])
    postpone(db)
    postpone(db)
    after = {("in_force", "2026-06-30", "cn_bell"), ("in_force", "2027-01-01", None)}
    assert stated_dates(db) == after
    assert len(milestones.of_instrument(db, "cn_lamp")) == 2

    milestones.replace(db, "cn_lamp", a_version(db).id, [IN_FORCE])

    assert stated_dates(db) == after


def test_a_text_that_states_the_postponed_date_itself_states_it_once(db):
    milestones.replace(db, "cn_lamp", a_version(db).id, [IN_FORCE])
    postpone(db)
    milestone = Milestone(MilestoneKind.IN_FORCE, date(2027, 1, 1), "takes effect January 1")

    milestones.replace(db, "cn_lamp", a_version(db).id, [milestone])

    assert milestones.of_instrument(db, "cn_lamp") == [milestone]


def test_what_waits_for_its_owners_word_is_not_told_until_they_gave_it(db):
    wish = a_subscription(db, pending=True)
    assert (subscriptions.active(db), subscriptions.get(db, wish).status) == ([], "pending")

    assert subscriptions.confirm(db, wish, LATER)
    assert not subscriptions.confirm(db, wish, LATER)

    (subscription,) = subscriptions.active(db)
    assert (subscription.status, subscription.created_at) == ("confirmed", LATER)


def test_what_nobody_confirmed_is_removed_in_time(db):
    wish = a_subscription(db, pending=True)

    assert subscriptions.remove_pending(db, NOW) == []
    assert subscriptions.remove_pending(db, LATER) == [1]
    assert subscriptions.find(db, wish) is None


def test_who_has_another_subscription_is_kept_when_one_was_not_confirmed(db):
    a_subscription(db)
    a_subscription(db, pending=True)

    assert subscriptions.remove_pending(db, LATER) == []


def test_a_refused_address_is_marked_once_and_may_be_cleared(db, person):
    assert subscriptions.mark_refused(db, person, "550 gone", NOW)
    assert not subscriptions.mark_refused(db, person, "550 again", LATER)
    assert [(item.refusal, item.refused_at) for item in subscriptions.refused_subscribers(db)] == [("550 gone", NOW)]

    assert subscriptions.clear_refused(db, person)
    assert subscriptions.refused_subscribers(db) == []


def test_what_stands_behind_a_message_that_waits_waits_with_it(db, person):
    other = subscriptions.add_subscriber(db, "bo@policy.example")
    first, second = messages.add(db, a_message(person)), messages.add(db, a_message(person, key="second"))
    theirs = messages.add(db, a_message(other, key="theirs"))
    messages.mark_retry(db, first, "451", NOW + timedelta(hours=1))

    assert [item.id for item in messages.due_messages(db, NOW)] == [theirs]
    assert [item.id for item in messages.due_messages(db, NOW + timedelta(hours=1))] == [first, second, theirs]


def test_many_are_owed_an_event_at_once_and_each_once(db):
    wish, event_id = a_subscription(db), a_stored_event(db)
    with transaction(db):
        assert alerts.add_all(db, event_id, [(wish, NOW)]) == 1
        assert alerts.add_all(db, event_id, [(wish, LATER)]) == 0

    assert alerts.waiting_subscriptions(db) == [wish]
    assert [item.owed_at for item in alerts.uncomposed_of(db, wish)] == [NOW]


def test_who_is_forgotten_leaves_rows_that_say_nothing(db):
    wish = a_subscription(db)
    person = subscriptions.get(db, wish).subscriber_id
    message = messages.add(db, a_message(person))

    subscriptions.forget(db, person)

    row = messages.get(db, message)
    assert (row.address, row.subject, row.mime, row.status) == ("", "", b"", MessageStatus.FAILED)
    assert subscriptions.find_subscriber(db, "ana@policy.example") is None
    assert (subscriptions.get(db, wish).filters, subscriptions.get(db, wish).active) == (Filters(), False)


def test_events_are_listed_by_what_they_are_about(db):
    scope = {"jurisdiction": "cn", "authorities": ("cn_cac", "cn_miit"), "topics": ("children",)}
    first = a_stored_event(db, key="one", **scope)
    second = a_stored_event(db, key="two", jurisdiction="cn", authorities=("cn_miit",), kind=EventKind.DATE_MOVED)

    def ids(kind="", name="", limit=9):
        return [item.id for item in events.of_scope(db, kind, name, limit)]

    assert ids() == ids("jurisdictions", "cn") == ids("instruments", "cn_lamp") == [second, first]
    assert ids("authorities", "cn_cac") == ids("topics", "children") == [first]
    assert ids("authorities", "cn") == ids("jurisdictions", "eu") == []
    assert ids(limit=1) == [second]
    assert [item.id for item in events.moves(db)] == [second]
    assert events.subjects(db) == {"authorities": ("cn_cac", "cn_miit"), "topics": ("children",)}
    assert events.latest_in(db, "authorities", "cn_miit") == {"cn_lamp"}
    assert events.latest_in(db, "topics", "children") == set()

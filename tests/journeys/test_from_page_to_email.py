"""The product in one test: read this first.

A regulator publishes a rule; we look at it. The next day it has changed; we look again, read it into its provisions,
compare them, weigh what changed, and a policy team's mailbox has one email about it.
"""

from storage import changes, instruments, versions
from storage.records import ChangeKind, TagName
from tracker.pipeline.run import one_round

RULE = "cn_cac_practice_deep_synthesis"
INSTRUMENT = "cn_practice_deep_synthesis"


def test_a_changed_rule_becomes_one_email_to_those_who_asked(watch, subscribe, practice, mailbox):
    service = watch(day=1, only=[RULE], smtp_url=mailbox.url)
    subscribe(service)

    first = one_round(service)
    assert (first.checked, first.new_versions, first.alerts) == (1, 1, 0)  # new to us, not to the law
    read = versions.find_latest(service.db, INSTRUMENT).reading
    assert (read.counts["article"], read.counts["chapter"]) == (25, 5)
    assert [authority.id for authority in read.authorities] == ["cn_cac", "cn_miit", "cn_mps"]

    practice.day = 2
    service.clock.set(2)
    second = one_round(service)
    assert (second.new_versions, second.alerts, second.emails) == (1, 1, 1)

    comparison = changes.get_set(service.db, changes.of_instrument(service.db, INSTRUMENT)[0].id)
    assert [c.new_unit for c in comparison.changes if c.kind is ChangeKind.ADDED] == ["art_10"]
    deadline = next(tag for c in comparison.changes for tag in c.tags if tag.tag is TagName.DEADLINE)
    assert (deadline.old, deadline.new) == ("P30D", "P10D")

    [email] = mailbox.letters
    title = instruments.get(service.db, INSTRUMENT).title
    assert title[:20] in email["Subject"]
    assert "New prohibition" in email["Subject"]
    body = email.get_body(("plain",)).get_content()
    assert title[:60] in body
    assert "30 days to 10 days" in body
    assert email["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_second_look_at_the_same_day_tells_nobody_again(watch, subscribe, practice, mailbox):
    service = watch(day=1, only=[RULE], smtp_url=mailbox.url)
    subscribe(service)
    one_round(service)
    practice.day = 2
    service.clock.set(2)
    one_round(service)

    again = one_round(service, all_pages=True)

    assert (again.new_versions, again.alerts, again.emails) == (0, 0, 0)
    assert len(mailbox.letters) == 1


def test_without_a_mail_server_nothing_leaves_and_the_email_is_a_file(watch, subscribe, practice):
    service = watch(day=1, only=[RULE])
    subscribe(service)
    one_round(service)
    practice.day = 2
    service.clock.set(2)
    one_round(service)

    [file] = (service.settings.home / "emails").glob("*.eml")
    assert b"List-Unsubscribe:" in file.read_bytes()

"""Every approved mail in Chinese, searched for English of ours that was left over."""

from email import message_from_bytes
from email.policy import default

import pytest

from tests.chinese_leftovers import english_in, leftovers
from tests.tracker.alerts.compose.test_golden_emails import GOLDEN, a_message
from tracker.wording.citation_gloss import citations_in_english
from tracker.wording.set_notes import note_in

KINDS = sorted(path.stem for path in GOLDEN.glob("in_chinese_*.txt"))
LAWS = ("Regulation on Talking Buoys", "Lamp Signal Rules", "Provisions on Lamp Talk Services")
"""What laws are called that have no Chinese name."""


def body_of(kind, subtype):
    message = message_from_bytes(a_message(kind), policy=default)
    return message["Subject"], message.get_body((subtype,)).get_content()


def without_laws(text):
    for name in LAWS:
        text = text.replace(name, "")
    return text


def test_there_are_mails_to_search():
    assert len(KINDS) >= 9


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_ours_in_a_chinese_mail_is_in_english(kind):
    subject, html = body_of(kind, "html")
    assert english_in(without_laws(subject)) == []
    assert [run for run in leftovers(html) if english_in(without_laws(run))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_neither_is_anything_of_ours_in_its_plain_text(kind):
    _, text = body_of(kind, "plain")
    lines = [line for line in text.splitlines() if "：" in line and not line.startswith(("|", " ", "有“", "现还有“"))]
    labels = [line.partition("：")[0].rpartition("”")[2] for line in lines]
    assert [label for label in labels if english_in(without_laws(label))] == []


@pytest.mark.parametrize(
    ("subject", "english"),
    [
        ("第五条 removed: “依照第三条”", "Art. 5 removed: “依照第三条”"),
        ("第五条之一第二款 added", "Art. 5-1(2) added"),
        ("Time limit shortened, 第九条", "Time limit shortened, art. 9"),
        ("Article 4a added", "Article 4a added"),
        ("《关于第三条的解释》 removed", "《关于第三条的解释》 removed"),
        ("", ""),
    ],
)
def test_a_subject_in_english_cites_in_english(subject, english):
    assert citations_in_english(subject) == english


@pytest.mark.parametrize(
    ("note", "own"),
    [
        ("4 recitals are printed only in the old rendering", "4项序言条款仅见于旧版"),
        ("1 annex is printed only in the new rendering", "1项附件仅见于新版"),
        ("The preface differs", "题注不同"),
        ("Something nobody has words for", "Something nobody has words for"),
    ],
)
def test_a_note_is_said_in_chinese_where_there_are_words(note, own):
    assert note_in(note, "zh") == own
    assert note_in(note, "en") == note

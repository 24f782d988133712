"""Which language a browser asks for, and that the words of pages have their places in every language."""

import re
import string
from pathlib import Path

import pytest

import tracker.web
from storage.records import ChangeKind, MilestoneKind, RelationKind, Status, Weight
from tracker.amending.obligations.norm_words import Modality
from tracker.wording.interface_words import interface, interface_languages, preferred_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.1", "en"),
        ("fr-FR, zh-TW;q=0.4", "zh"),
        ("", "en"),
        ("*", "en"),
        (";;;q=,,zh;q=abc", "en"),
        ("zh;q=0", "en"),
        ("en;q=0.5, zh;q=0.5", "en"),
        ("ZH", "zh"),
        ("," * 5000, "en"),
    ],
)
def test_the_browsers_wish_is_met_where_we_can(header, language):
    assert preferred_language(header) == language


def test_what_is_not_translated_is_shown_in_english():
    assert interface("zh").say("There is no such sentence anywhere") == "There is no such sentence anywhere"
    assert interface("hi").language == interface("../zh").language == "en"
    assert {"en", "zh"} <= interface_languages()


def test_a_translation_fills_the_same_places():
    def places(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    uneven = {english: own for english, own in interface("zh").table.items() if places(english) != places(own)}
    assert uneven == {}


TEMPLATES = Path(tracker.web.__file__).parents[1] / "templates" / "web"
JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
LABEL_CALL = re.compile(r'(?<![\w.])_\("((?:[^"\\]|\\.)*)"')
COUNT_CALL = re.compile(r'count\([^"]*"([^"]*)", "([^"]*)"\)')
SAME_IN_ALL = {
    "Clausewatch", "API", "SHA-256", "Atom", "JSON", "CSV", "JSON Feed", "Markdown", "Akoma Ntoso", "English", "tr",
    "UTC", "emails", "openapi.json", "docs",
}  # fmt: skip


def all_templates():
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.html"))}


def test_every_label_of_the_pages_is_there_in_chinese():
    table = interface("zh").table
    labels = {
        label
        for text in all_templates().values()
        for label in [*LABEL_CALL.findall(text), *(form for pair in COUNT_CALL.findall(text) for form in pair)]
    }
    assert len(labels) > 300
    assert sorted(label for label in labels - table.keys() if label != "{n} ") == []


def test_no_template_says_anything_but_by_a_label():
    """Words between the tags, and what voices read of a tag, all go through ``_``."""
    loose = []
    for name, text in all_templates().items():
        bare = JINJA.sub("\x00", re.sub(r"<(code|kbd|script|style)\b.*?</\1>", "", text, flags=re.DOTALL)).replace(
            "&amp;", " "
        )
        words = re.split(r"<[^>]*>|\x00", bare, flags=re.DOTALL)
        voices = re.findall(r'(?:aria-label|placeholder|title|data-label)="([^"\x00]*[A-Za-z]{2}[^"\x00]*)"', bare)
        texts = [re.sub(r"^[\s·,;:.()–→“”/]+|[\s·,;:.()–→“”/]+$", "", word) for word in (*words, *voices)]
        loose += [(name, word) for word in texts if re.search(r"[A-Za-z]{2}", word) and word not in SAME_IN_ALL]
    loose = [(name, word) for name, word in loose if "=" not in word]  # addresses that macros make
    assert loose == []


@pytest.mark.parametrize("kinds", [MilestoneKind, Status, ChangeKind, Weight, RelationKind, Modality])
def test_every_kind_pages_show_is_there_in_chinese(kinds):
    assert [kind for kind in kinds if kind.value.replace("_", " ") not in interface("zh").table] == []

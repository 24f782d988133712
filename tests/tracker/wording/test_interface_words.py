"""Which language a browser asks for, and that the words of pages have their places in every language."""

import string

import pytest

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

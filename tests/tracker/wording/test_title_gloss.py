"""Working titles: a hundred titles in the style of the field, and what must never come of others."""

import re
import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from tracker.wording.title_gloss import term_base, working_title

CASES = tomllib.loads((Path(__file__).parent / "working_titles.toml").read_text(encoding="utf-8"))
TERMS = sorted(files("tracker.wording").joinpath("terms").iterdir(), key=lambda file: file.name)


def test_there_are_a_hundred_cases():
    assert len(CASES) >= 100


@pytest.mark.parametrize(("title", "gloss"), CASES.items())
def test_a_title_has_its_working_title(title, gloss):
    assert working_title(title) == gloss


@pytest.mark.parametrize("title", CASES)
def test_nearly_every_character_of_the_cases_is_known(title):
    left = re.findall(r"[\u3400-\u9fff]", working_title(title))
    assert len(left) <= 1, left


def test_the_term_base_has_the_terms_of_the_field_each_once():
    base = term_base()
    assert len(base.kinds) + len(base.markers) + len(base.words) >= 1_500
    counts = Counter()
    for file in TERMS:
        for name, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
            counts.update((name if name in {"kinds", "markers"} else "words", term) for term in table)
    assert [term for term, times in counts.items() if times > 1] == []
    assert not [english for english in base.kinds.values() if not english.partition("|")[0]]


@pytest.mark.parametrize(
    "title",
    [
        "甲乙丙丁戊己庚辛",
        "",
        "   ",
        "Regulation (EU) 2016/679",
        "डेटा संरक्षण",
        "12 CFR 1003",
        "（）",
        "《》",
        "的",
        "《" * 300,
        "第" * 5_000,
        "办法",
    ],
)
def test_what_is_not_known_or_not_chinese_has_none_or_a_harmless_one(title):
    assert len(working_title(title)) < 3_000
    if not re.search(r"[\u3400-\u9fff]", title) or "甲" in title:
        assert working_title(title) == ""


def test_half_a_known_title_is_no_title():
    assert working_title("魑魅魍魉管理办法") == ""
    assert working_title("生成式人工智能魍管理办法").startswith("Measures for the Administration of Generative AI")


def test_other_widths_and_brackets_are_the_same_title():
    wide, narrow = "数据安全管理办法（征求意见稿）", "数据安全管理办法(征求意见稿)"
    assert working_title(wide) == working_title(narrow) == working_title(f" {wide} ")
    assert working_title("关于修改<数据条例>的决定") == working_title("关于修改《数据条例》的决定")

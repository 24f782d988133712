"""The heading of the last unit has no number behind it to miss: what the page prints there must tell of it."""

import pytest

from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

CN, IN = ReadingContext(jurisdiction="cn"), ReadingContext(jurisdiction="in")
LAW = [f"第{n}条　渡船所有人应当在开航以前向登记机关提交渡船登记的全部材料。" for n in "一二三四"]
KEEPS = "The keeper of a ferry keeps a log of every crossing in the land and shows it to whoever asks for it."


def has_tail_flaw(text: str, hints: ReadingContext) -> bool:
    return any("looks like the heading of the next" in flaw.text for flaw in read(text.encode(), hints).flaws)


@pytest.mark.parametrize(
    "last",
    [
        "弟五条　本办法自2026年1月1日起施行。",
        "第条　本办法自2026年1月1日起施行。",
        "条 five –　本办法自2026年1月1日起施行。",
        "»› 第五条 ‹«　登记机关应当公示。",
        "第 五 条　登记机关应当公示。本办法由其解释",
        "本办法自2026年1月1日起施行。",
        "渡船条例自公布之日起试行，本办法自2026年1月1日起施行。",
    ],
)
def test_the_last_article_of_a_chinese_law_is_missed_whatever_became_of_its_label(last):
    reading = read("\n".join(["渡船登记办法", *LAW, last]).encode(), CN)

    assert reading.counts["article"] == 5 or has_tail_flaw("\n".join(["渡船登记办法", *LAW, last]), CN)


@pytest.mark.parametrize("gap", [" ", " **"])
def test_an_article_run_into_the_one_before_it_is_missed(gap):
    run_in_line = f"{LAW[-1]}{gap}第五条{gap[1:]} 本办法由登记机关负责解释。"

    assert has_tail_flaw("\n".join(["# 渡船登记办法", *LAW[:-1], run_in_line]), CN)


@pytest.mark.parametrize(
    "more",
    [
        "渡船收费办法同时废止。",
        "本办法施行前登记的渡船，按照原规定办理。",
        "第三条第二款规定的渡船，由登记机关另行公告。",
        "1990年1月1日发布的规定同时废止。",
    ],
)
def test_a_further_paragraph_of_the_last_article_is_no_heading(more):
    law = ["渡船登记办法", *LAW, "第五条　本办法自2026年1月1日起施行。", more]

    assert not read("\n".join(law).encode(), CN).flaws


def act(*tail: str, heads: bool = True) -> str:
    first = "1. Short title.—This Act may be called the Ferry Act, 2031."
    rest = [f"{n}. Logs of boats.—{KEEPS}" if heads else f"{n}. (1) {KEEPS}" for n in (2, 3, 4)]
    return "\n".join(["THE FERRY ACT, 2031", first, *rest, *tail])


@pytest.mark.parametrize(
    "last",
    [
        f"5, Savings.—{KEEPS}",
        f"Savings of boats.—{KEEPS}",
        f"• Savings.—{KEEPS}",
        f"five – Savings.—{KEEPS}",
        f"»› 5. ‹« Savings.—{KEEPS}",
        f"2. Savings.—{KEEPS}",
        f"Savings and repeal\n{KEEPS}",
        f"Section\n{KEEPS}",
        f"Section five – Savings\n{KEEPS}",
        f"5 . The Board saves what it can. {KEEPS}",
    ],
)
def test_the_last_section_of_an_indian_act_is_missed_whatever_became_of_its_number(last):
    reading = read(act(last).encode(), IN)

    assert reading.counts["section"] == 5 or reading.flaws


@pytest.mark.parametrize(
    "more",
    [
        f"Explanation.—{KEEPS}",
        f"Illustration.\n(a) {KEEPS}",
        f"Provided that in section\n5. The Board saves them, {KEEPS}",
        "The officer considers—\n1. The boat;\n2. The ferry; and\n3. The log.",
        f"namely:—\n“5. Savings.—{KEEPS}\n6. Repeal.—{KEEPS}”.",
        f"1[Explanation.—{KEEPS}]",
        "1[(2) The Board keeps them.]\n3. Subs. by Act 9 of 2033, s. 2, for what\nstood before (w.e.f. 1-4-2034).",
        f"THE SCHEDULE\n(See section 4)\n1. {KEEPS}\n5. {KEEPS}",
        "as amended in\n2031, by Act 5 of 2031.",
    ],
)
def test_what_else_stands_in_the_last_section_is_no_heading(more):
    assert not read(act(more).encode(), IN).flaws


def test_paragraphs_that_begin_with_a_second_have_lost_the_first_where_the_rules_name_themselves():
    rules = [
        f"{n}. In the Ferry Rules, 2011, in rule {n}, the words are omitted and others put for them." for n in (2, 3)
    ]
    text = "\n".join(["G.S.R. 7(E).—", "These rules may be called the Ferry (Amendment) Rules, 2031.", *rules])

    assert "numbers with a gap" in {flaw.cause for flaw in read(text.encode(), IN).flaws}


def test_ruled_lines_and_marks_inside_a_sentence_explain_no_gap():
    for rule in ("__________", "He may ^2*** keep it."):
        text = act(rule, f"6. Savings.—{KEEPS}")
        assert "section 5 missing" in " ".join(flaw.text for flaw in read(text.encode(), IN).flaws)


def test_stars_alone_on_their_line_explain_a_gap():
    assert not read(act("* * * * *", f"6. Savings.—{KEEPS}").encode(), IN).flaws

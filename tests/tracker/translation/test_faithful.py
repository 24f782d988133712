"""A translation is held against its source: what was lost, changed or invented is named; a faithful one passes."""

import pytest

from tracker.translation.faithful import lost_facts

SOURCE = (
    "深度合成服务提供者应当自收到申诉之日起三十日内处理，违反第五条第二款的，处五千元以上十万元以下罚款；"
    "未经同意的，不得向未成年人提供。本规定自2023年1月10日起施行。"
)
FAITHFUL = (
    "Deep synthesis service providers shall handle a complaint within 30 days of its receipt; whoever violates Article "
    "5(2) shall be fined not less than 5,000 yuan and not more than 100,000 yuan; the service shall not be provided to "
    "minors without consent. These Provisions enter into force on January 10, 2023."
)


def losses(text, source=SOURCE, language="zh", target="en"):
    return lost_facts(source, text, language, target)


@pytest.mark.parametrize(
    "text",
    [
        FAITHFUL,
        FAITHFUL.replace("30 days", "thirty days"),
        FAITHFUL.replace("January 10, 2023", "10 January 2023"),
        FAITHFUL.replace("Article 5(2)", "the second paragraph of Article 5").replace("second", "second (2)"),
        FAITHFUL.replace("5,000 yuan", "five thousand yuan"),
        FAITHFUL.replace("shall not be provided", "is prohibited"),
    ],
)
def test_a_faithful_translation_passes_however_it_is_worded(text):
    assert losses(text) == []


@pytest.mark.parametrize(
    ("old", "new", "loss"),
    [
        ("30 days", "10 days", "P30D is lost"),
        ("30 days", "30 months", "P30D is lost"),
        ("30 days", "some days", "P30D is lost"),
        ("Article 5(2)", "Article 6(2)", "the number 5 is lost"),
        ("January 10", "January 11", "2023-01-10 is lost"),
        ("100,000", "10,000", "the number 100000 is lost"),
        ("100,000 yuan", "100,000 yuan and 300 days", "P300D is not in the source"),
        ("100,000 yuan", "100,000 yuan, 77 times over", "not in the source"),
    ],
)
def test_a_changed_or_invented_fact_is_named(old, new, loss):
    assert any(loss in text for text in losses(FAITHFUL.replace(old, new))), losses(FAITHFUL.replace(old, new))


def test_a_lost_negation_is_named():
    kind = "The service may be provided to minors with consent."
    text = FAITHFUL.replace("the service shall not be provided to minors without consent.", kind)
    plain = text.replace("not less than", "at least").replace("not more than", "at most")

    assert losses(plain) == ["the negation is lost"]


@pytest.mark.parametrize(
    ("source", "text", "language", "target", "loss"),
    [
        ("提供者应当标识。", "Providers must not label.", "zh", "en", ["a prohibition is not in the source"]),
        ("本办法不适用于内部试验。", "These Measures apply to internal tests.", "zh", "en", ["the negation is lost"]),
        ("本办法不适用于内部试验。", "These Measures do not apply to internal tests.", "zh", "en", []),
        ("统一管理，一切单位和个人都应当遵守。", "Unified management; all shall comply.", "zh", "en", []),
        ("有下列情形之一的，应当报告", "In any one of the following cases, a report shall be made", "zh", "en", []),
        ("Man darf keine Lampen verkaufen.", "One may sell lamps.", "de", "en", ["the negation is lost"]),
        ("Der Anbieter darf keine Lampen verkaufen.", "The provider must not sell lamps.", "de", "en", []),
        ("The provider shall not sell lamps within 30 days.", "提供者三十日内不得销售灯具。", "en", "zh", []),
        ("The provider shall not sell lamps within 30 days.", "提供者三十日内可以销售灯具。", "en", "zh",
         ["the negation is lost"]),
        ("Le fournisseur ne vend aucune lampe.", "The provider sells no lamp.", "fr", "en", []),
    ],
)  # fmt: skip
def test_negations_are_held_against_each_other_in_both_directions(source, text, language, target, loss):
    assert lost_facts(source, text, language, target) == loss


@pytest.mark.parametrize("text", ["", "   ", "Providers shall act."])
def test_a_translation_that_is_not_there_or_cut_off_is_refused(text):
    assert losses(text)

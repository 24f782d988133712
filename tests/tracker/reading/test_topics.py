import tomllib
from pathlib import Path

from tracker.reading.topics import topics_of

SAMPLE = tomllib.loads((Path(__file__).parent / "topics_sample.toml").read_text(encoding="utf-8"))["text"]
NEUTRAL = {True: "主管机构应当公布名录并收取费用。", False: "The authority publishes a list and collects the fee. "}


def told_and_labelled():
    """Yield for each labelled text what it is told to be about, and what it is about."""
    for text in SAMPLE:
        padding = NEUTRAL[text["title"][0] > "\u3000"] * text.get("filler", 0)
        yield text["title"], set(topics_of(text["title"], text["text"] + padding)), set(text["topics"])


def test_a_topic_that_is_told_is_meant_in_ninety_five_of_a_hundred():
    wrong = [
        (title, told_topics - right_topics)
        for title, told_topics, right_topics in told_and_labelled()
        if told_topics - right_topics
    ]
    told_topics = sum(len(told_topics) for _, told_topics, _ in told_and_labelled())

    assert told_topics >= 35
    assert sum(len(extra) for _, extra in wrong) <= 0.05 * told_topics, wrong


def test_of_the_topics_of_a_text_few_are_missed():
    misses = [
        (title, right_topics - told_topics)
        for title, told_topics, right_topics in told_and_labelled()
        if right_topics - told_topics
    ]
    labels = sum(len(right_topics) for _, _, right_topics in told_and_labelled())

    assert sum(len(missing_topics) for _, missing_topics in misses) <= 0.1 * labels, misses


def test_the_words_of_ships_and_fires_are_not_those_of_models():
    maritime, fire = SAMPLE[0], SAMPLE[1]

    assert topics_of(maritime["title"], maritime["text"]) == topics_of(fire["title"], fire["text"]) == ()


def test_a_word_in_the_title_is_enough():
    assert topics_of("生成式人工智能服务管理办法", "") == ("ai-regulation", "synthetic-and-generative-ai")


def test_in_the_text_a_topic_needs_its_words_often_enough():
    assert "children" not in topics_of("A law", "One child, and another child.")
    assert "children" in topics_of("A law", "A child, and other children, of whose parents one is a child.")


def test_a_law_of_data_says_little_of_children_and_means_it():
    words = "处理个人信息应当取得同意。" * 20 + "处理未成年人的个人信息，应当取得其父母同意。不得向未成年人推送广告。"
    others = "主管机构应当公布名录并收取费用。" * 80 + "未成年人免费。残疾人和未成年人优先。"

    assert "children" in topics_of("信息处理规定", words + "处理者应当负责。" * 60)
    assert "children" not in topics_of("公园管理规定", others)


def test_latin_words_count_only_as_whole_words_and_in_any_case():
    assert topics_of("A law about drifters and childhood", "drifted childlike") == ()
    assert topics_of("BIOMETRICS", "") == ("biometrics",)


def test_chinese_words_count_wherever_they_stand():
    assert "biometrics" in topics_of("关于人脸识别技术的规定", "")

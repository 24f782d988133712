from tracker.reading.topics import topics_of


def test_a_word_in_the_title_is_enough():
    assert topics_of("生成式人工智能服务管理办法", "") == ("ai-regulation", "synthetic-and-generative-ai")


def test_in_the_text_a_topic_needs_its_words_often_enough():
    assert "children" not in topics_of("A law", "One child.")
    assert "children" in topics_of("A law", "A child, and other children.")


def test_latin_words_count_only_as_whole_words_and_in_any_case():
    assert topics_of("A law about drifters and childhood", "drifted childlike") == ()
    assert topics_of("DRIFT", "") == ("ml-monitoring",)


def test_chinese_words_count_wherever_they_stand():
    assert "biometrics" in topics_of("关于人脸识别技术的规定", "")

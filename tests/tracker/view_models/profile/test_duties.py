"""Who is bound to what: by bearer, with the time limits, and what a breach is threatened with."""

from dataclasses import replace

from storage.records import ReviewState, Version
from tests.tracker.web.conftest import NOW
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext
from tracker.view_models.profile.duties import duties_at_once, duties_of

TEXT = """# 练习服务管理规定
第一条 提供者应当在10日内完成安全评估。
第二条 提供者不得向未成年人提供该服务。
第三条 使用者可以向主管部门投诉。
第四条 提供者应当公布投诉方式。
第五条 违反本规定第一条的，由网信部门处一万元以上十万元以下罚款。"""


def a_version(text=TEXT, name="cn_duties@1", sha="a"):
    reading = read(text.encode(), ReadingContext(jurisdiction="cn"))
    return Version(name, "cn_duties", "cn_test", 1, 1, "zh", NOW, ReviewState.CONFIRMED, True, sha, reading)


def test_obligations_stand_by_bearer_the_most_burdened_first():
    duties = duties_of(a_version())
    assert duties.bearers[0].bearer == "提供者"
    assert duties.bearers[0].counts == {"must": 2, "must_not": 1}
    assert duties.total == sum(len(bearer.obligations) for bearer in duties.bearers)
    assert {bearer.bearer for bearer in duties.bearers} >= {"提供者", "使用者"}


def test_time_limits_and_threats_are_found_with_their_places():
    duties = duties_of(a_version())
    assert [(one.eid, one.deadline) for one in duties.with_deadline] == [("art_1", "P10D")]
    assert [threat.eid for threat in duties.threats] == ["art_5"]
    assert "罚款" in duties.threats[0].words


def test_what_names_no_bearer_comes_last():
    duties = duties_of(a_version(TEXT + "\n第六条 应当依法保存日志。", sha="b"))
    assert all(bearer.bearer for bearer in duties.bearers[:-1])


def test_a_text_read_anew_is_looked_through_again():
    assert duties_of(a_version()) is duties_of(a_version())
    other = a_version("# 练习服务管理规定\n第一条 提供者应当登记。\n第二条 提供者应当备案。", sha="c")
    assert duties_of(other).total == 2


def test_a_long_text_keeps_no_reader_waiting_unless_it_was_asked_for_before():
    long = "\n".join([TEXT, *(f"第{n}条 提供者应当完成第{n}项登记。" for n in range(100, 420))])
    version = a_version(long, name="cn_long@1", sha="long")
    assert duties_at_once(version) is None
    assert duties_of(version).total > 300
    assert duties_at_once(version) is duties_of(version)


def test_recitals_threaten_nobody():
    text = "(1) Penalties should be effective.\n\nArticle 1\n\nProviders shall register."
    reading = read(text.encode(), ReadingContext(jurisdiction="eu"))
    version = replace(a_version(), id="eu_x@1", text_sha256="eu", reading=reading)
    assert all(not threat.eid.startswith("rec") for threat in duties_of(version).threats)

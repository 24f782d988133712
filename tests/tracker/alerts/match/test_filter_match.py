from __future__ import annotations

import pytest

from storage.records import EventKind, Weight
from tests.tracker.alerts.builders import EARLIER, NOW, a_subscription, an_event
from tracker.alerts.match.filter_match import fold, holds, match


def wants(event, subscription, *texts) -> bool:
    return match(event, texts, [subscription]) == [subscription]


def test_a_subscription_without_filters_wants_everything():
    assert wants(an_event(), a_subscription())


@pytest.mark.parametrize(
    ("facet", "right_event", "other_event"),
    [
        ("jurisdictions", "cn", "eu"),
        ("authorities", "cn_miit", "cn_mps"),
        ("sources", "cn_cac_lamp", "cn_cac_other"),
        ("instruments", "cn_lamp", "cn_other"),
        ("topics", "content-labelling", "copyright"),
        ("kinds", "new_version", "repealed"),
    ],
)
def test_each_facet_lets_through_only_what_it_names(facet, right_event, other_event):
    assert wants(an_event(), a_subscription(**{facet: (right_event,)}))
    assert wants(an_event(), a_subscription(**{facet: (other_event, right_event)}))
    assert not wants(an_event(), a_subscription(**{facet: (other_event,)}))


def test_all_facets_must_agree():
    assert not wants(an_event(), a_subscription(jurisdictions=("cn",), topics=("copyright",)))


@pytest.mark.parametrize(("weight", "right_event"), [(Weight.HIGH, True), (Weight.MEDIUM, True), (Weight.LOW, False)])
def test_what_is_lighter_than_asked_for_is_left_out(weight, right_event):
    assert wants(an_event(weight=weight), a_subscription(least_weight=Weight.MEDIUM)) is right_event


def test_events_before_the_subscription_are_not_for_it():
    assert not wants(an_event(at=EARLIER), a_subscription(created_at=NOW))
    assert wants(an_event(at=NOW), a_subscription(created_at=NOW))


def test_an_ended_subscription_wants_nothing():
    assert not wants(an_event(), a_subscription(active=False))


@pytest.mark.parametrize(
    ("word", "text", "is_match"),
    [
        pytest.param("深度合成", "提供深度合成服务的", True, id="Chinese inside a sentence"),
        pytest.param("AI", "ＡＩ systems", True, id="full width"),
        pytest.param("AI", "it was paid", False, id="inside another Latin word"),
        pytest.param("AI", "生成AI服务", True, id="Latin between Chinese"),
        pytest.param("chatbot*", "Chatbots must say so", True, id="beginning of a word"),
        pytest.param("सूचना", "सूचनाओं का", True, id="Hindi with an ending"),
        pytest.param("क्षमता", "क्ष\u200dमता", True, id="Hindi with a joiner"),
        pytest.param("Straße", "STRASSE", True, id="German sharp s"),
        pytest.param("risk  management", "risk\u00a0\nmanagement", True, id="any space"),
        pytest.param("*", "anything", False, id="a lone star finds nothing"),
    ],
)
def test_words_are_found_in_any_script(word, text, is_match):
    assert holds(fold(text), fold(word)) is is_match


def test_one_of_the_words_is_enough_and_none_is_too_little():
    subscription = a_subscription(words=("lamp", "灯语"))

    assert wants(an_event(), subscription, "灯语服务管理规定")
    assert not wants(an_event(), subscription, "another law")
    assert not wants(an_event(), subscription)


def test_a_reversal_is_an_event_like_any_other_to_the_matcher():
    assert wants(an_event(kind=EventKind.REVERSED), a_subscription(kinds=("reversed",)))

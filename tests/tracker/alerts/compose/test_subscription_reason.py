"""Why somebody gets a message, in words: of each kind any that is named, and of all kinds one."""

import pytest

from storage import subscriptions
from tracker.alerts.compose.subscription_reason import describe_with_titles, reason, titles_of
from tracker.wording.labels import words


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ({}, "everything (at once)"),
        ({"jurisdictions": ("cn", "eu", "in")}, "China, European Union or India (at once)"),
        ({"instruments": ("cn_lamp",), "topics": ("biometrics", "children")},
         "“Provisions on Lamp Talk Services”; and the topics biometrics or children (at once)"),
        ({"instruments": ("cn_gone",), "words": ("lamp",)}, "cn_gone; and the word “lamp” (at once)"),
        ({"sources": ("cn_cac_lamp",)}, "“Provisions on Lamp Talk Services” (at once)"),
    ],
)  # fmt: skip
def test_a_wish_is_told_with_titles_and_with_what_joins_it(home, filters, sentence):
    subscription = subscriptions.find(home.db, home.wish(home.person(), **filters))

    assert describe_with_titles(home.db, subscription) == sentence


def test_a_reader_of_chinese_is_told_the_chinese_title(home):
    subscription = subscriptions.find(
        home.db, home.wish(home.person(), instruments=("cn_lamp",), topics=("biometrics",))
    )

    sentence = reason([subscription], words("zh"), titles_of(home.db, [subscription], "zh"))

    assert sentence.startswith("《灯语服务管理规定》；且主题为")

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.tracker.alerts.builders import NOW
from tracker.errors import TokenError
from tracker.signing import (
    CONFIRM_WITHIN,
    confirm_token,
    read_confirm,
    read_unsubscribe,
    sign,
    unsign,
    unsubscribe_token,
)

KEY = b"one key"


def test_an_unsubscribe_token_names_its_subscriptions_for_ever():
    assert read_unsubscribe(KEY, unsubscribe_token(KEY, [9, 7, 7])) == (7, 9)


def test_a_confirmation_works_until_it_expires():
    token = confirm_token(KEY, 7, NOW)

    assert read_confirm(KEY, token, NOW + CONFIRM_WITHIN) == 7
    with pytest.raises(TokenError, match="expired"):
        read_confirm(KEY, token, NOW + CONFIRM_WITHIN + timedelta(seconds=1))


def test_a_token_of_one_purpose_is_worthless_for_the_other():
    with pytest.raises(TokenError):
        read_unsubscribe(KEY, confirm_token(KEY, 7, NOW))
    with pytest.raises(TokenError):
        read_confirm(KEY, unsubscribe_token(KEY, [7]), NOW)


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token.replace("7", "8", 1),
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "",
        lambda token: "..",
        lambda token: "7.0.",
        lambda token: token + "é",
        lambda token: "7-" * 5_000 + token,
    ],
    ids=["another subscription", "another seal", "empty", "only dots", "no seal", "not ASCII", "endless"],
)
def test_a_forged_token_is_refused(forge):
    with pytest.raises(TokenError):
        read_unsubscribe(KEY, forge(unsubscribe_token(KEY, [7])))


def test_another_key_opens_nothing():
    with pytest.raises(TokenError):
        read_unsubscribe(b"another key", unsubscribe_token(KEY, [7]))


def test_no_key_makes_no_tokens():
    with pytest.raises(ValueError, match="secret"):
        unsubscribe_token(b"", [7])


def test_the_link_of_a_mail_that_release_0_1_sent_works_for_good():
    assert read_unsubscribe(b"a key for tests only", "7.0.clB5jANyUoScKY56jGSxvcIggDN0Rnur") == (7,)
    with pytest.raises(TokenError):
        read_unsubscribe(b"a key for tests only", "8.0.clB5jANyUoScKY56jGSxvcIggDN0Rnur")
    with pytest.raises(TokenError):
        read_confirm(b"a key for tests only", "7.0.clB5jANyUoScKY56jGSxvcIggDN0Rnur", NOW)


def test_what_is_signed_for_one_purpose_is_refused_for_another():
    assert unsign(KEY, "form", sign(KEY, "form", "a name.7")) == "a name.7"
    with pytest.raises(TokenError):
        unsign(KEY, "session", sign(KEY, "form", "a name.7"))


def test_bug_b9_an_empty_key_signs_nothing_and_opens_nothing():
    with pytest.raises(ValueError, match="secret"):
        sign(b"", "form", "text")
    with pytest.raises(ValueError, match="secret"):
        read_unsubscribe(b"", "7.0.anything")

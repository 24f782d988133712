"""Checkpoints are signed notes as others write them: one altered letter, or another key, and they are refused."""

import pytest

from tracker.evidence.signed_note import (
    Checkpoint,
    NoteError,
    new_private_key,
    open_note,
    parse_checkpoint,
    parse_key,
    public_key,
    sign,
)  # fmt: skip

# the example of the package golang.org/x/mod/sumdb/note, whose format C2SP took over
KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
CHECKPOINT = Checkpoint("watch.example/log", 7, bytes(range(32)))


@pytest.fixture
def private():
    return new_private_key()


def test_a_note_that_others_signed_is_opened():
    assert open_note(NOTE, parse_key(KEY)).startswith("If you think cryptography")


def test_a_checkpoint_is_what_was_signed(private):
    note = sign(CHECKPOINT.text(), "watch.example", private)

    assert parse_checkpoint(open_note(note, public_key("watch.example", private))) == CHECKPOINT


def test_a_key_is_read_as_it_is_given(private):
    key = public_key("watch.example", private)

    assert parse_key(key.vkey()) == key


@pytest.mark.parametrize("position", [0, 20, 40, -8], ids=["name", "size", "root", "signature"])
def test_one_altered_letter_is_refused(private, position):
    note = sign(CHECKPOINT.text(), "watch.example", private)
    at = position % len(note)
    altered_note = note[:at] + ("A" if note[at] != "A" else "B") + note[at + 1 :]

    with pytest.raises(NoteError):
        open_note(altered_note, public_key("watch.example", private))


def test_the_signature_of_another_key_is_refused(private):
    note = sign(CHECKPOINT.text(), "watch.example", new_private_key())

    with pytest.raises(NoteError, match="not signed by"):
        open_note(note, public_key("watch.example", private))


@pytest.mark.parametrize(
    "text", ["", "origin\n", "origin\n-1\nAAAA\n", "origin\n07\nAAAA\n", "origin\n7\nAAAA\n", "origin\n7\n!\n"],
    ids=["empty", "name alone", "negative", "padded", "short root", "no base64"],
)  # fmt: skip
def test_words_that_are_no_checkpoint_are_refused(text):
    with pytest.raises(NoteError):
        parse_checkpoint(text)


@pytest.mark.parametrize("name", ["", "two words", "plus+sign"])
def test_a_signer_has_a_plain_name(private, name):
    with pytest.raises(NoteError):
        public_key(name, private)


@pytest.mark.parametrize("key_text", ["", "a+b", KEY.replace("c74f20a3", "c74f20a4"), KEY[:-8], "a+00000000+!"])
def test_a_damaged_key_is_refused(key_text):
    with pytest.raises(NoteError):
        parse_key(key_text)

"""Notes on a set of changes in the reader's language: what one side alone prints, and front matter that differs."""

from __future__ import annotations

import re

from tracker.wording.interface_words import interface

_COUNTED = re.compile(r"(\d+) (.+) (?:is|are) printed only in the (old|new) rendering")


def note_in(note: str, language: str) -> str:
    """Return a note in *language* where it is known there; how many of something one side prints is filled in.

    >>> note_in("4 recitals are printed only in the old rendering", "zh"), note_in("The preface differs", "en")
    ('4项序言条款仅见于旧版', 'The preface differs')
    """
    own = interface(language)
    counted = _COUNTED.fullmatch(note)
    if counted is None or own.language == "en":
        return own.say(note)
    number, name, side = counted.groups()
    return own.say(f"{{n}} {{name}} only in the {side} rendering").format(n=number, name=own.say(name))

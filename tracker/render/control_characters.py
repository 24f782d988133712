"""Control characters in words that others wrote: shown by name, never obeyed."""

from __future__ import annotations


def harmless(text: str) -> str:
    """Return *text* with the characters that command a screen shown by name instead of obeyed.

    These are the control characters, but for tab and the ends of lines, and those that turn the direction of a line.
    """
    return text.translate(_COMMANDS)


_CONTROLS = {*range(0x20), *range(0x7F, 0xA0)} - {*map(ord, "\t\n\r")}
_COMMANDS = {
    code: f"[U+{code:04X}]"
    for code in (*sorted(_CONTROLS), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}

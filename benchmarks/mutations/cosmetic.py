"""MUT-C and MUT-H: what must never be told, because no lawyer would see a change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from benchmarks.laws.model import Law
from benchmarks.laws.printing import Print
from benchmarks.laws.traditions import TRADITIONS
from benchmarks.mutations import equivalents as eq

PrintPair = tuple[Print, Print]
_MARKUP = ("cac", "journal", "consolidated", "page")
_LINES = ("markdown", "gazette")
_ARABIC = {char: str(value) for value, char in enumerate("零一二三四五六七八九")}


def cosmetic(kind: str, law: Law, chance: Random) -> PrintPair | None:
    """Return two printings of one law that differ as *kind* says, or None where it does not fit the tradition."""
    skins, change = _KINDS[kind]
    own_skins = [skin for skin in TRADITIONS[law.tradition].skins if skin in skins]
    if not own_skins:
        return None
    plain = Print(chance.choice(own_skins))
    return plain, change(plain, chance)


def fits(kind: str, tradition: str) -> bool:
    """Say whether a kind can be seen in a tradition's printings at all."""
    return any(skin in _KINDS[kind][0] for skin in TRADITIONS[tradition].skins)


def _dress(dress: Callable[[eq.Dresser, str], str], share: float = 0.5) -> Callable[[Print, Random], Print]:
    def change(how: Print, chance: Random) -> Print:
        dresser = eq.Dresser(chance, share)
        return replace(how, dress=lambda text: dress(dresser, text))

    return change


def _finish(finish: Callable[[str, Random], str]) -> Callable[[Print, Random], Print]:
    return lambda how, chance: replace(how, finish=lambda text: finish(text, chance))


def entities(text: str, chance: Random) -> str:
    form = chance.choice(("&#{};", "&#x{:x};"))
    head, tag, rest = text.partition("<body>")
    return head + tag + "".join(form.format(ord(c)) if ord(c) > 0x7F and chance.random() < 0.3 else c for c in rest)


def _tags_in_capitals(text: str, chance: Random) -> str:  # noqa: ARG001 - every finish takes chance
    return re.sub(r"</?[a-z][a-z0-9]*", lambda hit: hit[0].upper(), text)


def _blank_lines(text: str, chance: Random) -> str:
    gap = chance.choice(("\n\n", "\r\n", "\n\n\n"))
    return text.replace("\n\n", "\n\n\n") if "<" not in text else re.sub(r"(</p>|</div>)", rf"\1{gap}", text)


def _empty_paragraphs(text: str, chance: Random) -> str:
    empty = chance.choice(("<p>&nbsp;</p>", "<p></p>", "<p><br/></p>", "<br/>"))
    return re.sub(r"(?<=</p>)(?=<p)", lambda _: empty if chance.random() < 0.3 else "", text)


def spans(text: str, chance: Random) -> str:
    """Wrap some words in markup that means nothing."""
    words = re.compile(r"(?<=[>\w ])(\w{2,}) (?=\w+[^<>]*</p>)|(?<=[\u4e00-\u9fff])([\u4e00-\u9fff]{2})(?=[^<>]*</p>)")

    def wrap(hit: re.Match[str]) -> str:
        if chance.random() > 0.1:
            return hit[0]
        word = hit[0].rstrip()
        return f"<span style='color:#333'>{word}</span>{hit[0][len(word) :]}"

    return words.sub(wrap, text)


def carriage_returns(text: str, chance: Random) -> str:  # noqa: ARG001
    return text.replace("\n", "\r\n")


def _reflow(text: str, chance: Random) -> str:
    """Break lines at a width, as text taken from a page of paper is."""
    width = chance.randint(60, 100)
    lines = []
    for line in text.split("\n"):
        while len(line) > width and " " in line[20:width]:
            cut = line.rindex(" ", 20, width)
            if re.match(r"\(?\w{1,4}\)|\d|[“‘]", line[cut + 1 :]):  # a reader may take such a line for a new provision
                break
            lines.append(line[:cut])
            line = line[cut + 1 :]  # noqa: PLW2901 - the rest of the same line
        lines.append(line)
    return "\n".join(lines)


def _hyphenate(text: str, chance: Random) -> str:
    """Break long words at lines' ends."""
    return re.sub(r"(?<=\b[a-z]{5})(?=[a-z]{4,}\b)", lambda _: "-\n" if chance.random() < 0.1 else "", text)


def _encode(encoding: str, name: str) -> Callable[[Print, Random], Print]:
    def encode(text: str) -> bytes:
        return text.replace('charset="utf-8"', f'charset="{name}"').encode(encoding, "xmlcharrefreplace")

    return lambda how, _: replace(how, encode=encode)


def _arabic_numbers(how: Print, chance: Random) -> Print:  # noqa: ARG001
    return replace(
        how, numbers=lambda label: re.sub(r"第(.+?)(条|章)", lambda hit: f"第{_value(hit[1])}{hit[2]}", label)
    )


def _value(numeral: str) -> int:
    tens, mark, ones = numeral.rpartition("十")
    if not mark:
        return int(_ARABIC[numeral])
    return int(_ARABIC.get(tens, "1")) * 10 + int(_ARABIC.get(ones, "0"))


def _half_brackets(how: Print, chance: Random) -> Print:  # noqa: ARG001
    return replace(how, numbers=lambda label: label.replace("（", "(").replace("）", ")"))


def _spaced_labels(how: Print, chance: Random) -> Print:
    gap = chance.choice((" ", "\u3000"))
    return replace(how, numbers=lambda label: label.replace("）", f"{gap}）") if "（" in label else label)


def _with_contents(how: Print, chance: Random) -> Print:  # noqa: ARG001
    return replace(how, contents=True)


_ALL = (*_MARKUP, *_LINES, "ecfr")
_ZH = ("cac", "markdown")
_LATIN = ("journal", "consolidated", "page", "gazette", "ecfr")
_WIDE = {plain: wide for plain, wide in eq.WIDE.items() if plain.isalnum()}
Change = Callable[[Print, Random], Print]
_TEXT: dict[str, tuple[tuple[str, ...], Change]] = {
    "full-width letters and digits": (_ZH, _dress(lambda d, t: d.by_table(_WIDE, t))),
    "half-width punctuation": (_ZH, _dress(lambda d, t: d.by_table(eq.NARROW, t), 1.0)),
    "some half-width punctuation": (_ZH, _dress(lambda d, t: d.by_table(eq.NARROW, t))),
    "radicals": (_ZH, _dress(lambda d, t: d.by_table(eq.RADICALS, t), 0.8)),
    "compatibility ideographs": (_ZH, _dress(lambda d, t: d.by_table(eq.IDEOGRAPHS, t), 0.8)),
    "spaces between characters": (("cac",), _dress(lambda d, t: d.between_han(t))),
    "spaces around digits": (_ZH, _dress(lambda d, t: d.around_latin(t))),
    "arabic article numbers": (_ZH, _arabic_numbers),
    "half-width item brackets": (_ZH, _half_brackets),
    "spaced item brackets": (_ZH, _spaced_labels),
    "a table of contents": (_ZH, _with_contents),
    "quotes": (_LATIN, _dress(lambda d, t: d.by_class(eq.SINGLE_QUOTES, d.by_class(eq.DOUBLE_QUOTES, t)))),
    "dashes": (_LATIN, _dress(lambda d, t: d.by_class(eq.DASHES, t))),
    "other spaces": (_LATIN, _dress(lambda d, t: d.blanks(t))),
    "doubled spaces and line ends": (
        ("journal", "consolidated", "page", "ecfr"),
        _dress(lambda d, t: d.double_spaces(t), 0.2),
    ),
    "ligatures": (_LATIN, _dress(lambda d, t: d.by_table(eq.LIGATURES, t))),
    "separate accents": (_LATIN, _dress(lambda d, t: d.decompose(t))),
    "unseen characters": (_ALL, _dress(lambda d, t: d.insert_invisible(t))),
    "entities": (_MARKUP, _finish(entities)),
    "tags in capitals": (_MARKUP, _finish(_tags_in_capitals)),
    "blank lines": ((*_MARKUP, *_LINES), _finish(_blank_lines)),
    "empty paragraphs": (("cac", "page"), _finish(_empty_paragraphs)),
    "meaningless spans": (_MARKUP, _finish(spans)),
    "carriage returns": (_ALL, _finish(carriage_returns)),
    "reflow": (("gazette",), _finish(_reflow)),
    "hyphenation": (("gazette",), _finish(_hyphenate)),
    "byte order mark": (_ALL, _encode("utf-8-sig", "utf-8")),
    "GBK": (("cac",), _encode("gb18030", "gb2312")),
    "UTF-16": (("cac", "page", "journal"), _encode("utf-16", "utf-16")),
}


def _junk(chance: Random) -> str:
    number = chance.randint(1, 99_999)
    return chance.choice(_JUNK).format(n=number, d=chance.randint(10, 28), t=chance.randint(10, 23))


_JUNK = (
    '<nav class="nav"><ul><li><a href="/">Home</a></li><li><a href="/n{n}">News</a></li>'
    "<li><a href='/l'>Laws</a></li></ul></nav>",
    '<div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/law">Laws</a> &gt; '
    '<a href="/law/{n}">Item {n}</a></div>',
    '\f<div class="footer"><p>Copyright 2031. Registration {n}. <a href="/contact">Contact</a> '
    '<a href="/map">Site map</a></p></div>',
    '\f<footer><a href="/privacy">Privacy</a> | <a href="/terms">Terms</a> | Updated {t}:15</footer>',
    '<div class="header"><a href="/a">Today {d}</a> <a href="/b">Visitors {n}</a></div>',
    '\f<div class="share"><a href="#">Share</a> <a href="#">Print</a> <a href="#">Mail ({n})</a></div>',
    '\f<div class="related"><h3>Related</h3><ul><li><a href="/x{n}">Another act {n}</a></li>'
    '<li><a href="/y">One more</a></li></ul></div>',
    '<div id="cookie" class="cookie-banner"><a href="/cookies">Cookies</a> <button>Accept</button></div>',
    '<div class="language"><a href="?l=en">EN</a> <a href="?l=fr">FR</a> <a href="?l=zh">中文</a></div>',
    "<script>var nonce = '{n}'; document.write('x');</script><style>.a{n} {{color: red}}</style>",
    '\f<div class="ads"><a href="/ad{n}"><img src="ad{n}.gif" alt=""/></a></div>',
    '<noscript><img src="/pixel?{n}"/></noscript><!-- served by node {n} -->',
)  # fmt: skip


def _chrome(how: Print, chance: Random) -> Print:
    return replace(how, chrome=tuple(_junk(chance) for _ in range(chance.randint(1, 5))))


def wrap_body(text: str, chance: Random) -> str:
    depth = chance.randint(1, 5)
    text = text.replace("<body>", "<body>" + f'<div class="w{chance.randint(1, 99)}">' * depth)
    return text.replace("</body>", "</div>" * depth + "</body>")


def attributes(text: str, chance: Random) -> str:
    return re.sub(r"<(p|P|td|li|HEAD)\b", lambda hit: f'<{hit[1]} data-n="{chance.randint(1, 9999)}"', text)


def _reorder_attributes(text: str, chance: Random) -> str:  # noqa: ARG001
    return re.sub(r'<(\w+) ([a-z]+="[^"]*") ([a-z]+="[^"]*")>', r"<\1 \3 \2>", text)


def comments(text: str, chance: Random) -> str:
    return re.sub(
        r"(?=<p\b|<P>|<HEAD>)", lambda _: f"<!-- {chance.randint(1, 9999)} -->" if chance.random() < 0.3 else "", text
    )


def _two_pages(how: Print, chance: Random) -> Print:
    return replace(_chrome(how, chance), finish=lambda text: wrap_body(attributes(text, chance), chance))


def _other_skin(how: Print, chance: Random) -> Print:  # noqa: ARG001
    return replace(how, skin=_OTHER[how.skin])


_OTHER = {
    "cac": "markdown",
    "markdown": "cac",
    "journal": "consolidated",
    "consolidated": "journal",
    "page": "gazette",
    "gazette": "page",
}
_CHROME: dict[str, tuple[tuple[str, ...], Change]] = {
    "furniture": (_MARKUP, _chrome),
    "wrappers": (_MARKUP, _finish(wrap_body)),
    "attributes": ((*_MARKUP, "ecfr"), _finish(attributes)),
    "attribute order": ((*_MARKUP, "ecfr"), _finish(_reorder_attributes)),
    "comments": ((*_MARKUP, "ecfr"), _finish(comments)),
    "all of it": (_MARKUP, _two_pages),
    "another template": (tuple(_OTHER), _other_skin),
}
_KINDS = _TEXT | _CHROME
KINDS = tuple(_KINDS)
TEXT_KINDS, CHROME_KINDS = tuple(_TEXT), tuple(_CHROME)

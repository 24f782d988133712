"""Print a law in the markup its publishers use; what may differ between two printings is a choice of the caller."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape

from benchmarks.laws.model import Article, Law, Paragraph
from benchmarks.laws.traditions import TRADITIONS, Tradition, numeral

Dress = Callable[[str], str]


@dataclass(frozen=True)
class Print:
    """How one printing is made: the skin, what is done to its words, and what is done to its lines and markup."""

    skin: str = ""
    dress: Dress = str
    numbers: Dress = str  # done to printed labels
    contents: bool = False
    chrome: tuple[str, ...] = ()
    finish: Callable[[str], str] = str
    encode: Callable[[str], bytes] = field(default=lambda text: text.encode())


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its level, its label, and its words."""

    level: str  # chapter, article, paragraph, item
    label: str
    text: str
    heading: str = ""


def print_law(law: Law, how: Print) -> bytes:
    """Return *law* as a page."""
    skin = how.skin or TRADITIONS[law.tradition].skins[0]
    return how.encode(how.finish(_SKINS[skin](law, how)))


def lines(law: Law, how: Print) -> Iterator[Line]:
    """Yield the lines of a law."""
    tradition = TRADITIONS[law.tradition]
    numbers = law.numbers()
    for place, chapter in enumerate(law.chapters, 1):
        yield Line("chapter", how.numbers(_chapter(tradition, place)), "", how.dress(chapter.heading))
        for article in chapter.articles:
            label = how.numbers(_article(tradition, numbers[article.uid]))
            yield Line("article", label, "", how.dress(article.heading))
            for number, paragraph in enumerate(article.paragraphs):
                yield from _paragraph(tradition, law, article, number, paragraph, how)


def _paragraph(
    tradition: Tradition, law: Law, article: Article, number: int, paragraph: Paragraph, how: Print
) -> Iterator[Line]:
    several = len(article.paragraphs) > 1
    label = _PARAGRAPH[tradition.jurisdiction].format(tradition.paragraph_number(number)) if several else ""
    yield Line("paragraph", label, how.dress(tradition.text(paragraph.words, law)))
    for place, item in enumerate(paragraph.items):
        label = (
            f"（{numeral(place + 1)}）" if tradition.language == "zh" else f"({tradition.item_number(article, place)})"
        )
        if article.defines and tradition.jurisdiction == "us":
            label = ""
        yield Line("item", how.numbers(label), how.dress(tradition.text(item, law)))


_PARAGRAPH = {"cn": "", "eu": "{}.", "us": "({})", "in": "({})"}
_ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII"]


def _chapter(tradition: Tradition, place: int) -> str:
    if tradition.language == "zh":
        return f"第{numeral(place)}章"
    if tradition.jurisdiction == "us":
        return "ABCDEFGH"[place - 1]
    return f"{'HOOFDSTUK' if tradition.language == 'nl' else 'CHAPTER'} {_ROMAN[place]}"


def _article(tradition: Tradition, number: tuple[int, int]) -> str:
    printed_number = tradition.number(number)
    word = {"cn": "", "eu": "Artikel " if tradition.language == "nl" else "Article ", "us": "§ ", "in": ""}
    return f"{word[tradition.jurisdiction]}{printed_number}{'.' if tradition.jurisdiction == 'in' else ''}"


def _chinese_lines(law: Law, how: Print) -> Iterator[tuple[str, str]]:
    """Yield (level, text): the first paragraph stands behind the article's number."""
    label = ""
    if how.contents:
        yield "contents", "目　录"
        yield from (
            ("contents", f"{line.label}　{line.heading}") for line in lines(law, how) if line.level == "chapter"
        )
    for line in lines(law, how):
        if line.level == "chapter":
            yield "chapter", f"{line.label} {line.heading}"
        elif line.level == "article":
            label = line.label
        else:
            yield ("article" if label else line.level), (f"{label}　{line.text}" if label else line.label + line.text)
            label = ""


def _cac(law: Law, how: Print) -> str:
    bold = []
    for level, text in _chinese_lines(law, how):
        label, gap, rest = text.partition("　")
        line = f"<strong>{escape(label)}</strong>{gap}{escape(rest)}" if level == "article" else escape(text)
        bold.append(f'<p style="text-indent: 2em;">{line}</p>' if level != "chapter" else f"<p align=center>{line}</p>")
    title = escape(how.dress(law.title))
    body = (
        f'<div class="main-title"><h1 class="title">{title}</h1><span id="pubtime">2031年02月03日 15:00</span></div>'
        '<DIV id=BodyLabel class="main-content"><p>国家互联网信息办公室令</p><p>第99号</p><p>2031年2月1日</p>'
        f"<p>{title}</p>"
        f"{''.join(bold)}</DIV>"
    )
    return _site(f"{title}_中央网络安全和信息化委员会办公室", body, how, "zh-CN")


def _markdown(law: Law, how: Print) -> str:
    paragraphs = [f"## {text}" if level == "chapter" else text for level, text in _chinese_lines(law, how)]
    head = [f"# {how.dress(law.title)}", "2031年2月1日 国家互联网信息办公室公布", "<!-- INFO END -->"]
    return "\n\n".join([*head, *paragraphs]) + "\n"


def _journal(law: Law, how: Print) -> str:
    return _european(
        law, how, "oj-ti-art", "oj-sti-art", "oj-normal", "oj-ti-section-1", "oj-ti-section-2", "oj-doc-ti"
    )


def _consolidated_act(law: Law, how: Print) -> str:
    classes = ("title-article-norm", "stitle-article-norm", "norm", "title-division-1", "title-division-2")
    return _european(law, how, *classes, "title-doc-first")


def _european(law: Law, how: Print, art: str, sub: str, norm: str, one: str, two: str, title: str) -> str:
    tradition = TRADITIONS[law.tradition]
    dutch = tradition.language == "nl"
    title_lines = ["VERORDENING (EU) 2031/77 VAN HET EUROPEES PARLEMENT EN DE RAAD", "van 3 maart 2031"] if dutch else [
        "REGULATION (EU) 2031/77 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL", "of 3 March 2031"
    ]  # fmt: skip
    words = [
        f'<div class="eli-container"><div class="eli-main-title" id="tit_1">'
        f"{''.join(f'<p class={title!r}>{escape(line)}</p>' for line in [*title_lines, how.dress(law.title)])}</div>",
        f'<div class="eli-subdivision" id="enc_1"><p class="{norm}">'
        f"{'HEBBEN DE VOLGENDE VERORDENING VASTGESTELD:' if dutch else 'HAVE ADOPTED THIS REGULATION:'}</p>",
    ]
    open_divs = [0, 0]
    for line in lines(law, how):
        text = escape(line.text)
        if line.level == "chapter":
            words.append("</div>" * sum(open_divs) + f'<div><p class="{one}">{line.label}</p>')
            words.append(f'<div class="eli-title"><p class="{two}">{escape(line.heading)}</p></div>')
            open_divs = [1, 0]
        elif line.level == "article":
            words.append("</div>" * open_divs[1] + f'<div class="eli-subdivision"><p class="{art}">{line.label}</p>')
            words.append(f'<div class="eli-title"><p class="{sub}">{escape(line.heading)}</p></div>')
            open_divs[1] = 1
        elif line.level == "paragraph":
            words.append(f'<p class="{norm}">{line.label}{"&#160;&#160;&#160;" if line.label else ""}{text}</p>')
        elif norm == "norm":
            words.append(
                f'<div class="grid-container grid-list"><div class="list grid-list-column-1"><span>{line.label} </span>'
                f'</div><div class="grid-list-column-2"><p class="{norm}">{text}</p></div></div>'
            )
        else:
            words.append(
                f'<table width="100%"><col width="4%"/><col width="96%"/><tbody><tr><td valign="top"><p class="{norm}">'
                f'{line.label}</p></td><td valign="top"><p class="{norm}">{text}</p></td></tr></tbody></table>'
            )
    words.append("</div>" * sum(open_divs) + "</div></div>")
    return _site("L_203100077", "\n".join(words), how, tradition.language)


def _ecfr(law: Law, how: Print) -> str:
    parts = [
        '<?xml version="1.0"?>\n<DIV5 N="9901" TYPE="PART" VOLUME="1">',
        f"<HEAD>PART 9901&#x2014;{escape(how.dress(law.title).upper())}</HEAD>",
        "<AUTH><HED>Authority:</HED><PSPACE>50 U.S.C. 9901.</PSPACE></AUTH>",
    ]
    open_divs = [0, 0]
    for line in lines(law, how):
        text = escape(line.text)
        if line.level == "chapter":
            parts.append(
                "</DIV8>" * open_divs[1] + "</DIV6>" * open_divs[0] + f'<DIV6 N="{line.label}" TYPE="SUBPART">'
            )
            parts.append(f"<HEAD>Subpart {line.label}&#x2014;{escape(line.heading)}</HEAD>")
            open_divs = [1, 0]
        elif line.level == "article":
            number = line.label.removeprefix("§ ")
            parts.append("</DIV8>" * open_divs[1] + f'<DIV8 N="{number}" TYPE="SECTION">')
            parts.append(f"<HEAD>{line.label} {escape(line.heading)}.</HEAD>")
            open_divs[1] = 1
        else:
            parts.append(f"<P>{line.label}{' ' if line.label else ''}{text}</P>")
    return "\n".join([*parts, "</DIV8>" * open_divs[1] + "</DIV6>" * open_divs[0] + "</DIV5>"])


def _indian_lines(law: Law, how: Print) -> Iterator[str]:
    label = ""
    for line in lines(law, how):
        if line.level == "chapter":
            yield line.label
            yield line.heading.upper()
        elif line.level == "article":
            label = f"{line.label} {line.heading}.—"
        else:
            gap = " " if line.label else ""
            yield f"{label}{line.label}{gap}{line.text}"
            label = ""


_INDIAN_HEAD = ("MINISTRY OF LAW AND JUSTICE", "THE LEARNED SERVICES ACT, 2031", "No. 9 OF 2031", "[1st March, 2031.]")


def _page(law: Law, how: Print) -> str:
    page_lines = [*_INDIAN_HEAD, f"An Act {how.dress(law.title)}.", *_indian_lines(law, how)]
    body = "\n".join(f"<p>{escape(line)}</p>" for line in page_lines)
    return _site("THE LEARNED SERVICES ACT, 2031", f'<div class="act-content">{body}</div>', how, "en")


def _gazette(law: Law, how: Print) -> str:
    return "\n".join([*_INDIAN_HEAD, f"An Act {how.dress(law.title)}.", *_indian_lines(law, how)]) + "\n"


def _site(title: str, body: str, how: Print, language: str) -> str:
    before = "".join(piece for piece in how.chrome if not piece.startswith("\f"))
    after = "".join(piece[1:] for piece in how.chrome if piece.startswith("\f"))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>{before}{body}{after}</body></html>"
    )


_SKINS: dict[str, Callable[[Law, Print], str]] = {
    "cac": _cac,
    "markdown": _markdown,
    "journal": _journal,
    "consolidated": _consolidated_act,
    "ecfr": _ecfr,
    "page": _page,
    "gazette": _gazette,
}

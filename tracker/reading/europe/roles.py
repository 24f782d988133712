"""What the classes of EUR-Lex markup mean: the one table for the generations A to D and for proposals."""

from __future__ import annotations

from tracker.reading.europe.lines import Role

# class (without the prefix "oj-") -> role. A and D share the left names, B and C the right ones.
_CLASSES = {
    "ti-art": Role.ARTICLE,
    "title-article-norm": Role.ARTICLE,
    "sti-art": Role.ARTICLE_HEADING,
    "stitle-article-norm": Role.ARTICLE_HEADING,
    "ti-section-1": Role.DIVISION,
    "title-division-1": Role.DIVISION,
    "ti-section-2": Role.DIVISION_HEADING,
    "title-division-2": Role.DIVISION_HEADING,
    "doc-ti": Role.TITLE,
    "title-doc-first": Role.TITLE,
    "title-doc-last": Role.TITLE,
    "doc-subtitle": Role.TITLE,
    "title-annex-1": Role.ANNEX,
    "ti-annex": Role.ANNEX,
    "title-annex-2": Role.ANNEX_HEADING,
    "ti-annotation": Role.GROUP,
    "ti-tbl": Role.GROUP,
    "note": Role.FOOTNOTE,
    "footnote": Role.FOOTNOTE,
    "modref": Role.MARK,
    "arrow": Role.MARK,
    "signatory": Role.CLOSING,
    "reference": Role.HEADER,
    "disclaimer": Role.HEADER,
    "hd-modifiers": Role.HEADER,
    "title-doc-oj-reference": Role.HEADER,
    "title-toc": Role.HEADER,
    "toc-item": Role.HEADER,
}
_BEGINNINGS = {
    "ti-grseq-": Role.GROUP,
    "title-gr-seq-level-": Role.GROUP,
    "hd-": Role.HEADER,
    "toc-": Role.HEADER,
    "title-fam-member": Role.HEADER,
    "title-member": Role.HEADER,
}
_QUOTATION = frozenset({"quotation-ti", "quotation-sti"})
DATA_TABLES = frozenset({"oj-table", "table", "borderOj"})


def is_quotation(classes: list[str]) -> bool:
    """Return whether the markup itself says that an element is quoted from another act."""
    return any(name.removeprefix("oj-") in _QUOTATION for name in classes)


def role_of(classes: list[str]) -> Role | None:
    """Return the role that an element's classes give it, or None when they say nothing."""
    if is_quotation(classes):
        return None
    for name in classes:
        plain = name.removeprefix("oj-")
        role = _CLASSES.get(plain)
        if role is not None:
            return role
        for beginning, role_begun in _BEGINNINGS.items():
            if plain.startswith(beginning):
                return role_begun
    return None

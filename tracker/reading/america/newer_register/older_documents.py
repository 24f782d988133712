"""The Federal Register in USLM (frDoc, rule, proposedRule, notice, presidentialDoc), put back into the older markup.

The new markup was made from the old one and still says so (``-uslm-sgm:AMDPAR``): an instruction is a ``section`` of
the rule and what it sets out stands in ``quotedContent``. Read as levels, each instruction would be a section of law.
So the tree is given the older names, and one reader reads both.
"""

from __future__ import annotations

from lxml import etree

from tracker.reading.america.markup import attribute, name_of, text_of
from tracker.reading.america.newer_register.older_amendments import add_amendments, is_amending
from tracker.reading.america.newer_register.older_code import older_volume
from tracker.reading.america.newer_register.older_lines import (
    LEADS,
    LEVELS,
    WRAPPERS,
    add_blocks,
    add_leaf,
    add_text,
    fill,
    is_block,
    styles_of,
)

DOCUMENTS = {"rule": "RULE", "proposedRule": "PRORULE", "notice": "NOTICE", "presidentialDoc": "PRESDOCU"}
ROOTS = frozenset({"frDoc", "cfrDoc", *DOCUMENTS})
_STATEMENTS = {
    "summary": "SUM",
    "effectiveDate": "EFFDATE",
    "dates": "DATES",
    "addresses": "ADD",
    "furtherInformation": "FURINF",
    "listOfSubjects": "LSTSUB",
}
_PREFACE = {"affected": "CFR", "subject": "SUBJECT"}
_PRESIDENTIAL = {"EXECORD", "PROCLA", "PRMEMO", "PRNOTICE", "PRORDER", "DETERM"}


def older_markup(root: etree._Element) -> etree._Element:
    """Return the tree of *root* in the markup of the bulk files: one document, an issue, a volume of the Code."""
    if name_of(root) == "cfrDoc":
        return older_volume(root)
    documents = [node for node in root.iter() if name_of(node) in DOCUMENTS]
    if documents[:1] == [root]:
        return _document(root)
    issue = etree.Element("FEDREG")
    _around(root, issue, frozenset(documents))
    if len(documents) != 1:
        return issue
    document = next(issue.iter(*DOCUMENTS.values()))
    for line in [child for child in issue if child is not document]:
        add_leaf(document, "PRTPAGE", line)  # what is printed around one document is furniture of its page
    return document


def _around(element: etree._Element, issue: etree._Element, documents: frozenset[etree._Element]) -> None:
    """Put the documents below *element* into *issue*, and what stands around them under the names it has."""
    for child in element:
        if child in documents:
            issue.append(_document(child))
        elif name_of(child) and any(inner in documents for inner in child.iter()):
            _around(child, issue, documents)
        elif name_of(child) and name_of(child) != "meta":
            add_leaf(issue, name_of(child).upper(), child)


def _document(node: etree._Element) -> etree._Element:
    name = DOCUMENTS[name_of(node)]
    if name == "RULE" and any(name_of(above) == "proposedRules" for above in node.iterancestors()):
        name = "PRORULE"
    document = etree.Element(name)
    if name == "PRESDOCU":
        _presidential(node, document)
    else:
        _rule(node, document)
    _identify(node, document)
    return document


def _identify(node: etree._Element, document: etree._Element) -> None:
    """Give a document without its last line the number its metadata has."""
    meta = next((child for child in node if name_of(child) == "meta"), None)
    number = next((text_of(child) for child in meta if name_of(child) == "docNumber"), "") if meta is not None else ""
    if number and document.find(".//FRDOC") is None:
        document.set("number", number.replace("–", "-"))


# ---- a rule or notice


def _rule(node: etree._Element, rule: etree._Element) -> None:
    preamble = etree.SubElement(rule, "PREAMB")
    for child in node:
        name = name_of(child)
        if name == "preface":
            for line in child:
                _preface_line(line, preamble)
        elif name == "main":
            for part in child:
                _part(part, preamble, rule)
        elif name and name != "meta":
            _end(child, rule)


def _preface_line(line: etree._Element, preamble: etree._Element) -> None:
    name = name_of(line)
    is_titled = any(name_of(inner) == "headingText" for inner in line.iter())
    if name == "organization":
        sub = "SUBAGY" if "SUBAGY" in styles_of(line) else "AGENCY"
        _add_with_title(preamble, "AGY", line) if is_titled else add_leaf(preamble, sub, line)
    elif name == "action":
        _add_with_title(preamble, "ACT", line)
    elif name:
        add_leaf(preamble, _PREFACE.get(name) or attribute(line, "role") or name.upper(), line)


def _add_with_title(parent: etree._Element, name: str, line: etree._Element) -> None:
    """Add "AGENCY: The Machine Office." as a heading and its paragraph."""
    element = etree.SubElement(parent, name)
    title = next((inner for inner in line.iter() if name_of(inner) == "headingText"), None)
    if title is not None:
        add_leaf(element, "HD", title)
    add_leaf(element, "P", line, without=frozenset({"headingText"}))


def _part(part: etree._Element, preamble: etree._Element, rule: etree._Element) -> None:
    if name_of(part) in {"rulePreamble", "preamble", "noticePreamble"}:
        for statement in part:
            _statement(statement, preamble, rule)
    elif name_of(part):
        _statement(part, preamble, rule)


def _statement(statement: etree._Element, preamble: etree._Element, rule: etree._Element) -> None:
    name, role = name_of(statement), attribute(statement, "role")
    if name == "statement" and role in _STATEMENTS:
        parent = rule if role == "listOfSubjects" else preamble
        add_blocks(statement, etree.SubElement(parent, _STATEMENTS[role]))
    elif is_amending(statement):
        add_amendments(statement, rule)
    elif name == "signatures":
        add_leaf(rule, "SIG", statement)
    elif name == "wordsOfIssuance":
        add_leaf(etree.SubElement(rule, "SUPLINF"), "P", statement)
    elif name:
        add_blocks(statement, etree.SubElement(rule, "SUPLINF"))


def _end(child: etree._Element, rule: etree._Element) -> None:
    if name_of(child) == "signatures":
        add_leaf(rule, "SIG", child)
        return
    for line in child if name_of(child) == "notes" else [child]:
        name = {"frDocId": "FRDOC", "billingCode": "BILCOD"}.get(name_of(line), "NOTE")
        if name_of(line):
            add_leaf(rule, name, line)


# ---- a presidential document


def _presidential(node: etree._Element, document: etree._Element) -> None:
    name = next(iter(styles_of(node) & _PRESIDENTIAL), "EXECORD")
    inside = etree.SubElement(document, name)
    for child in node:
        if name_of(child) in {"preface", "main"}:
            _presidential_lines(child, inside)
        elif name_of(child) and name_of(child) != "meta":
            _end(child, inside)


def _presidential_lines(element: etree._Element, inside: etree._Element) -> None:
    for child in element:
        name = name_of(child)
        if name in WRAPPERS or (name == "p" and len(child) and any(is_block(inner) for inner in child)):
            _presidential_lines(child, inside)
        elif name in {"title", "subject", "heading"}:
            add_leaf(inside, "HD" if name == "heading" else "EXECORDR", child)
        elif name == "signatures":
            add_leaf(inside, "PSIG", child)
        elif name == "section" or name in LEVELS:
            _presidential_level(child, inside)
        elif name:
            add_leaf(inside, "FP", child)


def _presidential_level(level: etree._Element, inside: etree._Element) -> None:
    line = etree.SubElement(inside, "FP")
    for child in level:
        name = name_of(child)
        if name in LEADS or (name in {"content", "text"} and not any(is_block(inner) for inner in child)):
            fill(line, child, italic=name == "heading")
            add_text(line, " ")
        elif name in LEVELS:
            _presidential_level(child, inside)
        elif name:
            _presidential_lines(child, inside)

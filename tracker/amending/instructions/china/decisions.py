"""Read the instructions of a Chinese 修改决定 or 修正案: clause by clause, old numbers left and new ones right."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import resources

from storage.records import Provision, Reading
from tracker.amending.instructions.china.china_targets import TARGET_LIST, inherit, targets_of
from tracker.amending.instructions.china.clause_makers import MAKERS, instruction_to
from tracker.amending.instructions.quotation import mask
from tracker.amending.operations import Action, Instruction, Target

_TABLE = tomllib.loads(resources.files(__package__).joinpath("china.toml").read_text(encoding="utf-8"))
_MAY_NAME, _NAMES, _NAMES_NONE = "(?P<targets>{T})?", "(?P<targets>{T})", "(?P<targets>(?!))?"


def _variants(pattern: str) -> list[str]:
    """Return *pattern* with its targets named, then without: a target is never passed over for want of trying."""
    if not pattern.startswith(_MAY_NAME):
        return [pattern]
    return [pattern.replace(_MAY_NAME, _NAMES, 1), pattern.replace(_MAY_NAME, _NAMES_NONE, 1)]


_CLAUSES = [
    (row["action"], re.compile(pattern.replace("{T}", TARGET_LIST)))
    for row in _TABLE["clause"]
    for pattern in _variants(row["pattern"])
]
_INSTRUCTS = re.compile(_TABLE["order"]["instructs"])
RENUMBERS = re.compile(_TABLE["order"]["renumbers"])
_ACT = re.compile(r"《([^》]{2,60})》")
_SEVERAL = re.compile(r"部分|若干|一批|等(?:法律|行政法规|法规|规章|\S{0,4}(?:条例|规定|办法))|一揽子")
_AMENDED_ACT = re.compile(
    r"(?:^|[\n。；：、，将对在》]|删去|删除|废止|决定|修改)《([^》]{2,60})》(?=第|作|进行|中|的|修改|（|等|《|、|予以|\s*$)"
)
_CORE = re.compile(r"^中华人民共和国|（[^）]*）|\([^)]*\)|（?(?:草案|修订|修正)）?$|[\s《》]")
_SPLIT = re.compile(
    r"[。；;]|(?<=⟧)\n(?!⟦)|[，,](?=(?:并)?(?:增加|删去|删除|将)|第[^，。⟦]{1,12}(?:修改为|改为|中的?⟦)|⟦\d+⟧(?:一词)?之?[前后]增加)"
)
_ALONG = re.compile(r"^[，,]?(?:并)?(?:将该[条款项])?(?:修改为|改为)")
Match = re.Match[str]


def read_instructions(amending: Reading, base: Reading) -> list[Instruction]:
    """Return the instructions of *amending* to *base*."""
    reader = _ChinaInstructions(base, amending)
    for provision in amending.provisions:
        reader.item(provision)
    return reader.instructions_read


def core(title: str) -> str:
    """Return the title of a law without what is formal about it."""
    return _CORE.sub("", title)


class _ChinaInstructions:
    def __init__(self, base: Reading, amending: Reading) -> None:
        self.name = core(base.title)
        acts = [core(name) for name in _ACT.findall(amending.title)]
        of_several = len(acts) > 1 or _SEVERAL.search(amending.title) is not None
        self.ours = not of_several and (not acts or any(_is_same(name, self.name) for name in acts))
        self.instructions_read: list[Instruction] = []

    def item(self, provision: Provision) -> None:
        """Read one item of the decision; what stands numbered below it is read by itself."""
        text = _join_lines(_lines(provision))
        clause_text, words = mask(text)
        self.frame(clause_text)
        context: Target = ()
        for clause in _clauses(clause_text):
            context = self.clause(clause, words, context, provision.eid) if self.ours else context
        for child in _numbered_children(provision):
            self.item(child)

    def frame(self, clause_text: str) -> None:
        """Note which law the words name as amended, when they name one where a target stands."""
        acts = [core(hit[1]) for hit in _AMENDED_ACT.finditer(clause_text.split("⟦", 1)[0])]
        if acts:
            self.ours = any(_is_same(name, self.name) for name in acts)

    def clause(self, clause: str, words: list[str], context: Target, eid: str) -> Target:
        """Read one clause; return the article the next one inherits."""
        action, hit = next(
            ((name, match) for name, pattern in _CLAUSES if (match := pattern.search(clause)) is not None), ("", None)
        )
        if hit is None:
            if _INSTRUCTS.search(clause) and not RENUMBERS.search(clause):
                self.instructions_read.append(
                    replace(
                        instruction_to(Action.REPLACE, context),
                        basis=_show_clause(clause, words),
                        basis_eid=eid,
                        why=_SAYS_MORE,
                    )
                )
            return context
        targets = list(targets_of(hit.groupdict().get("targets") or ""))
        targets = [inherit(context, target) for target in targets] or ([context] if context else [])
        result = list(MAKERS[action](hit, targets, words))
        if not _is_whole(clause, hit, action):
            result = [replace(instruction, why=_SAYS_MORE) for instruction in result]
        self.instructions_read += [
            replace(instruction, basis=_show_clause(clause, words), basis_eid=eid) for instruction in result
        ]
        return targets[-1][:1] if targets and targets[-1] else context


_SAYS_MORE = "the clause says more than could be read"
_BEYOND = re.compile(_TABLE["order"]["beyond"])
_FROM_END = frozenset({"insert", "merge", "split"})  # what they quote stands behind what the pattern reads


def _is_whole(clause: str, hit: Match, action: str) -> bool:
    """Return whether every quotation of a clause was read: a second target or word would get lost otherwise."""
    before = clause[: hit.start()]
    after = "" if action in _FROM_END else clause[hit.end() :]
    return "⟦" not in before and "⟦" not in after and _BEYOND.search(clause) is None


def _show_clause(clause: str, words: list[str]) -> str:
    return re.sub(r"⟦(\d+)⟧", lambda hit: f"“{words[int(hit[1])][:60]}”", clause).strip("，, ")


def _is_same(name: str, other: str) -> bool:
    return bool(name) and bool(other) and name == other


def _lines(provision: Provision) -> Iterator[str]:
    if provision.heading:
        yield provision.heading
    if provision.text:
        yield from provision.text.split("\n")
    for child in provision.children:
        if not child.number:
            yield from _lines(child)
        elif child.label.startswith(("“", "（")) and _is_payload(child):
            yield f"{child.label}{child.text}"


def _is_payload(child: Provision) -> bool:
    return child.label.startswith("“")


def _numbered_children(provision: Provision) -> Iterator[Provision]:
    for child in provision.children:
        if child.number and not _is_payload(child):
            yield child
        elif not child.number:
            yield from _numbered_children(child)


def _join_lines(lines: Iterable[str]) -> str:
    """Return the lines as one text; each paragraph of a quotation opens it again and only the last closes it."""
    joint: list[str] = []
    depth = 0
    for line in lines:
        text = line.strip()
        if depth and text.startswith("“"):
            text = text[1:]
        depth = max(depth + text.count("“") - text.count("”"), 0)
        joint.append(text)
    return "\n".join(joint)


def _clauses(clause_text: str) -> Iterator[str]:
    """Yield the clauses of an item; "修改为" of the same article stays with what it goes on from."""
    start = 0
    for hit in _SPLIT.finditer(clause_text):
        if _ALONG.match(clause_text[hit.start() :]):
            continue
        yield clause_text[start : hit.start()]
        start = hit.start() if hit[0] in "，," else hit.end()
    yield clause_text[start:]

"""What keeps the house legible: sizes, names, imports, words, and the user's card."""

import ast
import dataclasses
import functools
import inspect
import re
import subprocess
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from docs import write_glossary
from storage import records
from tests.architecture.names import bound_names, function_imports, is_bare_participle
from tracker.cli.main import COMMANDS

ROOT = Path(__file__).parent.parent
PACKAGES = ("crawlers", "tracker", "storage")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
BESIDE = {  # what is no part of the product, and is held to the names alone
    folder: {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / folder).rglob("*.py"))
    }
    for folder in ("benchmarks", "docs", "tests")
}
DATA = ROOT / "tests" / "architecture"
EMPTY_NAMES = {"utils", "helpers", "manager", "data", "misc", "common"}
README = (ROOT / "README.md").read_text(encoding="utf-8")
TRADITIONS = {"akoma", "america", "china", "europe", "india"}
RELEASED_STEPS = ("storage/schema/migrations/m", "storage/schema/postgresql_steps/p")  # a released step is never edited
FACES = ("tracker/cli/", "tracker/web/", "tracker/mcp_server/")


def table(name):
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


class TestSizes:
    @pytest.mark.parametrize("path", TREES, ids=str)
    def test_a_module_is_small_enough_to_read_in_one_sitting(self, path):
        assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= 300

    def test_a_folder_holds_at_most_twenty_modules(self):
        many = Counter(path.rsplit("/", 1)[0] for path in TREES if not path.endswith(("__init__.py", "__main__.py")))
        by_right = {"storage", "storage/schema/migrations"} | {f"tracker/reading/{name}" for name in TRADITIONS}
        assert {folder: n for folder, n in many.items() if n > 20 and folder not in by_right} == {}

    def test_the_story_is_the_order_and_nothing_else(self):
        assert len((ROOT / "tracker/pipeline/run.py").read_text(encoding="utf-8").splitlines()) <= 80


class TestNames:
    def test_no_module_has_a_name_that_says_nothing(self):
        assert not [path for path in MODULES if path.stem in EMPTY_NAMES]

    @pytest.mark.parametrize("trees", [TREES, *BESIDE.values()], ids=["packages", *BESIDE])
    def test_names_are_nouns_or_verb_phrases(self, trees):
        own_trees = {path: tree for path, tree in trees.items() if not path.startswith(RELEASED_STEPS)}
        names = [(path, name) for path, tree in own_trees.items() for name in _names(tree)]
        bare = [f"{path}: {name}" for path, name in names if is_bare_participle(name)]
        assert len(bare) < len(names) * 0.005, "\n".join(bare)

    @pytest.mark.parametrize("trees", [TREES, *BESIDE.values()], ids=["packages", *BESIDE])
    def test_a_loop_variable_says_what_it_is(self, trees):
        assert [path for path, tree in trees.items() if "each" in _names(tree)] == []

    @pytest.mark.parametrize("trees", [TREES, BESIDE["benchmarks"]], ids=["packages", "benchmarks"])
    def test_a_class_has_a_name_of_its_own(self, trees):
        homes = defaultdict(list)
        for path, tree in trees.items():
            for node in tree.body:
                if isinstance(node, ast.ClassDef):
                    homes[node.name].append(path)
        assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}

    @pytest.mark.parametrize("package", PACKAGES)
    def test_a_module_has_a_name_of_its_own(self, package):
        homes = defaultdict(list)
        for path in TREES:
            if path.startswith(f"{package}/") and not _may_share(path):
                homes[Path(path).stem].append(path)
        assert {stem: paths for stem, paths in homes.items() if len(paths) > 1} == {}

    def test_every_module_a_stranger_looks_for_says_so_first(self):
        misses = []
        for term, paths in table("greps.toml")["lands"].items():
            for path in [paths] if isinstance(paths, str) else paths:
                first = (ast.get_docstring(TREES[path]) or "").partition("\n\n")[0].casefold().replace("-", " ")
                if term not in " ".join(first.split()):
                    misses.append((term, path))
        assert misses == []


@functools.cache
def _names(tree):
    return tuple(bound_names(tree))


def _may_share(path):
    """Records beside their noun, faces beside what they show, traditions and practice sites beside each other."""
    parts = path.split("/")
    return (
        parts[-1] in {"__init__.py", "__main__.py", "errors.py"}
        or path.startswith((*FACES, "storage/records/", "crawlers/practice/"))
        or bool(TRADITIONS & set(parts))
    )


class TestImports:
    def test_an_import_inside_a_function_has_a_reason(self):
        reasons = table("function_imports.toml")["allowed"]
        inside = {path for path, tree in TREES.items() if list(function_imports(tree))}
        assert inside == set(reasons)

    def test_no_test_excuses_a_fixture_that_shadows_another(self):
        excuse = "F8" + "11"
        assert [p for p in (ROOT / "tests").rglob("*.py") if excuse in p.read_text(encoding="utf-8")] == []


class TestWords:
    def test_the_glossary_explains_every_noun_we_store(self):
        glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
        terms = set(re.findall(r"^\*\*(\w+)\*\*", glossary, re.MULTILINE))
        nouns = {
            name for name, noun in vars(records).items() if inspect.isclass(noun) and dataclasses.is_dataclass(noun)
        }
        assert nouns <= terms

    def test_the_glossary_has_every_public_class_by_wing(self):
        glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
        assert glossary == write_glossary.refresh_glossary(glossary), "run: python -m docs.write_glossary"

    def test_every_command_the_readme_names_exists(self):
        assert set(re.findall(r"clausewatch ([a-z]+)\b", README)) - {"COMMAND"} <= set(COMMANDS)

    @pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/journey.md", "docs/adding-a-source.md"])
    def test_every_file_that_the_guides_name_is_there(self, name):
        guide = (ROOT / name).read_text(encoding="utf-8")
        paths = re.findall(r"`((?:crawlers|storage|tracker|tests|docs|benchmarks)/[\w/]+(?:\.\w+|/))`", guide)
        assert [path for path in paths if "example" not in path and not (ROOT / path).exists()] == []


class TestCard:
    def test_the_user_s_card_is_kept(self):
        top = ("pyproject.toml", "scrapy.cfg", "crawlers", "tracker", "storage", "tests")
        assert all((ROOT / name).exists() for name in top)
        requirements = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
        names = {re.split(r"[<>=\[]", requirement)[0] for requirement in requirements}
        assert {"scrapy", "beautifulsoup4", "sqlite-utils", "apscheduler"} <= names
        assert "difflib-extras" not in names

    def test_the_locks_pin_with_hashes_and_name_no_index(self):
        for lock in ("requirements.lock", "requirements-dev.lock"):
            text = (ROOT / lock).read_text(encoding="utf-8")
            assert text.count("--hash=sha256:") > text.count("==")
            assert "://" not in text

    def test_scrapy_lists_every_declared_source(self):
        names = subprocess.run(
            [ROOT / ".venv/bin/scrapy" if (ROOT / ".venv").exists() else "scrapy", "list"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout.split()  # fmt: skip
        source_ids = {path.stem for path in (ROOT / "crawlers/declarations").rglob("*.toml")}
        assert set(names) == source_ids

    def test_every_migration_is_appended_and_numbered_in_order(self):
        names = sorted(path.name for path in (ROOT / "storage/schema/migrations").glob("m*.py"))
        assert [int(name[1:4]) for name in names] == list(range(1, len(names) + 1))

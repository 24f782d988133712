from datetime import timedelta
from pathlib import Path

import pytest

from crawlers.declaration.load import BUILT_IN, load
from crawlers.declaration.params import PARAMS
from crawlers.errors import DeclarationError
from crawlers.spiders import WALKERS
from storage.records import SourceEvidence, SourceKind

GOOD = """
title = "Practice Act"
authority = "eu_ep"
language = "en"
spider = "page"
urls = ["https://law.example/act"]
every = "2 weeks"
"""


def write_declaration(folder: Path, text: str, name: str = "eu/eu_practice_act.toml") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str, name: str = "eu/eu_practice_act.toml") -> str:
    write_declaration(folder, text, name)
    with pytest.raises(DeclarationError) as error:
        load([folder])
    return str(error.value)


def test_a_declaration_needs_six_facts_and_the_rest_has_defaults(tmp_path):
    write_declaration(tmp_path, GOOD)

    source = load([tmp_path])["eu_practice_act"]

    assert (source.id, source.jurisdiction) == ("eu_practice_act", "eu")
    assert source.authority == ("eu_ep",)
    assert source.every == timedelta(weeks=2)
    assert (source.kind, source.importance, source.timezone) == (SourceKind.LAW, 3, "UTC")
    assert source.politeness.pause == timedelta(seconds=10)


def test_everything_a_declaration_may_say_is_kept(tmp_path):
    more = """
    title_native = "练习法"
    authority = ["cn_cac", "cn_miit"]
    kind = "guidance"
    select = "#BodyLabel"
    remove = [".share"]
    [certainty]
    urls = "seen"
    [expect]
    min_provisions = 20
    longest_silence = "3 days"
    [politeness]
    pause = "1 minute"
    """
    write_declaration(tmp_path, GOOD.replace('authority = "eu_ep"', "") + more)

    source = load([tmp_path])["eu_practice_act"]

    assert source.authority == ("cn_cac", "cn_miit")
    assert source.expect.longest_silence == timedelta(days=3)
    assert source.politeness.pause == timedelta(minutes=1)
    assert (source.select, source.remove, source.evidence) == (
        "#BodyLabel",
        (".share",),
        {"urls": SourceEvidence("recorded")},
    )


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        pytest.param('every = "2 weeks"', "", "every: required key is missing", id="missing key"),
        pytest.param("every", "evry", "evry: unknown key", id="typo"),
        pytest.param('"2 weeks"', '"fortnight"', "every: 'fortnight' is no duration", id="no duration"),
        pytest.param('"2 weeks"', "14", "every: 14 is no duration", id="a bare number"),
        pytest.param('"2 weeks"', '"0 days"', "every: must be more than nothing", id="never"),
        pytest.param(
            "https://law.example/act", "ftp://law.example", "urls.0: 'ftp://law.example' is no http", id="ftp"
        ),
        pytest.param('["https://law.example/act"]', "[]", "urls: Tuple should have at least 1 item", id="no address"),
        pytest.param('"page"', '"pgae"', "spider: 'pgae' is unknown", id="unknown spider"),
        pytest.param('"page"', '"listing"', "params.item: required key is missing", id="a list without rows"),
        pytest.param('"2 weeks"', '"1 day"\nimportance = 11', "importance: ", id="out of range"),
        pytest.param('"2 weeks"', '"1 day"\ntimezone = "Mars/Olympus"', "timezone: 'Mars/Olympus'", id="no time zone"),
        pytest.param('"2 weeks"', '"1 day"\n[params]\nlnk = "a"', "params.lnk: unknown key", id="typo in params"),
        pytest.param('"2 weeks"', '"1 day"\n[expect]\nmin = 1', "expect.min: unknown key", id="typo in a table"),
        pytest.param('"2 weeks"', '"1 day"\n[certainty]\nurls = "sure"', "certainty.urls: ", id="unknown certainty"),
        pytest.param(
            '"2 weeks"',
            '"1 day"\n[politeness]\npause = "0 seconds"',
            "politeness.pause: '0 seconds' is for",
            id="no pause",
        ),
    ],
)
def test_a_wrong_declaration_is_named_with_its_file_and_key(tmp_path, old, new, key):
    message = faults(tmp_path, GOOD.replace(old, new))

    assert message.startswith(str(tmp_path / "eu" / "eu_practice_act.toml"))
    assert key in message


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    write_declaration(tmp_path, "title = [", "cn/cn_broken.toml")

    message = faults(tmp_path, GOOD.replace("every", "evry").replace("https", "gopher"))

    assert "cn_broken.toml" in message
    assert message.count("eu_practice_act.toml") == 3  # unknown, missing, and no address: not also "no addresses"


def test_a_file_outside_a_jurisdiction_or_with_a_strange_name_is_refused(tmp_path):
    assert "named after its jurisdiction" in faults(tmp_path, GOOD, "lost.toml")
    assert "must be an id" in faults(tmp_path, GOOD, "eu/Practice Act.toml")


def test_one_id_is_declared_once(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_declaration(tmp_path / name, GOOD)

    with pytest.raises(DeclarationError, match="the id eu_practice_act is taken by"):
        load([tmp_path / "one", tmp_path / "two"])


def test_one_that_says_so_stands_in_for_the_one_before_it(tmp_path):
    for name, text in (("ours", GOOD), ("own", f"replaces = true\n{GOOD}".replace("2 weeks", "2 days"))):
        (tmp_path / name).mkdir()
        write_declaration(tmp_path / name, text)

    (source,) = load([tmp_path / "ours", tmp_path / "own"]).values()

    assert source.every.days == 2


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(DeclarationError, match="no such folder"):
        load([tmp_path / "nowhere"])


def test_every_built_in_declaration_loads_and_says_how_sure_it_is():
    built_in = load([BUILT_IN])

    assert {source.jurisdiction for source in built_in.values()} == {"cn", "eu", "us", "in"}
    assert all(source.evidence for source in built_in.values())
    assert all(source.id.startswith(f"{source.jurisdiction}_") for source in built_in.values())


def test_each_spider_has_its_parameters():
    assert WALKERS.keys() == PARAMS.keys()

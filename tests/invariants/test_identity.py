"""Identity: the law that is named is told of and no other, in whatever order related acts arrive."""

from __future__ import annotations

from contextlib import closing
from itertools import permutations

import pytest

from storage import instruments, relations
from storage.records import ReviewState
from tests.tracker.pipeline.builders import FedHome, a_rule, a_source

LAW, DETAILS, NEW = "练习网络信息服务管理规定", "练习网络信息服务管理规定实施细则", "练习平台服务管理规定"
REPEALING_RULE = a_rule(NEW, last=f"本规定自2026年5月1日起施行。《{LAW}》同时废止。")
ACT = """<?xml version="1.0" encoding="UTF-8"?>
<ACT><BIB.INSTANCE><LG.DOC>EN</LG.DOC><NO.CELEX>32031R0077</NO.CELEX></BIB.INSTANCE>
<TITLE><TI><P>Regulation (EU) 2031/77 on the lighting of harbour buoys</P></TI>
</TITLE><ENACTING.TERMS>{articles}</ENACTING.TERMS></ACT>"""
ARTICLE = """<ARTICLE IDENTIFIER="00{n}"><TI.ART>Article {n}</TI.ART><ALINEA>
Owners of buoy number {n} shall light it every night
and keep a record of the lighting for {n} years, which they shall show to the harbour authority.</ALINEA></ARTICLE>"""
CORRIGENDUM = """<?xml version="1.0" encoding="UTF-8"?>
<CORR><BIB.INSTANCE><LG.DOC>EN</LG.DOC><NO.CELEX>32031R0077R(01)</NO.CELEX></BIB.INSTANCE>
<TITLE><TI><P>Corrigendum to Regulation (EU) 2031/77 on the lighting of harbour buoys</P></TI>
</TITLE><CONTENTS.CORR><CORRECTION><DESCRIPTION><P>On page 12, Article 3:</P></DESCRIPTION>
<OLD.CORR><P>for: ‘Owners of buoy number 3 shall light it every night
and keep a record of the lighting for 3 years’,</P></OLD.CORR>
<NEW.CORR><P>read: ‘Owners of buoy number 3 shall light it every night
and keep a record of the lighting for 4 years’.</P></NEW.CORR>
</CORRECTION></CONTENTS.CORR></CORR>"""
THE_ACT = ACT.format(articles="".join(ARTICLE.format(n=n) for n in range(1, 7)))


def url(name):
    return f"http://127.0.0.1/{name}"


@pytest.fixture
def china(tmp_path):
    home = FedHome(tmp_path / "home", a_source("cn_test", url("law"), url("details"), url("other")))
    with closing(home.db):
        yield home


@pytest.fixture
def union(tmp_path):
    home = FedHome(tmp_path / "home", a_source("eu_test", url("list"), authority=("eu_parliament",)))
    with closing(home.db):
        yield home


def test_bug_b3_the_law_that_is_named_is_repealed_and_not_the_one_whose_title_contains_its_name(china):
    china.serve(law=a_rule(LAW), details=a_rule(DETAILS))
    china.discover("cn_test", url("new"))
    china.serve(new=REPEALING_RULE)

    assert china.happenings == [("repealed", f"cn_{LAW}"), ("new_instrument", f"cn_{NEW}")]


def test_bug_b3_a_title_that_only_contains_the_name_is_a_candidate_for_operators(china):
    china.serve(details=a_rule(DETAILS))
    china.discover("cn_test", url("new"))
    china.serve(new=REPEALING_RULE)

    assert china.happenings == [("new_instrument", f"cn_{NEW}")]
    [row] = [row for row in relations.of_instrument(china.db, f"cn_{NEW}") if row.target == LAW]
    assert (row.target_id, row.candidates) == (None, (f"cn_{DETAILS}",))


@pytest.mark.parametrize("order", list(permutations(("law", "details", "new"))), ids="-".join)
def test_in_whatever_order_related_acts_are_read_the_same_is_told(china, order):
    texts = {"law": a_rule(LAW), "details": a_rule(DETAILS), "new": REPEALING_RULE}
    china.discover("cn_test", url("new"))
    for name in order:
        china.serve(**{name: texts[name]})

    assert sorted(china.happenings) == [("new_instrument", f"cn_{NEW}"), ("repealed", f"cn_{LAW}")]


def test_what_was_known_at_the_first_look_is_joined_and_told_to_nobody(china):
    china.serve(law=a_rule(LAW), other=REPEALING_RULE)

    [row] = [row for row in relations.of_instrument(china.db, f"cn_{NEW}") if row.target == LAW]
    assert row.target_id == f"cn_{LAW}"
    assert china.happenings == []


def test_a_new_version_that_says_more_of_another_law_is_told_of_that_law(china):
    china.serve(law=a_rule(LAW), other=a_rule(NEW))
    china.confirm(other=REPEALING_RULE)

    assert ("repealed", f"cn_{LAW}") in china.happenings


@pytest.mark.parametrize("order", [("act", "corrigendum"), ("corrigendum", "act")], ids="-".join)
def test_bug_b5_a_corrigendum_is_an_act_of_its_own_that_corrects(union, order):
    texts = {"act": THE_ACT, "corrigendum": CORRIGENDUM}
    for name in order:
        union.discover("eu_test", url(name))
        union.keep(url(name), texts[name], "application/xml")
    union.serve()

    assert [i.id for i in instruments.all_instruments(union.db)] == ["eu_32031r0077", "eu_32031r0077r-01"]
    assert sorted(union.happenings) == [("corrected", "eu_32031r0077"), ("new_instrument", "eu_32031r0077")]
    assert [version.standing for version in union.versions_of("eu_32031r0077")] == [ReviewState.CONFIRMED]
    assert union.open_problems == []


def test_bug_b5_a_page_that_turns_into_the_corrigendum_of_its_act_makes_no_version_of_it(union):
    union.keep(url("list"), THE_ACT, "application/xml")
    union.serve()
    union.keep(url("list"), CORRIGENDUM, "application/xml")
    union.serve()

    assert len(union.versions_of("eu_32031r0077")) == 1
    assert union.happenings == [("corrected", "eu_32031r0077")]
    assert union.open_problems == []

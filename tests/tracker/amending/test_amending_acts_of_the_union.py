"""Instructions of amending acts of the Union, applied to an invented regulation on lamps."""

import pytest

from tests.tracker.amending.lamp_law import LAMPS, amended, amending_act, reasons, union_act, words_of
from tracker.amending.consolidation import consolidate
from tracker.amending.operations import Action, OperationStatus


@pytest.mark.parametrize(
    ("point", "eid", "words"),
    [
        pytest.param(
            "Article 3 is replaced by the following: / ‘Article 3 / Fines and costs / A fine shall be paid at once.’;",
            "art_3",
            "Fines and costs A fine shall be paid at once.",
            id="an article is replaced",
        ),
        pytest.param(
            "in Article 2, paragraph 3 is replaced by the following: / ‘3. Paragraph 1 applies in ice.’;",
            "art_2__para_3",
            "Paragraph 1 applies in ice.",
            id="a paragraph is replaced",
        ),
        pytest.param(
            "in Article 2(2), point (b) is replaced by the following: / ‘(b) the gas they burn;’;",
            "art_2__para_2__subpara_1__point_b",
            "the gas they burn;",
            id="a point is replaced",
        ),
        pytest.param(
            "in Article 2(2), the second subparagraph is replaced by the following: / ‘It shall be kept for 7 years.’;",
            "art_2__para_2__subpara_2",
            "It shall be kept for 7 years.",
            id="a subparagraph is replaced",
        ),
        pytest.param(
            "in the second subparagraph of paragraph 2 of Article 2, ‘5 years’ is replaced by ‘9 years’;",
            "art_2__para_2__subpara_2",
            "The register shall be kept for 9 years.",
            id="words are replaced, the target named from the inside out",
        ),
        pytest.param(
            "in Article 2(2), the introductory wording is replaced by the following: / ‘Owners shall list:’;",
            "art_2__para_2__subpara_1",
            "Owners shall list: the lamps they own; the oil they burn; the keepers they employ.",
            id="a lead is replaced",
        ),
        pytest.param(
            "in Article 2(1), the last sentence is deleted;",
            "art_2__para_1",
            "Owners shall light their lamps at dusk.",
            id="a sentence is deleted",
        ),
        pytest.param(
            "in Article 3, the title is replaced by the following: / ‘Fees’;",
            "art_3",
            "Fees A fine of EUR 200 shall be paid for each lamp. The fine shall be paid within 30 days.",
            id="a heading is replaced",
        ),
        pytest.param(
            "in Article 3, the words ‘each lamp’ are replaced by the words ‘every lamp’;",
            "art_3",
            "Fines A fine of EUR 200 shall be paid for every lamp. The fine shall be paid within 30 days.",
            id="words of an article are replaced",
        ),
        pytest.param(
            "the following Article 3a is inserted: / ‘Article 3a / Costs / Costs are borne by owners.’;",
            "art_3a",
            "Costs Costs are borne by owners.",
            id="an article is inserted",
        ),
        pytest.param(
            "in Article 2, the following paragraph is inserted: / ‘2a. The register shall be open.’;",
            "art_2__para_2a",
            "The register shall be open.",
            id="a paragraph is inserted by its number",
        ),
        pytest.param(
            "in Article 2(2), the following subparagraph is added: / ‘It shall be public.’;",
            "art_2__para_2__subpara_3",
            "It shall be public.",
            id="a subparagraph is added",
        ),
        pytest.param("in Article 2, paragraph 3 is deleted;", "art_2__para_3", "", id="a paragraph is deleted"),
    ],
)
def test_an_instruction_is_carried_out(point: str, eid: str, words: str) -> None:
    result = amended(point)

    assert reasons(result) == []
    assert words_of(result, eid) == words


def test_a_point_added_at_the_end_ends_the_list_and_the_one_before_it_no_longer_does() -> None:
    result = amended("in Article 2(2), first subparagraph, the following point is added: / ‘(d) the wicks they trim.’;")

    assert words_of(result, "art_2__para_2__subpara_1") == (
        "Owners shall keep a register of: the lamps they own; the oil they burn; the keepers they employ; "
        "the wicks they trim."
    )


def test_what_an_instruction_does_not_name_stays_as_it_was() -> None:
    result = amended("in Article 2, paragraph 3 is deleted;")

    moves = {change.old_eid for change in result.changes().changes}
    assert moves == {"art_2__para_3"}
    assert words_of(result, "art_1") == "Scope This Regulation applies to lamps in harbours."


@pytest.mark.parametrize(
    ("point", "why"),
    [
        pytest.param("in Article 9, paragraph 1 is deleted;", "no article 9", id="no such article"),
        pytest.param("in Article 3, ‘50 days’ is replaced by ‘60 days’;", "not found", id="words not there"),
        pytest.param("in Article 3, ‘fine’ is replaced by ‘fee’;", "found 2 times", id="words found twice"),
        pytest.param(
            "in Article 2, the following paragraph is inserted: / ‘3. The register shall be open.’;",
            "there is a 3 already",
            id="the number is taken",
        ),
        pytest.param(
            "Article 3 is replaced by the following: / ‘Article 5 / Fees / None.’;",
            "does not bear the numbers",
            id="another number than the one replaced",
        ),
    ],
)
def test_what_is_not_sure_is_abstained_from_with_its_reason(point: str, why: str) -> None:
    result = amended(point)

    assert result.applied_count == 0
    assert why in reasons(result)[0]
    assert result.text.provisions == LAMPS.provisions


def test_words_are_replaced_each_time_they_occur_when_the_act_says_so() -> None:
    result = amended("in Article 3, ‘fine’ is replaced by ‘fee’ each time it occurs;")

    assert words_of(result, "art_3").count("fee ") == 2


def test_a_unit_with_an_open_instruction_is_left_whole() -> None:
    result = amended("in Article 2, paragraph 3 is deleted;", "in Article 2(1), ‘noon’ is replaced by ‘night’;")

    assert [operation.status for operation in result.operations] == [OperationStatus.ABSTAINED] * 2
    assert words_of(result, "art_2__para_3") == "Paragraph 1 does not apply in ice."


def test_instructions_to_another_act_are_passed_over() -> None:
    act = union_act(
        """# Article 1|Amendments to Regulation (EU) 2020/5
        Regulation (EU) 2020/5 is amended as follows:
        (1) Article 3 is deleted;
        # Article 2|Amendment to Regulation (EU) 2024/77
        In Regulation (EU) 2024/77, Article 3 is deleted.""",
        title="REGULATION (EU) 2025/13 OF THE HARBOURS of 3 March 2025 amending two Regulations",
    )

    result = consolidate(LAMPS, act)

    assert [(o.basis_eid, o.action) for o in result.operations] == [("art_2", Action.DELETE)]
    assert words_of(result, "art_3") == ""


def test_a_point_that_applies_later_waits_for_its_day() -> None:
    points = ("in Article 3, ‘30 days’ is replaced by ‘10 days’;", "in Article 2, paragraph 3 is deleted;")
    last = (
        "1. This Regulation shall enter into force on 2 June 2025.\n"
        "2. Article 1, point (1), shall apply from 1 July 2027."
    )

    soon = amended(*points, last=last)
    later = consolidate(LAMPS, amending_act(*points, last=last), as_of=soon.operations[0].effective_on)

    assert reasons(soon) == ["takes effect on 2027-07-01"]
    assert "10 days" not in words_of(soon, "art_3")
    assert words_of(soon, "art_2__para_3") == ""
    assert "10 days" in words_of(later, "art_3")


def test_a_quotation_within_the_quotation_gets_the_outer_marks() -> None:
    result = amended("in Article 1, the following subparagraph is added: / ‘A “lamp” burns oil.’;")

    assert words_of(result, "art_1").endswith("A ‘lamp’ burns oil.")


def test_a_french_act_amends_alike() -> None:
    base = union_act(
        """# Article premier|Objet
        Le présent règlement concerne les lampes.
        # Article 2|Obligations
        1. Les propriétaires allument leurs lampes.
        2. Ils tiennent un registre.
        # Article 3|Registre
        Le registre est public.""",
        title="RÈGLEMENT (UE) 2024/77 DES PORTS du 1er mars 2024 concernant les lampes",
        language="fr",
    )
    act = union_act(
        """# Article premier|Modifications du règlement (UE) 2024/77
        Le règlement (UE) 2024/77 est modifié comme suit:
        1) À l'article 2, le paragraphe 2 est remplacé par le texte suivant: / «2. Ils tiennent deux registres.».
        2) À l'article 2, le paragraphe suivant est inséré: / «1 bis. Ils les éteignent à l'aube.».
        3) L'article 3 est supprimé.""",
        title="RÈGLEMENT (UE) 2025/12 DES PORTS du 3 mars 2025 modifiant le règlement (UE) 2024/77",
        language="fr",
    )

    result = consolidate(base, act)

    assert reasons(result) == []
    assert [words_of(result, eid) for eid in ("art_2__para_1bis", "art_2__para_2", "art_3")] == [
        "Ils les éteignent à l'aube.",
        "Ils tiennent deux registres.",
        "",
    ]


def test_a_german_act_amends_alike() -> None:
    base = union_act(
        """# Artikel 1|Gegenstand
        Diese Verordnung betrifft Lampen.
        # Artikel 2|Pflichten
        (1) Eigentümer zünden ihre Lampen an.
        (2) Sie führen ein Register für 5 Jahre.
        # Artikel 3|Register
        Das Register ist öffentlich.""",
        title="VERORDNUNG (EU) 2024/77 DER HÄFEN vom 1. März 2024 über Lampen",
        language="de",
    )
    act = union_act(
        """# Artikel 1|Änderungen der Verordnung (EU) 2024/77
        Die Verordnung (EU) 2024/77 wird wie folgt geändert:
        1. Artikel 3 wird gestrichen.
        2. In Artikel 1 wird das Wort „Lampen“ durch das Wort „Leuchten“ ersetzt.""",
        title="VERORDNUNG (EU) 2025/12 DER HÄFEN vom 3. März 2025 zur Änderung der Verordnung (EU) 2024/77",
        language="de",
    )

    result = consolidate(base, act)

    assert reasons(result) == []
    assert words_of(result, "art_3") == ""
    assert words_of(result, "art_1") == "Gegenstand Diese Verordnung betrifft Leuchten."

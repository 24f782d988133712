from storage.records import MilestoneKind
from tests.tracker.reading.america.texts_of_america import (
    a_text,
    dates,
    notes,
    outline,
    relations,
    the_facts,
    the_provisions,
)


def test_an_order_is_read_into_sections_with_subsections_and_paragraphs():
    assert outline(a_text("order.xml").drafts) == [
        "section 1 [Purpose.]",
        "  paragraph Practice models help clerks to sort letters, and clerks must be able to trust them.",
        "  paragraph Trust needs records, and records need somebody who keeps them.",
        "section 2 [Revocations.] The following orders are hereby revoked:",
        "  subsection a Executive Order 98001 of May 1, 2020 (Paper Letters).",
        "  subsection b Executive Order 98002 of May 2, 2020 (Wax Seals).",
        "section 3 [Duties.]",
        "  subsection a Within 90 days of this order, each clerk shall keep:",
        "    paragraph i a list of the models in use; or",
        "    paragraph ii a statement that none is in use.",
        "  subsection b The actions taken under the revoked Executive Order 97999 stand.",
        "  subsection c “Practice model” means a program that sorts letters.",
    ]


def test_its_provisions_are_cited_as_lawyers_do():
    citations = {p.eid: p.citation for root in the_provisions("order.xml") for p in root.walk()}

    assert citations["sec_3__subsec_a__para_i"] == "Sec. 3(a)(i)"
    assert citations["sec_1__para_2"] == "Sec. 1, para. 2"


def test_title_block_and_signature_stand_apart():
    order = a_text("order.xml")

    assert notes(order, "preface")[-1] == "Careful Use of Practice Models"
    assert notes(order, "preamble") == [
        "By the authority vested in me as President by the Constitution, it is hereby ordered:"
    ]
    assert notes(order, "conclusions") == ["THE WHITE HOUSE,", "February 3, 2026."]
    assert notes(order, "bilcod") == ["Billing code 0000-F0-P"]


def test_an_order_is_in_force_from_its_signature():
    facts = the_facts("order.xml")

    assert (facts.type, facts.number, facts.draft) == ("executive order", "Executive Order 99001", False)
    assert [a.id for a in facts.authorities] == ["us_president"]
    assert dates(facts) == [("issued", "2026-02-03", None), ("in_force", "2026-02-03", "issued")]
    assert all(m.basis == "February 3, 2026." for m in facts.dates if m.kind is not MilestoneKind.PUBLISHED)


def test_orders_listed_under_a_revocation_are_repealed_and_one_called_revoked_is_not():
    assert relations(the_facts("order.xml")) == [
        ("repeals", "Executive Order 98001"),
        ("repeals", "Executive Order 98002"),
    ]

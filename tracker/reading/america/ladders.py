"""The order of levels below the section, of each American drafting tradition."""

from __future__ import annotations

from storage.records import ProvisionKind
from tracker.reading.structure.markers import Ladder, Rung, Style

K = ProvisionKind

CFR: Ladder = (
    Rung(K.PARAGRAPH, Style.LOWER),
    Rung(K.SUBPARAGRAPH, Style.DIGIT),
    Rung(K.CLAUSE, Style.ROMAN),
    Rung(K.SUBCLAUSE, Style.UPPER),
    Rung(K.ITEM, Style.DIGIT),
    Rung(K.POINT, Style.ROMAN),
)
ORDER: Ladder = (
    Rung(K.SUBSECTION, Style.LOWER),
    Rung(K.PARAGRAPH, Style.ROMAN),
    Rung(K.SUBPARAGRAPH, Style.UPPER),
    Rung(K.CLAUSE, Style.DIGIT),
)
STATUTE: Ladder = (
    Rung(K.SUBSECTION, Style.LOWER),
    Rung(K.PARAGRAPH, Style.DIGIT),
    Rung(K.SUBPARAGRAPH, Style.UPPER),
    Rung(K.CLAUSE, Style.ROMAN),
    Rung(K.SUBCLAUSE, Style.UPPER_ROMAN),
    Rung(K.ITEM, Style.DOUBLE),
    Rung(K.POINT, Style.UPPER_DOUBLE),
)
COLORADO: Ladder = (
    Rung(K.SUBSECTION, Style.DIGIT),
    Rung(K.PARAGRAPH, Style.LOWER),
    Rung(K.SUBPARAGRAPH, Style.UPPER_ROMAN),
    Rung(K.CLAUSE, Style.UPPER),
    Rung(K.ITEM, Style.ROMAN),  # Utah and Washington print (1)(a)(i) where Colorado prints (1)(a)(I)
)
NEW_YORK: Ladder = (  # below a subdivision "1.", which has no brackets
    Rung(K.PARAGRAPH, Style.LOWER),
    Rung(K.SUBPARAGRAPH, Style.ROMAN),
    Rung(K.CLAUSE, Style.UPPER),
    Rung(K.SUBCLAUSE, Style.DIGIT),
)

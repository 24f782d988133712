"""Formex in several parts: the publication, the act and its annexes."""

import zipfile
from io import BytesIO

import pytest

from tracker.reading import RefusedError
from tracker.reading.read import read
from tracker.reading.structure.draft import ReadingContext

EU = ReadingContext(jurisdiction="eu")
FILLER = "The keeper of a lighthouse shall keep the lamp burning from dusk until dawn on every day of the year."
ACT = (
    "<ACT><BIB.INSTANCE><COLL>L</COLL></BIB.INSTANCE><TITLE><TI><P>REGULATION (EU) 2031/9 on buoys</P></TI></TITLE>"
    f"<ENACTING.TERMS><ARTICLE><TI.ART>Article 1</TI.ART><ALINEA>{FILLER}</ALINEA></ARTICLE>"
    "<ARTICLE><TI.ART>Article 2</TI.ART><ALINEA><P>The following is added:</P><QUOT.S><ARTICLE>"
    "<TI.ART>Article 7</TI.ART><ALINEA>Buoys are red.</ALINEA></ARTICLE></QUOT.S></ALINEA></ARTICLE>"
    "</ENACTING.TERMS></ACT>"
)
ANNEX = (
    "<ANNEX><TITLE><TI><P>ANNEX I</P></TI></TITLE><CONTENTS><TBL><CORPUS><ROW><CELL>Lamps</CELL><CELL>"
    '<LIST TYPE="DASH"><ITEM><P>oil</P></ITEM><ITEM><P>gas</P></ITEM></LIST></CELL>'
    "</ROW></CORPUS></TBL></CONTENTS></ANNEX>"
)
PUBLICATION = (
    "<PUBLICATION><OJ><BIB.OJ><TITLE><TI><P>Official Journal</P></TI></TITLE></BIB.OJ><SECTION><TITLE><TI>"
    "<P>Legislative acts</P></TI></TITLE></SECTION></OJ></PUBLICATION>"
)


def test_the_titles_of_the_publication_are_not_those_of_the_act():
    reading = read(f"<COMBINED.FMX>{PUBLICATION}{ACT}{ANNEX}</COMBINED.FMX>".encode(), EU)

    assert reading.title == "REGULATION (EU) 2031/9 on buoys"
    assert [p.eid for p in reading.provisions] == ["art_1", "art_2", "anx_I"]


def test_what_quot_s_holds_is_quoted_without_any_mark():
    reading = read(f"<COMBINED.FMX>{ACT}</COMBINED.FMX>".encode(), EU)

    assert reading.provisions[1].text == "The following is added:\nArticle 7\nBuoys are red."


def test_points_in_a_cell_keep_the_dash_that_is_printed():
    reading = read(f"<COMBINED.FMX>{ACT}{ANNEX}</COMBINED.FMX>".encode(), EU)

    texts = [p.text for p in reading.provisions[2].walk()]
    assert "Lamps | — oil — gas" in texts


def zip_parts(**parts: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(f"L_2031009EN.{name}.xml", f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    return target.getvalue()


def test_the_zip_that_cellar_sends_reads_as_one_act():
    annex = ANNEX.replace("<ANNEX>", "<ANNEX><BIB.INSTANCE/>")

    reading = read(zip_parts(a=annex, b=ACT, c="<notes>not Formex</notes>"), EU)

    assert (reading.format, reading.title) == ("zip", "REGULATION (EU) 2031/9 on buoys")
    assert [p.eid for p in reading.provisions] == ["art_1", "art_2", "anx_I"]


def test_an_archive_of_something_else_is_refused():
    with pytest.raises(RefusedError, match="neither a Word document nor an act in Formex"):
        read(zip_parts(a="<notes/>"), EU)

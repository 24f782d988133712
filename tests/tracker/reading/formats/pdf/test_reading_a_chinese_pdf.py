from itertools import count

from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

_FONT = "/Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R"
_SHAPE = "/Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -200 1000 900]/Ascent 880/Descent -120/ItalicAngle 0"
_WIDE = "/Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>/DW 1000"


def a_chinese_pdf(*lines: tuple[float, str]) -> bytes:
    """Return a page set in a font of square letters, a line each, at the given distance from the left edge."""
    letters = sorted({letter for _, text in lines for letter in text})
    codes = dict(zip(letters, count(3), strict=False))
    pairs = "\n".join(f"<{code:04X}> <{ord(letter):04X}>" for letter, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(codes)} beginbfchar\n{pairs}\nendbfchar "
        "endcmap end end"
    )
    content = "".join(
        f"BT /F 12 Tf {left} {780 - 20 * row} Td <{''.join(f'{codes[c]:04X}' for c in text)}> Tj ET\n"
        for row, (left, text) in enumerate(lines)
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 7 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<<{_WIDE}/FontDescriptor 8 0 R>>",
        f"<<{_FONT}>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        f"<<{_SHAPE}>>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{item}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("ascii")


LAW = a_chinese_pdf(
    (240, "示例数据管理规定"),
    (114, "第一条　为了练习读取文件，保护虚构人员的合法权益，维护公共"),
    (90, "利益，促进示例产业健康发展，根据《示例法》，制定本规定。"),
    (114, "第二条　在虚构境内使用示例技术提供服务的，适用本规定。"),
    (114, "国家对示例技术实行分类管理，具体办法由虚构部门另行制定并"),
    (90, "向社会公开。"),
    (114, "第三条　提供者应当履行下列义务："),
    (114, "（一）建立健全管理制度；"),
    (114, "（二）采取技术措施，防止虚构数据泄露、篡改、丢失，并按照第"),
    (90, "（一）项及时报告。"),
    (114, "第四条　本规定自2026年3月1日起施行。"),
)


def test_a_chinese_pdf_is_read_into_articles_without_spaces_where_lines_end():
    reading = read(LAW)
    assert (reading.format, reading.jurisdiction, reading.title) == ("pdf", "cn", "示例数据管理规定")
    assert reading.counts["article"] == 4
    first = next(p for p in reading.walk() if p.eid == "art_1")
    assert first.text.endswith("维护公共利益，促进示例产业健康发展，根据《示例法》，制定本规定。")


def test_an_indented_line_behind_a_full_stop_is_a_new_paragraph():
    second = next(p for p in read(LAW).walk() if p.eid == "art_2")
    assert [p.eid for p in second.children] == ["art_2__para_1", "art_2__para_2"]


def test_a_number_at_the_edge_of_a_line_that_goes_on_is_no_new_item():
    third = next(p for p in read(LAW, ReadingContext(jurisdiction="cn")).walk() if p.eid == "art_3")
    assert [item.number for item in third.children] == ["1", "2"]
    assert third.children[1].text.endswith("并按照第（一）项及时报告。")

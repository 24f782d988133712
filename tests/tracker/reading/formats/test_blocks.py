from bs4 import BeautifulSoup

from tracker.reading.formats.blocks import blocks_of, lines_of

PAGE = """<body><header><nav>Home</nav></header>
<div id=Body><p style="text-align:center"><strong>第一章 总　则</strong></p><p><b>第一条</b> 一句<br>另一句</p>
<p style="display:none">hidden</p><script>var x = "never seen"</script></div>
<div class="footer">Counter 17</div></body>"""


def words(blocks):
    return [block.text for block in blocks]


def test_a_selected_part_is_read_and_all_the_rest_is_furniture():
    blocks = blocks_of(BeautifulSoup(PAGE, "lxml"), "#Body")
    assert words(blocks.main) == ["第一章 总　则", "第一条 一句", "另一句"]
    assert words(blocks.furniture) == ["Home", "Counter 17"]


def test_without_a_selector_navigation_and_footer_are_furniture():
    blocks = blocks_of(BeautifulSoup(PAGE, "lxml"))
    assert words(blocks.furniture) == ["Home", "Counter 17"]


def test_what_was_bold_and_centred_is_remembered():
    heading, article, _ = blocks_of(BeautifulSoup(PAGE, "lxml"), "#Body").main
    assert (heading.bold, heading.align) == (True, "center")
    assert (article.bold, article.lead) == (False, "第一条")


def test_markdown_loses_its_marks_and_keeps_its_emphasis():
    title, article = lines_of("---\nsidebar: auto\n---\n\n# 练习法\n\n**第一条**　甲。\n")
    assert (title.text, title.tag) == ("练习法", "h1")
    assert (article.text, article.lead) == ("第一条　甲。", "第一条")

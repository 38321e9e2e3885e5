"""Small files that would hold a parser for minutes: refused, or read in the time their size takes."""

from __future__ import annotations

import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.sheets.html_tokens import Tag, tokens
from kjxd_desktop.sheets.limits import MAX_DOCUMENT_TAGS, MAX_PART_TAGS, MAX_TAG_BYTES, MAX_TAGS
from kjxd_desktop.sheets.parse import parse_book
from tests.helpers.workbook_files import edit_part, plain_workbook, replace_part, with_sheet_xml, zip_of

# Of the processor, on a machine much slower than any: without the bounds each takes minutes.
MOST_SECONDS = 20


def refused(content: bytes) -> FaultCode | None:
    begun = time.process_time()
    try:
        parse_book(content, "大.xlsx")
    except FileFault as fault:
        return fault.code
    finally:
        assert time.process_time() - begun < MOST_SECONDS
    return None


LONG = b"a" * (64 * MAX_TAG_BYTES)


@pytest.mark.parametrize("begun", [b'<sheetData x="', b"<!--", b"<?x ", b"<sheetData><"])
def test_a_tag_that_hardly_ends(begun: bytes) -> None:
    ends = {b"<!--": b"-->", b"<?x ": b"?>"}.get(begun, b'"/>')
    sheet = edit_part(plain_workbook(), "xl/worksheets/sheet1.xml", b"<sheetData>", begun + LONG + ends)
    assert refused(sheet) is FaultCode.TOO_BIG


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "docProps/core.xml", "xl/theme/theme1.xml"]
)
def test_more_elements_than_any_part_needs(part: str) -> None:
    many = b"<a>" + b"<b/>" * (MAX_PART_TAGS + 1) + b"</a>"
    assert refused(replace_part(plain_workbook(), part, many)) is FaultCode.TOO_BIG


def test_a_cell_of_a_million_looks() -> None:
    runs = "<r><t>a</t></r>" * (MAX_TAGS // 4 + 1)
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row>'
    assert refused(with_sheet_xml(f"<sheetData>{cell}</sheetData>")) is FaultCode.TOO_BIG


def test_a_long_text_is_no_long_tag() -> None:
    text = "字" * MAX_TAG_BYTES
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'
    book = parse_book(with_sheet_xml(f"<sheetData>{cell}</sheetData>"), "长.xlsx")
    assert len(book.grids[0].rows) == 1


def test_broken_xml_of_some_size_is_broken() -> None:
    bad = b"<a>" + b"<b></a>" + b" " * 2 * MAX_TAG_BYTES
    assert refused(replace_part(plain_workbook(), "xl/workbook.xml", bad)) is FaultCode.BROKEN


TABLE = "<html><table><tr><td>1</td></tr>"


@pytest.mark.parametrize(
    "piece",
    [
        "<a",
        "</",
        "<!",
        "<!--",
        "<?",
        "<![",
        '<td a="',
        "<td a='>",
        "<script>",
        "<style>",
        "<table ",
        "<a b c=d ",
        "&",
        "<",
        "</1",
    ],
)
def test_pages_whose_tags_do_not_end(piece: str) -> None:
    """``html.parser`` takes the square of their number."""
    assert refused((TABLE + piece * 400_000).encode()) in (FaultCode.HTML_AS_XLS, FaultCode.TOO_BIG)


class _Library(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Tag | str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(Tag(tag, False, {name: value or "" for name, value in reversed(attrs)}))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(Tag(tag, True, {}))

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def _joined(found: list[Tag | str]) -> list[Tag | str]:
    """Texts beside one another as one."""
    joined: list[Tag | str] = []
    for token in found:
        if isinstance(token, str) and joined and isinstance(joined[-1], str):
            joined[-1] += token
        else:
            joined.append(token)
    return joined


_WORDS = st.text(alphabet="甲1 a&;.\n", max_size=6)
_VALUES = st.sampled_from(['="2"', "='a>b'", "=3", " = 'x y'", "", '="&lt;"'])
_TAGS = st.builds(
    lambda name, first, second: f"<{name} rowspan{first} b{second}>",
    st.sampled_from(["td", "TR", "o:p", "br"]),
    _VALUES,
    _VALUES,
)
_PIECES = st.one_of(
    _WORDS.map(lambda text: text.replace("&", "&amp;")),
    _TAGS,
    st.sampled_from(
        [
            "</td>",
            "</TR >",
            "<!-- <td> -->",
            "<!DOCTYPE html>",
            "<![if x]>",
            "a < b",
            "<?xml x?>",
            "&#20013;",
            "&nbsp;",
        ]
    ),
)


@given(st.lists(_PIECES, max_size=12))
def test_ordinary_pages_say_what_the_library_reads(pieces: list[str]) -> None:
    page = "".join(pieces)
    library = _Library()
    library.feed(page)
    library.close()
    assert _joined(list(tokens(page))) == _joined(library.found)


def test_scripts_and_styles_are_not_shown() -> None:
    page = "<style>td{a:'<b>'}</STYLE><td>1<script>if (a<b) '</td>'</script>2<script>x"
    shown = [token for token in tokens(page) if isinstance(token, str)]
    assert shown == ["1", "2"]


def test_of_thousands_of_attributes_some_are_looked_at() -> None:
    (tag,) = (token for token in tokens("<td " + " ".join(f"a{n}=1" for n in range(5_000)) + " rowspan=2>"))
    assert isinstance(tag, Tag)
    assert len(tag.attributes) == 100


def test_an_open_document_of_millions_of_looks() -> None:
    spans = "<text:p><text:span>a</text:span></text:p>" * (MAX_DOCUMENT_TAGS // 4 + 1)
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    cell = f"<table:table-row><table:table-cell>{spans}</table:table-cell></table:table-row>"
    body = f'<office:body><office:spreadsheet><table:table table:name="a">{cell}</table:table></office:spreadsheet></office:body>'
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content {names}>{body}</office:document-content>".encode(),
    }
    assert refused(zip_of(parts)) is FaultCode.TOO_BIG

"""Foreign texts in places with a language of their own."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from kjxd_desktop.wording.literal import caption, caption_text, tip, window_title


class Tags(HTMLParser):
    """What a reader of HTML finds: tags, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.said = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.said += data


@given(st.text(min_size=1))
def test_a_tip_has_no_tag_but_its_own(text: str) -> None:
    read = Tags(tip(text))
    assert read.tags == ["div"]
    assert read.said == text


def test_nothing_has_no_tip() -> None:
    assert tip("") == ""


@given(st.text())
def test_a_caption_is_read_as_it_was_written(text: str) -> None:
    made = caption(text)
    assert "&" not in made.replace("&&", "")
    assert "\t" not in made
    assert caption_text(made) == text.replace("\t", " ")


def test_a_title_keeps_what_qt_would_take_for_unsaved() -> None:
    assert window_title("会宁[*]县") == "会宁[*][*]县"
    assert window_title("会宁县") == "会宁县"

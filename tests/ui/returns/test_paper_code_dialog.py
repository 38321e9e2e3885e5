"""核对校验码: papers one after the other, by key, by paste and by scanner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.returns.check_code import typed_code
from kjxd_desktop.theme import DARK, LIGHT, Palette
from kjxd_desktop.ui.parts.glyphs import Glyph, Tone
from kjxd_desktop.ui.returns.paper_code_dialog import PaperCodeDialog
from kjxd_desktop.ui.returns.returns_page import ReturnsPage
from kjxd_desktop.ui.tools.style import Theme, apply_theme
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.receiving.paper_code import Answer, CodedReturn, CodeMatch
from tests.helpers.manipulations import set_figure
from tests.helpers.offices import KEY, city_office, county_office, fill_clean
from tests.helpers.return_contents import built_in_plan
from tests.ui.fakes import page_tools

OTHER = "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF"
OLD = "K7QD-2M4X-5FAA"


class Desk:
    """A city that took in what a county sent twice, and the dialog over it."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.county = stack.enter_context(county_office(folder))
        self.city = stack.enter_context(city_office(folder))
        fill_clean(self.county)
        self.first = self._sent(folder / "第1次.xlsx")
        self.county.actions.send.withdraw(KEY, "改数")
        self.county.actions.fill.edit(KEY, "I13", TextEdit("13"))
        self.second = self._sent(folder / "第2次.xlsx")

    def _sent(self, path: Path) -> str:
        actions = self.county.actions
        for finding in actions.check.check(KEY).findings:
            if finding.blocks:
                actions.fill.explain(KEY, finding.code, finding.rule, "经核对无误。")
        code = actions.send.submit(KEY, path).check_code
        receive = self.city.actions.receive
        preview = receive.preview(path)
        receive.apply(preview, receive.accept_all(preview))
        return code


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with ExitStack() as stack:
        yield Desk(tmp_path, stack)


def opened(
    qtbot: QtBot, match: Callable[[str], CodeMatch], theme: Theme | None = None, parent: QWidget | None = None
) -> PaperCodeDialog:
    dialog = PaperCodeDialog(match, theme or Theme(), parent)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.field.hasFocus)
    return dialog


def answer(dialog: PaperCodeDialog) -> str:
    """The large words, empty while none are to be seen."""
    return dialog.word.text() if dialog.word.isVisible() else ""


def is_ready(dialog: PaperCodeDialog) -> bool:
    """Whether the next paper can be scanned at once."""
    return dialog.field.hasFocus() and dialog.field.selectedText() == dialog.field.text() != ""


def test_an_answer_comes_with_the_last_letter_and_not_before(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk.city.actions.paper_codes.match)
    for place, sign in enumerate(desk.second, start=1):
        assert (answer(dialog), dialog.sentence.text()) == ("", ""), place
        qtbot.keyClicks(dialog.field, sign)
    assert answer(dialog) == "一致"
    assert "会宁县 2024年三季度 第 2 次上报" in dialog.sentence.text()
    assert "现在用的就是这一份" in dialog.sentence.text()
    assert is_ready(dialog)


def test_a_scanner_reads_paper_after_paper(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk.city.actions.paper_codes.match)
    wanted = ((desk.first, "一致，但不是现在用的那一份"), (OTHER, "不一致"), (desk.second, "一致"))
    for code, word in wanted:
        qtbot.keyClicks(dialog.field, code)
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        assert (dialog.field.text(), answer(dialog)) == (code, word)
        assert dialog.isVisible() and is_ready(dialog)


def test_the_answer_to_one_paper_does_not_stand_beside_the_next(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk.city.actions.paper_codes.match)
    qtbot.keyClicks(dialog.field, desk.second)
    assert answer(dialog) == "一致"
    qtbot.keyClicks(dialog.field, OTHER[0])
    assert (dialog.field.text(), answer(dialog), dialog.sentence.text()) == (OTHER[0], "", "")


def test_letters_are_taken_as_somebody_types_or_pastes_them(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk.city.actions.paper_codes.match)
    bare = desk.second.replace("-", "")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in bare)
    for text in (bare.lower(), f" {desk.second}\n", f"{bare[:12]}\r\n{bare[12:]}", wide):
        dialog.field.clear()
        QGuiApplication.clipboard().setText(text)
        qtbot.keyClick(dialog.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert answer(dialog) == "一致", text


def test_no_input_method_takes_a_scanners_letters(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk.city.actions.paper_codes.match)
    assert not dialog.field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_why_there_is_no_answer_is_said_when_it_is_asked_for(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk.city.actions.paper_codes.match)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.sentence.text() == ""
    qtbot.keyClicks(dialog.field, desk.second[:-1])
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert answer(dialog) == "" and "现在是 23 个，还没有核对" in dialog.sentence.text()
    dialog.field.setText(f"{desk.second}AB")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert answer(dialog) == "" and "现在是 26 个，还没有核对。请看有没有多输" in dialog.sentence.text()


def test_a_letter_that_no_code_has_is_told_at_once(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk.city.actions.paper_codes.match)
    qtbot.keyClicks(dialog.field, "K0")
    assert answer(dialog) == "" and "请看纸面上“0”是不是字母 O" in dialog.sentence.text()
    dialog.field.setText("K?")
    assert "字母 O" not in dialog.sentence.text() and "再输一次" in dialog.sentence.text()


def test_a_slip_of_the_pen_is_told_as_one(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk.city.actions.paper_codes.match)
    slipped = ("A" if desk.second[0] != "A" else "B") + desk.second[1:]
    qtbot.keyClicks(dialog.field, slipped)
    assert answer(dialog) == "不一致" and "只差第 1 个字符" in dialog.sentence.text()


def test_what_was_corrected_here_since_is_not_told_as_the_paper(qtbot: QtBot, desk: Desk) -> None:
    desk.city.actions.fill.edit(KEY, "I14", TextEdit("9"))
    dialog = opened(qtbot, desk.city.actions.paper_codes.match)
    qtbot.keyClicks(dialog.field, desk.second)
    assert answer(dialog) == "一致，后来在这里改过"
    assert "改过 1 处" in dialog.sentence.text()


def test_a_file_changed_on_the_way_does_not_hide_behind_the_one_it_was_made_from(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    """Both carry the paper's code; the changed one is what stands."""
    dialog = opened(qtbot, desk.city.actions.paper_codes.match)
    set_figure(tmp_path / "第2次.xlsx", "I13", "19")
    receive = desk.city.actions.receive
    preview = receive.preview(tmp_path / "第2次.xlsx")
    receive.apply(preview, receive.accept_all(preview))
    dialog.field.setText(desk.second)
    assert answer(dialog) == "不一致"
    assert "收到的文件在导出后改过" in dialog.sentence.text()
    dialog.field.setText(desk.first)
    assert answer(dialog) == "一致，但不是现在用的那一份"


def test_a_county_knows_what_it_sent_and_what_it_took_back(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk.county.actions.paper_codes.match)
    qtbot.keyClicks(dialog.field, desk.second)
    assert answer(dialog) == "一致"
    desk.county.actions.send.withdraw(KEY, "再改")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert answer(dialog) == "一致，但不是现在用的那一份"
    assert "撤回" in dialog.sentence.text() and "后来的那一份" not in dialog.sentence.text()


def coded(**changes: object) -> CodedReturn:
    plan = built_in_plan()
    unit = plan.unit(KEY.unit_code)
    assert unit is not None
    found = CodedReturn(plan, unit, KEY, 3, "会宁县.xlsx", datetime(2024, 10, 8), True)
    return replace(found, **changes)  # type: ignore[arg-type]


NEW, OLDER = typed_code(OTHER), typed_code(OLD)
LOOKS = (
    (CodeMatch(Answer.MATCHES, NEW, False, coded()), "一致", Glyph.CHECK, Tone.GOOD),
    (CodeMatch(Answer.MATCHES, OLDER, True, coded()), "一致（旧版校验码）", Glyph.WARN, Tone.WARN),
    (
        CodeMatch(Answer.MATCHES, NEW, False, coded(newest=False)),
        "一致，但不是现在用的那一份",
        Glyph.WARN,
        Tone.WARN,
    ),
    (
        CodeMatch(Answer.MATCHES, NEW, False, coded(corrected=2)),
        "一致，后来在这里改过",
        Glyph.WARN,
        Tone.WARN,
    ),
    (CodeMatch(Answer.CHANGED, NEW, False, coded()), "不一致", Glyph.UNEQUAL, Tone.WARN),
    (CodeMatch(Answer.DIFFERS, NEW), "不一致", Glyph.UNEQUAL, Tone.WARN),
    (CodeMatch(Answer.DIFFERS, NEW, False, coded(), (3, 9)), "不一致", Glyph.UNEQUAL, Tone.WARN),
)


@pytest.mark.parametrize(("match", "word", "glyph", "tone"), LOOKS)
def test_every_answer_is_a_word_a_shape_and_a_colour(
    qtbot: QtBot, match: CodeMatch, word: str, glyph: Glyph, tone: Tone
) -> None:
    dialog = opened(qtbot, lambda _text: match)
    dialog.field.setText(OTHER)
    assert (answer(dialog), dialog.mark.glyph, dialog.mark.tone) == (word, glyph, tone)
    assert dialog.mark.isVisible()


def test_half_a_new_code_is_not_told_as_an_old_one(qtbot: QtBot) -> None:
    known = CodeMatch(Answer.MATCHES, OLDER, True, coded())

    def match(text: str) -> CodeMatch:
        typed = typed_code(text)
        if typed.format is None:
            return CodeMatch(Answer.INCOMPLETE, typed)
        return known if typed.letters == OLDER.letters else CodeMatch(Answer.DIFFERS, typed, True)

    dialog = opened(qtbot, match)
    qtbot.keyClicks(dialog.field, "AAAA-BBBB-CCCC")
    assert (answer(dialog), dialog.sentence.text()) == ("", "")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert answer(dialog) == "不一致", "whoever asks is told"
    assert "纸上有 24 个字符的，请把后面的也输上" in dialog.sentence.text()
    qtbot.keyClicks(dialog.field, OLD)
    assert answer(dialog) == "一致（旧版校验码）"


def test_a_data_file_that_cannot_be_read_is_told_and_tried_again(qtbot: QtBot) -> None:
    broken = [True]

    def match(_text: str) -> CodeMatch:
        if broken[0]:
            raise WorkspaceFault("disk_full", path="w.kjxd")
        return LOOKS[0][0]

    dialog = opened(qtbot, match)
    dialog.field.setText(OTHER)
    assert answer(dialog) == "" and dialog.refusal.isVisible()
    broken[0] = False
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert answer(dialog) == "一致" and not dialog.refusal.isVisible()


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[Callable[[Theme], None]]:
    """Dresses the application for this test alone."""
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    yield partial(apply_theme, qapp)
    qapp.setFont(font)
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)


@pytest.mark.parametrize("palette", (LIGHT, DARK), ids=("light", "dark"))
@pytest.mark.parametrize("large", (False, True))
def test_every_answer_fits_a_small_window(
    qtbot: QtBot, dressed: Callable[[Theme], None], palette: Palette, large: bool
) -> None:
    theme = Theme(palette, large=large)
    dressed(theme)
    for match, *_ in LOOKS:
        long = match.found and replace(match.found, file_name=f"{'很长的名字' * 12}.xlsx")
        told = replace(match, found=long)
        dialog = opened(qtbot, partial(_always, told), theme)
        dialog.field.setText(OTHER)
        qtbot.waitUntil(partial(_whole, dialog.sentence))
        assert dialog.width() <= 900 and dialog.height() <= 420, match.answer
        dialog.close()


def _always(match: CodeMatch, _text: str) -> CodeMatch:
    return match


def _whole(words: QLabel) -> bool:
    return words.height() >= words.heightForWidth(words.width())


@pytest.mark.parametrize("role", ("county", "city"))
def test_the_page_opens_it_by_key_and_esc_closes_it(qtbot: QtBot, desk: Desk, role: str) -> None:
    office: Office = getattr(desk, role)
    page = ReturnsPage(page_tools(office.actions))
    qtbot.addWidget(page)
    page.resize(850, 400)
    page.show()
    page.refresh()
    button = page.detail.compare
    assert button.text() == "核对校验码…" and button.focusPolicy() & Qt.FocusPolicy.TabFocus
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    dialog = page.findChild(PaperCodeDialog)
    assert isinstance(dialog, PaperCodeDialog) and dialog.isVisible()
    qtbot.waitUntil(dialog.field.hasFocus)
    qtbot.keyClicks(dialog.field, desk.second)
    assert answer(dialog) == "一致"
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

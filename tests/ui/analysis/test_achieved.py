"""A target in words on the analysis page: marked in a dialog, shown, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.pace.standing import Light
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.returns.achieved import MAX_ACHIEVED_TEXT
from kjxd_desktop.theme import LIGHT
from kjxd_desktop.ui.analysis import achieved_acts, achieved_dialog
from kjxd_desktop.ui.analysis.achieved_dialog import AchievedDialog
from kjxd_desktop.ui.analysis.analysis_model import AnalysisLine
from kjxd_desktop.ui.analysis.analysis_page import AnalysisPage
from kjxd_desktop.ui.parts.reason_dialog import ReasonDialog
from kjxd_desktop.ui.tools.plain import PlainLabel
from kjxd_desktop.ui.tools.style import Theme, apply_theme
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import FixedClock, put_operators, sign_in
from tests.ui.fakes import PAGE_SIZE, page_tools

WORDS, NUMBER, RATIO = "I08", "I07", "I09"
Dialog = TypeVar("Dialog", bound=QDialog)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """嘉峪关 in the third quarter of 2022, with a figure for the target in words."""
    with new_office(tmp_path / "city.kjxd", Role.CITY, "620200", "jiayuguan-2020", FixedClock()) as made:
        made.actions.desk.choose_period(Period(2022, 3))
        for code, text in ((NUMBER, "30"), (WORDS, "0.5")):
            made.actions.fill.edit(made.actions.desk.key(), code, TextEdit(text))
        yield made


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> Iterator[AnalysisPage]:
    tools = page_tools(office.actions, Theme(LIGHT))
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, tools.theme)
    made = AnalysisPage(tools)
    tools.notices.show_over(made)
    made.resize(*PAGE_SIZE)
    made.show()
    made.refresh()
    made.go_to(WORDS)
    QCoreApplication.processEvents()
    yield made
    tools.notices.clear()
    made.close()
    tools.tasks.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def opened(page: AnalysisPage, kind: type[Dialog]) -> Dialog:
    """The dialog that stands over the page."""
    found = [dialog for dialog in page.findChildren(kind) if dialog.isVisible()]
    assert len(found) == 1
    return found[0]


def light(page: AnalysisPage, code: str = WORDS) -> Light:
    row = page.model.row_of(code)
    assert row is not None
    line = page.model.line(row)
    assert isinstance(line, AnalysisLine)
    return line.row.standing.light


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


def marked(page: AnalysisPage, text: str = "首家企业7月投产") -> None:
    click(page.detail.achieved.mark)
    dialog = opened(page, AchievedDialog)
    dialog.text.setPlainText(text)
    click(dialog.confirm)


def test_only_targets_in_words_have_the_line(page: AnalysisPage) -> None:
    bar = page.detail.achieved
    assert bar.isVisible() and bar.mark.isVisible() and bar.mark.text() == "已实现…"
    assert not bar.take_back.isVisible() and not bar.evidence.isVisible()
    assert "0的突破" in bar.text
    page.go_to(NUMBER)
    assert not bar.isVisible()


def test_it_is_marked_with_words_and_a_file_and_seen_at_once(
    page: AnalysisPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = tmp_path / "投产.pdf"
    proof.write_bytes(b"%PDF-1.4 proof")
    monkeypatch.setattr(achieved_dialog, "choose_file", lambda parent, title: proof)
    before = light(page)
    click(page.detail.achieved.mark)
    dialog = opened(page, AchievedDialog)
    assert not dialog.confirm.isEnabled()
    QTest.keyClicks(dialog.text, "OK")
    click(dialog.choose)
    assert dialog.file.text() == "投产.pdf"
    dialog.text.setPlainText("首家企业\n7月投产")
    click(dialog.confirm)
    assert before is not Light.MET and light(page) is Light.MET
    bar = page.detail.achieved
    assert bar.text == "已实现（2022年三季度起，首家企业 7月投产）"
    assert page.detail.sentences[0] == "2022 年定性目标“0的突破”，2022年三季度起已实现。"
    assert bar.take_back.isVisible() and bar.evidence.isVisible()
    copy = tmp_path / "取出.pdf"
    monkeypatch.setattr(achieved_acts, "choose_new_file", lambda parent, title, name, kind: copy)
    click(bar.evidence)
    assert copy.read_bytes() == proof.read_bytes()


def test_its_words_are_changed_and_it_is_taken_back_with_a_reason(page: AnalysisPage) -> None:
    marked(page)
    bar = page.detail.achieved
    assert bar.mark.text() == "改说明…"
    click(bar.mark)
    dialog = opened(page, AchievedDialog)
    assert dialog.text.toPlainText() == "首家企业7月投产"
    dialog.text.setPlainText("首家企业8月投产")
    click(dialog.confirm)
    assert "8月投产" in bar.text
    click(bar.take_back)
    asked = opened(page, ReasonDialog)
    asked.reason.setText("投产推迟")
    click(asked.confirm)
    assert light(page) is not Light.MET
    assert not bar.take_back.isVisible() and bar.mark.text() == "已实现…"


def test_escape_leaves_everything_as_it_is(page: AnalysisPage) -> None:
    click(page.detail.achieved.mark)
    dialog = opened(page, AchievedDialog)
    dialog.text.setPlainText("首家企业投产")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and light(page) is not Light.MET


def test_what_is_refused_stays_in_the_dialog(
    page: AnalysisPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(achieved_dialog, "choose_file", lambda parent, title: tmp_path / "没有.pdf")
    click(page.detail.achieved.mark)
    dialog = opened(page, AchievedDialog)
    dialog.text.setPlainText("字" * (MAX_ACHIEVED_TEXT + 1))
    assert not dialog.confirm.isEnabled()
    dialog.text.setPlainText("首家企业投产")
    click(dialog.choose)
    click(dialog.confirm)
    assert dialog.isVisible() and "没有.pdf" in dialog.refusal.text()
    assert dialog.text.toPlainText() == "首家企业投产" and light(page) is not Light.MET
    click(dialog.cancel)


def test_who_may_not_fill_sees_it_only(page: AnalysisPage, office: Office) -> None:
    marked(page)
    put_operators(office, 李主任=OperatorRole.HEAD, 王芳=OperatorRole.FILLER, 管=OperatorRole.ADMIN)
    sign_in(office, "李主任")
    page.refresh()
    bar = page.detail.achieved
    assert not bar.mark.isEnabled() and not bar.take_back.isEnabled() and "已实现" in bar.text


def test_a_unit_below_the_city_is_told_that_the_mark_travels(page: AnalysisPage, office: Office) -> None:
    def said(code: str) -> bool:
        page.go_to(code)
        click(page.detail.achieved.mark)
        dialog = opened(page, AchievedDialog)
        labels = [label.text() for label in dialog.findChildren(PlainLabel)]
        click(dialog.cancel)
        return any("标记和佐证材料随下一次上报的报表报给市局" in text for text in labels)

    assert not said(WORDS)
    # A ratio: the plan's target measures the other units too.
    office.actions.desk.choose_unit(office.actions.desk.desk().plan.units[1].code)
    page.refresh()
    page.go_to(WORDS)
    assert not page.detail.achieved.isVisible()
    assert said(RATIO)

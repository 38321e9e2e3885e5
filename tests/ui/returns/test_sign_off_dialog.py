"""签报 by hand: the form, the names, the code; then the steps on 报送管理 in county and city."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.returns.returns import ReturnState, Signature
from kjxd_desktop.theme import LIGHT
from kjxd_desktop.ui.parts.reason_dialog import ReasonDialog
from kjxd_desktop.ui.returns import returns_page
from kjxd_desktop.ui.returns.sign_off_dialog import SignOffDialog
from kjxd_desktop.ui.shell.main_window import MINIMUM
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.ui.tour.hands import Hands
from kjxd_desktop.usecases.filling.edits import RemarkEdit
from tests.helpers.offices import (
    KEY,
    city_office,
    county_office,
    fill_all,
    fill_clean,
    put_operators,
    sign_in,
)
from tests.ui.fakes import EntryDesk, entry_desk, page_tools
from tests.ui.returns.test_returns_page import Shown

Key = Qt.Key
NAMES = Signature("张建平", "李秀梅", "王芳", "0943-1234567")


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        fill_clean(opened)
        yield opened


def state(office: Office) -> ReturnState:
    return office.actions.fill.sheet(KEY).head.state


def opened(shown: Shown, qtbot: QtBot) -> SignOffDialog:
    Hands().click(shown.page.steps.sign)
    qtbot.waitUntil(lambda: shown.dialog(SignOffDialog) is not None)
    dialog = shown.dialog(SignOffDialog)
    assert isinstance(dialog, SignOffDialog)
    return dialog


def test_by_keyboard_from_name_to_name_to_the_button(county: Office, qtbot: QtBot) -> None:
    shown = Shown(county, qtbot)
    dialog = opened(shown, qtbot)
    assert not dialog.confirm.isEnabled()
    assert "还没有写单位负责人、填表人" in dialog.reason.text()
    assert dialog.fields["date"].text() == "2024-10-08"
    before = dialog.code.text()
    assert QApplication.focusWidget() is dialog.fields["head"]
    for text in ("Zhang", "Li", "Wang", "0943", ""):
        field = QApplication.focusWidget()
        assert field is not None
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Key.Key_Return)
        assert state(county) is ReturnState.DRAFT
    assert QApplication.focusWidget() is dialog.confirm
    code = dialog.code.text()
    assert code == before, "who signs is no content"
    assert code in dialog.view.toPlainText() and "Zhang" in dialog.view.toPlainText()
    qtbot.keyClick(dialog.confirm, Key.Key_Return)
    qtbot.waitUntil(lambda: shown.dialog(SignOffDialog) is None)
    assert state(county) is ReturnState.SIGNED
    assert "已签报，可以导出上报了。" in shown.notices.texts
    assert county.actions.send.content(KEY).identity.check_code == code


def test_a_date_that_is_no_day_is_told_while_it_is_typed(county: Office, qtbot: QtBot) -> None:
    county.actions.fill.set_signature(KEY, NAMES)
    dialog = opened(Shown(county, qtbot), qtbot)
    assert dialog.confirm.isEnabled()
    date = dialog.fields["date"]
    date.clear()
    qtbot.keyClicks(date, "2024-13-45")
    assert not dialog.confirm.isEnabled()
    assert dialog.reason.text().startswith("报出日期“2024-13-45”不是日历上的日期")
    date.clear()
    qtbot.keyClicks(date, "2024-10-12")
    assert dialog.confirm.isEnabled() and not dialog.reason.text()


def test_the_form_is_shown_whole(county: Office, qtbot: QtBot) -> None:
    county.actions.fill.edit(KEY, "I13", RemarkEdit("note", "<b>含 1 家</b> & 待公示"))
    county.actions.sign_off.sign_off(KEY, NAMES)
    county.actions.sign_off.take_back(KEY, "再看")
    dialog = opened(Shown(county, qtbot), qtbot)
    told = dialog.view.toPlainText()
    for text in ("强科技行动监测表", "KJXD-1表", "计量单位", "高新技术企业", "71.9", "张建平"):
        assert text in told, text
    assert "<b>含 1 家</b> & 待公示" in told
    assert dialog.confirm.isEnabled() and QApplication.focusWidget() is dialog.confirm


def test_escape_signs_nothing(county: Office, qtbot: QtBot) -> None:
    shown = Shown(county, qtbot)
    dialog = opened(shown, qtbot)
    qtbot.keyClicks(dialog.fields["head"], "Zhang")
    qtbot.keyClick(dialog, Key.Key_Escape)
    qtbot.waitUntil(lambda: shown.dialog(SignOffDialog) is None)
    head = county.actions.fill.sheet(KEY).head
    assert (head.state, head.signature.head) == (ReturnState.DRAFT, "")


def solid(shown: Shown) -> list[str]:
    page = shown.page
    steps = (page.steps.check, page.steps.sign, page.steps.export)
    return [item.text() for item in steps if item.isVisible() and item.property("kind") == "primary"]


def test_one_step_is_solid_at_a_time(
    county: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Shown(county, qtbot)
    page, steps = shown.page, shown.page.steps
    assert solid(shown) == ["审核"]
    Hands().click(steps.check)
    assert solid(shown) == ["签报…"] and state(county) is ReturnState.CHECKED
    dialog = opened(shown, qtbot)
    for name in ("head", "filled_by"):
        qtbot.keyClicks(dialog.fields[name], "X")
    Hands().click(dialog.confirm)
    assert solid(shown) == ["导出上报…"]
    assert not steps.sign.isVisible() and steps.take_back.isVisible()
    monkeypatch.setattr(returns_page, "choose_new_file", lambda *words: tmp_path / "out.xlsx")
    Hands().click(steps.export)
    assert solid(shown) == []
    head = county.actions.fill.sheet(KEY).head
    assert page.detail.code.text() == head.check_code != ""


def test_signing_is_taken_back_with_a_reason(county: Office, qtbot: QtBot) -> None:
    county.actions.sign_off.sign_off(KEY, NAMES)
    shown = Shown(county, qtbot)
    Hands().click(shown.page.steps.take_back)
    qtbot.waitUntil(lambda: shown.dialog(ReasonDialog) is not None)
    dialog = shown.dialog(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    qtbot.keyClicks(dialog.reason, "I13")
    qtbot.keyClick(dialog.reason, Key.Key_Return)
    assert state(county) is ReturnState.CHECKED


def test_who_may_not_sign_is_told_who_does(county: Office, qtbot: QtBot) -> None:
    put_operators(county, 王芳=OperatorRole.FILLER, 张建平=OperatorRole.HEAD)
    sign_in(county, "张建平")
    county.actions.check.mark_checked(KEY)
    sign_in(county, "王芳")
    shown = Shown(county, qtbot)
    steps = shown.page.steps
    assert not steps.sign.isEnabled() and not steps.export.isEnabled()
    assert shown.page._reason.text() == "等张建平签报"


def test_the_city_accepts_and_reopens(county: Office, qtbot: QtBot, tmp_path: Path) -> None:
    path = county.actions.send.submit(KEY, tmp_path / "r.xlsx").path
    with city_office(tmp_path) as city:
        preview = city.actions.receive.preview(path)
        city.actions.receive.apply(preview, city.actions.receive.accept_all(preview))
        shown = Shown(city, qtbot)
        page = shown.page
        units = [page.model.line(row).unit.code for row in range(page.model.rowCount())]
        page.table.selectRow(units.index(KEY.unit_code) - 1)
        assert not page.city_steps.accept.isEnabled()
        assert page.receive.property("kind") == "primary"
        page.table.selectRow(units.index(KEY.unit_code))
        assert page.city_steps.accept.property("kind") == "primary"
        assert page.receive.property("kind") == ""
        assert page.detail.code.text() == city.actions.fill.sheet(KEY).head.check_code
        Hands().click(page.city_steps.accept)
        assert state(city) is ReturnState.ACCEPTED
        Hands().click(page.city_steps.reopen)
        qtbot.waitUntil(lambda: shown.dialog(ReasonDialog) is not None)
        dialog = shown.dialog(ReasonDialog)
        assert isinstance(dialog, ReasonDialog)
        qtbot.keyClicks(dialog.reason, "letter")
        qtbot.keyClick(dialog.reason, Key.Key_Return)
        assert state(city) is ReturnState.SUBMITTED
        assert [step.why for step in city.actions.status.transitions(KEY)][-1] == "letter"


# 指标填报


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[EntryDesk]:
    with entry_desk(qtbot, tmp_path) as opened_desk:
        yield opened_desk


def dialog_over(desk: EntryDesk, kind: type[QDialog]) -> QDialog | None:
    return next((item for item in desk.page.findChildren(kind) if item.isVisible()), None)


def test_the_footer_leads_from_checking_to_signing_to_export(desk: EntryDesk, qtbot: QtBot) -> None:
    fill_all(desk.office)
    desk.page.refresh()
    footer = desk.page.footer
    assert footer.check.property("kind") == "primary"
    desk.press(Key.Key_F9)
    Hands().click(footer.sign)
    qtbot.waitUntil(lambda: dialog_over(desk, SignOffDialog) is not None)
    dialog = dialog_over(desk, SignOffDialog)
    assert isinstance(dialog, SignOffDialog)
    for name in ("head", "filled_by"):
        qtbot.keyClicks(dialog.fields[name], "X")
    Hands().click(dialog.confirm)
    qtbot.waitUntil(lambda: dialog_over(desk, SignOffDialog) is None)
    assert state(desk.office) is ReturnState.SIGNED
    assert footer.export.isVisible() and footer.export.property("kind") == "primary"
    assert footer.reason.text() == "已签报，可以导出上报"
    assert footer.fields["head"].text() == "X"
    # Off screen nobody gives the window the keyboard back.
    with qtbot.waitActive(desk.page):
        desk.page.activateWindow()
    assert QApplication.focusWidget() is footer.export
    desk.press(Key.Key_F9)
    assert state(desk.office) is ReturnState.SIGNED
    # An edit makes it a draft: the next step is checking again.
    desk.office.actions.fill.edit(KEY, "I13", RemarkEdit("note", "x"))
    desk.page.refresh()
    assert footer.sign.isVisible() and footer.check.property("kind") == "primary"


def test_a_correction_asks_for_its_reason(qtbot: QtBot, tmp_path: Path, county: Office) -> None:
    path = county.actions.send.submit(KEY, tmp_path / "r.xlsx").path
    with city_office(tmp_path) as city:
        preview = city.actions.receive.preview(path)
        city.actions.receive.apply(preview, city.actions.receive.accept_all(preview))
        city.actions.accept.accept(KEY)
        city.actions.accept.reopen(KEY, "来函")
        city.actions.desk.choose_period(KEY.period)
        city.actions.desk.choose_unit(KEY.unit_code)
        desk = EntryDesk(city, LIGHT, (1230, 648))
        with qtbot.waitActive(desk.page):
            desk.page.show()
        desk.page.refresh()
        desk.page.setFocus(Qt.FocusReason.OtherFocusReason)
        desk.go_to("I13")
        desk.type_enter("11")
        qtbot.waitUntil(lambda: dialog_over(desk, ReasonDialog) is not None)
        assert str(desk.entry("I13").value) == "12"
        dialog = dialog_over(desk, ReasonDialog)
        assert isinstance(dialog, ReasonDialog)
        qtbot.keyClicks(dialog.reason, "double")
        qtbot.keyClick(dialog.reason, Key.Key_Return)
        assert str(desk.entry("I13").value) == "11"
        assert city.actions.fill.history(KEY, "I13")[0].why == "double"
        assert desk.page.grid.editor is None
        desk.notices.clear()
        desk.page.close()
        desk.tasks.close()
        desk.page.deleteLater()


@pytest.mark.parametrize("large", [False, True])
def test_it_fits_the_smallest_window(county: Office, qtbot: QtBot, large: bool) -> None:
    """Fields give way, the words beside them and the whole code do not."""
    tools = page_tools(county.actions, Theme(large=large))
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(*MINIMUM)
    dialog = SignOffDialog(tools, KEY, window)
    with qtbot.waitActive(dialog):
        dialog.open()
    assert dialog.width() <= MINIMUM[0] and dialog.height() <= MINIMUM[1]
    assert dialog.code.width() >= dialog.code.sizeHint().width()
    Hands().click(dialog._cancel)

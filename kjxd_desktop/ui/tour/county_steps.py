"""What a county clerk does in a quarter, step by step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from kjxd_desktop.domain.returns.progress import Progress
from kjxd_desktop.ui.tour.hands import Hands, LostWay, visible_table, visible_texts
from kjxd_desktop.usecases.filling.demonstrate import DemoData
from kjxd_desktop.wording.terms import TASK_STATUS

Picture = Callable[[QWidget, str], None]
_ALT = Qt.KeyboardModifier.AltModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_REASON = "核减上季度重复登记的 2 份合同，本季按登记机构核定数填报。"


def open_template(hands: Hands, window: QMainWindow, template: Path) -> None:
    """First start: open the city's file."""
    hands.answer_dialog(hands.choose_file(template))
    hands.click_button(window, "打开市局发来的模板")


def look_around(hands: Hands, window: QMainWindow, picture: Picture) -> None:
    """The desk before anything is filled."""
    hands.shortcut(window, Qt.Key.Key_2, _ALT)
    hands.shortcut(window, Qt.Key.Key_1, _ALT)
    picture(window, "工作台_未填")


def fill_quarter(hands: Hands, window: QMainWindow, demo: DemoData, picture: Picture) -> None:
    """Type the values, answer the checks, report tasks, look at the analysis."""
    hands.shortcut(window, Qt.Key.Key_2, _ALT)
    texts = list(demo.typed.values())
    for number, text in enumerate(texts):
        hands.type(text)
        if number == len(texts) // 2:
            picture(window, "指标填报_正在填")
        hands.press(Qt.Key.Key_Return)
    explain_all(hands, window, picture)
    hands.close_notices(window)
    picture(window, "指标填报")
    _see_dialog(hands, window, "补录", picture, "补录")
    _see_dialog(hands, window, "本县目标", picture, "县级目标")
    report_tasks(hands, window, demo, picture)
    hands.shortcut(window, Qt.Key.Key_4, _ALT)
    hands.choose_row(visible_table(window), 1, "省级科技创新型企业")
    picture(window, "监测分析")
    hands.shortcut(window, Qt.Key.Key_1, _ALT)
    picture(window, "工作台")


def explain_all(hands: Hands, window: QMainWindow, picture: Picture) -> None:
    """F8 goes to each finding; the reason is typed and kept."""
    for number in range(8):
        hands.press(Qt.Key.Key_F8)
        boxes = [box for box in visible_texts(window) if box.isEnabled()]
        if not boxes:
            return
        hands.click(boxes[0])
        hands.type(_REASON)
        if number == 0:
            picture(window, "指标填报_写说明")
        hands.click_button(window, "说明写好了")


def _see_dialog(hands: Hands, window: QMainWindow, button: str, picture: Picture, title: str) -> None:
    hands.click_button(window, button)
    hands.wait_until(lambda: _dialog() is not None, f"the dialog of {button}")
    dialog = _dialog()
    if dialog is None:
        raise LostWay(button)
    picture(dialog, title)
    hands.press_in(dialog, Qt.Key.Key_Escape)
    hands.wait_until(lambda: _dialog() is None, f"the end of {button}")


def _dialog() -> QDialog | None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            return widget
    return None


def report_tasks(hands: Hands, window: QMainWindow, demo: DemoData, picture: Picture) -> None:
    """Report the demonstration's tasks; others are marked 不涉及 one key each."""
    hands.shortcut(window, Qt.Key.Key_3, _ALT)
    table = visible_table(window)
    for code, progress in demo.progress.items():
        hands.choose_row(table, 0, code.removeprefix("A"))
        _fill_form(hands, window, progress)
    picture(window, "任务进展")


def _fill_form(hands: Hands, window: QMainWindow, progress: Progress) -> None:
    assert progress.status is not None, "every demonstrated task has a status"
    word = TASK_STATUS[progress.status]
    if progress.percent is None:
        hands.press(Qt.Key.Key_D, _CTRL)
        return
    hands.click_button(window, word)
    boxes = visible_texts(window)
    hands.press(Qt.Key.Key_Tab)
    while QApplication.focusWidget() is not boxes[0]:
        widget = QApplication.focusWidget()
        if widget is not None and widget.accessibleName().startswith("完成比例"):
            hands.press(Qt.Key.Key_A, _CTRL)
            hands.type(str(progress.percent))
        hands.press(Qt.Key.Key_Tab)
    for text in (progress.done, progress.problems, progress.next_step):
        hands.type(text)
        hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Return, _CTRL)


def send_return(hands: Hands, window: QMainWindow, path: Path, picture: Picture) -> None:
    """Check with F9, sign off, export."""
    hands.shortcut(window, Qt.Key.Key_2, _ALT)
    hands.press(Qt.Key.Key_F9)
    hands.click_button(window, "签报")
    hands.wait_until(lambda: _dialog() is not None, "the form to be signed")
    dialog = _dialog()
    if dialog is None:
        raise LostWay("签报")
    picture(dialog, "签报")
    hands.click_button(dialog, "确认签报")
    hands.wait_until(lambda: _dialog() is None, "the end of signing")
    hands.shortcut(window, Qt.Key.Key_5, _ALT)
    hands.answer_dialog(hands.choose_file(path))
    hands.click_button(window, "导出上报")
    hands.wait_until(path.is_file, "the exported workbook")
    picture(window, "报送管理_已导出")

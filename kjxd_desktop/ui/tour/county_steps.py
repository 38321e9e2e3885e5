"""What a county clerk does in a quarter, step by step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit, QWidget

from kjxd_desktop.domain.returns.progress import Progress
from kjxd_desktop.ui.tour.hands import Hands, visible_texts
from kjxd_desktop.usecases.filling.demonstrate import DemoData
from kjxd_desktop.wording import tour as words
from kjxd_desktop.wording.terms import TASK_STATUS

Picture = Callable[[QWidget, str], None]
_CTRL = Qt.KeyboardModifier.ControlModifier
# Fields of the form between its first button and its first text.
_MOST_TABS = 40
_REASON = "核减上季度重复登记的 2 份合同，本季按登记机构核定数填报。"


def open_template(hands: Hands, window: QMainWindow, template: Path) -> None:
    """First start: open the city's file."""
    hands.click_for_dialog(window, "打开市局发来的模板", "打开报表", hands.choose_file(template))


def look_around(hands: Hands, window: QMainWindow, picture: Picture) -> None:
    """The desk before anything is filled."""
    hands.open_page(window, 2, "entry")
    hands.open_page(window, 1, "home")
    picture(window, "工作台_未填")


def fill_quarter(hands: Hands, window: QMainWindow, demo: DemoData, picture: Picture) -> None:
    """Type the values, answer the checks, report tasks, look at the analysis."""
    hands.open_page(window, 2, "entry")
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
    hands.open_page(window, 4, "analysis")
    hands.choose_row(hands.table(window), 1, "省级科技创新型企业")
    picture(window, "监测分析")
    hands.open_page(window, 1, "home")
    picture(window, "工作台")


def explain_all(hands: Hands, window: QMainWindow, picture: Picture) -> None:
    """F8 goes to each finding; the reason is typed and kept."""
    for number in range(8):
        hands.press(Qt.Key.Key_F8)
        boxes = [box for box in visible_texts(window) if box.isEnabled()]
        if not boxes:
            return
        hands.click(boxes[0])
        _type_in(hands, boxes[0], _REASON)
        if number == 0:
            picture(window, "指标填报_写说明")
        hands.click_button(window, "说明写好了")


def _see_dialog(hands: Hands, window: QMainWindow, button: str, picture: Picture, title: str) -> None:
    hands.click_button(window, button)
    dialog = hands.dialog(name=button)
    picture(dialog, title)
    hands.press_in(dialog, Qt.Key.Key_Escape)
    hands.wait_closed(name=button)


def _type_in(hands: Hands, box: QPlainTextEdit, text: str) -> None:
    hands.wait_until(box.hasFocus, words.KEYBOARD)
    hands.type(text)
    hands.wait_until(lambda: box.toPlainText() == text, words.field_holds(text), box.toPlainText)


def report_tasks(hands: Hands, window: QMainWindow, demo: DemoData, picture: Picture) -> None:
    """Report the demonstration's tasks; others are marked 不涉及 one key each."""
    hands.open_page(window, 3, "tasks")
    table = hands.table(window)
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
    _tab_to(hands, boxes[0], str(progress.percent))
    for box, text in zip(boxes, (progress.done, progress.problems, progress.next_step), strict=False):
        _type_in(hands, box, text)
        hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Return, _CTRL)


def _tab_to(hands: Hands, box: QPlainTextEdit, percent: str) -> None:
    """Go on with Tab to a box, filling the share that is done on the way."""
    for _ in range(_MOST_TABS):
        widget = QApplication.focusWidget()
        if widget is box:
            return
        if widget is not None and widget.accessibleName().startswith("完成比例"):
            hands.press(Qt.Key.Key_A, _CTRL)
            hands.type(percent)
        hands.press(Qt.Key.Key_Tab)
    raise hands.lose(words.place_ready(box.accessibleName()))


def send_return(hands: Hands, window: QMainWindow, path: Path, picture: Picture) -> None:
    """Check with F9, sign off, export."""
    hands.open_page(window, 2, "entry")
    hands.press(Qt.Key.Key_F9)
    hands.click_button(window, "签报")
    dialog = hands.dialog("签报")
    picture(dialog, "签报")
    hands.click_button(dialog, "确认签报")
    hands.wait_closed("签报")
    hands.open_page(window, 5, "returns")
    hands.click_for_dialog(window, "导出上报", "导出上报", hands.choose_file(path))
    hands.wait_for_file(path)
    picture(window, "报送管理_已导出")

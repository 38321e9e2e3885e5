"""The hands of the tour wait for states, and come back from everything that does not come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kjxd_desktop.ui.parts.file_choice import NewFileDialog, ReplaceDialog, choose_new_file
from kjxd_desktop.ui.tools.plain import set_tip
from kjxd_desktop.ui.tour.dialogs import blocked
from kjxd_desktop.ui.tour.hands import Hands
from kjxd_desktop.ui.tour.waiting import SHORT_MS, LostWay
from kjxd_desktop.wording.tour import lost

# What the off-screen platform says of every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

# Looks of 20 ms in which nothing happens, until these tests call it in vain.
IMPATIENT_S = 0.3


class Bench(QMainWindow):
    """A window with one button and one field."""

    def __init__(self) -> None:
        super().__init__()
        body = QWidget()
        self.button = QPushButton("导出上报…")
        self.field = QLineEdit()
        layout = QVBoxLayout(body)
        layout.addWidget(self.button)
        layout.addWidget(self.field)
        self.setCentralWidget(body)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    made = Bench()
    qtbot.addWidget(made)
    made.show()
    return made


class Moments:
    """Counts the moments at which the way was lost, with the kind of dialog that was in front."""

    def __init__(self) -> None:
        self.fronts: list[type[QWidget]] = []

    def __call__(self) -> None:
        self.fronts.append(type(QApplication.activeModalWidget()))


@pytest.fixture
def moments() -> Moments:
    return Moments()


@pytest.fixture
def hands(bench: Bench, moments: Moments) -> Hands:
    made = Hands(moments, lambda working: IMPATIENT_S)
    made.bring_to_front(bench)
    return made


def test_a_button_is_waited_for_until_it_can_be_pressed(bench: Bench, hands: Hands) -> None:
    """Every step on the way to it counts as progress, however many there are."""
    pressed: list[bool] = []
    bench.button.clicked.connect(lambda: pressed.append(bench.button.isEnabled()))
    bench.button.setEnabled(False)
    steps = 30

    def step() -> None:
        nonlocal steps
        steps -= 1
        # A change of the window, as a page makes it while it is being filled.
        bench.field.setText(str(steps))
        bench.field.setEnabled(not bench.field.isEnabled())
        if steps:
            QTimer.singleShot(40, bench, step)
        else:
            bench.button.setEnabled(True)

    step()
    hands.click_button(bench, "导出上报")
    assert pressed == [True] and steps == 0


def test_a_button_that_stays_grey_says_why(bench: Bench, hands: Hands, moments: Moments) -> None:
    bench.button.setEnabled(False)
    set_tip(bench.button, "还差 1 处待说明")
    with pytest.raises(LostWay) as caught:
        hands.click_button(bench, "导出上报")
    assert (caught.value.what, caught.value.hint) == ("“导出上报”可以点", "还差 1 处待说明")
    assert len(moments.fronts) == 1
    sentence = lost(caught.value.what, caught.value.hint, "/out")
    assert "一直没有等到“导出上报”可以点（窗口上写着：还差 1 处待说明）" in sentence
    assert "您的数据没有动" in sentence and sentence.endswith("/out")


def test_at_rest_means_that_a_step_outstanding_was_taken(bench: Bench, hands: Hands) -> None:
    timer = QTimer(bench)
    timer.setSingleShot(True)
    timer.timeout.connect(lambda: QTimer.singleShot(0, bench, lambda: bench.field.setText("好了")))
    timer.start(100)
    later = QTimer(bench)
    later.setSingleShot(True)
    later.start(SHORT_MS + 60_000)
    hands.settle()
    assert bench.field.text() == "好了"
    assert later.isActive(), "what only tidies up later is not waited for"


def opens_file_dialog(bench: Bench, chosen: list[Path | None], name: str = "会宁县_上报.xlsx") -> None:
    bench.button.clicked.connect(lambda: chosen.append(choose_new_file(bench, "导出上报", name)))


@pytest.fixture
def chosen(bench: Bench) -> list[Path | None]:
    """What the file dialog behind the button gave back, each time."""
    found: list[Path | None] = []
    opens_file_dialog(bench, found)
    return found


def test_a_path_arrives_as_it_was_typed(
    bench: Bench, hands: Hands, chosen: list[Path | None], tmp_path: Path
) -> None:
    # Files on the way that a dialog without the keyboard would have put into the field.
    (tmp_path / "会").mkdir()
    (tmp_path / "会宁县_上报").write_text("")
    path = tmp_path / "会宁县_上报.xlsx"
    hands.click_for_dialog(bench, "导出上报", "导出上报", hands.choose_file(path))
    assert chosen == [path]


def test_a_question_nobody_expected_ends_the_tour_not_the_patience(
    bench: Bench, hands: Hands, moments: Moments, chosen: list[Path | None], tmp_path: Path
) -> None:
    """Writing over an older file is asked about, and the question waited for an answer for ever."""
    path = tmp_path / "会宁县_上报.xlsx"
    path.write_text("older")
    with pytest.raises(LostWay, match="中间跳出了"):
        hands.click_for_dialog(bench, "导出上报", "导出上报", hands.choose_file(path))
    assert chosen == [None], "the dialog has let its opener go on"
    assert moments.fronts == [ReplaceDialog], "the question was still there"
    assert QApplication.activeModalWidget() is None
    assert path.read_text() == "older"


def test_a_dialog_that_does_not_close_is_closed(
    bench: Bench, hands: Hands, moments: Moments, chosen: list[Path | None]
) -> None:
    with pytest.raises(LostWay) as caught:
        hands.click_for_dialog(bench, "导出上报", "导出上报", lambda dialog: None)
    assert caught.value.what == "“导出上报”对话框关上"
    assert moments.fronts == [NewFileDialog]
    assert chosen == [None] and QApplication.activeModalWidget() is None


def test_a_dialog_that_does_not_come(bench: Bench, hands: Hands, moments: Moments) -> None:
    never: Callable[[object], None] = lambda dialog: pytest.fail("no dialog")  # noqa: E731
    with pytest.raises(LostWay) as caught:
        hands.click_for_dialog(bench, "导出上报", "导出上报", never)
    assert caught.value.what == "“导出上报”对话框打开"


def test_only_dialogs_over_a_window_keep_clicks_from_it(bench: Bench, qtbot: QtBot) -> None:
    other = QMainWindow()
    qtbot.addWidget(other)
    other.show()
    over_bench, over_that = QDialog(bench), QDialog(bench)
    over_bench.open()
    assert (blocked(bench), blocked(over_bench), blocked(other)) == (True, False, False)
    over_bench.close()
    assert not blocked(bench)
    over_that.setModal(True)
    over_that.show()
    assert (blocked(bench), blocked(over_that), blocked(other)) == (True, False, True)


def test_an_error_in_a_slot_ends_the_next_waiting(bench: Bench, hands: Hands, moments: Moments) -> None:
    hands.trouble = ZeroDivisionError("a bug")
    with pytest.raises(ZeroDivisionError):
        hands.wait_until(lambda: False, "什么都行")
    hands.wait_until(lambda: True, "下一步")
    assert moments.fronts == []

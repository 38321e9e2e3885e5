"""修改记录: found, read on, put back, exported; all by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.bootstrap.window import Program
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.entry.entry_page import EntryPage
from kjxd_desktop.ui.history import export as history_export
from kjxd_desktop.ui.history.history_page import HistoryPage
from kjxd_desktop.ui.parts.restore_dialog import RestoreDialog
from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.keeping import look_back
from kjxd_desktop.usecases.keeping.shown import ChangeLine, Side
from kjxd_desktop.wording.literal import tip
from tests.helpers.offices import KEY, PLAN, FixedClock, city_office, county_office
from tests.ui.fakes import EntryDesk, entry_desk, focused, page_tools


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A county with one value changed twice, another one and a task."""
    with county_office(tmp_path) as opened:
        for code, text in (("I13", "12"), ("I14", "8"), ("I13", "13"), ("I13", "14")):
            opened.actions.fill.edit(KEY, code, TextEdit(text))
        opened.actions.report.put(KEY, "A1-1", Progress(TaskStatus.IN_PROGRESS, 40, "已开工"))
        yield opened


class Shown:
    """The page with its surroundings."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        self.office, self.qtbot = office, qtbot
        self.bugs: list[BaseException] = []
        tools = page_tools(office.actions, show_bug=self.bugs.append)
        self.notices, self.tasks, self.changes = tools.notices, tools.tasks, tools.changes
        self.page = HistoryPage(tools)
        qtbot.addWidget(self.page)
        self.notices.show_over(self.page)
        self.page.resize(1230, 640)
        with qtbot.waitActive(self.page):
            self.page.show()
        self.page.refresh()
        self.page.setFocus()

    @property
    def lines(self) -> list[ChangeLine]:
        model = self.page.model
        return [line for row in range(model.rowCount()) if (line := model.line(row)) is not None]

    def choose(self, deed: str, new: str = "") -> ChangeLine:
        """Put the cursor on the newest line that says so."""
        for row, line in enumerate(self.lines):
            if deed in line.deed and new in line.new:
                self.page.table.setCurrentIndex(self.page.model.index(row, 3))
                return line
        raise AssertionError(f"no line {deed}")

    def words(self) -> str:
        labels = self.page.detail.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisibleTo(self.page.detail))

    def dialog(self) -> RestoreDialog:
        found = [item for item in self.page.findChildren(RestoreDialog) if item.isVisible()]
        assert len(found) == 1
        return found[0]


@pytest.fixture
def shown(office: Office, qtbot: QtBot) -> Iterator[Shown]:
    opened = Shown(office, qtbot)
    yield opened
    opened.tasks.close()
    assert opened.bugs == []


def test_the_newest_line_is_on_top_and_in_full(shown: Shown) -> None:
    model = shown.page.model
    assert model.data(model.index(0, 3), Qt.ItemDataRole.DisplayRole).startswith("更新了“1-1 ")
    assert model.data(model.index(1, 4), Qt.ItemDataRole.DisplayRole) == "13 家 → 14 家"
    assert model.data(model.index(1, 2), Qt.ItemDataRole.DisplayRole) == "2024年三季度"
    assert model.data(model.index(1, 5), Qt.ItemDataRole.ToolTipRole) == tip("填写")
    assert "已开工" in shown.words()
    assert shown.page.detail.put_old.text() == "恢复成原来的内容"
    shown.choose("读入方案")
    assert not shown.page.detail.put_old.isVisible()
    assert not shown.page.detail.go.isVisible()
    assert "第 1 版" in shown.words()


def test_a_line_by_keyboard(shown: Shown) -> None:
    qtbot, page = shown.qtbot, shown.page
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert "改了“高新技术企业”的数" in shown.words()
    with qtbot.waitSignal(page.cell_wanted) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == [KEY, "I13"]


def test_search_waits_until_the_typing_stops(shown: Shown) -> None:
    qtbot, page = shown.qtbot, shown.page
    before = len(shown.lines)
    qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.filters.search.hasFocus()
    page.filters.search.insert("省级科技")
    assert len(shown.lines) == before
    qtbot.waitUntil(lambda: len(shown.lines) == 1)
    assert shown.lines[0].code == "I14"
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert page.table.hasFocus()
    page.filters.search.setText("没有这个词")
    qtbot.waitUntil(page.show_all.isVisible)
    assert not page.export.isEnabled()
    assert not page.detail.isVisible()
    qtbot.mouseClick(page.show_all, Qt.MouseButton.LeftButton)
    assert len(shown.lines) == before
    assert page.table.isVisible()
    assert page.export.isEnabled()


def test_filters_by_choice(shown: Shown) -> None:
    filters = shown.page.filters
    assert not filters.unit.isVisible()
    assert not filters.plan.isVisible()
    assert not filters.clear.isVisible()

    def choose(box, word: str) -> list[str]:  # type: ignore[no-untyped-def]
        box.setCurrentIndex(box.findText(word))
        box.activated.emit(box.currentIndex())
        return [line.kind for line in shown.lines]

    assert choose(filters.kind, "任务进展") == ["progress"]
    assert filters.words() == "任务进展"
    assert filters.clear.isVisible()
    filters.clear.click()
    assert "plan" in [line.kind for line in shown.lines]
    assert set(choose(filters.time, "2024年三季度")) == {"entry", "progress", "state"}
    assert "plan" in choose(filters.time, "今天")
    who = shown.lines[0].who
    assert choose(filters.who, who) == [line.kind for line in shown.lines]
    assert filters.words() == f"今天；{who}"


def test_a_city_chooses_units(tmp_path: Path, qtbot: QtBot) -> None:
    with city_office(tmp_path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        office.actions.fill.edit(ReturnKey(PLAN, "620421", KEY.period), "I13", TextEdit("20"))
        shown = Shown(office, qtbot)
        unit = shown.page.filters.unit
        assert unit.isVisible()
        unit.setCurrentIndex(unit.findText("靖远县"))
        unit.activated.emit(unit.currentIndex())
        assert {line.unit for line in shown.lines} == {"靖远县"}
        model = shown.page.model
        assert model.data(model.index(0, 2), Qt.ItemDataRole.DisplayRole) == "靖远县 2024年三季度"
        shown.tasks.close()


def test_older_lines_are_read_when_scrolled_to(
    office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(70):
        office.actions.fill.edit(KEY, "I15", TextEdit(str(number)))
    monkeypatch.setattr(look_back.LookBack.page, "__defaults__", (None, 30))
    shown = Shown(office, qtbot)
    table, model = shown.page.table, shown.page.model
    assert 30 <= model.rowCount() < 70
    assert model.canFetchMore(QModelIndex())
    every = list(range(office.actions.look_back.newest(), 0, -1))

    def all_read() -> bool:
        table.scrollToBottom()
        return [line.line for line in shown.lines] == every

    qtbot.waitUntil(all_read)
    assert not model.canFetchMore(QModelIndex())
    shown.tasks.close()


def test_what_is_written_elsewhere_comes_on_top(shown: Shown) -> None:
    chosen = shown.choose("填了“高新技术企业”")
    shown.changes.publish(shown.office.actions.fill.edit(KEY, "I15", TextEdit("9")))
    assert shown.lines[0].deed == "填了“科技型中小企业”"
    current = shown.page.model.line(shown.page.table.currentIndex().row())
    assert current == chosen
    before = len(shown.lines)
    shown.page.hide()
    shown.changes.publish(shown.office.actions.fill.edit(KEY, "I15", TextEdit("10")))
    assert len(shown.lines) == before
    shown.page.show()
    shown.page.refresh()
    assert len(shown.lines) == before + 1


def test_a_number_is_put_back_once_both_were_seen(shown: Shown) -> None:
    line = shown.choose("改了“高新技术企业”的数", "13 家")
    published: list[object] = []
    shown.changes.changed.connect(published.append)
    shown.page.detail.put_old.click()
    dialog = shown.dialog()
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert "恢复“高新技术企业”？" in said
    assert all(text in said for text in ("14 家", "12 家", "13 家"))
    assert dialog.sides[Side.OLD].isChecked()
    shown.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert shown.lines[0].kind == "progress"
    shown.page.detail.put_new.click()
    dialog = shown.dialog()
    assert dialog.sides[Side.NEW].isChecked()
    shown.qtbot.keyClick(dialog.sides[Side.NEW], Qt.Key.Key_Return)
    assert str(shown.office.actions.fill.row(KEY, "I13").entry.value) == "13"
    assert shown.lines[0].why == f"恢复成第 {line.line} 条记录的内容"
    assert any("已恢复" in text for text in shown.notices.texts)
    assert len(published) == 1


def test_what_holds_already_is_said_and_not_asked(shown: Shown) -> None:
    shown.choose("改了“高新技术企业”的数", "14 家")
    shown.page.detail.put_new.click()
    assert not shown.page.findChildren(RestoreDialog)
    assert any("现在就是这个内容" in text for text in shown.notices.texts)


def test_closed_dialogs_are_gone(shown: Shown) -> None:
    shown.choose("改了“高新技术企业”的数", "13 家")
    shown.page.detail.put_old.click()
    shown.dialog().reject()
    shown.qtbot.waitUntil(lambda: not shown.page.findChildren(RestoreDialog))


def test_lines_are_exported(shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, offered = tmp_path / "out.xlsx", []

    def choose(_parent: object, _title: str, name: str) -> Path:
        offered.append(name)
        return path

    monkeypatch.setattr(history_export, "choose_new_file", choose)
    shown.page.export.click()
    assert shown.page.export.text() == "停止"
    shown.qtbot.waitUntil(lambda: bool(shown.notices.texts))
    assert offered == ["修改记录_20241008.xlsx"]
    assert shown.page.export.text() == "导出…"
    book = openpyxl.load_workbook(path, read_only=True)
    assert len(list(book.worksheets[0].iter_rows())) == len(shown.lines) + 3
    book.close()
    assert f"已导出 {len(shown.lines)} 条" in shown.notices.texts[0]


def test_an_export_can_be_stopped(shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.xlsx"
    monkeypatch.setattr(history_export, "choose_new_file", lambda *_words: path)
    monkeypatch.setattr(look_back, "_CHUNK", 1)
    export = type(shown.office.actions.look_back).export

    def patient(self, wanted, about, file, told):  # type: ignore[no-untyped-def]
        """Reads on until it is stopped."""
        while True:
            export(self, wanted, about, tmp_path / "part.xlsx", told)

    monkeypatch.setattr(type(shown.office.actions.look_back), "export", patient)
    shown.page.export.click()
    shown.page.export.click()
    shown.qtbot.waitUntil(lambda: bool(shown.notices.texts))
    assert shown.notices.texts == ("已停止导出，没有写文件。",)
    assert not path.exists()
    assert not list(tmp_path.glob(".kjxd-*"))


# Within the window


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    office.actions.backfill.set_block(PLAN, KEY.unit_code, [(Period(2024, 2), "I15", "7")])
    path = office.store.path
    office.close()
    program = Program(path, FixedClock())
    program.start()
    assert isinstance(program.window, MainWindow)
    qtbot.addWidget(program.window)
    yield program.window
    program.close()


def test_by_key_and_to_the_cell_of_another_period(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitExposed(window)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    page = window.page("history")
    assert isinstance(page, HistoryPage)
    line = page.model.line(0)
    assert line is not None and line.period == Period(2024, 2)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.current_page == "entry"
    entry = window.page("entry")
    assert isinstance(entry, EntryPage)
    assert entry.writer.key == ReturnKey(PLAN, KEY.unit_code, Period(2024, 2))
    shown = entry.grid.current_line()
    assert shown is not None and shown.code == "I15"


def test_a_cell_that_is_nowhere_any_more_is_named(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("history")
    page = window.page("history")
    assert isinstance(page, HistoryPage)
    page.cell_wanted.emit(KEY, "I99")
    assert window.current_page == "history"
    assert window._notices.texts[-1].startswith("现在的方案里已经没有这一项")
    page.cell_wanted.emit(ReturnKey(PLAN, "没有", Period(2024, 1)), "I13")
    assert window.current_page == "history"
    assert window._actions.desk.key() == KEY


def test_to_a_task(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("history")
    page = window.page("history")
    assert isinstance(page, HistoryPage)
    page.cell_wanted.emit(KEY, "A1-1")
    assert window.current_page == "tasks"


def test_from_a_cell_to_its_lines_and_back(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("entry")
    entry = window.page("entry")
    assert isinstance(entry, EntryPage)
    entry.go_to("I13")
    qtbot.waitUntil(lambda: entry.panel.code == "I13")
    entry.panel.history_page.click()
    page = window.page("history")
    assert isinstance(page, HistoryPage)
    assert window.current_page == "history"
    codes = [page.model.line(row) for row in range(page.model.rowCount())]
    assert [line.code for line in codes if line] == ["I13"] * 3
    assert page.filters.words() == "只看：会宁县 2024年三季度 高新技术企业"
    window.open_page("home")
    window.open_page("history")
    assert page.model.rowCount() == 3
    page.filters.clear.click()
    assert page.model.rowCount() > 3
    assert page.filters.search.isVisible()


def test_a_line_is_put_back_in_the_panel_and_undone(qtbot: QtBot, tmp_path: Path) -> None:
    with entry_desk(qtbot, tmp_path) as desk:
        _type_twice(desk)
        qtbot.waitUntil(lambda: desk.page.panel.code == "I13")
        links = [
            button
            for button in desk.page.panel.findChildren(QPushButton)
            if button.text() == "恢复" and button.isVisibleTo(desk.page.panel)
        ]
        assert len(links) == 2
        links[0].click()
        dialog = next(item for item in desk.page.findChildren(RestoreDialog) if item.isVisible())
        assert not dialog.sides[Side.NEW].isEnabled()
        dialog.confirm.click()
        assert str(desk.entry("I13").value) == "12"
        assert str(desk.page.model.row_of("I13").entry.value) == "12"
        desk.page.writer.undo()
        assert str(desk.entry("I13").value) == "13"


def _type_twice(desk: EntryDesk) -> None:
    for text in ("12", "13"):
        desk.go_to("I13")
        desk.type_enter(text)
    desk.go_to("I13")

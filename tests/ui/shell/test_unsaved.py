"""A disk that is full, read-only or gone: what was typed stays, is said so, and is saved when possible again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.bootstrap.window import Program
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.ui.entry.backfill_dialog import BackfillDialog
from kjxd_desktop.ui.entry.entry_page import EntryPage
from kjxd_desktop.ui.entry.targets_dialog import TargetsDialog
from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.ui.shell.unsaved_dialog import UnsavedDialog
from kjxd_desktop.ui.tasks.tasks_page import TasksPage
from kjxd_desktop.ui.tools.unsaved import UnsavedKeeper
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, city_office, county_office
from tests.ui.plans.split_bench import bench


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The program on a county's workspace whose last quarter is filled low."""
    with county_office(tmp_path) as office:
        office.actions.backfill.set_block(PLAN, COUNTY, [(KEY.period.previous(), "I13", "2")])
        path = office.store.path
    opened = Program(path, FixedClock())
    opened.start()
    assert opened.window is not None
    qtbot.addWidget(opened.window)
    opened.window.show()
    yield opened
    window = opened.window
    if isinstance(window, MainWindow):
        window._let_go = True
    opened.close()


@contextmanager
def refusing(office: Office) -> Iterator[None]:
    """SQLite itself refuses to write, for as long as the block lasts."""
    engine = office.store._engine
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    try:
        yield
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only=OFF")


@contextmanager
def stuck(program: Program) -> Iterator[None]:
    """As :func:`refusing`, for the workspace of the window."""
    assert program.office is not None
    with refusing(program.office):
        yield


def window_of(program: Program) -> MainWindow:
    assert isinstance(program.window, MainWindow)
    return program.window


def entry_page(program: Program) -> EntryPage:
    window_of(program).open_page("entry")
    page = window_of(program).page("entry")
    assert isinstance(page, EntryPage)
    return page


def type_value(page: EntryPage, code: str, text: str) -> None:
    assert page.grid.go_to(code)
    page.grid.begin_edit(text)
    assert page.grid.editor is not None
    QTest.keyClick(page.grid.editor, Qt.Key.Key_Return)


def value(program: Program, code: str) -> str:
    assert program.office is not None
    return str(program.office.actions.fill.row(KEY, code).entry.value)


def saved(program: Program) -> bool:
    """What the top bar says."""
    top, keeper = window_of(program)._top_bar, window_of(program).keeper
    assert top.unsaved.isHidden() is not keeper.waiting
    assert top._saved.isHidden() is keeper.waiting
    assert keeper.timer.isActive() is keeper.waiting
    return not keeper.waiting


def test_a_value_waits_in_its_cell_and_a_click_saves_it(program: Program) -> None:
    page = entry_page(program)
    with stuck(program):
        type_value(page, "I13", "12")
        assert page.grid.editor is not None and page.grid.editor.text() == "12"
        assert not saved(program)
        assert window_of(program)._top_bar.unsaved.text() == "没存上，点这里重试"
        (said,) = program.notices.texts
        assert "以前存好的数据都在" in said
        window_of(program)._top_bar.unsaved.click()
        assert not saved(program)
        assert page.grid.editor.text() == "12"
    window_of(program)._top_bar.unsaved.click()
    assert saved(program)
    assert value(program, "I13") == "12"
    assert page.grid.editor is None
    assert not [text for text in program.notices.texts if "没有存上" in text]
    assert window_of(program)._top_bar._saved.text() == "已保存 10:21"


def test_the_timer_tries_again_but_not_what_is_being_typed(program: Program, qtbot: QtBot) -> None:
    page, keeper = entry_page(program), window_of(program).keeper
    keeper.timer.setInterval(20)

    def tries(number: int) -> None:
        for _ in range(number):
            with qtbot.waitSignal(keeper.timer.timeout):
                pass

    with stuck(program):
        type_value(page, "I13", "12")
        tries(2)
        assert not saved(program)
        assert len(program.notices.texts) == 1
        assert page.grid.editor is not None
        QTest.keyClick(page.grid.editor, "5")
    tries(2)
    assert page.grid.editor is not None and page.grid.editor.text() == "125"
    assert value(program, "I13") == "None"
    QTest.keyClick(page.grid.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: saved(program))
    assert value(program, "I13") == "125"
    with stuck(program):
        type_value(page, "I14", "8")
    qtbot.waitUntil(lambda: saved(program))
    assert value(program, "I14") == "8"


def test_other_pages_may_be_looked_at_and_the_text_is_still_there(program: Program) -> None:
    page = entry_page(program)
    with stuck(program):
        type_value(page, "I13", "12")
        window_of(program).open_page("home")
        window_of(program).open_page("entry")
        assert page.grid.editor is not None and page.grid.editor.text() == "12"
        assert not saved(program)
    window_of(program)._top_bar.unsaved.click()
    assert saved(program) and value(program, "I13") == "12"


def test_another_period_waits_until_it_is_saved(program: Program) -> None:
    page, window = entry_page(program), window_of(program)
    assert program.office is not None
    with stuck(program):
        type_value(page, "I13", "12")
        for shown in ("entry", "home"):
            window.open_page(shown)
            window._on_period(-1)
            assert program.office.actions.desk.desk().period == KEY.period
            assert any("先不换地方" in text and "“12”" in text for text in program.notices.texts)
    window._on_period(-1)
    assert program.office.actions.desk.desk().period == Period(2024, 2)
    assert value(program, "I13") == "12"


def test_esc_gives_the_text_up(program: Program) -> None:
    page = entry_page(program)
    with stuck(program):
        type_value(page, "I13", "12")
        page.grid.cancel_edit()
        window_of(program).keeper.try_again(asked=False)
        assert saved(program)


def test_closing_says_what_would_be_lost(program: Program, qtbot: QtBot) -> None:
    page, window = entry_page(program), window_of(program)
    with stuck(program):
        type_value(page, "I13", "12")
        window.close()
        assert window.isVisible()
        dialog = window.findChild(UnsavedDialog)
        assert dialog is not None and "“12”" in dialog.words.text()
        assert dialog.retry.isDefault()
        dialog.retry.click()
        assert window.isVisible()
        qtbot.waitUntil(lambda: len(window.findChildren(UnsavedDialog)) == 1)
    dialog = window.findChild(UnsavedDialog)
    assert dialog is not None
    dialog.retry.click()
    assert not window.isVisible()
    assert value(program, "I13") == "12"


def test_closing_without_saving_when_that_is_wanted(program: Program) -> None:
    page, window = entry_page(program), window_of(program)
    with stuck(program):
        type_value(page, "I13", "12")
        window.close()
        dialog = window.findChild(UnsavedDialog)
        assert dialog is not None
        dialog.give_up.click()
        assert not window.isVisible()
    assert value(program, "I13") == "None"


def test_the_task_form_keeps_its_text(program: Program) -> None:
    window = window_of(program)
    window.open_page("tasks")
    page = window.page("tasks")
    assert isinstance(page, TasksPage) and program.office is not None
    box = page.form.findChildren(QPlainTextEdit)[0]
    with stuck(program):
        box.setPlainText("引进新品种 6 个")
        page.form.edited.emit()
        assert not saved(program)
        window.open_page("home")
        window.open_page("tasks")
        assert box.toPlainText() == "引进新品种 6 个"
        assert "引进新品种" in window.keeper.left()
    window._top_bar.unsaved.click()
    assert saved(program)
    assert program.office.actions.report.sheet(KEY).rows[0].progress.done == "引进新品种 6 个"


def test_the_signature_is_not_overwritten(program: Program) -> None:
    page = entry_page(program)
    assert program.office is not None
    field = page.footer.fields["head"]
    with stuck(program):
        field.setText("张三")
        field.editingFinished.emit()
        assert not saved(program)
        page.refresh()
        assert field.text() == "张三"
    window_of(program)._top_bar.unsaved.click()
    assert saved(program)
    assert program.office.actions.fill.sheet(KEY).head.signature.head == "张三"


def test_a_reason_is_saved_later(program: Program) -> None:
    page = entry_page(program)
    type_value(page, "I13", "40")
    page.grid.go_to("I13")
    page._show_panel_row()
    reason = page.panel.reason
    assert not reason.isHidden()
    with stuck(program):
        reason.edit.setPlainText("新增的企业")
        reason.button.click()
        assert not saved(program)
        assert reason.edit.toPlainText() == "新增的企业"
        page.grid.go_to("I14")
        page._show_panel_row()
        assert "新增的企业" in window_of(program).keeper.left()
    window_of(program)._top_bar.unsaved.click()
    assert saved(program)
    assert program.office is not None
    with program.office.store.reading() as uow:
        assert [item.text for item in uow.returns.explanations(KEY)] == ["新增的企业"]


def test_components_hold_the_cursor(program: Program) -> None:
    page = entry_page(program)
    page.grid.go_to("I05")
    page._show_panel_row()
    parts = page.panel.components
    assert not parts.isHidden()
    with stuck(program):
        parts.numerator.setText("1234.5")
        parts.denominator.setText("148735")
        page.grid.go_to("I13")
        page._show_panel_row()
        assert (page.panel.code, parts.numerator.text()) == ("I05", "1234.5")
        assert not saved(program)
    window_of(program)._top_bar.unsaved.click()
    assert saved(program)
    assert value(program, "I05") == "0.83"


def test_a_pasted_block_is_offered_again(program: Program) -> None:
    page = entry_page(program)
    page.grid.go_to("I13")
    with stuck(program):
        page.grid.paste_text("12\n8")
        assert saved(program)
    (card,) = program.notices._cards
    assert card.notice.action is not None
    card.notice.action()
    assert (value(program, "I13"), value(program, "I14")) == ("12", "8")


@pytest.mark.parametrize("kind", [BackfillDialog, TargetsDialog])
def test_tables_in_windows(program: Program, kind: type[BackfillDialog] | type[TargetsDialog]) -> None:
    page = entry_page(program)
    (page.steps.backfill if kind is BackfillDialog else page.steps.targets)()
    dialog = page.findChild(kind)
    assert isinstance(dialog, (BackfillDialog, TargetsDialog))
    with stuck(program):
        dialog.table.begin_edit("70")
        assert not dialog.table.commit()
        assert not saved(program)
        assert "没有存上" in dialog.told.text()
        dialog.close()
        assert dialog.isVisible() and "按 Esc" in dialog.told.text()
        assert dialog.table.unsaved_text == "70"
    window_of(program).keeper.try_again(asked=False)
    assert saved(program)
    assert dialog.table.editor is None
    with stuck(program):
        dialog.table.begin_edit("71")
        assert not dialog.table.commit()
        assert not saved(program)
        dialog.reject()
        dialog.reject()
        assert saved(program)
        assert not dialog.isVisible()


def test_the_decomposition_keeps_its_text(qtbot: QtBot, tmp_path: Path) -> None:
    with city_office(tmp_path) as office, bench(office, qtbot) as made:
        keeper = UnsavedKeeper(made.changes, made.notices)
        made.go("I13", COUNTY)
        with refusing(office):
            made.type("10")
            assert made.panel.table.unsaved_text == "10"
            assert keeper.waiting and "“10”" in keeper.left()
            assert not keeper.try_again(asked=False)
        assert keeper.try_again(asked=False)
        assert not keeper.timer.isActive()
        assert made.target("I13", COUNTY) == "10"

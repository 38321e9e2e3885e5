"""导入预览 on real files: every line is decided by a person, and nothing is written that was not decided."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.ui.receiving.decision import typed_problem
from kjxd_desktop.ui.receiving.import_dialog import ImportDialog
from kjxd_desktop.ui.tools.tasks import TaskRunner
from kjxd_desktop.ui.tour.hands import Hands
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.receiving.apply import Applied
from kjxd_desktop.usecases.receiving.decide import Decisions
from kjxd_desktop.usecases.receiving.receive import Receive
from kjxd_desktop.usecases.receiving.shown import Decision, ImportPreview, RowStatus
from tests.helpers.changed_workbooks import put
from tests.helpers.offices import COUNTY, KEY, PLAN, city_office, county_office, fill_all
from tests.helpers.waiting import PATIENCE_S
from tests.ui.fakes import page_tools


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        fill_all(opened)
        for finding in opened.actions.check.check(KEY).findings:
            if finding.blocks:
                opened.actions.fill.explain(KEY, finding.code, finding.rule, "经核对无误。")
        yield opened


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as opened:
        yield opened


@dataclass
class Shown:
    """An open dialog, what it said when it was done, and bugs."""

    dialog: ImportDialog
    tasks: TaskRunner
    said: list[str] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)

    def keep_saying(self, _changes: object, text: str) -> None:
        self.said.append(text)


def show(qtbot: QtBot, office: Office, path: Path) -> Shown:
    tools = page_tools(office.actions)
    dialog = ImportDialog(tools, office.actions.receive.preview(path))
    shown = Shown(dialog, tools.tasks)
    dialog.applied.connect(shown.keep_saying)
    dialog.finished.connect(shown.closed.append)
    with qtbot.waitActive(dialog):
        dialog.open()
    return shown


def exported(county: Office, folder: Path, name: str = "return.xlsx") -> Path:
    path = folder / name
    county.actions.send.submit(KEY, path)
    return path


def spoiled(path: Path) -> Path:
    """Somebody wrote a word where a number belongs."""
    workbook = load_workbook(path)
    put("I12", "一点五亿")(workbook)
    workbook.save(path)
    return path


def value(office: Office, code: str) -> str:
    return str(office.actions.fill.row(KEY, code).entry.value)


def test_not_writing_keeps_what_stands_here(
    county: Office, city: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    """不写入 writes nothing: the city's own figure is not made a blank."""
    city.actions.fill.edit(KEY, "I12", TextEdit("1.40"))
    shown = show(qtbot, city, spoiled(exported(county, tmp_path)))
    first = shown.dialog.model.line(0)
    assert (first.status, first.code, first.was) == (RowStatus.PROBLEM, "I12", "1.40")
    Hands().click(shown.dialog.decision.skip)
    assert shown.dialog.model.decisions[first.index] == (Decision.KEEP, "")
    Hands().click(shown.dialog.write)
    qtbot.waitUntil(lambda: bool(shown.closed))
    assert (value(city, "I12"), value(city, "I13")) == ("1.40", "12")


def test_an_older_file_can_be_confirmed_or_left(
    county: Office, city: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    first = exported(county, tmp_path)
    county.actions.send.withdraw(KEY, "改数")
    county.actions.fill.edit(KEY, "I13", TextEdit("14"))
    for finding in county.actions.check.check(KEY).findings:
        if finding.blocks:
            county.actions.fill.explain(KEY, finding.code, finding.rule, "经核对无误。")
    receive = city.actions.receive
    preview = receive.preview(exported(county, tmp_path, "second.xlsx"))
    receive.apply(preview, receive.accept_all(preview))
    shown = show(qtbot, city, first)
    dialog = shown.dialog
    assert dialog.model.line(0).reason == "not_descendant"
    assert not dialog.write.isEnabled()
    assert not any(
        item.isEnabled() for item in (dialog.decision.skip, dialog.decision.keep, dialog.decision.use_typed)
    )
    before = dialog.model.writing
    Hands().click_button(dialog, "确认用这份文件")
    assert dialog.model.writing == before, "going on is not a line that is written"
    Hands().click(dialog.write)
    qtbot.waitUntil(lambda: bool(shown.closed))
    assert value(city, "I13") == "12"


def test_a_typed_number_is_read_at_once(county: Office, city: Office, qtbot: QtBot, tmp_path: Path) -> None:
    """By keyboard alone: a word is refused beside the field, the number is written."""
    shown = show(qtbot, city, spoiled(exported(county, tmp_path)))
    dialog, hands = shown.dialog, Hands()
    dialog.table.setFocus()
    while QApplication.focusWidget() is not dialog.decision.typed:
        hands.press(Qt.Key.Key_Tab)
    hands.type("不知道")
    hands.press(Qt.Key.Key_Return)
    assert "不是数字" in dialog.decision.refusal.text()
    assert dialog.decision.refusal.isVisible()
    assert not dialog.write.isEnabled()
    hands.type("1.03")
    assert not dialog.decision.refusal.isVisible()
    hands.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is dialog.write
    hands.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(shown.closed))
    assert value(city, "I12") == "1.03"
    assert shown.said[0].startswith("已写入会宁县科技局 2024年三季度的 ")


@pytest.mark.parametrize(
    ("field_name", "text", "code"),
    [
        ("value", "约20", "not_exact"),
        ("value", "20（预计）", "not_exact"),
        ("value", "20件", "unit_differs"),
        ("value", "无", "none_is_ambiguous"),
        ("value", "１，０００", None),
        ("value", "不适用", None),
        ("percent", "101", "percent_unreadable"),
        ("percent", "６５%", None),
    ],
)
def test_what_can_be_typed(
    county: Office, city: Office, tmp_path: Path, field_name: str, text: str, code: str | None
) -> None:
    preview = city.actions.receive.preview(exported(county, tmp_path))
    line = next(row for row in preview.rows if (row.code, row.field) == ("I13", "value"))
    if field_name == "percent":
        line = line.__class__(1, "", "", "progress", "A1-1", "1-1", "percent", "", "", "", line.status, "")
    problem = typed_problem(line, text, preview.plan)
    assert (problem.code if problem else None) == code


def test_a_refusal_is_said_in_the_dialog(county: Office, city: Office, qtbot: QtBot, tmp_path: Path) -> None:
    """Somebody changed the workspace since the preview: nothing is written, and it can be left."""
    shown = show(qtbot, city, exported(county, tmp_path))
    city.actions.fill.edit(KEY, "I13", TextEdit("99"))
    Hands().click(shown.dialog.write)
    qtbot.waitUntil(shown.dialog.refusal.isVisible)
    assert "预览后数据有了变化" in shown.dialog.refusal.text()
    assert (value(city, "I13"), value(city, "I14")) == ("99", "None")
    assert shown.dialog.write.isEnabled()
    qtbot.keyClick(shown.dialog, Qt.Key.Key_Escape)
    assert shown.closed == [0]


def test_writing_leaves_the_window_free_and_cannot_be_broken_off(
    county: Office, city: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = show(qtbot, city, exported(county, tmp_path))
    goes_on, threads = threading.Event(), []
    apply = Receive.apply

    def slow(
        self: Receive, preview: ImportPreview, decisions: Decisions, *, heads_asked: bool = False
    ) -> Applied:
        threads.append(threading.current_thread())
        assert goes_on.wait(PATIENCE_S)
        return apply(self, preview, decisions, heads_asked=heads_asked)

    monkeypatch.setattr(Receive, "apply", slow)
    Hands().click(shown.dialog.write)
    qtbot.waitUntil(lambda: bool(threads))
    assert not shown.dialog.write.isEnabled()
    qtbot.keyClick(shown.dialog, Qt.Key.Key_Escape)
    assert shown.dialog.isVisible()
    goes_on.set()
    qtbot.waitUntil(lambda: bool(shown.closed))
    assert threads[0] is not threading.main_thread()
    assert value(city, "I13") == "12"


def test_all_at_once_leaves_conflicts_to_a_person(
    county: Office, city: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    city.actions.fill.edit(KEY, "I13", TextEdit("10"))
    dialog = show(qtbot, city, exported(county, tmp_path)).dialog
    conflict = dialog.model.line(0)
    Hands().click(dialog.decision.take)
    dialog.model.decisions.clear()
    Hands().click(dialog.accept_all)
    assert dialog.model.undecided == (conflict.index,)
    assert not dialog.write.isEnabled()


def test_a_county_takes_in_what_the_city_sends(
    county: Office, city: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    city.actions.targets.set_target(PLAN, COUNTY, "I13", TargetKind.EXPECTED, 2025, "21")
    path = city.actions.send.template(KEY, tmp_path / "template.xlsx")
    shown = show(qtbot, county, path)
    rows = [shown.dialog.model.line(row) for row in range(shown.dialog.model.rowCount())]
    assert ("target", "I13", "21") in {(row.subject, row.code, row.read) for row in rows}
    Hands().click(shown.dialog.write)
    qtbot.waitUntil(lambda: bool(shown.closed))
    line = next(item for item in county.actions.targets.lines(PLAN, COUNTY) if item.indicator.code == "I13")
    assert str(line.expected) == "21"
    assert value(county, "I13") == "12", "what the county filled is its own"

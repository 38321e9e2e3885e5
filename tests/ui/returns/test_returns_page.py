"""报送管理 and 导入预览: a county exports, a city takes in, every line decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.joins import join_import
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.ui.parts.reason_dialog import ReasonDialog
from kjxd_desktop.ui.receiving.import_dialog import ImportDialog
from kjxd_desktop.ui.returns import returns_page
from kjxd_desktop.ui.returns.returns_page import ReturnsPage
from kjxd_desktop.ui.tour.hands import Hands
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.receiving.shown import Decision, RowStatus
from tests.helpers.offices import KEY, city_office, county_office, fill_all, fill_clean
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


class Shown:
    """A page with its notices."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        self.bugs: list[BaseException] = []
        tools = page_tools(office.actions, show_bug=self.bugs.append)
        self.notices, self.tasks = tools.notices, tools.tasks
        self.page = ReturnsPage(tools)
        join_import(self.page, tools)
        qtbot.addWidget(self.page)
        self.notices.show_over(self.page)
        self.page.resize(1230, 640)
        self.page.show()
        self.page.refresh()

    def dialog(self, kind: type[QDialog]) -> QDialog | None:
        return next((item for item in self.page.findChildren(kind) if item.isVisible()), None)


def exported(county: Office, folder: Path) -> Path:
    path = folder / "return.xlsx"
    county.actions.send.submit(KEY, path)
    return path


def test_county_exports_and_withdraws(
    county: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Shown(county, qtbot)
    path = tmp_path / "out.xlsx"
    asked: list[str] = []

    def choose(parent: object, title: str, name: str) -> Path:
        asked.append(name)
        return path

    monkeypatch.setattr(returns_page, "choose_new_file", choose)
    Hands().click(shown.page.steps.export)
    assert path.is_file()
    assert asked[0].startswith("会宁县_强科技行动") and asked[0].endswith("第1次.xlsx")
    head = county.actions.fill.sheet(KEY).head
    assert head.state is ReturnState.SUBMITTED
    assert head.check_code in shown.notices.texts[0]
    assert not shown.page.steps.export.isEnabled()
    Hands().click(shown.page.steps.withdraw)
    qtbot.waitUntil(lambda: shown.dialog(ReasonDialog) is not None)
    dialog = shown.dialog(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    assert not dialog.confirm.isEnabled()
    qtbot.keyClicks(dialog.reason, "I13")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    head = county.actions.fill.sheet(KEY).head
    assert (head.state, head.round) == (ReturnState.DRAFT, 2)


def test_a_sent_return_is_saved_once_more(
    county: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Shown(county, qtbot)
    assert not shown.page.steps.again.isVisible()
    path = exported(county, tmp_path)
    before = path.read_bytes()
    path.unlink()
    shown.page.refresh()
    asked: list[str] = []

    def choose(parent: object, title: str, name: str) -> Path:
        asked.extend((title, name))
        return tmp_path / "再存.xlsx"

    monkeypatch.setattr(returns_page, "choose_new_file", choose)
    assert shown.page.steps.again.isVisible() and shown.page.steps.again.text() == "再存一份…"
    Hands().click(shown.page.steps.again)
    assert asked == ["再存一份", "return.xlsx"]
    assert (tmp_path / "再存.xlsx").read_bytes() == before
    assert "和上报时的文件完全一样" in shown.notices.texts[-1]
    monkeypatch.setattr(returns_page, "choose_new_file", lambda *words: tmp_path / "没有" / "x.xlsx")
    Hands().click(shown.page.steps.again)
    assert "没有写" in shown.notices.texts[-1]
    assert county.actions.fill.sheet(KEY).head.state is ReturnState.SUBMITTED


def test_a_reason_stays_written_when_the_disk_refuses(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with county_office(tmp_path) as office:
        fill_clean(office)
        office.actions.send.submit(KEY, tmp_path / "r.xlsx")
        shown = Shown(office, qtbot)
        withdraw = office.actions.send.withdraw

        def full(*_words: object) -> None:
            raise WorkspaceFault("disk_full", path="w.kjxd")

        monkeypatch.setattr(office.actions.send, "withdraw", full)
        Hands().click(shown.page.steps.withdraw)
        qtbot.waitUntil(lambda: shown.dialog(ReasonDialog) is not None)
        dialog = shown.dialog(ReasonDialog)
        assert isinstance(dialog, ReasonDialog)
        qtbot.keyClicks(dialog.reason, "I13")
        qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
        assert dialog.isVisible() and dialog.reason.text() == "I13"
        assert dialog.refusal.text().startswith("磁盘满了")
        monkeypatch.setattr(office.actions.send, "withdraw", withdraw)
        qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
        assert office.actions.fill.sheet(KEY).head.state is ReturnState.DRAFT


def test_county_cannot_export_what_is_not_ready(qtbot: QtBot, tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        shown = Shown(office, qtbot)
        assert not shown.page.steps.export.isEnabled()
        assert "还有 14 项没填" in shown.page._reason.text()


def test_the_reason_stays_when_a_file_cannot_be_read(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_text("坏的", encoding="utf-8")
    with county_office(tmp_path) as office:
        shown = Shown(office, qtbot)
        reason = shown.page._reason.text()
        monkeypatch.setattr(returns_page, "choose_workbook", lambda parent: bad)
        Hands().click(shown.page.open_template)
        qtbot.waitUntil(lambda: bool(shown.notices.texts))
        assert "bad.xlsx" in shown.notices.texts[0]
        assert shown.page._reason.text() == reason != ""
        assert shown.page._reading.text() == ""


def test_files_chosen_while_one_is_read_are_read_too(
    county: Office, city: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_text("坏的", encoding="utf-8")
    chosen = iter([(bad, exported(county, tmp_path)), (tmp_path / "absent.xlsx",)])
    shown = Shown(city, qtbot)
    monkeypatch.setattr(returns_page, "choose_workbooks", lambda parent: next(chosen))
    shown.page.receive.click()
    shown.page.receive.click()
    qtbot.waitUntil(lambda: shown.dialog(ImportDialog) is not None)
    dialog = shown.dialog(ImportDialog)
    assert dialog is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: any("absent.xlsx" in text for text in shown.notices.texts))


def test_city_sends_a_template(
    city: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Shown(city, qtbot)
    path = tmp_path / "t.xlsx"
    monkeypatch.setattr(returns_page, "choose_new_file", lambda *words: path)
    Hands().click(shown.page.template)
    assert path.is_file()
    assert "已导出模板" in shown.notices.texts[0]


def open_preview(
    shown: Shown, paths_: list[Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> ImportDialog:
    monkeypatch.setattr(returns_page, "choose_workbooks", lambda parent: tuple(paths_))
    Hands().click(shown.page.receive)
    qtbot.waitUntil(lambda: shown.dialog(ImportDialog) is not None)
    dialog = shown.dialog(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    return dialog


def test_city_takes_a_return_in(
    county: Office, city: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Shown(city, qtbot)
    dialog = open_preview(shown, [exported(county, tmp_path)], qtbot, monkeypatch)
    assert {dialog.model.line(row).status for row in range(dialog.model.rowCount())} == {RowStatus.NEW}
    assert dialog.write.isEnabled()
    Hands().click(dialog.write)
    qtbot.waitUntil(lambda: shown.dialog(ImportDialog) is None)
    assert str(city.actions.fill.row(KEY, "I12").entry.value) == "1.50"
    assert city.actions.fill.sheet(KEY).head.state is ReturnState.SUBMITTED
    assert shown.page._figure.text() == "已收 1 / 6"


def test_conflicts_wait_for_a_person(
    county: Office, city: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The city has its own figure for I13: neither is taken without a word."""
    city.actions.fill.edit(KEY, "I13", TextEdit("10"))
    shown = Shown(city, qtbot)
    path = exported(county, tmp_path)
    dialog = open_preview(shown, [path], qtbot, monkeypatch)
    first = dialog.model.line(0)
    assert (first.status, first.code, first.was, first.read) == (RowStatus.CONFLICT, "I13", "10", "12")
    assert not dialog.write.isEnabled()
    assert dialog.table.currentIndex().row() == 0
    Hands().click(dialog.decision.keep)
    assert dialog.write.isEnabled()
    assert dialog.model.decisions[first.index][0] is Decision.KEEP
    Hands().click(dialog.write)
    qtbot.waitUntil(lambda: shown.dialog(ImportDialog) is None)
    assert str(city.actions.fill.row(KEY, "I13").entry.value) == "10"
    assert str(city.actions.fill.row(KEY, "I14").entry.value) == "8"


def test_escape_writes_nothing_and_bad_files_are_said(
    county: Office, city: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_text("坏的", encoding="utf-8")
    shown = Shown(city, qtbot)
    dialog = open_preview(shown, [bad, exported(county, tmp_path)], qtbot, monkeypatch)
    assert any("bad.xlsx" in text for text in shown.notices.texts)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shown.dialog(ImportDialog) is None)
    assert city.actions.fill.row(KEY, "I12").entry.value is None
    assert shown.bugs == []


def test_filters_unfold_the_same(
    county: Office, city: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = exported(county, tmp_path)
    preview = city.actions.receive.preview(path)
    city.actions.receive.apply(preview, city.actions.receive.accept_all(preview))
    shown = Shown(city, qtbot)
    dialog = open_preview(shown, [path], qtbot, monkeypatch)
    assert dialog.model.rowCount() == 0
    Hands().click(dialog.filter.button("same"))
    assert dialog.model.rowCount() == len(dialog._preview.rows) > 0

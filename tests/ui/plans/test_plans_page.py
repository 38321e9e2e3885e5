"""方案与单位 by keys and clicks: reading, revising, workbooks, decomposition, shared figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.bootstrap.window import Program
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.ui.plans.entry_dialog import PlanEntryDialog
from kjxd_desktop.ui.plans.faults_dialog import PlanFaultsDialog
from kjxd_desktop.ui.plans.plans_page import PlansPage
from kjxd_desktop.ui.plans.save_dialog import PlanSaveDialog
from kjxd_desktop.ui.plans.share_dialog import ShareDialog
from kjxd_desktop.ui.plans.source_dialog import SourceDialog
from kjxd_desktop.ui.plans.split_model import FIXED
from kjxd_desktop.ui.plans.split_panel import SplitPanel
from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import CITY, COUNTY, KEY, PLAN, FixedClock, city_office, county_office
from tests.helpers.plan_books import make_workbook_with_mistakes


class Opened:
    """The page in the program's window."""

    def __init__(self, program: Program) -> None:
        assert isinstance(program.window, MainWindow) and program.office is not None
        self.program, self.window, self.office = program, program.window, program.office
        self.window.open_page("plans")
        page = self.window.page("plans")
        assert isinstance(page, PlansPage)
        self.page: PlansPage = page

    def dialog(self, kind: type) -> object:
        found = self.window.findChildren(kind)
        assert found, kind.__name__
        return found[-1]

    def split(self) -> SplitPanel:
        self.page.open_tab("split")
        panel = self.page.findChild(SplitPanel)
        assert panel is not None
        return panel


@pytest.fixture
def city(qtbot: QtBot, tmp_path: Path) -> Iterator[Opened]:
    with city_office(tmp_path) as office:
        office.actions.fill.edit(replace(KEY, unit_code=CITY), "I13", TextEdit("98"))
        path = office.store.path
    yield from opened(qtbot, path)


def opened(qtbot: QtBot, path: Path) -> Iterator[Opened]:
    program = Program(path, FixedClock())
    program.start()
    assert program.window is not None
    qtbot.addWidget(program.window)
    yield Opened(program)
    program.close()


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def plan_of(office: Office, revision: int | None = None):  # type: ignore[no-untyped-def]
    return office.actions.plans.plan(PLAN, revision)


def test_the_workspaces_plan_first_then_the_built_in_ones(city: Opened) -> None:
    titles = [city.page.plans.item(row).text().split("\n") for row in range(city.page.plans.count())]
    assert titles[0] == ["强科技行动 2022—2025", "第 1 版"]
    assert [state for _, state in titles[1:]] == ["内置，没有加入"] * 4
    assert "市委办发〔2022〕21号" in city.page.overview.text.toPlainText()
    assert "编录说明" in city.page.overview.text.toPlainText()


def test_lists_are_filtered_and_open_the_document(city: Opened, qtbot: QtBot) -> None:
    tasks = city.page.lists["tasks"]
    city.page.open_tab("tasks")
    assert tasks.model.rowCount() == 32
    tasks.kinds.setCurrentIndex(tasks.kinds.findData("safeguard"))
    assert tasks.model.rowCount() == 4
    tasks.kinds.setCurrentIndex(0)
    qtbot.keyClicks(tasks.filter, "TDI")
    assert tasks.model.rowCount() >= 1 and "TDI" in tasks.detail.toPlainText()
    click(qtbot, tasks.source)
    shown = city.dialog(SourceDialog)
    assert isinstance(shown, SourceDialog) and "TDI" in shown.shown_passage
    goals = city.page.lists["goals"]
    assert goals.model.rowCount() == len(plan_of(city.office).goals)


def test_search_leads_to_an_item_of_a_list(city: Opened) -> None:
    city.page.go_to("S2")
    assert city.page.stack.currentWidget() is city.page.lists["tasks"]
    assert city.page.lists["tasks"].chosen is not None and city.page.lists["tasks"].chosen.code == "S2"
    city.page.go_to("G05")
    assert city.page.stack.currentWidget() is city.page.lists["goals"]


def test_a_target_is_revised_on_the_record(city: Opened, qtbot: QtBot) -> None:
    """Nothing is written before the reason is given; then 2024Q3 stands under the second revision."""
    page = city.page
    click(qtbot, page.revise)
    assert page.bar.isVisibleTo(page) and not page.save.isEnabled()
    indicators = page.lists["indicators"]
    assert indicators.choose("I13")
    click(qtbot, indicators.edit)
    form = city.dialog(PlanEntryDialog)
    assert isinstance(form, PlanEntryDialog) and form.targets is not None
    name = form.fields["name"]
    assert isinstance(name, QLineEdit)
    name.clear()
    click(qtbot, form.keep)
    assert form.isVisible() and "指标名称" in form.told.text()
    qtbot.keyClicks(name, "Gaoqi")
    form.targets.item(0, 3).setText("120")
    click(qtbot, form.keep)
    assert page.save.isEnabled() and "改了 2 处" in page._said.text()
    assert plan_of(city.office).revision == 1
    click(qtbot, page.save)
    asked = city.dialog(PlanSaveDialog)
    assert isinstance(asked, PlanSaveDialog)
    assert "2025年约束值 ≥120" in asked.changes.toPlainText()
    click(qtbot, asked.keep)
    assert asked.isVisible() and "为什么改" in asked.told.text()
    qtbot.keyClicks(asked.reason, "zhongqi pinggu")
    asked.since.setCurrentIndex(asked.since.findData("2024Q4"))
    assert asked.touched.text() == "1 份报表仍按原来的版本，不受影响。"
    asked.since.setCurrentIndex(asked.since.findData("2024Q1"))
    assert asked.touched.text() == "1 份正在填的报表改按新版填。"
    click(qtbot, asked.keep)
    revised = plan_of(city.office)
    assert (revised.revision, revised.adjustment.since) == (2, Period(2024, 1))
    assert str(revised.indicator("I13").targets[0].value) == "120"
    assert city.office.actions.fill.show(replace(KEY, unit_code=CITY)).head.revision == 2
    assert not page.bar.isVisibleTo(page)
    assert page.revisions.isVisibleTo(page) and page.revisions.count() == 2
    page.revisions.setCurrentIndex(1)
    page._on_revision(1)
    assert "第 1 版" in page._facts.text() and not page.revise.isEnabled()


def test_a_rule_is_tried_on_stored_figures_before_it_is_kept(city: Opened, qtbot: QtBot) -> None:
    """The city's return holds 98 高新技术企业 and no 科技型中小企业."""
    click(qtbot, city.page.revise)
    city.page.open_tab("rules")
    rules = city.page.lists["rules"]
    assert rules.model.rowCount() == 7
    assert "规模以上工业企业研发经费支出 ≤ 企业研发经费支出" in rules.detail.toPlainText()
    click(qtbot, rules.add)
    form = city.dialog(PlanEntryDialog)
    assert isinstance(form, PlanEntryDialog) and form.texts()["code"] == "R08"
    for name, text in (("left", "I13 * 2"), ("right", "previous(I99)"), ("message", "{left} {right}")):
        form.fields[name].setFocus()
        qtbot.keyClicks(form.fields[name], text)
    click(qtbot, form.trial)
    assert "没有代码是“I99”的指标" in form.told.text() and not form.tried.isVisible()
    form.fields["right"].selectAll()
    qtbot.keyClicks(form.fields["right"], "100")
    form.fields["op"].setCurrentText("≤")
    click(qtbot, form.trial)
    assert form.tried.text() == "用已填的 1 份报表试算：1 份不成立。\n白银市 2024年三季度：左边 196，右边 100"
    form.fields["left"].selectAll()
    qtbot.keyClicks(form.fields["left"], "I15")
    click(qtbot, form.trial)
    assert form.tried.text() == "用已填的 1 份报表试算：0 份不成立。\n其中 1 份缺数，没有审核。"
    click(qtbot, form.keep)
    assert rules.model.rowCount() == 8 and "改了 1 处" in city.page._said.text()


def test_what_is_still_named_is_not_removed(city: Opened, qtbot: QtBot) -> None:
    click(qtbot, city.page.revise)
    units = city.page.lists["units"]
    city.page.open_tab("units")
    assert units.choose("D02")
    click(qtbot, units.remove)
    assert any("还被用到" in text for text in city.program.notices.texts)
    assert not city.page.save.isEnabled()
    click(qtbot, city.page.drop)
    assert not city.page.bar.isVisibleTo(city.page)


def test_a_plan_workbook_is_taken_in_or_its_mistakes_are_listed(
    city: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "方案.xlsx"
    city.office.actions.plan_files.export("baiyin-2015", file)
    city.page._files.read(file)
    qtbot.waitUntil(lambda: bool(city.window.findChildren(PlanSaveDialog)))
    asked = city.dialog(PlanSaveDialog)
    assert isinstance(asked, PlanSaveDialog) and "8 项指标" in asked.changes.toPlainText()
    click(qtbot, asked.keep)
    assert [plan.id for plan in city.office.actions.desk.desk().plans] == [PLAN, "baiyin-2015"]
    wrong = make_workbook_with_mistakes(tmp_path / "错.xlsx")
    city.page._files.read(wrong)
    qtbot.waitUntil(lambda: bool(city.window.findChildren(PlanFaultsDialog)))
    listed = city.dialog(PlanFaultsDialog)
    assert isinstance(listed, PlanFaultsDialog)
    assert listed.text.toPlainText().startswith("1. “")
    assert len(city.office.actions.desk.desk().plans) == 2


def test_a_workbook_that_changes_the_decomposition_alone_makes_no_revision(
    city: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    actions, file = city.office.actions, tmp_path / "方案.xlsx"
    actions.targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "10")
    actions.plan_files.export(PLAN, file)
    actions.targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "14")
    city.page._files.read(file)
    qtbot.waitUntil(lambda: bool(city.window.findChildren(PlanSaveDialog)))
    asked = city.dialog(PlanSaveDialog)
    assert isinstance(asked, PlanSaveDialog) and asked.windowTitle() == "读入分解"
    assert asked.changes.toPlainText() == "分解 会宁县：填写或改动 1 个目标"
    click(qtbot, asked.keep)
    book = actions.plans.book(PLAN)
    assert book.plan.revision == 1 and str(book.splits[COUNTY].targets["I13"][0].value) == "10"


def test_a_county_sees_its_own_part_only(qtbot: QtBot, tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        path = office.store.path
    for county in opened(qtbot, path):
        panel = county.split()
        assert [unit.code for unit in panel.model.units] == [COUNTY]
        assert "由市里分解" in panel.hint.text()
        index = panel.model.index(3, len(FIXED))
        assert not panel.model.flags(index) & Qt.ItemFlag.ItemIsEditable


def test_indicators_are_shared_pair_by_pair(city: Opened, qtbot: QtBot) -> None:
    plan = replace(BuiltInPlans().load(PLAN), id="own", title="另一个方案", short_title="另一个方案")
    city.office.actions.plans.adopt(plan)
    city.page.refresh()
    click(qtbot, city.page.share)
    dialog = city.dialog(ShareDialog)
    assert isinstance(dialog, ShareDialog)
    box = next(item for item in dialog.findChildren(QCheckBox) if item.text().startswith("高新技术企业"))
    box.click()
    with city.office.store.reading() as uow:
        assert uow.plans.shared(PLAN) == {"I13": (("own", "I13"),)}
    other = replace(KEY, plan_id="own", unit_code=CITY)
    assert str(city.office.actions.fill.row(other, "I13").entry.value) == "98"

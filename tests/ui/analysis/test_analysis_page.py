"""The analysis page on a real workspace with demonstration data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.theme import LIGHT
from kjxd_desktop.ui.analysis import analysis_page
from kjxd_desktop.ui.analysis.analysis_model import COLUMNS, AnalysisColumn, AnalysisLine
from kjxd_desktop.ui.analysis.analysis_page import AnalysisPage
from kjxd_desktop.ui.parts.labels import ElidedLabel
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.ui.tools.style import Theme, apply_theme
from kjxd_desktop.usecases.filling.demonstrate import DemoData, Demonstrate, read_demo
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import CITY, FixedClock
from tests.ui.fakes import PAGE_SIZE, page_tools

WIDE_SIZE = (1760, 940)


@pytest.fixture(scope="module")
def demo() -> DemoData:
    return read_demo(resources_dir() / "demo" / "huining.toml")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, demo: DemoData) -> Iterator[Office]:
    """A city that looks at 会宁县, whose own targets and past quarters it knows."""
    file = tmp_path_factory.mktemp("analysis") / "city.kjxd"
    with new_office(file, Role.CITY, CITY, demo.plan, FixedClock(demo.today)) as made:
        actions = made.actions
        work = Demonstrate(made.store, actions.fill, actions.backfill, actions.targets)
        work.city(demo)
        work.county(demo)
        for code, text in demo.typed.items():
            actions.fill.edit(demo.key, code, TextEdit(text))
        actions.desk.choose_unit(demo.unit)
        actions.desk.choose_period(demo.period)
        yield made


@pytest.fixture
def tools(office: Office) -> PageTools:
    return page_tools(office.actions, Theme(LIGHT))


@pytest.fixture
def page(qtbot: QtBot, tools: PageTools) -> Iterator[AnalysisPage]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, tools.theme)
    made = AnalysisPage(tools)
    tools.notices.show_over(made)
    made.resize(*PAGE_SIZE)
    made.show()
    made.refresh()
    QCoreApplication.processEvents()
    yield made
    tools.notices.clear()
    made.close()
    tools.tasks.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_cards_count_every_indicator(page: AnalysisPage) -> None:
    lines = [line for line in page.model.lines if isinstance(line, AnalysisLine)]
    assert sum(page.cards.counts) == len(lines) == 16


def test_chosen_indicator_is_shown_with_its_figures(page: AnalysisPage) -> None:
    """12 of 7 → 12/16 at the end of 2024Q3: 10.4 and 13.2 were asked for."""
    page.go_to("I13")
    now, binding, expected, ahead = page.detail.figures.texts
    assert now == ("本期实际", "12", "同比 +20.0%")
    assert binding == ("本期约束应达", "10.4", "超 1.6")
    assert expected == ("本期预期应达", "13.2", "差 1.2")
    assert ahead[0] == "2025年底预测" and "—" in ahead[1]
    where, why = page.detail.sentences
    assert where == "填 12 家：已达约束路径 10.4，距预期路径 13.2 差 1.2 家。"
    assert "泰尔—森" in why and "数据点" in why


def test_what_is_not_split_shows_the_citys_figures(page: AnalysisPage) -> None:
    page.go_to("I01")
    _, binding, expected, ahead = page.detail.figures.texts
    assert binding == ("全市约束目标", "58", "未分解，不评进度")
    assert expected[1] == "65"
    assert ahead[1:] == ("数据不足", "现有 1 个数")


def test_arrow_keys_go_through_the_list(page: AnalysisPage) -> None:
    page.go_to("I13")
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.detail.chart.accessibleDescription().startswith("2023年四季度 6 家")
    page.refresh()
    line = page.model.line(page.table.currentIndex().row())
    assert isinstance(line, AnalysisLine) and line.row.indicator.code == "I14"


def test_small_screen_shows_sixteen_rows_without_scrolling_or_cut_text(page: AnalysisPage) -> None:
    page.go_to("I13")
    QCoreApplication.processEvents()
    assert page.table.verticalScrollBar().maximum() == 0
    assert page.quarters.isHidden()
    for part in page.detail.findChildren(ElidedLabel):
        assert QFontMetrics(part.font()).horizontalAdvance(part.text()) <= part.width(), part.text()


def test_wide_screen_adds_columns_and_quarters(page: AnalysisPage) -> None:
    page.resize(*WIDE_SIZE)
    page.go_to("I13")
    QCoreApplication.processEvents()
    assert not any(page.table.isColumnHidden(place) for place in range(len(COLUMNS)))
    assert page.quarters.isVisible()
    row = page.model.row_of("I13")
    assert row is not None
    texts = {column: page.model.index(row, place).data() for place, column in enumerate(COLUMNS)}
    assert texts[AnalysisColumn.BASELINE] == "7"
    assert (texts[AnalysisColumn.BINDING], texts[AnalysisColumn.EXPECTED]) == ("12", "16")
    assert texts[AnalysisColumn.LIGHT] == "达约束"


def test_star_is_explained_only_where_one_stands(page: AnalysisPage, office: Office, demo: DemoData) -> None:
    """会宁县 starts everywhere in 2021; the city's own baselines are partly of 2020."""
    page.resize(*WIDE_SIZE)
    assert not page.quarters.star_shown
    office.actions.desk.choose_unit(CITY)
    page.refresh()
    assert page.model.starred and page.quarters.star_shown
    office.actions.desk.choose_unit(demo.unit)


def test_plan_with_one_kind_of_target_says_target(page: AnalysisPage, office: Office, demo: DemoData) -> None:
    answer = office.actions.monitor.monitor(demo.key)
    firms = next(row for row in answer.rows if row.indicator.code == "I13")
    target = replace(firms.standing.yardstick.binding[-1], kind=TargetKind.TARGET)
    indicator = replace(firms.indicator, targets=(target,))
    yardstick = replace(firms.standing.yardstick, binding=(target,), expected=())
    row = replace(firms, indicator=indicator, standing=replace(firms.standing, yardstick=yardstick))
    page.model.show_json(replace(answer, plan=replace(answer.plan, indicators=(indicator,)), rows=(row,)))
    line = page.model.line(1)
    assert isinstance(line, AnalysisLine)
    assert line.texts[AnalysisColumn.BAR] == "12"
    assert "目标 12\n" in line.tip and "预期" not in line.tip.splitlines()[1]
    assert page.model.headerData(COLUMNS.index(AnalysisColumn.BINDING), Qt.Orientation.Horizontal) == "目标"


def test_a_new_value_is_seen_at_once(
    page: AnalysisPage, office: Office, demo: DemoData, tools: PageTools
) -> None:
    page.go_to("I14")
    before = page.detail.figures.texts[0][1]
    tools.changes.publish(office.actions.fill.edit(demo.key, "I14", TextEdit("9")))
    assert (before, page.detail.figures.texts[0][1]) == ("8", "9")
    office.actions.fill.edit(demo.key, "I14", TextEdit("8"))


def test_chart_is_written_where_the_person_says(
    page: AnalysisPage, tools: PageTools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kind: str) -> Path:
        asked.append(name)
        return tmp_path / name

    monkeypatch.setattr(analysis_page, "choose_new_file", choose)
    page.go_to("I13")
    page.export.click()
    assert asked == ["高新技术企业_会宁县_2024年三季度.png"]
    assert (tmp_path / asked[0]).stat().st_size > 10_000
    assert tools.notices.texts == (f"已导出：{asked[0]}",)

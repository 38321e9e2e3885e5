"""分解, its figures by keys and clipboard: what is typed is kept at once, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.fit import Fit
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.parts.sure_dialog import SureDialog
from kjxd_desktop.ui.parts.toast import Toast
from kjxd_desktop.ui.plans.split_cells import SplitMode
from kjxd_desktop.usecases.filling.edits import ComponentsEdit
from tests.helpers.offices import CITY, COUNTY, PLAN, city_office
from tests.ui.fakes import focused
from tests.ui.plans.split_bench import (
    BAIYIN,
    FIVE,
    JINGTAI,
    JINGYUAN,
    PARK,
    PINGCHUAN,
    SHIFT,
    Bench,
    Key,
    Modifier,
    bench,
)


@pytest.fixture
def city(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    with city_office(tmp_path) as office, bench(office, qtbot) as made:
        yield made


@pytest.fixture
def split(city: Bench) -> Bench:
    """高新技术企业 split among the five counties."""
    for unit, text in FIVE.items():
        city.office.actions.targets.set_target(PLAN, unit, "I13", TargetKind.BINDING, 2025, text)
    city.panel.refresh()
    return city


def test_a_figure_is_kept_exactly_and_enter_goes_down(city: Bench) -> None:
    city.go("I12", COUNTY)
    city.type("1.50")
    assert city.target("I12", COUNTY) == "1.50"
    assert city.here == ("I13", COUNTY)
    city.type("12", Key.Key_Tab)
    assert city.target("I13", COUNTY) == "12"
    assert city.here == ("I13", JINGTAI)
    assert len(city.published) == 2 and all(changes.plan for changes in city.published)


def test_enter_goes_on_with_the_next_unit_at_the_end(city: Bench) -> None:
    last = [row.item.code for row in city.panel.model.rows()][-1]
    city.go(last, BAIYIN)
    city.press(Key.Key_Return)
    # 科技进步贡献率 and the index are the city's: the first that a county fills is the third.
    assert city.here == ("I03", PINGCHUAN)
    city.press(Key.Key_Return, SHIFT)
    assert city.here == (last, BAIYIN)


def test_what_is_no_number_stays_with_its_reason(city: Bench) -> None:
    city.go("I13", COUNTY)
    city.type("abc")
    assert city.panel.table.refused and "不是数字" in city.panel.table.notice_text
    city.press(Key.Key_Escape)
    assert city.target("I13", COUNTY) is None and not city.panel.undo_button.isEnabled()


def test_a_figure_in_another_unit_is_converted_and_told(city: Bench) -> None:
    city.go("I12", COUNTY)
    city.paste("5200万元")
    assert city.target("I12", COUNTY) == "0.52"
    assert any("已换算成 0.52 亿元" in text for text in city.notices.texts)


def test_whether_the_parts_fit_is_said_with_numbers(split: Bench) -> None:
    """60 + 20 + 12 + 10 + 8 = 110 of 100: 10 too many; the park's part belongs to 白银区."""
    split.go("I13", PARK)
    split.type("55")
    split.go("I13", BAIYIN)
    assert split.panel.told.text() == (
        "高新技术企业：5 个单位合计 110 家，比全市目标 100 家多 10 家；"
        "白银高新区管委会是白银区的其中项，没有加进去。"
    )
    tail = [str(split.panel.model.index(12, column).data()) for column in range(9, 13)]
    assert tail == ["110", "100", "10", "超出"]
    split.type("42")
    split.go("I13", BAIYIN)
    assert "合计 92 家，比全市目标 100 家少 8 家" in split.panel.told.text()


def test_what_is_not_split_at_all_says_so(city: Bench) -> None:
    row = city.panel.model.row(12)
    fit = city.panel.model.fit(row) if row is not None else None
    assert fit is not None and fit.fit is Fit.INCOMPLETE
    assert "2025 年的目标还没有分到单位，全市目标是 100 家" in city.panel.model.sentence(12)


def test_a_block_is_pasted_and_refused_cells_are_named(city: Bench) -> None:
    city.go("I13", BAIYIN)
    city.paste("60\t20\t12\t约10\t8\t55\t1\n1\t\tabc\n")
    assert [city.target("I13", unit) for unit in FIVE] == ["60", "20", "12", None, "8"]
    assert [city.target("I14", unit) for unit in FIVE] == ["1", None, None, None, None]
    (said,) = city.notices.texts
    assert said == (
        "粘贴了 6 格，有 1 格超出表格，没有写入，有 2 格没有写入："
        "会宁县“高新技术企业”（约10）、靖远县“省级科技创新型企业”（abc）。"
    )
    (toast,) = city.panel.findChildren(Toast)
    look = next(button for button in toast.findChildren(QPushButton) if button.text() == "看这 2 格")
    look.click()
    chosen = city.panel.table.selectionModel().selectedIndexes()
    assert chosen == [city.at("I13", COUNTY), city.at("I14", JINGYUAN)]


def test_what_is_doubtful_is_asked_and_can_be_taken_back(qtbot: QtBot, city: Bench) -> None:
    """101 of the city's 100: refused cells and asked ones differ, and a step back asks nothing."""

    def question() -> SureDialog:
        (found,) = [item for item in city.panel.findChildren(SureDialog) if item.isVisible()]
        return found

    city.go("I13", COUNTY)
    city.type("-5")
    assert city.panel.table.refused and "不会是负数" in city.panel.table.notice_text
    city.press(Key.Key_Escape)
    city.type("101")
    qtbot.waitUntil(lambda: bool(city.panel.findChildren(SureDialog)))
    assert "会宁县的目标值 101 比全市的 100 还大" in question().words.text()
    assert city.target("I13", COUNTY) is None
    question().confirm.click()
    assert city.target("I13", COUNTY) == "101" and city.panel.table.editor is None
    city.panel.window().activateWindow()
    qtbot.waitUntil(city.panel.table.hasFocus)
    city.go("I13", COUNTY)
    city.type("5", Key.Key_Tab)
    assert city.target("I13", COUNTY) == "5"
    city.panel.undo_button.click()
    assert city.target("I13", COUNTY) == "101"


def test_one_copied_cell_fills_all_chosen_ones(city: Bench) -> None:
    city.go("I13", BAIYIN)
    for _ in range(3):
        city.press(Key.Key_Right, SHIFT)
    city.paste("7\n")
    assert [city.target("I13", unit) for unit in FIVE] == ["7", "7", "7", "7", None]


def test_a_paste_is_taken_back_and_done_again_as_one_step(split: Bench) -> None:
    split.go("I13", BAIYIN)
    split.paste("1\t2\t3\t4\t5")
    split.press(Key.Key_Z, Modifier.ControlModifier)
    assert {unit: split.target("I13", unit) for unit in FIVE} == FIVE
    split.press(Key.Key_Y, Modifier.ControlModifier)
    assert [split.target("I13", unit) for unit in FIVE] == ["1", "2", "3", "4", "5"]
    assert split.panel.undo_button.isEnabled() and not split.panel.redo_button.isEnabled()


def test_what_changes_nothing_is_no_step(split: Bench) -> None:
    split.go("I13", COUNTY)
    split.paste("10")
    split.paste(" \t \n")
    assert split.notices.texts[-1] == "剪贴板里没有可以粘贴的内容。"
    assert not split.panel.undo_button.isEnabled() and split.target("I13", COUNTY) == "10"


def test_taking_back_shows_where_it_was_done(city: Bench) -> None:
    panel = city.panel
    panel.year.setCurrentText("2023 年")
    panel.year.activated.emit(panel.year.currentIndex())
    city.go("I13", COUNTY)
    city.type("9")
    assert (city.target("I13", COUNTY, 2023), city.target("I13", COUNTY)) == ("9", None)
    city.mode(SplitMode.DUTY)
    panel.undo_button.click()
    assert city.target("I13", COUNTY, 2023) is None
    assert (panel.mode, panel.year.currentData()) == (SplitMode.TARGET, 2023)
    assert city.here == ("I13", COUNTY)


def test_kinds_of_targets_in_use_are_offered(city: Bench) -> None:
    kind = city.panel.kind
    assert [kind.itemText(place) for place in range(kind.count())] == ["约束值", "预期值"]
    assert [city.panel.year.itemData(place) for place in range(4)] == [2022, 2023, 2024, 2025]
    kind.setCurrentText("预期值")
    kind.activated.emit(1)
    city.go("I13", COUNTY)
    city.type("16")
    assert str(city.cells("I13", kind=TargetKind.EXPECTED)[COUNTY].target) == "16"
    city.panel.show_plan(PLAN)
    assert kind.currentText() == "预期值"


def test_baselines_get_the_year_that_is_shown(city: Bench) -> None:
    """The starred column is data of 2020 for 研发经费, 2021 for 高企."""
    city.mode(SplitMode.BASELINE)
    for code, text in (("I04", "0.7"), ("I13", "7")):
        city.go(code, COUNTY)
        city.type(text)
    kept = {code: city.cells(code)[COUNTY].baseline for code in ("I04", "I13")}
    assert [item and (item.year, str(item.value)) for item in kept.values()] == [(2020, "0.7"), (2021, "7")]
    city.panel.base_year.setCurrentText("2019 年")
    city.panel.base_year.activated.emit(0)
    assert city.at("I13", COUNTY).data() == "7（2021）"
    city.go("I13", COUNTY)
    city.type("6")
    changed = city.cells("I13")[COUNTY].baseline
    assert changed is not None and (changed.year, changed.value) == (2019, Decimal(6))
    city.panel.undo()
    assert city.cells("I13")[COUNTY].baseline == kept["I13"]
    city.go("I13", COUNTY)
    city.press(Key.Key_Delete)
    assert city.cells("I13")[COUNTY].baseline is None


def test_baselines_of_the_same_year_are_added(city: Bench) -> None:
    """85 家 of the city in 2021: 30 + 25 + 15 + 10 = 80 and one county of another year, not added."""
    city.mode(SplitMode.BASELINE)
    for unit, text in ((BAIYIN, "30"), (PINGCHUAN, "25"), (COUNTY, "15"), (JINGTAI, "10")):
        city.office.actions.targets.set_baseline(PLAN, unit, "I13", 2021, text)
    city.office.actions.targets.set_baseline(PLAN, JINGYUAN, "I13", 2020, "5")
    city.panel.refresh()
    city.go("I13", BAIYIN)
    assert "4 个单位合计 80 家，比全市基期 85 家少 5 家；还没有基期的单位：靖远县" in city.panel.told.text()


def test_names_and_sums_stay_beside_the_units(city: Bench) -> None:
    sheet = city.panel.sheet
    shown = [
        [column for column in range(city.panel.model.columnCount()) if not view.isColumnHidden(column)]
        for view in (sheet.names, sheet.table, sheet.sums)
    ]
    assert shown == [[0, 1, 2], [3, 4, 5, 6, 7, 8], [9, 10, 11, 12]]
    city.mode(SplitMode.ASSIGN)
    sheet.table.scrollToBottom()
    bars = {view.verticalScrollBar().value() for view in (sheet.names, sheet.table, sheet.sums)}
    assert len(bars) == 1 and bars != {0}
    heights = {view.viewport().height() for view in (sheet.names, sheet.table, sheet.sums)}
    assert len(heights) == 1


def test_a_click_on_a_name_chooses_the_row(city: Bench) -> None:
    names = city.panel.sheet.names
    place = names.visualRect(city.panel.model.index(3, 1)).center()
    QTest.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, pos=place)
    chosen = city.panel.table.selectionModel().selectedIndexes()
    assert {index.row() for index in chosen} == {3} and len(chosen) == 6


def test_typing_is_kept_before_the_mode_changes(city: Bench) -> None:
    city.go("I13", COUNTY)
    QTest.keyClick(focused(), "9")
    city.panel.modes.button("duty").click()
    assert city.target("I13", COUNTY) == "9" and city.panel.mode is SplitMode.DUTY
    city.mode(SplitMode.TARGET)
    city.go("I13", COUNTY)
    city.type("x", Key.Key_Up)
    city.panel.modes.button("duty").click()
    assert city.panel.mode is SplitMode.TARGET and city.panel.table.refused


def test_a_plan_that_is_not_here_says_what_to_do(city: Bench) -> None:
    city.go("I13", COUNTY)
    city.type("12")
    city.panel.show_plan("")
    assert "加入本数据文件" in city.panel.hint.text() and not city.panel.sheet.isVisibleTo(city.panel)
    city.office.actions.plans.use("baiyin-2015")
    city.panel.show_plan("baiyin-2015")
    assert city.panel.sheet.isVisibleTo(city.panel) and not city.panel.undo_button.isEnabled()
    assert [city.panel.kind.itemText(place) for place in range(city.panel.kind.count())] == ["预期值"]


def test_ratios_are_weighted_by_the_newest_denominators(city: Bench) -> None:
    """白银区 1.0 of 400, 平川区 1.5 of 100: (400 + 150) ÷ 500 = 1.1 %; the others carry nothing."""
    others = [(unit, "I04") for unit in (JINGYUAN, COUNTY, JINGTAI, PARK)]
    city.office.actions.decompose.assign(PLAN, others, False)
    for unit, text, denominator in ((BAIYIN, "1.0", "400"), (PINGCHUAN, "1.5", "100")):
        city.office.actions.targets.set_target(PLAN, unit, "I04", TargetKind.BINDING, 2025, text)
        for period, total in ((Period(2023, 4), "999"), (Period(2024, 3), denominator)):
            city.office.actions.fill.edit(ReturnKey(PLAN, unit, period), "I04", ComponentsEdit("2", total))
    city.panel.refresh()
    city.go("I04", BAIYIN)
    assert city.panel.told.text() == (
        "全社会研发经费支出占地区生产总值的比重："
        "2 个单位按最近一期分母加权是 1.10%，比全市目标 1.5%低 0.40 个百分点。"
    )
    assert CITY not in [unit.code for unit in city.panel.model.units]

"""分解, who answers for what: toggled by keys and menu; a county only reads its part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.late import BuiltInPlans
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.ui.plans.split_cells import CellKind, SplitMode
from kjxd_desktop.ui.plans.split_menu import SplitMenu
from tests.helpers.offices import COUNTY, PLAN, city_office, county_office
from tests.ui.plans.split_bench import (
    BAIYIN,
    FIVE,
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


def test_space_turns_who_answers_and_delete_follows_the_plan(city: Bench) -> None:
    city.mode(SplitMode.DUTY)
    city.go("I16", COUNTY)
    city.press(Key.Key_Space)
    assert city.assigned(COUNTY) == {"I16": False}
    assert city.panel.model.look(city.at("I16", COUNTY)).kind is CellKind.WORD
    assert "指定不承担的：会宁县" in city.panel.told.text()
    city.press(Key.Key_Space)
    assert city.assigned(COUNTY) == {"I16": True}
    city.press(Key.Key_Delete)
    assert city.assigned(COUNTY) == {}
    assert city.panel.model.look(city.at("I16", COUNTY)).kind is CellKind.DEFAULT


def test_a_row_a_unit_and_a_block_are_turned_as_one(city: Bench) -> None:
    city.office.actions.decompose.assign(PLAN, [(COUNTY, "A2-7")], True)
    city.mode(SplitMode.ASSIGN)
    city.go("A2-7", BAIYIN)
    city.press(Key.Key_Space, SHIFT)
    city.press(Key.Key_Space)
    assert all(city.assigned(unit) == {"A2-7": False} for unit in (*FIVE, PARK))
    city.press(Key.Key_Z, Modifier.ControlModifier)
    assert [city.assigned(unit) for unit in FIVE] == [{}, {}, {}, {"A2-7": True}, {}]
    city.go("A2-7", PARK)
    city.press(Key.Key_Space, Modifier.ControlModifier)
    city.press(Key.Key_Space)
    assert len(city.assigned(PARK)) == 32 and not any(city.assigned(PARK).values())


def test_words_from_a_spreadsheet_are_pasted(city: Bench) -> None:
    city.mode(SplitMode.ASSIGN)
    city.go("A2-7", BAIYIN)
    city.paste("否\t√\t也许\t按默认")
    assert [city.assigned(unit) for unit in (BAIYIN, PINGCHUAN, JINGYUAN, COUNTY)] == [
        {"A2-7": False},
        {"A2-7": True},
        {},
        {},
    ]
    assert "靖远县" in city.notices.texts[-1] and "也许" in city.notices.texts[-1]


def test_a_unit_that_does_not_carry_it_has_no_target(city: Bench) -> None:
    city.go("I13", COUNTY)
    city.type("12")
    city.office.actions.decompose.assign(PLAN, [(COUNTY, "I13"), (COUNTY, "I14")], False)
    city.panel.refresh()
    city.go("I14", COUNTY)
    city.press(Key.Key_5)
    assert city.panel.table.editor is None and "不承担这一项" in city.panel.table.notice_text
    assert city.panel.model.look(city.at("I13", COUNTY)).kind is CellKind.STRAY
    city.go("I13", COUNTY)
    city.press(Key.Key_Delete)
    assert city.target("I13", COUNTY) is None
    assert city.at("I13", COUNTY).data() == "–"


def test_what_the_city_fills_itself_is_closed(city: Bench) -> None:
    assert city.panel.model.look(city.at("I01", COUNTY)).kind is CellKind.CLOSED
    city.mode(SplitMode.DUTY)
    city.go("I01", COUNTY)
    city.press(Key.Key_Space)
    assert city.assigned(COUNTY) == {} and "由市里填" in city.panel.table.notice_text


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(("key", "modifiers"), [(Key.Key_Menu, Modifier.NoModifier), (Key.Key_F10, SHIFT)])
def test_the_menu_offers_what_the_cells_allow(city: Bench, key: Key, modifiers: Modifier) -> None:
    menu = city.panel.findChild(SplitMenu)
    assert menu is not None
    city.mode(SplitMode.DUTY)
    city.go("I16", COUNTY)
    city.press(key, modifiers)
    assert menu.isVisible() and menu.take.isVisible() and not menu.clear_cells.isVisible()
    menu.take.trigger()
    menu.close()
    assert city.assigned(COUNTY) == {"I16": False}
    city.press(key, modifiers)
    menu.undo.trigger()
    menu.close()
    assert city.assigned(COUNTY) == {}


def test_a_county_reads_its_own_column(qtbot: QtBot, tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        office.actions.targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "12")
        with office.store.writing("sent down", None) as uow:
            uow.splits.put_assigned(PLAN, COUNTY, "I14", False)
        with bench(office, qtbot) as county:
            panel = county.panel
            assert [unit.code for unit in panel.model.units] == [COUNTY]
            assert panel.model.headerData(3, Qt.Orientation.Horizontal) == "会宁县\n市局下发"
            assert "市局下发" in panel.hint.text() and not panel.undo_button.isVisibleTo(panel)
            county.go("I13", COUNTY)
            assert county.at("I13", COUNTY).data() == "12"
            assert panel.told.text() == "高新技术企业：2025 年约束值 12 家，市局下发。"
            county.press(Key.Key_5)
            assert panel.table.editor is None
            county.press(Key.Key_Delete)
            county.paste("5")
            county.mode(SplitMode.DUTY)
            county.go("I15", COUNTY)
            county.press(Key.Key_Space)
            county.press(Key.Key_Delete)
            assert county.target("I13", COUNTY) == "12"
            assert county.assigned(COUNTY) == {"I14": False}
            assert panel.model.look(county.at("I14", COUNTY)).text == "–"


def test_a_county_splits_a_plan_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    plan = replace(BuiltInPlans().load(PLAN), id="own", title="会宁县科技计划", region=COUNTY)
    with county_office(tmp_path) as office:
        office.actions.plans.adopt(plan)
        with bench(office, qtbot) as county:
            county.panel.show_plan("own")
            assert len(county.panel.model.units) == 6 and not county.panel.model.read_only
            assert county.panel.model.tail[1] == "全县目标"

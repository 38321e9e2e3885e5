"""The table of returns says of each what was done in it, not what stands there by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.returns import Return, ReturnKey
from kjxd_desktop.ui.returns.returns_model import CITY_TITLES, ReturnsModel
from kjxd_desktop.usecases.filling.edits import TextEdit, YearEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import COUNTY, PLAN, city_office

LATER = ReturnKey(PLAN, COUNTY, Period(2023, 4))


@pytest.mark.parametrize(("typed", "said"), [(False, ("未报", "—")), (True, ("填报中", "通过"))])
def test_a_unit_of_which_nothing_came_is_neither_filling_nor_checked(
    tmp_path: Path, typed: bool, said: tuple[str, str]
) -> None:
    with city_office(tmp_path) as city:
        fill = city.actions.fill
        fill.edit(ReturnKey(PLAN, COUNTY, Period(2023, 3)), "I04", YearEdit(2022), TextEdit("0.69"))
        if typed:
            fill.edit(LATER, "I13", TextEdit("12"))
        rows = city.actions.status.returns(PLAN, LATER.period).rows
        row = next(item for item in rows if item.unit.code == COUNTY)
        assert row.filled == 1 + typed, "what stands counts as filled"
        model = ReturnsModel(Role.CITY)
        words = [model.text_of(row, CITY_TITLES.index(title)) for title in ("状态", "审核")]
        assert tuple(words) == said


@pytest.mark.parametrize(("reported", "said"), [(False, "未报"), (True, "填报中")])
def test_a_unit_whose_tasks_only_stand_has_reported_nothing(
    tmp_path: Path, reported: bool, said: str
) -> None:
    with city_office(tmp_path) as city:
        city.actions.report.not_involved(ReturnKey(PLAN, COUNTY, Period(2023, 3)), ("A1-1",))
        with city.store.writing("test", None) as uow:
            uow.returns.put(Return(LATER, 1))
        if reported:
            city.actions.report.not_involved(LATER, ("A1-2",))
        rows = city.actions.status.returns(PLAN, LATER.period).rows
        row = next(item for item in rows if item.unit.code == COUNTY)
        assert (row.updated, row.reported) == (1 + reported, int(reported))
        assert ReturnsModel(Role.CITY).text_of(row, CITY_TITLES.index("状态")) == said

"""What a template gives to know is said wherever it is taken in: ``import``, ``new --from``, the first window."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.window import Program
from kjxd_desktop.cli import main
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.filling.edits import StatusEdit, TextEdit
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, city_office, county_office, fill_clean
from tests.helpers.offices import again as opened_again

DOUBTFUL = "市局下发的目标或基期值里有 1 处请核对"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A target that is larger than the whole city's, and a figure sent down."""
    file = tmp_path / "模板.xlsx"
    with city_office(tmp_path) as office:
        office.actions.targets.set_target(PLAN, COUNTY, "I13", TargetKind.BINDING, 2025, "101", sure=True)
        office.actions.fill.edit(KEY, "I01", TextEdit("53.6"))
        office.actions.send.template(KEY, file)
    return file


def test_the_template_s_notices_are_said(
    tmp_path: Path, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    county = tmp_path / "county.kjxd"
    assert main(["new", str(county), "--from", str(template)]) == 0
    assert DOUBTFUL in capsys.readouterr().err
    with county_office(tmp_path, "by_hand.kjxd") as office:
        path = str(office.store.path)
    assert main(["import", "--workspace", path, str(template)]) == 0
    assert DOUBTFUL in capsys.readouterr().err


def test_the_first_window_says_them(qtbot: QtBot, tmp_path: Path, template: Path) -> None:
    program = Program(tmp_path / "first.kjxd", FixedClock())
    program.start()
    program._make_from_template(template)
    program._on_first_run_finished()
    assert any(DOUBTFUL in text for text in program.notices.texts)
    program.close()


def test_a_checked_return_put_back_is_said(
    tmp_path: Path, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    county = tmp_path / "county.kjxd"
    assert main(["new", str(county), "--from", str(template)]) == 0
    with opened_again(county) as office:
        fill_clean(office)
        office.actions.check.mark_checked(KEY)
    with opened_again(tmp_path / "city.kjxd") as office:
        office.actions.fill.edit(ReturnKey(PLAN, COUNTY, KEY.period), "I01", TextEdit("53.7"))
        office.actions.fill.edit(KEY, "I02", StatusEdit(EntryStatus.NOT_PUBLISHED))
        office.actions.send.template(KEY, tmp_path / "again.xlsx")
    capsys.readouterr()
    assert main(["import", "--workspace", str(county), str(tmp_path / "again.xlsx")]) == 0
    told = capsys.readouterr().err
    assert "2024年三季度的报表现在是填报中" in told and "再审核一次" in told
    with opened_again(county) as office:
        assert office.actions.fill.sheet(KEY).head.state.value == "draft"

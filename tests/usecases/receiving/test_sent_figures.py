"""Targets and baselines in a city's template that cannot be are left out and named; doubtful ones are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.domain.plan.indicator import Baseline
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.shown import RowStatus
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.wording.receiving.imports import notice_sentence
from tests.helpers.return_contents import OWN_TARGETS, UNIT, dispatch_content
from tests.helpers.return_files import KEY, Desk, receiving_desk, return_file

BINDING, EXPECTED = OWN_TARGETS["I13"]
FIGURES = ("figures_impossible", "figures_doubtful")


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    with receiving_desk(tmp_path / "县", Role.COUNTY) as desk:
        yield desk


def sending(**changes: object) -> ReturnContent:
    content = dispatch_content()
    assert content.dispatch is not None
    return replace(content, dispatch=replace(content.dispatch, **changes))  # type: ignore[arg-type]


def told(desk: Desk, content: ReturnContent) -> dict[str, str]:
    """The file is taken whole; what is said of its figures, by code."""
    preview = desk.take(return_file(content))
    return {code: notice_sentence(code, params) for code, params in preview.notices if code in FIGURES}


def kept(desk: Desk) -> dict[tuple[int, str], str]:
    with desk.store.reading() as uow:
        targets = uow.splits.targets(KEY.plan_id, UNIT).get("I13", ())
    return {(item.year, item.kind.value): str(item.value) for item in targets}


@pytest.mark.parametrize(
    "wrong",
    [
        replace(BINDING, value=Decimal(-5)),
        replace(BINDING, value=Decimal("10.5")),
        replace(BINDING, year=2030),
        replace(BINDING, year=2021),
    ],
)
def test_an_impossible_target_is_not_taken(county: Desk, wrong: object) -> None:
    content = sending(targets={"I13": (wrong, EXPECTED)})
    said = told(county, content)
    assert set(said) == {"figures_impossible"}
    assert "有 1 处不可能" in said["figures_impossible"] and "高新技术企业" in said["figures_impossible"]
    assert kept(county) == {(2025, "expected"): str(EXPECTED.value)}
    rows = [row for row in county.preview(return_file(content)).rows if row.reason == "figure_impossible"]
    assert [(row.code, row.status, row.read) for row in rows] == [("I13", RowStatus.SAME, rows[0].read)]


def test_a_starting_point_after_the_first_target_is_not_taken(county: Desk) -> None:
    assert set(told(county, sending(baselines={"I13": Baseline(2025, Decimal(7))}))) == {"figures_impossible"}
    with county.store.reading() as uow:
        assert uow.splits.baselines(KEY.plan_id, UNIT) == {}


def test_what_is_doubtful_is_the_citys_word_and_told(county: Desk) -> None:
    """The city was asked when it set it."""
    content = sending(targets={"I13": (replace(BINDING, value=Decimal(30)), EXPECTED)})
    said = told(county, content)
    assert set(said) == {"figures_doubtful"} and "1 处请核对：高新技术企业" in said["figures_doubtful"]
    assert kept(county)[2025, "binding"] == "30"
    # Once it stands it is not told again.
    assert told(county, content) == {}


def test_sound_figures_say_nothing(county: Desk) -> None:
    assert told(county, dispatch_content()) == {}

"""A unit's file that says other figures of earlier periods than it reported then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.filling.edits import TextEdit, YearEdit
from kjxd_desktop.usecases.receiving.codes import Notice
from kjxd_desktop.wording.receiving.imports import notice_sentence
from tests.helpers.changed_workbooks import Change, put
from tests.helpers.offices import COUNTY, KEY, PLAN, city_office, county_office, fill_all, fill_clean

LAST_YEAR = ReturnKey(PLAN, COUNTY, Period(2023, 3))


def told(office: Office, file: Path) -> list[str]:
    """What the preview says of figures of earlier periods."""
    preview = office.actions.receive.preview(file)
    return [
        notice_sentence(code, params)
        for code, params in preview.notices
        if code == Notice.EARLIER_DIFFERS.value
    ]


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A county's return; a year ago it had 10 high-tech firms and 1.2 亿元."""
    file = tmp_path / "return.xlsx"
    with county_office(tmp_path) as office:
        office.actions.fill.edit(LAST_YEAR, "I13", TextEdit("10"))
        office.actions.fill.edit(LAST_YEAR, "I12", TextEdit("1.20"))
        fill_all(office)
        for finding in office.actions.check.check(KEY).findings:
            if finding.blocks:
                office.actions.fill.explain(KEY, finding.code, finding.rule, "已核实。")
        office.actions.send.submit(KEY, file)
    return file


def changed(file: Path, *changes: Change) -> Path:
    """The file after a clerk wrote into it."""
    workbook = load_workbook(file)
    for change in changes:
        change(workbook)
    workbook.save(file)
    return file


@pytest.fixture
def city(tmp_path: Path, sent: Path) -> Iterator[Office]:
    """The city, which keeps what the county reported a year ago."""
    with city_office(tmp_path) as office:
        office.actions.fill.edit(LAST_YEAR, "I13", TextEdit("10"))
        office.actions.fill.edit(LAST_YEAR, "I12", TextEdit("1.20"))
        yield office


def test_figures_that_agree_are_not_spoken_of(city: Office, sent: Path) -> None:
    assert told(city, sent) == []
    assert told(city, changed(sent, put("I12", 1.2, "上年同期"))) == []


def test_another_figure_is_told_with_both_numbers(city: Office, sent: Path) -> None:
    (sentence,) = told(city, changed(sent, put("I13", "9家", "上年同期"), put("I12", 1.25, "上年同期")))
    assert sentence.startswith("以前的数有 2 处和这里存的不一样：")
    assert "上年同期文件里是 9，这里是 10" in sentence
    assert "上年同期文件里是 1.25，这里是 1.20" in sentence


def test_what_says_no_figure_is_left_alone(city: Office, sent: Path) -> None:
    """An empty cell, a word, and figures of which nothing is kept here."""
    file = changed(
        sent, put("I13", None, "上年同期"), put("I12", "见附件", "上年同期"), put("I14", 7, "上年同期")
    )
    assert told(city, file) == []


def test_nothing_of_it_is_written(city: Office, sent: Path) -> None:
    preview = city.actions.receive.preview(changed(sent, put("I13", 9, "上年同期")))
    city.actions.receive.apply(preview, city.actions.receive.accept_all(preview))
    assert str(city.actions.fill.row(LAST_YEAR, "I13").entry.value) == "10"
    assert str(city.actions.fill.row(KEY, "I13").entry.value) == "12"


def test_annual_figures_are_held_against_the_year_before_not_the_quarter_before(
    tmp_path: Path, city: Office
) -> None:
    """What came out in the third quarter stands in the fourth, where the form shows the year before it."""
    file, first, third, last = tmp_path / "year.xlsx", Period(2024, 1), Period(2024, 3), Period(2024, 4)
    with county_office(tmp_path, "other.kjxd") as county:
        for office in (city, county):
            office.actions.fill.edit(replace(KEY, period=first), "I07", TextEdit("19"))
            office.actions.fill.edit(replace(KEY, period=third), "I07", TextEdit("20"), YearEdit(2023))
        key = replace(KEY, period=last)
        fill_clean(county, key)
        county.actions.send.submit(key, file)
    assert told(city, file) == []
    (sentence,) = told(city, changed(file, put("I07", 18, "上期")))
    assert "上期文件里是 18，这里是 19" in sentence

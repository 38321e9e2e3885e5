"""The official form as it is read on the screen before it is signed: every kind of line, cell for cell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.pace.standing import MeasuredAgainst, Yardstick
from kjxd_desktop.domain.plan.indicator import Component, ComponentRole, Target, TargetKind
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.returns import Explanation
from kjxd_desktop.usecases.checking.shown import CheckResult
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.usecases.sending.form_shown import FormShown, form_shown
from kjxd_desktop.wording.sending.form_columns import indicator_form_columns
from tests.helpers.return_contents import return_content
from tests.helpers.revisions import with_indicator

CONTENT = return_content()
PLAN = CONTENT.plan


def shown(content: ReturnContent = CONTENT) -> FormShown:
    return form_shown(content, CheckResult((), ()))


def line(code: str, content: ReturnContent = CONTENT) -> tuple[str, ...]:
    return next(row.cells for row in shown(content).rows if row.cells[3:4] == (code,))


def test_the_columns_and_which_of_them_hold_numbers() -> None:
    form = shown()
    assert tuple(column.title for column in form.columns) == (
        "序号",
        "指标名称",
        "计量单位",
        "代码",
        "上年同期",
        "上期",
        "本期累计",
        "预计数",
        "数据年份",
        "2025年约束值",
        "2025年预期值",
        "完成率",
        "备注",
    )
    assert [column.title for column in form.columns if column.number] == [
        "上年同期",
        "上期",
        "本期累计",
        "数据年份",
        "2025年约束值",
        "2025年预期值",
        "完成率",
    ]


def test_a_plan_with_one_kind_of_target_has_one_column_of_targets() -> None:
    aim = (Target(2025, TargetKind.TARGET, value=Decimal(100)),)
    indicators = tuple(replace(item, targets=aim) for item in PLAN.indicators)
    columns = indicator_form_columns(replace(PLAN, indicators=indicators))
    titles = {column.key: column.title for column in columns}
    assert [titles[key] for key in ("binding", "completion", "note")] == ["2025年目标", "完成率", "备注"]
    assert "expected" not in titles and list(titles)[-3:] == ["binding", "completion", "note"]


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        # Sent down by the city, measured by nobody here.
        ("I01", "1|科技进步贡献率|%|I01|||53.60|||58（全市）|65（全市）|—|"),
        # An annual share of the year before, held against the whole plan's targets.
        ("I03", "3|企业研发经费支出占全社会研发经费支出的比重|%|I03|||71.9||2023|70|75|102.7%|"),
        ("I05", "5|全市财政科技支出占一般公共预算支出的比重|%|I05|0.60||0.83|||1|1.3|83.0%|=1+1 按决算"),
        ("I05N", "|　　分子：财政科技支出|万元|I05N|6.0||1234.50||||||"),
        ("I05D", "|　　分母：一般公共预算支出|万元|I05D|1000||148735||||||"),
        # Words in the place of numbers.
        ("I09", "9|每万人口高价值发明专利拥有量|件|I09|||未公布|||1.32|1.5|—|+不是公式"),
        ("I10", "10|新产品销售收入占企业营业收入的比重|%|I10||未公布|不适用|||12|15|—|@备注"),
        # An estimate of what was not split off.
        ("I12", "12|技术合同成交额|亿元|I12|||99999999999999.5|是||10（全市）|13（全市）|未分解|"),
        # Measured by its own targets; a zero is a figure.
        ("I13", "13|高新技术企业|家|I13||11|9|||12|16|75.0%|"),
        ("I16", "16|科创板、北交所上市企业|家|I16|||0|||0（全市）|1（全市）|未分解|"),
    ],
)
def test_a_line(code: str, cells: str) -> None:
    assert "|".join(line(code)) == cells


def test_headings_are_numbered_and_stand_before_their_lines() -> None:
    rows = shown().rows
    headings = [place for place, row in enumerate(rows) if row.heading]
    assert [rows[place].cells[0] for place in headings] == ["一、综合指标", "二、投入指标", "三、产出指标"]
    assert [rows[place + 1].cells[0] for place in headings] == ["1", "4", "9"]


def test_what_stands_around_the_table() -> None:
    form = shown()
    assert (form.title, form.office, form.period) == (
        "强科技行动监测表",
        "会宁县科技局",
        "2024年1—9月（三季度）",
    )
    assert form.explanations == (("全市财政科技支出占一般公共预算支出的比重", "=上年一次性拨付"),)
    assert form.counts == "指标应填 14 项，已填 7 项；任务 32 项，已更新 2 项"
    assert (form.signature, form.check_code) == (CONTENT.signature, CONTENT.identity.check_code)
    assert form.check == CheckResult((), ())


def test_a_reason_for_what_the_plan_no_longer_has_is_named_by_its_code() -> None:
    content = replace(CONTENT, explanations=(Explanation("I99", "outlier", "", "核对过"),))
    assert shown(content).explanations == (("I99", "核对过"),)


def test_an_office_without_a_name_of_its_own_is_called_by_its_unit() -> None:
    unit = replace(CONTENT.unit, office="")
    content = replace(CONTENT, duty=replace(CONTENT.duty, unit=unit))
    assert shown(content).office == "会宁县"


def measured(binding: Target | None, expected: Target | None, *, own: bool) -> ReturnContent:
    """高新技术企业 with other targets, its own or only shown."""
    if own:
        measure = Yardstick(
            MeasuredAgainst.OWN,
            tuple(item for item in (binding,) if item),
            tuple(item for item in (expected,) if item),
        )
    else:
        measure = Yardstick(None, shown_binding=binding, shown_expected=expected)
    return replace(CONTENT, yardsticks={**CONTENT.yardsticks, "I13": measure})


AIM = Target(2025, TargetKind.BINDING, value=Decimal("12.0"))


@pytest.mark.parametrize(
    ("binding", "expected", "own", "cells"),
    [
        (AIM, None, True, "12.0|—|75.0%"),
        (replace(AIM, op="<="), replace(AIM, op=">"), True, "≤12.0|＞12.0|75.0%"),
        (replace(AIM, year=2024), None, True, "12.0（2024年）|—|75.0%"),
        (replace(AIM, value=None, text="0的突破"), None, True, "0的突破|—|—"),
        (replace(AIM, value=Decimal(0)), None, True, "0|—|—"),
        (None, None, True, "—|—|—"),
        (AIM, None, False, "12.0（全市）|—|未分解"),
        (replace(AIM, op="<=", year=2024), AIM, False, "≤12.0（全市）（2024年）|12.0（全市）|未分解"),
        (None, AIM, False, "—|12.0（全市）|—"),
        (None, None, False, "—|—|—"),
    ],
)
def test_targets_and_completion(
    binding: Target | None, expected: Target | None, own: bool, cells: str
) -> None:
    content = measured(binding, expected, own=own)
    found = line("I13", content)[9:12]
    assert "|".join(found) == cells


def test_completion_is_rounded_half_up_to_a_tenth() -> None:
    """2 of 3 is 66.66…: 66.7 %; 1 of 16 is 6.25: 6.3 %."""
    for value, aim, share in (("2", "3", "66.7%"), ("1", "16", "6.3%"), ("0", "16", "0.0%")):
        content = measured(replace(AIM, value=Decimal(aim)), None, own=True)
        entries = {**CONTENT.entries, "I13": Entry(EntryStatus.REPORTED, Decimal(value))}
        assert line("I13", replace(content, entries=entries))[11] == share


def test_a_component_that_is_neither_numerator_nor_denominator_has_no_line() -> None:
    firms = PLAN.indicator("I13")
    assert firms is not None
    part = Component("I13P", "其中：规上", "家", ComponentRole.PART)
    plan = with_indicator(PLAN, replace(firms, components=(part,)))
    content = replace(CONTENT, duty=replace(CONTENT.duty, plan=plan))
    assert "I13P" not in {cell for row in shown(content).rows for cell in row.cells}

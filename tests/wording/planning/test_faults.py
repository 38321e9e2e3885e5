"""Every mistake of a plan has a sentence a clerk can act on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.plan_text import faults as plan_faults
from kjxd_desktop.plan_text.faults import PlanFault
from kjxd_desktop.plans import book_layout
from kjxd_desktop.usecases.planning.book import CellFault
from kjxd_desktop.wording.planning import faults as wording
from kjxd_desktop.wording.planning.words import FIELD, SHEET, field_word

_PLANS = Path(wording.__file__).parents[2] / "plans"
# Every text a sentence may need.
_NAMES = "text choices year first last limit measure period revision folder written unit code sheet count others at what"
PARAMS = {**dict.fromkeys(_NAMES.split(), "内容"), "kind": "text", "column": "计量类型"}


def test_every_code_and_kind_has_words() -> None:
    assert wording.PLAN_CODES == plan_faults.CODES
    assert wording.KINDS == plan_faults.KINDS
    assert plan_faults.CODES <= wording.CELL_CODES
    assert not wording.CELL_CODES & wording.NOTE_CODES


def test_every_code_of_the_reader_has_a_sentence() -> None:
    """The codes as they stand in its source: quoted words that the sentences know, none left over."""
    source = "".join(file.read_text("utf-8") for file in sorted(_PLANS.glob("book_*.py")))
    quoted = set(re.findall(r'"([a-z_]+)"', source))
    own = (wording.CELL_CODES - wording.PLAN_CODES) | wording.NOTE_CODES
    # ``too_many_digits`` is told by the domain's number reading and passed on.
    assert own - quoted == {"too_many_digits"} - quoted
    raised = set(re.findall(r'(?:refuse\("cell", |tell\([\w.]+, [^,]+, |, "", )"(\w+)"', source))
    assert len(raised) > 15 and raised <= wording.CELL_CODES


@pytest.mark.parametrize("code", sorted(wording.CELL_CODES | wording.NOTE_CODES))
def test_a_sentence_is_whole_and_names_its_cell(code: str) -> None:
    sentence = wording.cell_fault_sentence(CellFault("指标", "F12", code, PARAMS))
    assert sentence.startswith("“指标”表 F12“计量类型”：")
    assert sentence.endswith("。") and sentence.count("。") <= 2
    assert "{" not in sentence and "！" not in sentence
    assert not re.search(r"[a-z]{4,}", sentence.replace("xlsx", ""))


@pytest.mark.parametrize("code", sorted(wording.PLAN_CODES))
def test_a_plan_without_a_workbook_names_table_and_entry(code: str) -> None:
    fault = PlanFault("indicators", 4, "#4 I04", "measure", code, PARAMS)
    assert wording.plan_fault_sentence(fault).startswith("指标第 4 项 I04 的“计量类型”：")


def test_codes_of_the_plan_become_words() -> None:
    choices = PlanFault(
        "indicators", 1, "#1 I01", "aggregation", "not_a_choice", {"text": "x", "choices": "sum, ratio, city"}
    )
    assert wording.plan_fault_sentence(choices) == (
        "指标第 1 项 I01 的“汇总方式”：“x”不是可选的词，请从下拉里选：各单位相加、分子分母相除、市里填。"
    )
    unfit = {"text": "ratio", "measure": "count"}
    fault = PlanFault("indicators", 1, "#1 I01", "aggregation", "aggregation_unfit", unfit)
    assert "计量类型是“个数”，汇总方式不能是“分子分母相除”" in wording.plan_fault_sentence(fault)
    nested = PlanFault("indicators", 2, "#2", "targets #3 value", "missing")
    assert wording.plan_fault_sentence(nested) == "指标第 2 项的目标第 3 条“目标值”：没有填，请填上。"
    head = PlanFault("plan", 0, "", "adjustment since", "missing")
    assert wording.plan_fault_sentence(head) == "方案的“修订从哪一期起”：没有填，请填上。"


def test_every_column_has_a_heading_once_a_sheet() -> None:
    for table in book_layout.TABLES:
        headings = [column.heading for column in table.columns]
        assert len(set(headings)) == len(headings), table.key
    assert {table.sheet for table in book_layout.TABLES} == set(SHEET.values()) - {"说明", "选项"}


def test_every_field_of_an_indicator_has_a_word() -> None:
    names = {"group": "class"}
    for name in Indicator.__dataclass_fields__:
        word = field_word("indicators", names.get(name, name))
        assert re.fullmatch(r"[一-鿿]+", word), name
    assert set(FIELD) <= set(SHEET)

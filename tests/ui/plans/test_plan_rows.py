"""What the lists of a plan show of an entry in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.ui.plans.plan_rows import entry_words, plan_rows
from tests.helpers.plan_books import small_plan

PLAN = small_plan()


def test_an_item_of_a_box_says_its_years_and_how_often() -> None:
    assert entry_words(PLAN, "tasks", "B01-1").split("\n\n") == [
        "专栏1-1　专栏1 重点 任务",
        "第一条。说明。",
        "时限年份：2024、2025",
        "频次：每年",
    ]
    assert entry_words(PLAN, "tasks", "B01-2") == "专栏1-2　专栏1 重点 任务\n\n第二条"
    years = {row.code: row.cells[-1] for row in plan_rows(PLAN, "tasks")}
    assert (years["B01-1"], years["B01-2"]) == ("2024、2025", "—")


def test_an_indicator_says_its_quarterly_profile() -> None:
    running = replace(PLAN.indicators[0], kind=Kind.YTD, profile=(Decimal(20), Decimal("45.0"), Decimal(70)))
    plan = replace(PLAN, indicators=(running, *PLAN.indicators[1:]))
    assert "季度累计进度：20、45.0、70" in entry_words(plan, "indicators", "I01").split("\n")
    assert "季度累计进度" not in entry_words(PLAN, "indicators", "I01")

"""Reading a large plan workbook whole, against reading its cells alone: 300 indicators, 500 tasks."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from decimal import Decimal

from kjxd_desktop.domain.plan.assignment import UnitSplit
from kjxd_desktop.domain.plan.indicator import Target, TargetKind
from kjxd_desktop.domain.plan.plan import Box, BoxItem, Task
from kjxd_desktop.domain.plan.unit import Level, Unit
from kjxd_desktop.plans.book_reader import read_plan_book
from kjxd_desktop.plans.book_writer import make_plan_workbook
from kjxd_desktop.sheets.parse import parse_book
from kjxd_desktop.sheets.writing import workbook_bytes
from kjxd_desktop.usecases.planning.book import PlanBook
from tests.helpers.plan_books import CITY, FIRMS, SHARE, small_plan

RUNS = 5
INDICATORS, TASKS, BOXES, DEPARTMENTS, COUNTIES = 300, 500, 20, 60, 10


def large_book() -> PlanBook:
    """A plan as large as any office would make, with a decomposition."""
    counties = [
        Unit(f"6204{n:02d}", f"第{n}县", Level.COUNTY, (f"{n}县",), reports=True)
        for n in range(50, 50 + COUNTIES)
    ]
    departments = [
        Unit(f"D{n:02d}", f"第{n}局", Level.DEPARTMENT, (f"市第{n}局",)) for n in range(DEPARTMENTS)
    ]
    names = [unit.name for unit in departments]
    indicators = []
    for number in range(INDICATORS):
        sample, code = (FIRMS, SHARE)[number % 2], f"I{number:03d}"
        parts = tuple(
            replace(part, code=f"{code}{part.code[-1]}", name=f"{part.name}{number}")
            for part in sample.components
        )
        targets = tuple(
            Target(year, kind, value=Decimal(number))
            for year in range(2022, 2026)
            for kind in (TargetKind.BINDING, TargetKind.EXPECTED)
        )
        named = {"name": f"第{number}项指标", "aliases": (f"{number}号指标", f"指标{number}")}
        indicators.append(replace(sample, code=code, components=parts, targets=targets, **named))
    tasks = tuple(
        Task(
            f"T{number:03d}",
            "annex",
            f"第{number // 10}部分",
            str(number),
            f"第{number}项任务",
            f"第{number}项任务。" + "各部门要按照职责分工抓好落实。" * 10,
            parent=f"T{number - 1:03d}" if number % 10 else None,
            lead=(names[number % DEPARTMENTS],),
            coop=tuple(names[(number + step) % DEPARTMENTS] for step in range(1, 6)),
            deadlines=(2023, 2025),
        )
        for number in range(TASKS)
    )
    boxes = tuple(
        Box(f"专栏{n}", "重点", tuple(BoxItem(str(m), f"第{m}条。") for m in range(1, 6)), f"T{n:03d}")
        for n in range(1, BOXES + 1)
    )
    plan = replace(
        small_plan(),
        indicators=tuple(indicators),
        tasks=tasks,
        boxes=boxes,
        goals=(),
        units=(Unit(CITY, "白银市", Level.CITY, reports=True), *counties, *departments),
        collectives=(),
        rekeyed=(),
    )
    splits = {
        unit.code: UnitSplit(
            {item.code: True for item in indicators[:50]},
            {
                item.code: (Target(2025, TargetKind.BINDING, value=Decimal("1.50"), unit_code=unit.code),)
                for item in indicators[:50]
            },
        )
        for unit in counties
    }
    return PlanBook(plan, splits)


def main() -> None:
    """Print the whole reading and its floor, in milliseconds."""
    book = large_book()
    content = workbook_bytes(make_plan_workbook(book))
    whole, cells = [], []
    for _ in range(RUNS):
        begun = time.perf_counter()
        parse_book(content, "plan.xlsx")
        cells.append((time.perf_counter() - begun) * 1000)
        begun = time.perf_counter()
        reading = read_plan_book(parse_book(content, "plan.xlsx"))
        whole.append((time.perf_counter() - begun) * 1000)
        assert reading.book == book, "what was measured is the reading of the plan"
    print(statistics.median(whole))
    print(statistics.median(cells))


if __name__ == "__main__":
    main()

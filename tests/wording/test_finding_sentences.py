"""Every finding of every rule, in all shapes a cell can have, is told in whole and true sentences."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kjxd_desktop.domain.checks.aims import Aims
from kjxd_desktop.domain.checks.cells import cell_context
from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.checks.rules import RULES, check_cell
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.check_settings import CheckSettings
from kjxd_desktop.domain.plan.indicator import Indicator, Kind, Measure, Target, TargetKind
from kjxd_desktop.domain.plan.unit import Level
from kjxd_desktop.domain.returns.data_year import newest_data_year
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.ratios import with_components
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plans.package import load_package
from kjxd_desktop.wording.checking.findings import finding_sentence

TEXTS = ("0", "-3", "2.5", "7.36", "10", "16", "30", "85", "300", "73600", "736000")
PARTS = (("12", "40"), ("24", "80"), ("12.5", "40"), ("50", "20"), ("3", "-4"), ("3200", "805000"))
MORE_PARTS = (("4000", "900000"), ("0.32", "80.5"), ("0", "805000"), ("32000000", "805000"))
HISTORIES = ((), (1,), (1, 2, 3), (1, 2, 3, 4), tuple(range(1, 9)))
BLANK = re.compile(r"[{}]|None|  |，，|。。|填了 ?，")


def entries(item: Indicator, period: Period) -> Iterator[Entry]:
    year = newest_data_year(item, period) if item.kind is Kind.ANNUAL else None
    if item.components:
        for numerator, denominator in (*PARTS, *MORE_PARTS):
            yield with_components(item, Entry(data_year=year), Decimal(numerator), Decimal(denominator))
    for text in TEXTS:
        yield Entry(EntryStatus.REPORTED, Decimal(text), year)
    if year is not None:
        yield Entry(EntryStatus.REPORTED, Decimal("12.3"), year + 1)


def findings() -> Iterator[tuple[Indicator, Entry, Finding]]:
    """Of every kind and measure of the Baiyin plan and a cumulative count: all that the grid of cells gives."""
    plan = load_package(resources_dir() / "plans" / "baiyin-2022")
    chosen = [item for item in plan.indicators if item.measure is not Measure.COMPOSITE]
    count = next(item for item in chosen if item.measure is Measure.COUNT)
    chosen.append(replace(count, kind=Kind.CUMULATIVE))
    target = Target(2025, TargetKind.BINDING, value=Decimal(30))
    aims = (Aims(), Aims((target,)), Aims(plan=(target,), city=(Decimal(10),)))
    for item, quarter in itertools.product(chosen, (1, 3)):
        period = Period(2024, quarter)
        for known, before in itertools.product(HISTORIES, (0, 3, 5, 7)):
            cells = {}
            for back in known:
                at = period
                for _ in range(back):
                    at = at.previous()
                earlier = list(entries(item, at))
                cells[at] = earlier[before % len(earlier)]
            for now, aim in itertools.product(entries(item, period), aims):
                kept = dict(sorted({**cells, period: now}.items()))
                context = cell_context(item, Level.COUNTY, period, kept, CheckSettings(), aims=aim)
                for finding in check_cell(context):
                    yield item, now, finding
    # Half of last year's so far, and then far more.
    running = next(item for item in chosen if item.running and item.measure is Measure.AMOUNT)
    course = {"2023Q2": "10", "2023Q3": "20", "2023Q4": "25", "2024Q2": "5", "2024Q3": "15"}
    kept = {Period.parse(at): Entry(EntryStatus.REPORTED, Decimal(text)) for at, text in course.items()}
    for start in (None, Decimal("9.9")):
        at = Period(2024, 3) if start is None else Period(2023, 4)
        context = cell_context(
            running, Level.COUNTY, at, dict(sorted(kept.items())), CheckSettings(), start, 2023
        )
        for finding in check_cell(context):
            yield running, kept[at], finding
    # Further than ever before, up and down.
    stock = next(item for item in chosen if item.kind is Kind.STOCK and item.measure is Measure.COUNT)
    for moves in ((30, 31, 31, 34), (31, 31, 31, 28)):
        kept = {
            Period(2024, quarter): Entry(EntryStatus.REPORTED, Decimal(number))
            for quarter, number in enumerate(moves, start=1)
        }
        context = cell_context(stock, Level.COUNTY, Period(2024, 4), kept, CheckSettings())
        for finding in check_cell(context):
            yield stock, kept[Period(2024, 4)], finding


def test_sentences_are_whole_and_say_what_was_typed() -> None:
    told: dict[str, set[str]] = {}
    for item, now, finding in findings():
        texts = finding_sentence(finding)
        sentence = texts[1]
        told.setdefault(finding.rule, set()).add(sentence)
        where = (finding.rule, item.code, sentence, texts[2])
        assert all(texts) and not any(BLANK.search(text) for text in texts), where
        assert sentence.endswith("。") and texts[2].endswith("。"), where
        typed = {str(figure) for figure in (now.numerator, now.denominator, now.value)} - {"None"}
        if now.computed:
            typed.discard(str(now.value))
        for number in re.findall(r"(?<!以前)填了 (-?[\d.]+)", sentence):
            assert number in typed, where
        if item.measure is Measure.COUNT:
            assert "万元" not in "".join(texts) and "小数点" not in "".join(texts), where
    never_here = {"ratio_differs"}
    assert told.keys() >= {rule.code for rule in RULES} - never_here - {"same_as_last_year", "outlier"}

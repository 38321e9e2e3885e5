"""What a keystroke reads is enough: lines and repairs are those of the whole return, whatever was read before."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kjxd_desktop.domain.plan.expressions import parse_expression
from kjxd_desktop.domain.plan.indicator import Kind
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.rules import Operator
from kjxd_desktop.usecases.checking.near import LateSeries, near_view
from kjxd_desktop.usecases.checking.repair import repair_at
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.filling.rows import touched_rows
from kjxd_desktop.usecases.filling.view import ReturnView, load_view
from tests.benchmarks.large_office import entry, large_office, large_plan

COUNT, RULES = 24, 40


def mixed_plan(chance: random.Random) -> Plan:
    """Figures of every kind, and rules that read all times."""
    plan = large_plan(chance, COUNT, RULES)
    kinds = (Kind.STOCK, Kind.ANNUAL, Kind.YTD, Kind.CUMULATIVE)
    rows = tuple(replace(item, kind=kinds[at % 4]) for at, item in enumerate(plan.indicators))
    yearly = replace(
        plan.rules[0], code="Y1", right=parse_expression("last_year(I001) * 2 + last_year(I002) * 2")
    )
    equal = replace(
        plan.rules[1], code="Y2", right=parse_expression("previous(I003) + I005"), operator=Operator.EQUAL
    )
    return replace(plan, indicators=rows, rules=(*plan.rules, yearly, equal))


@pytest.mark.parametrize("seed", [0, 1])
def test_what_is_read_for_one_cell_says_what_the_whole_return_says(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    offered = 0
    with large_office(tmp_path, mixed_plan(chance), chance) as (office, key):
        for _ in range(40):
            code = f"I{chance.randrange(COUNT):03d}"
            text = str(chance.randint(100, 109) * chance.choice((1, 1, 10, 1000)))
            with office.store.writing("test", None) as uow:
                uow.returns.put_entry(key, code, entry(text))
            with office.store.reading() as uow:
                whole, near = load_view(uow, key), load_view(uow, key, code)
                assert touched_rows(near, {code}) == touched_rows(whole, {code})
                known = {item.code: whole.findings(item) for item in whole.duty.indicators}
                repair = repair_at(whole, code)
            assert office.actions.check.repair(key, code, known) == repair
            offered += repair is not None
            if repair is not None:
                office.actions.fill.edit(key, code, TextEdit("104"))
    assert offered


def test_the_search_reads_on_where_it_has_to(tmp_path: Path) -> None:
    chance = random.Random(5)
    with large_office(tmp_path, mixed_plan(chance), chance) as (office, key), office.store.reading() as uow:
        whole, near = load_view(uow, key), near_view(uow, key, "I000", {})
        assert len(near.series) == len(whole.series)
        for item in whole.duty.indicators:
            assert near.cells(item.code) == whole.cells(item.code)
            assert near.kept(item.code) == whole.kept(item.code) == uow.returns.entries(key)[item.code]
            assert near.findings(item) == whole.findings(item)
        values = {code: kept.value for code, kept in uow.returns.entries(key).items()}
        assert uow.returns.values(key) == values


def test_late_series_are_read_stage_by_stage() -> None:
    read: list[str] = []

    def stage(name: str, *codes: str) -> dict[str, tuple[()]]:
        read.append(name)
        return dict.fromkeys(codes, ())

    series = LateSeries(
        {"I01": ()}, ({"I02", "I03"}, lambda: stage("some", "I02")), (None, lambda: stage("all", "I04"))
    )
    assert series["I01"] == () and read == []
    assert series["I03"] == () and series["I02"] == () and read == ["some"]
    assert series.get("I05") is None and read == ["some", "all"]
    assert series.get("I06") is None and set(series) == {"I04", "I02", "I03", "I01"} and len(series) == 4
    assert read == ["some", "all"]


def test_what_was_worked_out_is_never_said_of_other_entries(tmp_path: Path) -> None:
    chance = random.Random(6)
    plan = mixed_plan(chance)

    def fresh(view: ReturnView) -> ReturnView:
        """The same entries, and nothing worked out."""
        return replace(view, series=dict(view.series), beside={})

    def all_of(view: ReturnView) -> list[object]:
        return [
            (view.entry(item), view.answer(item), view.findings(item), view.found_alone(item))
            for item in view.duty.indicators
        ]

    with large_office(tmp_path, plan, chance) as (office, key), office.store.reading() as uow:
        view = load_view(uow, key)
    before = all_of(view)
    for step in range(30):
        code = f"I{chance.randrange(COUNT):03d}"
        after = view.with_entries({code: entry(str(chance.randint(1, 3000)))})
        assert all_of(after) == all_of(fresh(after)) and len(after.series) == COUNT
        assert all_of(view) == all_of(fresh(view))
        # Every other one goes on from there.
        view = after if step % 2 else view
    assert all_of(view) != before
    strict = replace(view, plan=replace(plan, checks=replace(plan.checks, quarter_change=Decimal(0))))
    assert all_of(strict) == all_of(fresh(strict)) != all_of(view)

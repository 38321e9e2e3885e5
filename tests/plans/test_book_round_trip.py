"""What is exported and imported again is the same plan, and exported again the same workbook."""

from __future__ import annotations

import io
import zipfile
from dataclasses import MISSING, fields, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from kjxd_desktop import paths
from kjxd_desktop.domain.plan.assignment import UnitSplit
from kjxd_desktop.domain.plan.indicator import (
    Aggregation,
    Baseline,
    Indicator,
    Kind,
    Measure,
    Target,
    TargetKind,
)
from kjxd_desktop.domain.plan.names import join_names, split_names
from kjxd_desktop.domain.plan.plan import BOX_LIST, Box, BoxItem, Goal, Plan, Task
from kjxd_desktop.plan_text.consistency import TASK_LISTS
from kjxd_desktop.plans.book_reader import PlanWorkbookReader, read_plan_book
from kjxd_desktop.plans.book_writer import PlanWorkbookWriter, make_plan_workbook
from kjxd_desktop.plans.package import load_package
from kjxd_desktop.sheets.parse import parse_book
from kjxd_desktop.sheets.reader import Reader
from kjxd_desktop.sheets.writing import workbook_bytes
from kjxd_desktop.usecases.planning.book import PlanBook
from tests.helpers.plan_books import CITY, COUNTY, FIRMS, PARK, RANK, SHARE, read_workbook, small_book, told
from tests.helpers.workbook_files import convert, reader_command

PACKAGES = sorted(file.parent.name for file in (paths.resources_dir() / "plans").glob("*/plan.toml"))


def sheets_of(workbook: Workbook) -> dict[str, bytes]:
    """The parts of the file that hold cells and their looks."""
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(workbook))) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith("xl/")}


def again(book: PlanBook) -> PlanBook:
    """The book after export and import; the second export must equal the first."""
    workbook = make_plan_workbook(book)
    first = sheets_of(workbook)
    reading = read_workbook(make_plan_workbook(book))
    assert told(reading) == []
    assert reading.notes == ()
    assert reading.book is not None
    assert sheets_of(make_plan_workbook(reading.book)) == first
    return reading.book


@pytest.mark.parametrize("name", PACKAGES)
def test_every_package_comes_back_identical(name: str) -> None:
    plan = load_package(paths.resources_dir() / "plans" / name)
    counties = [unit for unit in plan.units if unit.reports and unit.code != plan.region][:2]
    codes = [item.code for item in plan.indicators][:3] + [task.code for task in plan.reported_tasks][:2]
    ratio = next(item for item in plan.indicators if not item.integral)
    splits = {
        unit.code: UnitSplit(
            dict.fromkeys(codes, unit is counties[0]),
            {
                ratio.code: (
                    Target(plan.period[1], TargetKind.EXPECTED, value=Decimal("7.50"), unit_code=unit.code),
                )
            },
            {ratio.code: Baseline(plan.period[0] - 1, Decimal("0.0"))},
        )
        for unit in counties
    }
    book = PlanBook(plan, splits)
    assert again(book) == book


def test_everything_a_plan_can_hold_comes_back() -> None:
    assert again(small_book()) == small_book()


def test_every_field_of_an_indicator_comes_back() -> None:
    """A field that came later is one of these, or nothing here says it."""
    profile = (Decimal("20"), Decimal("45.50"), Decimal("70"))
    running = replace(FIRMS, kind=Kind.YTD, profile=profile, source="来处", quote="原文")
    book = small_book()
    book = replace(book, plan=replace(book.plan, indicators=(running, SHARE, RANK)))
    for field in fields(Indicator):
        usual = () if field.default is MISSING else field.default
        assert {getattr(item, field.name) for item in (running, SHARE)} != {usual}, field.name
    assert again(book) == book


@pytest.mark.parametrize("extension", ["xlsx", "ods", "xls"])
def test_saved_by_another_program_it_reads_the_same(tmp_path: Path, extension: str) -> None:
    source = tmp_path / "plan.xlsx"
    PlanWorkbookWriter().write(small_book(), source)
    if extension == "xlsx":
        # LibreOffice writes no file over its source.
        source = source.rename(tmp_path / "source.xlsx")
        source = convert(source, "ods")
    file = convert(source, extension) if source.suffix != f".{extension}" else source
    with Reader(reader_command()) as reader:
        reading = PlanWorkbookReader(reader).read(file)
    assert told(reading) == []
    assert reading.book == small_book()


INK = "甲乙丙科技Aa19、，,;；()（〔〕“”\"'=+-@%《》"
# One blank at most between signs, none around: a cell's own ends are not kept.
WORDS = st.lists(st.text(INK, min_size=1, max_size=3), min_size=1, max_size=3).map(" ".join)
MAYBE = st.just("") | WORDS
TEXTS = st.text(INK + " \n", max_size=16).map(lambda text: f"文{text}")
LONG = st.just("") | TEXTS
WHOLE = st.integers(0, 10**8).map(Decimal)
SHARES = st.integers(0, 10**6).map(lambda number: Decimal(number).scaleb(-4))
PLACES = st.integers(1, 10**8).map(Decimal)
YEARS = st.integers(2020, 2030)
DEADLINES = st.sets(YEARS, max_size=3).map(lambda years: tuple(sorted(years)))
OFTEN = st.lists(WORDS, max_size=2).map(tuple)
PERCENTS = st.integers(0, 1000).map(lambda number: Decimal(number).scaleb(-1))
PROFILES = st.just(()) | st.lists(PERCENTS, min_size=3, max_size=3).map(lambda shares: tuple(sorted(shares)))
PLAN_YEARS, EARLIER = st.integers(2022, 2025), st.integers(2010, 2019)


@st.composite
def targets(
    draw: st.DrawFn,
    unit_codes: tuple[str | None, ...],
    figures: st.SearchStrategy[Decimal],
    years: st.SearchStrategy[int] = YEARS,
) -> tuple[Target, ...]:
    keys = draw(st.lists(st.tuples(years, st.sampled_from(TargetKind)), max_size=4, unique=True))
    return tuple(
        Target(
            year,
            kind,
            draw(st.sampled_from((">=", "<=", ">"))),
            *draw(st.one_of(st.tuples(figures, st.none()), st.tuples(st.none(), WORDS))),
            draw(st.none() | WORDS),
            draw(st.none() | WORDS),
            draw(st.sampled_from(unit_codes)),
            draw(MAYBE),
        )
        for year, kind in keys
    )


@st.composite
def indicators(draw: st.DrawFn, names: list[str]) -> tuple[Indicator, ...]:
    found = []
    for number, sample in enumerate((FIRMS, SHARE, RANK)):
        figures = WHOLE if sample is FIRMS else SHARES if sample is SHARE else PLACES
        running = sample is FIRMS and draw(st.booleans())
        found.append(
            replace(
                sample,
                no=draw(WORDS),
                name=names[number * 2],
                aliases=(names[number * 2 + 1],),
                group=draw(WORDS),
                kind=Kind.YTD if running else sample.kind,
                profile=draw(PROFILES) if running else (),
                unit=draw(WORDS) if sample.measure is not Measure.RATIO else "%",
                decimals=draw(st.integers(0, 6)) if not sample.integral else 0,
                baseline=draw(st.none() | st.builds(Baseline, EARLIER, figures, MAYBE)),
                targets=draw(targets((None, CITY, COUNTY, PARK), figures)),
                definition=draw(LONG),
                reference=draw(st.booleans()),
                source_dept=draw(MAYBE),
                source=draw(MAYBE),
                quote=draw(LONG),
            )
        )
    return tuple(found)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    plan = small_book().plan
    names = draw(st.lists(WORDS, min_size=10, max_size=10, unique_by=lambda word: "".join(word.split())))
    units = tuple(
        replace(unit, name=names[6 + at], aliases=(), office="") for at, unit in enumerate(plan.units)
    )
    collective = replace(plan.collectives[0], name=names[9])
    named = st.lists(st.sampled_from([unit.name for unit in units] + [collective.name]), max_size=3)
    tasks = tuple(
        Task(
            f"T{number}",
            draw(st.sampled_from([word for word in TASK_LISTS if word != BOX_LIST])) if number else "annex",
            draw(MAYBE),
            draw(MAYBE),
            draw(WORDS),
            draw(TEXTS),
            None if number == 0 else "T0",
            *(tuple(draw(named)) for _ in range(3)),
            deadlines=draw(DEADLINES),
            recurrences=draw(OFTEN),
            source=draw(MAYBE),
        )
        for number in range(draw(st.integers(1, 3)))
    )
    items = tuple(BoxItem(str(no), draw(WORDS), draw(DEADLINES), draw(OFTEN)) for no in range(1, 3))
    box = Box("专栏1", draw(MAYBE), items, "T0")
    goal = Goal("G1", draw(TEXTS), draw(WORDS), draw(MAYBE), draw(MAYBE), draw(st.none() | YEARS))
    measured = draw(indicators(names))
    filled = [item.code for item in measured if item.aggregation is not Aggregation.CITY]
    return replace(
        plan,
        title=draw(WORDS),
        issuer=draw(MAYBE),
        indicators=measured,
        rekeyed=tuple(draw(st.lists(st.sampled_from(filled), max_size=2, unique=True))) if filled else (),
        tasks=tasks,
        goals=(goal,),
        boxes=(box,),
        units=units,
        collectives=(collective,),
        notes=tuple(draw(st.lists(WORDS, max_size=2))),
        document="\n".join(draw(st.lists(st.just("") | WORDS, max_size=4))),
    )


@settings(max_examples=30)
@given(plans(), targets((COUNTY,), WHOLE, PLAN_YEARS), st.none() | st.booleans())
def test_small_plans_come_back(plan: Plan, own: tuple[Target, ...], assigned: bool | None) -> None:
    split = UnitSplit({} if assigned is None else {"T0": assigned}, {"I01": own} if own else {})
    book = PlanBook(plan, {COUNTY: split} if split != UnitSplit() else {})
    reading = read_plan_book(parse_book(workbook_bytes(make_plan_workbook(book)), "book.xlsx"))
    assert told(reading) == []
    assert reading.book == book


@given(st.lists(st.text(INK + " \n", max_size=6), max_size=5))
def test_names_in_one_cell_come_apart_again(names: list[str]) -> None:
    assert split_names(join_names(names)) == tuple(names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市科技局、市财政局，市工信局", ("市科技局", "市财政局", "市工信局")),
        ("市科技局\n市财政局；", ("市科技局", "市财政局")),
        ("各市〔特区、区〕政府、市科技局", ("各市〔特区、区〕政府", "市科技局")),
        ("“科创板、北交所”、高企", ("科创板、北交所", "高企")),
        ("“六个十”企业、高企", ("“六个十”企业", "高企")),
        ("市科技局（牵头、市财政局", ("市科技局（牵头", "市财政局")),
    ],
)
def test_names_are_separated_as_clerks_write_them(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names

"""Offices with a year worth keeping: rounds, carried figures, every status, odd numbers and texts, evidence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Explanation, Return, ReturnKey
from kjxd_desktop.usecases.filling.edits import ComponentsEdit, RemarkEdit, TextEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import CITY, COUNTY, KEY, PLAN, FixedClock, answer_all, city_office, fill_all

OTHER = "620421"
Q4 = replace(KEY, period=Period(2024, 4))
ODD_TEXTS = (
    "=1+1",
    '+8613909431234,"引号"',
    "-2",
    "@SUM(A1)",
    "'已有引号",
    "一\n二\n三",
    "2-7",
    "00123",
    "1.50",
    "3月4日",
    "1 Jan",
    "true",
    "＝HYPERLINK(1)",
    "620422",
    "123456789012345",
    "1e5",
)
ODD_FIGURES = (
    Entry(EntryStatus.REPORTED, Decimal("0")),
    Entry(EntryStatus.REPORTED, Decimal("0.00")),
    Entry(EntryStatus.REPORTED, Decimal("-0.050")),
    Entry(EntryStatus.ESTIMATED, Decimal("123456789012.345")),
    Entry(EntryStatus.REPORTED, Decimal("1234567890123456789.0123")),
    Entry(EntryStatus.NOT_PUBLISHED),
    Entry(EntryStatus.NOT_APPLICABLE),
    Entry(EntryStatus.REPORTED, Decimal("1.50"), 2023, Decimal("3.0"), Decimal("200"), True),
)


def tasks_of(office: Office, key: ReturnKey = KEY) -> list[str]:
    return [row.task.code for row in office.actions.report.sheet(key).rows]


def proven(office: Office, names: list[str], content: bytes = b"x") -> None:
    """A task with evidence of these names, as older releases kept any name; each file is another one."""
    with office.store.writing("test", None) as uow:
        files = []
        for number, name in enumerate(names):
            digest = uow.returns.add_evidence(content + b"%d" % number)
            files.append(Evidence(name, len(content) + 1, digest))
        uow.returns.put_progress(
            KEY, tasks_of(office)[0], Progress(TaskStatus.DONE, 100, evidence=tuple(files))
        )


def sent_county(folder: Path, code: str = COUNTY) -> tuple[Path, list[Path]]:
    """A county that sent the second quarter, and the third twice; the fourth is begun.

    Returns:
        The workspace and the workbooks, oldest first.
    """
    books = [folder / f"{code}-{number}.xlsx" for number in (1, 2, 3)]
    q2, q3 = (ReturnKey(PLAN, code, Period(2024, quarter)) for quarter in (2, 3))
    with new_office(folder / f"{code}.kjxd", Role.COUNTY, code, PLAN, FixedClock()) as office:
        fill_all(office, q2)
        answer_all(office, q2)
        office.actions.send.submit(q2, books[0])
        fill_all(office, q3)
        office.actions.fill.edit(q3, "I04", ComponentsEdit("26.5", "3500"))
        office.actions.fill.edit(q3, "I13", RemarkEdit("note", '=cmd|"/c calc"!A1'))
        tasks = tasks_of(office, q3)
        report = office.actions.report
        report.put(
            q3, tasks[0], Progress(TaskStatus.IN_PROGRESS, 40, '-已引进\n"新品种"，6 个', "无", "@下季")
        )
        (folder / "照片.jpg").write_bytes(code.encode() * 500)
        report.attach(q3, tasks[0], folder / "照片.jpg")
        report.not_involved(q3, (tasks[1],))
        answer_all(office, q3)
        office.actions.send.submit(q3, books[1])
        office.actions.send.withdraw(q3, "高企数填错")
        office.actions.fill.edit(q3, "I13", TextEdit("13"))
        answer_all(office, q3)
        office.actions.send.submit(q3, books[2])
    return folder / f"{code}.kjxd", books


def oddities(office: Office, key: ReturnKey = Q4) -> None:
    """Figures and texts of every sort in a return of its own, as an import could have brought them."""
    plan = office.actions.plans.plan(PLAN)
    tasks = tasks_of(office, key)
    with office.store.writing("typed", None) as uow:
        head = uow.returns.find(key)
        if head is None:
            uow.returns.put(Return(key, 1))
        for indicator, entry in zip(plan.indicators, ODD_FIGURES, strict=False):
            uow.returns.put_entry(key, indicator.code, entry)
        # Another kind of cell for each text, and a figure that its plan does not know any more.
        for indicator, text in zip(plan.indicators, ODD_TEXTS, strict=True):
            entry = uow.returns.entries(key).get(indicator.code, Entry())
            uow.returns.put_entry(key, indicator.code, replace(entry, note=text))
        uow.returns.put_entry(key, "I99", Entry(EntryStatus.REPORTED, Decimal("9.90")))
        for code, text in zip(tasks, ODD_TEXTS, strict=False):
            uow.returns.put_progress(key, code, Progress(TaskStatus.BLOCKED, 10, text, text, text))
        uow.returns.put_progress(key, "旧任务", Progress(TaskStatus.DONE, 100, "已完成"))
        uow.returns.put_explanation(key, Explanation("I13", "year_change", "0" * 32, "=新增\n3 家"))
        own = Target(
            2025, TargetKind.BINDING, value=Decimal("12.50"), unit_code=key.unit_code, certainty="力争"
        )
        uow.splits.put_target(PLAN, key.unit_code, "I13", own)
        uow.splits.put_baseline(PLAN, key.unit_code, "I13", Baseline(2021, Decimal("5.0"), "年报"))


def kept_city(folder: Path) -> tuple[Path, dict[str, list[Path]]]:
    """A city that took in two counties' rounds and filled a return of its own.

    Returns:
        The workspace, and the workbooks by unit.
    """
    sent = {code: sent_county(folder, code)[1] for code in (COUNTY, OTHER)}
    # The zip of one round was left behind.
    (folder / f"{OTHER}-2_佐证.zip").unlink()
    (folder / f"{OTHER}-3_佐证.zip").unlink()
    with city_office(folder) as office:
        for books in sent.values():
            for book in books:
                preview = office.actions.receive.preview(book)
                office.actions.receive.apply(preview, office.actions.receive.accept_all(preview))
        office.actions.accept.accept(KEY)
        oddities(office, ReturnKey(PLAN, CITY, Period(2024, 4)))
        path = office.store.path
    return path, sent

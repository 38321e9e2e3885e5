"""Workspaces in which every text that somebody else could have written names a file, and a look at all of it.

Qt takes ``<img src='c.png'>`` for HTML wherever it is let guess, and opens that file of the working folder. The mark
also holds ``&D``, which a caption makes a shortcut of and a printed footer today's date, and ``[*]``.
"""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtGui import QColor, QImage

from kjxd_desktop.bootstrap.office import Office, new_office, new_office_from, open_office
from kjxd_desktop.domain.people.operators import Act, OperatorRole
from kjxd_desktop.domain.plan.assignment import UnitSplit
from kjxd_desktop.domain.plan.expressions import parse_expression
from kjxd_desktop.domain.plan.indicator import Target, TargetKind
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.rules import CheckRule, Grade, Operator
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnKey, Signature
from kjxd_desktop.domain.returns.second_entry import Outcome
from kjxd_desktop.usecases.filling.edits import RemarkEdit, TextEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import PERIOD, FixedClock, put_operators, sign_in
from tests.helpers.plan_books import CITY, COUNTY, small_book

FILE = "c.png"
MARK = f"&D<img src='{FILE}'>[*]"
# What says which thing is meant, and would be another one with a mark.
_KEYS = frozenset(
    [
        "id",
        "code",
        "no",
        "issued",
        "region",
        "reported_list",
        "list",
        "parent",
        "op",
        "unit_code",
        "repeats_indicator",
        "inside",
        "task",
        "members",
        "rekeyed",
        "recurrences",
    ]
)
KEY = ReturnKey("small", COUNTY, PERIOD)
BEFORE = replace(KEY, period=PERIOD.previous())
# Some of each kind: of the plan, of its rule, of the return, of people and files.
SAID = (
    *(
        "试验方案",
        "试验",
        "市委办公室、市政府办公室",
        "三、重点任务",
        "实施倍增计划",
        "高新技术企业",
        "家",
        "研发经费",
    ),
    *(
        "万元",
        "力争",
        "市本级",
        "市统计局",
        "=研发经费÷生产总值\n两行",
        "每年孵化3-5家。",
        "孵化",
        "第一条说明",
    ),
    *("白银市", "会宁县", "会宁县科技局", "白银高新区", "12 大于 1", "请核对"),
    *("已经办好", "曾有困难", "原来打算"),
    *("备注", "做了", "问题", "下一步", "负责", "统计", "填表", "电话", "说明", "甲", "说", "突破", "实现"),
)
HEAD, SECOND = f"甲{MARK}", f"乙{MARK}"

Record = TypeVar("Record")


def marked(record: Record, name: str = "") -> Record:
    """A record with the mark at the end of every text that is not a key."""
    made: Any = record
    if isinstance(record, Enum) or name in _KEYS:
        return record
    if isinstance(record, str):
        made = record + MARK if record else record
    elif isinstance(record, tuple):
        made = tuple(marked(item, name) for item in record)
    elif dataclasses.is_dataclass(record) and not isinstance(record, type):
        if type(record).__module__.endswith(("expressions", "period")):
            return record
        fields = [item.name for item in dataclasses.fields(record) if item.init]
        made = replace(record, **{item: marked(getattr(record, item), item) for item in fields})
    return made  # type: ignore[no-any-return]


def marked_plan() -> Plan:
    """The small plan, with a rule that asks why, all of it marked."""
    book = small_book()
    rule = CheckRule(
        "P1",
        parse_expression("I01"),
        Operator.AT_MOST,
        parse_expression("1"),
        Grade.VERIFY,
        "{left} 大于 {right}",
        "请核对",
    )
    return marked(replace(book.plan, rules=(rule,), revision=1, adjustment=None))


def marked_splits() -> dict[str, UnitSplit]:
    """What the small book splits off: figures and their words, and every task for everybody."""
    return {
        code: UnitSplit(
            {},
            {item: marked(targets) for item, targets in split.targets.items()},
            {item: marked(baseline) for item, baseline in split.baselines.items()},
        )
        for code, split in small_book().splits.items()
    }


def lay_file(folder: Path) -> Path:
    """The picture that nobody may open."""
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    path = folder / FILE
    assert picture.save(str(path))
    return path


class MarkedPlace:
    """A city and a county in a folder, each with a workspace, and the files they send each other."""

    def __init__(self, folder: Path) -> None:
        self.plan = marked_plan()
        self.folder = folder
        self.city, self.county = folder / "city.kjxd", folder / "county.kjxd"
        self.template, self.sent = folder / f"模板{MARK}.xlsx", folder / f"上报{MARK}.xlsx"
        splits = marked_splits()
        with new_office(self.city, Role.CITY, CITY, self.plan, FixedClock(), splits=splits) as office:
            office.actions.send.template(KEY, self.template)
        with new_office_from(self.county, self.template, FixedClock()) as office:
            put_operators(office, **{HEAD: OperatorRole.ADMIN, SECOND: OperatorRole.FILLER})
            sign_in(office, HEAD)
            self._fill(office)

    def _fill(self, office: Office) -> None:
        actions = office.actions
        actions.fill.edit(KEY, "I01", TextEdit("12"), RemarkEdit("note", f"备注{MARK}"))
        actions.fill.edit(KEY, "I02", TextEdit("不适用"), RemarkEdit("note", MARK))
        evidence = self.folder / f"证据{MARK}.pdf"
        evidence.write_bytes(b"%PDF-1.4")
        for row in actions.report.sheet(KEY).rows:
            # Last quarter's words stand below the boxes.
            before = Progress(TaskStatus.DONE, 100, f"已经办好{MARK}", f"曾有困难{MARK}", f"原来打算{MARK}")
            actions.report.put(BEFORE, row.task.code, before)
            said = Progress(TaskStatus.BLOCKED, 40, f"做了{MARK}", f"问题{MARK}", f"下一步{MARK}")
            actions.report.put(KEY, row.task.code, said)
            actions.report.attach(KEY, row.task.code, evidence)
        # A target in words, marked as achieved.
        with office.store.writing("test", Act.FILL) as uow:
            wanted = Target(2025, TargetKind.BINDING, text=f"突破{MARK}", unit_code=COUNTY)
            uow.splits.put_target(KEY.plan_id, COUNTY, "I02", wanted)
        actions.achieve.mark(KEY, "I02", f"实现{MARK}", evidence)
        names = Signature(*(f"{word}{MARK}" for word in ("负责", "统计", "填表", "电话")))
        actions.fill.set_signature(KEY, names)
        # No such date can be typed; a file may have brought it.
        with office.store.writing("test", Act.FILL) as uow:
            head = uow.returns.find(KEY)
            assert head is not None
            uow.returns.put(replace(head, signature=replace(names, date=f"日期{MARK}")))
        # Keyed by another person, otherwise: the two stand beside each other.
        sign_in(office, SECOND)
        actions.rekey.set_text(KEY, "I01", "13")
        sign_in(office, HEAD)

    def send(self) -> None:
        """The county settles what is open, explains, and sends its return."""
        with open_office(self.county, FixedClock()) as office:
            sign_in(office, HEAD)
            actions = office.actions
            actions.rekey.settle(KEY, "I01", Outcome.FIRST)
            for finding in actions.check.check(KEY).findings:
                if finding.blocks:
                    actions.fill.explain(KEY, finding.code, finding.rule, f"说明{MARK}")
            actions.send.submit(KEY, self.sent)

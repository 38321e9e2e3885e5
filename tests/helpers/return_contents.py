"""Contents of workbooks for tests: the built-in plan with every kind of cell."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.pace.pace import yardstick
from kjxd_desktop.domain.plan.assignment import Duty
from kjxd_desktop.domain.plan.indicator import Baseline, Target, TargetKind
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.returns.check_code import check_code
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Explanation, Signature
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.plan_text.document import plan_digest, plan_to_document
from kjxd_desktop.plans.catalogue import load_builtin
from kjxd_desktop.usecases.sending.exchange import (
    DISPATCH_FORMAT,
    FORMAT,
    Dispatch,
    FileKind,
    Identity,
    ReturnContent,
)

UNIT = "620422"
PERIOD = Period(2024, 3)
DEADLINE = datetime(2024, 10, 15, 18)
DIGEST = "5a" * 32
EVIDENCE = Evidence("现场照片.jpg", 3, "ab" * 32)

OWN_TARGETS = {
    "I13": (
        Target(2025, TargetKind.BINDING, value=Decimal("12"), unit_code=UNIT, source="本单位设定"),
        Target(2025, TargetKind.EXPECTED, value=Decimal("16"), unit_code=UNIT, source="本单位设定"),
    )
}
SENT_DOWN = {"I01": Entry(EntryStatus.REPORTED, Decimal("53.60"))}
ENTRIES = {
    **SENT_DOWN,
    "I03": Entry(EntryStatus.REPORTED, Decimal("71.9"), data_year=2023),
    "I05": Entry(
        EntryStatus.REPORTED,
        Decimal("0.83"),
        None,
        Decimal("1234.50"),
        Decimal("148735"),
        True,
        "=1+1 按决算",
    ),
    "I09": Entry(EntryStatus.NOT_PUBLISHED, note="+不是公式"),
    "I10": Entry(EntryStatus.NOT_APPLICABLE, note="@备注"),
    "I12": Entry(EntryStatus.ESTIMATED, Decimal("99999999999999.5")),
    "I13": Entry(EntryStatus.REPORTED, Decimal("9")),
    "I16": Entry(EntryStatus.REPORTED, Decimal("0")),
}
PROGRESS = {
    "A2-7": Progress(TaskStatus.BLOCKED, 71, "=引进\n品种 6 个", "-经费没有到位", "测产", (EVIDENCE,)),
    "A2-9": Progress(TaskStatus.NOT_INVOLVED),
}
ASSIGNED = {"I14": True, "A1-1": True}
EXPLANATIONS = (Explanation("I05", "outside_range", "b" * 32, "=上年一次性拨付"),)
SIGNATURE = Signature("张建平", "李秀梅", "王芳", "0943-0000000", "2024-10-12")


def built_in_plan() -> Plan:
    """白银市强科技行动."""
    return load_builtin(resources_dir() / "plans", "baiyin-2022")


def return_content(plan: Plan | None = None) -> ReturnContent:
    """A return that was sent."""
    plan = plan or built_in_plan()
    return _content(
        plan,
        FileKind.RETURN,
        entries=ENTRIES,
        progress=PROGRESS,
        explanations=EXPLANATIONS,
        signature=SIGNATURE,
        findings_text=("任务 1-1 本季还没有更新。",),
    )


def dispatch_content(plan: Plan | None = None) -> ReturnContent:
    """A template that a city sends down."""
    plan = plan or built_in_plan()
    document = json.dumps(plan_to_document(plan), ensure_ascii=False)
    dispatch = Dispatch(OWN_TARGETS, {"I13": Baseline(2021, Decimal("7"))}, SENT_DOWN, ASSIGNED, document)
    return _content(plan, FileKind.DISPATCH, entries=SENT_DOWN, dispatch=dispatch)


def _content(plan: Plan, kind: FileKind, **parts: object) -> ReturnContent:
    unit = plan.unit(UNIT) or plan.units[0]
    sent = kind is FileKind.RETURN
    identity = Identity(
        DISPATCH_FORMAT if kind is FileKind.DISPATCH else FORMAT,
        kind,
        plan.id,
        plan.title,
        plan.revision,
        plan_digest(plan),
        unit.code,
        unit.name,
        PERIOD,
        "workspace",
        round=2 if sent else 1,
        earlier=("e1" * 32,) if sent else (),
        digest=DIGEST if sent else "",
        check_code=check_code(DIGEST) if sent else "",
        deadline=DEADLINE,
        created_at=datetime(2024, 10, 12, 10, 21),
    )
    whole: dict[str, object] = {
        "identity": identity,
        "duty": Duty(plan, unit, ASSIGNED if kind is FileKind.DISPATCH else {}),
        "period": PERIOD,
        "deadline": DEADLINE,
        "entries": {},
        "previous": {
            "I13": Entry(EntryStatus.REPORTED, Decimal("11")),
            "I10": Entry(EntryStatus.NOT_PUBLISHED),
        },
        "last_year": {
            "I05": Entry(EntryStatus.REPORTED, Decimal("0.60"), None, Decimal("6.0"), Decimal("1000"))
        },
        "locked": frozenset(item.code for item in plan.indicators if item.published),
        "yardsticks": {
            item.code: yardstick(plan, item, unit.code, OWN_TARGETS.get(item.code, ()), None)
            for item in plan.indicators
        },
        "progress": {},
        "previous_progress": {"A2-7": Progress(TaskStatus.IN_PROGRESS, 50)},
        "explanations": (),
        "signature": Signature(),
    }
    return ReturnContent(**{**whole, **parts})  # type: ignore[arg-type]

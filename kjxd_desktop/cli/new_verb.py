"""``new``: make a workspace by hand, from a plan workbook, or from the city's template."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from kjxd_desktop.bootstrap.late import plan_of_workbook
from kjxd_desktop.bootstrap.office import new_office, new_office_from
from kjxd_desktop.cli.exit_status import DONE, NOT_ALLOWED
from kjxd_desktop.cli.plans_to_json import tell_reading
from kjxd_desktop.domain.problems import wrong_call
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.wording.receiving.imports import notice_sentence

WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")


def new(options: Namespace) -> int:
    """Make a workspace."""
    if options.template is not None:
        by_hand = next(
            (name for name in ("role", "unit", "plan") if getattr(options, name) is not None), None
        )
        if by_hand is not None:
            # The template says all three: whoever gives one as well means something else.
            raise wrong_call("options", "options_contradict", one="--from", other=f"--{by_hand}")
        with new_office_from(options.file, options.template, told=_tell_of_template) as office:
            desk = office.actions.desk.desk()
    else:
        if None in (options.role, options.unit, options.plan):
            print(
                "新建要写 --role（county 县区填报，city 市级汇总）、--unit（本单位的代码）和 --plan"
                "（方案编号或方案工作簿）；有市局发来的模板，用 --from 打开。没有新建任何文件。",
                file=sys.stderr,
            )
            return 2
        splits = None
        plan = options.plan
        if Path(plan).suffix.lower() in WORKBOOK_ENDINGS:
            reading = plan_of_workbook(Path(plan))
            if tell_reading(reading) or reading.book is None:
                return NOT_ALLOWED
            plan, splits = reading.book.plan, reading.book.splits
        role = Role(options.role)
        with new_office(options.file, role, options.unit, plan, splits=splits, sure=options.sure) as office:
            desk = office.actions.desk.desk()
    print(
        f"已新建：{options.file}（{desk.unit.office or desk.unit.name}，{desk.plan.short_title}）",
        file=sys.stderr,
    )
    return DONE


def _tell_of_template(notices: Notes) -> None:
    """Say of the template what ``import`` says of it."""
    for code, params in notices:
        print(notice_sentence(code, params), file=sys.stderr)

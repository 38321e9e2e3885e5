"""The words of ``plans``, ``new``, ``assign`` and ``share``, with Chinese help."""

from __future__ import annotations

import argparse
from pathlib import Path

from kjxd_desktop.cli.targets import add_target
from kjxd_desktop.usecases.ports import Role

Verbs = argparse._SubParsersAction
SURE = "核对过了，要问的也照样存"
PLAN = "方案编号，如 baiyin-2022；某一版写 baiyin-2022@1"


def add_plan_verbs(verbs: Verbs, parser_class: type[argparse.ArgumentParser]) -> None:  # type: ignore[type-arg]
    """Add the verbs that are about plans as wholes."""
    plans = verbs.add_parser("plans", help="方案：列出、查看、导出、导入、比较")
    words = plans.add_subparsers(
        dest="plans_verb",
        metavar="list|show|export|import|blank|use|diff",
        required=True,
        parser_class=parser_class,
    )
    listed = words.add_parser("list", help="列出方案")
    shown = words.add_parser("show", help="看一个方案的全部内容")
    shown.add_argument("plan", help=PLAN)
    exported = words.add_parser("export", help="导出方案工作簿")
    exported.add_argument("plan", help=PLAN)
    add_target(exported, "要写的 .xlsx 文件")
    compared = words.add_parser("diff", help="比较两个方案，或一个方案的两版")
    compared.add_argument("old", help=f"{PLAN}；也可以是方案工作簿")
    compared.add_argument("new", help="另一个")
    for parser in (listed, shown, exported, compared):
        parser.add_argument("--workspace", type=Path, help="也看这个数据文件里的方案")
    taken = words.add_parser("import", help="读入方案工作簿：新方案，或现有方案的新版本")
    taken.add_argument("file", type=Path, help="方案工作簿")
    taken.add_argument("--preview", action="store_true", help="只看会有什么变化，不写")
    taken.add_argument("--since", help="新版本从哪一期起，如 2024Q1")
    taken.add_argument("--summary", help="改了什么")
    taken.add_argument("--reason", help="为什么改")
    taken.add_argument("--sure", action="store_true", help=SURE)
    used = words.add_parser("use", help="把内置方案加进数据文件")
    used.add_argument("plan", help="内置方案编号")
    for parser in (taken, used):
        parser.add_argument("--workspace", type=Path, required=True, help="数据文件")
        parser.add_argument("--own", help="本单位在这个方案里的代码或名称；能认出时不用写")
    for parser in (listed, shown, compared, taken):
        parser.add_argument("--json", action="store_true", help="用 JSON 回答")
    blank = words.add_parser("blank", help="导出空白方案工作簿")
    add_target(blank, "要写的 .xlsx 文件")
    _new(verbs)
    _split(verbs)


def _new(verbs: Verbs) -> None:  # type: ignore[type-arg]
    new = verbs.add_parser("new", help="新建数据文件")
    new.add_argument("file", type=Path, help="新数据文件的位置")
    new.add_argument("--role", choices=[role.value for role in Role], help="county 县区填报，city 市级汇总")
    new.add_argument("--unit", help="单位代码，如 620422")
    new.add_argument("--plan", help="方案编号，如 baiyin-2022；或自己的方案工作簿")
    new.add_argument("--sure", action="store_true", help=SURE)
    new.add_argument("--from", type=Path, dest="template", help="市局发来的报表模板")


def _split(verbs: Verbs) -> None:  # type: ignore[type-arg]
    assigned = verbs.add_parser("assign", help="把指标或任务分给一个单位，或不要它承担（市级）")
    assigned.add_argument("assigned", choices=["yes", "no", "default"], help="承担、不承担、按方案默认")
    assigned.add_argument("--unit", required=True, help="单位代码")
    assigned.add_argument("--code", nargs="+", required=True, help="指标或任务代码")
    shared = verbs.add_parser("share", help="两个方案里的两项指标是同一个数")
    shared.add_argument("one", help="方案编号/指标代码，如 baiyin-2022/I13")
    shared.add_argument("other", help="另一个")
    shared.add_argument("--off", action="store_true", help="不再共用")
    for parser in (assigned, shared):
        parser.add_argument("--workspace", type=Path, required=True, help="数据文件")
    assigned.add_argument("--plan", help="方案编号；数据文件里有几个方案时写")

"""The command line's words: verbs and options of cli-json.md, with Chinese help."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from kjxd_desktop import __version__
from kjxd_desktop.cli.operator_parser import add_operator_option, add_operator_verbs
from kjxd_desktop.cli.plan_parser import SURE, Verbs, add_plan_verbs
from kjxd_desktop.cli.targets import add_target, mark_targets
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.domain.returns.entry import REMARKS
from kjxd_desktop.domain.returns.progress import TaskStatus
from kjxd_desktop.wording.keeping.history import KIND
from kjxd_desktop.wording.terms import ENTRY_FIELD

WRONG_CALL = 2


class ChineseParser(argparse.ArgumentParser):
    """Says in Chinese that a call is wrong and what a right one looks like."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and leave with status 2."""
        self.print_usage(sys.stderr)
        print(f"命令写得不对（{message}）。没有改动任何数据。请看：{self.prog} --help", file=sys.stderr)
        raise SystemExit(WRONG_CALL)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = ChineseParser(
        prog="kjxd-desktop", description="科技行动监测填报。不带命令时打开窗口。", add_help=True
    )
    parser.add_argument("--version", action="version", version=f"kjxd-desktop {__version__}")
    parser.add_argument("--workspace", type=Path, help="数据文件；不写时用默认位置", dest="window_workspace")
    parser.add_argument("--read-only", action="store_true", help="窗口只看不填，别处正在填也能打开")
    verbs = parser.add_subparsers(dest="verb", metavar="命令", parser_class=ChineseParser)
    add_plan_verbs(verbs, ChineseParser)
    _fill(verbs)
    _aim(verbs)
    _look(verbs)
    _exchange(verbs)
    _keep(verbs)
    add_operator_verbs(verbs, ChineseParser)
    tour = verbs.add_parser("tour", help="在演示数据上走一遍主要工作，保存每页图片和做出的工作簿")
    tour.add_argument("--out", type=Path, required=True, help="放图片和工作簿的文件夹")
    add_operator_option(verbs)
    return parser


def make_absolute(options: argparse.Namespace) -> None:
    """Make every path of a call absolute, once, where it was meant: seen from the caller's folder.

    File dialogs and the reader process have folders of their own.
    """
    for name, value in vars(options).items():
        if isinstance(value, Path):
            setattr(options, name, _absolute(value))
        elif isinstance(value, list):
            setattr(options, name, [_absolute(item) if isinstance(item, Path) else item for item in value])


def _absolute(path: Path) -> Path:
    try:
        return path.absolute()
    except FileNotFoundError:
        # The caller's folder was removed: what is named from there is missing, and is said to be.
        return path


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="用 JSON 回答")


def _workspace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workspace", type=Path, required=True, help="数据文件")
    parser.add_argument("--plan", help="方案编号；数据文件里有几个方案时写")


def _period(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--period", required=required, help="报告期，如 2024Q3")


def _unit(parser: argparse.ArgumentParser, text: str = "单位代码；县区不用写") -> None:
    parser.add_argument("--unit", help=text)


def _fill(verbs: Verbs) -> None:  # type: ignore[type-arg]
    entry = verbs.add_parser("set", help="填一个指标")
    entry.add_argument("value", nargs="?", help="数值")
    entry.add_argument("--indicator", required=True, help="指标代码，如 I13")
    entry.add_argument("--status", choices=[status.value for status in EntryStatus], help="没有数值时的状态")
    entry.add_argument("--numerator", help="分子")
    entry.add_argument("--denominator", help="分母")
    entry.add_argument("--data-year", type=int, help="数据年份")
    for item in REMARKS:
        entry.add_argument(f"--{item.name.replace('_', '-')}", help=ENTRY_FIELD[item.name])
    entry.add_argument("--why", help="为什么改；接收过的报表改数要写")
    entry.add_argument("--estimate", action="store_true", help="这是预计数")
    stays = verbs.add_parser("carry-on", help="新一年的数还没公布，继续沿用以前的数")
    stays.add_argument("--indicator", required=True, nargs="+", help="指标代码，可以写几个")
    task = verbs.add_parser("progress", help="填一项任务的进展")
    task.add_argument("--task", required=True, help="任务代码或编号，如 2-7")
    task.add_argument("--status", choices=[status.value for status in TaskStatus], required=True, help="状态")
    task.add_argument("--percent", help="完成比例，0 到 100")
    task.add_argument("--text", help="进展情况")
    task.add_argument("--problems", help="存在问题")
    task.add_argument("--next", dest="next_step", help="下一步")
    task.add_argument("--why", help="为什么改；接收过的报表改动要写")
    task.add_argument("--evidence", nargs="+", type=Path, default=[], help="佐证文件")
    reason = verbs.add_parser("explain", help="给一处核实性问题写说明")
    reason.add_argument("text", help="说明")
    reason.add_argument("--indicator", required=True, help="指标代码")
    reason.add_argument("--rule", required=True, help="规则代码，见 check --json")
    sign = verbs.add_parser("sign", help="填负责人和填表人；审核没有问题、名字写全了就签报")
    for name, text in (
        ("--head", "单位负责人"),
        ("--statistician", "统计负责人"),
        ("--filled-by", "填表人"),
        ("--phone", "联系电话"),
        ("--date", "报出日期"),
    ):
        sign.add_argument(name, help=text)
    again = verbs.add_parser("rekey", help="复录：把一个指标再填一次，和第一次核对")
    again.add_argument("value", nargs="?", help="数值")
    settled = verbs.add_parser("settle", help="复录两次不一样时，定哪个对")
    settled.add_argument("choice", nargs="?", help="first 第一次、second 第二次，或写正确的数")
    for parser in (again, settled):
        parser.add_argument("--indicator", required=True, help="指标代码，如 I13")
        parser.add_argument("--numerator", help="分子")
        parser.add_argument("--denominator", help="分母")
    for parser in (entry, stays, task, reason, sign, again, settled):
        _workspace(parser)
        _period(parser)
        _unit(parser)


def _aim(verbs: Verbs) -> None:  # type: ignore[type-arg]
    target = verbs.add_parser("target", help="定一个单位自己的目标")
    target.add_argument("value", help="目标值；写空字符串是取消")
    target.add_argument("--kind", choices=[kind.value for kind in TargetKind], required=True, help="目标种类")
    baseline = verbs.add_parser("baseline", help="定一个单位自己的基期值")
    baseline.add_argument("value", help="基期值")
    for parser in (target, baseline):
        parser.add_argument("--indicator", required=True, help="指标代码")
        parser.add_argument("--year", type=int, required=True, help="年份")
        parser.add_argument("--sure", action="store_true", help=SURE)
        _workspace(parser)
        _unit(parser)
    achieved = verbs.add_parser("achieved", help="标记一个定性目标（如“0的突破”）已实现，或撤回")
    achieved.add_argument("text", nargs="?", help="实现的情况")
    achieved.add_argument("--indicator", required=True, help="指标代码")
    achieved.add_argument("--evidence", type=Path, help="佐证文件")
    achieved.add_argument("--clear", metavar="原因", help="撤回，写明原因")
    _workspace(achieved)
    _period(achieved)
    _unit(achieved)
    deadline = verbs.add_parser("deadline", help="定一期的截止时间（市级）")
    deadline.add_argument("date", help="日期，如 2024-10-15 或 2024-10-15T18:00")
    _workspace(deadline)
    _period(deadline)


def _look(verbs: Verbs) -> None:  # type: ignore[type-arg]
    for name, text in (
        ("status", "看填到哪一步、还差什么"),
        ("check", "审核一份报表"),
        ("show", "看一份报表的全部内容"),
        ("monitor", "看指标和目标的对照"),
    ):
        parser = verbs.add_parser(name, help=text)
        _workspace(parser)
        _period(parser, required=name != "status")
        _unit(parser)
        _json(parser)
        if name == "monitor":
            parser.add_argument(
                "--chart", nargs=2, metavar=("指标代码", "图片.png"), help="把一个指标的图存成图片"
            )
            mark_targets(parser, lambda options: (Path(options.chart[1]),) if options.chart else ())
    history = verbs.add_parser("history", help="看修改记录")
    verify = verbs.add_parser("verify", help="核对数据文件：现有的数和修改记录是否一致")
    verify.add_argument("files", nargs="*", type=Path, help="用它导出的上报工作簿，一起核对")
    for parser in (history, verify):
        _workspace(parser)
        _json(parser)
    _period(history, required=False)
    _unit(history, "单位代码或名称")
    history.add_argument("--code", help="指标或任务代码")
    history.add_argument("--who", help="谁改的")
    history.add_argument("--what", choices=KIND, metavar="种类", help=f"改了什么：{'、'.join(KIND)}")
    history.add_argument("--text", default="", help="名称、内容或原因里的字")
    history.add_argument("--limit", type=_count, help="最多几条，先列最新的")


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}”不是条数，请写 1 以上的整数")
    return int(text)


def _exchange(verbs: Verbs) -> None:  # type: ignore[type-arg]
    template = verbs.add_parser("template", help="市级：导出发给一个单位的报表模板")
    submit = verbs.add_parser("submit", help="导出上报工作簿，并锁定报表")
    again = verbs.add_parser("again", help="把已经上报的报表再存一份，和上报时的文件一样")
    add_target(template, "要写的 .xlsx 文件")
    for parser in (submit, again):
        add_target(parser, "要写的 .xlsx 文件", with_evidence=True)
    for parser in (template, submit, again):
        _workspace(parser)
        _period(parser)
        _unit(parser)
    withdraw = verbs.add_parser("withdraw", help="撤回已上报的报表，继续修改")
    withdraw.add_argument("why", help="撤回的原因")
    _workspace(withdraw)
    _period(withdraw)
    accept = verbs.add_parser("accept", help="市级：接收一个单位的报表")
    reopen = verbs.add_parser("reopen", help="市级：已接收的报表要更正，重新打开")
    reopen.add_argument("why", help="更正的原因")
    for parser in (accept, reopen):
        _workspace(parser)
        _period(parser)
        _unit(parser, "单位代码")
    paper = verbs.add_parser("check-code", help="核对纸面上的校验码：和哪一份报表一致")
    paper.add_argument("code", help="纸面上的校验码，或扫码枪读到的内容")
    _workspace(paper)
    _json(paper)
    received = verbs.add_parser("import", help="读入工作簿或整个文件夹")
    received.add_argument("files", nargs="+", type=Path, help="工作簿或文件夹")
    received.add_argument("--preview", action="store_true", help="只看会写什么，不写")
    received.add_argument("--accept", action="store_true", help="新增和有变化的都写入")
    asked = "封签或修改记录凭据对不上的，已向对方问清楚，仍要写入"
    received.add_argument("--heads-asked", action="store_true", help=asked)
    _workspace(received)
    _json(received)


def _keep(verbs: Verbs) -> None:  # type: ignore[type-arg]
    backup = verbs.add_parser("backup", help="备份数据文件；写了文件名的，另存成那一个文件，可带到另一台电脑")
    backup.add_argument("file", type=Path, nargs="?", help="要写的 .kjxd 文件")
    listed = verbs.add_parser("backups", help="看有哪些备份，是不是完好")
    for parser in (backup, listed):
        parser.add_argument("--workspace", type=Path, required=True, help="数据文件")
        _json(parser)
    restore = verbs.add_parser("restore", help="用备份恢复数据文件；现在的数据先另做一份备份")
    restore.add_argument("file", type=Path, help="备份文件")
    restore.add_argument("workspace", type=Path, metavar="数据文件", help="要恢复的数据文件")
    restore.add_argument("--preview", action="store_true", help="只看会有哪些不一样，不恢复")
    _json(restore)

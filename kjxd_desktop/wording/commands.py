"""What the command line says of the way on: commands, options and variables, which no window names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from kjxd_desktop.domain.file_fault import FaultCode
from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.wording.files import file_fault_sentence
from kjxd_desktop.wording.keeping.backups import moment_text
from kjxd_desktop.wording.problems import problem_sentence

IN_COMMANDS: Mapping[str, str] = {
    "unknown_plan": "可用 plans list 查看有哪些方案。",
    "unknown_indicator": "可用 plans show 查看代码。",
    "unknown_item": "可用 plans show 查看代码。",
    "unknown_task": "可用 plans show 查看代码。",
    "nothing_to_set": "请写数值，或用 --status、--numerator 和 --denominator、--note。",
    "sign_in_first": "请用 --operator 写自己的名字。",
    "password_needed": "请用环境变量 KJXD_PASSWORD 写密码。",
    "recovery_needed": "请用环境变量 KJXD_RECOVERY 写恢复码。",
    "workspace_needed": "请加上 --workspace 和文件位置。",
    "which_year": "请写明数据年份再填一次，用 --data-year {next} 或 {year}。",
    "heads_not_asked": "确认没有问题的，只写这一个文件，加上 --heads-asked 再来一次。",
    "correction_of_year": "请写明数据年份再填一次，用 --data-year {year}。",
}
# A name was given where the office has named nobody.
NOBODY_NAMED = "这个数据文件还没有写操作人员，“{name}”没有用上，修改记录里写的是“{who}”。"
SURE_OPTION = "没有存。核对过、就是这样的，请在命令里加 --sure 再来一次。"
_REPLACE = "确实要换掉它，命令后面加 --replace。"


def command_sentence(problem: Problem) -> str:
    """The sentence for a problem, with the options that help."""
    return problem_sentence(problem, IN_COMMANDS)


def command_file_sentence(code: str, params: Mapping[str, str]) -> str:
    """The sentence for a fault of a file, with the option that helps."""
    sentence = file_fault_sentence(code, params)
    return sentence + _REPLACE if code == FaultCode.TARGET_EXISTS else sentence


def way_out_sentence(at: datetime, backup: Path, path: Path) -> str:
    """The command that restores a damaged workspace."""
    return f'可以用 {moment_text(at)} 的备份恢复：kjxd-desktop restore "{backup}" "{path}"'

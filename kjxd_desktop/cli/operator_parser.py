"""The words of ``operators``, and ``--operator`` on every verb that writes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from kjxd_desktop.cli.plan_parser import Verbs
from kjxd_desktop.domain.people.operators import OperatorRole

# Verbs that only read: they ask nobody who he is.
LOOKING = frozenset(
    {
        "status",
        "check",
        "show",
        "monitor",
        "history",
        "verify",
        "again",
        "check-code",
        "backup",
        "backups",
        "plans list",
        "plans show",
        "plans export",
        "plans diff",
    }
)
ROLE_HELP = "filler 填表，checker 审核，head 负责人，admin 管理"


def add_operator_verbs(verbs: Verbs, parser_class: type[argparse.ArgumentParser]) -> None:  # type: ignore[type-arg]
    """Add ``operators``; without a further word it lists the people."""
    people = verbs.add_parser("operators", help="操作人员：列出、增加、改角色、离开、密码、恢复码")
    people.add_argument("--workspace", type=Path, help="数据文件")
    people.add_argument("--json", action="store_true", help="用 JSON 回答")
    words = people.add_subparsers(
        dest="operators_verb",
        metavar="add|role|leave|back|password|clear|recovery|reset",
        parser_class=parser_class,
    )
    for name, text in (
        ("add", "增加一位；第一位要是 admin"),
        ("role", "改一位的角色"),
        ("leave", "一位离开了；名字留在修改记录里"),
        ("back", "离开的一位回来了"),
        ("password", "给一位设密码，或改自己的密码（新密码用环境变量 KJXD_NEW_PASSWORD，或按提示写）"),
        ("clear", "取消一位的密码"),
        ("recovery", "换一个恢复码，打印后锁好"),
        ("reset", "忘了密码：用恢复码设新密码（恢复码用环境变量 KJXD_RECOVERY，或按提示写）"),
    ):
        parser = words.add_parser(name, help=text)
        if name != "recovery":
            parser.add_argument("name", help="姓名")
        if name in ("add", "role"):
            roles = [role.value for role in OperatorRole]
            parser.add_argument("--role", choices=roles, required=True, help=ROLE_HELP)
        # Given before or after the further word; what is not given here must not undo what was.
        parser.add_argument("--workspace", type=Path, help="数据文件", default=argparse.SUPPRESS)
        parser.add_argument("--json", action="store_true", help="用 JSON 回答", default=argparse.SUPPRESS)


def add_operator_option(verbs: Verbs) -> None:  # type: ignore[type-arg]
    """Let every verb that opens a workspace to write into it say who works."""
    for name, parser in _parsers(verbs, ""):
        names = {action.dest for action in parser._actions}
        if "workspace" in names and name not in LOOKING:
            text = "操作人员的姓名；不写时用环境变量 KJXD_OPERATOR"
            parser.add_argument("--operator", help=text, default=argparse.SUPPRESS)


def _parsers(verbs: Verbs, before: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:  # type: ignore[type-arg]
    """Every verb with its parser, those below another one too: ``plans import``."""
    for name, parser in verbs.choices.items():
        whole = f"{before} {name}".strip()
        yield whole, parser
        for action in parser._actions:
            if isinstance(action, Verbs):
                yield from _parsers(action, whole)

"""No sentence that a window can show names a command, an option or a variable; the command line names them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kjxd_desktop
from kjxd_desktop.domain.file_fault import FaultCode
from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.wording.commands import IN_COMMANDS, command_file_sentence, command_sentence
from kjxd_desktop.wording.files import file_fault_sentence
from kjxd_desktop.wording.problems import IN_WINDOW, PROBLEM_CODES, problem_sentence

ROOT = Path(kjxd_desktop.__path__[0])
# Said in the terminal alone: the command line's words, why no window opens, what Ctrl+C stopped.
TERMINAL = frozenset({"wording/commands.py", "wording/screen.py", "wording/stopping.py"})
SHOWN = ("ui", "wording", "domain", "usecases", "charts", "bootstrap")
COMMANDS = re.compile(
    r"(?<![\w-])--[a-z]|kjxd-desktop [a-z-]|KJXD_[A-Z]|命令(行|后面|里|用)|\bplans (list|show|import|export)\b"
)
CHINESE = re.compile("[\u4e00-\u9fff]")
PARAMS = {
    "text": "0.75",
    "code": "I04",
    "name": "研发投入强度",
    "plan": "强科技行动",
    "year": "2022",
    "next": "2023",
    "value": "0.69",
    "unit": "%",
}


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Chinese texts in a source, docstrings aside."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in docstrings:
            continue
        if CHINESE.search(node.value):
            yield node.lineno, node.value


def test_no_window_names_a_command() -> None:
    found, seen = [], 0
    for room in SHOWN:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            for line, text in sentences(path):
                seen += 1
                if name not in TERMINAL and COMMANDS.search(text):
                    found.append(f"{name}:{line} {text}")
    assert found == [] and seen > 1000


def test_the_terminal_s_words_are_out_of_the_window_s_reach() -> None:
    users = [
        path.relative_to(ROOT).parts[0]
        for path in ROOT.rglob("*.py")
        if "wording.commands import" in path.read_text("utf-8")
    ]
    assert set(users) == {"cli"}


@pytest.mark.parametrize("code", sorted(IN_COMMANDS))
def test_both_say_the_same_but_for_the_way_on(code: str) -> None:
    problem = Problem("I04", code, PARAMS)
    window, terminal = problem_sentence(problem), command_sentence(problem)
    assert not COMMANDS.search(window) and COMMANDS.search(terminal), (window, terminal)
    ways = [ways.get(code, "").format_map(PARAMS) for ways in (IN_WINDOW, IN_COMMANDS)]
    assert (
        window.replace(ways[0], ways[1], 1) == terminal
        if ways[0]
        else window in terminal.replace(ways[1], "")
    )
    assert code in PROBLEM_CODES


def test_only_sentences_with_a_way_on_are_in_the_tables() -> None:
    assert set(IN_WINDOW) <= set(IN_COMMANDS)


def test_a_file_that_is_there() -> None:
    given = (FaultCode.TARGET_EXISTS, {"name": "报表.xlsx"})
    assert "--replace" in command_file_sentence(*given) and "--" not in file_fault_sentence(*given)
    other = (FaultCode.DISK_FULL, {"name": "报表.xlsx"})
    assert command_file_sentence(*other) == file_fault_sentence(*other)

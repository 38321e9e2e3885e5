"""Sentences and words: every code has one, numbers and times read as an office writes them."""

from __future__ import annotations

import ast
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from kjxd_desktop import paths
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.plans.catalogue import load_builtin
from kjxd_desktop.usecases.filling.demonstrate import read_demo
from kjxd_desktop.wording.checking.findings import FINDING_CODES, blocked_sentence
from kjxd_desktop.wording.dates import day_time, left_text, short_moment
from kjxd_desktop.wording.filling.notes import NOTE_CODES, note_sentence
from kjxd_desktop.wording.keeping.changes import change_line, value_text
from kjxd_desktop.wording.numbers import number_text, percent_text, signed_text, size_text
from kjxd_desktop.wording.people.greeting import greeting
from kjxd_desktop.wording.planning.faults import CELL_CODES, PLAN_CODES
from kjxd_desktop.wording.problems import PROBLEM_CODES, problem_sentence
from kjxd_desktop.wording.receiving.imports import IMPORT_PROBLEM_CODES

NOW = datetime(2024, 10, 12, 10, 21)
SOURCE = Path(paths.__file__).parent


def raised() -> list[tuple[str, set[str] | None, str]]:
    """Every problem the program raises, read from its source: code, names of its texts, place.

    The names are None where they are not written out at the call.
    """
    found = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or len(node.args) < 2:
                continue
            name, code = getattr(node.func, "id", ""), node.args[1]
            if name not in ("refuse", "wrong_call", "Problem") or not isinstance(code, ast.Constant):
                continue
            names: set[str] | None = {word.arg for word in node.keywords if word.arg}
            if name == "Problem":
                texts = node.args[2] if len(node.args) > 2 else ast.Dict([], [])
                whole = isinstance(texts, ast.Dict) and all(
                    isinstance(key, ast.Constant) for key in texts.keys
                )
                names = {key.value for key in texts.keys} if whole else None  # type: ignore[union-attr]
            elif any(word.arg is None for word in node.keywords):
                names = None
            found.append((str(code.value), names, f"{path.name}:{node.lineno}"))
    return found


def test_every_code_that_is_raised_has_a_sentence() -> None:
    codes = {code for code, _, _ in raised()}
    assert len(codes) > 40
    # Mistakes of a plan workbook become sentences with their cell.
    assert codes - PROBLEM_CODES - IMPORT_PROBLEM_CODES - PLAN_CODES - CELL_CODES == set()


def test_every_sentence_gets_the_texts_it_needs() -> None:
    for code, names, place in raised():
        if code in PROBLEM_CODES and names is not None:
            params = dict.fromkeys(names, "draft")
            sentence = problem_sentence(Problem("I13", code, params))
            assert "{" not in sentence, place


def test_sentences_are_short_polite_and_end() -> None:
    said = 0
    for code, names, _ in raised():
        if code in PROBLEM_CODES and names is not None:
            sentence = problem_sentence(Problem("I13", code, dict.fromkeys(names, "draft")))
            assert sentence.endswith(("。", "？")), code
            assert len(sentence) < 90, code
            assert not any(word in sentence for word in ("非法", "异常", "失败", "error")), code
            said += 1
    assert said > 30


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (Decimal("1234.50"), None, "1,234.50"),
        (Decimal("-0.42"), None, "−0.42"),
        (None, None, "—"),
        (Fraction(1, 3), 1, "0.3"),
        (Fraction(5, 2), 0, "3"),
    ],
)
def test_numbers(number: Decimal | Fraction | None, decimals: int | None, text: str) -> None:
    assert number_text(number, decimals) == text


def test_changes_shares_and_sizes() -> None:
    assert [signed_text(Decimal(text), 1) for text in ("1.25", "-23.6", "0.04")] == ["+1.3", "−23.6", "0.0"]
    assert (percent_text(Fraction(719, 700)), percent_text(None)) == ("103%", "—")
    assert [size_text(size) for size in (10, 88_000, 1_258_291)] == ["10 B", "86 KB", "1.2 MB"]


def test_times() -> None:
    assert day_time(datetime(2024, 10, 15, 18)) == "10月15日（周二）18:00"
    assert left_text(datetime(2024, 10, 15, 18), NOW) == "还剩 3 天 7 小时"
    assert left_text(datetime(2024, 10, 12, 11), NOW) == "还剩 39 分钟"
    assert left_text(datetime(2024, 10, 12, 18), NOW) == "还剩 7 小时"
    assert left_text(datetime(2024, 10, 10, 18), NOW) == "已过 1 天 16 小时"
    assert left_text(datetime(2024, 11, 30), NOW) == "还剩 48 天"
    moments = [datetime(2024, 10, 12, 9, 5), datetime(2024, 3, 1), datetime(2023, 3, 1)]
    assert [short_moment(moment, NOW) for moment in moments] == ["09:05", "03-01", "2023-03-01"]


@pytest.mark.parametrize(
    ("hour", "step", "missing", "verify", "said"),
    [
        (9, "fill", 5, 0, "上午好，王芳。三季度报表还剩 3 天 9 小时，先填完 5 项指标。"),
        (14, "fill", 0, 0, "下午好，王芳。三季度报表还剩 3 天 4 小时，先改正错误。"),
        (20, "explain", 0, 2, "晚上好，王芳。三季度报表还剩 2 天 22 小时，还有 2 处要写说明。"),
        (9, "wait", 0, 0, "上午好，王芳。三季度报表已经上报，等市局接收。"),
    ],
)
def test_greeting(hour: int, step: str, missing: int, verify: int, said: str) -> None:
    now = datetime(2024, 10, 12, hour)
    due = datetime(2024, 10, 15, 18)
    assert greeting(now, "王芳", Period(2024, 3), due, step, missing, verify) == said


def test_lines_of_history() -> None:
    plan = load_builtin(paths.resources_dir() / "plans", "baiyin-2022")
    lines = [
        change_line("entry", "I15", '{"status":"reported","value":"15"}', plan),
        change_line("entry", "I15", '{"status":"not_published"}', plan),
        change_line(
            "entry", "I15", '{"carried":true,"data_year":2023,"status":"reported","value":"15"}', plan
        ),
        change_line("progress", "A2-9", '{"status":"not_involved"}', plan),
        change_line("state", None, '{"state":"submitted"}', plan),
        change_line("target", "I13", "{}", plan),
        change_line("plan", "baiyin-2022", '{"revision":2}', plan),
        change_line("assignment", "A2-9", '{"assigned":"no"}', plan),
    ]
    assert lines == [
        "填了“科技型中小企业”15 家",
        "“科技型中小企业”改为未公布",
        "“科技型中小企业”沿用 15 家",
        f"更新任务“2-9 {next(t.title for t in plan.tasks if t.code == 'A2-9')}”：不涉及",
        "报表已上报",
        "定了“高新技术企业”的目标",
        "读入方案第 2 版",
        f"改了“2-9 {next(t.title for t in plan.tasks if t.code == 'A2-9')}”由谁承担",
    ]
    kept = (None, '{"status":"reported","value":"0"}', '{"status":"missing"}', '{"status":"not_applicable"}')
    assert [value_text(new) for new in kept] == ["空", "0", "空", "不适用"]


def test_notes_and_reasons() -> None:
    texts = {"name": "某", "year": "2023", "text": "5200万元", "value": "0.52", "unit": "亿元"}
    more = {
        "plan": "强科技行动",
        "filled": "3",
        "differ": "1",
        "names": "填表人",
        "what": "1 项没填",
        "count": "2",
        "period": "2024Q3",
        "here": "0.69@2022",
        "there": "not_applicable",
    }
    moments = {"now": "2019-01-01T00:05:00+08:00", "newest": "2024-10-08T10:21:00+08:00"}
    params = (*texts.items(), *more.items(), *moments.items())
    assert all(note_sentence(code, params).endswith("。") for code in NOTE_CODES)
    assert blocked_sentence(4, 1, 1) == "还有 4 项没填、1 处错误、1 处待说明，处理完才能导出"
    assert blocked_sentence(0, 0, 0) == ""
    assert "ytd_below_previous" in FINDING_CODES


def test_demonstration_data_is_whole() -> None:
    demo = read_demo(paths.resources_dir() / "demo" / "huining.toml")
    plan = load_builtin(paths.resources_dir() / "plans", demo.plan)
    codes = {indicator.code for indicator in plan.indicators}
    assert set(demo.typed) | set(demo.sent_down) == codes
    assert {code for _, code, _ in demo.series} <= codes
    assert set(demo.progress) <= {task.code for task in plan.reported_tasks}
    assert all(period < demo.period for period, _, _ in demo.series)

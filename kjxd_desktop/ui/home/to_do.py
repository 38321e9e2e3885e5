"""What is to be done on the desk: what keeps a return from being sent, what is open, what is due elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.ui.home.todo_list import TodoLine
from kjxd_desktop.ui.parts.glyphs import Glyph, Tone
from kjxd_desktop.usecases.sending.shown import StatusShown
from kjxd_desktop.usecases.sending.standing_shown import OpenElsewhere
from kjxd_desktop.wording.checking.findings import finding_sentence
from kjxd_desktop.wording.sending.desk import Whose, nothing_hint

MOST_FINDINGS = 3


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a line leads: to a page, to an indicator's cell, to another plan."""

    page: Callable[[str], None]
    cell: Callable[[str], None]
    plan: Callable[[str], None]


def to_do(
    status: StatusShown, whose: Whose, others: Sequence[OpenElsewhere], go: Ways
) -> tuple[TodoLine, ...]:
    """The lines for a return and for the office's other plans; never none."""
    lines = _own_lines(status, go) if whose.asked(status.head.state) else []
    lines.extend(_elsewhere_line(item, go) for item in others)
    return tuple(lines) or (_nothing_line(status, whose, go),)


def _own_lines(status: StatusShown, go: Ways) -> list[TodoLine]:
    blocking = [item for item in status.check.findings if item.blocks][:MOST_FINDINGS]
    lines = [_finding_line(item, go) for item in blocking]
    names = [item.name for code in status.check.missing if (item := status.plan.indicator(code))]
    if names:
        text, act = f"还有 {len(names)} 项指标待填", partial(go.cell, status.check.missing[0])
        lines.append(TodoLine(Glyph.OPEN, Tone.QUIET, text, "、".join(names), "继续填", act))
    if waiting := status.left[1]:
        text, hint = f"还有 {waiting} 项任务没更新", "没有变化的点“本季无变化”，没有关系的选“不涉及”"
        lines.append(TodoLine(Glyph.OPEN, Tone.QUIET, text, hint, "去更新", partial(go.page, "tasks")))
    return lines


def _finding_line(finding: Finding, go: Ways) -> TodoLine:
    _, sentence, advice = finding_sentence(finding)
    logic = finding.grade is Grade.LOGIC
    link = "去改数" if logic else "写说明"
    glyph, tone = (Glyph.BAD, Tone.BAD) if logic else (Glyph.WARN, Tone.WARN)
    return TodoLine(glyph, tone, sentence, advice, link, partial(go.cell, finding.code))


def _elsewhere_line(item: OpenElsewhere, go: Ways) -> TodoLine:
    text = f"另一个方案“{item.plan.short_title}”本期也要报"
    hint = f"还有 {item.cells} 项指标待填，{item.tasks} 项任务没更新"
    return TodoLine(Glyph.OPEN, Tone.QUIET, text, hint, "换到这个方案", partial(go.plan, item.plan.id))


def _nothing_line(status: StatusShown, whose: Whose, go: Ways) -> TodoLine:
    hint = nothing_hint(whose, status.head.state)
    return TodoLine(Glyph.CHECK, Tone.GOOD, "没有要处理的事", hint, "去看看", partial(go.page, "returns"))
